import { describe, expect, it } from 'vitest';
import { evaluatePolicy, type TaskPolicyName } from '../../src/policy/index.ts';
import { accountId, request, rootArn, taskPolicy } from './fixtures.ts';

const bucket = 'arn:aws:s3:::locked';
const queue = `arn:aws:sqs:eu-west-1:${accountId}:locked`;
const reads = [
  'GetUser',
  'GetLoginProfile',
  'ListAccessKeys',
  'GetAccessKeyLastUsed',
  'ListMFADevices',
  'ListSigningCertificates',
];
const on = (resource: string, ...operations: readonly string[]) => operations.map((name) => [name, resource] as const);

/** What may be called, from AWS's documents; everything else is denied. */
const allowed: Readonly<Record<TaskPolicyName, readonly (readonly [string, string])[]>> = {
  IAMAuditRootUserCredentials: [
    ...on('*', 'iam:GetAccountSummary'),
    ...on(rootArn, ...reads.map((name) => `iam:${name}`)),
  ],
  IAMDeleteRootUserCredentials: [
    ...on(rootArn, ...reads.map((name) => `iam:${name}`)),
    ...on(rootArn, 'iam:DeleteLoginProfile', 'iam:DeleteAccessKey', 'iam:DeleteSigningCertificate'),
    ...on(rootArn, 'iam:DeactivateMFADevice', 'iam:DeleteVirtualMFADevice'),
  ],
  IAMCreateRootUserPassword: on(rootArn, 'iam:CreateLoginProfile', 'iam:GetLoginProfile'),
  S3UnlockBucketPolicy: [
    ...on('*', 's3:ListAllMyBuckets'),
    ...on(bucket, 's3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'),
  ],
  SQSUnlockQueuePolicy: [
    ...on('*', 'sqs:ListQueues'),
    ...on(queue, 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:SetQueueAttributes'),
  ],
};

const everything = [
  ...Object.values(allowed).flat(),
  ...on(
    '*',
    'sts:GetCallerIdentity',
    'iam:CreateUser',
    's3:GetObject',
    'sqs:ReceiveMessage',
    'organizations:LeaveOrganization',
  ),
  ...on(
    rootArn,
    'iam:CreateAccessKey',
    'iam:UpdateLoginProfile',
    'iam:EnableMFADevice',
    'iam:UploadSigningCertificate',
  ),
];

const keys = { 'aws:PrincipalArn': rootArn, 'aws:PrincipalAccount': accountId, 'aws:ResourceAccount': accountId };
const names: readonly TaskPolicyName[] = [
  'IAMAuditRootUserCredentials',
  'IAMDeleteRootUserCredentials',
  'IAMCreateRootUserPassword',
  'S3UnlockBucketPolicy',
  'SQSUnlockQueuePolicy',
];

describe.each(names)('task policy %s', (name) => {
  const mine = new Set(allowed[name].map(([action]) => action));

  it.each(allowed[name])('does not deny %s on %s', (action, resource) => {
    expect(evaluatePolicy(taskPolicy(name), request(action, resource, keys)).effect).toBe('none');
  });

  it.each(everything.filter(([action]) => !mine.has(action)))('denies %s on %s', (action, resource) => {
    expect(evaluatePolicy(taskPolicy(name), request(action, resource, keys)).effect).toBe('deny');
  });
});

describe('the small print of the task policies', () => {
  const effect = (name: TaskPolicyName, action: string, resource: string, extra: Record<string, string> = {}) =>
    evaluatePolicy(taskPolicy(name), request(action, resource, { ...keys, ...extra })).effect;

  it("a virtual MFA device's own ARN is not the root user, so deleting it is denied", () => {
    const device = `arn:aws:iam::${accountId}:mfa/root-account-mfa-device`;
    expect(effect('IAMDeleteRootUserCredentials', 'iam:DeleteVirtualMFADevice', device)).toBe('deny');
  });

  it("users' credentials are out of reach", () => {
    const user = `arn:aws:iam::${accountId}:user/eve`;
    expect(effect('IAMDeleteRootUserCredentials', 'iam:DeleteAccessKey', user)).toBe('deny');
    expect(effect('IAMAuditRootUserCredentials', 'iam:ListAccessKeys', user)).toBe('deny');
    expect(effect('IAMCreateRootUserPassword', 'iam:CreateLoginProfile', user)).toBe('deny');
  });

  it("another account's queue and a caller that is not root are denied", () => {
    const foreign = { 'aws:ResourceAccount': '444455556666' };
    expect(effect('SQSUnlockQueuePolicy', 'sqs:GetQueueAttributes', queue, foreign)).toBe('deny');
    const role = { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/x` };
    expect(effect('S3UnlockBucketPolicy', 's3:GetBucketPolicy', bucket, role)).toBe('deny');
    expect(effect('SQSUnlockQueuePolicy', 'sqs:SetQueueAttributes', queue, role)).toBe('deny');
  });
});
