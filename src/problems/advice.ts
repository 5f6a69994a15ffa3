import type { FailureKind } from './aws.ts';
import { aws, type Cure, rootctl } from './cure.ts';
import { type Field, flag, orNull, text, type VariantOf, variants } from './fields.ts';
import type { Move } from './registry.ts';

/** What to do about a refusal of AWS, as data: its sentence stands in `words`, by this name. */
const advices = {
  'turn-on': {},
  'use-management-or-delegated': {},
  'use-management': {},
  'use-organization-member': {},
  'enable-all-features': {},
  'choose-region': {},
  'check-endpoint-knows-call': {},
  'wait-for-other-change': {},
  'account-closed': {},
  'scps-off': {},
  'wait-for-credential-change': {},
  'recovery-already-allowed': {},
  'detach-credential': {},
  'quota-reached': {},
  'sign-in-again': {},
  'set-clock': {},
  'check-credentials': {},
  'check-secret': {},
  'not-aws-answering': {},
  'ask-proxy': {},
  'wait-for-consistency': {},
  'trust-certificate': {},
  /** `task`: the task policy of the session; null where it is not known. */
  'allow-session': { task: orNull(text) },
  'root-denied-by-scp': {},
  'allow-at-home': { action: text },
  'allow-switching': { action: text },
  'check-network': {},
  'slow-down': {},
  'run-again': {},
  'deregister-first': {},
  'use-regional-endpoint': {},

  'give-credentials': {},
  /** Where credentials were looked for: `isNamed`: in this profile only, and not in the environment before it. */
  'give-credentials-anywhere': { profile: text, isNamed: flag, isThere: flag, isInstanceOff: flag },
  'sign-in-to-sso': { profile: orNull(text) },
  'sign-in-with-login': { profile: text },
  'check-profile': { profile: text },
  'check-role': { profile: text },
  'check-web-identity': {},
  'check-container': {},
  'run-process': { profile: text },
  'hand-over-session': { profile: text },
} as const;

export type AdviceName = keyof typeof advices;
export type Advice = VariantOf<'name', typeof advices>;
export type AdviceOf<Name extends AdviceName> = Extract<Advice, { readonly name: Name }>;
export const advice: Field<Advice> = variants('name', advices);

/** Advice that says all by its name. */
type SimpleName = { [Name in AdviceName]: keyof (typeof advices)[Name] extends never ? Name : never }[AdviceName];
const simply = (name: SimpleName): Advice => ({ name }) as Advice; // the compiler does not see that each is one

/** Codes that mean the same whichever call answers them. */
const byCode = {
  ServiceAccessNotEnabledException: 'turn-on',
  AccountNotManagementOrDelegatedAdministratorException: 'use-management-or-delegated',
  CallerIsNotManagementAccountException: 'use-management',
  OrganizationNotFoundException: 'use-organization-member',
  OrganizationNotInAllFeaturesModeException: 'enable-all-features',
  AWSOrganizationsNotInUseException: 'use-organization-member',
  RegionDisabledException: 'choose-region',
  InvalidAction: 'check-endpoint-knows-call',
  ConcurrentModificationException: 'wait-for-other-change',
  AccountAlreadyClosedException: 'account-closed',
  PolicyTypeNotEnabledException: 'scps-off',
  EntityTemporarilyUnmodifiable: 'wait-for-credential-change',
  EntityAlreadyExists: 'recovery-already-allowed',
  DeleteConflict: 'detach-credential',
  LimitExceeded: 'quota-reached',
  ExpiredToken: 'sign-in-again',
  ExpiredTokenException: 'sign-in-again',
  RequestExpired: 'set-clock',
  InvalidClientTokenId: 'check-credentials',
  UnrecognizedClientException: 'check-credentials',
  SignatureDoesNotMatch: 'check-secret',
  InvalidSignatureException: 'check-secret',
  CredentialsProviderError: 'give-credentials',
  MalformedResponse: 'not-aws-answering',
  ProxyRefused: 'ask-proxy',
  InconsistentAnswers: 'wait-for-consistency',
} as const satisfies Readonly<Record<string, SimpleName>>;
const names: ReadonlyMap<string, SimpleName> = new Map(Object.entries(byCode));

/** The codes of AWS and of the network that `explain` and `docs/errors.md` know. */
export type KnownAwsCode = keyof typeof byCode | 'TokenProviderError';

/** Whose move it is, where it is not the caller's. */
const moves: ReadonlyMap<string, Move> = new Map<KnownAwsCode, Move>([
  ['ServiceAccessNotEnabledException', 'administrator'],
  ['OrganizationNotInAllFeaturesModeException', 'administrator'],
  ['PolicyTypeNotEnabledException', 'administrator'],
  ['RegionDisabledException', 'administrator'],
  ['ConcurrentModificationException', 'aws'],
  ['EntityTemporarilyUnmodifiable', 'aws'],
  ['InconsistentAnswers', 'aws'],
  ['AccountAlreadyClosedException', 'owner'],
  ['DeleteConflict', 'owner'],
  ['LimitExceeded', 'owner'],
]);
export const moveOfAws = (code: string): Move => moves.get(code) ?? 'caller';

