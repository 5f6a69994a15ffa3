import type {
  AccountStatus,
  ControlSubject,
  ManagementAccountEntry,
  StatusDocument,
  Verdict,
  VerdictEvidence,
  VerdictReason,
} from '../documents/index.ts';
import type { Exemption, KnownControl } from './table.ts';

/** What is judged: a reading, whole or cut short. */
export type Judged = Pick<
  StatusDocument,
  'accounts' | 'centralizedRootAccess' | 'complete' | 'managementAccount' | 'organization'
>;

type Judgement = Pick<Verdict, 'verdict' | 'reasonCode'>;

/**
 * What the controls say of a reading: the organization's own first, then account by account in the order of the ids.
 * Accounts in the same state are judged once. What could not be read passes nothing.
 */
export const verdictsOf = (judged: Judged, controls: readonly KnownControl[]): Iterable<Verdict> => ({
  [Symbol.iterator]: () => eachVerdict(judged, controls),
});

function* eachVerdict(judged: Judged, controls: readonly KnownControl[]): Generator<Verdict> {
  const ofOrganization = controls.filter(isOrganizations);
  const ofAccounts = controls.filter((control) => !isOrganizations(control));
  for (const { key } of ofOrganization) {
    const { trustedAccess, rootCredentialsManagement } = judged.centralizedRootAccess;
    const evidence = { trustedAccess, rootCredentialsManagement };
    yield { account: null, control: key, ...organizationJudgement(judged), evidence };
  }
  const judgedStates = new Map<string, readonly Judgement[]>();
  for (const { id, root, evidence } of rootsOf(judged)) {
    const state = JSON.stringify(root);
    let judgements = judgedStates.get(state);
    if (judgements === undefined) {
      judgements = ofAccounts.map((control) => judge(control, root));
      judgedStates.set(state, judgements);
    }
    const told = new Map<ControlSubject, VerdictEvidence>();
    for (const [index, judgement] of judgements.entries()) {
      const control = ofAccounts[index];
      if (control === undefined) continue;
      const { key, subject } = control;
      const about = told.get(subject) ?? evidence(subject);
      told.set(subject, about);
      yield { account: id, control: key, ...judgement, evidence: about };
    }
  }
}

const isOrganizations = ({ subject }: KnownControl): boolean => subject === 'centralized-root-access';

/** To turn the feature on removes nothing: passing this says nothing about credentials. */
function organizationJudgement({ complete, centralizedRootAccess }: Judged): Judgement {
  const { trustedAccess, rootCredentialsManagement } = centralizedRootAccess;
  if (!complete) return unknown('cut-short');
  if (trustedAccess === false) return failed('trusted-access-off');
  if (rootCredentialsManagement === false) return failed('credentials-management-off');
  if (trustedAccess === null || rootCredentialsManagement === null) return unknown('switch-unknown');
  return passed('switched-on');
}

/** What is known of the credentials of one account's root user. Null: could not be read. */
interface Credentials {
  readonly password: boolean | null;
  readonly accessKeys: 'none' | 'inactive' | 'active' | null;
  /** `virtual`: one of them at least. `some`: there is MFA, and of which kind is not told. */
  readonly mfa: 'none' | 'virtual' | 'hardware' | 'some' | null;
  /** `not-assessed`: of the management account, keys and MFA alone are assessed. */
  readonly signingCertificates: 'none' | 'some' | 'not-assessed' | null;
  /** Something in the account could not be read, and nothing was found: it passes nothing. */
  readonly isDoubtful: boolean;
}

/** A root user as the controls see it: read, as far as it could be, or not. */
type Root =
  | { readonly is: 'read'; readonly holds: Credentials }
  | { readonly is: 'unread'; readonly why: VerdictReason };

interface Row {
  readonly id: string;
  readonly root: Root;
  readonly evidence: (subject: ControlSubject) => VerdictEvidence;
}

/** Every root user that is judged. The management account's is, whatever was selected, where its summary was read. */
function* rootsOf({ accounts, managementAccount, organization }: Judged): Generator<Row> {
  const { managementAccountId } = organization;
  let isTold = managementAccount === null;
  for (const account of accounts) {
    if (managementAccount !== null && !isTold && account.id >= managementAccountId) {
      yield managementRow(managementAccount);
      isTold = true;
    }
    if (managementAccount === null || account.id !== managementAccountId) yield rowOf(account);
  }
  if (managementAccount !== null && !isTold) yield managementRow(managementAccount);
}

