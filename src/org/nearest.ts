/**
 * How far a text is from what a glob says, without regard to case: characters to insert, leave out or replace. What `*`
 * covers costs nothing, so `payment-*` is one away from `payments-prod`.
 */
export function distance(glob: string, text: string): number {
  const from = [...glob.toLowerCase()];
  const to = [...text.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const sign of from) {
    const isStar = sign === '*';
    const next = [isStar ? (row[0] ?? 0) : (row[0] ?? 0) + 1];
    for (const [index, other] of to.entries()) {
      const replaced = (row[index] ?? 0) + (sign === other || sign === '?' ? 0 : 1);
      const leftOut = (row[index + 1] ?? 0) + 1;
      const inserted = next[index] ?? 0;
      next.push(isStar ? Math.min(row[index + 1] ?? 0, inserted) : Math.min(replaced, leftOut, inserted + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/**
 * The candidate that somebody may have meant: the nearest, when no more than about a third of what was written differs.
 * @returns null when nothing is near.
 */
export function nearest<Candidate>(
  written: string,
  candidates: readonly Candidate[],
  nameOf: (candidate: Candidate) => string,
): Candidate | null {
  const length = [...written.replaceAll(/[*?]/gu, '')].length;
  let best: Candidate | null = null;
  let bestDistance = Math.min(Math.ceil(length / 3), 4) + 1;
  for (const candidate of candidates) {
    const name = nameOf(candidate);
    const away = distance(written, name);
    if (away < bestDistance) [best, bestDistance] = [candidate, away];
  }
  return best;
}
