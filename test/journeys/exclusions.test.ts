import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/sandbox/index.ts';
import { managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const prod = 'ou-test-prod0001';
const empty = 'ou-test-empty001';
const units = [
  { id: 'ou-test-workload', name: 'Workloads', parentId: 'r-test' },
  { id: prod, name: 'Prod', parentId: 'ou-test-workload' },
  { id: empty, name: 'Empty', parentId: 'r-test' },
];

/** 45 accounts on three pages: payments-prod is the last, in Workloads/Prod with its neighbour; all hold a password. */
const scenario = (more: Parameters<typeof scenarioOf>[1] = {}): Scenario =>
  scenarioOf(
    Array.from({ length: 44 }, (_, index) => ({
      name: index === 43 ? 'payments-prod' : `member-${index}`,
      ...(index >= 42 ? { parentId: prod } : {}),
      root: password,
    })),
    { organization: { organizationalUnits: units }, ...more },
  );
const paymentsProd = memberId(43);
const neighbour = memberId(42);

const addressed = ({ sandbox }: Scene): readonly string[] =>
  sandbox.requests.flatMap(({ operation, targetAccount }) => (operation === 'AssumeRoot' ? [targetAccount ?? ''] : []));
const passwordsLeft = ({ sandbox }: Scene): readonly string[] =>
  sandbox.accounts.flatMap(({ id, root }) => (root.loginProfile === undefined ? [] : [id]));
const refused = /^error: [^\n]+\nhint: [^\n]+\n$/u;

describe('an exclusion that matches nothing', () => {
  const unmatched: readonly [string, string, string, string][] = [
    ['a name', 'payment-prod', 'matches no account', `did you mean payments-prod (${paymentsProd})?`],
    ['a glob', 'payment-p*', 'matches no account', `did you mean payments-prod (${paymentsProd})?`],
    ['a name that is like no other', '監査', 'matches no account', 'rootctl status --all'],
    ['a path', 'Workloads/Prdo', 'there is no Prdo in Workloads', 'did you mean Prod? OUs in Workloads: Prod'],
    ['a path with an asterisk', 'Workloads/*', 'matches no account', 'rootctl status --all'],
    ['an OU that holds no account', empty, 'is empty', 'correct it'],
    ['the path of an OU that holds no account', 'Empty', 'is empty', 'correct it'],
  ];

  test.each(unmatched)('%s in --exclude: delete is refused before any session', async (_what, word, why, cure) => {
    const scene = createScene(scenario());
    const { code, stderr } = await scene.run(['delete', '--all', '--exclude', word, '--yes']);
    expect(code).toBe(64);
    expect(stderr).toMatch(refused);
    expect(stderr).toContain(`--exclude ${word} matches no account`);
    expect(stderr).toContain(why);
    expect(stderr.split('\n')[1]).toContain(cure);
    expect(addressed(scene)).toEqual([]);
  });

  test.each(unmatched)('%s in protect: delete is refused before any session', async (_what, word, why) => {
    const scene = createScene(scenario());
    scene.inputs.set('.rootctl.yaml', `protect: [${JSON.stringify(word)}]`);
    for (const args of [
      ['delete', '--all', '--yes'],
      ['delete', memberId(0), '--dry-run'],
      ['recover', memberId(0), '--yes'],
      ['unlock', 's3', '--account', memberId(0)],
    ]) {
      const { code, stderr } = await scene.run(args);
      expect(code).toBe(64);
      expect(stderr).toMatch(refused);
      expect(stderr).toContain(`protect: ${word} matches no account`);
      expect(stderr).toContain(why);
    }
    expect(addressed(scene)).toEqual([]);
  });

  test.each(unmatched)('%s: the reading commands warn and go on, also with --quiet', async (_what, word, why) => {
    const scene = createScene(scenario());
    const { code, json, stderr } = await scene.run(['status', '--exclude', word, '-q', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.summary.present).toBe(44);
    expect(stderr).toMatch(/^warning: [^\n]+\n$/u);
    expect(stderr).toContain(`--exclude ${word} matches no account`);
    expect(stderr).toContain(why);
    scene.inputs.set('.rootctl.yaml', `protect: [${JSON.stringify(word)}]`);
    const doctor = await scene.run(['doctor', '-o', 'json']);
    expect(doctor.stderr).toContain(`warning: protect: ${word} matches no account`);
  });

  test('one that matches late: the listing goes on, and nothing is asked of any account before', async () => {
    const scene = createScene(scenario());
    const result = await scene.run(['delete', '--all', '--exclude', 'payments-prod', '--yes', '-o', 'json']);
    expect(result.code).toBe(0);
    expect(passwordsLeft(scene)).toEqual([paymentsProd]);
    const operations = scene.sandbox.requests.map(({ operation }) => operation);
    expect(operations.lastIndexOf('ListAccounts')).toBeLessThan(operations.indexOf('AssumeRoot'));
    expect(operations.filter((one) => one === 'ListAccounts')).toHaveLength(3);
  });

  test('a reading does not wait for it', async () => {
    const scene = createScene(scenario({ behaviour: { latencyMs: { organizations: 1_000, sts: 1 } } }));
    await scene.run(['status', '--exclude', 'payments-prod', '-o', 'json']);
    const operations = scene.sandbox.requests.map(({ operation }) => operation);
    expect(operations.indexOf('AssumeRoot')).toBeLessThan(operations.lastIndexOf('ListAccounts'));
    expect(addressed(scene)).not.toContain(paymentsProd);
  });

  test('a plan and a run that was interrupted are held to it as well', async () => {
    const scene = createScene(scenario(), {
      onRequest: ({ body }) => {
        if (String(body).includes('DeleteLoginProfile')) scene.signal('SIGINT');
      },
    });
    await scene.run(['delete', memberId(0), paymentsProd, '--plan-out', 'plan.json']);
    scene.inputs.set('.rootctl.yaml', 'protect: [payment-prod]');
    const planned = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
    expect([planned.code, planned.stderr]).toEqual([64, expect.stringContaining('did you mean payments-prod')]);
    expect(addressed(scene).length).toBe(2); // of the plan's own reading
    scene.inputs.delete('.rootctl.yaml');
    const first = await scene.run(['delete', memberId(0), paymentsProd, '--concurrency', '1', '--yes', '-o', 'json']);
    expect(first.code).toBe(130);
    const before = addressed(scene).length;
    scene.inputs.set('.rootctl.yaml', 'protect: [payment-prod]');
    const resumed = await scene.run(['runs', 'resume', first.json.runId, '--yes']);
    expect([resumed.code, resumed.stderr]).toEqual([64, expect.stringContaining('did you mean payments-prod')]);
    expect(addressed(scene).length).toBe(before);
    scene.inputs.set('.rootctl.yaml', 'protect: [payments-prod]');
    const again = await scene.run(['runs', 'resume', first.json.runId, '--yes', '-o', 'json']);
    expect(again.json.accounts.find(({ id }: { id: string }) => id === paymentsProd)).toMatchObject({
      outcome: 'skipped',
      reason: 'protected',
    });
    expect(passwordsLeft(scene)).toContain(paymentsProd);
  });
});

describe('an account whose place in the organization is not known', () => {
  /** AWS gives no paths, and the caller may not walk the tree: nowhere, or not below Prod. */
  const without = (actions: readonly string[], resource = '*'): Scenario =>
    scenario({
      behaviour: { accountShape: 'status' },
      callers: [
        {
          name: 'management',
          accountId: managementId,
          policies: [
            {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: '*', Resource: '*' },
                { Effect: 'Deny', Action: actions, Resource: resource },
              ],
            },
          ],
        },
      ],
    });
  const denied: readonly [string, Scenario][] = [
    ['ListRoots denied', without(['organizations:ListRoots'])],
    ['ListChildren denied', without(['organizations:ListChildren'])],
    [
      'ListChildren denied for one OU',
      without(['organizations:ListChildren'], `arn:aws:organizations::*:ou/*/${prod}`),
    ],
  ];

  test.each(denied)('%s: a change with an OU rule is refused before any session', async (_what, given) => {
    const scene = createScene(given);
    for (const [args, config] of [
      [['delete', '--all', '--exclude', prod, '--yes'], ''],
      [['delete', '--all', '--yes'], `protect: [${prod}]`],
      [['delete', '--ou', prod, '--yes'], ''],
      [['delete', paymentsProd, '--dry-run'], `protect: [${prod}]`],
      [['recover', paymentsProd, '--yes'], `protect: [${prod}]`],
      [['unlock', 's3', '--account', paymentsProd], `protect: [${prod}]`],
    ] as const) {
      scene.inputs.set('.rootctl.yaml', config);
      const { code, stderr } = await scene.run(args);
      expect([code, stderr]).toEqual([64, expect.stringMatching(refused)]);
      expect(stderr).toContain('the OU of ');
      expect(stderr).toContain('organizations:ListChildren');
    }
    expect(addressed(scene)).toEqual([]);
    expect(passwordsLeft(scene)).toHaveLength(44);
  });

  test.each(denied)('%s: a path that is excluded is refused as well', async (_what, given) => {
    const scene = createScene(given);
    for (const word of ['Workloads/Prod', 'Workloads']) {
      const { code, stderr } = await scene.run(['delete', '--all', '--exclude', word, '--yes']);
      expect([code, stderr]).toEqual([64, expect.stringMatching(/error: [^\n]+\nhint: [^\n]+\n$/u)]);
    }
    expect(addressed(scene)).toEqual([]);
  });

  test('a word that may be an OU as well, where nobody may look: an account of that name does not decide it', async () => {
    const rule = { callers: without(['organizations:ListRoots']).callers ?? [] };
    const members = [{ name: 'legacy' }, { name: 'erp', parentId: 'ou-test-legacy01' }];
    const legacy = { id: 'ou-test-legacy01', name: 'Legacy', parentId: 'r-test' };
    const scene = createScene(
      scenarioOf(
        members.map((member) => ({ ...member, root: password })),
        { organization: { organizationalUnits: [legacy] }, ...rule },
      ),
    );
    for (const [args, config] of [
      [['delete', '--all', '--exclude', 'Legacy', '--yes'], ''],
      [['delete', '--all', '--yes'], 'protect: [Legacy]'],
      [['recover', memberId(1), '--yes'], 'protect: [Legacy]'],
    ] as const) {
      scene.inputs.set('.rootctl.yaml', config);
      const { code, stderr } = await scene.run(args);
      expect([code, stderr]).toEqual([64, expect.stringMatching(refused)]);
      expect(stderr).toContain('Legacy is an organizational unit: ListRoots is denied');
    }
    expect(addressed(scene)).toEqual([]);
    scene.inputs.set('.rootctl.yaml', '');
    const reading = await scene.run(['status', '--exclude', 'Legacy', '-o', 'json']);
    expect([reading.code, reading.stderr]).toEqual([0, expect.stringContaining('treated as an account name only')]);
    expect((await scene.run(['delete', '--all', '--exclude', 'legac*', '--yes'])).code).toBe(0);
    expect(passwordsLeft(scene)).toEqual([memberId(0)]);
  });

  test.each(denied)('%s: a reading shows such an account, and says why; --ou is refused', async (_what, given) => {
    const scene = createScene(given);
    const { code, json, stderr } = await scene.run(['status', '--exclude', prod, '-o', 'json']);
    expect(code).toBe(0);
    expect(json.accounts.find(({ id }: { id: string }) => id === paymentsProd)).toMatchObject({ status: 'present' });
    expect(stderr.match(/^warning: /gmu)).toHaveLength(1);
    expect(stderr).toContain(`whether --exclude ${prod} applies to it`);
    const included = await scene.run(['status', '--ou', prod]);
    expect([included.code, included.stderr]).toEqual([64, expect.stringContaining('whether --ou applies to it')]);
  });

  test.each(denied)('%s: what needs no OU goes on', async (_what, given) => {
    const scene = createScene(given);
    expect((await scene.run(['status', '-o', 'json'])).json.summary.present).toBe(44);
    expect((await scene.run(['status', '--ou', 'r-test', '-o', 'json'])).code).toBe(_what.includes('Roots') ? 1 : 0);
    const named = await scene.run(['delete', memberId(0), '--exclude', neighbour, '--yes', '-o', 'json']);
    expect(named.code).toBe(0);
  });

  /** ListAccounts as it is, but for the paths of one account. */
  const pathsOf = (id: string, paths: readonly string[] | undefined) => (operation: string, answer: Page) =>
    operation === 'ListAccounts'
      ? { ...answer, Accounts: answer.Accounts.map((one) => (one.Id === id ? { ...one, Paths: paths } : one)) }
      : answer;
  interface Page {
    readonly Accounts: readonly { readonly Id: string }[];
  }
  const elsewhere = 'o-otherorg0001/r-test/ou-test-workload/ou-test-data0001/';
  const here = 'o-testorg0001/r-test/';

  test.each<[string, readonly string[] | undefined]>([
    ['no path', undefined],
    ['an empty list of paths', []],
    ['a path in another organization', [elsewhere]],
    ['two paths', [`${here}ou-test-workload/`, here]],
  ])('one account has %s, and the others have theirs', async (_what, paths) => {
    const walked = createScene(scenario(), { rewrite: pathsOf(paymentsProd, paths) });
    expect((await walked.run(['delete', '--all', '--exclude', prod, '--yes'])).code).toBe(0);
    expect(passwordsLeft(walked)).toEqual([neighbour, paymentsProd]);
    const faults = [{ kind: 'access-denied' as const, operation: 'ListChildren', rate: 1 }];
    const denied = createScene(scenario({ behaviour: { faults } }), { rewrite: pathsOf(paymentsProd, paths) });
    const { code, stderr } = await denied.run(['delete', '--all', '--exclude', prod, '--yes']);
    expect([code, stderr]).toEqual([
      64,
      expect.stringContaining(`the OU of payments-prod (${paymentsProd}) is unknown`),
    ]);
    expect(addressed(denied)).toEqual([]);
  });

  test('a reading names every exclusion that nobody can judge, not only the first', async () => {
    const faults = [{ kind: 'access-denied' as const, operation: 'ListChildren', rate: 1 }];
    const denied = createScene(scenario({ behaviour: { faults, accountShape: 'status' } }));
    const words = [prod, 'ou-test-workload'];
    const { code, stderr } = await denied.run(['status', '--all', ...words.flatMap((word) => ['--exclude', word])]);
    expect(code).toBe(0);
    for (const word of words) expect(stderr).toContain(`whether --exclude ${word} applies to it: it is shown`);
  });

  test('an account that is moved during the walk, and seen in two places', async () => {
    const scene = createScene(scenario({ behaviour: { accountShape: 'status' } }), {
      rewrite: (operation, answer) =>
        operation === 'ListChildren' && answer.Children.some(({ Id }: { Id: string }) => Id === memberId(0))
          ? { ...answer, Children: [...answer.Children, { Id: paymentsProd, Type: 'ACCOUNT' }] }
          : answer,
    });
    const { code, stderr } = await scene.run(['delete', '--all', '--exclude', prod, '--yes']);
    expect([code, stderr]).toEqual([
      64,
      expect.stringContaining(`the OU of payments-prod (${paymentsProd}) is unknown`),
    ]);
    expect(addressed(scene)).toEqual([]);
  });

  test.each([
    ['in another place', { Paths: [here] }],
    ['under another name', { Name: 'renamed' }],
    ['in another state', { State: 'SUSPENDED' }],
  ])('an account that is listed twice, the first time %s', async (_what, first) => {
    let page = 0;
    const given = () => {
      page = 0;
      return createScene(scenario(), {
        rewrite: (operation, answer) => {
          if (operation !== 'ListAccounts') return answer;
          page += 1;
          const other = { ...answer.Accounts[1], Id: paymentsProd, Name: 'payments-prod', ...first };
          return page === 1 ? { ...answer, Accounts: [...answer.Accounts, other] } : answer;
        },
      });
    };
    for (const word of [prod, 'payments-prod', 'renamed', neighbour]) {
      const scene = given();
      const { code, stderr } = await scene.run(['delete', '--all', '--exclude', word, '--yes', '-o', 'json']);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${paymentsProd} appears twice`)]);
      expect(passwordsLeft(scene)).toHaveLength(44);
    }
    const status = await given().run(['status', '-o', 'json']);
    expect([status.code, status.json.complete]).toEqual([1, false]);
  });

  test('an OU that is below itself ends the walk instead of going round for ever', async () => {
    const scene = createScene(scenario({ behaviour: { accountShape: 'status' } }), {
      rewrite: (operation, answer) =>
        operation === 'ListChildren' && answer.Children.length === 0
          ? { Children: [{ Id: 'ou-test-workload', Type: 'ORGANIZATIONAL_UNIT' }] }
          : answer,
    });
    const { code, stderr } = await scene.run(['delete', '--all', '--exclude', prod, '--yes']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('MalformedResponse')]);
    expect(addressed(scene)).toEqual([]);
  });
});

test.each([
  ['one character', 'caf\u00e9-*'],
  ['a letter and an accent', 'cafe\u0301-*'],
])('a name that looks the same is the same: é written as %s', async (_what, glob) => {
  const names = ['caf\u00e9-one', 'cafe\u0301-two', 'cafe-three'];
  const scene = createScene(scenarioOf(names.map((name) => ({ name, root: password }))));
  const named = await scene.run(['status', '--name', glob, '-o', 'json']);
  expect(named.json.summary.present).toBe(2);
  expect((await scene.run(['delete', '--all', '--exclude', glob, '--yes'])).code).toBe(0);
  expect(passwordsLeft(scene)).toEqual([memberId(0), memberId(1)]);
});

test('--tag where the tags of an account may not be read: nothing is deleted, and no account is left out in silence', async () => {
  const tagged = scenario({
    behaviour: { faults: [{ kind: 'access-denied', operation: 'ListTagsForResource', rate: 1, times: 1 }] },
  });
  for (const args of [
    ['delete', '--tag', 'team=x', '--name', 'member-*', '--yes'],
    ['status', '--tag', 'team=x'],
  ]) {
    const scene = createScene(tagged);
    const { code, stderr } = await scene.run(args);
    expect([code, stderr]).toEqual([1, expect.stringContaining('AccessDenied')]);
    expect(passwordsLeft(scene)).toHaveLength(44);
  }
});

describe('a path that leads to several OUs', () => {
  const twins = [
    ...units,
    { id: 'ou-test-dev00001', name: 'Dev', parentId: 'r-test' },
    { id: 'ou-test-dev00002', name: 'DEV', parentId: 'r-test' },
    { id: 'ou-test-same0001', name: 'Same', parentId: 'r-test' },
    { id: 'ou-test-same0002', name: 'Same', parentId: 'r-test' },
    { id: 'ou-test-slash001', name: 'Workloads/Prod', parentId: 'r-test' },
    { id: 'ou-test-root0001', name: 'Root', parentId: 'r-test' },
    { id: 'ou-test-root0002', name: 'Empty', parentId: 'ou-test-root0001' },
  ];
  const scene = () =>
    createScene(
      scenarioOf([{ parentId: 'ou-test-dev00001' }, { parentId: 'ou-test-dev00002' }], {
        organization: { organizationalUnits: twins },
      }),
    );

  test.each([
    ['two that differ in case alone', 'dev', 'ou-test-dev00001 (Dev), ou-test-dev00002 (DEV)'],
    ['two of one name', 'Same', 'ou-test-same0001 (Same), ou-test-same0002 (Same)'],
    ['a name with a slash, and two names', 'Workloads/Prod', 'ou-test-slash001 (Workloads/Prod)'],
    ['the root, and an OU that is called Root', 'Root', 'r-test (the root)'],
    ['below the root, and below an OU that is called Root', 'Root/Empty', 'ou-test-root0002 (Root/Empty)'],
  ])('%s: an error in --ou, --exclude and protect, with their ids', async (_what, path, ids) => {
    const world = scene();
    for (const args of [
      ['status', '--ou', path],
      ['status', '--exclude', path],
      ['delete', '--ou', path, '--yes'],
      ['delete', '--all', '--exclude', path, '--yes'],
    ]) {
      const { code, stderr } = await world.run(args);
      expect([code, stderr]).toEqual([64, expect.stringMatching(refused)]);
      expect(stderr).toContain(`path ${path} matches 2 organizational units`);
      expect(stderr).toContain(ids);
    }
    world.inputs.set('.rootctl.yaml', `protect: [${path}]`);
    expect((await world.run(['status'])).code).toBe(64);
    expect(addressed(world)).toEqual([]);
  });

  test('one that is written exactly so is meant, whatever differs from it in case', async () => {
    const { json } = await scene().run(['status', '--ou', 'DEV', '-o', 'json']);
    expect(json.accounts.map(({ id }: { id: string }) => id)).toEqual([memberId(1)]);
  });
});
