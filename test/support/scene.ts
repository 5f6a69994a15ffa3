import { runProgram } from '../../src/cli/program.ts';
import type { Connection, Prompts, StopSignal, World } from '../../src/cli/world.ts';
import type { Clock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import type { Credential } from '../../src/sandbox/index.ts';
import { createSandbox, type Sandbox, type Scenario, sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.ts';
import { requireValid } from './schemas.ts';
import { requireNoSecret } from './secrets.ts';
import { virtualClock } from './virtual-clock.ts';

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
  readonly files: MemoryFiles;
  /** Files of the person, by path. */
  readonly inputs: Map<string, string>;
  /** Sends a signal to the running program. */
  readonly signal: (name: StopSignal) => void;
  readonly exits: readonly number[];
  readonly run: (args: readonly string[], more?: Partial<World>) => Promise<SceneResult>;
  readonly account: (id: string) => Sandbox['accounts'][number];
}

export interface SceneOptions {
  readonly clock?: Clock;
  readonly files?: MemoryFiles;
  readonly seed?: number;
  readonly credentials?: Credential;
  readonly prompts?: Prompts;
  /** Sees each request before the sandbox does, and may end the run in the middle of it. */
  readonly onRequest?: (request: {
    readonly body?: unknown;
    readonly headers: Record<string, string>;
  }) => void | Promise<void>;
  /** Answers of Organizations as AWS might give them and the sandbox does not: the operation and its answer, to change. */
  // biome-ignore lint/suspicious/noExplicitAny: a test changes any field of any answer
  readonly rewrite?: (operation: string, answer: any) => unknown;
}

export function createScene(scenario: Scenario, options: SceneOptions = {}): Scene {
  const clock = options.clock ?? virtualClock();
  const files = options.files ?? memoryFiles();
  const sandbox = createSandbox(scenario, { clock, recordRequests: true });
  const handler = sandboxRequestHandler(sandbox);
  const inputs = new Map<string, string>();
  const listeners = new Set<(signal: StopSignal) => void>();
  const exits: number[] = [];
  const random = seededRandom(options.seed ?? 1);
  const transport: Connection['transport'] = {
    handle: async (request, settings) => {
      await options.onRequest?.(request);
      const answer = await handler.handle(request as never, settings);
      const [, operation] = /AWSOrganizationsV20161128\.(\w+)/u.exec(request.headers['x-amz-target'] ?? '') ?? [];
      if (operation === undefined || options.rewrite === undefined) return answer as never;
      const { response } = answer;
      const body = options.rewrite(operation, JSON.parse(Buffer.from(response.body).toString('utf8')));
      return { response: { ...response, body: Buffer.from(JSON.stringify(body)) } } as never;
    },
    destroy: () => {},
  };
  const connection: Connection = {
    transport,
    credentials: options.credentials ?? sandbox.credentials().management,
    region: 'us-east-1',
  };

  const run: Scene['run'] = async (args, more = {}) => {
    let stdout = '';
    let stderr = '';
    const terminal = (write: (text: string) => void) => ({
      isLive: false,
      columns: 160,
      colorLevel: 0 as const,
      write,
    });
    const world: World = {
      version: '0.0.0-test',
      env: {},
      clock,
      random,
      stdout: terminal((text) => {
        stdout += text;
      }),
      stderr: terminal((text) => {
        stderr += text;
      }),
      prompts: options.prompts ?? null,
      readStdin: async () => inputs.get('-') ?? '',
      locate: async (path) => (inputs.has(path) ? path : null),
      readFile: async (path) => {
        const text = inputs.get(path);
        if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
        return text;
      },
      writeFile: async (path, text) => {
        inputs.set(path, text);
      },
      state: files,
      stateFolder: '/memory',
      configFolder: '/config',
      processes: { pid: 4242, identityOf: (pid) => (pid === 4242 ? 'boot:1' : null) },
      openTransport: () => transport,
      connection,
      onSignal: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      exitNow: (code) => {
        exits.push(code);
      },
      ...more,
    };
    const code = await runProgram(args, world);
    const documents = /^\s*\{/u.test(stdout) ? documentsIn(stdout) : [];
    for (const document of documents) requireValid(document);
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
    exits,
    run,
    signal: (name) => {
      for (const listener of [...listeners]) listener(name);
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
