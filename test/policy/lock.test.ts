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

describe('why a statement locks, or does not', () => {
  const changing = ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
  const role = `arn:aws:iam::${accountId}:role/x`;
  const foreigner = 'arn:aws:iam::444455556666:root';
  const everybody = { whom: 'everybody' };
  const denies = (whom: object, conditions: readonly string[] = []) => ({
    locks: 'yes',
    why: { reason: 'denies', whom, actions: changing, conditions },
  });

  it.each<[string, object, object]>([
    ['it denies everybody', {}, denies(everybody)],
    ['it denies everybody, and some again', { Principal: { AWS: ['*', role] } }, denies(everybody)],
    ['it denies the account', { Principal: { AWS: accountId } }, denies({ whom: 'account' })],
    [
      'it denies the account by its root',
      { Principal: { AWS: ['x', `arn:aws:iam::${accountId}:root`] } },
      denies({ whom: 'account' }),
    ],
    [
      'it has conditions that the account always meets',
      { Condition: { Bool: { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false' } } },
      denies(everybody, ['Bool aws:SecureTransport', 'Bool aws:ViaAWSService']),
    ],
    ['it allows', { Effect: 'Allow' }, { locks: 'no', why: { reason: 'allows' } }],
    [
      'it leaves what changes the policy',
      { Action: 's3:GetObject' },
      { locks: 'no', why: { reason: 'leaves-changing', actions: changing } },
    ],
    [
      'it denies only some of what changes the policy',
      { Action: 's3:DeleteBucketPolicy' },
      {
        locks: 'unsure',
        why: {
          reason: 'denies-some',
          whom: everybody,
          actions: ['s3:DeleteBucketPolicy'],
          left: ['s3:PutBucketPolicy'],
        },
      },
    ],
    [
      'it denies some principals',
      { Principal: { AWS: [role, foreigner], Service: 's3.amazonaws.com', Federated: 'x' } },
      { locks: 'no', why: { reason: 'only-some', principals: [role, foreigner, 's3.amazonaws.com', 'x'] } },
    ],
    [
      'it denies principals of a kind that cannot be matched',
      { Principal: { AWS: role, CanonicalUser: ['a', 'b'] } },
      { locks: 'unsure', why: { reason: 'unmatched-types', types: ['AWS', 'CanonicalUser'] } },
    ],
    [
      'a service that is called everybody is one service',
      { Principal: { Service: '*' } },
      { locks: 'no', why: { reason: 'only-some' } },
    ],
    [
      'a number that is no AWS principal is not the account',
      { Principal: { Service: accountId } },
      { locks: 'no', why: { reason: 'only-some' } },
    ],
    [
      'it is about other resources',
      { Resource: `${bucket}/*` },
      { locks: 'no', why: { reason: 'other-resources', resource: bucket } },
    ],
    [
      'its conditions spare the account',
      { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { locks: 'no', why: { reason: 'spared', conditions: ['Bool aws:SecureTransport'] } },
    ],
    [
      'it depends on the caller',
      { Condition: { StringNotEquals: { 'aws:SourceVpce': 'v' } } },
      {
        locks: 'unsure',
        why: {
          reason: 'depends',
          conditions: ['StringNotEquals aws:SourceVpce'],
          doubt: { doubt: 'unknown-value', key: 'aws:SourceVpce' },
        },
      },
    ],
  ])('%s', (_name, statement, expected) => {
    expect(judge(statement)).toMatchObject(expected);
  });

  const judgeBare = (statement: object) => {
    const document = parsePolicy({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 's3:*', Resource: bucket, ...statement },
    });
    return judgeResourcePolicy(document, on(bucket))[0];
  };

  it.each<[string, object, object]>([
    ['it names nobody', {}, { locks: 'unsure', why: { reason: 'no-principal' } }],
    ['it spares everybody', { NotPrincipal: { AWS: ['x', '*'] } }, { locks: 'no', why: { reason: 'nobody' } }],
    [
      'it spares foreigners only',
      { NotPrincipal: { AWS: [foreigner] } },
      denies({ whom: 'all-but', principals: [foreigner] }),
    ],
    ...[role, accountId, `arn:aws:iam::${accountId}:root`, `arn:aws:sts::${accountId}:assumed-role/x/y`].map(
      (insider): [string, object, object] => [
        `it spares somebody of the account: ${insider}`,
        { NotPrincipal: { AWS: [foreigner, insider] } },
        { locks: 'unsure', why: { reason: 'all-but-insiders', principals: [foreigner, insider] } },
      ],
    ),
    [
      'it spares somebody who may be of the account',
      { NotPrincipal: { CanonicalUser: 'abc' } },
      { locks: 'unsure', why: { reason: 'all-but-insiders', principals: ['abc'] } },
    ],
    [
      'it spares a service whose name looks like an insider',
      { NotPrincipal: { Service: role } },
      denies({ whom: 'all-but', principals: [role] }),
    ],
  ])('%s', (_name, statement, expected) => {
    expect(judgeBare(statement)).toMatchObject(expected);
  });

  it('what spares the account for certain counts more than what nobody can tell', () => {
    const spared = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(judgeBare(spared)).toMatchObject({ locks: 'no', why: { reason: 'spared' } });
    expect(judgeBare({ Resource: 'arn:aws:s3:::other' })).toMatchObject({
      locks: 'no',
      why: { reason: 'other-resources' },
    });
    const doubtful = { Condition: { StringNotEquals: { 'aws:SourceVpce': 'v' } } };
    expect(judgeBare(doubtful)).toMatchObject({ locks: 'unsure', why: { reason: 'no-principal' } });
  });

  it.each<[string, string, boolean]>([
    ['aws:PrincipalAccount', accountId, true],
    ['aws:PrincipalAccount', '444455556666', false],
    ['aws:ResourceAccount', accountId, true],
    ['aws:PrincipalIsAWSService', 'false', true],
    ['aws:PrincipalIsAWSService', 'true', false],
    ['aws:SecureTransport', 'true', true],
    ['aws:ViaAWSService', 'false', true],
  ])("of the account's own calls it is known that %s is %s: %s", (key, value, holds) => {
    expect(judge({ Condition: { StringEquals: { [key]: value } } }).locks).toBe(holds ? 'yes' : 'no');
  });

  it('belongs to the partition that it is in', () => {
    const root = {
      Principal: { AWS: `arn:aws-cn:iam::${accountId}:root` },
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
    };
    const [inChina] = judgeResourcePolicy(parsePolicy({ Statement: root }), { ...on(bucket), partition: 'aws-cn' });
    const [elsewhere] = judgeResourcePolicy(parsePolicy({ Statement: root }), on(bucket));
    expect([inChina?.locks, elsewhere?.locks]).toEqual(['yes', 'no']);
  });

  it('variables are text in a policy of 2008, as they are for AWS', () => {
    const Resource = `arn:aws:s3:::${variable('aws:PrincipalAccount')}`;
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource };
    const where = { ...on(bucket), resourceArn: `arn:aws:s3:::${accountId}` };
    const lockOf = (Version: string) =>
      judgeResourcePolicy(parsePolicy({ Version, Statement: statement }), where)[0]?.locks;
    expect([lockOf('2012-10-17'), lockOf('2008-10-17')]).toEqual(['yes', 'no']);
  });

  it('a queue is changed by its attributes alone', () => {
    expect(judge({ Action: 'sqs:*', Resource: queue }, queue).why).toEqual({
      reason: 'denies',
      whom: everybody,
      actions: ['sqs:SetQueueAttributes'],
      conditions: [],
    });
  });
});
