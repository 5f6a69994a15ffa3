import { type CredentialKindName, credentialKindNames } from '../documents/index.ts';

const measures = {
  count: {
    words: 'integer',
    isOne: (value: number) => Number.isInteger(value) || value === Number.POSITIVE_INFINITY,
  },
  milliseconds: { words: 'milliseconds', isOne: () => true },
  rate: { words: 'number', isOne: Number.isFinite },
};

/**
 * Holds a limit that a program gave against what it means: one that is no number (NaN, from what was not there) compares
 * with nothing, and would hold nobody back.
 * @param least the smallest that is one. @throws RangeError
 */
export function requireLimit(
  name: string,
  value: number | undefined,
  measure: keyof typeof measures,
  least: 0 | 1 | 'above-zero' = 0,
): void {
  if (value === undefined) return;
  const { words, isOne } = measures[measure];
  const isEnough = least === 'above-zero' ? value > 0 : value >= least;
  if (typeof value === 'number' && isEnough && isOne(value)) return;
  const bound = least === 'above-zero' ? '> 0' : `>= ${least}`;
  throw new RangeError(`${name}: ${words}, ${bound}, not ${String(value)}`);
}

/** @throws RangeError for no kind, and for what is none. */
export function requireKinds(name: string, kinds: readonly CredentialKindName[] | undefined): void {
  if (kinds === undefined) return;
  const known: readonly string[] = credentialKindNames;
  const stranger = Array.isArray(kinds) ? kinds.find((kind) => !known.includes(kind)) : kinds;
  if (stranger === undefined && kinds.length > 0) return;
  throw new RangeError(`${name}: of ${known.join(', ')} at least one, not ${JSON.stringify(stranger ?? kinds)}`);
}
