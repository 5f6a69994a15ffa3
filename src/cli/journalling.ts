import type { Organization } from '../org/organization.ts';
import { problem } from '../problems/index.ts';
import type { JournalEvent } from '../run/journal.ts';
import type { JournalledEnvironment } from '../run/journalled.ts';
import { listRuns, type RunRecord } from '../run/runs.ts';
import { type Context, organizationEntryOf } from './context.ts';

type RunHeader = Extract<JournalEvent, { readonly event: 'run' }>;

/** The runs of this machine, oldest first; what lies among their journals and is none is said and left out. */
export async function readRuns(context: Context): Promise<readonly RunRecord[]> {
  const { runs, unreadable } = await listRuns(context.world.state, context.world.processes);
  for (const one of unreadable)
    context.report({ event: 'problem', weight: 'warning', problem: problem('NoJournal', { ...one }) });
  return runs;
}

/** What a run's journal needs of the command. */
export const journalOf = ({ world, clock, stops, english }: Context): JournalledEnvironment => ({
  state: world.state,
  clock,
  stopping: stops.stopping,
  entryOf: english.entryOf,
});

/** The first line of a run's journal. */
export const runHeader = (
  { world, isSimulated }: Context,
  organization: Organization,
  { runId, command, options }: Pick<RunHeader, 'runId' | 'command' | 'options'>,
): RunHeader => ({
  event: 'run',
  runId,
  command,
  rootctlVersion: world.version,
  organization: organizationEntryOf(organization),
  pid: world.processes.pid,
  simulated: isSimulated,
  options,
});
