import { describe, expect, test } from 'vitest';
import { defaultScenario, type Scenario } from '../../src/sandbox/index.ts';
import { delegatedTo, enabledDefault, legacyErp, management, network } from '../support/issue5-scenarios.ts';
import { makeHome, rootctl } from '../support/program.ts';
import { serve } from '../support/sandbox-server.ts';
import { createScene, type Scene } from '../support/scene.ts';

const ids = [
  'credentials',
  'organization',
  'all-features',
  'trusted-access',
  'root-credentials-management',
  'root-sessions',
  'sts-region',
  'root-session',
  'scp',
  'open-recoveries',
];

// biome-ignore lint/suspicious/noExplicitAny: a test reads any field of any document, and a wrong one is undefined
const resultsOf = (document: any): Record<string, string> =>
  Object.fromEntries(document.checks.map(({ id, result }: { id: string; result: string }) => [id, result]));

async function doctor(scenario: Scenario, caller?: 'delegatedAdministrator' | 'member') {
  const scene = createScene(scenario);
  const credentials = caller === undefined ? undefined : scene.sandbox.credentials()[caller];
  const called = credentials === undefined ? scene : createScene(scenario, { credentials });
  const result = await called.run(['doctor', '-o', 'json']);
  return { ...result, document: result.json, results: resultsOf(result.json), sandbox: called.sandbox };
}

