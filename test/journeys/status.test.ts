import { describe, expect, test } from 'vitest';
import { makeHome, rootctl } from '../support/program.ts';
import { callsFor, serve } from '../support/sandbox-server.ts';
import {
  accessKey,
  certificate,
  denyRoot,
  everything,
  keyIdOf,
  type Member,
  managementId,
  memberId,
  organizationId,
  password,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const [first, second, third, fourth] = [0, 1, 2, 3].map(memberId) as [string, string, string, string];

describe('the calls that an account costs', () => {
  test('a clean account costs exactly AssumeRoot and GetAccountSummary', async () => {
    const served = await serve(scenarioOf(Array.from({ length: 45 }, () => ({}))));
    const { code, json } = await served.run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.summary).toEqual({ accounts: 46, present: 0, absent: 45, unknown: 0, skipped: 1 });
    const requests = await served.requests();
    for (const { id } of json.accounts) {
      if (id === managementId) continue;
      expect(callsFor(requests, id), id).toEqual(['AssumeRoot', 'GetAccountSummary']);
    }
    const counters = await served.counters();
    expect(counters.byOperation['sts.AssumeRoot']?.requests).toBe(45);
    expect(counters.byOperation['iam.GetAccountSummary']?.requests).toBe(46); // one at home
    expect(counters.byOperation['organizations.ListAccounts']?.requests).toBe(3);
    expect(counters.requests).toBeLessThanOrEqual(45 * 2 + 3 + 6);
  });

  test.each([
    ['a password', { ...password }, ['GetLoginProfile', 'GetUser']],
    ['one access key', { accessKeys: [accessKey(first, 1)] }, ['GetAccessKeyLastUsed', 'ListAccessKeys']],
    ['a certificate', { signingCertificates: [certificate(first)] }, ['ListSigningCertificates']],
    ['an MFA device', { mfaDevices: [virtualDevice(first)] }, ['ListMFADevices']],
    [
      'everything',
      everything(first),
      [
        'GetAccessKeyLastUsed',
        'GetAccessKeyLastUsed',
        'GetLoginProfile',
        'GetUser',
        'ListAccessKeys',
        'ListMFADevices',
        'ListSigningCertificates',
      ],
    ],
  ])('an account with %s costs only the calls whose answers are shown', async (_name, root, details) => {
    const scene = createScene(scenarioOf([{ root }]));
    const { json } = await scene.run(['status', '-o', 'json']);
    expect(json.accounts.find(({ id }: { id: string }) => id === first).status).toBe('present');
    const calls = callsFor(scene.sandbox.requests, first);
    expect(calls.slice(0, 2)).toEqual(['AssumeRoot', 'GetAccountSummary']);
    expect(calls.slice(2).sort()).toEqual(details);
  });

  test('skipped accounts and the management account cost nothing', async () => {
    const scene = createScene(
      scenarioOf([{ state: 'SUSPENDED' }, { state: 'PENDING_CLOSURE' }, { state: 'CLOSED' }, {}]),
    );
    const { json, code } = await scene.run(['status', '-o', 'json', '--exclude', fourth]);
    expect(code).toBe(0);
    expect(json.accounts.map(({ reason }: { reason: string }) => reason)).toEqual([
      'management-account',
      'not-active',
      'not-active',
      'not-active',
      'excluded',
    ]);
    expect(scene.sandbox.requests.map(({ operation }) => operation)).not.toContain('AssumeRoot');
  });
});

