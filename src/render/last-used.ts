import type { AccountStatus } from '../documents/index.ts';
import { relativeTime, shortRelativeTime } from './relative-time.ts';
import { kindsOf, type View } from './view.ts';
import { wordsFor } from './words.ts';

interface LastUse {
  readonly at: string;
  /** Which credential it was, as far as the document tells; `where`: service and region, or nothing. */
  readonly by?: { readonly long: string; readonly short: string; readonly where: string };
}

type LastUseView = Pick<View, 'nowMs' | 'kinds' | 'speech'>;

function lastUse(account: AccountStatus, view: LastUseView): LastUse | undefined {
  const uses: LastUse[] = Object.values(kindsOf(view)).flatMap((kind) =>
    (kind.list(account.credentials) ?? []).flatMap(({ lastUsedAt, lastUsedService, lastUsedRegion }) => {
      const by = wordsFor(kind.name, view).usedBy;
      if (!lastUsedAt || by === null) return [];
      const where = [lastUsedService, lastUsedRegion].filter((part) => part && part !== 'N/A').join(', ');
      return [{ at: lastUsedAt, by: { ...by, where } }];
    }),
  );
  if (account.lastUsedAt !== null) uses.push({ at: account.lastUsedAt });
  return uses.reduce<LastUse | undefined>(
    (latest, use) => (latest === undefined || use.at > latest.at ? use : latest),
    undefined,
  );
}

/** `1 hour ago by an access key (s3, eu-west-1)`; `never` only when all was read and nothing used. */
export function lastUsedLong(account: AccountStatus, view: LastUseView): string {
  const use = lastUse(account, view);
  if (use === undefined) return neverOrUnknown(account, view);
  const ago = relativeTime(use.at, view);
  return use.by ? view.speech.words.status.lastUsed.long(ago, use.by.long, use.by.where) : ago;
}

/** `1 h ago, key`. */
export function lastUsedShort(account: AccountStatus, view: LastUseView): string {
  const use = lastUse(account, view);
  if (use === undefined) return neverOrUnknown(account, view);
  const ago = shortRelativeTime(use.at, view);
  return use.by ? view.speech.words.status.lastUsed.short(ago, use.by.short) : ago;
}

function neverOrUnknown({ status, credentials, error }: AccountStatus, view: LastUseView): string {
  if (status !== 'present') return '–';
  // Of an MFA device or a certificate AWS records no last use.
  const usable = Object.values(kindsOf(view))
    .filter(({ details }) => details.includes('lastUsedAt'))
    .map((kind) => kind.list(credentials));
  if (usable.every((held) => held?.length === 0)) return '–';
  const isKnown = error === null && usable.every((held) => held !== null);
  return isKnown ? view.speech.words.status.lastUsed.never : '?';
}
