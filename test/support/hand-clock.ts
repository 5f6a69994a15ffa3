import type { Clock } from '../../src/clock.ts';

export interface HandClock extends Clock {
  /** Lets this much time pass, at once. */
  readonly advance: (durationMs: number) => void;
  /** How many wait. */
  readonly sleepers: () => number;
}

/** Time that passes when the test says so: for runs with real input and output. */
export function handClock(): HandClock {
  let elapsedMs = 0;
  const sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  return {
    nowMs: () => Date.parse('2026-01-31T09:30:00.000Z') + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const sleeper = { dueMs: elapsedMs + durationMs, wake: resolve };
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
        sleepers.add(sleeper);
      }),
    advance: (durationMs) => {
      elapsedMs += durationMs;
      for (const sleeper of sleepers) {
        if (sleeper.dueMs > elapsedMs) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    sleepers: () => sleepers.size,
  };
}
