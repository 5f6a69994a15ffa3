import { compareStatus, type EarlierStatus, type StatusDocument, wasCutShort } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import { type Origin, sourceOf } from './source.ts';

/** An earlier status, which a newer one is compared with. */
export interface Baseline {
  readonly document: EarlierStatus;
  /** Where it was read, for whoever must mend it; null: the caller has it from elsewhere. */
  readonly path: string | null;
}

/**
 * The status, with what changed since the baseline.
 * @param members all accounts of the organization, by a listing that came to its end: only so is it known who has left.
 * @throws ProblemError for a baseline that was cut short, or is another organization's.
 */
export function comparedWith(
  baseline: Baseline,
  document: StatusDocument,
  members?: ReadonlySet<string>,
): StatusDocument {
  requireComplete(baseline);
  requireSameOrganization(baseline, document);
  return { ...document, changes: compareStatus(baseline.document, document, { members }) };
}

/** What a part does not list would all be new. */
export function requireComplete({ document: { accounts, complete }, path }: Baseline): void {
  if (complete) return;
  const missing = accounts.filter(wasCutShort).length;
  throw problemError('IncompleteBaseline', { path, missing, accounts: accounts.length });
}

/** Compared with another organization's, every account would be new, and every other one would have left. */
export function requireSameOrganization({ document, path }: Baseline, other: Origin): void {
  const [expected, actual] = [sourceOf(document), sourceOf(other)];
  if (expected === actual) return;
  throw problemError('OtherOrganization', { why: { is: 'other-baseline', path, expected, actual } });
}

/**
 * Compared the wrong way around, what has appeared would be gone.
 * @param readAt the time of the status that is compared with it. @param toleranceMs what two of AWS's clocks may differ.
 */
export function requireEarlier({ document: { generatedAt }, path }: Baseline, readAt: string, toleranceMs = 0): void {
  if (Date.parse(generatedAt) <= Date.parse(readAt) + toleranceMs) return;
  throw problemError('LaterBaseline', { path, generatedAt, readAt });
}
