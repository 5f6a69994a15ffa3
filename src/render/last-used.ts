import type { AccountStatus, KindDescriptions } from '../documents/index.ts';
import { relativeTime, shortRelativeTime } from './relative-time.ts';
import { kindsOf, type View } from './view.ts';
import { wordsFor } from './words.ts';

interface LastUse {
  readonly at: string;
  /** Which credential it was, as far as the document tells. */
  readonly by?: { readonly long: string; readonly short: string };
}

type LastUseView = Pick<View, 'nowMs' | 'kinds' | 'kindWords' | 'speech'>;

function lastUse(account: AccountStatus, view: LastUseView): LastUse | undefined {
  const uses: LastUse[] = Object.values(kindsOf(view)).flatMap((kind) =>
    (kind.list(account.credentials) ?? []).flatMap(({ lastUsedAt, lastUsedService, lastUsedRegion }) => {
      const by = wordsFor(kind.name, view).usedBy;
      if (!lastUsedAt || by === null) return [];
      const where = [lastUsedService, lastUsedRegion].filter((part) => part && part !== 'N/A').join(', ');
      return [{ at: lastUsedAt, by: { long: `${by.long}${where && ` (${where})`}`, short: by.short } }];
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
  if (use === undefined) return neverOrUnknown(account, kindsOf(view));
  return use.by ? `${relativeTime(use.at, view.nowMs)} ${use.by.long}` : relativeTime(use.at, view.nowMs);
}

/** `1 h ago, key`. */
export function lastUsedShort(account: AccountStatus, view: LastUseView): string {
  const use = lastUse(account, view);
  if (use === undefined) return neverOrUnknown(account, kindsOf(view));
  return use.by ? `${shortRelativeTime(use.at, view.nowMs)}, ${use.by.short}` : shortRelativeTime(use.at, view.nowMs);
}

function neverOrUnknown({ status, credentials, error }: AccountStatus, kinds: KindDescriptions): string {
  if (status !== 'present') return '–';
  // Of an MFA device or a certificate AWS records no last use.
  const usable = Object.values(kinds)
    .filter(({ details }) => details.includes('lastUsedAt'))
    .map((kind) => kind.list(credentials));
  if (usable.every((held) => held?.length === 0)) return '–';
  const isKnown = error === null && usable.every((held) => held !== null);
  return isKnown ? 'never' : '?';
}
