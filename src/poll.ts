import type { Clock } from './clock.ts';

export interface PollEnvironment {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks, and looks again after each delay, until enough is seen or the delays end.
 * @param delaysMs is asked for a delay only after a look, so that a schedule can go by the time that is left then.
 * @returns what the last look saw, enough or not. @throws what a look throws; the signal's reason when it cuts a delay short.
 */
export async function poll<Seen>(
  look: () => Promise<Seen>,
  isEnough: (seen: Seen) => boolean,
  delaysMs: Iterable<number>,
  { clock, signal }: PollEnvironment,
): Promise<Seen> {
  const delays = delaysMs[Symbol.iterator]();
  for (;;) {
    const seen = await look();
    if (isEnough(seen)) return seen;
    const delay = delays.next();
    if (delay.done === true) return seen;
    await clock.sleep(delay.value, signal);
  }
}

const firstDelayMs = 250;
const longestDelayMs = 4_000;

/**
 * For what AWS shows late, being eventually consistent: soon, or patiently. Each delay is twice the one before, and the
 * last ends at the deadline, on the monotonic clock.
 */
export function* delaysUntil(deadlineMs: number, clock: Clock): Generator<number> {
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    const leftMs = deadlineMs - clock.monotonicMs();
    if (leftMs <= 0) return;
    yield Math.min(delayMs, leftMs);
  }
}

/** For ever: until enough is seen, or the signal ends it. */
export function* delaysOf(everyMs: number): Generator<number> {
  for (;;) yield everyMs;
}
