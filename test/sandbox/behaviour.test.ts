import * as iamSdk from '@aws-sdk/client-iam';
import { ListAccountsCommand, ListChildrenCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import {
  createSandbox,
  type Fault,
  generateScenario,
  parseScenario,
  type Scenario,
  sandboxRequestHandler,
} from '../../src/sandbox/index.ts';
import {
  clockFromNow,
  dataLake,
  enabledScenario,
  management,
  network,
  openWorld,
  payments,
  refusalOf,
  transports,
} from './world.ts';

const auditTask = 'IAMAuditRootUserCredentials';
const deleteTask = 'IAMDeleteRootUserCredentials';

describe.each(transports)('behaviour on demand, %s', (transport) => {
  test('throttling: what the bucket does not hold is refused, and time refills it', async () => {
    const bucket = { ratePerSecond: 2, burst: 3 };
    const world = await openWorld(transport, enabledScenario({ throttle: { sts: bucket, organizations: bucket } }));
    const { sts, organizations } = world.clients();
    for (let asked = 0; asked < 3; asked += 1) await sts.send(new GetCallerIdentityCommand({}));
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toEqual({
      name: 'Throttling',
      status: 400,
      message: 'Rate exceeded',
    });
    for (let asked = 0; asked < 3; asked += 1) await organizations.send(new ListAccountsCommand({}));
    expect(await refusalOf(organizations.send(new ListAccountsCommand({})))).toMatchObject({
      name: 'TooManyRequestsException',
      status: 400,
    });
    world.clock.pass(500);
    await sts.send(new GetCallerIdentityCommand({}));
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ name: 'Throttling' });
    expect(world.sandbox.counters()).toMatchObject({ throttled: 3, byService: { sts: { throttled: 2 } } });
    await world.close();
  });

  test('IAM throttles each member account by itself', async () => {
    const world = await openWorld(transport, enabledScenario({ throttle: { iam: { ratePerSecond: 1, burst: 1 } } }));
    const [one, two] = [await world.rootSession(payments, auditTask), await world.rootSession(network, auditTask)];
    await one.iam.send(new iamSdk.GetUserCommand({}));
    await two.iam.send(new iamSdk.GetUserCommand({}));
    expect(await refusalOf(one.iam.send(new iamSdk.GetUserCommand({})))).toMatchObject({ name: 'Throttling' });
    await world.close();
  });

  test("latency passes on the sandbox's clock", async () => {
    const world = await openWorld(transport, enabledScenario({ latencyMs: { sts: 40 } }));
    const before = world.clock.nowMs();
    await world.clients().sts.send(new GetCallerIdentityCommand({}));
    expect(world.clock.nowMs() - before).toBe(40);
    await world.close();
  });

  test('what was deleted still shows for the lag, in the lists and in the summary, each for its own time', async () => {
    const world = await openWorld(
      transport,
      enabledScenario({ consistencyLagMs: { loginProfile: 1000, accessKeys: 1000, accountSummary: 5000 } }),
    );
    const { iam } = await world.rootSession(payments, deleteTask);
    const audit = (await world.rootSession(payments, auditTask)).iam;
    const keys = async () =>
      (await iam.send(new iamSdk.ListAccessKeysCommand({}))).AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId) ??
      [];
    const [first] = await keys();
    await iam.send(new iamSdk.DeleteAccessKeyCommand({ AccessKeyId: first }));
    await iam.send(new iamSdk.DeleteLoginProfileCommand({}));
    expect(await keys()).toContain(first);
    await iam.send(new iamSdk.GetLoginProfileCommand({}));
    expect(await refusalOf(iam.send(new iamSdk.DeleteAccessKeyCommand({ AccessKeyId: first })))).toMatchObject({
      name: 'NoSuchEntityException',
    });
    world.clock.pass(1001);
    expect(await keys()).not.toContain(first);
    expect(await refusalOf(iam.send(new iamSdk.GetLoginProfileCommand({})))).toMatchObject({
      name: 'NoSuchEntityException',
    });
    const password = async () =>
      (await audit.send(new iamSdk.GetAccountSummaryCommand({}))).SummaryMap?.AccountPasswordPresent;
    expect(await password()).toBe(1);
    world.clock.pass(4001);
    expect(await password()).toBe(0);
    await world.close();
  });

  test.each<[Fault['kind'], { name: string; status?: number }, boolean]>([
    ['http-500', { name: 'ServiceFailureException', status: 500 }, false],
    ['http-503', { name: 'ServiceUnavailable', status: 503 }, false],
    ['throttle', { name: 'Throttling', status: 400 }, false],
    ['access-denied', { name: 'AccessDenied', status: 403 }, false],
    ['temporarily-unmodifiable', { name: 'EntityTemporarilyUnmodifiableException', status: 409 }, false],
    ['drop-before', { name: transport === 'in process' ? 'ConnectionDropped' : 'TimeoutError' }, false],
    ['drop-after', { name: transport === 'in process' ? 'ConnectionDropped' : 'TimeoutError' }, true],
  ])('%s', async (kind, refusal, happened) => {
    const world = await openWorld(
      transport,
      enabledScenario({ faults: [{ kind, rate: 1, operation: 'DeleteLoginProfile', times: 1 }] }),
    );
    const { iam } = await world.rootSession(dataLake, deleteTask);
    const root = world.sandbox.accounts.find(({ id }) => id === dataLake)?.root;
    expect(await refusalOf(iam.send(new iamSdk.DeleteLoginProfileCommand({})))).toMatchObject(refusal);
    expect(root?.loginProfile === undefined).toBe(happened);
    expect(world.sandbox.requests.at(-1)).toMatchObject({
      operation: 'DeleteLoginProfile',
      targetAccount: dataLake,
      changed: happened,
    });
    if (!happened) await iam.send(new iamSdk.DeleteLoginProfileCommand({}));
    expect(root?.loginProfile).toBeUndefined();
    await world.close();
  });

  test.each(['iam', 'organizations'] as const)(
    'malformed: the body of a 200 of %s ends in the middle',
    async (service) => {
      const world = await openWorld(transport, enabledScenario({ faults: [{ kind: 'malformed', rate: 1, service }] }));
      const { iam, organizations } = world.clients();
      const asked =
        service === 'iam'
          ? iam.send(new iamSdk.GetAccountSummaryCommand({}))
          : organizations.send(new ListAccountsCommand({}));
      await expect(asked).rejects.toThrow();
      expect(world.sandbox.requests.at(-1)).toMatchObject({ outcome: 'malformed', statusCode: 200 });
      await world.close();
    },
  );

  test('repeated-token: the last page gives the token of the first again', async () => {
    const world = await openWorld(
      transport,
      enabledScenario({ organizationsPageSize: 3, faults: [{ kind: 'repeated-token', rate: 1 }] }),
    );
    const { organizations } = world.clients();
    const tokens: (string | undefined)[] = [];
    for (let page = 0; page < 4; page += 1) {
      tokens.push((await organizations.send(new ListAccountsCommand({ NextToken: tokens.at(-1) }))).NextToken);
    }
    expect(tokens[2]).toBe(tokens[0]);
    expect(tokens[3]).toBe(tokens[1]);
    await world.close();
  });

  test('short-listing: ListAccounts ends after one page, without the management account', async () => {
    const world = await openWorld(
      transport,
      enabledScenario({ organizationsPageSize: 3, faults: [{ kind: 'short-listing', rate: 1 }] }),
    );
    const { Accounts = [], NextToken } = await world.clients().organizations.send(new ListAccountsCommand({}));
    expect(NextToken).toBeUndefined();
    expect(Accounts.map(({ Id }) => Id)).not.toContain(management);
    expect(Accounts.length).toBeLessThanOrEqual(3);
    await world.close();
  });

  test('a fault can be narrowed to one OU', async () => {
    const [unit] = enabledScenario().organization?.organizationalUnits ?? [];
    const fault = { kind: 'access-denied' as const, rate: 1, resourceId: unit?.id };
    const world = await openWorld(transport, enabledScenario({ faults: [fault] }));
    const { organizations } = world.clients();
    const children = (ParentId: string | undefined) =>
      organizations.send(new ListChildrenCommand({ ParentId, ChildType: 'ACCOUNT' }));
    expect(await refusalOf(children(unit?.id))).toMatchObject({ name: 'AccessDeniedException' });
    await children(unit?.parentId);
    await world.close();
  });

  test('events: an account that left is nowhere, and its sessions end', async () => {
    const events = [{ at: { afterMs: 60_000 }, accountId: payments, set: { leave: true as const } }];
    const world = await openWorld(transport, { ...enabledScenario(), events });
    const { iam } = await world.rootSession(payments, auditTask);
    world.clock.pass(61_000);
    const { Accounts = [] } = await world.clients().organizations.send(new ListAccountsCommand({}));
    expect(Accounts.map(({ Id }) => Id)).not.toContain(payments);
    expect(await refusalOf(iam.send(new iamSdk.GetUserCommand({})))).toMatchObject({ name: 'InvalidClientTokenId' });
    expect(await refusalOf(world.rootSession(payments, auditTask))).toMatchObject({ name: 'AccessDenied' });
    expect(() => parseScenario(JSON.stringify(world.sandbox.snapshot()))).not.toThrow();
    await world.close();
  });

  test('expire-session: a session ends before its time', async () => {
    const world = await openWorld(
      transport,
      enabledScenario({ faults: [{ kind: 'expire-session', rate: 1, afterMs: 1000 }] }),
    );
    const { iam } = await world.rootSession(payments, auditTask);
    await iam.send(new iamSdk.GetUserCommand({}));
    world.clock.pass(1001);
    expect(await refusalOf(iam.send(new iamSdk.GetUserCommand({})))).toMatchObject({ name: 'ExpiredToken' });
    await world.close();
  });

  test("wrong-account: GetUser tells that the session is another account's", async () => {
    const world = await openWorld(
      transport,
      enabledScenario({ faults: [{ kind: 'wrong-account', rate: 1, otherAccountId: network }] }),
    );
    const { iam } = await world.rootSession(payments, auditTask);
    expect((await iam.send(new iamSdk.GetUserCommand({}))).User?.Arn).toBe(`arn:aws:iam::${network}:root`);
    await world.close();
  });

  test('events: an account is suspended and a key appears in the middle', async () => {
    const scenario = enabledScenario();
    const key = { id: 'AKIAZZZZZZZZZZZZZZZZ', status: 'Active' as const, createdAt: '1d ago' };
    const events = [
      { at: { afterMs: 60_000 }, accountId: network, set: { addAccessKey: key } },
      { at: { request: 4 }, accountId: payments, set: { state: 'SUSPENDED' as const } },
    ];
    const world = await openWorld(transport, { ...scenario, events });
    const one = await world.rootSession(payments, auditTask);
    const two = await world.rootSession(network, auditTask);
    await one.iam.send(new iamSdk.GetUserCommand({}));
    expect(await refusalOf(one.iam.send(new iamSdk.GetUserCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId',
    });
    world.clock.pass(61_000);
    expect((await two.iam.send(new iamSdk.ListAccessKeysCommand({}))).AccessKeyMetadata).toMatchObject([
      { AccessKeyId: key.id },
    ]);
    await world.close();
  });
});

