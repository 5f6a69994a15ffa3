import { CreateLoginProfileCommand, GetUserCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { AssumeRootCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/failure.ts';
import { isAccountId } from '../../src/org/account.ts';
import { createSettling, isWrongAccount, openRootSession, type SessionRequest } from '../../src/root/session.ts';
import { keyId } from '../../src/sandbox/keys.ts';
import { denied } from '../support/aws-errors.ts';
import { mockedAccountId, mockedAws, refusal } from '../support/mocked-aws.ts';

const accountId = mockedAccountId;
if (!isAccountId(accountId)) throw new Error('not an id');
const rootOf = (id: string) => `arn:aws:iam::${id}:root`;
const userOf = (Arn: string) => ({
  User: { Arn, CreateDate: new Date(0), Path: '/', UserName: undefined, UserId: '1' },
});
const noKeys = { AccessKeyMetadata: [], IsTruncated: false };
const expired = () => refusal('ExpiredToken', 403);

/** Sessions of which AWS hands out one after the other; `keyOf` says whose number the key id of each carries. */
const bench = ({ keyOf = (): string | null => mockedAccountId, lifeMs = 900_000 } = {}) => {
  const mocked = mockedAws();
  const { aws, clock, sts, iam } = mocked;
  let count = 0;
  sts.on(AssumeRootCommand).callsFake(async () => {
    count += 1;
    const owner = keyOf();
    return {
      Credentials: {
        AccessKeyId: owner === null ? `ASIAOLDGENERATION${count}` : keyId('ASIA', owner, Buffer.alloc(8, count)),
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(clock.nowMs() + lifeMs),
      },
      $metadata: { requestId: `req-open-${count}` },
    };
  });
  iam.on(ListAccessKeysCommand).resolves(noKeys);
  iam.on(GetUserCommand).resolves(userOf(rootOf(mockedAccountId)) as never);
  const open = (more: Partial<SessionRequest> = {}) =>
    openRootSession(
      { accountId, partition: 'aws', taskPolicy: 'IAMAuditRootUserCredentials', isProven: false, ...more },
      { aws, clock, settling: createSettling(clock) },
    );
  const opened = () => sts.commandCalls(AssumeRootCommand).length;
  return { ...mocked, open, opened };
};

const list = () => new ListAccessKeysCommand({});

describe('a session', () => {
  test('is asked for with the account and the task policy, and its key id is told', async () => {
    const { sts, open } = bench();
    const told: unknown[] = [];
    const session = await open({ onOpened: async (...what) => void told.push(what) });
    expect(sts.commandCalls(AssumeRootCommand)[0]?.args[0].input).toEqual({
      TargetPrincipal: mockedAccountId,
      TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' },
    });
    expect(told).toEqual([[session.accessKeyId(), 'req-open-1']]);
    expect(session.accountId).toBe(mockedAccountId);
  });

  test('that AWS denies names the task policy that was asked for', async () => {
    const { sts, open } = bench();
    sts.on(AssumeRootCommand).rejects(refusal('AccessDenied', 403));
    await expect(open()).rejects.toMatchObject({
      operation: 'AssumeRoot',
      taskPolicy: 'IAMAuditRootUserCredentials',
      failure: { kind: 'denied' },
    });
  });

  test('that AWS refuses for another reason is no matter of task policies', async () => {
    const { sts, open } = bench();
    sts.on(AssumeRootCommand).rejects(refusal('InvalidClientTokenId', 403));
    await expect(open()).rejects.toMatchObject({ taskPolicy: null, failure: { kind: 'credentials' } });
  });

  test('in which AWS refuses a call is not opened again for it', async () => {
    const { iam, open, opened } = bench();
    const session = await open();
    iam.on(ListAccessKeysCommand).rejects(refusal('AccessDenied', 403));
    await expect(session.ask(list())).rejects.toMatchObject({ failure: { kind: 'denied' } });
    expect(opened()).toBe(1);
  });

  test.each(['AccessKeyId', 'SecretAccessKey', 'SessionToken'])('without %s is none', async (left) => {
    const { sts, open } = bench();
    const whole = { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(0) };
    sts.on(AssumeRootCommand).resolves({ Credentials: { ...whole, [left]: undefined } } as never);
    await expect(open()).rejects.toMatchObject({ failure: { kind: 'malformed' } });
  });
});

describe('a session that expires', () => {
  test('is opened again, and the call is made again in the new one', async () => {
    const { iam, open, opened } = bench();
    const session = await open();
    const before = session.accessKeyId();
    iam.on(ListAccessKeysCommand).rejectsOnce(expired()).resolves(noKeys);
    await expect(session.ask(list())).resolves.toMatchObject(noKeys);
    expect(opened()).toBe(2);
    expect(session.accessKeyId()).not.toBe(before);
    expect(session.identity().credentials.accessKeyId).toBe(session.accessKeyId());
  });

  test('is opened again once, however many calls found it expired', async () => {
    const { iam, open, opened } = bench();
    const session = await open();
    iam.on(ListAccessKeysCommand).rejectsOnce(expired()).rejectsOnce(expired()).rejectsOnce(expired()).resolves(noKeys);
    await Promise.all([1, 2, 3].map(() => session.ask(list())));
    expect(opened()).toBe(2);
  });

  test('is not opened a third time for an answer that comes late from the first', async () => {
    const { iam, open, opened } = bench();
    const session = await open();
    let refuseLate = () => {};
    const late = new Promise<never>((_resolve, reject) => {
      refuseLate = () => reject(expired());
    });
    iam
      .on(ListAccessKeysCommand)
      .callsFakeOnce(() => late)
      .rejectsOnce(expired())
      .resolves(noKeys);
    const first = session.ask(list());
    await session.ask(list());
    refuseLate();
    await first;
    expect(opened()).toBe(2);
  });

  test.each([
    [19_000, 2],
    [21_000, 1],
  ])('is not begun with when %i ms of it are left', async (leftMs, sessions) => {
    const { clock, open, opened } = bench();
    const session = await open();
    clock.pass(900_000 - leftMs);
    await session.ask(list());
    expect(opened()).toBe(sessions);
  });

  test('again and again is given up', async () => {
    const { iam, open, opened } = bench();
    const session = await open();
    iam.on(ListAccessKeysCommand).rejects(expired());
    await expect(session.ask(list())).rejects.toMatchObject({ failure: { kind: 'expired-session' } });
    expect(opened()).toBe(6);
  });

  test('whose clock is wrong is used after a few sessions all the same', async () => {
    const { open, opened } = bench({ lifeMs: 0 });
    const session = await open();
    for (let call = 0; call < 10; call += 1) await session.ask(list());
    expect(opened()).toBe(6);
  });

  test('while it is asked whose it is, is opened again', async () => {
    const { iam, open, opened } = bench();
    iam
      .on(GetUserCommand)
      .rejectsOnce(expired())
      .resolves(userOf(rootOf(mockedAccountId)) as never);
    await open({ isProven: true });
    expect(opened()).toBe(2);
    iam.on(GetUserCommand).rejects(expired());
    await expect(open({ isProven: true })).rejects.toMatchObject({ failure: { kind: 'expired-session' } });
  });

  test('is proven again when it is opened again', async () => {
    const { iam, open } = bench();
    const session = await open({ isProven: true });
    iam.on(ListAccessKeysCommand).rejectsOnce(expired()).resolves(noKeys);
    iam.on(GetUserCommand).resolves(userOf(rootOf('200000000002')) as never);
    await expect(session.ask(list())).rejects.toMatchObject({ problem: { code: 'WrongAccountSession' } });
  });

  test("because the caller's own credentials did, is not opened again", async () => {
    const { sts, open, opened } = bench();
    sts.on(AssumeRootCommand).rejects(expired());
    await expect(open()).rejects.toMatchObject({ operation: 'AssumeRoot', failure: { kind: 'expired-session' } });
    expect(opened()).toBe(1);
  });

  test('with an answer lost in it: what is refused afterwards may have been done', async () => {
    const { iam, open } = bench();
    const session = await open();
    const exists = refusal('EntityAlreadyExists', 409);
    const unavailable = refusal('ServiceUnavailable', 500);
    iam.on(CreateLoginProfileCommand).rejectsOnce(unavailable).rejectsOnce(expired()).rejects(exists);
    const failed = await session.ask(new CreateLoginProfileCommand({})).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AwsError);
    expect(failed).toMatchObject({ failure: { code: 'EntityAlreadyExists' }, mayHaveTakenEffect: true });
    iam.on(CreateLoginProfileCommand).rejectsOnce(expired()).rejects(exists);
    await expect(session.ask(new CreateLoginProfileCommand({}))).rejects.toMatchObject({ mayHaveTakenEffect: false });
  });
});

describe('whose session it is', () => {
  test.each<[string, string | null, boolean, number]>([
    ['told by its key id', mockedAccountId, false, 0],
    ['asked, since its key id tells nothing', null, false, 1],
    ['asked, since its key id tells of another account', '200000000002', false, 1],
    ['asked before a deletion, whatever its key id tells', mockedAccountId, true, 1],
  ])('is %s', async (_name, owner, isProven, asked) => {
    const { iam, open } = bench({ keyOf: () => owner });
    await open({ isProven });
    expect(iam.commandCalls(GetUserCommand)).toHaveLength(asked);
  });

  test('is looked at in every answer that names a user', async () => {
    const { iam, open } = bench();
    const session = await open();
    await expect(session.ask(new GetUserCommand({}))).resolves.toMatchObject({ User: {} });
    iam.on(GetUserCommand).resolves(userOf(rootOf('200000000002')) as never);
    await expect(session.ask(new GetUserCommand({}))).rejects.toMatchObject({
      problem: {
        code: 'WrongAccountSession',
        data: { expectedArn: rootOf(mockedAccountId), actualArn: rootOf('200000000002') },
      },
    });
  });

  const unlocking = { isProven: true, taskPolicy: 'S3UnlockBucketPolicy' } as const;
  const itself = { Account: mockedAccountId, Arn: rootOf(mockedAccountId), UserId: mockedAccountId };
  test('is asked of STS where the task policy denies GetUser', async () => {
    const { sts, iam, open } = bench();
    sts.on(GetCallerIdentityCommand).resolves(itself);
    await open(unlocking);
    expect(iam.commandCalls(GetUserCommand)).toEqual([]);
    expect(sts.commandCalls(GetCallerIdentityCommand)).toHaveLength(1);
  });

  test('is not this account, says STS', async () => {
    const { sts, open } = bench();
    sts.on(GetCallerIdentityCommand).resolves({ ...itself, Account: '200000000002', Arn: rootOf('200000000002') });
    const failed = await open(unlocking).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      problem: { code: 'WrongAccountSession', data: { actualArn: rootOf('200000000002') } },
    });
    expect([failed, denied()].map(isWrongAccount)).toEqual([true, false]);
  });

  test.each([
    ['refuses', refusal('AccessDenied', 403), true],
    ['is down', refusal('ServiceUnavailable', 500), false],
  ])('is told by its key id alone where STS %s', async (_name, answer, isEnough) => {
    const own = bench();
    own.sts.on(GetCallerIdentityCommand).rejects(answer);
    if (isEnough) await expect(own.open(unlocking)).resolves.toMatchObject({ accountId: mockedAccountId });
    else await expect(own.open(unlocking)).rejects.toBeInstanceOf(AwsError);
    const old = bench({ keyOf: () => null });
    old.sts.on(GetCallerIdentityCommand).rejects(answer);
    await expect(old.open(unlocking)).rejects.toBeInstanceOf(AwsError);
  });
});

