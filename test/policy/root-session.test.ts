import { describe, expect, it } from 'vitest';
import {
  evaluateScps,
  judgeRootSessionScps,
  type PolicyDocument,
  type RootTask,
  rootSessionRequests,
} from '../../src/policy/index.ts';
import { credentialsTask } from '../../src/root/kinds/index.ts';
import { en } from '../../src/words/index.ts';
import { accountId, fullAccess, levels, organizationId, path, policy, published, variable } from './fixtures.ts';

const account = (document: PolicyDocument) => ({
  accountId,
  partition: 'aws',
  organizationId,
  path,
  levels: levels({ ou: { FullAWSAccess: fullAccess, Guard: document } }),
});

const judge = (document: PolicyDocument, ...tasks: readonly RootTask[]) =>
  judgeRootSessionScps(account(document), tasks.length === 0 ? [credentialsTask()] : tasks);

const deny = (condition: object) =>
  policy({ Sid: 'S', Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });

describe('root sessions under published policies', () => {
  it.each([
    ['FullAWSAccess alone', fullAccess, 'clear'],
    ['deny root', published.denyRoot, 'blocked'],
    ['deny root, exempting root sessions with Null', published.denyRootExceptSessionsNull, 'clear'],
    ['deny root, exempting root sessions with BoolIfExists', published.denyRootExceptSessionsBool, 'clear'],
    ['deny root in root sessions, by mistake', published.denyRootSessionsByMistake, 'blocked'],
    ['GRRESTRICTROOTUSER', published.controlTower, 'blocked'],
    ['GRRESTRICTROOTUSER with ExemptAssumeRoot', published.controlTowerExempt, 'clear'],
    ["a landing zone's NotAction statement", published.landingZone, 'blocked'],
    ['only bucket policies', published.onlyBucketPolicies, 'blocked'],
    ['a region denial that spares IAM', published.regionDeny, 'clear'],
  ] as const)('%s: %s', (_name, document, verdict) => {
    expect(judge(document).verdict).toBe(verdict);
  });

  it('names the policy, statement and unit that block, and every action', () => {
    expect(judge(published.controlTower)).toMatchObject({
      account: accountId,
      policy: { id: 'p-Guard', name: 'Guard' },
      sid: 'GRRESTRICTROOTUSER',
      target: { id: 'ou-ab12-workload', kind: 'ou' },
      why: null,
      blockedActions: expect.arrayContaining(['iam:GetAccountSummary', 'iam:DeleteLoginProfile']),
      doubtfulActions: [],
    });
    expect(judge(published.controlTower).blockedActions).toHaveLength(11);
    expect(en.policy.scp(judge(published.controlTower))).toBe(
      'statement GRRESTRICTROOTUSER of policy Guard (p-Guard) on Workloads (ou-ab12-workload) denies it',
    );
  });

  it('the landing zone lets two reads through and blocks the rest', () => {
    const { blockedActions } = judge(published.landingZone);
    expect(blockedActions).not.toContain('iam:GetUser');
    expect(blockedActions).not.toContain('iam:ListMFADevices');
    expect(blockedActions).toHaveLength(9);
  });

  it('a missing FullAWSAccess is blamed on its level', () => {
    const verdict = judgeRootSessionScps({ ...account(fullAccess), levels: levels({ root: {} }) }, [credentialsTask()]);
    expect(verdict).toMatchObject({
      verdict: 'blocked',
      policy: null,
      sid: null,
    });
    expect(en.policy.scp(verdict)).toBe('no policy on Root (r-ab12) allows it');
  });

  it('a denial of one deletion alone blocks the account and names that action alone', () => {
    const keep = policy({ Sid: 'Keep', Effect: 'Deny', Action: 'iam:DeactivateMFADevice', Resource: '*' });
    expect(judge(keep)).toMatchObject({ verdict: 'blocked', blockedActions: ['iam:DeactivateMFADevice'] });
  });
});

