import type { AccountStatus } from '../documents/index.ts';
import { relativeTime, shortRelativeTime } from './relative-time.ts';

interface LastUse {
  readonly at: string;
  /** Which credential it was, as far as the document tells. */
  readonly by?: { readonly long: string; readonly short: string };
}

function lastUse(account: AccountStatus): LastUse | undefined {
  const keys = account.credentials?.accessKeys ?? [];
  const uses: LastUse[] = keys.flatMap(({ lastUsedAt, lastUsedService, lastUsedRegion }) => {
    if (lastUsedAt === null) return [];
    const where = [lastUsedService, lastUsedRegion].filter((part) => part !== null && part !== 'N/A').join(', ');
    return [{ at: lastUsedAt, by: { long: `by an access key${where && ` (${where})`}`, short: 'key' } }];
  });
  const password = account.credentials?.loginProfile;
  if (password?.lastUsedAt) uses.push({ at: password.lastUsedAt, by: { long: 'by password', short: 'login' } });
  if (account.lastUsedAt !== null) uses.push({ at: account.lastUsedAt });
  return uses.reduce<LastUse | undefined>(
    (latest, use) => (latest === undefined || use.at > latest.at ? use : latest),
    undefined,
  );
}

/** `1 hour ago by an access key (s3, eu-west-1)`; `never` only when all was read and nothing used. */
export function lastUsedLong(account: AccountStatus, nowMs: number): string {
  const use = lastUse(account);
  if (use === undefined) return neverOrUnknown(account);
  return use.by ? `${relativeTime(use.at, nowMs)} ${use.by.long}` : relativeTime(use.at, nowMs);
}

/** `1 h ago, key`. */
export function lastUsedShort(account: AccountStatus, nowMs: number): string {
  const use = lastUse(account);
  if (use === undefined) return neverOrUnknown(account);
  return use.by ? `${shortRelativeTime(use.at, nowMs)}, ${use.by.short}` : shortRelativeTime(use.at, nowMs);
}

function neverOrUnknown({ status, credentials, error }: AccountStatus): string {
  if (status !== 'present') return '–';
  const isUsable = credentials?.loginProfile?.present !== false || credentials.accessKeys?.length !== 0;
  if (!isUsable) return '–'; // an MFA device or a certificate has no last use
  const isKnown = error === null && credentials?.loginProfile !== null && credentials?.accessKeys !== null;
  return isKnown ? 'never' : '?';
}
