import { GetUserCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRootCommand, type AssumeRootCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultScenario, type Scenario } from '../../src/sandbox/index.ts';
import {
  dataLake,
  enabledScenario,
  management,
  network,
  openWorld,
  payments,
  refusalOf,
  suspended,
  taskArn,
  transports,
  type World,
} from './world.ts';

const audit = taskArn('IAMAuditRootUserCredentials');
const ask = (input: Partial<AssumeRootCommandInput>) =>
  new AssumeRootCommand({ TargetPrincipal: payments, TaskPolicyArn: { arn: audit }, ...input });

describe.each(transports)('STS %s', (transport) => {
  let world: World;
  const open = async (scenario?: Scenario) => {
    await world?.close();
    world = await openWorld(transport, scenario);
  };
  beforeEach(() => open());
  afterEach(() => world.close());

  test('GetCallerIdentity names the caller, which is not a root user', async () => {
    expect(await world.clients().sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: management,
      Arn: `arn:aws:iam::${management}:user/rootctl`,
    });
  });

  test('AssumeRoot opens a session that is the root of the account asked for, for 900 seconds unless told otherwise', async () => {
    const { Credentials } = await world.clients().sts.send(ask({}));
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials?.Expiration?.getTime()).toBe(Math.floor((world.clock.nowMs() + 900_000) / 1000) * 1000);
    const session = await world.rootSession(payments, 'IAMAuditRootUserCredentials');
    const { User } = await session.iam.send(new GetUserCommand({}));
    expect(User?.Arn).toBe(`arn:aws:iam::${payments}:root`);
    expect(User?.UserId).toBe(payments);
    expect(User?.UserName).toBeUndefined();
  });

  test('the target may be given as the root ARN', async () => {
    const answer = await world.clients().sts.send(ask({ TargetPrincipal: `arn:aws:iam::${payments}:root` }));
    expect(answer.Credentials?.SessionToken).toBeDefined();
  });

  test.each([
    ['the management account as target', { TargetPrincipal: management }, 'AccessDenied', 403],
    ['a suspended account', { TargetPrincipal: suspended }, 'AccessDenied', 403],
    ['an account outside the organization', { TargetPrincipal: '999999999999' }, 'AccessDenied', 403],
    ["a user's ARN as target", { TargetPrincipal: `arn:aws:iam::${payments}:user/x` }, 'ValidationError', 400],
    ['a target that is no id', { TargetPrincipal: 'payments-prod' }, 'ValidationError', 400],
    ['no target', { TargetPrincipal: undefined }, 'ValidationError', 400],
    [
      'a policy that is no root task',
      { TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      'ValidationError',
      400,
    ],
    ['no policy', { TaskPolicyArn: undefined }, 'ValidationError', 400],
    ['901 seconds', { DurationSeconds: 901 }, 'ValidationError', 400],
  ])('AssumeRoot with %s is refused', async (_what, input, name, status) => {
    expect(await refusalOf(world.clients().sts.send(ask(input)))).toMatchObject({ name, status });
  });

  test.each([
    ['IAMDeleteRootUserCredentials', 'Root credentials management'],
    ['S3UnlockBucketPolicy', 'Root sessions'],
  ])('a session for %s needs the feature %s', async (task, feature) => {
    const scenario = enabledScenario();
    if (scenario.organization) {
      scenario.organization.rootCredentialsManagement = false;
      scenario.organization.rootSessions = false;
    }
    await open(scenario);
    expect(await refusalOf(world.clients().sts.send(ask({ TaskPolicyArn: { arn: taskArn(task) } })))).toEqual({
      name: 'AccessDenied',
      status: 403,
      message: `${feature} feature is not enabled for your AWS Organization.`,
    });
  });

  test('without trusted access no session opens', async () => {
    await open(defaultScenario());
    expect(await refusalOf(world.clients().sts.send(ask({})))).toMatchObject({
      name: 'AccessDenied',
      message: 'Service not enabled for AWS Organizations.',
    });
  });

  test('the revocation of trusted access reaches AssumeRoot after the lag', async () => {
    await open(enabledScenario({ consistencyLagMs: { switches: 60_000 } }));
    const { organizations, sts } = world.clients();
    await organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
    await sts.send(ask({}));
    world.clock.pass(61_000);
    expect(await refusalOf(sts.send(ask({})))).toMatchObject({ name: 'AccessDenied' });
  });

  test('a disabled region is refused', async () => {
    await open(enabledScenario({ disabledRegions: ['us-east-1'] }));
    expect(await refusalOf(world.clients().sts.send(ask({})))).toMatchObject({
      name: 'RegionDisabledException',
      status: 403,
    });
  });

  test('an ordinary member may not open root sessions, the delegated administrator may until it is deregistered', async () => {
    const registration = { AccountId: network, ServicePrincipal: 'iam.amazonaws.com' };
    const { organizations } = world.clients();
    expect(
      await refusalOf(world.clients(world.sandbox.credentials().member).sts.send(ask({ TargetPrincipal: dataLake }))),
    ).toMatchObject({ name: 'AccessDenied', status: 403 });
    await organizations.send(new RegisterDelegatedAdministratorCommand(registration));
    const delegate = world.sandbox.credentials().delegatedAdministrator;
    expect(delegate).toBeDefined();
    const { sts } = world.clients(delegate);
    await sts.send(ask({}));
    await organizations.send(new DeregisterDelegatedAdministratorCommand(registration));
    expect(await refusalOf(sts.send(ask({})))).toMatchObject({ name: 'AccessDenied' });
  });

  test('a root session may not open another one', async () => {
    const session = await world.rootSession(payments, 'IAMAuditRootUserCredentials');
    expect(await refusalOf(session.sts.send(ask({ TargetPrincipal: dataLake })))).toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('a session ends at its time: ExpiredToken', async () => {
    const session = await world.rootSession(payments, 'IAMAuditRootUserCredentials', 60);
    await session.iam.send(new ListAccessKeysCommand({}));
    world.clock.pass(61_000);
    expect(await refusalOf(session.iam.send(new ListAccessKeysCommand({})))).toMatchObject({
      name: 'ExpiredToken',
      status: 403,
    });
  });

  test("a caller's own credentials can be temporary, and expire", async () => {
    const scenario = enabledScenario();
    const arn = `arn:aws:sts::${management}:assumed-role/OrgAdmin/me`;
    await open({ ...scenario, callers: [{ name: 'management', accountId: management, arn, expiresAt: '0s ago' }] });
    expect(world.sandbox.credentials().management.sessionToken).toBeDefined();
    expect(await refusalOf(world.clients().sts.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'ExpiredToken',
    });
  });

  test('a root user may not call AssumeRoot', async () => {
    const callers = [{ name: 'management', accountId: management, arn: `arn:aws:iam::${management}:root` }];
    await open({ ...enabledScenario(), callers });
    expect(await refusalOf(world.clients().sts.send(ask({})))).toMatchObject({ name: 'AccessDenied', status: 403 });
  });
});

test("the global endpoint does not serve AssumeRoot: InvalidAction; another region's does", async () => {
  const world = await openWorld('in process');
  const { STSClient } = await import('@aws-sdk/client-sts');
  const { sandboxRequestHandler } = await import('../../src/sandbox/index.ts');
  const global = new STSClient({
    region: 'us-east-1',
    endpoint: 'https://sts.amazonaws.com',
    maxAttempts: 1,
    credentials: world.sandbox.credentials().management,
    requestHandler: sandboxRequestHandler(world.sandbox),
  });
  expect(await refusalOf(global.send(ask({})))).toMatchObject({
    name: 'InvalidAction',
    status: 400,
    message: 'Unknown Operation',
  });
  await world.clients(undefined, 'eu-west-1').sts.send(ask({}));
});
