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
    return changed('went');
  }
  if (added.length + firstSeen.length + removed.length > 0) return changed('changed');
  return unreadable.length > 0 ? changed('unreadable') : undefined;
}

/** A credential as a baseline tells it from others: by its name, and by what makes another one of the same name. */
interface Held {
  readonly name: string;
  readonly createdAt: string | null;
  readonly status: string | null;
}

interface Kind {
  readonly label: string;
  /** The credentials of the kind; null when they could not be read, which is not the same as none. */
  readonly read: (credentials: AccountCredentials | null) => readonly Held[] | null;
}

const kinds: readonly Kind[] = [
  {
    label: 'access keys',
    read: (held) =>
      held?.accessKeys?.map(({ id, status, createdAt }) => ({ name: `access key ${id}`, status, createdAt })) ?? null,
  },
  {
    label: 'signing certificates',
    read: (held) =>
      held?.signingCertificates?.map(({ id, status, uploadedAt }) => ({
        name: `signing certificate ${id}`,
        status,
        createdAt: uploadedAt,
      })) ?? null,
  },
  {
    label: 'password',
    read: (held) => {
      const profile = held?.loginProfile ?? null;
      if (profile === null) return null;
      return profile.present ? [{ name: 'password', status: null, createdAt: profile.createdAt }] : [];
    },
  },
  {
    label: 'MFA devices',
    read: (held) =>
      held?.mfaDevices?.map(({ serialNumber, enabledAt }) => ({
        name: `MFA device ${serialNumber}`,
        status: null,
        createdAt: enabledAt,
      })) ?? null,
  },
];

/** One of the same name that was created at another time is another one; where a time is not told, the name decides. */
const isSame = (one: Held, other: Held): boolean =>
  one.name === other.name &&
  (one.createdAt === null || other.createdAt === null || one.createdAt === other.createdAt) &&
  one.status === other.status;

/** What stands beside the name: that it is another one of that name, or that it works again or no longer. */
function told(credential: Held, others: readonly Held[]): string {
  const twin = others.find(({ name }) => name === credential.name);
  if (twin === undefined) return credential.name;
  if (twin.status !== credential.status) return `${credential.name} (${credential.status})`;
  return `${credential.name} (created ${credential.createdAt})`;
}

function compareKind({ label, read }: Kind, before: AccountCredentials | null, now: AccountCredentials | null) {
  const [had, has] = [read(before), read(now)];
  const missingIn = (others: readonly Held[] | null, held: readonly Held[] | null): readonly string[] =>
    others === null || held === null
      ? []
      : held.filter((one) => !others.some((other) => isSame(one, other))).map((one) => told(one, others));
  return {
    added: missingIn(had, has),
    firstSeen: had === null ? (has ?? []).map(({ name }) => name) : [],
    removed: missingIn(has, had),
    unreadable: had !== null && has === null ? [label] : [],
  };
}
