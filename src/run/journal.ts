import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { held, type JournalLine, journalLine, written } from '../documents/index.ts';
import { type JournalFlaw, obstacleOf, type Problem, type ProblemEntry, problemError } from '../problems/index.ts';
import type { StateFiles } from './files.ts';

type Event<Line> = Line extends unknown ? Omit<Line, 'seq' | 'at' | 'prev'> : never;

/** What a line says besides its number, its time and the hash of the line before. */
export type JournalEvent = Event<JournalLine>;

/** The sentences of a problem, which a journal holds in English: it is read by people too. */
export type EntryOf = (of: Problem) => ProblemEntry;

export interface Journal {
  readonly path: string;
  /** Resolves when the event is on the disk. @throws ProblemError `JournalUnwritable`, from the first failure on at every call. */
  record(event: JournalEvent): Promise<void>;
  close(): Promise<void>;
}

const runsFolder = 'runs';
export const journalName = (runId: string): string => `${runsFolder}/${runId}.jsonl`;
const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex');

/**
 * Opens a run's journal, new or to go on with. JSON Lines; events that arrive while the disk is busy share the next
 * flush, so that a thousand accounts do not wait for a thousand flushes one after the other.
 * @param isResumable whether a run of this command can be gone on with, which is what to do when it cannot be written.
 */
export async function openJournal(
  files: StateFiles,
  runId: string,
  clock: Clock,
  entryOf: EntryOf,
  isResumable = true,
): Promise<Journal> {
  const name = journalName(runId);
  const path = `${files.folder}/${name}`;
  /** Without it nothing more may be deleted. */
  const fail = (error: unknown) =>
    problemError('JournalUnwritable', { path, why: obstacleOf(error), runId: isResumable ? runId : null }, error);
  try {
    const before = (await files.read(name)) ?? '';
    const file = await files.openAppend(name);
    const lines = before.split('\n');
    // A last line cut off by a crash stays, as what it is, and the chain goes on behind it.
    if (lines.at(-1) === '') lines.pop();
    else await file.append('\n');
    let lastLine = lines.at(-1) ?? '';
    let seq = lines.length;
    let batch: { readonly lines: string[]; readonly written: Promise<void> } | null = null;
    let writing: Promise<void> = Promise.resolve();
    /** Each flush waits for the one before and fails with it: after the first failure none is ever written again. */
    const write = async (lines: readonly string[], after: Promise<void>): Promise<void> => {
      await after;
      batch = null; // from here on events go into the next batch
      await file.append(lines.join('')).catch((error: unknown) => {
        throw fail(error);
      });
    };
    return {
      path,
      record: async (event) => {
        const line: JournalLine = { seq, ...event, at: new Date(clock.nowMs()).toISOString(), prev: hashOf(lastLine) };
        lastLine = JSON.stringify(written(line, entryOf));
        seq += 1;
        if (batch === null) {
          const lines: string[] = [];
          writing = write(lines, writing);
          batch = { lines, written: writing };
        }
        batch.lines.push(`${lastLine}\n`);
        await batch.written;
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw fail(error);
  }
}

export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  /** Why the journal cannot be relied on: a line was edited, taken out or put in. null when each follows from the one before. */
  readonly flaw: JournalFlaw | null;
  /** Its last line ends in the middle, as a crash leaves it: what stands before can be relied on. */
  readonly isCut: boolean;
}

/** Reads a journal as far as it can be read, and says what is wrong with the rest. */
export function readJournal(text: string): ReadJournal {
  const lines: JournalLine[] = [];
  let flaw: JournalFlaw | null = null;
  let isCut = false;
  let previous = '';
  const raw = text.split('\n');
  if (raw.at(-1) === '') raw.pop();
  const parsed = raw.map(parseLine);
  for (const [index, line] of raw.entries()) {
    const whole = parsed[index] ?? null;
    if (whole === null) {
      // A resumption ends a line that was cut off, and may then be cut off itself: the next whole line vouches for all.
      const next = parsed.findIndex((other, at) => at > index && other !== null);
      isCut = next < 0;
      if (!isCut && parsed[next]?.prev !== hashOf(raw[next - 1] ?? '')) flaw ??= { is: 'alien', line: index + 1 };
    } else {
      if (whole.prev !== hashOf(previous) || whole.seq !== index) flaw ??= { is: 'torn', line: index + 1 };
      lines.push(whole);
    }
    previous = line;
  }
  return { lines, flaw, isCut };
}

/**
 * A line as it was written; null for what rootctl could not have written. A plan is a document of its own, and read as one
 * by whoever wants it: it says more of what is wrong with it.
 */
function parseLine(line: string): JournalLine | null {
  try {
    const value: unknown = JSON.parse(line);
    if (isPlanLine(value)) return value;
    const { success, data } = journalLine.safeParse(value);
    return success ? (held(data) as JournalLine) : null;
  } catch {
    return null;
  }
}

type PlanLine = Extract<JournalLine, { readonly event: 'plan' }>;

function isPlanLine(value: unknown): value is PlanLine {
  const line: Readonly<Record<string, unknown>> = Object(value);
  const { event, at } = line;
  return event === 'plan' && typeof at === 'string' && ['seq', 'prev', 'hash', 'plan'].every((field) => field in line);
}

/** The ids of all journals, oldest first. */
export async function listRunIds(files: StateFiles): Promise<readonly string[]> {
  const names = await files.list(runsFolder);
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
}
