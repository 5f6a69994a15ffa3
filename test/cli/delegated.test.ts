import { describe, expect, test } from 'vitest';
import { AwsError, failureOf } from '../../src/aws/failure.ts';
import { defaultScenario, type Scenario } from '../../src/sandbox/index.ts';
import {
  dataLake,
  delegatedTo,
  enabledDefault,
  management,
  network,
  payments,
  suspended,
} from '../support/issue5-scenarios.ts';
import { createScene } from '../support/scene.ts';
import { english } from '../support/speech.ts';

const asDelegate = (scenario: Scenario) => {
  const credentials = createScene(scenario).sandbox.credentials().delegatedAdministrator;
  if (credentials === undefined) throw new Error('the scenario has no delegated administrator');
  return createScene(scenario, { credentials });
};
const switched = (scene: ReturnType<typeof createScene>): readonly string[] =>
  scene.sandbox.requests.filter(({ changed }) => changed).map(({ operation }) => operation);
const delegatesIn = (scene: ReturnType<typeof createScene>) =>
  scene.sandbox.snapshot().organization?.delegatedAdministrators?.map(({ servicePrincipal }) => servicePrincipal) ?? [];

describe('enable --delegated-admin', () => {
  test('turns on trusted access, both features and the delegate, in the order that AWS accepts; again changes nothing', async () => {
    const scene = createScene(defaultScenario(7));
    const first = await scene.run(['enable', '--delegated-admin', network, '-o', 'json']);
    expect(first.code).toBe(0);
    expect(first.json.before).toMatchObject({ trustedAccess: false, delegatedAdministrators: [] });
    expect(first.json.after).toEqual({
      trustedAccess: true,
      rootCredentialsManagement: true,
      rootSessions: true,
      delegatedAdministrators: [network],
    });
    const done = switched(scene);
    expect(done).toEqual([
      'EnableAWSServiceAccess',
      'EnableOrganizationsRootCredentialsManagement',
      'EnableOrganizationsRootSessions',
      'RegisterDelegatedAdministrator',
    ]);
    const second = await scene.run(['enable', '--delegated-admin', network, '-o', 'json']);
    expect([second.code, second.json.before]).toEqual([0, first.json.after]);
    expect(switched(scene)).toEqual(done);
  });

  test.each([
    ['the management account', management, 'cannot be a delegated administrator'],
    ['a suspended account', suspended, 'is suspended'],
    ['an account elsewhere', '999999999999', 'is not in organization'],
  ])('%s is refused before anything is switched', async (_what, id, line) => {
    const scene = createScene(defaultScenario(7));
    const result = await scene.run(['enable', '--delegated-admin', id]);
    expect([result.code, result.stderr]).toEqual([64, expect.stringContaining(line)]);
    expect(switched(scene)).toEqual([]);
  });
});

