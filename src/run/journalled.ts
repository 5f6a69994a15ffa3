import type { Clock } from '../clock.ts';
import { carries, type Problem, problemOf } from '../problems/index.ts';
import { type StateFiles, stateFolderUnwritable } from './files.ts';
import { type EntryOf, type Journal, type JournalEvent, journalName, openJournal } from './journal.ts';

export interface JournalledEnvironment {
  readonly state: StateFiles;
  readonly clock: Clock;
  /** Aborted when the run was asked to stop. */
  readonly stopping: AbortSignal;
  readonly entryOf: EntryOf;
}

/** How the work ended, as the journal's last line tells it. */
export interface Worked<Result> {
  readonly summary: Readonly<Record<string, number>>;
  /** What ended the work before its time; null when nothing did. */
  readonly error: Problem | null;
  readonly result: Result;
  /** All of it was begun, so that a stop came too late to interrupt anything. Default: nobody knows. */
  readonly isWhole?: boolean;
}

export interface Ended<Result> {
  readonly result: Result;
  readonly state: 'finished' | 'interrupted';
  /** Why the last line could not be written; null when it was. What was done is known all the same, and to be told. */
  readonly unwritten: unknown;
}

/**
 * Writes a run's journal around its work: how it begins before anything is asked for, its end after everything is
 * answered, also when the work breaks off.
 * @param prologue on the disk before the work begins. Of a new run the first is its header: when the prologue cannot be
 * written nothing was done, and no journal is left of it.
 * @throws ProblemError `StateFolderUnwritable` before anything was done, `JournalUnwritable` when a resumed run's journal
 * cannot be gone on with; what the work throws.
 */
export async function journalled<Result>(
  environment: JournalledEnvironment,
  runId: string,
  prologue: readonly JournalEvent[],
  work: (journal: Journal) => Promise<Worked<Result>>,
): Promise<Ended<Result>> {
  const journal = await begin(environment, runId, prologue);
  try {
    const { summary, error, result, isWhole = false } = await work(journal);
    const isInterrupted = error !== null || (environment.stopping.aborted && !isWhole);
    const state = isInterrupted ? 'interrupted' : 'finished';
    const unwritten = await journal.record({ event: 'end', state, summary, error }).then(
      () => null,
      (failure: unknown) => failure,
    );
    return { result, state, unwritten };
  } catch (failure) {
    const error = problemOf(failure);
    await journal.record({ event: 'end', state: 'interrupted', summary: {}, error }).catch(() => {});
    throw failure;
  } finally {
    await journal.close().catch(() => {});
  }
}

async function begin(
  { state, clock, entryOf }: JournalledEnvironment,
  runId: string,
  prologue: readonly JournalEvent[],
): Promise<Journal> {
  let journal: Journal | null = null;
  const [first] = prologue;
  const isResumable = first?.event !== 'run' || first.command === 'delete';
  try {
    journal = await openJournal(state, runId, clock, entryOf, isResumable);
    const opened = journal;
    await Promise.all(prologue.map((event) => opened.record(event)));
    return opened;
  } catch (error) {
    await journal?.close().catch(() => {});
    if (first?.event !== 'run') throw error;
    await state.remove(journalName(runId)).catch(() => {});
    // The folder is at fault, whichever file of it was the first: the journal is gone.
    throw stateFolderUnwritable(state.folder, carries(error, 'JournalUnwritable') ? error.cause : error);
  }
}
