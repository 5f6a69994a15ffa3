import { virtualClock } from '../../harness/clock.ts';
import { type MemoryDisk, memoryDisk } from '../../harness/disk.ts';
import { connectionTo, createWorld, type InventedWorld, type WorldOptions } from '../../harness/world.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Clock } from '../../src/clock.ts';
import type { StopSignal } from '../../src/process/world.ts';
import { seededRandom } from '../../src/random.ts';
import type { Credential, SandboxRequest } from '../../src/sandbox/index.ts';
import { createSandbox, type Sandbox, type Scenario } from '../../src/sandbox/index.ts';
import type { Prompts } from '../../src/terminal/person.ts';
import { requireJournal, requireValid } from './schemas.ts';
import { requireNoSecret } from './secrets.ts';

export interface SceneResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any field of any document, and a wrong one is undefined
  readonly json: any;
}

/** The whole program inside the process: its world is invented, its time jumps, its AWS is the sandbox. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly files: MemoryDisk;
  /** Files of the person, by path. */
  readonly inputs: Map<string, string>;
  /** Sends a signal to the running program. */
  readonly signal: (name: StopSignal) => void;
  /** The codes that the program ended with at once. */
  readonly exits: () => readonly number[];
  readonly run: (args: readonly string[], more?: WorldOptions) => Promise<SceneResult>;
  readonly account: (id: string) => Sandbox['accounts'][number];
}

export interface SceneOptions {
  readonly clock?: Clock;
  readonly files?: MemoryDisk;
  readonly seed?: number;
  readonly credentials?: Credential;
  readonly prompts?: Prompts;
  /** Sees each request before the sandbox does, and may end the run in the middle of it. */
  readonly onRequest?: (request: SandboxRequest) => void | Promise<void>;
  /** Answers of Organizations as AWS might give them and the sandbox does not: the operation and its answer, to change. */
  // biome-ignore lint/suspicious/noExplicitAny: a test changes any field of any answer
  readonly rewrite?: (operation: string, answer: any) => unknown;
}

export function createScene(scenario: Scenario, options: SceneOptions = {}): Scene {
  const clock = options.clock ?? virtualClock();
  const files = options.files ?? memoryDisk();
  const sandbox = createSandbox(scenario, { clock, recordRequests: true });
  const inputs = new Map<string, string>();
  const worlds: InventedWorld[] = [];
  const random = seededRandom(options.seed ?? 1);
  const handle: Sandbox['handle'] = async (request, signal) => {
    await options.onRequest?.(request);
    const answer = await sandbox.handle(request, signal);
    const [, operation] = /AWSOrganizationsV20161128\.(\w+)/u.exec(request.headers['x-amz-target'] ?? '') ?? [];
    if (operation === undefined || options.rewrite === undefined) return answer;
    const body = options.rewrite(operation, JSON.parse(Buffer.from(answer.body).toString('utf8')));
    return { ...answer, body: Buffer.from(JSON.stringify(body)) };
  };
  const connection = connectionTo({ handle }, options.credentials ?? sandbox.credentials().management);

  const run: Scene['run'] = async (args, more = {}) => {
    const world = createWorld({
      clock,
      random,
      state: files,
      papers: inputs,
      prompts: options.prompts ?? null,
      openTransport: async () => connection.transport,
      connection,
      ...more,
    });
    worlds.push(world);
    const before = new Map(files.contents);
    const code = await runProgram(args, world);
    const { stdout, stderr } = world.written;
    const documents = /^\s*\{/u.test(stdout) ? documentsIn(stdout) : [];
    for (const document of documents) requireValid(document);
    for (const [path, text] of inputs) if (path.endsWith('.sarif')) requireValid(JSON.parse(text));
    for (const [path, text] of files.contents) {
      if (path.endsWith('.jsonl')) requireJournal(text, before.get(path) ?? '');
    }
    const ids = sandbox.requests.flatMap(({ accessKeyId }) => accessKeyId ?? []);
    const written = [...files.contents.values(), ...inputs.values()].join('\n');
    requireNoSecret(`${stdout}\n${stderr}\n${written}`, scenario.seed, ids, 'an output, a journal or a file');
    return {
      code,
      stdout,
      stderr,
      get json() {
        if (documents.length !== 1) throw new Error(`stdout is not one JSON document:\n${stdout}${stderr}`);
        return documents[0];
      },
    };
  };
  return {
    sandbox,
    clock,
    files,
    inputs,
    exits: () => worlds.flatMap(({ exits }) => exits),
    run,
    signal: (name) => {
      for (const world of worlds) world.signal(name);
    },
    account: (id) => {
      const account = sandbox.accounts.find((one) => one.id === id);
      if (account === undefined) throw new Error(`there is no account ${id}`);
      return account;
    },
  };
}

function documentsIn(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }
}

/** What a command keeps on the disk, but for the listing that completion reads. */
export const keptOf = ({ files }: Pick<Scene, 'files'>): readonly string[] =>
  [...files.contents.keys()].filter((name) => !name.startsWith('completion/'));
