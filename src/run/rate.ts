import type { Pace, PaceKey } from '../aws/pace.ts';
import type { Clock } from '../clock.ts';

/**
 * A pace that finds AWS's limit without being told. Each key (a service for the caller's account, IAM for each member)
 * starts unlimited; a throttled call backs off by itself. When a real share of the answers is throttled the rate becomes
 * what AWS let through in the last second, which for a token bucket is its refill. From there it searches upwards by half
 * each period until it meets the limit, takes the last step back, and holds: the rate follows the share of throttled answers towards a few
 * percent, since a limit is only known by touching it. A share that does not depend on the rate (AWS throttles for
 * reasons of its own, too) does not drive the rate to the ground. Compared with the SDK's adaptive mode in
 * `docs/performance.md`.
 */
export interface AdaptivePaceOptions {
  readonly clock: Clock;
  /** Requests a second for STS, set by the person (`--rate`): then that key is neither raised nor lowered. */
  readonly fixedStsRate: number | null;
  /** Told when a key begins to be held back. */
  readonly onBackingOff?: (key: PaceKey) => void;
}

/** A period long enough to count a share in, short enough to react: milliseconds. */
const periodMs = 500;
/** Fewer throttled answers are no share yet, they may be chance. */
const throttledCountMin = 5;
/** The share of throttled answers from which an unlimited key is held back. */
const limitedShare = 0.08;
/** The share that ends the search: the limit is met. */
const metShare = 0.15;
const searchGrowth = 1.5;
/** While holding, each period: rate × (1 + gain × (target − share)), but never less than the last of these. */
const targetShare = 0.03;
const gain = 0.4;
const fallMax = 0.85;
/** A share that no chance explains: the rate falls to what AWS let through. */
const floodShare = 0.3;
/** How much of a late timer is made up for, milliseconds. */
const catchUpMs = 20;
/** After so many periods without a throttled answer the limit must have moved: the search begins again. */
const quietPeriodsMax = 6;
const quietShare = 0.01;
/** How much of the share of one period counts beside those before it. */
const smoothing = 0.4;
const rateMin = 0.5;

interface Meter {
  phase: 'unlimited' | 'searching' | 'holding' | 'fixed';
  /** Requests a second; infinite until the limit is felt. */
  rate: number;
  /** When the next request may go, on the monotonic clock. */
  nextMs: number;
  /** When the rate was last set anew: answers to what was sent before do not count against it. */
  setMs: number;
  periodStartMs: number;
  answered: number;
  throttled: number;
  /** Answers of the period before, for a rate measured over one to two periods. */
  answeredBefore: number;
  /** The share of throttled answers, smoothed over the last periods. */
  share: number;
  quietPeriods: number;
  /** Somebody had to wait in this period: only then does the rate bind, and only then may it grow. */
  isBinding: boolean;
  /** Who waits, first come first served; a change of the rate counts for all of them at once. */
  readonly waiting: (() => void)[];
  isServing: boolean;
}

export function createAdaptivePace({ clock, fixedStsRate, onBackingOff }: AdaptivePaceOptions): Pace {
  const meters = new Map<PaceKey, Meter>();
  const meterOf = (key: PaceKey, nowMs: number): Meter => {
    let meter = meters.get(key);
    if (meter === undefined) {
      meter = newMeter(key === 'sts' ? fixedStsRate : null, nowMs);
      meters.set(key, meter);
    }
    turnPeriod(meter, nowMs);
    return meter;
  };

  return {
    acquire: async (key, signal) => {
      signal?.throwIfAborted();
      const meter = meterOf(key, clock.monotonicMs());
      if (meter.phase === 'unlimited') return clock.monotonicMs();
      return waitForTurn(meter, clock, signal);
    },
    answered: (key) => {
      meterOf(key, clock.monotonicMs()).answered += 1;
    },
    throttled: (key, sentMs) => {
      const nowMs = clock.monotonicMs();
      const meter = meterOf(key, nowMs);
      if (sentMs < meter.setMs) return;
      meter.throttled += 1;
      const isCounting = meter.throttled >= throttledCountMin;
      if (meter.phase === 'unlimited' && isCounting && shareNow(meter) >= limitedShare) {
        meter.phase = 'searching';
        setRate(meter, meter.answered + meter.answeredBefore, nowMs); // of the last second: a period or two
        onBackingOff?.(key);
      } else if (meter.phase === 'searching' && isCounting && shareNow(meter) >= metShare) {
        meter.phase = 'holding';
        setRate(meter, meter.rate / searchGrowth, nowMs); // the last step was one too many
      }
    },
    forget: (key) => {
      meters.delete(key);
    },
  };
}

