import type { Words } from '../words/index.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** From the largest: the first that fits at least once is the unit. Months and years are average ones. */
const units = [
  { unit: 'year', lengthMs: 365.25 * dayMs },
  { unit: 'month', lengthMs: 30.4375 * dayMs },
  { unit: 'day', lengthMs: dayMs },
  { unit: 'hour', lengthMs: hourMs },
  { unit: 'minute', lengthMs: minuteMs },
] as const;

/** A time of day, and the language to say in how long before it something was. */
export interface Now {
  readonly nowMs: number;
  readonly speech: { readonly words: Pick<Words, 'times'> };
}

/** `1 hour ago`; `just now` below a minute. A time ahead of the local clock is `in 5 minutes`, not hidden. */
export function relativeTime(timestamp: string, { nowMs, speech }: Now): string {
  const { times } = speech.words;
  const age = ageOf(timestamp, nowMs);
  return age === undefined ? times.justNow : times.ago(age.count, age.unit);
}

/** `1 h ago`, for narrow terminals. */
export function shortRelativeTime(timestamp: string, { nowMs, speech }: Now): string {
  const { times } = speech.words;
  const age = ageOf(timestamp, nowMs);
  return age === undefined ? times.now : times.shortAgo(age.count, age.unit);
}

function ageOf(timestamp: string, nowMs: number) {
  const ageMs = nowMs - Date.parse(timestamp);
  const found = units.find(({ lengthMs }) => Math.abs(ageMs) >= lengthMs);
  return found && { unit: found.unit, count: Math.trunc(ageMs / found.lengthMs) };
}

/** `4.1 s`, `2 min 5 s`. */
export function elapsedTime(elapsedMs: number, { speech }: Pick<Now, 'speech'>): string {
  const { times } = speech.words;
  if (elapsedMs < minuteMs) return times.seconds(elapsedMs / 1000);
  const whole = Math.round(elapsedMs / 1000);
  return times.minutes(Math.floor(whole / 60), whole % 60);
}
