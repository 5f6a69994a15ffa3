import { Option } from 'commander';
import { defaults } from '../actions/defaults.ts';
import { duration } from '../configuration/values.ts';
import type { Language, Words } from '../words/index.ts';

export {
  accountId,
  accountsInFlight,
  duration,
  durationAboveZero,
  httpUrl,
  languageName,
  regionName,
  sessionsPerSecond,
  someOf,
  wholeNumber,
} from '../configuration/values.ts';

/** Flags that every command has, as commander hands them over. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly output?: string;
  readonly out?: readonly string[];
  readonly query?: string;
  readonly lang?: Language;
  readonly concurrency?: number;
  readonly rate?: number;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly color: boolean;
  readonly pager: boolean;
  readonly config?: string;
  readonly sandbox?: boolean;
}

export const repeated = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

/** `--wait`: of every command that deletes. */
export const waitOption = (help: Words['help']): Option =>
  new Option('--wait <time>', help.wait(help.durations))
    .argParser(duration)
    .default(defaults.wait.ms, defaults.wait.text);
