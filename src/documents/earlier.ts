import * as z from 'zod/mini';
import { held } from './common.ts';
import type { AccountCredentials } from './kinds/index.ts';
import { jsonIn } from './parsing.ts';
import { type AccountStatus, accountStatus, type StatusDocument, statusDocument } from './status.ts';
import { nonsenseInStatus } from './status-sense.ts';

/** What a comparison needs of an earlier status: of many accounts a third of what a status holds. */
export type EarlierStatus = Pick<StatusDocument, 'generatedAt' | 'complete' | 'organization' | 'simulated'> & {
  readonly accounts: readonly EarlierAccount[];
};
export type EarlierAccount = Pick<AccountStatus, 'id' | 'name' | 'status' | 'reason' | 'credentials' | 'error'>;

/**
 * Reads a status account by account: whole, it would stand in memory as the file has it, as the schema gives it, and as
 * the program holds it.
 * @returns null for what is no status, and does not say why.
 */
export function readEarlier(text: string): EarlierStatus | null {
  const value = jsonIn(text)?.value;
  if (typeof value !== 'object' || value === null || !('accounts' in value) || !Array.isArray(value.accounts))
    return null;
  const listed: unknown[] = value.accounts;
  const rest = z.safeParse(statusDocument, { ...value, accounts: [] });
  if (!rest.success) return null;
  const shared = createShared();
  const accounts: EarlierAccount[] = [];
  // From behind: the array lets go of each.
  for (let last = listed.pop(); last !== undefined; last = listed.pop()) {
    const account = z.safeParse(accountStatus, last);
    if (!account.success) return null;
    const { id, name, status, reason, credentials, error } = account.data;
    accounts.push({ id, name, status, reason, credentials: shared(status, credentials), error: held(error) });
  }
  accounts.reverse();
  if (nonsenseInStatus({ ...rest.data, accounts }) !== null) return null;
  const { generatedAt, complete, organization, simulated } = rest.data;
  return { generatedAt, complete, organization, simulated, accounts };
}

/** Accounts without credentials are most of all, and say the same of them. */
function createShared() {
  const known = new Map<string, AccountCredentials | null>();
  return (status: AccountStatus['status'], credentials: AccountCredentials | null): AccountCredentials | null => {
    if (status === 'present') return credentials;
    const text = JSON.stringify(credentials);
    const same = known.get(text);
    if (same !== undefined) return same;
    known.set(text, credentials);
    return credentials;
  };
}
