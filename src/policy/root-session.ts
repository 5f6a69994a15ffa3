import type { AccessRequest } from './context.ts';
import type { Doubt } from './doubt.ts';
import { evaluateScps, type ScpDecision, type ScpLevel, type ScpName, type ScpTarget, type Unreadable } from './scp.ts';

/** What is to be done in a root session: which of its calls the service control policies must let through. */
export type RootTask =
  /** The reads of `status` and the deletions of `delete`: `iam:…`, in the order in which a blocked one is named. */
  | { readonly task: 'credentials'; readonly actions: readonly string[] }
  | { readonly task: 'recovery' }
  | { readonly task: 's3'; readonly bucketArn: string }
  | { readonly task: 'sqs'; readonly queueArn: string };

export interface RootSessionAccount {
  readonly accountId: string;
  readonly partition: string;
  readonly organizationId: string;
  /** `o-…/r-…/ou-…/`, as Organizations writes it in `Account.Paths`; null when it is not known. */
  readonly path: string | null;
  /** From the organization's root down to the account, the account itself included. */
  readonly levels: readonly ScpLevel[];
}

export interface JudgedAction {
  readonly action: string;
  readonly decision: ScpDecision;
}

/** The verdict of an account, and what it rests on: the first blocked action, else the first that cannot be told. */
export interface ScpVerdict {
  readonly account: string;
  readonly verdict: ScpDecision['verdict'];
  readonly policy: ScpName | null;
  readonly sid: string | null;
  readonly target: ScpTarget | null;
  /** Why it cannot be told; null when it can. */
  readonly why: Doubt | Unreadable | null;
  readonly blockedActions: readonly string[];
  readonly doubtfulActions: readonly string[];
  readonly actions: readonly JudgedAction[];
}

/**
 * Whether the service control policies let an account's root session do its work. SCPs bind the member's root user and so its
 * root sessions; `blocked` beats `cannot-tell` beats `clear`.
 */
export function judgeRootSessionScps(account: RootSessionAccount, tasks: readonly RootTask[]): ScpVerdict {
  const actions = tasks
    .flatMap((task) => rootSessionRequests(account, task))
    .map((request) => ({ action: request.action, decision: evaluateScps(account.levels, request) }));
  const withVerdict = (verdict: ScpDecision['verdict']) =>
    actions.filter(({ decision }) => decision.verdict === verdict);
  const blocked = withVerdict('blocked');
  const doubtful = withVerdict('cannot-tell');
  const decisive = (blocked[0] ?? doubtful[0])?.decision ?? { verdict: 'clear' };
  return {
    account: account.accountId,
    ...(decisive.verdict === 'clear'
      ? { verdict: 'clear', policy: null, sid: null, target: null, why: null }
      : {
          verdict: decisive.verdict,
          policy: decisive.policy,
          sid: decisive.sid,
          target: decisive.target,
          why: decisive.verdict === 'cannot-tell' ? decisive.why : null,
        }),
    blockedActions: blocked.map(({ action }) => action),
    doubtfulActions: doubtful.map(({ action }) => action),
    actions,
  };
}

/** The requests a task makes in a root session of the account, with all that can be known of them beforehand. */
export function rootSessionRequests(account: RootSessionAccount, task: RootTask): readonly AccessRequest[] {
  const root = `arn:${account.partition}:iam::${account.accountId}:root`;
  switch (task.task) {
    case 'credentials':
      return task.actions.map((action) => iamRequest(account, action, action === 'iam:GetAccountSummary' ? '*' : root));
    case 'recovery':
      return ['iam:CreateLoginProfile', 'iam:GetLoginProfile'].map((action) => iamRequest(account, action, root));
    case 's3':
      return [
        requestOf(account, 's3:ListAllMyBuckets', '*', {}),
        ...['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'].map((action) =>
          requestOf(account, action, task.bucketArn, {}),
        ),
      ];
    case 'sqs':
      return ['sqs:ListQueues', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:SetQueueAttributes'].map((action) =>
        requestOf(
          account,
          action,
          action === 'sqs:ListQueues' ? '*' : task.queueArn,
          regionKey(task.queueArn.split(':')[3]),
        ),
      );
  }
}

/** IAM is a global service: its requests carry the region of its only endpoint, and nobody can tag a root user. */
function iamRequest(account: RootSessionAccount, action: string, resource: string): AccessRequest {
  const request = requestOf(account, action, resource, regionKey(iamRegions.get(account.partition)));
  return { ...request, absentKeys: [...absentKeys, 'aws:ResourceTag/*', 'iam:ResourceTag/*'] };
}

/** A region that is not known is no key at all, which in these requests means unknown, not absent. */
function regionKey(region: string | undefined): AccessRequest['keys'] {
  return region === undefined ? {} : { 'aws:RequestedRegion': region };
}

const iamRegions = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

/**
 * The context of a call by rootctl in a root session (IAM User Guide, "Global condition context keys", read 2026-09).
 * Not claimed, though likely: `aws:PrincipalType` and `aws:userid`, which AWS documents for a root user but not for a
 * root session; `aws:MultiFactorAuthPresent`; `aws:SourceIdentity`, which a caller's session may hand down.
 */
function requestOf(
  { accountId, partition, organizationId, path }: RootSessionAccount,
  action: string,
  resource: string,
  keys: AccessRequest['keys'],
): AccessRequest {
  return {
    action,
    resource,
    keys: {
      'aws:PrincipalArn': `arn:${partition}:iam::${accountId}:root`,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalOrgID': organizationId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:AssumedRoot': 'true',
      'aws:ViaAWSService': 'false',
      'aws:SecureTransport': 'true',
      'aws:ResourceAccount': accountId,
      'aws:ResourceOrgID': organizationId,
      ...(path === null ? {} : { 'aws:PrincipalOrgPaths': [path], 'aws:ResourceOrgPaths': [path] }),
      ...keys,
    },
    unknownKeys: 'all-others',
    absentKeys,
  };
}

/** Keys of users, roles, services, instances and tagging requests, which a direct call by a root user never carries. */
const absentKeys = [
  ...['aws:username', 'aws:PrincipalTag/*', 'aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList'],
  ...['aws:FederatedProvider', 'aws:SignInSessionArn', 'aws:ChatbotSourceArn', 'identitystore:UserId'],
  ...['aws:Ec2InstanceSource*', 'ec2:RoleDelivery', 'ec2:SourceInstanceArn', 'ssm:SourceInstanceArn'],
  ...['lambda:SourceFunctionArn', 'glue:RoleAssumedBy', 'glue:CredentialIssuingService'],
  ...['codebuild:BuildArn', 'codebuild:ProjectArn', 'aws:CalledVia*', 'aws:RequestTag/*', 'aws:TagKeys'],
  ...['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'],
];