test('faults follow from the seed and not from the order among accounts', async () => {
  const outcomes = async (seed: number, reversed: boolean) => {
    const scenario: Scenario = generateScenario({
      accounts: 60,
      seed: 5,
      enabled: true,
      suspended: 0,
      behaviour: { faults: [{ kind: 'http-500', rate: 0.3, service: 'sts' }] },
    });
    const sandbox = createSandbox({ ...scenario, seed }, { clock: clockFromNow(), recordRequests: true });
    const sts = new (await import('@aws-sdk/client-sts')).STSClient({
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: sandbox.credentials().management,
      requestHandler: sandboxRequestHandler(sandbox),
    });
    const { AssumeRootCommand } = await import('@aws-sdk/client-sts');
    const targets = sandbox.accounts.filter(({ name }) => name !== 'management').map(({ id }) => id);
    for (const TargetPrincipal of reversed ? targets.reverse() : targets)
      await sts
        .send(
          new AssumeRootCommand({
            TargetPrincipal,
            TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' },
          }),
        )
        .catch(() => {});
    return Object.fromEntries(sandbox.requests.map(({ targetAccount = '', outcome }) => [targetAccount, outcome]));
  };
  const first = await outcomes(5, false);
  const failures = Object.values(first).filter((outcome) => outcome !== 'ok').length;
  expect(failures).toBeGreaterThan(5);
  expect(failures).toBeLessThan(35);
  expect(await outcomes(5, true)).toEqual(first);
  expect(await outcomes(6, false)).not.toEqual(first);
});

