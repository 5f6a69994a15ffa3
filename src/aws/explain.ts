import type { ErrorEntry } from '../documents/index.ts';
import { type AwsError, type Failure, isUntrusted } from './failure.ts';

/** What AWS refused, in words, with the cure: one entry for stderr, for JSON and for an account's line. */
export function explain(error: AwsError): ErrorEntry {
  const { failure, operation } = error;
  return { code: failure.code, message: messageOf(operation, failure), hint: failure.hint ?? hintOf(error) };
}

function messageOf(operation: string, failure: Failure): string {
  switch (failure.kind) {
    case 'unreachable':
      return `${operation}: AWS could not be reached: ${failure.message}`;
    case 'aborted':
      return `${operation}: given up because the run was stopped`;
    case 'throttled':
      return `${operation}: AWS kept throttling: ${failure.message}`;
    default:
      return `${operation}: ${failure.message}`;
  }
}

/** Cures for codes that mean the same whichever call answers them. */
const cures: Readonly<Record<string, string>> = {
  ServiceAccessNotEnabledException: 'turn on trusted access and the features: rootctl enable',
  AccountNotManagementOrDelegatedAdministratorException:
    'use credentials of the management account or of a delegated administrator for iam.amazonaws.com',
  CallerIsNotManagementAccountException: 'use credentials of the management account',
  OrganizationNotFoundException: 'use credentials of an account that is in an organization',
  OrganizationNotInAllFeaturesModeException: 'enable all features: aws organizations enable-all-features',
  AWSOrganizationsNotInUseException: 'use credentials of an account that is in an organization',
  RegionDisabledException: 'choose a region that is enabled for the calling account: --region us-east-1',
  InvalidAction: 'what answers does not know this call: check --endpoint-url, or whether the emulator there is recent',
  ConcurrentModificationException: 'somebody else is changing the organization: run the command again',
  AccountAlreadyClosedException: 'the account is closed: leave it out with --exclude',
  PolicyTypeNotEnabledException: 'service control policies are off in this organization: nothing to check',
  EntityTemporarilyUnmodifiable: 'AWS is still changing this credential: run the command again in a minute',
  EntityAlreadyExists: 'a password exists or its recovery is already allowed',
  DeleteConflict: 'something in AWS still uses this credential: detach it, then run the command again',
  LimitExceeded: 'the account has reached a quota of IAM: see the Service Quotas console',
  ExpiredToken: 'your credentials have expired: sign in again (for SSO: aws sso login)',
  ExpiredTokenException: 'your credentials have expired: sign in again (for SSO: aws sso login)',
  RequestExpired: "this machine's clock is off: set it, then run the command again",
  InvalidClientTokenId: 'AWS does not know these credentials: check AWS_PROFILE, AWS_ACCESS_KEY_ID and --profile',
  UnrecognizedClientException:
    'AWS does not know these credentials: check AWS_PROFILE, AWS_ACCESS_KEY_ID and --profile',
  SignatureDoesNotMatch:
    'the secret access key does not fit the access key id, or --endpoint-url or --region is not what AWS expects',
  InvalidSignatureException:
    'the secret access key does not fit the access key id, or --endpoint-url or --region is not what AWS expects',
  CredentialsProviderError:
    'give credentials: aws configure, aws sso login, AWS_PROFILE or --profile (without an account: --sandbox)',
  TokenProviderError: 'sign in again: aws sso login',
  MalformedResponse:
    'something may answer in the place of AWS, such as a proxy or a sign-in page: look at --endpoint-url and at the network',
  ProxyRefused:
    'ask whoever runs the proxy, give it a user (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT), or go past it: NO_PROXY',
  InconsistentAnswers: 'AWS needs a moment after a change: run rootctl status again',
};

/** What a company's proxy that opens TLS looks like from within. */
const untrustedHint =
  'its certificate is not trusted: behind a proxy that opens TLS, name the CA of your company with AWS_CA_BUNDLE=FILE';

/** Which command of rootctl needs a task, so that the hint names the smallest policy that helps. */
const commandOfTask: Readonly<Record<string, string>> = {
  IAMAuditRootUserCredentials: 'status',
  IAMDeleteRootUserCredentials: 'delete',
  IAMCreateRootUserPassword: 'recover',
  S3UnlockBucketPolicy: 'unlock',
  SQSUnlockQueuePolicy: 'unlock',
};

/** The statement that the caller's policy lacks, by the name that `rootctl policy iam` gives it. */
function deniedSessionHint(taskPolicy: string | null): string {
  const wait = 'right after rootctl enable, wait a minute';
  const command = taskPolicy === null ? undefined : commandOfTask[taskPolicy];
  if (taskPolicy === null || command === undefined) {
    return `allow sts:AssumeRoot for this account and task policy (rootctl policy iam), and see rootctl doctor; ${wait}`;
  }
  return `allow sts:AssumeRoot with task policy ${taskPolicy} for this account: statement AssumeRoot${taskPolicy} of rootctl policy iam --for ${command}; see also rootctl doctor; ${wait}`;
}

/** The hint of a refusal inside a root session, until the policies that apply have been read (`cli/denials.ts`). */
export const deniedInSessionHint =
  'a service control policy probably denies the root user without exempting root sessions: rootctl doctor';

/** `iam:ListOrganizationsFeatures`, `organizations:ListAccounts`: the action behind a call at home. */
function actionOf(operation: string): string {
  const isIam = /Organizations(?:Root|Features)|AccountSummary/u.test(operation);
  return `${isIam ? 'iam' : 'organizations'}:${operation}`;
}

const switching = /^(?:Enable|Disable|Register|Deregister)/u;

const memberOperations =
  /^(?:GetAccountSummary|GetUser|(?:Get|Create|Delete)LoginProfile|(?:List|Delete)AccessKeys?|GetAccessKeyLastUsed|(?:List|Deactivate)MFADevices?|(?:List|Delete)SigningCertificates?|ListBuckets|(?:Get|Put|Delete)BucketPolicy|ListQueues|GetQueueUrl|(?:Get|Set)QueueAttributes)$/u;

function hintOf({ operation, failure, taskPolicy }: AwsError): string | null {
  switch (failure.kind) {
    case 'unreachable':
      if (isUntrusted(failure.code)) return untrustedHint;
      return cures[failure.code] ?? 'check the network, HTTPS_PROXY, --region and --endpoint-url';
    case 'throttled':
      return 'lower --concurrency or --rate, and run the command again';
    case 'transient':
      return cures[failure.code] ?? 'AWS failed on its side: run the command again';
    case 'aborted':
      return null;
    case 'denied':
      if (memberOperations.test(operation)) return deniedInSessionHint;
      if (operation === 'AssumeRoot') return deniedSessionHint(taskPolicy);
      return `allow ${actionOf(operation)}, in the management account${switching.test(operation) ? ': rootctl policy iam --for enable' : ' or a delegated administrator: rootctl policy iam'}`;
    default:
      if (failure.code === 'ConstraintViolationException') return constraintHints[operation] ?? null;
      if (failure.code === 'InvalidAction' && operation === 'AssumeRoot') return regionalHint;
      return cures[failure.code] ?? null;
  }
}

/** STS's global endpoint does not know `AssumeRoot`, and knows every other call. */
const regionalHint =
  'the endpoint does not serve AssumeRoot, which needs a regional STS endpoint: check --region and --endpoint-url';

/** One code for some fifty reasons (Organizations API Reference): each call of ours meets another of them. */
const constraintHints: Readonly<Record<string, string>> = {
  DisableAWSServiceAccess: 'deregister the delegated administrator first: rootctl disable --delegated-admin ACCOUNT',
};