describe('the document', () => {
  test('holds every credential with its times, in the order of ids', async () => {
    const served = await serve(scenarioOf([{ name: 'payments', root: everything(first) }, {}]));
    const { json } = await served.run(['status', '-o', 'json']);
    expect(json).toMatchObject({
      schemaVersion: '1',
      kind: 'rootctl.status',
      organization: {
        id: organizationId,
        managementAccountId: managementId,
        callerAccountId: managementId,
        callerRole: 'management',
        partition: 'aws',
      },
      centralizedRootAccess: {
        trustedAccess: true,
        rootCredentialsManagement: true,
        rootSessions: true,
        delegatedAdministrators: [],
      },
      managementAccount: { id: managementId, accessKeysPresent: false, mfaEnabled: false, passwordPresent: false },
    });
    expect(json.accounts.map(({ id }: { id: string }) => id)).toEqual([managementId, first, second]);
    const [, holder, clean] = json.accounts;
    expect(holder).toMatchObject({
      name: 'payments',
      state: 'ACTIVE',
      path: `${organizationId}/r-test/`,
      status: 'present',
      reason: null,
      error: null,
      credentials: {
        loginProfile: { present: true, createdAt: expect.any(String), lastUsedAt: expect.any(String) },
        accessKeys: [
          { id: keyIdOf(first, 1), status: 'Active', lastUsedService: 's3', lastUsedRegion: 'eu-west-1' },
          { id: keyIdOf(first, 2), lastUsedAt: null, lastUsedService: null, lastUsedRegion: null },
        ],
        mfaDevices: [{ type: 'virtual' }, { type: 'fido' }],
        signingCertificates: [{ id: certificate(first).id, status: 'Active' }],
      },
    });
    expect(holder.lastUsedAt).toBe(holder.credentials.accessKeys[0].lastUsedAt);
    expect(clean.credentials).toEqual({
      loginProfile: { present: false, createdAt: null, lastUsedAt: null },
      accessKeys: [],
      mfaDevices: [],
      signingCertificates: [],
    });
    expect(json).not.toHaveProperty('simulated');
  });

  test('ndjson gives a line an account, then the summary', async () => {
    const served = await serve(scenarioOf([{ root: password }, {}]));
    const { stdout } = await served.run(['status', '-o', 'ndjson']);
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual([
      'rootctl.status.account',
      'rootctl.status.account',
      'rootctl.status.account',
      'rootctl.status.summary',
    ]);
  });

  test('csv, markdown and sarif hold every account or finding and nothing on stderr', async () => {
    const served = await serve(scenarioOf([{ name: 'payments', root: password }, {}]));
    const csv = await served.run(['status', '-o', 'csv']);
    expect(csv.stdout.trim().split(/\r?\n/u)).toHaveLength(4);
    expect(csv.stderr).toBe('');
    expect((await served.run(['status', '-o', 'markdown'])).stdout).toMatch(/^\|.*payments/mu);
    const sarif = await served.run(['status', '-o', 'sarif']);
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0' });
  });

  test('a clean organization is one quiet line', async () => {
    const served = await serve(scenarioOf([{}, {}]));
    const { stdout } = await served.run(['status']);
    expect(stdout).toMatch(/All 2 member accounts are free of root credentials/u);
    expect(stdout).not.toContain(second);
  });
});

describe('State, Status and Paths', () => {
  test.each([['state'], ['status'], ['both']] as const)('accounts shaped as %s give the same answer', async (shape) => {
    const scene = createScene(
      scenarioOf([{ root: password, parentId: 'ou-test-prod0001' }, { state: 'SUSPENDED' }, {}], {
        organization: { organizationalUnits: [{ id: 'ou-test-prod0001', name: 'Prod', parentId: 'r-test' }] },
        behaviour: { accountShape: shape },
      }),
    );
    const { json } = await scene.run(['status', '-o', 'json']);
    expect(json.accounts.map(({ state, path, status }: Record<string, string>) => [state, path, status])).toEqual([
      ['ACTIVE', `${organizationId}/r-test/`, 'skipped'],
      ['ACTIVE', `${organizationId}/r-test/ou-test-prod0001/`, 'present'],
      ['SUSPENDED', `${organizationId}/r-test/`, 'skipped'],
      ['ACTIVE', `${organizationId}/r-test/`, 'absent'],
    ]);
    const walked = scene.sandbox.requests.some(({ operation }) => operation === 'ListChildren');
    expect(walked).toBe(shape === 'status');
  });

  test('pages may be empty and still have a successor', async () => {
    const scene = createScene(
      scenarioOf(
        Array.from({ length: 50 }, () => ({})),
        {
          behaviour: { emptyPageEvery: 2, organizationsPageSize: 7 },
        },
      ),
    );
    expect((await scene.run(['status', '-o', 'json'])).json.summary.absent).toBe(50);
  });
});

describe('--check', () => {
  const denied = { organization: { policies: [denyRoot([first])] } };
  test.each([
    ['nothing there', [{}], {}, [], 0],
    ['credentials without --check', [{ root: password }], {}, null, 0],
    ['credentials', [{ root: password }], {}, [], 2],
    ['only an MFA device', [{ root: { mfaDevices: [virtualDevice(first)] } }], {}, [], 2],
    ['an unreadable account', [{}], denied, [], 1],
    ['an unreadable one beside credentials', [{}, { root: password }], denied, [], 1],
    ['credentials in a suspended account', [{ state: 'SUSPENDED' as const, root: password }], {}, [], 0],
    ['credentials in an excluded account', [{ root: password }], {}, ['--exclude', first], 0],
  ])('%s: the exit code', async (_name, members, more, flags, expected) => {
    const scene = createScene(scenarioOf(members, more));
    const args = flags === null ? [] : ['--check', ...flags];
    expect((await scene.run(['status', ...args])).code).toBe(expected);
  });

  test('the real program ends with 2, and with 1 where it could not look', async () => {
    const found = await serve(scenarioOf([{ root: password }]));
    expect((await found.run(['status', '--check', '-q'])).code).toBe(2);
    const unreadable = await serve(scenarioOf([{}, { root: password }], denied));
    expect((await unreadable.run(['status', '--check', '-q'])).code).toBe(1);
  });
});