/** The text of the answer to ListAccessKeys in payments' root session, and what the record says of it. */
async function spoiltKeys(kind: Fault['kind'], seed = 1): Promise<{ body: string; outcome: string | undefined }> {
  const faults = [{ kind, rate: 1, operation: 'ListAccessKeys' }];
  const world = await openWorld('in process', { ...enabledScenario({ faults }), seed });
  const { iam } = await world.rootSession(payments, auditTask);
  const { requestHandler } = iam.config;
  const handle = requestHandler.handle.bind(requestHandler);
  let body = '';
  requestHandler.handle = async (request, options) => {
    const answer = await handle(request, options);
    body = Buffer.from(answer.response.body).toString();
    return answer;
  };
  await iam.send(new iamSdk.ListAccessKeysCommand({})).catch(() => {});
  await world.close();
  return { body, outcome: world.sandbox.requests.at(-1)?.outcome };
}

test.each<[Fault['kind'], RegExp]>([
  ['empty-body', /^$/],
  ['html', /^<!DOCTYPE html>/],
  ['truncated-without-marker', /<IsTruncated>true<\/IsTruncated>(?!.*<Marker>)/],
])('%s: the answer of a 200 is spoilt, and the record names the fault', async (kind, pattern) => {
  const { body, outcome } = await spoiltKeys(kind);
  expect(body).toMatch(pattern);
  expect(outcome).toBe(kind);
});