function rowOf(account: AccountStatus): Row {
  const { id, credentials, lastUsedAt, error, status } = account;
  const why = unreadReason(account);
  if (why !== null) {
    const evidence = error === null ? {} : { errorCode: error.code };
    return { id, root: { is: 'unread', why }, evidence: () => evidence };
  }
  const accessKeys = credentials?.accessKeys ?? null;
  const mfaDevices = credentials?.mfaDevices ?? null;
  const signingCertificates = credentials?.signingCertificates ?? null;
  const passwordPresent = credentials?.loginProfile?.present ?? null;
  const keysHeld = accessKeys?.map((key) => ({ id: key.id, status: key.status })) ?? null;
  const doubt = error === null ? {} : { errorCode: error.code };
  return {
    id,
    root: {
      is: 'read',
      holds: {
        password: passwordPresent,
        accessKeys: accessKeys && keysIn(accessKeys),
        mfa: mfaDevices && mfaIn(mfaDevices),
        signingCertificates: signingCertificates && (signingCertificates.length > 0 ? 'some' : 'none'),
        isDoubtful: status === 'unknown',
      },
    },
    evidence: (subject) => {
      switch (subject) {
        case 'access-keys':
          return { accessKeys: keysHeld, ...doubt };
        case 'mfa':
        case 'hardware-mfa': {
          const devices = mfaDevices?.map(({ serialNumber, type }) => ({ serialNumber, type })) ?? null;
          return { passwordPresent, accessKeys: keysHeld, mfaDevices: devices, ...doubt };
        }
        case 'signing-certificates': {
          const held = signingCertificates?.map((one) => ({ id: one.id, status: one.status })) ?? null;
          return { signingCertificates: held, ...doubt };
        }
        case 'use':
        case 'monitoring':
          return { lastUsedAt };
        case 'centralized-root-access':
          return {};
      }
    },
  };
}

/** Why nothing at all is known of the account; null where something may be. */
function unreadReason({ status, reason, credentials }: AccountStatus): VerdictReason | null {
  const isUnread = credentials === null || Object.values(credentials).every((kind) => kind === null);
  if (status !== 'skipped') return isUnread ? 'account-unread' : null;
  switch (reason) {
    case 'management-account':
      return 'management-account-unread';
    case 'not-active':
      return 'account-not-active';
    case 'not-tried':
      return 'account-not-tried';
    case 'excluded':
    case 'protected':
    case 'used-recently':
    case 'none-of-these-kinds':
    case 'changed-since-plan':
      return 'account-excluded';
    case null:
      return 'account-unread';
  }
}

type Held<Field extends 'accessKeys' | 'mfaDevices'> = NonNullable<NonNullable<AccountStatus['credentials']>[Field]>;

function keysIn(keys: Held<'accessKeys'>): 'none' | 'inactive' | 'active' {
  if (keys.length === 0) return 'none';
  return keys.every(({ status }) => status === 'Inactive') ? 'inactive' : 'active';
}

function mfaIn(devices: Held<'mfaDevices'>): 'none' | 'virtual' | 'hardware' {
  if (devices.length === 0) return 'none';
  return devices.some(({ type }) => type === 'virtual') ? 'virtual' : 'hardware';
}

/** Outside centralized root access and inside every control: from its own summary, keys and MFA alone. */
function managementRow(entry: ManagementAccountEntry): Row {
  const { accessKeysPresent, mfaEnabled, passwordPresent, signingCertificatesPresent } = entry;
  const holds: Credentials = {
    password: passwordPresent,
    accessKeys: accessKeysPresent ? 'active' : 'none',
    mfa: mfaEnabled ? 'some' : 'none',
    signingCertificates: 'not-assessed',
    isDoubtful: false,
  };
  return {
    id: entry.id,
    root: { is: 'read', holds },
    evidence: (subject) => {
      switch (subject) {
        case 'access-keys':
          return { accessKeysPresent };
        case 'mfa':
        case 'hardware-mfa':
          return { passwordPresent, accessKeysPresent, mfaEnabled };
        case 'signing-certificates':
          return { signingCertificatesPresent };
        default:
          return {};
      }
    },
  };
}

