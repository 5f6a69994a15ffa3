import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../duration.ts';
import { isAccountId } from '../org/account.ts';

/** Flags that every command has, as commander hands them over. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly output?: string;
  readonly concurrency?: number;
  readonly rate?: number;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly color: boolean;
  readonly config?: string;
  readonly sandbox?: boolean;
}

export function wholeNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`it takes a whole number from ${minimum} to ${maximum}`);
  };
}

export const accountsInFlight = wholeNumber(1, 2_000);

/** Root sessions opened a second. More slowly than one in a hundred seconds the command would only seem to hang. */
export function sessionsPerSecond(text: string): number {
  const value = Number(text);
  if (/^\d{1,6}(\.\d{1,3})?$/u.test(text) && value >= 0.01 && value <= 100_000) return value;
  throw new InvalidArgumentError('it takes a number above 0: from 0.01 to 100000');
}

/** What the help of every duration says of its unit. */
export const durationForms = 'seconds, or 15m, 24h, 90d';

/** Milliseconds. */
export function duration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs !== null) return durationMs;
  throw new InvalidArgumentError('it takes seconds, or a number with a unit: 60s, 15m, 24h, 90d (at most 36500d)');
}

/** Milliseconds, where no time at all would make no sense. */
export function durationAboveZero(text: string): number {
  const durationMs = duration(text);
  if (durationMs > 0) return durationMs;
  throw new InvalidArgumentError('it takes a time above 0: seconds, or a number with a unit: 60s, 15m, 24h, 90d');
}

export function accountId(text: string): string {
  if (isAccountId(text)) return text;
  throw new InvalidArgumentError('an account id has 12 digits, leading zeros included');
}

export const repeated = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new InvalidArgumentError('it takes an http:// or https:// address');
}

export function regionName(text: string): string {
  if (/^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/u.test(text)) return text;
  throw new InvalidArgumentError('it takes an AWS region such as eu-west-1');
}