describe('for people', () => {
  const units = [
    { id: 'ou-test-workload', name: 'Workloads', parentId: 'r-test' },
    { id: 'ou-test-prod0001', name: 'Prod', parentId: 'ou-test-workload' },
  ];
  const placed = (root: Member['root']) =>
    createScene(
      scenarioOf([{ parentId: 'ou-test-prod0001', ...(root === undefined ? {} : { root }) }, { root: password }], {
        organization: { organizationalUnits: units },
      }),
    );

  test.each(['table', 'markdown', 'csv'])('%s shows the names of the OUs, not their ids', async (format) => {
    const { stdout } = await placed(password).run(['status', '-o', format]);
    expect(stdout).toContain('Workloads/Prod');
    expect(stdout).not.toContain('ou-test-');
  });

  test('the table does so also where every account was left out', async () => {
    const { stdout } = await placed(password).run(['status', '--ou', 'Workloads', '--exclude', 'Workloads/Prod']);
    expect(stdout).toContain('No account was checked.');
    expect(stdout).toContain('Workloads/Prod');
    expect(stdout).not.toContain('ou-test-');
  });

  test('csv and markdown do so of clean accounts too, and data keeps the ids', async () => {
    for (const format of ['markdown', 'csv']) {
      expect((await placed(undefined).run(['status', '-o', format])).stdout).toContain('Workloads/Prod');
    }
    const { json } = await placed(undefined).run(['status', '-o', 'json']);
    expect(json.accounts[1].path).toBe(`${organizationId}/r-test/ou-test-workload/ou-test-prod0001/`);
  });

  test.each([
    ['80', 80],
    ['0', 160],
    ['-5', 160],
    ['wide', 160],
  ])('COLUMNS=%j makes a pipe %i columns wide at most', async (columns, most) => {
    const home = await makeHome();
    await rootctl(['enable', '--sandbox'], { home });
    const { stdout } = await rootctl(['status', '--sandbox'], { home, env: { COLUMNS: columns } });
    const widest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(most);
    expect(widest).toBeGreaterThan(most === 160 ? 120 : 60);
  });
});

