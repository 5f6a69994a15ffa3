import type { Organization } from '../org/organization.ts';
import { problem } from '../problems/index.ts';
import type { JournalEvent } from '../run/journal.ts';
import type { JournalledEnvironment } from '../run/journalled.ts';
import { listRuns, type RunRecord } from '../run/runs.ts';
import type { Environment } from './environment.ts';
import { organizationEntryOf } from './heading.ts';

type RunHeader = Extract<JournalEvent, { readonly event: 'run' }>;

/** The runs of this machine, oldest first; what lies among their journals and is none is told and left out. */
export async function readRuns({
  state,
  processes,
  report,
}: Pick<Environment, 'state' | 'processes' | 'report'>): Promise<readonly RunRecord[]> {
  const { runs, unreadable } = await listRuns(state, processes);
  for (const { path, why } of unreadable)
    report({ event: 'problem', weight: 'warning', problem: problem('NoJournal', { path, why }) });
  return runs;
}

/** What a run's journal needs of the environment. */
export const journalOf = ({
  state,
  clock,
  stops,
  entryOf,
}: Pick<Environment, 'state' | 'clock' | 'stops' | 'entryOf'>): JournalledEnvironment => ({
  state,
  clock,
  stopping: stops.stopping,
  entryOf,
});

/** The first line of a run's journal. */
export const runHeader = (
  { product, processes }: Pick<Environment, 'product' | 'processes'>,
  organization: Organization,
  { runId, command, options }: Pick<RunHeader, 'runId' | 'command' | 'options'>,
): RunHeader => ({
  event: 'run',
  runId,
  command,
  rootctlVersion: product.version,
  organization: organizationEntryOf(organization),
  pid: processes.pid,
  simulated: product.isSimulated,
  options,
});
