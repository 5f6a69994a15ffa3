import * as z from 'zod/mini';
import { accountId, type Immutable } from './common.ts';
import {
  type AccountCredentials,
  type Credential,
  credentialKindName,
  credentialKinds,
  type KindDescription,
  type KindDescriptions,
} from './kinds/index.ts';
import type { AccountStatus, StatusDocument } from './status.ts';

/** A credential that only one of two readings has. `differsIn`: the other one has one of the same id that differs in it. */
const changedCredential = z
  .strictObject({
    kind: credentialKindName,
    id: z.nullable(z.string()),
    status: z.nullable(z.string()),
    createdAt: z.nullable(z.string()),
    differsIn: z.nullable(z.enum(['status', 'createdAt'])),
  })
  .check(z.meta({ id: 'changedCredential' }));
export type ChangedCredential = Immutable<z.infer<typeof changedCredential>>;

/**
 * What became of an account since the baseline. It holds credentials now and `appeared`: had none then, `new`: was not
 * there, `was-unknown`: was there and not read. `gone`: had some and has none; `changed`: has others than then;
 * `unreadable`: the account, or a kind of its credentials, was read then and cannot be now. `added`: credentials that
 * were not there. `firstSeen`: those of which the baseline could not tell: nobody has accepted them, and nobody knows
 * whether they are new. The kinds in `unreadable` were read then and cannot be now: what they hold is neither the same
 * nor gone.
 */
export const statusChange = z
  .strictObject({
    id: accountId,
    name: z.string(),
    change: z.enum(['appeared', 'new', 'was-unknown', 'gone', 'changed', 'unreadable']),
    added: z.array(changedCredential),
    firstSeen: z.array(changedCredential),
    removed: z.array(changedCredential),
    unreadable: z.array(credentialKindName),
  })
  .check(z.meta({ id: 'statusChange' }));
export type StatusChange = Immutable<z.infer<typeof statusChange>>;

/** Compares two statuses, in the order of the ids of the newer one; accounts that only the older one lists are left out. */
export function compareStatus(baseline: StatusDocument, current: StatusDocument): readonly StatusChange[];
/** @internal By the kinds that are given. */
export function compareStatus(
  baseline: StatusDocument,
  current: StatusDocument,
  kinds: KindDescriptions,
): readonly StatusChange[];
export function compareStatus(
  baseline: StatusDocument,
  current: StatusDocument,
  kinds: KindDescriptions = credentialKinds,
): readonly StatusChange[] {
  const earlier = new Map(baseline.accounts.map((account) => [account.id, account]));
  const compared = Object.values(kinds);
  return current.accounts.flatMap((account) => compareAccount(earlier.get(account.id), account, compared) ?? []);
}

/** What a check must not pass over: nobody has ever accepted it, whether it is new or was only never read. */
export const isUnaccepted = ({ change, added, firstSeen }: StatusChange): boolean =>
  added.length + firstSeen.length > 0 || change === 'appeared' || change === 'new' || change === 'was-unknown';

/** Whether a kind of the account's credentials is not known, whatever else is: a comparison passes over nothing in it. */
export const isPartlyUnknown = ({ status, credentials }: Pick<AccountStatus, 'status' | 'credentials'>): boolean =>
  status === 'unknown' || (status === 'present' && (credentials === null || Object.values(credentials).includes(null)));

function compareAccount(
  before: AccountStatus | undefined,
  now: AccountStatus,
  kinds: readonly KindDescription[],
): StatusChange | undefined {
  const { id, name } = now;
  if (now.status === 'skipped') return undefined;
  const compared = kinds.map((kind) => compareKind(kind, before?.credentials ?? null, now.credentials));
  const added = compared.flatMap((kind) => kind.added);
  const firstSeen = compared.flatMap((kind) => kind.firstSeen);
  const removed = compared.flatMap((kind) => kind.removed);
  const unreadable = compared.flatMap((kind) => kind.unreadable);
  const changed = (change: StatusChange['change']): StatusChange => ({
    id,
    name,
    change,
    added,
    firstSeen,
    removed,
    unreadable,
  });
  if (now.status === 'unknown') {
    const wasRead = before?.status === 'present' || before?.status === 'absent';
    return wasRead ? changed('unreadable') : undefined;
  }
  if (now.status === 'present') {
    if (before === undefined) return { ...changed('new'), added: [...added, ...firstSeen], firstSeen: [] };
    if (before.status === 'absent') return changed('appeared');
    if (before.status !== 'present') return changed('was-unknown');
  } else if (before?.status === 'present') {
    return changed('gone');
  }
  if (added.length + firstSeen.length + removed.length > 0) return changed('changed');
  return unreadable.length > 0 ? changed('unreadable') : undefined;
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
