import type { Clock } from '../clock.ts';

export interface Deadlines {
  /** Calls back once when the time is over. @returns how to call it off. */
  readonly start: (onOver: () => void) => () => void;
  /** Nothing that was started is called back any more. */
  readonly close: () => void;
}

/**
 * The same deadline for each of many requests. They end in the order in which they began, so one wait at a time serves
 * them all: a timer a request costs (`docs/performance.md`).
 */
export function createDeadlines(clock: Clock, deadlineMs: number): Deadlines {
  const open = new Set<{ readonly endsAtMs: number; readonly onOver: () => void }>();
  let waiting: AbortController | null = null;
  const wait = async (signal: AbortSignal): Promise<void> => {
    // The oldest anew each time: an iterator that waits keeps alive whatever has left the set since it began.
    for (let [oldest] = open; oldest !== undefined; [oldest] = open) {
      await clock.sleep(Math.max(0, oldest.endsAtMs - clock.monotonicMs()), signal);
      const nowMs = clock.monotonicMs();
      for (const request of open) {
        if (request.endsAtMs > nowMs) break;
        open.delete(request);
        request.onOver();
      }
    }
  };
  const rest = (): void => {
    waiting?.abort();
    waiting = null;
  };
  return {
    start: (onOver) => {
      const request = { endsAtMs: clock.monotonicMs() + deadlineMs, onOver };
      open.add(request);
      if (waiting === null) {
        const controller = new AbortController();
        waiting = controller;
        wait(controller.signal).then(
          () => {
            if (waiting === controller) waiting = null;
          },
          () => {}, // called off: nothing is open
        );
      }
      return () => {
        open.delete(request);
        if (open.size === 0) rest(); // a timer that is left would keep the process alive
      };
    },
    close: () => {
      open.clear();
      rest();
    },
  };
}