/** Codes of certificates that do not verify without `CERT` in them (Node's documentation of TLS, "X509 certificate error codes"). */
const certificateCodes = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
]);

/** The other side's certificate is not to be trusted: trying again changes nothing. */
export const isUntrusted = (code: string): boolean => code.includes('CERT') || certificateCodes.has(code);

interface Refusal {
  readonly code: string;
  readonly operation: string;
  readonly kind: FailureKind;
  readonly taskPolicy: string | null;
}

/** What to do about a refusal, where the code, the kind of failure and the call tell it. */
export function adviceFor({ code, operation, kind, taskPolicy }: Refusal): Advice | null {
  const ofCode = names.get(code);
  if (code === 'TokenProviderError') return { name: 'sign-in-to-sso', profile: null };
  switch (kind) {
    case 'unreachable':
      return simply(isUntrusted(code) ? 'trust-certificate' : (ofCode ?? 'check-network'));
    case 'throttled':
      return simply('slow-down');
    case 'transient':
      return simply(ofCode ?? 'run-again');
    case 'aborted':
      return null;
    case 'denied':
      if (memberOperations.test(operation)) return simply('root-denied-by-scp');
      if (operation === 'AssumeRoot') return { name: 'allow-session', task: taskPolicy };
      return { name: switching.test(operation) ? 'allow-switching' : 'allow-at-home', action: actionOf(operation) };
    default:
      // One code for some fifty reasons (Organizations API Reference): each call of ours meets another of them.
      if (code === 'ConstraintViolationException')
        return operation === 'DisableAWSServiceAccess' ? simply('deregister-first') : null;
      // STS's global endpoint does not know `AssumeRoot`, and knows every other call.
      if (code === 'InvalidAction' && operation === 'AssumeRoot') return simply('use-regional-endpoint');
      return ofCode === undefined ? null : simply(ofCode);
  }
}

/** Which command of rootctl needs a task, so that the cure names the smallest policy that helps. */
const commandOfTask: Readonly<Record<string, string>> = {
  IAMAuditRootUserCredentials: 'status',
  IAMDeleteRootUserCredentials: 'delete',
  IAMCreateRootUserPassword: 'recover',
  S3UnlockBucketPolicy: 'unlock',
  SQSUnlockQueuePolicy: 'unlock',
};

/** `iam:ListOrganizationsFeatures`, `organizations:ListAccounts`: the action behind a call at home. */
function actionOf(operation: string): string {
  const isIam = /Organizations(?:Root|Features)|AccountSummary/u.test(operation);
  return `${isIam ? 'iam' : 'organizations'}:${operation}`;
}

const switching = /^(?:Enable|Disable|Register|Deregister)/u;

const memberOperations =
  /^(?:GetAccountSummary|GetUser|(?:Get|Create|Delete)LoginProfile|(?:List|Delete)AccessKeys?|GetAccessKeyLastUsed|(?:List|Deactivate)MFADevices?|(?:List|Delete)SigningCertificates?|ListBuckets|(?:Get|Put|Delete)BucketPolicy|ListQueues|GetQueueUrl|(?:Get|Set)QueueAttributes)$/u;

/** What to type; null where the sentence says all there is. */
export function cureOfAdvice(advised: Advice): Cure | null {
  switch (advised.name) {
    case 'turn-on':
      return rootctl('enable');
    case 'enable-all-features':
      return aws('organizations', 'enable-all-features');
    case 'choose-region':
      return null;
    case 'sign-in-again':
      return aws('sso', 'login');
    case 'sign-in-to-sso':
      return aws('sso', 'login', ...(advised.profile === null ? [] : ['--profile', advised.profile]));
    case 'sign-in-with-login':
      return aws('login', '--profile', advised.profile);
    case 'check-profile':
      return aws('configure', 'list', '--profile', advised.profile);
    case 'check-role':
      return aws('sts', 'get-caller-identity', '--profile', advised.profile);
    case 'hand-over-session':
      return aws('configure', 'export-credentials', '--profile', advised.profile);
    case 'wait-for-consistency':
      return rootctl('status');
    case 'allow-session': {
      const command = advised.task === null ? undefined : commandOfTask[advised.task];
      return command === undefined ? rootctl('policy', 'iam') : rootctl('policy', 'iam', '--for', command);
    }
    case 'root-denied-by-scp':
      return rootctl('doctor');
    case 'allow-at-home':
      return rootctl('policy', 'iam');
    case 'allow-switching':
      return rootctl('policy', 'iam', '--for', 'enable');
    case 'deregister-first':
      return rootctl('disable', '--delegated-admin', 'ACCOUNT');
    default:
      return null;
  }
}
