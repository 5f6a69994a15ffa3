import type { Connection, StopSignal, World } from '../src/process/world.ts';
import { seededRandom } from '../src/random.ts';
import { type Sandbox, sandboxRequestHandler } from '../src/sandbox/index.ts';
import type { Terminal } from '../src/terminal/terminal.ts';
import { virtualClock } from './clock.ts';
import { memoryDisk } from './disk.ts';

// What a command loads only when it needs it: virtual time would pass, or seem to have no end, while it is read from the
// disk. Here it is there from the beginning, so that a run depends on its seed alone.
await Promise.all([
  import('../src/cli/desk.ts'),
  import('../src/cli/work/completion.ts'),
  import('../src/cli/work/config.ts'),
  import('../src/cli/work/delete.ts'),
  import('../src/cli/work/doctor.ts'),
  import('../src/cli/work/enable.ts'),
  import('../src/cli/work/explain.ts'),
  import('../src/cli/work/policy.ts'),
  import('../src/cli/work/recover.ts'),
  import('../src/cli/work/report.ts'),
  import('../src/cli/work/runs.ts'),
  import('../src/cli/work/sandbox.ts'),
  import('../src/cli/work/status.ts'),
  import('../src/cli/work/unlock.ts'),
  import('../src/output/failing.ts'),
  import('../src/configuration/parsing.ts'),
  import('../src/configuration/yaml.ts'),
  import('../src/actions/sandbox/saved.ts'),
  import('../src/words/index.ts'),
  import('../src/words/en/sayings.ts'),
  import('../src/words/ja/sayings.ts'),
  import('../src/words/speech.ts'),
  import('../src/words/ja.ts'),
  import('../src/words/ja/first-words.ts'),
  import('../src/words/en/topics.ts'),
  import('../src/words/ja/topics.ts'),
  import('../src/render/formats.ts'),
  import('../src/render/query.ts'),
  import('../src/render/style.ts'),
  import('../src/render/topic.ts'),
]);

/** Everything that the program touches outside itself, in memory; beside it what the outside sees and does. */
export interface InventedWorld extends World {
  /** What was written to the streams until now. */
  readonly written: { readonly stdout: string; readonly stderr: string };
  /** The person's own files, by path; `-` is stdin. */
  readonly papers: Map<string, string>;
  /** The codes that the program ended with at once, after a second signal. */
  readonly exits: readonly number[];
  /** Sends a signal. @returns whether the program heard it. */
  readonly signal: (signal: StopSignal) => boolean;
}

/** Whatever is left out has a default: no network, nobody at the terminal, an empty disk, time that moves by itself. */
export interface WorldOptions extends Partial<Omit<World, 'stdout' | 'stderr'>> {
  /** What is special about a stream; it is kept in `written` in any case, and `write` hears of it too. */
  readonly stdout?: Partial<Terminal>;
  readonly stderr?: Partial<Terminal>;
  readonly papers?: Map<string, string>;
  /** Whether the process was killed: from then on it writes nothing, and nothing that it waits for comes. */
  readonly isDead?: () => boolean;
}

/** One process on one machine. Machines are made of what is given to several: a clock, a disk, papers. */
export function createWorld(options: WorldOptions = {}): InventedWorld {
  const {
    stdout,
    stderr,
    papers = new Map<string, string>(),
    isDead = () => false,
    clock = virtualClock(),
    state = memoryDisk(),
    ...given
  } = options;
  const written = { stdout: '', stderr: '' };
  const exits: number[] = [];
  const listeners = new Set<(signal: StopSignal) => void>();
  const pid = 4_242;
  const stream = (name: 'stdout' | 'stderr', special: Partial<Terminal> = {}): Terminal => ({
    isLive: false,
    columns: 160,
    rows: null,
    colorLevel: 0,
    ...special,
    write: (text) => {
      if (isDead()) return;
      written[name] += text;
      special.write?.(text);
    },
  });
  return {
    version: '0.0.0-invented',
    env: {},
    random: seededRandom(1),
    prompts: null,
    pager: null,
    questionPager: null,
    readStdin: async () => papers.get('-') ?? '',
    locate: async (path) => (papers.has(path) ? path : null),
    readFile: async (path) => papers.get(path) ?? Promise.reject(missing(path)),
    writeFile: async (path, text) => {
      if (isDead()) await never();
      papers.set(path, [...text].join(''));
    },
    place: async (path) => path,
    stateFolder: state.folder,
    configFolder: '/config',
    processes: { pid, identityOf: (other) => (other === pid ? `boot:${pid}` : null) },
    openTransport: () => Promise.reject(new Error('an invented world reaches no network')),
    connection: null,
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    speak: () => {},
    saveMemory: () => {},
    letGo: () => {},
    exitNow: (code) => {
      exits.push(code);
    },
    ...given,
    clock: {
      nowMs: clock.nowMs,
      monotonicMs: clock.monotonicMs,
      sleep: async (durationMs, signal) => {
        await (isDead() ? never() : clock.sleep(durationMs, signal));
        if (isDead()) await never();
      },
    },
    state,
    stdout: stream('stdout', stdout),
    stderr: stream('stderr', stderr),
    written,
    papers,
    exits,
    signal: (signal) => {
      const heard = [...listeners];
      for (const listener of heard) listener(signal);
      return heard.length > 0;
    },
  };
}

/** AWS inside the process: `handle` of a sandbox, or what a test puts before it. */
export const connectionTo = (
  aws: Pick<Sandbox, 'handle'>,
  credentials: Connection['credentials'],
  region = 'us-east-1',
): Connection => ({ transport: sandboxRequestHandler(aws), credentials, region });

const never = (): Promise<never> => new Promise<never>(() => {});

const missing = (path: string): Error => Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
