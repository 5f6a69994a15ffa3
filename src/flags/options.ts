import { type Command, Option } from 'commander';
import { defaults } from '../actions/defaults.ts';
import {
  accountsInFlight,
  duration,
  durationAboveZero,
  httpUrl,
  languageName,
  regionName,
  sessionsPerSecond,
} from '../configuration/values.ts';
import { formatNames } from '../render/format-names.ts';
import type { Words } from '../words/index.ts';
import { type Language, languages } from '../words/words.ts';

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

/** Reads a flag that may stand several times, one value each. */
export const repeatedAs = <Value>(read: (text: string) => Value) =>
  Object.assign(
    (text: string, before: readonly Value[] | undefined): readonly Value[] => [...(before ?? []), read(text)],
    { isRepeated: true },
  );

export const repeated = repeatedAs((text) => text);

export function addGlobalOptions(program: Command, { global, durations }: Words['help']): void {
  program
    .option('--profile <name>', global.profile)
    .option('--region <region>', global.region, regionName)
    .option('--endpoint-url <url>', global['endpoint-url'], httpUrl)
    .addOption(new Option('-o, --output <format>', global.output(formatNames)).default(undefined, 'table'))
    .option('--out <format=file>', global.out, repeated)
    .option('--query <expression>', global.query)
    .option('--lang <language>', global.lang(languages), languageName)
    .option('--concurrency <n>', global.concurrency(defaults.concurrency), accountsInFlight)
    .option('--rate <n>', global.rate, sessionsPerSecond)
    .option('--timeout <time>', global.timeout(durations), durationAboveZero)
    .option('-q, --quiet', global.quiet)
    .option('--debug', global.debug)
    .option('--no-color', global['no-color'])
    .option('--no-pager', global['no-pager'])
    .option('--config <file>', global.config)
    .option('--sandbox', global.sandbox);
}

/** `--wait`: of every command that deletes. */
export const waitOption = (help: Words['help']): Option =>
  new Option('--wait <time>', help.wait(help.durations))
    .argParser(duration)
    .default(defaults.wait.ms, defaults.wait.text);
