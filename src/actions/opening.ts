import { type Aws, type AwsOptions, createAws } from '../aws/clients.ts';
import type { AwsTime } from '../aws/time.ts';
import { createSettling, type Settling } from '../root/session.ts';
import { createAdaptivePace } from '../run/rate.ts';
import type { Environment } from './environment.ts';

/** A way to AWS, and what every call on it goes by. */
type Opening = Pick<Environment, 'clock' | 'product' | 'random' | 'report'> & {
  readonly time: AwsTime;
  /** Root sessions opened a second; null: AWS's limit is looked for. */
  readonly rate: number | null;
};

/** Makes the calls that actions ask for: at a pace that AWS bears, on AWS's time. */
export const openAws = (
  way: Omit<AwsOptions, 'pace' | 'clock' | 'time' | 'random' | 'userAgent'>,
  { clock, product, random, rate, report, time }: Opening,
): Aws =>
  createAws({
    ...way,
    pace: createAdaptivePace({ clock, fixedStsRate: rate, onBackingOff: () => report({ event: 'held-back' }) }),
    clock,
    time,
    random,
    userAgent: `rootctl/${product.version}`,
  });

/** Patience with a feature that was turned on a moment ago; that it is needed is told. */
export const settlingOf = ({ clock, report }: Pick<Environment, 'clock' | 'report'>): Settling =>
  createSettling(clock, () => report({ event: 'note', note: { note: 'waiting-for-root-sessions' } }));
