import type { EarlierAccount, EarlierStatus } from './earlier.ts';
import {
  type AccountCredentials,
  type Credential,
  credentialKinds,
  type KindDescription,
  type KindDescriptions,
} from './kinds/index.ts';
import type { AccountStatus, ChangedCredential, StatusChange, StatusDocument } from './status.ts';

/** What else a comparison goes by. */
interface Comparison {
  /**
   * The ids of all accounts of the organization, by a listing that came to its end: whoever is not among them has left.
   * Without it nobody is said to have left, since an account that the newer status does not list may only not have been
   * selected.
   */
  readonly members?: ReadonlySet<string> | undefined;
  /** Default: every kind that rootctl knows. */
  readonly kinds?: KindDescriptions | undefined;
}

/**
 * Compares two statuses, in the order of the accounts' ids. Nothing is said of accounts that were not looked at now, and
 * of those that only the baseline lists unless they are known to have left.
 */
export function compareStatus(
  baseline: Pick<EarlierStatus, 'accounts'>,
  current: StatusDocument,
  { members, kinds = credentialKinds }: Comparison = {},
): readonly StatusChange[] {
  const earlier = new Map(baseline.accounts.map((account) => [account.id, account]));
  const listed = new Set(current.accounts.map(({ id }) => id));
  const compared = Object.values(kinds);
  const hasLeft = ({ id }: EarlierAccount): boolean => members !== undefined && !members.has(id) && !listed.has(id);
  const changes = [
    ...current.accounts.flatMap((account) => compareAccount(earlier.get(account.id), account, compared) ?? []),
    ...[...earlier.values()].filter(hasLeft).map((account) => departed(account, compared)),
  ];
  return changes.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** What a check must not pass over: nobody has ever accepted it, whether it is new or was only never read. */
export const isUnaccepted = ({ change, after, added, firstSeen, removed }: StatusChange): boolean =>
  added.some((one) => !hasLapsed(one, removed)) ||
  firstSeen.length > 0 ||
  (after === 'present' && (change === 'appeared' || change === 'new' || change === 'was-unknown'));

/** What was accepted while it worked is nothing new when it works no longer. */
const hasLapsed = (one: ChangedCredential, removed: readonly ChangedCredential[]): boolean =>
  one.differsIn === 'status' &&
  one.status !== 'Active' &&
  removed.some(
    ({ kind, id, status, createdAt }) =>
      kind === one.kind && id === one.id && status === 'Active' && createdAt === one.createdAt,
  );

/** Whether a kind of the account's credentials is not known, whatever else is: a comparison passes over nothing in it. */
export const isPartlyUnknown = ({ status, credentials }: Pick<AccountStatus, 'status' | 'credentials'>): boolean =>
  status === 'unknown' || (status === 'present' && (credentials === null || Object.values(credentials).includes(null)));

function compareAccount(
  before: EarlierAccount | undefined,
  now: AccountStatus,
  kinds: readonly KindDescription[],
): StatusChange | undefined {
  const { id, name } = now;
  if (now.status === 'skipped') return undefined;
  const compared = kinds.map((kind) => compareKind(kind, before?.credentials ?? null, now.credentials));
  const added = compared.flatMap((kind) => kind.added);
  const firstSeen = compared.flatMap((kind) => kind.firstSeen);
  const removed = compared.flatMap((kind) => kind.removed);
  const lastSeen = compared.flatMap((kind) => kind.lastSeen);
  const unreadable = compared.flatMap((kind) => kind.unreadable);
  const changed = (change: StatusChange['change']): StatusChange => ({
    id,
    name,
    change,
    before: before?.status ?? null,
    after: now.status,
    added,
    firstSeen,
    removed,
    lastSeen,
    unreadable,
  });
  if (before === undefined) return { ...changed('new'), added: [...added, ...firstSeen], firstSeen: [] };
  if (now.status === 'unknown') {
    return before.status === 'present' || before.status === 'absent' ? changed('unreadable') : undefined;
  }
  if (now.status === 'present') {
    if (before.status === 'absent') return changed('appeared');
    if (before.status !== 'present') return changed('was-unknown');
  } else if (before.status === 'present') {
    return changed('gone');
  }
  if (added.length + firstSeen.length + removed.length > 0) return changed('changed');
  return unreadable.length > 0 ? changed('unreadable') : undefined;
}

/** It left with whatever it holds: nobody has seen that go. */
function departed(before: EarlierAccount, kinds: readonly KindDescription[]): StatusChange {
  const { id, name, status, credentials } = before;
  const held = kinds.flatMap((kind) => compareKind(kind, credentials, null).lastSeen);
  const nothing = { added: [], firstSeen: [], removed: [], unreadable: [] };
  return { id, name, change: 'left', before: status, after: null, ...nothing, lastSeen: held };
}

function compareKind(kind: KindDescription, before: AccountCredentials | null, now: AccountCredentials | null) {
  const [had, has] = [kind.list(before), kind.list(now)];
  const missingIn = (others: readonly Credential[] | null, held: readonly Credential[] | null) =>
    others === null || held === null
      ? []
      : held
          .filter((one) => !others.some((other) => one.id === other.id && differenceOf(kind, one, other) === null))
          .map((one) => changedOf(kind, one, others));
  return {
    added: missingIn(had, has),
    firstSeen: had === null ? (has ?? []).map((one) => changedOf(kind, one, [])) : [],
    removed: missingIn(has, had),
    lastSeen: has === null ? (had ?? []).map((one) => changedOf(kind, one, [])) : [],
    unreadable: had !== null && has === null ? [kind.name] : [],
  };
}

/** What makes two credentials of one id different ones; where one of the two does not tell a time, the id decides. */
function differenceOf(
  { compared }: KindDescription,
  one: Credential,
  other: Credential,
): ChangedCredential['differsIn'] {
  const isOther = (field: 'status' | 'createdAt'): boolean => {
    const [mine, its] = [one[field] ?? null, other[field] ?? null];
    return mine !== its && (field === 'status' || (mine !== null && its !== null));
  };
  return compared.find(isOther) ?? null;
}

/** One of the same id stands beside it: it is another one of that id, or it works again or no longer. */
function changedOf(kind: KindDescription, one: Credential, others: readonly Credential[]): ChangedCredential {
  const twin = others.find(({ id }) => id === one.id);
  return {
    kind: kind.name,
    id: one.id,
    status: one.status ?? null,
    createdAt: one.createdAt ?? null,
    differsIn: twin === undefined ? null : differenceOf(kind, one, twin),
  };
}
