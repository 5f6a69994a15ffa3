import { join } from 'node:path';
import { setEnvironmentData, Worker } from 'node:worker_threads';
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';
import { hungName, limitName, spoiltName } from './names.ts';

const spoilt = new Int32Array(new SharedArrayBuffer(4));
setEnvironmentData(spoiltName, spoilt.buffer);
const limit = new BigInt64Array(new SharedArrayBuffer(8));
setEnvironmentData(limitName, limit.buffer);

/** How often is looked whether a test has run for too long without letting its thread give it up, in milliseconds. */
const lookEveryMs = 250;

/** Runs after which the thread is a new one, so that nothing that a mutant left behind is met for long. */
const runsOfOneThread = 40;

/** A thread that has loaded the program, and how many runs of tests it has seen. */
interface Warm {
  readonly thread: Worker;
  runCount: number;
}
let warm: Warm | null = null;

/**
 * Vitest's pool of threads, but for one thing: after a run the thread stays, with all of `src` loaded. A mutant that is
 * switched on and off in loaded code then costs the tests that meet it, and not a second of loading before them.
 */
export const warmPool: PoolRunnerInitializer = {
  name: 'warm',
  createPoolWorker: (options) => new WarmWorker(options),
};

type Listener = Parameters<PoolWorker['on']>[1];

class WarmWorker implements PoolWorker {
  readonly name = 'warm';
  readonly #options: PoolOptions;
  readonly #listeners: [event: string, listener: Listener][] = [];
  #own: Warm | null = null;
  #looking: NodeJS.Timeout | undefined;
  #mayStay = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  on(event: string, listener: Listener): void {
    this.#listeners.push([event, listener]);
    this.#own?.thread.on(event, listener);
  }

  off(event: string, listener: Listener): void {
    this.#own?.thread.off(event, listener);
  }

  /** Asked to stop, a thread of vitest no longer listens: so it is not asked, and the answer is ours. */
  send(message: WorkerRequest): void {
    if (message.type !== 'stop') {
      this.#own?.thread.postMessage(message);
      return;
    }
    this.#mayStay = true;
    this.#own?.thread.emit('message', { __vitest_worker_response__: true, type: 'stopped' });
  }

  async start(): Promise<void> {
    const { distPath, env, execArgv } = this.#options;
    warm ??= { thread: new Worker(join(distPath, 'workers/threads.js'), { env, execArgv }), runCount: 0 };
    warm.thread.setMaxListeners(0);
    warm.thread.ref();
    this.#own = warm;
    warm = null;
    Atomics.store(limit, 0, 0n);
    this.#looking = setInterval(() => this.#endWhenHung(), lookEveryMs);
  }

  /** Vitest then says that the thread has ended, and the runner (`scripts/bite-runner.mjs`) knows why. */
  #endWhenHung(): void {
    const mustEndAt = Atomics.load(limit, 0);
    if (mustEndAt === 0n || BigInt(Date.now()) <= mustEndAt) return;
    clearInterval(this.#looking);
    setEnvironmentData(hungName, true);
    void this.#own?.thread.terminate();
  }

  async stop(): Promise<void> {
    clearInterval(this.#looking);
    const own = this.#own;
    if (own === null) return;
    this.#own = null;
    for (const [event, listener] of this.#listeners) own.thread.off(event, listener);
    own.runCount += 1;
    const isSpoilt = Atomics.exchange(spoilt, 0, 0) === 1;
    if (!this.#mayStay || isSpoilt || own.runCount >= runsOfOneThread) {
      await own.thread.terminate();
      return;
    }
    own.thread.unref(); // it keeps nobody from ending
    warm = own;
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}
