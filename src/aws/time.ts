import type { Clock } from '../clock.ts';

/**
 * AWS's time, which ages, plans and records go by: this machine's clock may be wrong by months, or be set while a command
 * runs. Until AWS has answered it is the machine's.
 */
export interface AwsTime {
  /** Epoch milliseconds; carried on between answers by the monotonic clock. */
  readonly nowMs: () => number;
  /** Takes in the `Date` of an answer (RFC 9110, 6.6.1: whole seconds); what is no date changes nothing. */
  readonly observe: (date: string | undefined) => void;
  /** Whether AWS has told its time. */
  readonly isKnown: () => boolean;
  /** This machine's clock less AWS's at the last answer, milliseconds; null while AWS's is not known. */
  readonly skewMs: () => number | null;
}

/** `Date` has whole seconds and is late by an answer's way; below this the machine's clock, which has milliseconds, is right. */
const toleranceMs = 4_000;
/** From here on a person should know: AWS refuses signatures that are so far off (IAM User Guide, Signature Version 4). */
const remarkableMs = 300_000;

/** @param onSkew told once, with milliseconds that the machine is ahead (negative: behind). */
export function createAwsTime(clock: Clock, onSkew?: (aheadMs: number) => void): AwsTime {
  let anchor = { epochMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
  let aheadMs: number | null = null;
  let isTold = false;
  const nowMs = (): number => anchor.epochMs + (clock.monotonicMs() - anchor.monotonicMs);
  return {
    nowMs,
    isKnown: () => aheadMs !== null,
    skewMs: () => aheadMs,
    observe: (date) => {
      const seenMs = date === undefined ? Number.NaN : Date.parse(date);
      if (Number.isNaN(seenMs)) return;
      aheadMs = clock.nowMs() - seenMs;
      if (Math.abs(nowMs() - seenMs) > toleranceMs) anchor = { epochMs: seenMs, monotonicMs: clock.monotonicMs() };
      if (isTold || Math.abs(aheadMs) <= remarkableMs) return;
      isTold = true;
      onSkew?.(aheadMs);
    },
  };
}

/** The clock that a command works with: AWS's time of day, the machine's waits. */
export const onAwsTime = (clock: Clock, time: AwsTime): Clock => ({ ...clock, nowMs: time.nowMs });
