import { readFileSync } from 'node:fs';
import {
  type AccessRequest,
  type PolicyDocument,
  parsePolicy,
  type ScpLevel,
  type TaskPolicyName,
} from '../../src/policy/index.ts';

export const accountId = '111122223333';
export const organizationId = 'o-exampleorg1';
export const path = 'o-exampleorg1/r-ab12/ou-ab12-workload/';
export const rootArn = `arn:aws:iam::${accountId}:root`;

/** A policy variable, spelled so that nobody takes it for a template. */
export const variable = (name: string) => `$\u007b${name}}`;

export const policy = (...statements: readonly object[]): PolicyDocument =>
  parsePolicy({ Version: '2012-10-17', Statement: statements });

/** A statement's condition alone: does it hold? Read off a Deny that has nothing else to say. */
export const withCondition = (condition: object): PolicyDocument =>
  policy({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });

export const request = (
  action: string,
  resource: string,
  keys: AccessRequest['keys'] = {},
  rest: Partial<AccessRequest> = {},
): AccessRequest => ({ action, resource, keys, ...rest });

export const fullAccess = policy({ Effect: 'Allow', Action: '*', Resource: '*' });

export interface Attached {
  readonly root?: Readonly<Record<string, PolicyDocument>>;
  readonly ou?: Readonly<Record<string, PolicyDocument>>;
  readonly account?: Readonly<Record<string, PolicyDocument>>;
}

/** Root, one unit and the account; each carries FullAWSAccess unless the test says otherwise. */
export function levels({ root, ou, account }: Attached): readonly ScpLevel[] {
  const attached = (documents: Readonly<Record<string, PolicyDocument>> = { FullAWSAccess: fullAccess }) =>
    Object.entries(documents).map(([name, document]) => ({ id: `p-${name}`, name, document }));
  return [
    { target: { id: 'r-ab12', name: 'Root', kind: 'root' }, policies: attached(root) },
    { target: { id: 'ou-ab12-workload', name: 'Workloads', kind: 'ou' }, policies: attached(ou) },
    { target: { id: accountId, name: 'orders', kind: 'account' }, policies: attached(account) },
  ];
}

const denyRoot = (condition: object, rest: object = { Action: '*' }) =>
  policy({ Sid: 'DenyRoot', Effect: 'Deny', Resource: '*', ...rest, Condition: condition });

const root = 'arn:aws:iam::*:root';

/** Policies that people run into, as they are published; `from` says where. */
export const published = {
  /** AWS Organizations User Guide, "General examples": restrict the root user. */
  denyRoot: denyRoot({ StringLike: { 'aws:PrincipalArn': [root] } }),
  /** aws-samples/service-control-policy-examples, Prevent-root-credentials-management-…json. */
  denyRootExceptSessionsNull: denyRoot({
    ArnLike: { 'aws:PrincipalArn': [root] },
    Null: { 'aws:AssumedRoot': 'true' },
  }),
  denyRootExceptSessionsBool: denyRoot({
    StringLike: { 'aws:PrincipalArn': root },
    BoolIfExists: { 'aws:AssumedRoot': 'false' },
  }),
  /** The mistake of many: without IfExists it lets the real root user through and is no exemption either way. */
  denyRootSessionsByMistake: denyRoot({ ArnLike: { 'aws:PrincipalArn': root }, Bool: { 'aws:AssumedRoot': 'true' } }),
  /** AWS Control Tower controls reference, AWS-GR_RESTRICT_ROOT_USER, without and with ExemptAssumeRoot. */
  controlTower: policy({
    Sid: 'GRRESTRICTROOTUSER',
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': ['arn:*:iam::*:root'] } },
  }),
  controlTowerExempt: policy({
    Sid: 'GRRESTRICTROOTUSER',
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': ['arn:*:iam::*:root'] }, Null: { 'aws:AssumedRoot': 'true' } },
  }),
  /** aws-samples/landing-zone-accelerator-on-aws-for-cccs-medium, LZA-Guardrails-Sensitive.json, statement ROOT. */
  landingZone: policy({
    Sid: 'ROOT',
    Effect: 'Deny',
    NotAction: [
      ...['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:GetUser', 'iam:ListMFADevices'],
      ...['iam:ListVirtualMFADevices', 'iam:ResyncMFADevice', 'sts:GetSessionToken', 'iam:DeleteVirtualMFADevice'],
      ...['trustedadvisor:*', 'support:*', 'account:*'],
    ],
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:root'] } },
  }),
  /** aws-samples/service-control-policy-examples, Deny-the-root-user-…-except-S3-bucketpolicy-changes.json. */
  onlyBucketPolicies: denyRoot(
    { ArnLike: { 'aws:PrincipalArn': root } },
    { NotAction: ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'] },
  ),
  /** aws-samples/service-control-policy-examples, region controls, shortened: global services are spared by NotAction. */
  regionDeny: policy({
    Sid: 'DenyOutsideEurope',
    Effect: 'Deny',
    NotAction: ['iam:*', 'organizations:*', 'sts:*', 'support:*'],
    Resource: '*',
    Condition: {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] },
      ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/Privileged' },
    },
  }),
} as const;

const taskPolicyFolder = new URL('./task-policies/', import.meta.url);

export function taskPolicy(name: TaskPolicyName): PolicyDocument {
  return parsePolicy(readFileSync(new URL(`${name}.json`, taskPolicyFolder), 'utf8'));
}