describe('disable', () => {
  test('--delegated-admin alone deregisters that one for IAM and nothing else; again changes nothing', async () => {
    const scene = createScene(delegatedTo(network));
    const first = await scene.run(['disable', '--delegated-admin', network, '--yes', '-o', 'json']);
    expect(first.code).toBe(0);
    expect(first.json.after).toMatchObject({ trustedAccess: true, rootSessions: true, delegatedAdministrators: [] });
    expect(switched(scene)).toEqual(['DeregisterDelegatedAdministrator']);
    expect(delegatesIn(scene)).toEqual(['guardduty.amazonaws.com']);
    expect((await scene.run(['disable', '--delegated-admin', network, '--yes'])).code).toBe(0);
    expect(switched(scene)).toHaveLength(1);
  });

  test('everything goes in the only order that AWS accepts', async () => {
    const scene = createScene(delegatedTo(network));
    const result = await scene.run(['disable', '--delegated-admin', network, '--trusted-access', '--yes']);
    expect(result.code).toBe(0);
    expect(switched(scene)).toEqual([
      'DisableOrganizationsRootSessions',
      'DisableOrganizationsRootCredentialsManagement',
      'DeregisterDelegatedAdministrator',
      'DisableAWSServiceAccess',
    ]);
    expect(delegatesIn(scene)).toEqual(['guardduty.amazonaws.com']);
  });

  test('a delegate that the caller may not see is told by AWS: what was switched off stays told, and the cure is named', async () => {
    const policies = [
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: 'organizations:ListDelegatedAdministrators', Resource: '*' },
        ],
      },
    ];
    const callers = [{ name: 'management', accountId: management, policies }];
    const scene = createScene({ ...delegatedTo(network), callers });
    const result = await scene.run(['disable', '--trusted-access', '--yes', '-o', 'json']);
    expect(result.code).toBe(1);
    expect(result.json).toMatchObject({
      after: { trustedAccess: true, rootCredentialsManagement: false, rootSessions: false },
      error: {
        code: 'ConstraintViolationException',
        message: expect.stringContaining('De-register them in order to disable service access.'),
        hint: expect.stringContaining('rootctl disable --delegated-admin ACCOUNT'),
      },
    });
  });

  test('another constraint of Organizations is not taken for a delegate that is left', () => {
    const failure = failureOf(
      Object.assign(new Error('The limit is reached.'), { name: 'ConstraintViolationException' }),
    );
    const hints = ['RegisterDelegatedAdministrator', 'DisableAWSServiceAccess'].map(
      (operation) => english.entryOf(new AwsError(operation, failure).problem).hint,
    );
    expect(hints).toEqual([null, expect.stringContaining('--delegated-admin')]);
  });

  test('trusted access with a delegate left is refused up front, with the command that helps', async () => {
    const scene = createScene(delegatedTo(network));
    const result = await scene.run(['disable', '--trusted-access', '--yes']);
    expect([result.code, result.stderr]).toEqual([
      1,
      expect.stringContaining(`rootctl disable --delegated-admin ${network}`),
    ]);
    expect(switched(scene)).toEqual([]);
  });
});

describe('from the delegated administrator', () => {
  test('enable says up front that it may not', async () => {
    const scene = asDelegate(delegatedTo(network));
    const result = await scene.run(['enable']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('from the management account only');
    expect(switched(scene)).toEqual([]);
  });

  test('status, delete, recover, unlock and doctor work', async () => {
    const scene = asDelegate(delegatedTo(network));
    const status = await scene.run(['status', payments, '-o', 'json']);
    expect([status.code, status.json.organization.callerRole]).toEqual([0, 'delegated-administrator']);
    expect(status.json.managementAccount).toBeNull();
    expect((await scene.run(['recover', '333333333333', '--yes'])).code).toBe(0);
    expect((await scene.run(['delete', '333333333333', payments, '--yes'])).code).toBe(0);
    const s3 = ['unlock', 's3', '--account', payments, '--bucket', 'payments-prod-ledger', '--delete-policy', '--yes'];
    expect((await scene.run(s3)).code).toBe(0);
    const sqs = ['unlock', 'sqs', '--account', dataLake, '--queue', 'ingest-events', '--delete-policy', '--yes'];
    expect((await scene.run(sqs)).code).toBe(0);
    expect((await scene.run(['doctor'])).code).toBe(0);
  });

  test('switches that it may not read are null, not guessed', async () => {
    const policies = [
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: ['iam:ListOrganizationsFeatures', 'organizations:ListAWS*'], Resource: '*' },
        ],
      },
    ];
    const callers = [{ name: 'delegatedAdministrator', accountId: network, policies }];
    const scene = asDelegate({ ...delegatedTo(network), callers });
    const result = await scene.run(['status', payments, '-o', 'json']);
    expect(result.json.centralizedRootAccess).toMatchObject({
      trustedAccess: null,
      rootCredentialsManagement: null,
      rootSessions: null,
      delegatedAdministrators: [network],
    });
  });

  test('a delegate of another service alone is an ordinary member', async () => {
    const other = enabledDefault({
      delegatedAdministrators: [
        { accountId: network, servicePrincipal: 'guardduty.amazonaws.com', registeredAt: '2d ago' },
      ],
    });
    const scenario = { ...other, callers: [{ name: 'other', accountId: network }] };
    const credentials = createScene(scenario).sandbox.credentialsOf('other');
    const scene = createScene(scenario, credentials === undefined ? {} : { credentials });
    const result = await scene.run(['status']);
    expect([result.code, result.stderr]).toEqual([1, expect.stringContaining('ordinary member')]);
  });
});
