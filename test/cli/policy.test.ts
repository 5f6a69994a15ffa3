import { describe, expect, test } from 'vitest';
import {
  callerCommands,
  callerPolicy,
  commandActions,
  evaluatePolicy,
  guardrailScp,
  type PolicySource,
  parsePolicy,
} from '../../src/policy/index.ts';
import { type Case, calledWith, casesOf } from '../support/issue5-callers.ts';
import { enabledDefault, network } from '../support/issue5-scenarios.ts';
import { makeHome, rootctl } from '../support/program.ts';
import { createScene } from '../support/scene.ts';

const policyFor = (command: (typeof callerCommands)[number]): PolicySource =>
  callerPolicy({ commands: [command], partition: 'aws' }).document;

async function runCase({ args, scenario, config }: Case, policy: PolicySource) {
  const scene = createScene(calledWith(scenario, policy));
  if (config !== undefined) scene.inputs.set('.rootctl.yaml', config);
  const { code, stderr } = await scene.run(args);
  // Only the caller's own calls: what a root session may do is decided elsewhere.
  const denied = scene.sandbox.requests.filter(
    ({ outcome, callerAccount }) => outcome.startsWith('AccessDenied') && callerAccount === '111111111111',
  );
  return { code, stderr, denied: denied.map(({ operation }) => operation) };
}

/** The policy without one action, or without the statement of one task. */
function without(policy: PolicySource, taken: string): PolicySource {
  return {
    ...policy,
    Statement: policy.Statement.flatMap((statement) => {
      if (statement.Sid === `AssumeRoot${taken}`) return [];
      if (typeof statement.Action === 'string') return [statement];
      const Action = statement.Action.filter((action) => action !== taken);
      return Action.length === 0 ? [] : [{ ...statement, Action }];
    }),
  };
}

describe.each(callerCommands)('the policy of rootctl policy iam --for %s', (command) => {
  const policy = policyFor(command);
  const needs = commandActions[command];
  const actions = [...needs.reads, ...needs.forIamOnly].map(({ action, need }) => ({ taken: action, need }));
  const tasks = needs.tasks.map(({ task, need }) => ({ taken: task as string, need }));

  test.each(casesOf[command].map((one) => [one.args.join(' '), one] as const))(
    'allows every call of %s',
    async (_args, one) => {
      expect((await runCase(one, policy)).denied).toEqual([]);
    },
  );

  test.each([...actions, ...tasks])(
    'has nothing to spare: without $taken ($need) a call fails',
    async ({ taken, need }) => {
      const less = without(policy, taken);
      const results = [];
      for (const one of casesOf[command]) results.push({ one, ...(await runCase(one, less)) });
      const operation = tasks.some((task) => task.taken === taken) ? 'AssumeRoot' : taken.split(':')[1];
      expect(results.flatMap(({ denied }) => denied)).toContain(operation);
      if (need === 'required') {
        const failing = results.filter(({ one, code }) => one.isPlain && code !== 0);
        expect(failing.length).toBeGreaterThan(0);
      }
    },
  );
});

