import { type RunDetailDocument, type RunsDocument, wasCutShort } from '../documents/index.ts';
import { carries, obstacleOf, ProblemError, problemError, problemOf } from '../problems/index.ts';
import { stateFolderUnwritable } from '../run/files.ts';
import { accountsOf, cloudTrailQueryOf, eventsOf, openRecoveriesOf, type RunRecord, readRun } from '../run/runs.ts';
import type { Environment } from './environment.ts';
import { doneWith, headingOf } from './heading.ts';
import { readRuns } from './journalling.ts';

type Records = Pick<Environment, 'processes' | 'report' | 'state'>;

/** @throws ProblemError `StateFolderUnwritable` where the system does not let them be read. */
const requireRuns = (environment: Records): ReturnType<typeof readRuns> =>
  readRuns(environment).catch((error: unknown) => {
    throw problemOf(error).from === 'system' ? stateFolderUnwritable(environment.state.folder, error) : error;
  });

/** The runs of this machine, and the password recoveries that it allowed and did not see closed. */
export async function listRuns(environment: Records & Pick<Environment, 'clock' | 'product'>): Promise<RunsDocument> {
  const { runs, doubt } = await requireRuns(environment);
  return {
    ...headingOf(environment, 'rootctl.runs', doubt === null),
    runs: runs.map(({ entry }) => entry),
    openRecoveries: openRecoveriesOf(runs, environment.product.isSimulated),
  };
}

/** One run, with its evidence. @throws ProblemError `UnknownRun`, `UnreadableJournal` */
export const showRun = async (
  runId: string,
  environment: Records & Pick<Environment, 'clock' | 'product'>,
): Promise<RunDetailDocument> => runDetail(await requireRun(runId, environment), environment);

/** @throws ProblemError with the latest run there is, or with what the file of that name is instead. */
export async function requireRun(runId: string, environment: Records): Promise<RunRecord> {
  const { state, processes } = environment;
  const run = /^[\w-]+$/u.test(runId)
    ? await readRun(state, processes, runId).catch((error: unknown) => {
        if (error instanceof ProblemError && !carries(error, 'UnusableFile')) throw error;
        throw problemError('UnreadableJournal', { runId, why: obstacleOf(error) });
      })
    : null;
  if (run !== null) return run;
  const last = (await requireRuns(environment)).runs.at(-1);
  throw problemError('UnknownRun', { runId, folder: `${state.folder}/runs`, last: last?.entry.id ?? null });
}

/** A run as its journal tells it. */
function runDetail(run: RunRecord, environment: Pick<Environment, 'clock' | 'product'>): RunDetailDocument {
  const accounts = accountsOf(run);
  const { problem, state } = run.entry;
  const isComplete = state === 'finished' && problem === null && !accounts.some(wasCutShort);
  // What it tells of is as it was done, wherever it is looked at.
  const isSimulated = run.header?.simulated ?? environment.product.isSimulated;
  return {
    ...headingOf(doneWith(isSimulated, environment), 'rootctl.run', isComplete),
    run: run.entry,
    journal: { path: run.path, intact: problem === null, problem },
    accounts,
    events: eventsOf(run),
    cloudTrailQuery: cloudTrailQueryOf(run),
  };
}
