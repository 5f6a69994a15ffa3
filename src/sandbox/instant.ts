const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `"1h ago"` as an exact time; an exact time as it is, with AWS's precision of a second. */
export function toInstant(text: string, nowMs: number): string {
  const relative = /^(\d+)([smhd]) ago$/.exec(text);
  const epochMs = relative ? nowMs - Number(relative[1]) * (unitMs[relative[2] ?? ''] ?? 0) : Date.parse(text);
  return isoSeconds(epochMs);
}

/** As IAM and STS write times: whole seconds, UTC. */
export const isoSeconds = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

export const epochSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** Writing times is slow enough to be remembered for as long as they stay the same. */
export function oncePerSecond(write: (epochMs: number) => string): (epochMs: number) => string {
  let second = Number.NaN;
  let text = '';
  return (epochMs) => {
    const now = Math.floor(epochMs / 1000);
    if (now !== second) {
      second = now;
      text = write(epochMs);
    }
    return text;
  };
}
