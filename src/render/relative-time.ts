const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** From the largest: the first that fits at least once is the unit. Months and years are average ones. */
const units = [
  { unit: 'year', short: 'y', lengthMs: 365.25 * dayMs },
  { unit: 'month', short: 'mo', lengthMs: 30.4375 * dayMs },
  { unit: 'day', short: 'd', lengthMs: dayMs },
  { unit: 'hour', short: 'h', lengthMs: hourMs },
  { unit: 'minute', short: 'min', lengthMs: minuteMs },
] as const;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `1 hour ago`; `just now` below a minute. A time ahead of the local clock is `in 5 minutes`, not hidden. */
export function relativeTime(timestamp: string, nowMs: number): string {
  const age = ageOf(timestamp, nowMs);
  return age === undefined ? 'just now' : words.format(-age.count, age.unit);
}

/** `1 h ago`, for narrow terminals. */
export function shortRelativeTime(timestamp: string, nowMs: number): string {
  const age = ageOf(timestamp, nowMs);
  if (age === undefined) return 'now';
  return age.count < 0 ? `in ${-age.count} ${age.short}` : `${age.count} ${age.short} ago`;
}

function ageOf(timestamp: string, nowMs: number) {
  const ageMs = nowMs - Date.parse(timestamp);
  const found = units.find(({ lengthMs }) => Math.abs(ageMs) >= lengthMs);
  return found && { ...found, count: Math.trunc(ageMs / found.lengthMs) };
}

const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `4.1 s`, `2 min 5 s`. */
export function elapsedTime(elapsedMs: number): string {
  if (elapsedMs < minuteMs) return `${seconds.format(elapsedMs / 1000)} s`;
  const whole = Math.round(elapsedMs / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
