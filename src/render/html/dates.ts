/** Dates and times of the page, always in UTC, and times say so. */
export interface Dates {
  /** `31 Jan 2026` */
  readonly day: (timestamp: string) => string;
  /** `31 Jan 2026, 09:30 UTC` */
  readonly time: (timestamp: string) => string;
  /** `Jan 2026` */
  readonly month: (timestamp: string) => string;
}

/** @param locale BCP 47. */
export function createDates(locale: string): Dates {
  const day = { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' } as const;
  const days = new Intl.DateTimeFormat(locale, day);
  const times = new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const months = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'short' });
  const formatted = (format: Intl.DateTimeFormat, timestamp: string): string => {
    const date = new Date(timestamp);
    return Number.isNaN(date.getTime()) ? timestamp : format.format(date);
  };
  return {
    day: (timestamp) => formatted(days, timestamp),
    time: (timestamp) => `${formatted(times, timestamp)} UTC`,
    month: (timestamp) => formatted(months, timestamp),
  };
}
