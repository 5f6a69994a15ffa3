import type { Clock } from '../clock.ts';
import { isUntrusted } from '../problems/index.ts';
import type { Random } from '../random.ts';
import { AwsError, type Failure, failureOf } from './failure.ts';
import type { Pace, PaceKey } from './pace.ts';

/** How long and how often a call is tried again. All times in milliseconds. */
export interface Patience {
  /** Tries of a call that AWS or the network failed (HTTP 5xx, lost connection, malformed body). */
  readonly tries: number;
  /** Tries of a call whose connection was refused: nobody listens there, which seldom passes. */
  readonly refusedTries: number;
  /** Tries of a call that was throttled: an account is not given up for throttling, but nothing goes on for ever. */
  readonly throttledTries: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

export const defaultPatience: Patience = {
  tries: 6,
  refusedTries: 3,
  throttledTries: 60,
  baseDelayMs: 100,
  maxDelayMs: 8_000,
};

export interface CallEnvironment {
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: Random;
  readonly patience: Patience;
  /** Told of every failed try, for `--debug`: never contains a request's body or headers. */
  readonly onRetry?: (operation: string, failure: Failure, delayMs: number) => void;
}

/**
 * Runs one call until it succeeds, fails for good, or patience ends. Delays grow by two with full jitter (AWS
 * Architecture Blog, "Exponential Backoff And Jitter").
 * @throws AwsError with the last failure.
 */
export async function callWithRetries<Output>(
  operation: string,
  key: PaceKey,
  send: () => Promise<Output>,
  environment: CallEnvironment,
  signal?: AbortSignal,
): Promise<Output> {
  const { pace, clock, random, patience } = environment;
  let failures = 0;
  let throttles = 0;
  let mayHaveTakenEffect = false;
  for (;;) {
    const sentMs = await pace.acquire(key, signal);
    try {
      const output = await send();
      pace.answered(key);
      return output;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'throttled') pace.throttled(key, sentMs);
      else if (failure.statusCode !== null) pace.answered(key);
      mayHaveTakenEffect ||= failure.effectUnknown;
      const isThrottled = failure.kind === 'throttled';
      if (isThrottled) throttles += 1;
      else failures += 1;
      const triesMax =
        failure.kind === 'unreachable' && !failure.effectUnknown ? patience.refusedTries : patience.tries;
      if (!isRetryable(failure) || failures >= triesMax || throttles >= patience.throttledTries) {
        throw new AwsError(operation, failure, error, mayHaveTakenEffect);
      }
      const step = isThrottled ? throttles : failures;
      const ceiling = Math.min(patience.maxDelayMs, patience.baseDelayMs * 2 ** Math.min(step - 1, 10));
      const delayMs = Math.round(ceiling * (0.5 + random() / 2));
      environment.onRetry?.(operation, failure, delayMs);
      await clock.sleep(delayMs, signal);
    }
  }
}

const finalCodes = new Set(['ENOTFOUND', 'ProxyRefused']);
const retryableKinds = new Set<Failure['kind']>(['throttled', 'transient', 'unreachable', 'malformed']);

/** A refused connection is tried again only when it may pass (a name that does not resolve will not). */
function isRetryable(failure: Failure): boolean {
  if (finalCodes.has(failure.code) || isUntrusted(failure.code) || failure.code.startsWith('ERR_SSL')) return false;
  return retryableKinds.has(failure.kind);
}
