import { expect, test } from 'vitest';
import { serve } from '../support/sandbox-server.ts';
import { managementId, memberId, organizationId, scenarioOf, withoutAccess } from '../support/scenarios.ts';

const off = () => scenarioOf([{}, {}], { organization: withoutAccess });
const on = { trustedAccess: true, rootCredentialsManagement: true, rootSessions: true, delegatedAdministrators: [] };
const allOff = { trustedAccess: false, rootCredentialsManagement: false, rootSessions: false };

const changes = new Set([
  'EnableAWSServiceAccess',
  'DisableAWSServiceAccess',
  'EnableOrganizationsRootCredentialsManagement',
  'EnableOrganizationsRootSessions',
  'DisableOrganizationsRootCredentialsManagement',
  'DisableOrganizationsRootSessions',
  'RegisterDelegatedAdministrator',
  'DeregisterDelegatedAdministrator',
]);
const changesIn = (requests: readonly { operation: string }[]) =>
  requests.map(({ operation }) => operation).filter((operation) => changes.has(operation));

test('enable turns on trusted access first, then both features, and says what each was and is', async () => {
  const served = await serve(off());
  const { code, json } = await served.run(['enable', '-o', 'json']);
  expect(code).toBe(0);
  expect(json.before).toMatchObject(allOff);
  expect(json.after).toEqual(on);
  expect(changesIn(await served.requests())).toEqual([
    'EnableAWSServiceAccess',
    'EnableOrganizationsRootCredentialsManagement',
    'EnableOrganizationsRootSessions',
  ]);
});

test('enable once more changes nothing and says so', async () => {
  const served = await serve(scenarioOf([{}]));
  const { code, stdout } = await served.run(['enable']);
  expect(code).toBe(0);
  expect(stdout).toContain('everything was already set this way');
  expect(changesIn(await served.requests())).toEqual([]);
});

test('features that were on before trusted access went off are reported as on before', async () => {
  const served = await serve(scenarioOf([{}], { organization: { trustedServices: [] } }));
  const { json } = await served.run(['enable', '-o', 'json']);
  expect(json.before).toMatchObject({ trustedAccess: false, rootCredentialsManagement: true, rootSessions: true });
  expect(changesIn(await served.requests())).toEqual(['EnableAWSServiceAccess']);
});

test('enable --only switches one feature', async () => {
  const served = await serve(off());
  const { json } = await served.run(['enable', '--only', 'root-sessions', '-o', 'json']);
  expect(json.after).toMatchObject({ trustedAccess: true, rootCredentialsManagement: false, rootSessions: true });
});

test('enable --delegated-admin registers a member too, once', async () => {
  const served = await serve(off());
  const args = ['enable', '--delegated-admin', memberId(0), '-o', 'json'];
  expect((await served.run(args)).json.after.delegatedAdministrators).toEqual([memberId(0)]);
  const again = await served.run(args);
  expect(again).toMatchObject({ code: 0, json: { before: { delegatedAdministrators: [memberId(0)] } } });
  expect(changesIn(await served.requests()).filter((name) => name.startsWith('Register'))).toHaveLength(1);
});

test.each([
  ['the management account', managementId, 'cannot be a delegated administrator'],
  ['an account of nobody', '200000000009', 'did you mean'],
  ['eleven digits', '20000000000', '12 digits'],
])('enable --delegated-admin refuses %s before anything is switched', async (_name, id, words) => {
  const served = await serve(off());
  const { code, stderr } = await served.run(['enable', '--delegated-admin', id]);
  expect(code).toBe(64);
  expect(stderr).toContain(words);
  expect(changesIn(await served.requests())).toEqual([]);
});

test('enable --dry-run says what would change and changes nothing', async () => {
  const served = await serve(off());
  const { code, json } = await served.run(['enable', '--dry-run', '-o', 'json']);
  expect(code).toBe(0);
  expect(json).toMatchObject({ dryRun: true, before: allOff, after: { rootSessions: true } });
  expect((await served.run(['enable', '--dry-run'])).stdout).toContain('nothing was changed');
  expect(changesIn(await served.requests())).toEqual([]);
});

test('enable that AWS refuses half-way says what stands, why, and ends with 1', async () => {
  const denyOne = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:EnableOrganizationsRootSessions', Resource: '*' },
    ],
  };
  const served = await serve(
    scenarioOf([{}], {
      organization: withoutAccess,
      callers: [{ name: 'management', accountId: managementId, policies: [denyOne] }],
    }),
  );
  const { code, json, stderr } = await served.run(['enable', '-o', 'json']);
  expect(code).toBe(1);
  expect(json.after).toMatchObject({ trustedAccess: true, rootCredentialsManagement: true, rootSessions: false });
  expect(json.error.code).toBe('AccessDenied');
  expect(stderr).toMatch(/^error: .*AccessDenied/mu);
});

test.each([['ndjson'], ['sarif']])(
  'enable -o %s is refused before anything is switched, with the formats that there are',
  async (format) => {
    const served = await serve(off());
    const { code, stderr } = await served.run(['enable', '-o', format]);
    expect(code).toBe(64);
    expect(stderr).toContain('json');
    expect(await served.requests()).toEqual([]);
  },
);

test('disable without a terminal and without --yes does nothing', async () => {
  const served = await serve(scenarioOf([{}]));
  expect(await served.run(['disable'])).toMatchObject({ code: 64, stdout: '' });
  expect(await served.requests()).toEqual([]);
});

