import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { type ColorSupportLevel, supportsColor, supportsColorStderr } from 'chalk';
import type { Network } from '../aws/network.ts';
import type { Credentials } from '../aws/signature.ts';
import { createHttpTransport, type Transport, type TransportLimits } from '../aws/transport.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { diskFiles, replaceFile, type StateFiles } from '../run/files.ts';
import type { Processes } from '../run/lock.ts';
import { systemProcesses } from '../run/processes.ts';
import { en, type Words } from '../words/index.ts';
import type { Choice } from './multi-select.ts';
import type { Desk } from './prompts.ts';

/** One output stream as the program sees it. */
export interface Terminal {
  /** Somebody looks at it while it is written, and a line can be drawn over itself: no pipe, no `TERM=dumb`. */
  readonly isLive: boolean;
  readonly columns: number;
  readonly colorLevel: ColorSupportLevel;
  readonly write: (text: string) => void;
}

/** Questions to the person at the terminal; null where there is nobody to ask. */
export interface Prompts {
  /** One line; null when none will come. @throws InterruptedError on Ctrl-C; the signal's reason. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | null>;
  /** The values that were marked; null where the terminal cannot draw a list. @throws as `ask`. */
  readonly choose:
    | ((question: string, choices: readonly Choice[], signal: AbortSignal) => Promise<readonly string[]>)
    | null;
}

/**
 * What asks the program to end. SIGHUP, a terminal that was closed, is as SIGTERM: what was done is told wherever it can
 * still be told.
 */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof stopSignals)[number];

/** How AWS is reached when it is not over the network with the SDK's standard chain. */
export interface Connection {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly region: string;
}

/**
 * Everything the program touches outside itself. Only this file and `bin` read the clock, chance, the environment, the
 * streams, the disk or the network by themselves, so that a whole command can be replayed from a seed.
 */
export interface World {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly prompts: Prompts | null;
  readonly readStdin: () => Promise<string>;
  /** @throws the error of the file system. */
  readonly readFile: (path: string) => Promise<string>;
  /**
   * The file that a path leads to, links followed; null where there is nothing.
   * @throws the error of the file system, also for a link that leads nowhere.
   */
  readonly locate: (path: string) => Promise<string | null>;
  /** Writes a file durably, mode 0600. @throws ObstacleError where the path is a link, a folder or a device. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  readonly state: StateFiles;
  readonly stateFolder: string;
  readonly configFolder: string;
  readonly processes: Processes;
  readonly openTransport: (limits: TransportLimits, network: Network) => Transport;
  readonly connection: Connection | null;
  /** Calls back on each of them; returns how to stop listening. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Names the language of what is said here. Before: English. */
  readonly speak: (words: Words['terminal']) => void;
  /** Ends the process now, after the second signal. */
  readonly exitNow: (code: number) => void;
}

/** Columns for output that no terminal shows: wide enough that nothing folds, as `kubectl` and `gh` do in a pipe. */
const pipeColumns = 160;

/** POSIX's COLUMNS: "the user's preferred width"; what is no number of columns is no preference. */
const preferredColumns = (text: string | undefined): number | null =>
  /^[1-9]\d{0,4}$/u.test(text ?? '') ? Number(text) : null;

export function systemWorld(version: string): World {
  const env = process.env;
  const home = homedir();
  const stateFolder = join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'rootctl');
  let words = en.terminal;
  const isInteractive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  return {
    version,
    env,
    clock: systemClock,
    random: Math.random,
    stdout: terminal(process.stdout, supportsColor, env, () => words),
    stderr: terminal(process.stderr, supportsColorStderr, env, () => words),
    prompts: isInteractive ? promptsAt(env['TERM'] === 'dumb', () => words) : null,
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString('utf8');
    },
    readFile: (path) => fs.readFile(fromHere(path), 'utf8'),
    locate: async (path) => {
      const entry = await fs.lstat(fromHere(path)).catch(absent);
      return entry === null ? null : fs.realpath(fromHere(path));
    },
    writeFile: (path, text) => replaceFile(fromHere(path), text),
    state: diskFiles(stateFolder, {
      onTightened: (path, mode) => {
        process.stderr.write(`${words.tightened(path, mode.toString(8))}\n`);
      },
    }),
    stateFolder,
    configFolder: join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'rootctl'),
    processes: systemProcesses,
    openTransport: (limits, network) => createHttpTransport(limits, systemClock, network),
    connection: null,
    onSignal: (listener) => {
      for (const signal of stopSignals) process.on(signal, listener);
      return () => {
        for (const signal of stopSignals) process.off(signal, listener);
      };
    },
    speak: (spoken) => {
      words = spoken;
    },
    exitNow: (code) => process.exit(code),
  };
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

const fromHere = (path: string): string => (isAbsolute(path) ? path : resolve(process.cwd(), path));

/** Loaded only when somebody is asked: most runs ask nothing. */
function promptsAt(isDumb: boolean, words: () => Words['terminal']): Prompts {
  const desk: Desk = { input: process.stdin, output: process.stderr, isDumb, clock: systemClock };
  return {
    ask: async (question, signal) => (await import('./prompts.ts')).ask(desk, question, signal),
    choose: isDumb
      ? null
      : async (question, choices, signal) =>
          (await import('./multi-select.ts')).choose({ ...desk, words: words().list }, question, choices, signal),
  };
}

function terminal(
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
  const isClosed = wasClosed(stream === process.stderr ? 2 : 1);
  return {
    isLive: stream.isTTY === true && env['TERM'] !== 'dumb',
    get columns() {
      return stream.isTTY === true && stream.columns > 0
        ? stream.columns
        : (preferredColumns(env['COLUMNS']) ?? pipeColumns);
    },
    colorLevel: colorLevel(support, env),
    write: (text) => {
      if (isClosed) fail(Object.assign(new Error('the stream is closed'), { code: 'EBADF' }));
      else stream.write(text);
    },
  };
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
