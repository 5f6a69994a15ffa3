import type { Clock } from '../clock.ts';
import type { Words } from '../words/index.ts';

/** `812 / 2,140 accounts · 96 accounts/s · throttled: backing off · about 14 s left` */
export function createFleetMeter(
  clock: Clock,
  what: keyof Words['progress']['accounts'],
  { progress, grammar }: Pick<Words, 'progress' | 'grammar'>,
) {
  const beganMs = clock.monotonicMs();
  let isHeldBack = false;
  return {
    heldBack: () => {
      isHeldBack = true;
    },
    text: (listed: number, done: number): string => {
      const elapsedS = Math.max((clock.monotonicMs() - beganMs) / 1000, 0.001);
      const perSecond = done / elapsedS;
      const parts = [progress.accounts[what](done, listed)];
      if (elapsedS > 1 && done > 0) {
        parts.push(progress.rate(perSecond < 10 ? perSecond.toFixed(1) : grammar.number(Math.round(perSecond))));
      }
      if (isHeldBack) parts.push(progress.heldBack);
      const leftS = (listed - done) / perSecond;
      if (elapsedS > 2 && done > 0 && leftS >= 1) parts.push(progress.left(Math.ceil(leftS)));
      return parts.join(' · ');
    },
  };
}