test('disable --yes turns both features off, keeps trusted access, and is idempotent', async () => {
  const served = await serve(scenarioOf([{}]));
  const { code, json } = await served.run(['disable', '--yes', '-o', 'json']);
  expect(code).toBe(0);
  expect(json.kind).toBe('rootctl.disable');
  expect(json.after).toMatchObject({ trustedAccess: true, rootCredentialsManagement: false, rootSessions: false });
  expect((await served.run(['disable', '--yes'])).stdout).toContain('everything was already set this way');
  expect(changesIn(await served.requests())).toHaveLength(2);
});

test('disable --only leaves the other feature on', async () => {
  const served = await serve(scenarioOf([{}]));
  const { json } = await served.run(['disable', '--only', 'root-sessions', '--yes', '-o', 'json']);
  expect(json.after).toMatchObject({ rootCredentialsManagement: true, rootSessions: false });
});

test('disable --dry-run needs no confirmation and changes nothing', async () => {
  const served = await serve(scenarioOf([{}]));
  expect(await served.run(['disable', '--dry-run'])).toMatchObject({ code: 0 });
  expect(changesIn(await served.requests())).toEqual([]);
});

const delegated = () =>
  scenarioOf([{}, {}], {
    organization: {
      delegatedAdministrators: [
        { accountId: memberId(0), servicePrincipal: 'iam.amazonaws.com', registeredAt: '9d ago' },
      ],
    },
  });

test('disable --trusted-access is refused, before anything is switched, while a delegate is registered', async () => {
  const served = await serve(delegated());
  const { code, json } = await served.run(['disable', '--trusted-access', '--yes', '-o', 'json']);
  expect(code).toBe(1);
  expect(json.error).toMatchObject({ code: 'ConstraintViolationException' });
  expect(json.error.hint).toContain(`disable --delegated-admin ${memberId(0)}`);
  expect(changesIn(await served.requests())).toEqual([]);
});

test('disable --delegated-admin deregisters that one alone; then all can be taken away', async () => {
  const served = await serve(delegated());
  const first = await served.run(['disable', '--delegated-admin', memberId(0), '--yes', '-o', 'json']);
  expect(first.json.after).toMatchObject({ delegatedAdministrators: [], rootSessions: true });
  const second = await served.run(['disable', '--trusted-access', '--yes', '-o', 'json']);
  expect(second.json.after).toMatchObject(allOff);
  expect(changesIn(await served.requests()).at(-1)).toBe('DisableAWSServiceAccess');
});

test('a delegated administrator may disable but not enable', async () => {
  const served = await serve(delegated());
  const env = served.env(served.credentials.delegatedAdministrator);
  const disabled = await served.run(['disable', '--yes', '-o', 'json'], { env });
  expect(disabled).toMatchObject({ code: 0, json: { organization: { callerRole: 'delegated-administrator' } } });
  const enabled = await served.run(['enable', '-o', 'json'], { env });
  expect(enabled).toMatchObject({ code: 1, json: { error: { code: 'CallerIsNotManagementAccountException' } } });
  expect(enabled.json.error.hint).toContain(managementId);
});

test('an ordinary member is told from where to call', async () => {
  const served = await serve(scenarioOf([{}]));
  const { code, json, stderr } = await served.run(['enable', '-o', 'json'], {
    env: served.env(served.credentials.member),
  });
  expect(code).toBe(1);
  expect(json.error.hint).toContain(managementId);
  expect(stderr).toMatch(/^error: /u);
});

test('consolidated billing alone: says how to enable all features', async () => {
  const served = await serve(
    scenarioOf([{}], { organization: { ...withoutAccess, featureSet: 'CONSOLIDATED_BILLING' } }),
  );
  for (const command of ['enable', 'status']) {
    const { code, json } = await served.run([command, '-o', 'json']);
    expect(code).toBe(1);
    expect(json.error.code).toBe('OrganizationNotInAllFeaturesModeException');
    expect(json.error.hint).toContain('aws organizations enable-all-features');
  }
  expect(changesIn(await served.requests())).toEqual([]);
});

test('an account without an organization is told so', async () => {
  const { organization: _, ...alone } = scenarioOf([]);
  const served = await serve(alone);
  for (const command of ['enable', 'status']) {
    const { code, json } = await served.run([command, '-o', 'json']);
    expect(code).toBe(1);
    expect(json.error.code).toBe('AWSOrganizationsNotInUseException');
    expect(json.error.hint).toContain('create-organization');
  }
});

test.each([
  ['trusted access off', { trustedServices: [] }, 'ServiceAccessNotEnabledException'],
  ['root credentials management off', { rootCredentialsManagement: false }, 'RootCredentialsManagementNotEnabled'],
])('%s is one error for the command, not one an account', async (_name, organization, code) => {
  const served = await serve(scenarioOf([{}, {}, {}], { organization }));
  for (const args of [['status'], ['delete', '--all', '--yes']]) {
    const result = await served.run([...args, '-o', 'json']);
    expect(result).toMatchObject({ code: 1, json: { error: { code } } });
    expect(result.json.error.message).toContain(organizationId);
    expect(result.json.error.hint).toContain('rootctl enable');
  }
  expect((await served.requests()).map(({ operation }) => operation)).not.toContain('AssumeRoot');
});
