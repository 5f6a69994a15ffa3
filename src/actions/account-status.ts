import type { AccountStatus } from '../documents/index.ts';
import type { AccountReading } from '../run/reading.ts';

/** What became known of an account, as documents tell it. */
export function accountStatusOf(reading: AccountReading): AccountStatus {
  const { id, name, email, state, path, joinedAt, joinedMethod } = reading.account;
  const account = { id, name, email, state, path, joinedAt, joinedMethod };
  const nothing = { reason: null, credentials: null, lastUsedAt: null, error: null };
  switch (reading.status) {
    case 'read': {
      const { status, credentials, lastUsedAt, error } = reading.inventory;
      return { ...account, ...nothing, status, credentials, lastUsedAt, error: error?.problem ?? null };
    }
    case 'unread':
      return { ...account, ...nothing, status: 'unknown', error: reading.error.problem };
    case 'skipped':
      return { ...account, ...nothing, status: 'skipped', reason: reading.reason };
  }
}
