import type { Clock } from '../clock.ts';

/**
 * AWS's time, which ages, plans and records go by: this machine's clock may be wrong by months, or be set while a command
 * runs. Until AWS has answered it is the machine's.
 */
export interface AwsTime {
  /** Epoch milliseconds; carried on between answers by the monotonic clock. */
  readonly nowMs: () => number;
  /** Whether AWS has told its time, and has taken a signature made with it. */
  readonly isKnown: () => boolean;
  /**
   * AWS took a request that was signed with the time `signedMs`. It refuses signatures 15 minutes off, so a `Date`
   * (RFC 9110, 6.6.1) that differs by more is not its own, or nobody checks signatures there, as in emulators: as long as
   * no time is known a likely one is tried, and believed when the next answer to a signature of that time agrees.
   */
  readonly accepted: (date: string | undefined, signedMs: number) => void;
  /**
   * AWS refused a signature made with the time `signedMs`. If its `Date` is another, that is tried next; ages may not go by
   * it before AWS has taken a signature of that time.
   * @returns whether the time was corrected, so that the call is worth one more try.
   */
  readonly refused: (date: string | undefined, signedMs: number) => boolean;
}

/** `Date` has whole seconds and is late by an answer's way; below this the time of before, which has milliseconds, is right. */
const toleranceMs = 4_000;
/** AWS refuses signatures five minutes off, or fifteen; the SDKs correct their clock from four. */
const correctionMs = 240_000;
const acceptedMaxMs = 900_000;
/** Clocks run wrong by days and months; a `Date` that is off by more than two years is rather no clock's at all. */
const likelyMaxMs = 2 * 365 * 86_400_000;
/** From here on a person should know. */
const remarkableMs = 300_000;

/** @param onSkew told once, with milliseconds that the machine is ahead (negative: behind). */
export function createAwsTime(clock: Clock, onSkew?: (aheadMs: number) => void): AwsTime {
  let anchor = { epochMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
  let isKnown = false;
  let isTold = false;
  const nowMs = (): number => anchor.epochMs + (clock.monotonicMs() - anchor.monotonicMs);
  const set = (epochMs: number): void => {
    anchor = { epochMs, monotonicMs: clock.monotonicMs() };
  };
  return {
    nowMs,
    isKnown: () => isKnown,
    accepted: (date, signedMs) => {
      const seenMs = parseDate(date);
      if (seenMs === null) return;
      const differenceMs = Math.abs(seenMs - signedMs);
      if (differenceMs > acceptedMaxMs) {
        if (!isKnown && differenceMs <= likelyMaxMs) set(seenMs);
        return;
      }
      isKnown = true;
      if (Math.abs(nowMs() - seenMs) > toleranceMs) set(seenMs);
      const aheadMs = clock.nowMs() - seenMs;
      if (isTold || Math.abs(aheadMs) <= remarkableMs) return;
      isTold = true;
      onSkew?.(aheadMs);
    },
    refused: (date, signedMs) => {
      const seenMs = parseDate(date);
      if (seenMs === null || Math.abs(seenMs - signedMs) <= correctionMs) return false;
      isKnown = false;
      set(seenMs);
      return true;
    },
  };
}

/** The only form that is sent (RFC 9110, 5.6.7); `Date.parse` takes much else for a time, `junk 1` for the year 2001. */
const imfFixdate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u;

function parseDate(date: string | undefined): number | null {
  const epochMs = date !== undefined && imfFixdate.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(epochMs) ? null : epochMs;
}

/** The clock that a command works with: AWS's time of day, the machine's waits. */
export const onAwsTime = (clock: Clock, time: AwsTime): Clock => ({ ...clock, nowMs: time.nowMs });