describe('what is known of a root session beforehand', () => {
  const v = variable;
  it.each<[string, object, 'clear' | 'blocked' | 'cannot-tell']>([
    ['the account', { StringEquals: { 'aws:PrincipalAccount': accountId } }, 'blocked'],
    ['another account', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }, 'clear'],
    ['the organization', { StringNotEquals: { 'aws:PrincipalOrgID': organizationId } }, 'clear'],
    [
      'its place in it',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-ab12/ou-ab12-workload/*' } },
      'blocked',
    ],
    [
      'elsewhere in it',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-ab12/ou-ab12-other/*' } },
      'clear',
    ],
    ['no AWS service', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'clear'],
    ['called directly', { Bool: { 'aws:ViaAWSService': 'false' } }, 'blocked'],
    ['no user name', { StringLike: { 'aws:username': '*' } }, 'clear'],
    ['no tags on the root user', { StringNotEquals: { 'aws:PrincipalTag/Team': 'cloud' } }, 'blocked'],
    ['the region of IAM', { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } }, 'blocked'],
    ['over TLS', { Bool: { 'aws:SecureTransport': 'false' } }, 'clear'],
    ["the resource's account", { StringNotEquals: { 'aws:ResourceAccount': v('aws:PrincipalAccount') } }, 'clear'],
    ['not an EC2 instance', { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } }, 'clear'],
    ['not the network', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'cannot-tell'],
    ['not the endpoint', { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, 'cannot-tell'],
    ['not the time', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, 'cannot-tell'],
    ['not MFA', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, 'cannot-tell'],
    ["not the principal's type", { StringEquals: { 'aws:PrincipalType': 'Account' } }, 'cannot-tell'],
    ['no key of tomorrow', { StringEquals: { 'aws:Tomorrow': 'x' } }, 'cannot-tell'],
    ['no operator of tomorrow', { StringResembles: { 'aws:PrincipalAccount': 'x' } }, 'cannot-tell'],
    [
      'a role is exempt, from elsewhere',
      {
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' },
        NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      },
      'cannot-tell',
    ],
    [
      'roles only, from elsewhere',
      {
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' },
        NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      },
      'clear',
    ],
  ])('%s', (_name, condition, verdict) => {
    expect(judge(deny(condition)).verdict).toBe(verdict);
  });

  it('what is not known is named', () => {
    const verdict = judge(deny({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }));
    expect(en.policy.scp(verdict)).toBe(
      'statement S of policy Guard (p-Guard) on Workloads (ou-ab12-workload): the value of aws:SourceIp is unknown',
    );
    expect(verdict).toMatchObject({
      why: { doubt: 'unknown-value', key: 'aws:SourceIp' },
      sid: 'S',
      blockedActions: [],
    });
  });

  it('blocked beats cannot-tell', () => {
    const both = policy(
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
      { Sid: 'Keys', Effect: 'Deny', Action: 'iam:DeleteAccessKey', Resource: '*' },
    );
    const verdict = judge(both);
    expect(verdict).toMatchObject({ verdict: 'blocked', sid: 'Keys', blockedActions: ['iam:DeleteAccessKey'] });
    expect(verdict.doubtfulActions).toHaveLength(10);
  });

  it("the region of another partition's IAM is not guessed", () => {
    const abroad = deny({ StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } });
    expect(judgeRootSessionScps({ ...account(abroad), partition: 'aws-iso' }, [credentialsTask()]).verdict).toBe(
      'cannot-tell',
    );
    expect(judgeRootSessionScps({ ...account(abroad), partition: 'aws-us-gov' }, [credentialsTask()]).verdict).toBe(
      'blocked',
    );
  });

  it('a path that is not known is not guessed', () => {
    const where = deny({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-ab12/*' } });
    expect(judgeRootSessionScps({ ...account(where), path: null }, [credentialsTask()]).verdict).toBe('cannot-tell');
  });
});

describe('other tasks', () => {
  const bucketArn = 'arn:aws:s3:::locked';
  const queueArn = `arn:aws:sqs:eu-central-1:${accountId}:locked`;

  it('recovery asks for CreateLoginProfile', () => {
    const noLogin = policy({ Effect: 'Deny', Action: 'iam:CreateLoginProfile', Resource: '*' });
    expect(judge(noLogin).verdict).toBe('clear');
    expect(judge(noLogin, { task: 'recovery' })).toMatchObject({ blockedActions: ['iam:CreateLoginProfile'] });
  });

  it('unlocking a bucket is possible where root may only change bucket policies', () => {
    const { blockedActions } = judge(published.onlyBucketPolicies, { task: 's3', bucketArn });
    expect(blockedActions).toEqual(['s3:ListAllMyBuckets']);
  });

  it("a queue's region is known, a bucket's is not", () => {
    expect(judge(published.regionDeny, { task: 'sqs', queueArn }).verdict).toBe('clear');
    expect(judge(published.regionDeny, { task: 's3', bucketArn })).toMatchObject({
      verdict: 'cannot-tell',
      why: { doubt: 'unknown-value', key: 'aws:RequestedRegion' },
    });
  });
});

it('of many accounts under sixty statements the one that is meant is blocked, and no other', () => {
  const noise = Array.from({ length: 19 }, (_, index) => ({
    Effect: 'Deny',
    Action: [`ec2:Create${index}*`, `iam:Create${index}*`, 'kms:*'],
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/x${index}` } },
  }));
  const idOf = (index: number) => String(100_000_000_000 + index);
  const guard = policy(...noise, {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalAccount': idOf(7) } },
  });
  const documents = { FullAWSAccess: fullAccess, guard };
  const under = levels({ root: documents, ou: documents, account: documents });
  const blocked = Array.from({ length: 20 }, (_, index) => idOf(index)).filter((id) => {
    const one = { accountId: id, partition: 'aws', organizationId, path, levels: under };
    return judgeRootSessionScps(one, [credentialsTask()]).verdict === 'blocked';
  });
  expect(blocked).toEqual([idOf(7)]);
});

it('a root user of flesh and blood is blocked where root sessions are not', () => {
  const [summary] = rootSessionRequests(account(fullAccess), credentialsTask());
  if (summary === undefined) throw new Error('a request');
  const inPerson = { ...summary, keys: { ...summary.keys, 'aws:AssumedRoot': [] } };
  for (const document of [published.denyRootExceptSessionsNull, published.denyRootExceptSessionsBool]) {
    expect(evaluateScps(account(document).levels, summary).verdict).toBe('clear');
    expect(evaluateScps(account(document).levels, inPerson).verdict).toBe('blocked');
  }
  expect(evaluateScps(account(published.denyRootSessionsByMistake).levels, inPerson).verdict).toBe('clear');
});

describe('the requests of a root session', () => {
  const bucketArn = 'arn:aws:s3:::locked';
  const queueArn = `arn:aws:sqs:eu-central-1:${accountId}:locked`;
  const root = `arn:aws:iam::${accountId}:root`;
  const requestsOf = (task: RootTask, more: Partial<ReturnType<typeof account>> = {}) =>
    rootSessionRequests({ ...account(fullAccess), ...more }, task);
  const calls = (task: RootTask) => requestsOf(task).map(({ action, resource }) => [action, resource]);

  it.each<[string, RootTask, readonly (readonly [string, string])[]]>([
    [
      'credentials',
      { task: 'credentials', actions: ['iam:GetAccountSummary', 'iam:GetUser'] },
      [
        ['iam:GetAccountSummary', '*'],
        ['iam:GetUser', root],
      ],
    ],
    [
      'a recovery',
      { task: 'recovery' },
      [
        ['iam:CreateLoginProfile', root],
        ['iam:GetLoginProfile', root],
      ],
    ],
    [
      'a bucket',
      { task: 's3', bucketArn },
      [
        ['s3:ListAllMyBuckets', '*'],
        ['s3:GetBucketPolicy', bucketArn],
        ['s3:PutBucketPolicy', bucketArn],
        ['s3:DeleteBucketPolicy', bucketArn],
      ],
    ],
    [
      'a queue',
      { task: 'sqs', queueArn },
      [
        ['sqs:ListQueues', '*'],
        ['sqs:GetQueueUrl', queueArn],
        ['sqs:GetQueueAttributes', queueArn],
        ['sqs:SetQueueAttributes', queueArn],
      ],
    ],
  ])('of %s are these calls, on these resources', (_what, task, expected) => {
    expect(calls(task)).toEqual(expected);
  });

  it('carry what is certain of every root session', () => {
    const [call] = requestsOf({ task: 'recovery' });
    expect(call?.keys).toEqual({
      'aws:PrincipalArn': root,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalOrgID': organizationId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:AssumedRoot': 'true',
      'aws:ViaAWSService': 'false',
      'aws:SecureTransport': 'true',
      'aws:ResourceAccount': accountId,
      'aws:ResourceOrgID': organizationId,
      'aws:PrincipalOrgPaths': [path],
      'aws:ResourceOrgPaths': [path],
      'aws:RequestedRegion': 'us-east-1',
    });
  });

  it.each([
    ['aws', 'us-east-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-iso', undefined],
  ])('to IAM in partition %s go to region %s', (partition, region) => {
    const [call] = requestsOf({ task: 'recovery' }, { partition });
    expect(call?.keys['aws:RequestedRegion']).toBe(region);
    expect(call?.resource).toBe(`arn:${partition}:iam::${accountId}:root`);
    expect(call?.keys['aws:PrincipalArn']).toBe(`arn:${partition}:iam::${accountId}:root`);
  });

  it("to a queue go to its region, to a bucket's nobody knows which", () => {
    const regions = (task: RootTask) => new Set(requestsOf(task).map(({ keys }) => keys['aws:RequestedRegion']));
    expect(regions({ task: 'sqs', queueArn })).toEqual(new Set(['eu-central-1']));
    expect(regions({ task: 's3', bucketArn })).toEqual(new Set([undefined]));
  });

  it('leave out the place where it is not known', () => {
    const keys = Object.keys(requestsOf({ task: 'recovery' }, { path: null as never })[0]?.keys ?? {});
    expect(keys.filter((key) => /OrgPaths/u.test(key))).toEqual([]);
    expect(keys).toContain('aws:PrincipalOrgID');
  });

  const never = [
    ...['aws:username', 'aws:PrincipalTag/Team', 'aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList'],
    ...['aws:FederatedProvider', 'aws:SignInSessionArn', 'aws:ChatbotSourceArn', 'identitystore:UserId'],
    ...['aws:Ec2InstanceSourceVpc', 'ec2:RoleDelivery', 'ec2:SourceInstanceArn', 'ssm:SourceInstanceArn'],
    ...['lambda:SourceFunctionArn', 'glue:RoleAssumedBy', 'glue:CredentialIssuingService'],
    ...['codebuild:BuildArn', 'codebuild:ProjectArn', 'aws:CalledViaFirst', 'aws:RequestTag/a', 'aws:TagKeys'],
    ...['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'],
  ];
  it.each(never)('never carry %s, which is for users, roles, services or tags', (key) => {
    for (const task of [{ task: 'recovery' }, { task: 's3', bucketArn }] as const) {
      expect(judge(deny({ Null: { [key]: 'true' } }), task).verdict).toBe('blocked');
    }
  });

  it('a root user cannot be tagged; whether a bucket is, nobody knows', () => {
    for (const key of ['aws:ResourceTag/a', 'iam:ResourceTag/a']) {
      expect(judge(deny({ Null: { [key]: 'true' } }), { task: 'recovery' }).verdict).toBe('blocked');
      expect(judge(deny({ Null: { [key]: 'true' } }), { task: 's3', bucketArn }).verdict).toBe('cannot-tell');
    }
  });
});

describe('the verdict of an account', () => {
  it('is clear, and says of every action why', () => {
    const verdict = judge(fullAccess, { task: 'recovery' });
    expect(verdict).toEqual({
      account: accountId,
      verdict: 'clear',
      policy: null,
      sid: null,
      target: null,
      why: null,
      blockedActions: [],
      doubtfulActions: [],
      actions: ['iam:CreateLoginProfile', 'iam:GetLoginProfile'].map((action) => ({
        action,
        decision: { verdict: 'clear' },
      })),
    });
  });

  it('rests on the first action that is blocked, else on the first that cannot be told', () => {
    const statement = (Sid: string, Action: string, more = {}) => ({
      Sid,
      Effect: 'Deny',
      Action,
      Resource: '*',
      ...more,
    });
    const maybe = { Condition: { StringEquals: { 'aws:Tomorrow': 'x' } } };
    const blocked = judge(
      policy(statement('B', 'iam:GetLoginProfile'), statement('A', 'iam:CreateLoginProfile', maybe)),
      { task: 'recovery' },
    );
    expect(blocked).toMatchObject({
      verdict: 'blocked',
      sid: 'B',
      why: null,
      blockedActions: ['iam:GetLoginProfile'],
      doubtfulActions: ['iam:CreateLoginProfile'],
    });
    const doubtful = judge(policy(statement('D', 'iam:GetLoginProfile', maybe)), { task: 'recovery' });
    expect(doubtful).toMatchObject({
      verdict: 'cannot-tell',
      policy: { id: 'p-Guard', name: 'Guard' },
      sid: 'D',
      target: { id: 'ou-ab12-workload' },
      why: { doubt: 'unknown-value', key: 'aws:Tomorrow' },
      blockedActions: [],
      doubtfulActions: ['iam:GetLoginProfile'],
    });
  });
});