describe('--baseline', () => {
  const base = [{ root: { accessKeys: [accessKey(first, 1)] } }, {}, { root: password }];
  test('tells what appeared, went and changed, and with --check counts only what is new', async () => {
    const old = createScene(scenarioOf(base));
    const saved = (await old.run(['status', '-o', 'json'])).stdout;

    const same = createScene(scenarioOf(base));
    same.inputs.set('old.json', saved);
    expect((await same.run(['status', '--check', '--baseline', 'old.json'])).code).toBe(0);

    const changed = createScene(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1), accessKey(first, 2)] } }, { root: password }, {}]),
    );
    changed.inputs.set('old.json', saved);
    const result = await changed.run(['status', '--check', '--baseline', 'old.json']);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain('member-1');

    const asData = await changed.run(['status', '--check', '--baseline', 'old.json', '-o', 'json']);
    expect(asData.code).toBe(2);
    expect(asData.stderr).toContain(`member-1 (${memberId(1)}) has root credentials now: + password`);

    const gone = createScene(scenarioOf([{}, {}, {}]));
    gone.inputs.set('old.json', saved);
    expect((await gone.run(['status', '--check', '--baseline', 'old.json'])).code).toBe(0);
  });

  test('of a reading that was cut short is refused, and the reason said', async () => {
    const scene = createScene(scenarioOf([{}, {}]));
    const { stdout } = await scene.run(['status', '-o', 'json']);
    const asked = scene.sandbox.requests.length;
    const { complete: _, ...older } = JSON.parse(stdout);
    for (const [document, words] of [
      [{ ...older, complete: false }, 'was cut short'],
      [older, 'does not say whether it covers all'],
    ]) {
      scene.inputs.set('old.json', JSON.stringify(document));
      const { code, stderr } = await scene.run(['status', '--check', '--baseline', 'old.json']);
      expect(code).toBe(64);
      expect(stderr).toContain(words);
    }
    expect(scene.sandbox.requests.length).toBe(asked);
  });

  test('an account that it did not read is new or was unknown, and a check does not pass over it', async () => {
    const blind = createScene(
      scenarioOf([{ root: password }, {}], { organization: { policies: [denyRoot([first])] } }),
    );
    const saved = (await blind.run(['status', '-o', 'json'])).stdout;
    const scene = createScene(scenarioOf([{ root: password }, {}, { root: password }]));
    scene.inputs.set('old.json', saved);
    const { code, stdout } = await scene.run(['status', '--check', '--baseline', 'old.json']);
    expect(code).toBe(2);
    expect(stdout).toContain(`member-0 (${first}) was unknown, and has root credentials: ? password`);
    expect(stdout).toContain(`member-2 (${third}) is new, and has root credentials: + password`);
    expect(stdout).not.toContain('has root credentials now');
  });

  test('a kind that cannot be read now may hold what nobody accepted: the check fails', async () => {
    const scene = createScene(scenarioOf([{ root: everything(first) }]));
    scene.inputs.set('old.json', (await scene.run(['status', '-o', 'json'])).stdout);
    scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListMFADevices' }] });
    const { code, stdout } = await scene.run(['status', '--check', '--baseline', 'old.json']);
    expect(code).toBe(1);
    expect(stdout).toContain('could be read before, but not now: MFA devices unknown');
    expect(stdout).not.toContain('− MFA device');
  });

  test.each([
    ['a missing file', null, 'cannot read'],
    ['no JSON', 'x', 'not JSON'],
    ['another document', '{"kind":"rootctl.plan"}', 'rootctl.plan'],
  ])('%s is refused before anything is asked', async (_name, text, words) => {
    const scene = createScene(scenarioOf([{}]));
    if (text !== null) scene.inputs.set('old.json', text);
    const { code, stderr } = await scene.run(['status', '--baseline', 'old.json']);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    expect(scene.sandbox.requests).toEqual([]);
  });
});

describe('who calls', () => {
  const delegates = {
    organization: {
      delegatedAdministrators: [{ accountId: second, servicePrincipal: 'iam.amazonaws.com', registeredAt: '9d ago' }],
    },
  };
  test('a delegated administrator reads the members, and the management account is left out', async () => {
    const served = await serve(scenarioOf([{ root: password }, {}], delegates));
    const { code, json } = await served.run(['status', '-o', 'json'], {
      env: served.env(served.credentials.delegatedAdministrator),
    });
    expect(code).toBe(0);
    expect(json).toMatchObject({
      organization: { callerRole: 'delegated-administrator', callerAccountId: second },
      managementAccount: null,
      summary: { present: 1 },
    });
  });

  test('an ordinary member is told whose credentials to use', async () => {
    const served = await serve(scenarioOf([{}, {}]));
    const { code, json } = await served.run(['status', '-o', 'json'], { env: served.env(served.credentials.member) });
    expect(code).toBe(1);
    expect(json.error.code).toMatch(/AccountNotManagementOrDelegatedAdministratorException|AccessDenied/u);
    expect(json.error.hint).toContain(managementId);
  });

  test('a caller who may not read the switches still gets a status, with the switches null', async () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sts:AssumeRoot', 'organizations:ListAccounts', 'organizations:DescribeOrganization'],
          Resource: '*',
        },
      ],
    };
    const scenario = scenarioOf([{ root: password }], {
      callers: [{ name: 'management', accountId: managementId, policies: [policy] }],
    });
    const { code, json } = await createScene(scenario).run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      centralizedRootAccess: {
        trustedAccess: null,
        rootCredentialsManagement: null,
        rootSessions: null,
        delegatedAdministrators: null,
      },
      managementAccount: null,
      summary: { present: 1 },
    });
  });
});

