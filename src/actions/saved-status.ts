import { type AccountStatus, type StatusDocument, statusSummaryOf } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';

/**
 * One status of saved readings, without AWS. Of a single one it is that reading, unchanged: its time, its version, what
 * it could not read. Of several it has every account as the latest of them that lists it saw it, and the time of the
 * oldest, so that nothing looks newer than it is; it is complete only if all of them are.
 * @param readings at least one.
 * @throws ProblemError `SeveralOrganizations`
 */
export function savedStatus(readings: readonly [StatusDocument, ...StatusDocument[]]): StatusDocument {
  const [only, ...others] = readings;
  if (others.length === 0) return only;
  const organizations = [...new Set(readings.map(sourceOf))];
  if (organizations.length > 1) throw problemError('SeveralOrganizations', { organizations });
  const inTime = [...readings].sort((left, right) => (left.generatedAt < right.generatedAt ? -1 : 1));
  const [oldest = only] = inTime;
  const latest = inTime.at(-1) ?? only;
  const known = new Map<string, AccountStatus>();
  for (const { accounts } of inTime) for (const account of accounts) known.set(account.id, account);
  const accounts = [...known.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  return {
    ...latest,
    generatedAt: oldest.generatedAt,
    complete: readings.every(({ complete }) => complete),
    changes: null,
    summary: statusSummaryOf(accounts),
    accounts,
  };
}

/** The sandbox may use the id of a real organization. */
const sourceOf = ({ organization, simulated }: StatusDocument): string =>
  simulated ? `sandbox:${organization.id}` : organization.id;
