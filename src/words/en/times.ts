import type { TimeUnit } from '../grammar.ts';
import { grammar } from './grammar.ts';

const short: Readonly<Record<TimeUnit, string>> = {
  year: 'y',
  month: 'mo',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
};

const span = (count: number, unit: TimeUnit): string => grammar.count(count, { one: unit, other: `${unit}s` });

/** How long ago, and how long. */
export const times = {
  /** `1 hour ago`; of a time to come, whose count is below zero, `in 2 hours`. */
  ago: (count: number, unit: TimeUnit): string => (count < 0 ? `in ${span(-count, unit)}` : `${span(count, unit)} ago`),
  justNow: 'just now',
  /** `1 h ago`, where there is little room. */
  shortAgo: (count: number, unit: TimeUnit): string =>
    count < 0 ? `in ${-count} ${short[unit]}` : `${count} ${short[unit]} ago`,
  now: 'now',
  /** `4.1 s`, `2 min 5 s`. */
  seconds: (seconds: number): string => `${grammar.seconds(seconds)} s`,
  minutes: (minutes: number, seconds: number): string => `${grammar.number(minutes)} min ${seconds} s`,
  /** `90 days`. */
  span,
};
