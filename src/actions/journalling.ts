import type { Organization } from '../org/organization.ts';
import { type Problem, problem } from '../problems/index.ts';
import type { JournalEvent } from '../run/journal.ts';
import type { JournalledEnvironment } from '../run/journalled.ts';
import { doubtOfRecoveries, listRuns, type RunRecord } from '../run/runs.ts';
import type { Environment } from './environment.ts';
import { organizationEntryOf } from './heading.ts';

type RunHeader = Extract<JournalEvent, { readonly event: 'run' }>;

interface ReadRuns {
  readonly runs: readonly RunRecord[];
  /** Why a recovery may be missing among those that they left open. */
  readonly doubt: Problem | null;
}

/** The runs of this machine, oldest first; what lies among their journals and is none is told and left out. */
export async function readRuns({
  state,
  processes,
  report,
}: Pick<Environment, 'state' | 'processes' | 'report'>): Promise<ReadRuns> {
  const { runs, unreadable } = await listRuns(state, processes);
  for (const { path, why } of unreadable)
    report({ event: 'problem', weight: 'warning', problem: problem('NoJournal', { path, why }) });
  return { runs, doubt: doubtOfRecoveries(runs, unreadable) };
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