/** Pure: by the control and the state of the root user alone. */
function judge(control: KnownControl, root: Root): Judgement {
  const { subject } = control;
  if (subject === 'use' || subject === 'monitoring') return notAssessed('not-read-by-rootctl');
  if (root.is === 'unread') return unknown(root.why);
  const { holds } = root;
  const judgement = judgeCredentials(control, holds);
  const isGood = judgement.verdict === 'passed' || judgement.verdict === 'not-applicable';
  return isGood && holds.isDoubtful ? unknown('credentials-unknown') : judgement;
}

function judgeCredentials({ subject, exemption }: KnownControl, holds: Credentials): Judgement {
  switch (subject) {
    case 'access-keys':
      return judgeKeys(holds);
    case 'mfa':
      return judgeMfa(holds, exemption, { ...mfaGrades, virtual: passed('mfa'), hardware: passed('mfa') });
    case 'hardware-mfa':
      return judgeMfa(holds, exemption, { ...mfaGrades, some: unknown('mfa-kind-unknown') });
    case 'signing-certificates':
      return judgeSigningCertificates(holds);
    case 'centralized-root-access':
    case 'use':
    case 'monitoring':
      return notAssessed('not-read-by-rootctl');
  }
}

/** An inactive key can be made active again: for some scanners it is no finding, for the controls it is one. */
function judgeKeys({ accessKeys }: Credentials): Judgement {
  switch (accessKeys) {
    case null:
      return unknown('credentials-unknown');
    case 'none':
      return passed('no-access-key');
    case 'inactive':
      return failed('inactive-access-key');
    case 'active':
      return failed('access-key');
  }
}

function judgeSigningCertificates({ signingCertificates }: Credentials): Judgement {
  switch (signingCertificates) {
    case null:
      return unknown('credentials-unknown');
    case 'none':
      return passed('no-signing-certificate');
    case 'some':
      return failed('signing-certificate');
    case 'not-assessed':
      return notAssessed('management-account-keys-and-mfa-only');
  }
}

/** What each kind of MFA is worth where there is something to guard: here for a control that asks for hardware. */
const mfaGrades = {
  none: { verdict: 'failed', reasonCode: 'no-mfa' },
  virtual: { verdict: 'failed', reasonCode: 'virtual-mfa' },
  hardware: { verdict: 'passed', reasonCode: 'hardware-mfa' },
  some: { verdict: 'passed', reasonCode: 'mfa' },
} as const satisfies Readonly<Record<string, Judgement>>;

type MfaGrades = { readonly [Kind in keyof typeof mfaGrades]: Judgement };

function judgeMfa(holds: Credentials, exemption: Exemption, grades: MfaGrades): Judgement {
  const isExempt = exempt(holds, exemption);
  const exempted: Judgement = {
    verdict: exemption.verdict,
    reasonCode: exemption.without === 'password' ? 'no-password' : 'no-credentials',
  };
  if (isExempt === true) return exempted;
  if (holds.mfa === null) return unknown('credentials-unknown');
  const grade = grades[holds.mfa];
  // Whether there is something to guard is not known: then only what both answers agree on can be said.
  return isExempt === null && grade.verdict !== exempted.verdict ? unknown('credentials-unknown') : grade;
}

/** Whether there is nothing that MFA could guard; null where that is not known. */
function exempt({ password, accessKeys }: Credentials, { without }: Exemption): boolean | null {
  const hasKeys = accessKeys === null ? null : accessKeys !== 'none';
  if (password === true || (without === 'credentials' && hasKeys === true)) return false;
  if (password === null || (without === 'credentials' && hasKeys === null)) return null;
  return true;
}

const passed = (reasonCode: VerdictReason): Judgement => ({ verdict: 'passed', reasonCode });
const failed = (reasonCode: VerdictReason): Judgement => ({ verdict: 'failed', reasonCode });
const unknown = (reasonCode: VerdictReason): Judgement => ({ verdict: 'unknown', reasonCode });
const notAssessed = (reasonCode: VerdictReason): Judgement => ({ verdict: 'not-assessed', reasonCode });
