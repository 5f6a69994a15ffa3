import { type PageAccount, type PageData, type PageStatus, type PageVerdict, statuses } from '../data.ts';
import type { ColumnName } from '../rows.ts';

/** What is looked for, and in which order. */
export interface Wanted {
  readonly text: string;
  /** Empty: every status. */
  readonly statuses: ReadonlySet<PageStatus>;
  /** The path of an OU: with all below it. */
  readonly unit: string | null;
  readonly control: { readonly index: number; readonly verdict: PageVerdict } | null;
  /** Null: what matters comes first. */
  readonly sort: { readonly by: ColumnName; readonly descending: boolean } | null;
}

export const everything: Wanted = { text: '', statuses: new Set(), unit: null, control: null, sort: null };

export interface AccountList {
  readonly matching: (wanted: Wanted) => readonly PageAccount[];
}

/** Finds and orders accounts; what is asked again and again is made once, when it is first asked. */
export function createList(accounts: readonly PageAccount[], data: PageData): AccountList {
  const texts = new Map<PageAccount, string>();
  const { compare } = new Intl.Collator(data.locale, { numeric: true });
  const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
  const unitOf = ({ unit }: PageAccount): string => (unit === undefined ? '' : (data.units[unit] ?? ''));

  function textOf(account: PageAccount): string {
    const known = texts.get(account);
    if (known !== undefined) return known;
    const ids = account.credentials?.map(({ id = '' }) => id) ?? [];
    const text = folded([account.id, account.name, account.email, unitOf(account), ...ids].join('\n'));
    texts.set(account, text);
    return text;
  }

  function matches(account: PageAccount, words: readonly string[], wanted: Wanted): boolean {
    if (wanted.statuses.size > 0 && !wanted.statuses.has(account.status)) return false;
    if (wanted.unit !== null && !isBelow(unitOf(account), wanted.unit)) return false;
    if (wanted.control !== null && !hasVerdict(account, wanted.control, data)) return false;
    return words.every((word) => textOf(account).includes(word));
  }

  const keys: Readonly<Record<ColumnName, (left: PageAccount, right: PageAccount) => number>> = {
    account: (left, right) => compare(left.name, right.name),
    unit: (left, right) => compare(unitOf(left), unitOf(right)),
    root: (left, right) => statuses.indexOf(left.status) - statuses.indexOf(right.status),
    credentials: (left, right) => (left.credentials?.length ?? 0) - (right.credentials?.length ?? 0),
    lastUsed: (left, right) => compareTexts(left.usedAt ?? '', right.usedAt ?? ''),
    joined: (left, right) => compareTexts(left.joinedAt ?? '', right.joinedAt ?? ''),
  };

  return {
    matching: (wanted) => {
      const words = folded(wanted.text).split(/\s+/).filter(Boolean);
      const found = accounts.filter((account) => matches(account, words, wanted));
      const { sort } = wanted;
      if (sort === null) return found;
      const order = keys[sort.by];
      return found.sort((left, right) => (sort.descending ? order(right, left) : order(left, right)));
    },
  };
}

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** `Workloads` and `Workloads/Prod`, not `Workloads2`. */
const isBelow = (path: string, unit: string): boolean => path === unit || path.startsWith(`${unit}/`);

function hasVerdict(
  { assessment }: PageAccount,
  { index, verdict }: NonNullable<Wanted['control']>,
  { assessments }: PageData,
): boolean {
  const findings = assessment === undefined ? [] : (assessments[assessment] ?? []);
  return findings.some((finding) => finding.verdict === verdict && finding.controls.includes(index));
}

/** Every OU of the accounts and those above them, in the order of their paths. */
export function unitsWithParents(units: readonly string[], locale: string): readonly string[] {
  const paths = units.flatMap((path) => path.split('/').map((_, end, names) => names.slice(0, end + 1).join('/')));
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return [...new Set(paths)].sort(compare);
}
