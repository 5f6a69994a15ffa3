import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import type { Transport } from '../../src/aws/transport.ts';
import type { Account } from '../../src/org/account.ts';
import { listAccounts } from '../../src/org/discovery.ts';
import { readOrganization } from '../../src/org/organization.ts';
import { blockerOf, createScpReader } from '../../src/org/scp.ts';
import { credentialsTask } from '../../src/root/kinds/index.ts';
import { createSandbox, type Scenario, sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { enabledDefault, legacyErp, network, payments } from '../support/issue5-scenarios.ts';

const tasks = [credentialsTask()];

async function open(scenario: Scenario) {
  const clock = virtualClock();
  const sandbox = createSandbox(scenario, { clock, recordRequests: true });
  const handler = sandboxRequestHandler(sandbox);
  const aws = createAws({
    region: 'us-east-1',
    credentials: sandbox.credentials().management,
    transport: { handle: handler.handle, destroy: () => {} } as unknown as Transport,
    pace: unpaced,
    clock,
    random: () => 0.5,
    userAgent: 'test',
  });
  const { organization } = await readOrganization(aws);
  const accounts: Account[] = [];
  for await (const page of listAccounts(aws, organization)) accounts.push(...page);
  const account = (id: string): Account => {
    const found = accounts.find((one) => one.id === id);
    if (found === undefined) throw new Error(`there is no account ${id}`);
    return found;
  };
  const reader = createScpReader(aws, organization);
  return { sandbox, account, judge: (id: string) => reader.judge(account(id), tasks), reader };
}

const statement = (more: object) => ({ Version: '2012-10-17', Statement: [{ Resource: '*', ...more }] });
const policy = (id: string, document: object | string, targets: string[]) => ({
  id,
  name: `Policy${id.slice(2)}`,
  document: typeof document === 'string' ? document : { ...document },
  targets,
});
const full = (targets: string[]) => policy('p-FullAWSAccess', statement({ Effect: 'Allow', Action: '*' }), targets);
const units = ['r-exam', 'ou-exam-workload', 'ou-exam-wrkprod1', 'ou-exam-wrklegcy', 'ou-exam-dataplat'];

describe('the SCPs that apply to an account', () => {
  test('one on an OU blocks what is below it, and is named with the path of names and its cure', async () => {
    const { judge } = await open(enabledDefault());
    expect((await judge(payments))?.verdict).toBe('clear');
    const verdict = await judge(legacyErp);
    if (verdict === null) throw new Error('no verdict');
    expect(blockerOf(verdict)).toEqual({
      policyId: 'p-denyroot1',
      policyName: 'DenyRootUser',
      sid: 'DenyRoot',
      target: 'Workloads/Legacy',
      action: 'iam:GetAccountSummary',
    });
  });

  test('one on the account itself blocks that account alone', async () => {
    const deny = statement({ Sid: 'NoIam', Effect: 'Deny', Action: 'iam:*' });
    const { judge } = await open(enabledDefault({ policies: [full(['*']), policy('p-account1', deny, [network])] }));
    expect(await judge(network)).toMatchObject({ verdict: 'blocked', sid: 'NoIam', target: { id: network } });
    expect((await judge(payments))?.verdict).toBe('clear');
  });

  test('a level without any policy that allows blocks everything below it', async () => {
    const targets = [...units.filter((id) => id !== 'ou-exam-workload'), payments, network];
    const s3Only = policy('p-s3only001', statement({ Effect: 'Allow', Action: 's3:*' }), ['ou-exam-workload']);
    const { judge } = await open(enabledDefault({ policies: [full(targets), s3Only] }));
    const verdict = await judge(payments);
    if (verdict === null) throw new Error('no verdict');
    expect(blockerOf(verdict)).toMatchObject({ policyId: null, target: 'Workloads', action: 'iam:GetAccountSummary' });
  });

  test.each([
    ['an operator that is not known', { Condition: { StringNotInvented: { 'aws:PrincipalArn': '*' } } }],
    ['a key that is not known', { Condition: { StringEquals: { 'aws:Invented': 'x' } } }],
  ])('%s is never clear', async (_what, more) => {
    const deny = statement({ Sid: 'Maybe', Effect: 'Deny', Action: '*', ...more });
    const { judge } = await open(enabledDefault({ policies: [full(['*']), policy('p-unknown1', deny, ['r-exam'])] }));
    expect(await judge(payments)).toMatchObject({ verdict: 'cannot-tell', policy: { id: 'p-unknown1' } });
  });

  test('a policy that is not understood is never clear', async () => {
    const { judge } = await open(enabledDefault({ policies: [full(['*']), policy('p-broken01', '{', ['r-exam'])] }));
    expect((await judge(payments))?.verdict).toBe('cannot-tell');
  });

  test('where AWS does not tell the place of the account, there is no verdict', async () => {
    const { reader, account } = await open(enabledDefault());
    expect(await reader.judge({ ...account(payments), path: null }, tasks)).toBeNull();
  });

  test('each target and each policy is read once, also when many ask at once', async () => {
    const { sandbox, judge } = await open(enabledDefault());
    await Promise.all([judge(payments), judge(network), judge(legacyErp)]);
    await judge(network);
    const counts = new Map<string, number>();
    for (const { operation, parameters } of sandbox.requests) {
      const target = parameters['TargetId'] ?? parameters['PolicyId'] ?? parameters['OrganizationalUnitId'];
      if (target === undefined || target === network) continue; // an account's own level is not kept
      const key = `${operation} ${String(target)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
  });
});
