import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { supportsColor, supportsColorStderr } from 'chalk';
import type { Network } from '../aws/network.ts';
import type { Credentials } from '../aws/signature.ts';
import { createHttpTransport, type Transport, type TransportLimits } from '../aws/transport.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { diskFiles, placeOfFile, replaceFile, type StateFiles } from '../run/files.ts';
import type { Processes } from '../run/lock.ts';
import { systemProcesses } from '../run/processes.ts';
import { type Pager, pagerHere } from '../terminal/pager.ts';
import { type Prompts, promptsAt } from '../terminal/person.ts';
import { type Terminal, terminalOf } from '../terminal/terminal.ts';
import { en, type Words } from '../words/index.ts';

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
  readonly openTransport: (limits: TransportLimits, network: Network) => Transport;
  readonly connection: Connection | null;
  /** Calls back on each of them; returns how to stop listening. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Names the language of what is said here. Before: English. */
  readonly speak: (words: Words['terminal']) => void;
  /** From now on memory is worth more than time: of many accounts none is kept. */
  readonly saveMemory: () => void;
  /** Ends the process now, after the second signal. */
  readonly exitNow: (code: number) => void;
}

export function systemWorld(version: string): World {
  const env = process.env;
  const home = homedir();
  const stateFolder = join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'rootctl');
  let words = en.terminal;
  const desk = { input: process.stdin, output: process.stderr, isDumb: env['TERM'] === 'dumb', clock: systemClock };
  const isInteractive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  return {
    version,
    env,
    clock: systemClock,
    random: Math.random,
    stdout: terminalOf(process.stdout, supportsColor, env, () => words),
    stderr: terminalOf(process.stderr, supportsColorStderr, env, () => words),
    pager: process.stdout.isTTY === true ? pagerHere(env, 'stdout') : null,
    questionPager: isInteractive ? pagerHere(env, 'stderr') : null,
    prompts: isInteractive ? promptsAt(desk, () => words) : null,
    readStdin: async (signal) => (await import('./input.ts')).textOf(process.stdin, signal),
    readFile: async (path, signal) => (await import('./input.ts')).readText(fromHere(path), signal),
    locate: async (path) => {
      const entry = await fs.lstat(fromHere(path)).catch(absent);
      return entry === null ? null : fs.realpath(fromHere(path));
    },
    writeFile: (path, text) => replaceFile(fromHere(path), text),
    place: (path) => placeOfFile(fromHere(path)),
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
    // V8 lets the heap grow to up to four times what is in use before it looks for what is not; half as much again costs a
    // few per cent of time. It reads the flag at each collection (seen with Node 20, 22, 24 and 26).
    saveMemory: () => setFlagsFromString('--heap-growing-percent=50'),
    exitNow: (code) => process.exit(code),
  };
}

/** GitHub Actions sets it in every step (GitHub Docs, "Default environment variables"). */
export const isOnGitHub = ({ env }: Pick<World, 'env'>): boolean => env['GITHUB_ACTIONS'] === 'true';

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

const fromHere = (path: string): string => (isAbsolute(path) ? path : resolve(process.cwd(), path));