describe("one account's failure is never another's", () => {
  test('an account under an SCP is unknown with AWS its code and a hint, the others are read', async () => {
    const served = await serve(
      scenarioOf([{ root: password }, {}, { root: password }], { organization: { policies: [denyRoot([second])] } }),
    );
    const { code, json } = await served.run(['status', '-o', 'json']);
    expect(code).toBe(1);
    const statuses = json.accounts.map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(['skipped', 'present', 'unknown', 'present']);
    expect(json.accounts[2]).toMatchObject({
      error: { code: 'AccessDenied', hint: expect.stringMatching(/SCP|service control policy/u) },
      credentials: { loginProfile: null, accessKeys: null, mfaDevices: null, signingCertificates: null },
    });
  });

  test('the summary alone denied: the lists decide', async () => {
    const scene = createScene(
      scenarioOf([{ root: password }, {}, {}], {
        organization: { policies: [denyRoot([first, second], 'iam:GetAccountSummary')] },
      }),
    );
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.summary).toMatchObject({ present: 1, absent: 2, unknown: 0 });
    expect(json.accounts[2].error).toBeNull();
  });

  test('one list denied where the summary shows something: present, that kind null', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], {
        organization: { policies: [denyRoot([first], ['iam:ListMFADevices', 'iam:ListAccessKeys'])] },
      }),
    );
    const { json } = await scene.run(['status', '-o', 'json']);
    expect(json.accounts[1]).toMatchObject({
      status: 'present',
      credentials: { accessKeys: null, mfaDevices: null, loginProfile: { present: true } },
      error: { code: 'AccessDenied' },
    });
  });

  test('throttled, failed and dropped calls are tried again and lose no account', async () => {
    const scene = createScene(
      scenarioOf(
        Array.from({ length: 120 }, (_, index) => ({
          ...(index % 3 === 0 ? { root: everything(memberId(index)) } : {}),
        })),
        {
          behaviour: {
            throttle: { sts: { ratePerSecond: 20, burst: 20 }, organizations: { ratePerSecond: 3, burst: 3 } },
            faults: [
              { kind: 'http-500', rate: 0.03 },
              { kind: 'drop-before', rate: 0.02 },
              { kind: 'drop-after', rate: 0.02 },
              { kind: 'malformed', rate: 0.02 },
              { kind: 'throttle', rate: 0.05 },
            ],
          },
        },
      ),
    );
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(json.summary).toEqual({ accounts: 121, present: 40, absent: 80, unknown: 0, skipped: 1 });
    expect(code).toBe(0);
  });

  test('a session that expires in the middle of an account is opened again', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], {
        behaviour: { faults: [{ kind: 'expire-session', rate: 1, times: 2 }] },
      }),
    );
    const { json } = await scene.run(['status', '-o', 'json']);
    expect(json.accounts[1].status).toBe('present');
    expect(callsFor(scene.sandbox.requests, first).filter((name) => name === 'AssumeRoot').length).toBeGreaterThan(1);
  });

  test('right after enable AWS may refuse root sessions for a moment: tried again, visibly', async () => {
    const scene = createScene(
      scenarioOf([{ root: password }, {}], {
        organization: { rootCredentialsManagement: false },
        behaviour: { consistencyLagMs: { switches: 3_000 } },
      }),
    );
    expect((await scene.run(['enable'])).code).toBe(0);
    const { code, json, stderr } = await scene.run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.summary).toMatchObject({ present: 1, absent: 1 });
    expect(stderr).toContain('trying again');
  });
});

describe('hundreds of accounts at once', () => {
  test('each reply belongs to its account', async () => {
    const count = 400;
    const served = await serve(
      scenarioOf(
        Array.from({ length: count }, (_, index) => ({
          root: { accessKeys: [accessKey(memberId(index), 1, '9d ago')] },
        })),
      ),
    );
    const { json } = await served.run(['status', '-o', 'json', '--concurrency', '300']);
    expect(json.summary).toMatchObject({ present: count, unknown: 0 });
    for (const { id, credentials } of json.accounts) {
      if (id === managementId) continue;
      expect(credentials.accessKeys.map((key: { id: string }) => key.id)).toEqual([keyIdOf(id, 1)]);
    }
    // And as the sandbox saw it: who signed is whom it was about.
    for (const { operation, callerAccount, parameters, outcome } of await served.requests()) {
      expect(outcome).toBe('ok');
      if (operation === 'GetAccessKeyLastUsed') expect(parameters['AccessKeyId']).toBe(keyIdOf(callerAccount ?? '', 1));
    }
  });

  test('third parties do not matter: --concurrency 1 asks one account after the other', async () => {
    const scene = createScene(scenarioOf([{}, {}, {}]));
    await scene.run(['status', '--concurrency', '1']);
    const asked = scene.sandbox.requests
      .filter(({ targetAccount }) => [first, second, third].includes(targetAccount ?? ''))
      .map(({ targetAccount }) => targetAccount);
    expect(asked).toEqual([first, first, second, second, third, third]);
  });
});