function newMeter(fixedRate: number | null, nowMs: number): Meter {
  return {
    phase: fixedRate === null ? 'unlimited' : 'fixed',
    rate: fixedRate ?? Number.POSITIVE_INFINITY,
    nextMs: nowMs,
    setMs: Number.NEGATIVE_INFINITY,
    periodStartMs: nowMs,
    answered: 0,
    throttled: 0,
    answeredBefore: 0,
    share: 0,
    quietPeriods: 0,
    isBinding: false,
    waiting: [],
    isServing: false,
  };
}

function waitForTurn(meter: Meter, clock: Clock, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      const at = meter.waiting.indexOf(go);
      if (at >= 0) meter.waiting.splice(at, 1);
      reject(signal?.reason);
    };
    const go = (): void => {
      signal?.removeEventListener('abort', onAbort);
      resolve(clock.monotonicMs());
    };
    signal?.addEventListener('abort', onAbort);
    meter.waiting.push(go);
    if (!meter.isServing) void serve(meter, clock);
  });
}

/** Lets the waiting go one by one at the meter's rate. Timers fire late: what is due by then goes together. */
async function serve(meter: Meter, clock: Clock): Promise<void> {
  meter.isServing = true;
  while (meter.waiting.length > 0) {
    const nowMs = clock.monotonicMs();
    meter.nextMs = Math.max(meter.nextMs, nowMs - catchUpMs);
    while (meter.nextMs <= nowMs && meter.waiting.length > 0) {
      meter.nextMs += 1_000 / meter.rate;
      meter.waiting.shift()?.();
    }
    if (meter.waiting.length === 0) break;
    meter.isBinding = true;
    // Never longer than a period, so that a rate that has grown meanwhile counts.
    await clock.sleep(Math.min(meter.nextMs - nowMs, periodMs));
    turnPeriod(meter, clock.monotonicMs());
  }
  meter.isServing = false;
}

const shareNow = ({ answered, throttled }: Meter): number => throttled / Math.max(answered + throttled, 1);

function setRate(meter: Meter, rate: number, nowMs: number): void {
  meter.rate = Math.max(rate, rateMin);
  meter.nextMs = nowMs + 1_000 / meter.rate;
  meter.setMs = nowMs;
  meter.share = 0;
  meter.quietPeriods = 0;
  startPeriod(meter, nowMs, 0);
}

function startPeriod(meter: Meter, nowMs: number, answeredBefore: number): void {
  meter.answeredBefore = answeredBefore;
  meter.answered = 0;
  meter.throttled = 0;
  meter.isBinding = false;
  meter.periodStartMs = nowMs;
}

function turnPeriod(meter: Meter, nowMs: number): void {
  const elapsedMs = nowMs - meter.periodStartMs;
  if (elapsedMs < periodMs) return;
  const total = meter.answered + meter.throttled;
  if (total > 0) meter.share += smoothing * (meter.throttled / total - meter.share);
  const isFlood = meter.throttled >= throttledCountMin && meter.throttled / total >= floodShare;
  if (meter.phase === 'holding' && isFlood) {
    setRate(meter, (meter.answered * 1_000) / elapsedMs, nowMs);
    return;
  }
  if (meter.phase === 'searching' && meter.isBinding) {
    meter.rate *= searchGrowth;
  } else if (meter.phase === 'holding') {
    const change = 1 + gain * (targetShare - meter.share);
    if (change < 1 || meter.isBinding) meter.rate *= Math.max(change, fallMax);
    meter.rate = Math.max(meter.rate, rateMin);
    if (meter.isBinding) meter.quietPeriods = meter.share < quietShare ? meter.quietPeriods + 1 : 0;
    if (meter.quietPeriods >= quietPeriodsMax) meter.phase = 'searching';
  }
  startPeriod(meter, nowMs, elapsedMs < 2 * periodMs ? meter.answered : 0);
}