describe('rootctl policy iam', () => {
  test('--for status enforced: status passes, delete fails and names the missing statement', async () => {
    const scene = createScene(calledWith(enabledDefault({ policies: undefined }), policyFor('status')));
    const everything = await scene.run(['status', '-o', 'json']);
    expect([everything.code, everything.json.summary.unknown]).toEqual([0, 0]);
    const refused = await scene.run(['delete', '123456789012', '--yes', '-o', 'json']);
    expect(refused.code).toBe(1);
    const [account] = refused.json.accounts;
    expect(account).toMatchObject({ outcome: 'failed', error: { code: 'AccessDenied' } });
    expect(account.error.hint).toContain('allow sts:AssumeRoot with task policy IAMDeleteRootUserCredentials');
    expect(account.error.hint).toContain(
      'statement AssumeRootIAMDeleteRootUserCredentials of rootctl policy iam --for delete',
    );
    expect(scene.sandbox.requests.filter(({ changed }) => changed)).toEqual([]);
  });

  test('the real program prints it on stdout alone, without credentials and without the network', async () => {
    const home = await makeHome();
    const result = await rootctl(['policy', 'iam', '--for', 'status,delete'], { home });
    expect(result.code).toBe(0);
    const document = JSON.parse(result.stdout);
    expect(document).toEqual(callerPolicy({ commands: ['status', 'delete'], partition: 'aws' }).document);
    expect(result.stderr).toContain('https://docs.aws.amazon.com/');
    const quiet = await rootctl(['policy', 'iam', '--for', 'status,delete', '-q', '-o', 'json'], { home });
    expect([quiet.stdout, quiet.stderr]).toEqual([result.stdout, '']);
  });

  test('--accounts, --org and --partition narrow the root sessions', async () => {
    const args = ['policy', 'iam', '--for', 'recover', '--accounts', '111122223333,444455556666'];
    const result = await createScene(enabledDefault()).run([
      ...args,
      '--org',
      'o-exampleorgid',
      '--partition',
      'aws-us-gov',
    ]);
    expect(JSON.parse(result.stdout).Statement.at(-1)).toMatchObject({
      Resource: ['arn:aws-us-gov:iam::111122223333:root', 'arn:aws-us-gov:iam::444455556666:root'],
      Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorgid' } },
    });
    expect(result.stderr).toContain('aws:ResourceOrgID');
  });

  test('a policy for some accounts and the organization works in them, and not elsewhere', async () => {
    const options = { partition: 'aws', accounts: [network], organizationId: 'o-exampleorgid' };
    const policy = callerPolicy({ commands: ['recover'], ...options }).document;
    const scene = createScene(calledWith(enabledDefault(), policy));
    expect((await scene.run(['recover', network, '--yes'])).code).toBe(0);
    const elsewhere = await scene.run(['recover', '333333333333', '--yes', '-o', 'json']);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.json.accounts[0].error.hint).toContain('rootctl policy iam --for recover');
  });

  test('--oidc github prints a trust policy for the repository alone', async () => {
    const args = ['policy', 'iam', '--oidc', 'github', '--repo', 'owner/name', '--branch', 'main'];
    const scene = createScene(enabledDefault());
    const [statement] = JSON.parse((await scene.run([...args, '--account-id', '111111111111'])).stdout).Statement;
    expect(statement.Principal.Federated).toBe(
      'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com',
    );
    expect(statement.Condition.StringEquals['token.actions.githubusercontent.com:sub']).toBe(
      'repo:owner/name:ref:refs/heads/main',
    );
    const open = await scene.run(args);
    expect(open.stdout).toContain('ACCOUNT_ID');
    expect(open.stderr).toContain('Replace ACCOUNT_ID');
  });

  test.each([
    [['policy', 'iam', '--for', 'everything'], 'choose from: status, delete'],
    [['policy', 'iam', '--accounts', '123'], 'is not an account id'],
    [['policy', 'iam', '--org', 'nonsense'], 'is not an organization id'],
    [['policy', 'iam', '--partition', 'mars'], 'aws-cn'],
    [['policy', 'iam', '--repo', 'owner/name'], 'works only together with --oidc github'],
    [['policy', 'iam', '--oidc', 'github'], 'needs a repository'],
    [['policy', 'iam', '--oidc', 'github', '--repo', 'owner'], 'not a GitHub repository'],
    [['policy', 'iam', '-o', 'csv'], 'error: rootctl policy has no csv output'],
  ])('%j is wrong usage', async (args, line) => {
    const result = await createScene(enabledDefault()).run(args);
    expect(result.code).toBe(64);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain(line);
  });
});

describe('rootctl policy scp', () => {
  test('the guardrail denies root users and lets every root session through', async () => {
    const printed = await createScene(enabledDefault()).run(['policy', 'scp']);
    const document = JSON.parse(printed.stdout);
    expect(document).toEqual(guardrailScp({ partition: 'aws' }).document);
    const guardrail = { id: 'p-guardrail', name: 'Guardrail', document, targets: ['r-exam'] };
    const full = {
      id: 'p-FullAWSAccess',
      name: 'FullAWSAccess',
      awsManaged: true,
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      targets: ['*'],
    };
    const scene = createScene(enabledDefault({ policies: [full, guardrail] }));
    const status = await scene.run(['status', '-o', 'json']);
    expect([status.code, status.json.summary.unknown]).toEqual([0, 0]);
    expect((await scene.run(['delete', '--all', '--yes'])).code).toBe(0);
    const doctor = await scene.run(['doctor', '-o', 'json']);
    expect(doctor.json.scp.every(({ verdict }: { verdict: string }) => verdict === 'clear')).toBe(true);
    const asRoot = {
      action: 's3:ListAllMyBuckets',
      resource: '*',
      keys: { 'aws:PrincipalArn': `arn:aws:iam::${network}:root` },
    };
    expect(evaluatePolicy(parsePolicy(document), asRoot).effect).toBe('deny');
  });
});
