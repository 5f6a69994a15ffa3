import { fstatSync, lstatSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
import type { ColorSupportLevel } from 'chalk';
import type { Words } from '../words/index.ts';

/** One output stream as the program sees it. */
export interface Terminal {
  /** Somebody looks at it while it is written, and a line can be drawn over itself: no pipe, no `TERM=dumb`. */
  readonly isLive: boolean;
  readonly columns: number;
  /** Its height; null where there is no screen. */
  readonly rows: number | null;
  readonly colorLevel: ColorSupportLevel;
  readonly write: (text: string) => void;
  /** Whether something of what was written is known to be lost, other than by a reader that went away. */
  readonly isLost?: () => boolean;
}

/** Columns for output that no terminal shows: wide enough that nothing folds, as `kubectl` and `gh` do in a pipe. */
const pipeColumns = 160;

/** POSIX's COLUMNS: "the user's preferred width"; what is no number of columns is no preference. */
const preferredColumns = (text: string | undefined): number | null =>
  /^[1-9]\d{0,4}$/u.test(text ?? '') ? Number(text) : null;

/** A stream of the process as the program sees it. @param words what is said when it cannot be written. */
export function terminalOf(
  stream: NodeJS.WriteStream,
  support: false | { readonly level: number } | undefined,
  env: Readonly<Record<string, string | undefined>>,
  words: () => Words['terminal'],
): Terminal {
  let hasFailed = false;
  // A reader that went away (`| head`) is no failure of ours: what it did not want to read is dropped. A full disk is
  // one, but what is under way still ends as it should.
  const fail = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE' || stream === process.stderr || hasFailed) return;
    hasFailed = true;
    process.once('exit', (code) => {
      process.exitCode = code === 0 ? 1 : code;
    });
    process.stderr.write(unwritable(error, words()));
  };
  stream.on('error', fail);
  const descriptor = stream === process.stderr ? 2 : 1;
  const isClosed = wasClosed(descriptor);
  const isFile = isFileAt(descriptor);
  return {
    isLive: stream.isTTY === true && env['TERM'] !== 'dumb',
    get columns() {
      return stream.isTTY === true && stream.columns > 0
        ? stream.columns
        : (preferredColumns(env['COLUMNS']) ?? pipeColumns);
    },
    get rows() {
      return stream.isTTY === true && stream.rows > 0 ? stream.rows : null;
    },
    colorLevel: colorLevel(support, env),
    isLost: () => hasFailed,
    write: (text) => {
      if (isClosed) fail(Object.assign(new Error('the stream is closed'), { code: 'EBADF' }));
      else if (isFile) writeWhole(descriptor, text, fail);
      else stream.write(text);
    },
  };
}

function isFileAt(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Of a disk that is full a file takes a part, and Node's stream passes over how much that was (`SyncWriteStream`). */
function writeWhole(descriptor: number, text: string, fail: (error: NodeJS.ErrnoException) => void): void {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)));
  }
}

function unwritable({ code, message }: NodeJS.ErrnoException, { unwritable: words }: Words['terminal']): string {
  return `${words.message(code ?? message)}\n${code === 'EBADF' ? words.closed : words.full}\n`;
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'busybox', 'zsh', 'ksh', 'mksh', 'fish']);

/**
 * Whether the stream was closed when the program began (`>&-`), where the system tells (Linux, proc(5)). Node then opens
 * /dev/null in its place, for reading and writing. Python's DEVNULL and Node's `ignore` hand over the very same; a shell
 * does not, unless it was given it itself. So only what a shell started can be told apart: to call a result lost that
 * nobody wanted would fail a job that is in order.
 */
function wasClosed(descriptor: 1 | 2): boolean {
  const openedAs = (pid: number | 'self'): string | null => {
    try {
      const link = `/proc/${pid}/fd/${descriptor}`;
      return `${readlinkSync(link)} ${(lstatSync(link).mode & 0o600) === 0o600 ? 'rw' : ''}`;
    } catch {
      return null;
    }
  };
  const own = openedAs('self');
  if (own !== '/dev/null rw' || openedAs(process.ppid) === own) return false;
  try {
    return shells.has(readFileSync(`/proc/${process.ppid}/comm`, 'utf8').trim());
  } catch {
    return false;
  }
}

/** https://no-color.org: any value but the empty one; chalk 5 does not read it. FORCE_COLOR, being more explicit, wins. */
function colorLevel(
  support: false | { readonly level: number } | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ColorSupportLevel {
  const isForced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '';
  if (!isForced && (env['NO_COLOR'] ?? '') !== '') return 0;
  const level = support === false || support === undefined ? 0 : support.level;
  return level === 1 || level === 2 || level === 3 ? level : 0;
}
