import { appendFileSync, readFileSync } from 'node:fs';
import { getEnvironmentData } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { limitName, spoiltName } from './names.ts';

declare global {
  /** What Stryker counts by, in the thread that all files of tests share. */
  var __stryker__: { readonly mutantCoverage?: { readonly perTest: Record<string, unknown> } } | undefined;
  /** What vitest knows of the file whose tests are about to run, in this thread. */
  var __vitest_worker__: { readonly config: { testTimeout: number } };
  /** Of each file of tests how long its longest test takes without a mutant, in milliseconds. */
  var longestTests: ReadonlyMap<string, number> | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Stryker's: whether it looks which code each test meets, or asks the tests of a mutant. */
    mode: 'dry-run' | 'mutant';
  }
}

// Stryker adds up what each file of tests has met, and would count again what the files before it had.
beforeAll(() => {
  const met = globalThis.__stryker__?.mutantCoverage?.perTest ?? {};
  for (const name of Object.keys(met)) delete met[name];
});

// A test that a mutant makes wait for ever fails after a multiple of what the tests of its file take without one: Stryker's
// own limit would end the whole process, and all would have to be loaded again. One that never waits cannot be failed by its own
// thread: when it must have ended is said to the pool, which ends the thread.
const times = process.env['ROOTCTL_TEST_TIMES'];
const { testPath = '' } = expect.getState();
const nowMs = performance.now.bind(performance);
if (times !== undefined && inject('mode') === 'dry-run') {
  let beganMs = 0;
  beforeEach(() => {
    beganMs = nowMs();
  });
  afterEach(() => appendFileSync(times, `${JSON.stringify([testPath, Math.ceil(nowMs() - beganMs)])}\n`));
} else if (times !== undefined) {
  globalThis.longestTests ??= longestIn(readFileSync(times, 'utf8'));
  // Not `vi.setConfig`: with the first configuration that it sees it puts back, after each file, which tests the first run asked for.
  const limitMs = 1_500 + 10 * (globalThis.longestTests.get(testPath) ?? 1_000);
  globalThis.__vitest_worker__.config.testTimeout = limitMs;
  const limit = getEnvironmentData(limitName);
  const mustEndIn = (ms: number): void => {
    if (!(limit instanceof SharedArrayBuffer)) return;
    Atomics.store(new BigInt64Array(limit), 0, BigInt(ms === 0 ? 0 : Math.ceil(performance.timeOrigin + nowMs() + ms)));
  };
  mustEndIn(20_000); // all of the file is loaded by then
  beforeEach(() => mustEndIn(limitMs + 1_000));
  afterEach(() => mustEndIn(0));
  afterEach(({ task }) => {
    const isLate = task.result?.errors?.some(({ message }) => message.startsWith('Test timed out')) === true;
    const spoilt = getEnvironmentData(spoiltName);
    if (isLate && spoilt instanceof SharedArrayBuffer) Atomics.store(new Int32Array(spoilt), 0, 1);
  });
}

function longestIn(text: string): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const line of text.trim().split('\n')) {
    const [path, ms]: [string, number] = JSON.parse(line);
    longest.set(path, Math.max(ms, longest.get(path) ?? 0));
  }
  return longest;
}
