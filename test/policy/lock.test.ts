import { describe, expect, it } from 'vitest';
import { judgeResourcePolicy, parsePolicy } from '../../src/policy/index.ts';
import { en } from '../../src/words/index.ts';
import { accountId, variable } from './fixtures.ts';

const bucket = 'arn:aws:s3:::locked';
const queue = `arn:aws:sqs:eu-central-1:${accountId}:locked`;
const on = (resourceArn: string) => ({ accountId, partition: 'aws', resourceArn });

function judge(statement: object, resourceArn = bucket) {
  const document = parsePolicy({
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucket, `${bucket}/*`], ...statement },
  });
  const [judged] = judgeResourcePolicy(document, on(resourceArn));
  if (judged === undefined) throw new Error('one statement');
  return judged;
}

/** Without a principal of its own; an element that is undefined is left out, as JSON would. */
const stripped = (statement: object) => {
  const document = parsePolicy({
    Version: '2012-10-17',
    Statement: JSON.parse(JSON.stringify({ Effect: 'Deny', Action: 's3:*', Resource: bucket, ...statement })),
  });
  return judgeResourcePolicy(document, on(bucket))[0]?.locks;
};

describe('which statement of a bucket policy locks', () => {
  it.each<[string, object, 'yes' | 'no' | 'unsure']>([
    ['everybody, everything', {}, 'yes'],
    ['every action of every service', { Action: '*' }, 'yes'],
    ['any AWS principal', { Principal: { AWS: '*' } }, 'yes'],
    ['the account by its root', { Principal: { AWS: `arn:aws:iam::${accountId}:root` } }, 'yes'],
    ['the account by number', { Principal: { AWS: accountId } }, 'yes'],
    ['both changing actions by name', { Action: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'] }, 'yes'],
    ['only one of them', { Action: 's3:PutBucketPolicy' }, 'unsure'],
    ['the objects, not the bucket', { Resource: `${bucket}/*` }, 'no'],
    ['another bucket', { Resource: 'arn:aws:s3:::other' }, 'no'],
    ['reading objects', { Action: 's3:GetObject' }, 'no'],
    ['one role', { Principal: { AWS: `arn:aws:iam::${accountId}:role/x` } }, 'no'],
    ['another account', { Principal: { AWS: '444455556666' } }, 'no'],
    ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, 'no'],
    ['a canonical user', { Principal: { CanonicalUser: 'abc' } }, 'unsure'],
    ['an allowance', { Effect: 'Allow' }, 'no'],
    ['only without TLS', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, 'no'],
    ['only other accounts', { Condition: { StringNotEquals: { 'aws:PrincipalAccount': accountId } } }, 'no'],
    ['only this account', { Condition: { StringEquals: { 'aws:PrincipalAccount': accountId } } }, 'yes'],
    ['all but one endpoint', { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-gone' } } }, 'unsure'],
    [
      'all but one role',
      { Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/x` } } },
      'unsure',
    ],
    ['all but an address', { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, 'unsure'],
    ['an operator that is not known', { Condition: { Odd: { k: 'v' } } }, 'unsure'],
    ['no AWS service', { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } }, 'yes'],
    ['a variable of the caller', { Resource: `arn:aws:s3:::${variable('aws:username')}` }, 'unsure'],
  ])('%s: %j → %s', (_name, statement, locks) => {
    expect(judge(statement).locks).toBe(locks);
  });

  it.each<[string, object, 'yes' | 'no' | 'unsure']>([
    ['everyone except a role of the account', { NotPrincipal: { AWS: `arn:aws:iam::${accountId}:role/x` } }, 'unsure'],
    ['everyone except a foreigner', { NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' } }, 'yes'],
    ['everyone except everyone', { NotPrincipal: { AWS: '*' } }, 'no'],
    ['all actions but reading', { Principal: '*', Action: undefined, NotAction: 's3:Get*' }, 'yes'],
    ['nobody named', {}, 'unsure'],
  ])('%s', (_name, statement, locks) => {
    expect(stripped(statement)).toBe(locks);
  });

  it('says why in one sentence', () => {
    const { lock } = en.policy;
    expect(lock(judge({}).why)).toBe(
      'It denies everyone s3:PutBucketPolicy and s3:DeleteBucketPolicy without any condition.',
    );
    expect(lock(judge({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-gone' } } }).why)).toBe(
      'It depends on the caller (StringNotEquals aws:SourceVpce): the value of aws:SourceVpce is unknown.',
    );
    expect(lock(judge({ Action: 's3:GetObject' }).why)).toBe(
      'It does not deny s3:PutBucketPolicy or s3:DeleteBucketPolicy, so the policy can be changed.',
    );
  });

  it('judges every statement, in order, and keeps Sids', () => {
    const document = parsePolicy({
      Statement: [
        { Sid: 'Read', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucket}/*` },
        { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket },
      ],
    });
    expect(judgeResourcePolicy(document, on(bucket))).toMatchObject([
      { index: 0, sid: 'Read', locks: 'no' },
      { index: 1, sid: null, locks: 'yes' },
    ]);
  });
});

describe('which statement of a queue policy locks', () => {
  it.each<[string, object, 'yes' | 'no' | 'unsure']>([
    ['everything', { Action: 'sqs:*', Resource: queue }, 'yes'],
    ['in capitals, as old policies have it', { Action: 'SQS:*', Resource: queue }, 'yes'],
    ['setting attributes', { Action: 'sqs:SetQueueAttributes', Resource: '*' }, 'yes'],
    ['sending', { Action: 'sqs:SendMessage', Resource: queue }, 'no'],
    [
      'all but one endpoint',
      { Action: 'sqs:*', Resource: queue, Condition: { StringNotEquals: { 'aws:SourceVpce': 'v' } } },
      'unsure',
    ],
  ])('%s: %s', (_name, statement, locks) => {
    expect(judge(statement, queue).locks).toBe(locks);
  });
});
