import { compareStatus, type StatusDocument, wasCutShort } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';

/** An earlier status, which a newer one is compared with. */
export interface Baseline {
  readonly document: StatusDocument;
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
  requireSameOrganization(baseline, document.organization);
  return { ...document, changes: compareStatus(baseline.document, document, { members }) };
}

/** What a part does not list would all be new. */
export function requireComplete({ document: { accounts, complete }, path }: Baseline): void {
  if (complete) return;
  const missing = accounts.filter(wasCutShort).length;
  throw problemError('IncompleteBaseline', { path, missing, accounts: accounts.length });
}

/** Compared with another organization's, every account would be new, and every other one would have left. */
export function requireSameOrganization({ document, path }: Baseline, { id }: { readonly id: string }): void {
  if (document.organization.id === id) return;
  throw problemError('OtherOrganization', {
    why: { is: 'other-baseline', path, expected: document.organization.id, actual: id },
  });
}
