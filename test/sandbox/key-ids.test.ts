import { AssumeRootCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { accountOfKeyId } from '../../src/aws/key-id.ts';
import { defaultScenario, generateScenario, type Scenario } from '../../src/sandbox/index.ts';
import { keyId } from '../../src/sandbox/keys.ts';
import { enabledScenario, openWorld, payments, taskArn } from './world.ts';

// rootctl reads the account out of an id by code of its own: the two agree, or a session could not prove whose it is.

const rootKeysOf = ({ accounts }: Scenario) =>
  accounts.flatMap(({ id, root }) => (root?.accessKeys ?? []).map((key) => ({ id, key: key.id })));

test.each<[string, Scenario, number]>([
  ['the default organization', defaultScenario(), 2],
  [
    'a generated organization',
    generateScenario({ accounts: 200, seed: 7, credentials: 'all', withCredentials: 1 }),
    400,
  ],
])("the root access keys of %s carry their account's number, as AWS's do", (_name, scenario, count) => {
  const keys = rootKeysOf(scenario);
  expect(keys).toHaveLength(count);
  expect(keys.filter(({ id, key }) => accountOfKeyId(key) !== id)).toEqual([]);
  expect(new Set(keys.map(({ key }) => key)).size).toBe(count);
  expect(keys.every(({ key }) => key.startsWith('AKIA'))).toBe(true);
});

test('so do the ids of those who call, and of the sessions that they open', async () => {
  const scenario = enabledScenario();
  if (scenario.organization) Object.assign(scenario.organization, { delegatedAdministrators: [delegate] });
  const callers = [{ name: 'auditor', accountId: '444444444444', expiresAt: '2999-01-01T00:00:00Z' }];
  const world = await openWorld('in process', { ...scenario, callers });
  const { management, delegatedAdministrator, member } = world.sandbox.credentials();
  const auditor = world.sandbox.credentialsOf('auditor');
  const ids = [management, delegatedAdministrator, member, auditor].map((one) => one?.accessKeyId ?? '');
  expect(ids.map(accountOfKeyId)).toEqual(['111111111111', '333333333333', payments, '444444444444']);
  expect(ids.map((id) => id.slice(0, 4))).toEqual(['AKIA', 'AKIA', 'AKIA', 'ASIA']);
  const asked = { TargetPrincipal: payments, TaskPolicyArn: { arn: taskArn('IAMAuditRootUserCredentials') } };
  const { Credentials } = await world.clients().sts.send(new AssumeRootCommand(asked));
  expect(accountOfKeyId(Credentials?.AccessKeyId ?? '')).toBe(payments);
});

const delegate = {
  accountId: '333333333333',
  servicePrincipal: 'iam.amazonaws.com',
  registeredAt: '2d ago',
};

test.each(['000000000000', '000000000001', '029608264753', '999999999999'])(
  'account %s comes back out of an id',
  (id) => {
    for (const fill of [0, 0x55, 0xff]) expect(accountOfKeyId(keyId('AKIA', id, Buffer.alloc(32, fill)))).toBe(id);
  },
);

test('an id that a scenario gives stays as it is given, though it tells nothing of its account', async () => {
  const scenario = enabledScenario();
  const given = { id: 'AKIAEXAMPLEROOTKEY22', status: 'Active' as const, createdAt: '9d ago' };
  const accounts = scenario.accounts.map((one) =>
    one.id === payments ? { ...one, root: { accessKeys: [given] } } : one,
  );
  const { sandbox } = await openWorld('in process', { ...scenario, accounts });
  expect(sandbox.accounts.find(({ id }) => id === payments)?.root.accessKeys.map(({ id }) => id)).toEqual([given.id]);
});
