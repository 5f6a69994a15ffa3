/** Time as a parameter: the program runs on the system's clock, the simulation on a virtual one. */
export interface Clock {
  /** Epoch milliseconds, as this machine has them: somebody may set it, forwards or backwards, at any moment. */
  readonly nowMs: () => number;
  /** Milliseconds since some moment; never goes back. Waits, deadlines and rates are measured with it. */
  readonly monotonicMs: () => number;
  /** Resolves after `durationMs` milliseconds; rejects with the signal's reason as soon as the signal aborts. */
  readonly sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>;
}

/** Node's timers hold 31 bits: a longer delay fires at once. */
const timerMaxMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  // Not `performance`, whose module takes every start two milliseconds.
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      let timer: NodeJS.Timeout;
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const wait = (leftMs: number): void => {
        timer = setTimeout(
          () => {
            if (leftMs > timerMaxMs) {
              wait(leftMs - timerMaxMs);
              return;
            }
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
          Math.min(leftMs, timerMaxMs),
        );
      };
      wait(durationMs);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

/** Calls `then` each time so many milliseconds are over, until it is stopped; keeps no program from ending. */
export function repeatedly(ms: number, then: () => void): () => void {
  const timer = setInterval(then, ms).unref();
  return () => clearInterval(timer);
}

/** Calls `then` after so many milliseconds, unless nothing else keeps the program from ending before. */
export const afterwards = (ms: number, then: () => void): void => void setTimeout(then, ms).unref();