const callerWith = (policies: readonly object[]): Partial<Scenario> => ({
  callers: [{ name: 'management', accountId: management, policies: policies.map((policy) => ({ ...policy })) }],
});
const allow = (...actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

describe('rootctl doctor', () => {
  test('on the default sandbox the real program names the SCP that blocks the one account', async () => {
    const served = await serve(enabledDefault());
    const result = await served.run(['doctor']);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('DenyRootUser (p-denyroot1) on Workloads/Legacy blocks 1 account');
    expect(result.stdout).toContain('add "Null": {"aws:AssumedRoot": "true"} to statement DenyRoot');
    expect(result.stdout).toContain('→ rootctl policy scp');
    expect(result.stdout).toContain('root session                 opened in payments-prod');
  });

  test('every check is always there, in the order in which to mend, and the blocked account in scp[]', async () => {
    const { code, document, results } = await doctor(enabledDefault());
    expect(code).toBe(0);
    expect(Object.keys(results)).toEqual(ids);
    expect(Object.entries(results).filter(([, result]) => result !== 'ok')).toEqual([['scp', 'warn']]);
    expect(document.scp.filter(({ verdict }: { verdict: string }) => verdict !== 'clear')).toEqual([
      {
        account: legacyErp,
        verdict: 'blocked',
        policyId: 'p-denyroot1',
        policyName: 'DenyRootUser',
        sid: 'DenyRoot',
        targetId: 'ou-exam-wrklegcy',
        targetPath: 'Workloads/Legacy',
      },
    ]);
    expect(document.scp).toHaveLength(5);
  });

  test('everything switched off: failures with their cures, what depends on them unknown, exit 1', async () => {
    const { code, document, results } = await doctor(defaultScenario(7));
    expect(code).toBe(1);
    expect(results).toMatchObject({
      'trusted-access': 'fail',
      'root-credentials-management': 'fail',
      'root-sessions': 'fail',
      'sts-region': 'unknown',
      'root-session': 'unknown',
    });
    expect(document.checks[3].cure).toBe('rootctl enable');
  });

  test('only root sessions off: that check fails, the root session still opens', async () => {
    const { code, results, document } = await doctor(enabledDefault({ rootSessions: false }));
    expect([code, results['root-sessions'], results['root-session']]).toEqual([1, 'fail', 'ok']);
    expect(document.checks[5].cure).toBe('rootctl enable --only root-sessions');
  });

  test('without credentials the first check fails and the others are unknown, never missing', async () => {
    const result = await rootctl(['doctor', '-o', 'json'], { home: await makeHome() });
    expect(result.code).toBe(1);
    const results = resultsOf(result.json);
    expect(Object.keys(results)).toEqual(ids);
    expect(results['credentials']).toBe('fail');
    expect(ids.slice(1, -1).map((id) => results[id])).toEqual(Array(8).fill('unknown'));
  });

  test("a root user's credentials fail, before anything else is asked", async () => {
    const arn = `arn:aws:iam::${management}:root`;
    const scenario = enabledDefault({}, { callers: [{ name: 'management', accountId: management, arn }] });
    const { code, document, sandbox } = await doctor(scenario);
    expect(code).toBe(1);
    expect(document.checks[0]).toMatchObject({ result: 'fail', message: expect.stringContaining('is a root user') });
    expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  test('consolidated billing only fails the check of all features and names the organization', async () => {
    const { code, document, results } = await doctor(enabledDefault({ featureSet: 'CONSOLIDATED_BILLING' }));
    expect([code, results['all-features']]).toEqual([1, 'fail']);
    expect(document.organization.id).toBe('o-exampleorgid');
    expect(document.checks[2].cure).toBe('aws organizations enable-all-features');
  });

  test('an ordinary member fails the check of the organization', async () => {
    const { code, document } = await doctor(enabledDefault(), 'member');
    expect(code).toBe(1);
    expect(document.checks[1]).toMatchObject({ result: 'fail', message: expect.stringContaining('ordinary member') });
  });

  test('no organization at all', async () => {
    const { organization: _none, ...scenario } = enabledDefault();
    const { code, document } = await doctor(scenario);
    expect([code, document.organization]).toEqual([1, null]);
    expect(document.checks[1].cure).toBe('aws organizations create-organization --feature-set ALL');
  });

  test('from the delegated administrator all works, and what it may not do is said', async () => {
    const { code, document, results } = await doctor(delegatedTo(network), 'delegatedAdministrator');
    expect(code).toBe(0);
    expect(document.organization.callerRole).toBe('delegated-administrator');
    expect(document.checks[1].message).toContain(`for enable and disable use its management account ${management}`);
    expect(results['root-session']).toBe('ok');
  });

  test('a region that is not enabled fails the region and says how to choose another', async () => {
    const scenario = enabledDefault({}, { behaviour: { disabledRegions: ['us-east-1'] } });
    const { code, document, results } = await doctor(scenario);
    expect([code, results['sts-region'], results['root-session']]).toEqual([1, 'fail', 'unknown']);
    expect(document.checks[6].cure).toBe('rootctl doctor --region us-east-1');
  });

  test('policies that may not be read: scp is unknown, every account cannot-tell, the session is still tried', async () => {
    const readable = ['organizations:List*', 'organizations:DescribeOrganization', 'iam:*', 'sts:*'];
    const deny = { Effect: 'Deny', Action: 'organizations:ListPoliciesForTarget', Resource: '*' };
    const policy = { ...allow(...readable), Statement: [...allow(...readable).Statement, deny] };
    const { code, document, results } = await doctor(enabledDefault({}, callerWith([policy])));
    expect([results['scp'], results['root-session'], code]).toEqual(['unknown', 'ok', 0]);
    expect(document.scp.every(({ verdict }: { verdict: string }) => verdict === 'cannot-tell')).toBe(true);
    expect(document.checks[8].cure).toBe('rootctl policy iam --for doctor');
  });

  test('accounts that may not be listed fail the root session, with a reason everywhere', async () => {
    const policy = allow('organizations:DescribeOrganization', 'iam:*', 'sts:*');
    const { code, results } = await doctor(enabledDefault({}, callerWith([policy])));
    expect([code, results['root-session'], results['scp']]).toEqual([1, 'fail', 'unknown']);
  });

  test('protected accounts are left out, also as the one whose root session is tried', async () => {
    const scene = createScene(enabledDefault());
    scene.inputs.set('.rootctl.yaml', 'protect: ["payments-*", "data-*"]');
    const result = await scene.run(['doctor', '-o', 'json']);
    expect(result.json.scp).toHaveLength(3);
    const opened = scene.sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot');
    expect(opened.map(({ targetAccount }) => targetAccount)).toEqual(['333333333333']);
  });

  test.each([
    ['interrupted', 130, [], 0],
    ['out of time', 1, ['--timeout', '3s'], 2_000],
  ] as const)(
    '%s, it tells what was looked at, and exits %i: not everything is known to be in place',
    async (what, exit, flags, organizations) => {
      const base = enabledDefault({}, { behaviour: { latencyMs: { organizations } } });
      const scene: Scene = createScene(base, {
        onRequest: ({ headers }) => {
          if (what === 'interrupted' && headers['x-amz-target']?.endsWith('.ListAccounts') === true)
            scene.signal('SIGINT');
        },
      });
      const { code, json } = await scene.run(['doctor', '-o', 'json', ...flags]);
      expect([code, json.complete]).toEqual([exit, false]);
      expect(resultsOf(json)).toMatchObject({ 'root-session': 'ok', scp: 'unknown' });
      expect(Object.values(resultsOf(json))).not.toContain('fail');
    },
  );

  test('nothing is changed', async () => {
    const { sandbox } = await doctor(enabledDefault());
    expect(sandbox.requests.filter(({ changed }) => changed)).toEqual([]);
  });

  test('two thousand accounts in few units cost a call each, and a few more', async () => {
    const base = enabledDefault();
    const accounts = Array.from({ length: 2_000 }, (_, index) => ({
      id: String(700_000_000_000 + index),
      name: `member-${index}`,
      email: `root+${index}@example.com`,
      parentId: 'ou-exam-wrkdevl1',
      joinedAt: '90d ago',
    }));
    const { document, sandbox } = await doctor({ ...base, accounts: [...base.accounts, ...accounts] });
    expect(document.scp).toHaveLength(2_005);
    const { byOperation } = sandbox.counters();
    expect(byOperation['organizations.ListPoliciesForTarget']?.requests).toBeLessThan(2_020);
    expect(byOperation['organizations.DescribePolicy']?.requests).toBe(2);
  });
});

describe('the SCP behind a denial', () => {
  test('status names it in the message and the hint', async () => {
    const result = await createScene(enabledDefault()).run(['status', legacyErp, '-o', 'json']);
    expect(result.code).toBe(1);
    expect(result.json.accounts[0]).toMatchObject({
      status: 'unknown',
      error: {
        code: 'AccessDenied',
        message: 'denied by SCP DenyRootUser (p-denyroot1) on Workloads/Legacy',
        hint: 'add "Null": {"aws:AssumedRoot": "true"} to statement DenyRoot of SCP DenyRootUser (p-denyroot1) on Workloads/Legacy; details: rootctl doctor',
      },
    });
  });

  test('delete names it when only the deletion is denied', async () => {
    const scenario = enabledDefault();
    const denial = {
      id: 'p-nodelete1',
      name: 'NoDelete',
      document: {
        Version: '2012-10-17',
        Statement: [{ Sid: 'KeepKeys', Effect: 'Deny', Action: 'iam:DeleteAccessKey', Resource: '*' }],
      },
      targets: ['ou-exam-wrkprod1'],
    };
    const policies = [...(scenario.organization?.policies ?? []), denial];
    const result = await createScene(enabledDefault({ policies })).run([
      'delete',
      '123456789012',
      '--yes',
      '-o',
      'json',
    ]);
    expect(result.code).toBe(1);
    expect(result.json.accounts[0].error.message).toBe('denied by SCP NoDelete (p-nodelete1) on Workloads/Prod');
  });

  test('where policies may not be read, the hint stays as it is', async () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'organizations:DescribePolicy', Resource: '*' },
      ],
    };
    const scene = createScene(enabledDefault({}, callerWith([policy])));
    const result = await scene.run(['status', legacyErp, '-o', 'json']);
    expect(result.json.accounts[0].error.hint).toBe(
      'a service control policy probably denies the root user without exempting root sessions: rootctl doctor',
    );
  });

  test('no policy is read when nothing was denied', async () => {
    const scene = createScene(enabledDefault());
    await scene.run(['status', network]);
    expect(scene.sandbox.requests.filter(({ operation }) => /Polic/u.test(operation))).toEqual([]);
  });
});
