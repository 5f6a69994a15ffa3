const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A hundred years: what is longer is a mistake, and no calendar reaches it. */
const durationMaxMs = 36_500 * unitMs.d;

/**
 * Milliseconds of `90`, `90s` (seconds, also with a fraction), `15m`, `24h` or `90d`. `m` is minutes.
 * @returns null for anything else, and for more than a hundred years.
 */
export function parseDuration(text: string): number | null {
  const match = /^(?:(\d{1,10})([smhd]?)|(\d{1,10}\.\d{1,3})s?)$/u.exec(text);
  if (match === null) return null;
  const unit = (match[2] || 's') as keyof typeof unitMs; // the expression allows no other
  const durationMs = Math.round(Number(match[1] ?? match[3]) * unitMs[unit]);
  return durationMs <= durationMaxMs ? durationMs : null;
}

/** 90 days, 1 hour, 90 seconds: the largest unit that tells it exactly, so that a mistaken unit is seen. */
export function spanOf(durationMs: number): {
  readonly count: number;
  readonly unit: 'day' | 'hour' | 'minute' | 'second';
} {
  const units = [
    ['day', unitMs.d],
    ['hour', unitMs.h],
    ['minute', unitMs.m],
  ] as const;
  const [unit, sizeMs] = units.find(([, size]) => durationMs >= size && durationMs % size === 0) ?? [
    'second',
    unitMs.s,
  ];
  return { count: durationMs / sizeMs, unit };
}
