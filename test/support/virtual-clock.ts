import type { Clock } from '../../src/clock.ts';

export interface VirtualClock extends Clock {
  /** Every time somebody waited, in milliseconds. */
  readonly waits: readonly number[];
}

/**
 * Time that moves only when nobody has anything else to do: as soon as all that is ready has run, the clock jumps to the
 * next sleeper. Only for runs without real input and output: those would be overtaken.
 */
export function virtualClock(startMs = Date.parse('2026-01-31T09:30:00.000Z')): VirtualClock {
  let elapsedMs = 0; // the epoch is added when asked for: it would swallow fractions that rates go by, and a wait of one
  let order = 0;
  let isScheduled = false;
  const waits: number[] = [];
  const sleepers = new Set<{ readonly dueMs: number; readonly order: number; readonly wake: () => void }>();
  const schedule = (): void => {
    if (isScheduled || sleepers.size === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      let next: { readonly dueMs: number; readonly order: number; readonly wake: () => void } | undefined;
      for (const sleeper of sleepers) {
        if (
          next === undefined ||
          sleeper.dueMs < next.dueMs ||
          (sleeper.dueMs === next.dueMs && sleeper.order < next.order)
        ) {
          next = sleeper;
        }
      }
      if (next === undefined) return;
      sleepers.delete(next);
      elapsedMs = Math.max(elapsedMs, next.dueMs);
      next.wake();
      schedule();
    });
  };
  return {
    waits,
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        waits.push(durationMs);
        order += 1;
        const onAbort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        const sleeper = { dueMs: elapsedMs + Math.max(0, durationMs), order, wake };
        signal?.addEventListener('abort', onAbort, { once: true });
        sleepers.add(sleeper);
        schedule();
      }),
  };
}
