import type { Pace, PaceKey } from '../aws/pace.ts';
import type { Clock } from '../clock.ts';

/**
 * A pace that finds AWS's limit without being told. Each key (a service for the caller's account, IAM for each member)
 * starts unlimited. The first throttled answer sets its rate to what AWS has just let through, which for a token bucket
 * is its refill; from then on every period is judged by the share of throttled answers: none, and the rate creeps up;
 * few, and it stays, since a limit is only known by touching it; many, and it falls to what was let through.
 * Compared with the SDK's adaptive mode in `docs/performance.md`.
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
const growthPerPeriod = 1.03;
const firstCut = 0.97;
const fewShare = 0.06;
const manyShare = 0.12;
const rateMin = 0.5;

interface Meter {
  /** Requests a second; infinite until the first throttled answer. */
  rate: number;
  readonly isFixed: boolean;
  /** When the next request may go, epoch milliseconds. */
  nextMs: number;
  periodStartMs: number;
  answered: number;
  throttled: number;
  /** Answers of the period before, for a rate measured over one to two periods. */
  answeredBefore: number;
  hasCut: boolean;
}

export function createAdaptivePace({ clock, fixedStsRate, onBackingOff }: AdaptivePaceOptions): Pace {
  const meters = new Map<PaceKey, Meter>();
  const meterOf = (key: PaceKey): Meter => {
    let meter = meters.get(key);
    if (meter === undefined) {
      const isFixed = key === 'sts' && fixedStsRate !== null;
      const nowMs = clock.nowMs();
      meter = {
        rate: isFixed ? (fixedStsRate ?? 1) : Number.POSITIVE_INFINITY,
        isFixed,
        nextMs: nowMs,
        periodStartMs: nowMs,
        answered: 0,
        throttled: 0,
        answeredBefore: 0,
        hasCut: false,
      };
      meters.set(key, meter);
    }
    return meter;
  };
  /** What AWS let through in the last one to two periods, requests a second. */
  const throughput = (meter: Meter, nowMs: number): number =>
    ((meter.answered + meter.answeredBefore) * 1_000) /
    Math.max(nowMs - meter.periodStartMs + (meter.answeredBefore > 0 ? periodMs : 0), 100);

  const turnPeriod = (meter: Meter, nowMs: number): void => {
    const elapsedMs = nowMs - meter.periodStartMs;
    if (elapsedMs < periodMs) return;
    if (!meter.isFixed && Number.isFinite(meter.rate)) {
      const share = meter.throttled / Math.max(meter.answered + meter.throttled, 1);
      if (meter.throttled >= 2 && share > manyShare) meter.rate = Math.max(throughput(meter, nowMs), rateMin);
      else if (meter.throttled === 0) meter.rate *= growthPerPeriod;
      else if (share <= fewShare && meter.hasCut) meter.rate /= firstCut; // few: the cut is taken back, the rate stays
    }
    meter.answeredBefore = elapsedMs < 2 * periodMs ? meter.answered : 0;
    meter.answered = 0;
    meter.throttled = 0;
    meter.hasCut = false;
    meter.periodStartMs = nowMs;
  };

  return {
    acquire: async (key, signal) => {
      const meter = meterOf(key);
      signal?.throwIfAborted();
      const nowMs = clock.nowMs();
      turnPeriod(meter, nowMs);
      if (!Number.isFinite(meter.rate)) return;
      const startMs = Math.max(meter.nextMs, nowMs);
      meter.nextMs = startMs + 1_000 / meter.rate;
      if (startMs > nowMs) await clock.sleep(startMs - nowMs, signal);
    },
    answered: (key) => {
      const meter = meterOf(key);
      turnPeriod(meter, clock.nowMs());
      meter.answered += 1;
    },
    throttled: (key) => {
      const meter = meterOf(key);
      const nowMs = clock.nowMs();
      turnPeriod(meter, nowMs);
      meter.throttled += 1;
      if (meter.isFixed) return;
      if (!Number.isFinite(meter.rate)) {
        meter.rate = Math.max(throughput(meter, nowMs), rateMin);
        meter.nextMs = nowMs;
        meter.hasCut = true;
        onBackingOff?.(key);
      } else if (!meter.hasCut) {
        meter.rate = Math.max(meter.rate * firstCut, rateMin);
        meter.hasCut = true;
      }
    },
    forget: (key) => {
      meters.delete(key);
    },
  };
}
