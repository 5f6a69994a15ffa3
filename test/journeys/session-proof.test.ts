import { describe, expect, test } from 'vitest';
import { accountOfKeyId } from '../../src/aws/key-id.ts';
import type { Transport } from '../../src/aws/transport.ts';
import { type Fault, type Scenario, sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { callsFor, credentialsIn } from '../support/sandbox-server.ts';
import { denyRoot, everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const clean = memberId(0);
const full = memberId(1);
const members = [{}, { root: everything(full) }, { root: password }];
const other = memberId(2);
const denying = (action: string): Scenario =>
  scenarioOf(members, { organization: { policies: [denyRoot(['*'], action)] } });
const withFault = (fault: Omit<Fault, 'rate'>): Scenario =>
  scenarioOf(members, { behaviour: { faults: [{ rate: 1, ...fault }] } });

/**
 * AWS as it was before key ids carried their account: the ids of sessions are others on the wire. A signature does not
 * cover the id, only the secret that belongs to it.
 */
function olderIds(scene: Scene) {
  const handler = sandboxRequestHandler(scene.sandbox);
  const real = new Map<string, string>();
  const older = (id: string): string => {
    const name = `ASIAA${id.slice(5)}`; // the first of the 80 bits is 0
    real.set(name, id);
    return name;
  };
  const transport: Transport = {
    handle: async (request, options) => {
      const authorization = (request.headers['authorization'] ?? '').replace(/ASIA\w{16}/u, (id) => real.get(id) ?? id);
      const { response } = await handler.handle(
        { ...request, headers: { ...request.headers, authorization } } as never,
        options as never,
      );
      const body = Buffer.from(response.body).toString();
      const renamed = body.replace(/(?<=<AccessKeyId>)ASIA\w{16}/u, older);
      return { response: { ...response, body: Buffer.from(renamed) } } as never;
    },
    destroy: () => {},
  };
  return { connection: { transport, credentials: scene.sandbox.credentials().management, region: 'us-east-1' } };
}

const calls = (scene: Scene, id: string) => callsFor(scene.sandbox.requests, id);

describe('a session that only reads', () => {
  test('of a clean account costs two calls: its key id says whose it is', async () => {
    const scene = createScene(scenarioOf(members));
    await scene.run(['status']);
    expect(calls(scene, clean)).toEqual(['AssumeRoot', 'GetAccountSummary']);
    const sessions = scene.sandbox.requests.filter(({ operation }) => operation === 'GetAccountSummary');
    for (const { accessKeyId = '', callerAccount } of sessions) expect(accountOfKeyId(accessKeyId)).toBe(callerAccount);
  });

  test('is asked whose it is when its key id is of an older generation', async () => {
    const scene = createScene(scenarioOf(members));
    const { code, json } = await scene.run(['status', '--check', '-o', 'json'], olderIds(scene));
    expect(code).toBe(2);
    expect(json.summary).toMatchObject({ present: 2, absent: 1, unknown: 0 });
    expect(calls(scene, clean)).toEqual(['AssumeRoot', 'GetUser', 'GetAccountSummary']);
  });

  test('is never read on faith: where GetUser is denied and the key id tells nothing, the account is unknown', async () => {
    const scene = createScene(denying('iam:GetUser'));
    const { code, json } = await scene.run(['status', '--check', '-o', 'json'], olderIds(scene));
    expect(code).toBe(1);
    expect(json.summary).toMatchObject({ present: 0, absent: 0, unknown: 3 });
    expect(json.accounts[1]).toMatchObject({ id: clean, credentials: null, error: { code: 'AccessDenied' } });
    expect(calls(scene, clean)).toEqual(['AssumeRoot', 'GetUser']);
  });

  test('is read where GetUser is denied and the key id names the account', async () => {
    const scene = createScene(denying('iam:GetUser'));
    const { json } = await scene.run(['status', '-o', 'json']);
    expect(json.summary).toMatchObject({ present: 2, absent: 1, unknown: 0 });
  });

  test.each([
    ['status', ['status', '-o', 'json']],
    ['a plan', ['delete', '--all', '--dry-run', '-o', 'json']],
    ['doctor', ['doctor', '-o', 'json']],
  ])('of another account ends the command: %s', async (_what, args) => {
    const scene = createScene(withFault({ kind: 'wrong-account', otherAccountId: other }));
    const { code, json, stderr } = await scene.run(args);
    expect(code).toBe(1);
    expect(json).toMatchObject({ kind: 'rootctl.error', error: { code: 'WrongAccountSession' } });
    expect(stderr).toContain(`turned out to be for arn:aws:iam::${other}:root`);
  });

  test('of another account is not read where GetUser is denied: the account is unknown', async () => {
    const fault = { kind: 'wrong-account' as const, rate: 1, otherAccountId: other };
    const scene = createScene({ ...denying('iam:GetUser'), behaviour: { faults: [fault] } });
    const { json } = await scene.run(['status', clean, full, '-o', 'json']);
    expect(json.summary).toMatchObject({ present: 0, absent: 0, unknown: 2 });
    const asked = scene.sandbox.requests.filter(({ callerAccount }) => callerAccount === other);
    expect(asked.map(({ operation }) => operation)).toEqual(['GetUser', 'GetUser']);
  });

  test('of another account is noticed by a GetUser that is made anyway, whatever the key id says', async () => {
    const scene = createScene(scenarioOf(members));
    const handler = sandboxRequestHandler(scene.sandbox);
    const transport: Transport = {
      handle: async (request, options) => {
        const { response } = await handler.handle(request as never, options as never);
        const body = Buffer.from(response.body)
          .toString()
          .replace(`arn:aws:iam::${full}:root`, `arn:aws:iam::${other}:root`);
        return { response: { ...response, body: Buffer.from(body) } } as never;
      },
      destroy: () => {},
    };
    const credentials = scene.sandbox.credentials().management;
    const { code, stderr } = await scene.run(['status'], {
      connection: { transport, credentials, region: 'us-east-1' },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('WrongAccountSession');
  });
});

describe('a session that changes something', () => {
  const queue = { name: 'events', region: 'us-east-1', policy: { Version: '2012-10-17', Statement: [] } };
  const bucket = { name: 'ledger', region: 'us-east-1', policy: queue.policy };
  const scenario = scenarioOf([{ buckets: [bucket], queues: [queue] }]);
  const changing = [
    ['recover', ['recover', clean, '--yes']],
    ['unlock s3', ['unlock', 's3', '--account', clean, '--bucket', 'ledger', '--delete-policy', '--yes']],
    ['unlock sqs', ['unlock', 'sqs', '--account', clean, '--queue', 'events', '--delete-policy', '--yes']],
  ] as const;
  const refused: Fault = { kind: 'access-denied', operation: 'GetCallerIdentity', accountId: clean, rate: 1 };
  const changes = (scene: Scene) =>
    scene.sandbox.requests.filter(({ operation }) => /^(?:Create|Put|Delete|Set)/u.test(operation));

  test.each(changing)('asks STS, whatever its key id says: %s', async (_what, args) => {
    const scene = createScene(scenario);
    expect((await scene.run(args)).code).toBe(0);
    expect(calls(scene, clean).slice(0, 2)).toEqual(['AssumeRoot', 'GetCallerIdentity']);
  });

  test.each(changing)('goes by its key id where STS refuses: %s', async (_what, args) => {
    const scene = createScene({ ...scenario, behaviour: { faults: [refused] } });
    expect((await scene.run(args)).code).toBe(0);
    expect(changes(scene).filter(({ changed }) => changed)).toHaveLength(1);
  });

  test.each(changing)('changes nothing where STS refuses and its key id tells nothing: %s', async (_what, args) => {
    const scene = createScene({ ...scenario, behaviour: { faults: [refused] } });
    expect((await scene.run(args, olderIds(scene))).code).toBe(1);
    expect(changes(scene)).toEqual([]);
  });

  test('of delete asks GetUser although its key id names the account', async () => {
    const scene = createScene(scenarioOf(members));
    await scene.run(['delete', full, '--yes']);
    const removing = calls(scene, full).slice(calls(scene, full).lastIndexOf('AssumeRoot'));
    expect(removing.slice(0, 2)).toEqual(['AssumeRoot', 'GetUser']);
    expect(credentialsIn(scene.account(full).root)).toBe(0);
  });
});
