import { lstatSync, openSync, realpathSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { isatty, ReadStream } from 'node:tty';
import { supportsColor, supportsColorStderr } from 'chalk';
import type { Network } from '../aws/network.ts';
import type { Credentials } from '../aws/signature.ts';
import type { Transport, TransportLimits } from '../aws/transport.ts';
import { afterwards, type Clock, systemClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { StateFiles } from '../run/files.ts';
import type { Processes } from '../run/lock.ts';
import { systemProcesses } from '../run/processes.ts';
import type { Pager } from '../terminal/pager.ts';
import { type Prompts, promptsAt } from '../terminal/person.ts';
import { type Terminal, terminalOf } from '../terminal/terminal.ts';
import { firstEnglish } from '../words/first-words.ts';
import type { Words } from '../words/words.ts';
import { baseFolder, homeFolder } from './folders.ts';

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
  /** null where there is no terminal to page on. */
  readonly pager: Pager | null;
  /** Shows on stderr what is asked about; null where there is nobody to ask. */
  readonly questionPager: Pager | null;
  /** @throws the signal's reason; the error of the file system. */
  readonly readStdin: (signal?: AbortSignal) => Promise<string>;
  /** @throws as `readStdin`. */
  readonly readFile: (path: string, signal?: AbortSignal) => Promise<string>;
  /**
   * The file that a path leads to, links followed; null where there is nothing.
   * @throws the error of the file system, also for a link that leads nowhere.
   */
  readonly locate: (path: string) => Promise<string | null>;
  /** Writes a file durably, mode 0600, whole or in pieces. @throws ProblemError `UnusableFile` where the path is a link, a folder or a device. */
  readonly writeFile: (path: string, text: string | Iterable<string>) => Promise<void>;
  /**
   * The one name of the place where `writeFile` would put a file of this path.
   * @throws the error of the file system, ProblemError `UnusableFile`, as far as it can be known before.
   */
  readonly place: (path: string) => Promise<string>;
  readonly state: StateFiles;
  readonly stateFolder: string;
  readonly configFolder: string;
  readonly processes: Processes;
  readonly openTransport: (limits: TransportLimits, network: Network) => Promise<Transport>;
  readonly connection: Connection | null;
  /** Calls back on each of them; returns how to stop listening. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Names the language of what is said here. Before: English. */
  readonly speak: (words: Words['terminal']) => void;
  /** From now on memory is worth more than time: by so many per cent the heap grows before it is looked through. */
  readonly saveMemory: (growthPercent: number) => void;
  /** Ends the process now, after the second signal. */
  readonly exitNow: (code: number) => void;
  /** All is said: what was given up and runs on (a program that gives credentials) keeps nobody waiting. */
  readonly letGo: () => void;
}

export function systemWorld(version: string): World {
  const env = process.env;
  const home = homeFolder();
  // The SDK asks for itself where `~/.aws` is, of this variable first.
  if (env['HOME'] !== undefined || home === '/') env['HOME'] = home;
  const stateFolder = join(baseFolder(env['XDG_STATE_HOME'], home, '.local', 'state'), 'rootctl');
  let words = firstEnglish.terminal;
  let reopened: ReadStream | undefined;
  const desk = {
    // Opened when somebody is asked: most runs read nothing there.
    get input() {
      if (process.stdin.readableEnded) reopened ??= terminalAgain();
      return reopened ?? process.stdin;
    },
    get output() {
      return process.stderr;
    },
    isDumb: env['TERM'] === 'dumb',
    clock: systemClock,
  };
  const pageTo =
    (stream: 'stdout' | 'stderr'): Pager =>
    async (command, text, signal) =>
      (await import('../terminal/pager.ts')).pagerHere(env, stream, systemClock)(command, text, signal);
  let stderr: Terminal | undefined;
  const isInteractive = isatty(0) && isatty(2);
  return {
    version,
    env,
    clock: systemClock,
    random: Math.random,
    stdout: terminalOf(process.stdout, supportsColor, env, () => words),
    // Opened when something is said there.
    get stderr() {
      stderr ??= terminalOf(process.stderr, supportsColorStderr, env, () => words);
      return stderr;
    },
    pager: process.stdout.isTTY === true ? pageTo('stdout') : null,
    questionPager: isInteractive ? pageTo('stderr') : null,
    prompts: isInteractive ? promptsAt(desk, () => words) : null,
    readStdin: async (signal) => (await import('./input.ts')).textOf(process.stdin, signal),
    readFile: async (path, signal) => (await import('./input.ts')).readText(fromHere(path), signal),
    locate: async (path) => (isThere(fromHere(path)) ? realpathSync(fromHere(path)) : null),
    writeFile: async (path, text) => (await loadFiles()).replaceFile(fromHere(path), text),
    place: async (path) => (await loadFiles()).placeOfFile(fromHere(path)),
    state: stateIn(stateFolder, (path, mode) => {
      process.stderr.write(`${words.tightened(path, mode.toString(8))}\n`);
    }),
    stateFolder,
    configFolder: join(baseFolder(env['XDG_CONFIG_HOME'], home, '.config'), 'rootctl'),
    processes: systemProcesses,
    openTransport: async (limits, network) =>
      (await import('../aws/transport.ts')).createHttpTransport(limits, systemClock, network),
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
    // V8 lets the heap grow to up to four times what is in use before it looks for what is not. It reads the flag at each
    // collection (seen with Node 20, 22, 24 and 26).
    saveMemory: (growthPercent) =>
      process.getBuiltinModule('node:v8').setFlagsFromString(`--heap-growing-percent=${growthPercent}`),
    exitNow: (code) => process.exit(code),
    letGo: () =>
      afterwards(1_000, async () => {
        (await import('../terminal/descendants.ts')).endDescendants(process.pid);
        process.exit();
      }),
  };
}

/** GitHub Actions sets it in every step (GitHub Docs, "Default environment variables"). */
export const isOnGitHub = ({ env }: Pick<World, 'env'>): boolean => env['GITHUB_ACTIONS'] === 'true';

// Help and typing mistakes write nothing, show nothing and send nothing.
const loadFiles = () => import('../run/files.ts');

/** The state folder, opened when something of it is asked. */
function stateIn(folder: string, onTightened: (path: string, mode: number) => void): StateFiles {
  let opened: Promise<StateFiles> | undefined;
  const open = (): Promise<StateFiles> => {
    opened ??= loadFiles().then(({ diskFiles }) => diskFiles(folder, { onTightened }));
    return opened;
  };
  return {
    folder,
    read: async (name) => (await open()).read(name),
    list: async (below) => (await open()).list(below),
    create: async (...words) => (await open()).create(...words),
    replace: async (name, text) => (await open()).replace(name, text),
    openAppend: async (name) => (await open()).openAppend(name),
    remove: async (name) => (await open()).remove(name),
    touch: async (name, atMs) => (await open()).touch(name, atMs),
    touchedAt: async (name) => (await open()).touchedAt(name),
  };
}

/** Asked at once: looking for two files is faster than waking the threads that would. @throws the error of the file system. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    throw error;
  }
}

const fromHere = (path: string): string => (isAbsolute(path) ? path : resolve(process.cwd(), path));

/** A list that was typed at the terminal ended the stream there, and not the terminal. */
function terminalAgain(): ReadStream {
  const terminal = new ReadStream(openSync('/dev/tty', 'r'));
  // As `stdin` does it: it keeps the program from ending only while somebody reads.
  return terminal.on('pause', () => terminal.unref()).on('resume', () => terminal.ref());
}
