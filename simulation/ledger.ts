import type { CredentialKindName } from '../src/documents/index.ts';
import type { AccountState, RequestRecord, Sandbox } from '../src/sandbox/index.ts';

/** One credential of one account, from when to when it was really there, and who took it away. */
export interface Holding {
  readonly account: string;
  readonly kind: CredentialKindName;
  readonly id: string | null;
  /** -Infinity: from the outset. */
  readonly sinceMs: number;
  untilMs: number;
  removedBy: 'rootctl' | 'somebody-else' | null;
}

/** A deletion of ours that took effect. */
export interface Effect {
  readonly holding: Holding;
  readonly atMs: number;
  readonly record: RequestRecord;
}

/** Ground truth over time, kept by looking at the accounts after every change that the sandbox reports. */
export interface Ledger {
  readonly holdings: readonly Holding[];
  readonly effects: readonly Effect[];
  /** Promise 3, checked at every change. */
  readonly breaches: readonly string[];
  /** Called after every change of the sandbox's state. */
  readonly observe: () => void;
  readonly heldNow: (account: string) => readonly Holding[];
  readonly everHeld: (account: string) => readonly Holding[];
  /** Since when an account is not ACTIVE; null while it is. */
  readonly inactiveSinceMs: (account: string) => number | null;
  /** Whether it has left the organization. */
  readonly isDeparted: (account: string) => boolean;
}

export const holdingKey = ({ kind, id }: { readonly kind: CredentialKindName; readonly id: string | null }): string =>
  `${kind} ${id ?? ''}`;

interface Present {
  readonly kind: CredentialKindName;
  readonly id: string | null;
  readonly mark: string;
}

function credentialsOf({ root }: AccountState): readonly Present[] {
  return [
    ...(root.loginProfile ? [{ kind: 'login-profile', id: null, mark: root.loginProfile.createdAt } as const] : []),
    ...root.accessKeys.map(({ id, createdAt }) => ({ kind: 'access-key', id, mark: createdAt }) as const),
    ...root.signingCertificates.map(
      ({ id, uploadedAt }) => ({ kind: 'signing-certificate', id, mark: uploadedAt }) as const,
    ),
    ...root.mfaDevices.map(
      ({ serialNumber, enabledAt }) => ({ kind: 'mfa-device', id: serialNumber, mark: enabledAt }) as const,
    ),
  ];
}

export function createLedger(sandbox: Sandbox, nowMs: () => number): Ledger {
  const holdings: Holding[] = [];
  const effects: Effect[] = [];
  const breaches: string[] = [];
  const counted = new Set<RequestRecord>();
  const current = new Map<string, Map<string, { readonly mark: string; readonly holding: Holding }>>();
  const inactive = new Map<string, number>();
  const departed = new Set<string>();
  for (const account of sandbox.accounts) {
    current.set(account.id, new Map());
    take(account, Number.NEGATIVE_INFINITY, null);
  }

  /** Compares an account with what was known of it; `record` is the request of ours that changed it. */
  function take(account: AccountState, atMs: number, record: RequestRecord | null): void {
    const known = current.get(account.id);
    if (known === undefined) return;
    const present = new Map(credentialsOf(account).map((one) => [holdingKey(one), one]));
    const [hadPassword, hadMfa] = [known.has('login-profile '), countMfa(known.keys()) > 0];
    for (const [key, { mark, holding }] of [...known]) {
      if (present.get(key)?.mark === mark) continue;
      known.delete(key);
      holding.untilMs = atMs;
      holding.removedBy = record === null ? 'somebody-else' : 'rootctl';
      if (record !== null) effects.push({ holding, atMs, record });
    }
    for (const [key, { kind, id, mark }] of present) {
      if (known.has(key)) continue;
      const holding: Holding = {
        account: account.id,
        kind,
        id,
        sinceMs: atMs,
        untilMs: Number.POSITIVE_INFINITY,
        removedBy: null,
      };
      known.set(key, { mark, holding });
      holdings.push(holding);
    }
    if (record !== null && hadPassword && hadMfa && known.has('login-profile ') && countMfa(known.keys()) === 0) {
      const sinceMs = known.get('login-profile ')?.holding.sinceMs ?? 0;
      // Whoever sets a password between the look and the deletion cannot be seen by anybody.
      if (sinceMs < lastLook(account.id, record)) {
        breaches.push(`account ${account.id} has a password and lost its last MFA device to ${record.operation}`);
      }
    }
    if (account.state === 'ACTIVE') inactive.delete(account.id);
    else if (!inactive.has(account.id)) inactive.set(account.id, atMs);
  }

  /** An account that left keeps what it holds: nobody here can look, or take it away. */
  function leave(id: string, atMs: number): void {
    departed.add(id);
    if (!inactive.has(id)) inactive.set(id, atMs);
  }

  /** When a password was last looked for in the account, before this request. */
  function lastLook(account: string, before: RequestRecord): number {
    const looks = sandbox.requests.filter(
      ({ operation, callerAccount, number, outcome }) =>
        operation === 'GetLoginProfile' &&
        callerAccount === account &&
        number < before.number &&
        (outcome === 'ok' || outcome === 'NoSuchEntity'),
    );
    return looks.at(-1)?.at ?? Number.POSITIVE_INFINITY;
  }

  return {
    holdings,
    effects,
    breaches,
    observe: () => {
      const ours = sandbox.requests.findLast((record) => record.changed && !counted.has(record)) ?? null;
      if (ours !== null) counted.add(ours);
      const there = new Set(sandbox.accounts.map(({ id }) => id));
      for (const id of current.keys()) if (!there.has(id)) leave(id, nowMs());
      for (const account of sandbox.accounts) {
        take(account, nowMs(), ours !== null && ours.callerAccount === account.id ? ours : null);
      }
    },
    heldNow: (account) => [...(current.get(account)?.values() ?? [])].map(({ holding }) => holding),
    everHeld: (account) => holdings.filter((holding) => holding.account === account),
    inactiveSinceMs: (account) => inactive.get(account) ?? null,
    isDeparted: (account) => departed.has(account),
  };
}

const countMfa = (keys: Iterable<string>): number => {
  let count = 0;
  for (const key of keys) if (key.startsWith('mfa-device ')) count += 1;
  return count;
};
