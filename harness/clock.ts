import type { Clock } from '../src/clock.ts';

/** Time in memory: it stands still until nobody can do anything without it, or until it is told to pass. */
export interface VirtualClock extends Clock {
  /** Every time that somebody waited, in milliseconds. */
  readonly waits: readonly number[];
  /** How many sleep now. */
  readonly sleeperCount: () => number;
  /** Jumps to the next moment that somebody sleeps for, and wakes all who do. @returns false when nobody sleeps. */
  readonly wakeNext: () => boolean;
  /** Lets this much time pass at once, and wakes all whose time has come. */
  readonly pass: (durationMs: number) => void;
}

export interface VirtualClockOptions {
  /** Epoch milliseconds at the beginning. */
  readonly startMs?: number;
  /**
   * `by-itself`, unless given: `wakeNext` after each turn of the event loop while somebody sleeps. Not for work with real
   * input and output, which a turn does not wait for: it would be overtaken.
   * `by-hand`: only `wakeNext`, `pass` and `drive` move it.
   */
  readonly moves?: 'by-itself' | 'by-hand';
}

const beginningMs = Date.parse('2026-01-31T09:30:00.000Z');

interface Sleeper {
  readonly dueMs: number;
  readonly order: number;
  readonly wake: () => void;
  isCancelled: boolean;
}

export function virtualClock({ startMs = beginningMs, moves = 'by-itself' }: VirtualClockOptions = {}): VirtualClock {
  let elapsedMs = 0; // the epoch is added when asked for: it would swallow fractions that rates go by, and a wait of one
  let order = 0;
  let cancelledCount = 0;
  let isScheduled = false;
  const waits: number[] = [];
  const queue = createQueue();
  const dropCancelled = (): void => {
    while (queue.first()?.isCancelled === true) {
      queue.removeFirst();
      cancelledCount -= 1;
    }
  };
  const wakeDue = (): void => {
    for (let due = queue.first(); due !== undefined && due.dueMs <= elapsedMs; due = queue.first()) {
      queue.removeFirst();
      if (due.isCancelled) cancelledCount -= 1;
      else due.wake();
    }
  };
  const wakeNext = (): boolean => {
    dropCancelled();
    const next = queue.first();
    if (next === undefined) return false;
    elapsedMs = next.dueMs;
    wakeDue();
    return true;
  };
  const goOn = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      if (wakeNext()) goOn();
    });
  };
  return {
    waits,
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleeperCount: () => queue.size() - cancelledCount,
    wakeNext,
    pass: (durationMs) => {
      elapsedMs += durationMs;
      wakeDue();
    },
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        waits.push(durationMs);
        const onAbort = (): void => {
          sleeper.isCancelled = true;
          cancelledCount += 1;
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        const sleeper: Sleeper = { dueMs: elapsedMs + Math.max(durationMs, 0), order, wake, isCancelled: false };
        order += 1;
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.add(sleeper);
        if (moves === 'by-itself') goOn();
      }),
  };
}

/** A machine's clock that is not right: `aheadMs` before the true time, whatever its sign, now and as it is set later. */
export const setAhead = (clock: Clock, aheadMs: () => number): Clock => ({
  nowMs: () => clock.nowMs() + aheadMs(),
  monotonicMs: clock.monotonicMs,
  sleep: clock.sleep,
});

/** A binary heap by time, then by who slept first: equal moments wake in a fixed order. */
function createQueue() {
  const heap: Sleeper[] = [];
  const isBefore = (left: Sleeper | undefined, right: Sleeper | undefined): boolean =>
    left !== undefined &&
    right !== undefined &&
    (left.dueMs < right.dueMs || (left.dueMs === right.dueMs && left.order < right.order));
  const swap = (one: number, other: number): void => {
    const [left, right] = [heap[one], heap[other]];
    if (left === undefined || right === undefined) return;
    heap[one] = right;
    heap[other] = left;
  };
  return {
    size: () => heap.length,
    first: () => heap[0],
    add: (sleeper: Sleeper): void => {
      heap.push(sleeper);
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(heap[child], heap[parent])) return;
        swap(child, parent);
        child = parent;
      }
    },
    removeFirst: (): void => {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      heap[0] = last;
      for (let parent = 0; ; ) {
        const left = 2 * parent + 1;
        const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
        if (!isBefore(heap[child], heap[parent])) return;
        swap(parent, child);
        parent = child;
      }
    },
  };
}

/** What Node calls work of its own that will go on by itself. */
const busy: ReadonlySet<string> = new Set(['Immediate', 'FSReqCallback', 'FSReqPromise', 'CloseReq']);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Resolves when nothing runs any more without time going on. One turn of the event loop drains every promise; code that
 * works through the event loop is waited for, and the disk (the SDK reads its configuration once) where Node lists such
 * work: Node 26 no longer does, and nothing else in a simulated run touches the disk.
 */
export async function settle(): Promise<void> {
  await nextTurn();
  for (;;) {
    const isBusy = process.getActiveResourcesInfo().some((name) => busy.has(name));
    if (!isBusy) return;
    await nextTurn();
  }
}

/** How driven work ended; `deadlock`: it waits for something that no sleeper will bring. */
export type Driven<T> =
  | { readonly end: 'done'; readonly value: T }
  | { readonly end: 'abandoned' }
  | { readonly end: 'deadlock' }
  | { readonly end: 'runaway' };

/**
 * Lets virtual time pass until the work is done, is abandoned (its process was killed), or can never end.
 * @throws what the work throws.
 */
export async function drive<T>(
  clock: VirtualClock,
  work: Promise<T>,
  options: { readonly isAbandoned: () => boolean; readonly durationMaxMs: number },
): Promise<Driven<T>> {
  const deadlineMs = clock.monotonicMs() + options.durationMaxMs;
  let result: { readonly value: T } | { readonly error: unknown } | null = null;
  work.then(
    (value) => {
      result = { value };
    },
    (error: unknown) => {
      result = { error };
    },
  );
  for (;;) {
    await settle();
    const ended = result as { readonly value: T } | { readonly error: unknown } | null;
    if (options.isAbandoned()) return { end: 'abandoned' };
    if (ended !== null && 'error' in ended) throw ended.error;
    if (ended !== null) return { end: 'done', value: ended.value };
    if (clock.monotonicMs() > deadlineMs) return { end: 'runaway' };
    if (!clock.wakeNext()) return { end: 'deadlock' };
  }
}
