import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { requireValid } from './schemas.ts';
import { requireNoSecret } from './secrets.ts';
import { theCache, theProgram } from './the-program.ts';

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as one JSON document. Whatever it names itself, it has been validated. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any field of any document, and a wrong one is undefined
  readonly json: any;
}

export interface RunOptions {
  readonly home: Home;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Secrets of these keys are looked for in every output; the caller's is one of them in any case. */
  readonly secretsOf?: { readonly seed: number; readonly accessKeyIds: readonly string[] };
}

/** A machine of its own for one test: nothing of the person's configuration, nothing left behind. */
export interface Home {
  readonly folder: string;
  readonly state: string;
  readonly file: (name: string) => string;
  readonly journals: () => Promise<readonly string[]>;
}

export async function makeHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-test-'));
  const state = join(folder, 'state/rootctl');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return {
    folder,
    state,
    file: (name) => join(folder, name),
    journals: async () => {
      const names = await readdir(join(state, 'runs')).catch(() => []);
      return names.sort().map((name) => join(state, 'runs', name));
    },
  };
}

export const environment = (home: Home, more: RunOptions['env'] = {}): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home.folder,
    XDG_STATE_HOME: join(home.folder, 'state'),
    XDG_CONFIG_HOME: join(home.folder, 'config'),
    // Shared by all: each start would compile the program anew otherwise.
    XDG_CACHE_HOME: theCache(),
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
  for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
  return env;
};

/** How the program is started: the built one by this Node, the executable by itself. */
export function programWords(): readonly [string, ...string[]] {
  const program = theProgram();
  return program.endsWith('.js') ? [process.execPath, program] : [program];
}

/** Starts the built program; it is ended with the test at the latest. */
export function startProgram(
  args: readonly string[],
  { home, env }: Omit<RunOptions, 'input'>,
): ChildProcessWithoutNullStreams {
  const [file, ...words] = programWords();
  const child = spawn(file, [...words, ...args], {
    cwd: home.folder,
    env: environment(home, env),
    stdio: 'pipe',
  });
  onTestFinished(() => {
    if (child.exitCode === null) child.kill('SIGKILL');
  });
  return child;
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with what was captured until the process ended. */
  readonly ended: Promise<Result>;
}

export function start(args: readonly string[], options: RunOptions): Started {
  const child = startProgram(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {}); // a program that does not read its input is right to close it
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Result>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      try {
        resolve(checked({ code, stdout, stderr }, args, options));
      } catch (error) {
        reject(error);
      }
    });
  });
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Runs one command line to its end, and holds it to what every command promises. */
export const rootctl = (args: readonly string[], options: RunOptions): Promise<Result> => start(args, options).ended;

/** No secret, no notice of a library, no stack trace, and JSON that fits its schema. */
function checked(result: Omit<Result, 'json'>, args: readonly string[], options: RunOptions): Result {
  const { stdout, stderr } = result;
  const both = `${stdout}\n${stderr}`;
  const secret = options.env?.['AWS_SECRET_ACCESS_KEY'];
  if (secret !== undefined && both.includes(secret)) throw new Error(`the caller's secret key was printed:\n${both}`);
  const { seed, accessKeyIds } = options.secretsOf ?? { seed: 7, accessKeyIds: [] };
  requireNoSecret(both, seed, accessKeyIds);
  if (/Warning:|\(node:\d+\)|NodeDeprecation|--trace-/u.test(both)) throw new Error(`a library's notice:\n${both}`);
  if (!args.includes('--debug') && /\n\s+at .+:\d+/u.test(both)) throw new Error(`a stack trace:\n${both}`);
  const documents = jsonIn(stdout);
  for (const document of documents) requireValid(document);
  return {
    ...result,
    get json() {
      if (documents.length !== 1) throw new Error(`stdout is not one JSON document:\n${both}`);
      return documents[0];
    },
  };
}

/** One document, or one a line. */
function jsonIn(text: string): readonly unknown[] {
  if (!/^\s*\{/u.test(text)) return [];
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }
}

/** The lines of a journal on the disk. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export async function readLines(path: string): Promise<readonly any[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Waits for a state, not for a time. */
export async function until<T>(read: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
