import type { AccountCredentials, AccountStatus, StatusDocument } from './status.ts';

/**
 * What became of an account since the baseline. `appeared`: it holds credentials now and was not known to before;
 * `went`: the other way round; `changed`: it holds others; `unreadable`: it could be read then and not now.
 */
export interface StatusChange {
  readonly id: string;
  readonly name: string;
  readonly change: 'appeared' | 'went' | 'changed' | 'unreadable';
  /** Credentials that are new, as `access key AKIA…`, `password`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Compares two statuses, in the order of the ids of the newer one; accounts that only the older one lists are left out. */
export function compareStatus(baseline: StatusDocument, current: StatusDocument): readonly StatusChange[] {
  const earlier = new Map(baseline.accounts.map((account) => [account.id, account]));
  return current.accounts.flatMap((account) => compareAccount(earlier.get(account.id), account) ?? []);
}

function compareAccount(before: AccountStatus | undefined, now: AccountStatus): StatusChange | undefined {
  const { id, name } = now;
  if (now.status === 'unknown') {
    const wasRead = before?.status === 'present' || before?.status === 'absent';
    return wasRead ? { id, name, change: 'unreadable', added: [], removed: [] } : undefined;
  }
  if (now.status === 'skipped') return undefined;
  const had = credentialNames(before?.credentials ?? null);
  const has = credentialNames(now.credentials);
  const added = [...has].filter((credential) => !had.has(credential));
  // A kind that could not be read now may still be there: only what was read and not found is gone.
  const removed = [...had].filter((credential) => !has.has(credential) && wasRead(now.credentials, credential));
  if (now.status === 'present' && before?.status !== 'present') return { id, name, change: 'appeared', added, removed };
  if (now.status === 'absent' && before?.status === 'present') return { id, name, change: 'went', added, removed };
  return added.length + removed.length > 0 ? { id, name, change: 'changed', added, removed } : undefined;
}

function credentialNames(credentials: AccountCredentials | null): ReadonlySet<string> {
  return new Set([
    ...(credentials?.accessKeys ?? []).map(({ id }) => `access key ${id}`),
    ...(credentials?.signingCertificates ?? []).map(({ id }) => `signing certificate ${id}`),
    ...(credentials?.loginProfile?.present ? ['password'] : []),
    ...(credentials?.mfaDevices ?? []).map(({ serialNumber }) => `MFA device ${serialNumber}`),
  ]);
}

function wasRead(credentials: AccountCredentials | null, credential: string): boolean {
  if (credentials === null) return false;
  if (credential === 'password') return credentials.loginProfile !== null;
  if (credential.startsWith('access key ')) return credentials.accessKeys !== null;
  if (credential.startsWith('MFA device ')) return credentials.mfaDevices !== null;
  return credentials.signingCertificates !== null;
}
