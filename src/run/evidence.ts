import type {
  AccountBefore,
  AccountCredentials,
  AccountStatus,
  DeleteAccount,
  JournalLine,
} from '../documents/index.ts';
import { accountsOf, type RunRecord } from './runs.ts';

type Inventory = Extract<JournalLine, { readonly event: 'inventory' }>;

/** The accounts of a run as its journal tells them: as they were seen before, and what of that is known to be otherwise now. */
export interface RunEvidence {
  readonly before: readonly AccountBefore[];
  readonly after: readonly AccountStatus[];
}

/** In the order of the ids. An account that was never read, because the run ended before, is not among them. */
export function evidenceOf(run: RunRecord): RunEvidence {
  const done = new Map(accountsOf(run).map((account) => [account.id, account]));
  const paths = new Map(run.plan?.accounts.map(({ id, path }) => [id, path]));
  const seen = new Map<string, Inventory>();
  // A resumed run looks again; before it began is before the first look.
  for (const line of run.lines) if (line.event === 'inventory' && !seen.has(line.account)) seen.set(line.account, line);
  const inventories = [...seen.values()].sort((left, right) => (left.account < right.account ? -1 : 1));
  const before = inventories.map((line): AccountBefore => {
    const { account: id, name, status, reason, credentials, lastUsedAt, error } = line;
    return { id, name, status, reason, credentials, lastUsedAt, error };
  });
  const after = before.map((account, index): AccountStatus => {
    const { email = '', state = '', joinedAt = null, joinedMethod = null, path } = inventories[index] ?? {};
    const about = { email, state, path: path ?? paths.get(account.id) ?? null, joinedAt, joinedMethod };
    return { ...accountAfter(account, done.get(account.id)), ...about };
  });
  return { before, after };
}

function accountAfter(before: AccountBefore, done: DeleteAccount | undefined): AccountBefore {
  const { credentials } = before;
  if (credentials === null || done === undefined || done.actions.length === 0) return before;
  const known = credentialsAfter(credentials, done);
  // Something was there that the plan did not know: what looks empty now need not be.
  const left = done.error?.code === 'ChangedSincePlan' ? doubted(known) : known;
  const isAnyHeld =
    left.loginProfile?.present === true || Object.values(left).some((kind) => isList(kind) && kind.length > 0);
  const isAnyUnknown = Object.values(left).includes(null);
  return {
    ...before,
    status: isAnyHeld ? 'present' : isAnyUnknown ? 'unknown' : 'absent',
    credentials: left,
    error: done.error ?? before.error,
  };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function doubted({ loginProfile, ...lists }: AccountCredentials): AccountCredentials {
  const { accessKeys, mfaDevices, signingCertificates } = lists;
  const orNull = <One>(list: readonly One[] | null): readonly One[] | null => (list?.length === 0 ? null : list);
  return {
    loginProfile: loginProfile?.present === false ? null : loginProfile,
    accessKeys: orNull(accessKeys),
    mfaDevices: orNull(mfaDevices),
    signingCertificates: orNull(signingCertificates),
  };
}

type Fate = 'kept' | 'gone' | 'unknown';

/** A kind of which one credential is not known is not known: the list of the others would pass for all that there is. */
function credentialsAfter(before: AccountCredentials, done: DeleteAccount): AccountCredentials {
  const fates = new Map(done.actions.map((action) => [`${action.kind} ${action.id ?? ''}`, fateOf(action, done)]));
  const fate = (kind: DeleteAccount['actions'][number]['kind'], id: string | null): Fate =>
    fates.get(`${kind} ${id ?? ''}`) ?? 'kept';
  const left = <One>(list: readonly One[] | null, fateIn: (one: One) => Fate): readonly One[] | null => {
    if (list === null || list.some((one) => fateIn(one) === 'unknown')) return null;
    return list.filter((one) => fateIn(one) === 'kept');
  };
  const { loginProfile } = before;
  const password = loginProfile?.present === true ? fate('login-profile', null) : 'kept';
  return {
    loginProfile:
      password === 'kept'
        ? loginProfile
        : password === 'gone'
          ? { present: false, createdAt: null, lastUsedAt: null }
          : null,
    accessKeys: left(before.accessKeys, ({ id }) => fate('access-key', id)),
    mfaDevices: left(before.mfaDevices, ({ serialNumber }) => fate('mfa-device', serialNumber)),
    signingCertificates: left(before.signingCertificates, ({ id }) => fate('signing-certificate', id)),
  };
}

/**
 * Gone is what was seen gone: in an account that did not end well nobody looked again. A deletion that AWS refused left
 * the credential where it was, but an answer that was lost is no refusal.
 */
function fateOf({ result, error }: DeleteAccount['actions'][number], { outcome }: DeleteAccount): Fate {
  switch (result) {
    case 'already-gone':
      return 'gone';
    case 'deleted':
      return outcome === 'deleted' || outcome === 'absent' ? 'gone' : 'unknown';
    case 'failed':
      return outcome === 'unverified' || error?.code === 'Unanswered' ? 'unknown' : 'kept';
    case 'not-attempted':
    case 'planned':
      return 'kept';
  }
}