describe('right after the switch was turned on', () => {
  const refused = () => refusal('AccessDenied', 403);

  test('a refusal is tried again for four seconds, which is said once', async () => {
    const { aws, sts, clock } = bench();
    sts.on(AssumeRootCommand).rejects(refused());
    clock.pass(60_000);
    let waitings = 0;
    const settling = createSettling(clock, () => {
      waitings += 1;
    });
    const ask = () =>
      settling.opening(() => aws.sts(new AssumeRootCommand({ TargetPrincipal: '1', TaskPolicyArn: {} })));
    await expect(ask()).rejects.toMatchObject({ failure: { kind: 'denied' } });
    expect(clock.waits).toEqual([1_000, 1_000, 1_000, 1_000]);
    // One window for all accounts: it has passed.
    await expect(ask()).rejects.toMatchObject({ failure: { kind: 'denied' } });
    expect({ waits: clock.waits.length, waitings }).toEqual({ waits: 4, waitings: 1 });
  });

  test('a refusal may pass', async () => {
    const settling = createSettling(bench().clock);
    const answers = [() => Promise.reject(denied()), () => Promise.reject(denied()), async () => 'open'];
    await expect(settling.opening(() => answers.shift()?.() ?? Promise.reject(new Error('too often')))).resolves.toBe(
      'open',
    );
  });

  test('a refusal means what it says once a session has opened, and any other failure at once', async () => {
    const { clock } = bench();
    const settling = createSettling(clock);
    const other = new Error('unreachable');
    await expect(settling.opening(() => Promise.reject(other))).rejects.toBe(other);
    await settling.opening(async () => 'open');
    const refusalOf = denied();
    await expect(settling.opening(() => Promise.reject(refusalOf))).rejects.toBe(refusalOf);
    expect(clock.waits).toEqual([]);
  });
});
