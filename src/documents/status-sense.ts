import type { DocumentFlaw } from '../problems/index.ts';
import { type Written, wasCutShort } from './common.ts';
import { type AccountCredentials, credentialKinds } from './kinds/index.ts';
import { isTime } from './parsing.ts';
import { type AccountStatus, type StatusDocument, statusSummaryOf } from './status.ts';

/** What of a status has to fit together. */
type Sensed = Omit<Written<StatusDocument>, 'accounts'> & {
  readonly accounts: readonly (Pick<AccountStatus, 'id' | 'status' | 'reason' | 'credentials'> &
    Parameters<typeof wasCutShort>[0])[];
};

/**
 * What makes a reading impossible although each of its fields is well formed. Of such a file every form would tell
 * something else: the totals that nothing is there, the rows what is.
 * @returns what is wrong in the first offending place; null for a status that rootctl could have printed.
 */
export function nonsenseInStatus(document: Sensed): DocumentFlaw | null {
  const { accounts, complete, generatedAt, managementAccount, organization, summary } = document;
  if (!isTime(generatedAt)) return { is: 'no-time', at: 'generatedAt', time: generatedAt };
  if (managementAccount !== null && managementAccount.id !== organization.managementAccountId)
    return { is: 'unlike-schema', field: 'managementAccount.id' };
  let previous = '';
  for (const [index, account] of accounts.entries()) {
    const at = `accounts[${index}]`;
    if (account.id <= previous) return { is: 'account-order', at, account: account.id };
    previous = account.id;
    if (!isPossible(account)) return { is: 'contradiction', at, account: account.id };
  }
  const counted = statusSummaryOf(accounts);
  if (Object.entries(counted).some(([word, count]) => summary[word as keyof typeof counted] !== count))
    return { is: 'other-totals' };
  const statuses = new Map(accounts.map(({ id, status }) => [id, status]));
  for (const [index, { id, change, after }] of (document.changes ?? []).entries()) {
    const isTrue = after === (statuses.get(id) ?? null) && (change !== 'gone' || after === 'absent');
    if (!isTrue) return { is: 'unlike-schema', field: `changes[${index}]` };
  }
  return complete && accounts.some(wasCutShort) ? { is: 'part-called-whole' } : null;
}

/** Whether the word for the account is the one that its credentials ask for. */
function isPossible({
  status,
  reason,
  credentials,
}: Pick<AccountStatus, 'status' | 'reason' | 'credentials'>): boolean {
  const [isHeld, isUnread] = [holdsAny(credentials), isAnyUnread(credentials)];
  switch (status) {
    case 'present':
      return isHeld || isUnread;
    case 'absent':
      return !isHeld && !isUnread;
    case 'unknown':
      return !isHeld && isUnread;
    case 'skipped':
      return credentials === null && reason !== null;
  }
}

const holdsAny = (credentials: AccountCredentials | null): boolean =>
  Object.values(credentialKinds).some((kind) => (kind.list(credentials)?.length ?? 0) > 0);

const isAnyUnread = (credentials: AccountCredentials | null): boolean =>
  credentials === null || Object.values(credentials).includes(null);
