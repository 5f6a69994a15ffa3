import { Option } from 'commander';
import { defaults } from '../actions/defaults.ts';
import { parseDuration } from '../duration.ts';
import { isAccountId } from '../org/account.ts';
import { type ProblemError, problemError, type RuleName } from '../problems/index.ts';
import { type Language, languages } from '../words/index.ts';
import type { Help } from './command.ts';

/** Flags that every command has, as commander hands them over. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly output?: string;
  readonly out?: readonly string[];
  readonly lang?: Language;
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

/** What each of the following throws. Whose value it is, the flag's or the configuration's, is known further up. */
const broken = (rule: RuleName, limits: readonly string[] = []): ProblemError =>
  problemError('InvalidValue', { rule, limits });

/** @throws ProblemError `InvalidValue`, as all that follow. */
export function wholeNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= minimum && value <= maximum) return value;
    throw broken('whole-number', [minimum, maximum].map(String));
  };
}

export const accountsInFlight = wholeNumber(1, 2_000);

/** Root sessions opened a second. More slowly than one in a hundred seconds the command would only seem to hang. */
export function sessionsPerSecond(text: string): number {
  const value = Number(text);
  if (/^\d{1,6}(\.\d{1,3})?$/u.test(text) && value >= 0.01 && value <= 100_000) return value;
  throw broken('rate', ['0.01', '100000']);
}

/** Milliseconds. */
export function duration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs !== null) return durationMs;
  throw broken('duration', ['0s', '36500d']);
}

/** Milliseconds, where no time at all would make no sense. */
export function durationAboveZero(text: string): number {
  const durationMs = duration(text);
  if (durationMs > 0) return durationMs;
  throw broken('duration-above-zero');
}

export function accountId(text: string): string {
  if (isAccountId(text)) return text;
  throw broken('account-id');
}

export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw broken('http-url');
}

export function regionName(text: string): string {
  if (/^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/u.test(text)) return text;
  throw broken('region');
}

export function languageName(text: string): Language {
  const language = languages.find((name) => name === text);
  if (language !== undefined) return language;
  throw broken('one-of', languages);
}

export const repeated = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

/** `--wait`: of every command that deletes. */
export const waitOption = (help: Help): Option =>
  new Option('--wait <time>', help.wait(help.durations))
    .argParser(duration)
    .default(defaults.wait.ms, defaults.wait.text);