test('missing-field and empty-value: the seed says which one; a list is lost as a whole or not at all', async () => {
  const spoilt = new Set<string>();
  for (const kind of ['missing-field', 'empty-value'] as const) {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { body, outcome } = await spoiltKeys(kind, seed);
      expect(outcome).toBe(kind);
      expect([0, 2]).toContain(body.match(/<member>/g)?.length ?? 0);
      spoilt.add(body.replace(/<RequestId>.*/, ''));
    }
  }
  expect(spoilt.size).toBeGreaterThan(8);
});

test('a client that hangs up while it waits may have been too late', async () => {
  const scenario = enabledScenario({ latencyMs: { iam: 100 } });
  const aborter = new AbortController();
  const clock = clockFromNow();
  const world = await openWorld('in process', scenario, {
    ...clock,
    sleep: async (durationMs, signal) => {
      await clock.sleep(durationMs);
      if (clock.waits.length === 2) aborter.abort();
      signal?.throwIfAborted();
    },
  });
  const { iam } = await world.rootSession(dataLake, deleteTask);
  await expect(iam.send(new iamSdk.DeleteLoginProfileCommand({}), { abortSignal: aborter.signal })).rejects.toThrow();
  expect(world.sandbox.accounts.find(({ id }) => id === dataLake)?.root.loginProfile).toBeUndefined();
});
