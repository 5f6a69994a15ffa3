import { type AccountStatus, type StatusDocument, statusSummaryOf, wasCutShort } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import { sourceOf } from './source.ts';

/**
 * One status of saved readings, without AWS. Of a single one it is that reading, unchanged: its time, its version, what
 * it could not read. Of several it has every account as the latest of them that looked at it saw it, and the time of the
 * oldest, so that nothing looks newer than it is; it is complete only if all of them are.
 * @param readings at least one.
 * @throws ProblemError `SeveralOrganizations`; `ReadingTwice` for two of one time that do not say the same.
 */
export function savedStatus(readings: readonly [StatusDocument, ...StatusDocument[]]): StatusDocument {
  const [only, ...others] = readings;
  if (others.length === 0) return only;
  const organizations = [...new Set(readings.map(sourceOf))];
  if (organizations.length > 1) throw problemError('SeveralOrganizations', { organizations });
  const inTime = [...readings].sort((left, right) => Date.parse(left.generatedAt) - Date.parse(right.generatedAt));
  const [oldest = only] = inTime;
  const latest = inTime.at(-1) ?? only;
  const accounts = lastSeen(inTime);
  return {
    ...latest,
    generatedAt: oldest.generatedAt,
    complete: readings.every(({ complete }) => complete),
    changes: null,
    summary: statusSummaryOf(accounts),
    accounts,
  };
}

/** @param inTime readings from the oldest to the latest. */
function lastSeen(inTime: readonly StatusDocument[]): readonly AccountStatus[] {
  const seen = new Map<string, { readonly account: AccountStatus; readonly at: string }>();
  for (const { accounts, generatedAt: at } of inTime) {
    for (const account of accounts) {
      const before = seen.get(account.id);
      const isSaidAgain = before?.at === at && JSON.stringify(before.account) !== JSON.stringify(account);
      if (isSaidAgain) throw problemError('ReadingTwice', { generatedAt: at });
      if (before === undefined || wasLookedAt(account)) seen.set(account.id, { account, at });
    }
  }
  return [...seen.values()].map(({ account }) => account).sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** Whoever left an account out, or was stopped before it, has not seen that what was there is gone. */
const wasLookedAt = (account: AccountStatus): boolean =>
  !wasCutShort(account) && account.reason !== 'excluded' && account.reason !== 'protected';
