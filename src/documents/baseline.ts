import type { AccountCredentials, AccountStatus, StatusDocument } from './status.ts';

/**
 * What became of an account since the baseline. It holds credentials now and `appeared`: had none then, `new`: was not
 * there, `was-unknown`: was there and not read. `went`: had some and has none; `changed`: has others than then;
 * `unreadable`: the account, or a kind of its credentials, was read then and cannot be now.
 */
export interface StatusChange {
  readonly id: string;
  readonly name: string;
  readonly change: 'appeared' | 'new' | 'was-unknown' | 'went' | 'changed' | 'unreadable';
  /** Credentials that were not there, as `access key AKIA…`, `password`. */
  readonly added: readonly string[];
  /** Credentials of which the baseline could not tell: nobody has accepted them, and nobody knows whether they are new. */
  readonly firstSeen: readonly string[];
  readonly removed: readonly string[];
  /** Kinds that were read then and cannot be now, as `access keys`: what they hold is neither the same nor gone. */
  readonly unreadable: readonly string[];
}

/** Compares two statuses, in the order of the ids of the newer one; accounts that only the older one lists are left out. */
export function compareStatus(baseline: StatusDocument, current: StatusDocument): readonly StatusChange[] {
  const earlier = new Map(baseline.accounts.map((account) => [account.id, account]));
  return current.accounts.flatMap((account) => compareAccount(earlier.get(account.id), account) ?? []);
}

/** What a check must not pass over: nobody has ever accepted it, whether it is new or was only never read. */
export const isUnaccepted = ({ change, added, firstSeen }: StatusChange): boolean =>
  added.length + firstSeen.length > 0 || change === 'appeared' || change === 'new' || change === 'was-unknown';

/** Whether a kind of the account's credentials is not known, whatever else is: a comparison passes over nothing in it. */
export const isPartlyUnknown = ({ status, credentials }: AccountStatus): boolean =>
  status === 'unknown' || (status === 'present' && kinds.some((kind) => kind.read(credentials) === null));

function compareAccount(before: AccountStatus | undefined, now: AccountStatus): StatusChange | undefined {
  const { id, name } = now;
  if (now.status === 'skipped') return undefined;
  const compared = kinds.map((kind) => compareKind(kind, before?.credentials ?? null, now.credentials));
  const added = compared.flatMap((kind) => kind.added);
  const firstSeen = compared.flatMap((kind) => kind.firstSeen);
  const removed = compared.flatMap((kind) => kind.removed);
  const unreadable = compared.flatMap((kind) => kind.unreadable);
  const told = (change: StatusChange['change']): StatusChange => ({
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
    return wasRead ? told('unreadable') : undefined;
  }
  if (now.status === 'present') {
    if (before === undefined) return { ...told('new'), added: [...added, ...firstSeen], firstSeen: [] };
    if (before.status === 'absent') return told('appeared');
    if (before.status !== 'present') return told('was-unknown');
  } else if (before?.status === 'present') {
    return told('went');
  }
  if (added.length + firstSeen.length + removed.length > 0) return told('changed');
  return unreadable.length > 0 ? told('unreadable') : undefined;
}

interface Kind {
  readonly label: string;
  /** The credentials of the kind by name; null when they could not be read, which is not the same as none. */
  readonly read: (credentials: AccountCredentials | null) => readonly string[] | null;
}

const kinds: readonly Kind[] = [
  { label: 'access keys', read: (held) => held?.accessKeys?.map(({ id }) => `access key ${id}`) ?? null },
  {
    label: 'signing certificates',
    read: (held) => held?.signingCertificates?.map(({ id }) => `signing certificate ${id}`) ?? null,
  },
  {
    label: 'password',
    read: (held) => (held?.loginProfile ? (held.loginProfile.present ? ['password'] : []) : null),
  },
  {
    label: 'MFA devices',
    read: (held) => held?.mfaDevices?.map(({ serialNumber }) => `MFA device ${serialNumber}`) ?? null,
  },
];

function compareKind({ label, read }: Kind, before: AccountCredentials | null, now: AccountCredentials | null) {
  const [had, has] = [read(before), read(now)];
  return {
    added: had === null || has === null ? [] : has.filter((credential) => !had.includes(credential)),
    firstSeen: had === null ? (has ?? []) : [],
    removed: had === null || has === null ? [] : had.filter((credential) => !has.includes(credential)),
    unreadable: had !== null && has === null ? [label] : [],
  };
}
