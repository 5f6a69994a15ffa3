import type { AccountStatus } from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import type { AccountReading } from '../run/reading.ts';

/** What became known of an account, as documents tell it. */
export function accountStatusOf(reading: AccountReading): AccountStatus {
  const { account } = reading;
  switch (reading.status) {
    case 'read': {
      const { status, credentials, lastUsedAt, error } = reading.inventory;
      return accountStatus(account, { status, reason: null, credentials, lastUsedAt, error: error?.problem ?? null });
    }
    case 'unread':
      return accountStatus(account, { ...nothing, status: 'unknown', error: reading.error.problem });
    case 'skipped':
      return accountStatus(account, { ...nothing, status: 'skipped', reason: reading.reason });
  }
}

const nothing = { reason: null, credentials: null, lastUsedAt: null, error: null };

type OfReading = Pick<AccountStatus, 'status' | 'reason' | 'credentials' | 'lastUsedAt' | 'error'>;

/** Field by field: of objects that are spread V8 keeps a description each, which is larger than the account. */
function accountStatus(account: Account, { status, reason, credentials, lastUsedAt, error }: OfReading): AccountStatus {
  const { id, name, email, state, path, joinedAt, joinedMethod } = account;
  return {
    id,
    name,
    email,
    state,
    path,
    joinedAt,
    joinedMethod,
    status,
    reason,
    credentials,
    lastUsedAt,
    error,
  };
}
