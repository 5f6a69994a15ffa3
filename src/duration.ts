const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90d`, `24h`, `15m`, `60s`: a unit is required, since `90` and `1m` mean different things to different tools. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})([smhd])$/u.exec(text);
  if (match === null) return null;
  const unit = match[2] as keyof typeof unitMs; // the expression allows no other
  return Number(match[1]) * unitMs[unit];
}
