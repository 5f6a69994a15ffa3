import { describe, expect, test } from 'vitest';
import { parseCsv } from '../render/csv.ts';
import { everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const units = [
  { id: 'ou-test-workload', name: 'Workloads', parentId: 'r-test' },
  { id: 'ou-test-prod0001', name: 'Prod', parentId: 'ou-test-workload' },
  { id: 'ou-test-data0001', name: '監査', parentId: 'r-test' },
];

const scene = () =>
  createScene(
    scenarioOf(
      [
        { name: 'payments-prod', parentId: 'ou-test-prod0001', root: everything(memberId(0)) },
        { name: 'a-name-that-is-much-too-long-for-a-narrow-terminal', parentId: 'ou-test-workload', root: password },
        { name: 'network', parentId: 'ou-test-data0001' },
        { name: 'old', state: 'SUSPENDED' },
      ],
      { organization: { organizationalUnits: units } },
    ),
  );

const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await scene().run(['status', ...args], { stdout: { columns: 100 } });
  return { code, stderr, stdout, lines: stdout.trimEnd().split('\n') };
};

test('--state shows these alone, counts the others, and changes neither the totals nor the exit code', async () => {
  const all = await run('--check');
  const some = await run('--check', '--state', 'absent,skipped');
  expect(some.code).toBe(all.code);
  expect(some.stdout).not.toMatch(/^20000000000[12] /mu);
  expect(some.stdout).toContain('network');
  expect(some.stdout).toContain('2 accounts not shown (--state).');
  expect(some.stdout).toContain('2 of 3 member accounts hold root credentials');
});

test('--state in csv leaves rows out, and says so on stderr; in Markdown it says so on the page', async () => {
  const { stdout, stderr } = await run('--state', 'present', '-o', 'csv');
  expect(parseCsv(stdout).map(([id]) => id)).toEqual(['account_id', memberId(0), memberId(1)]);
  expect(stderr).toContain('3 accounts not shown (--state).');
  expect((await run('--state', 'present', '-o', 'markdown')).stdout).toContain('3 accounts not shown');
});

test('--columns chooses columns and their order, the same in every form', async () => {
  const { lines } = await run('--columns', 'root,account,access-keys,email');
  expect(lines.find((line) => line.startsWith('ROOT'))).toMatch(/^ROOT +ACCOUNT +KEYS +EMAIL$/u);
  expect(lines.find((line) => line.includes(memberId(0)))).toMatch(/^present +200000000001 +2 +root\+0@example\.com$/u);
  const csv = await run('--columns', 'root,account,mfa-devices', '-o', 'csv');
  expect(parseCsv(csv.stdout)[0]).toEqual(['status', 'account_id', 'mfa_devices', 'mfa_serial_numbers']);
  const page = await run('--columns', 'account,reason', '-o', 'markdown');
  expect(page.stdout).toContain('| ACCOUNT | WHY |\n| --- | --- |\n');
  expect(page.stdout).toContain('| 200000000004 | suspended |');
});

test('--wide cuts nothing, whatever the width', async () => {
  const name = 'a-name-that-is-much-too-long-for-a-narrow-terminal';
  expect((await run()).stdout).toContain('a-name-that-is-mu…-narrow-terminal  present');
  const { stdout } = await run('--wide');
  expect(stdout).toMatch(
    new RegExp(
      `^200000000002 +${name} +root\\+1@example\\.com +Workloads +\\d{4}-\\d\\d-\\d\\d created +present`,
      'mu',
    ),
  );
  expect(stdout).toMatch(/ACCOUNT +NAME +EMAIL +OU +JOINED +ROOT +PASSWORD +KEYS +CERTS +MFA +LAST USED/u);
  expect(stdout).toContain('Workloads/Prod');
});

test('--tree shows OUs with their totals, and what is in them indented', async () => {
  const { lines } = await run('--tree');
  const at = (start: RegExp) => lines.findIndex((line) => start.test(line));
  const order = [
    at(/^Root · 5 accounts: 2 present, 1 absent, 2 skipped$/u),
    at(/^ {2}111111111111 /u),
    at(/^ {2}監査 · 1 account: 1 absent$/u),
    at(/^ {4}200000000003 /u),
    at(/^ {2}Workloads · 2 accounts: 2 present$/u),
    at(/^ {4}200000000002 /u),
    at(/^ {4}Prod · 1 account: 1 present$/u),
    at(/^ {6}200000000001 /u),
  ];
  expect(order.every((line) => line >= 0)).toBe(true);
  for (const id of ['監査', 'Workloads', 'Prod']) expect(lines.filter((line) => line.includes(id)).length).toBe(1);
});

test('--tree puts accounts whose place is not known into a group of their own', async () => {
  const { inputs, run: go } = scene();
  await go(['status', '--out', 'a.json']);
  const document = JSON.parse(inputs.get('a.json') ?? '');
  document.accounts[1].path = null;
  inputs.set('a.json', JSON.stringify(document));
  const { stdout } = await go(['status', '--from', 'a.json', '--tree']);
  expect(stdout).toMatch(/\nOU unknown · 1 account: 1 present\n {2}200000000001 /u);
  expect(stdout).toContain('ou-test-workload · 1 account');
});

test('a clean organization is shown in rows, where somebody asks how', async () => {
  const clean = createScene(scenarioOf([{}, {}]));
  expect((await clean.run(['status'])).stdout).not.toContain(memberId(0));
  expect((await clean.run(['status', '--tree'])).stdout).toContain(memberId(0));
});

test.each([
  ['a column that there is not', ['--columns', 'account,owner'], 'it must be one of'],
  ['a state that there is not', ['--state', 'gone'], 'it must be one of'],
  ['a tree as JSON', ['--tree', '-o', 'json'], '--tree works only together with --output table'],
  ['columns of JSON', ['--columns', 'account', '-o', 'json'], '--columns works only together with --output table'],
  ['rows of a table', ['--rows', 'credentials'], '--rows works only together with --output csv'],
  ['columns and all of them', ['--columns', 'account', '--wide'], '--columns cannot be combined with --wide'],
])('%s is refused before AWS is asked anything', async (_name, args, said) => {
  const { run: go, sandbox } = scene();
  const { code, stderr } = await go(['status', ...args]);
  expect([code, sandbox.requests.length]).toEqual([64, 0]);
  expect(stderr).toContain(said);
});

describe('what a file or a variable prefers', () => {
  const status = async (files: Readonly<Record<string, string>>, args: readonly string[], env = {}) => {
    const world = scene();
    for (const [path, settings] of Object.entries(files)) {
      world.inputs.set(path, `commands: { status: { ${settings} } }\n`);
    }
    return world.run(['status', ...args], { stdout: { columns: 120 }, env });
  };
  const home = '/config/config.yaml';
  const near = '.rootctl.yaml';

  test('is how a status is shown', async () => {
    const { stdout } = await status({ [home]: 'columns: "root,account", state: "present"' }, []);
    expect(stdout).toMatch(/^ROOT +ACCOUNT$/mu);
    expect(stdout).toContain('3 accounts not shown (--state).');
    expect((await status({ [near]: 'tree: true' }, [])).stdout).toContain('Root · 5 accounts');
    const csv = await status({ [near]: 'rows: credentials' }, ['-o', 'csv']);
    expect(parseCsv(csv.stdout)[0]).toContain('credential_id');
  });

  test.each([
    ['json', 'columns: account'],
    ['ndjson', 'tree: true, wide: true'],
    ['table', 'rows: credentials'],
  ])('is passed over in %s, which has no use for it', async (form, settings) => {
    const { code, stdout } = await status({ [near]: settings }, ['-o', form]);
    const plain = await status({}, ['-o', form]);
    expect([code, stdout]).toEqual([plain.code, plain.stdout]);
  });

  test.each<[string, Record<string, string>, string[], Record<string, string>, RegExp]>([
    ['a flag', { [near]: 'columns: account' }, ['--wide'], {}, /^ACCOUNT +NAME +EMAIL/mu],
    ['a flag', { [near]: 'wide: true' }, ['--columns', 'root,account'], {}, /^ROOT +ACCOUNT$/mu],
    ['a variable', { [near]: 'columns: account' }, [], { ROOTCTL_WIDE: '1' }, /^ACCOUNT +NAME +EMAIL/mu],
    ['the columns', { [near]: 'columns: "root,account", wide: true' }, [], {}, /^ROOT +ACCOUNT$/mu],
    ['a flag', { [near]: 'columns: account' }, ['-o', 'csv', '--rows', 'credentials'], {}, /credential_id/u],
  ])('gives way, where two exclude each other, to %s', async (_, files, args, env, expected) => {
    const { code, stdout } = await status(files, args, env);
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  test('does not make rows of a clean organization', async () => {
    const clean = createScene(scenarioOf([{}, {}]));
    clean.inputs.set(near, 'commands: { status: { columns: account, tree: true } }\n');
    expect((await clean.run(['status'])).stdout).not.toContain(memberId(0));
  });

  test('leaves no account out where the file may be somebody else’s', async () => {
    const { code, stderr } = await status({ [near]: 'state: absent' }, []);
    expect(code).toBe(64);
    expect(stderr).toContain(`${near}:1:`);
  });
});

test('COLUMNS is the width of a pipe', async () => {
  const { terminalOf } = await import('../../src/terminal/terminal.ts');
  const { en } = await import('../../src/words/index.ts');
  const pipe = { isTTY: false, on: () => pipe, write: () => true } as unknown as NodeJS.WriteStream;
  const columnsWith = (env: Record<string, string>) => terminalOf(pipe, false, env, () => en.terminal).columns;
  expect([columnsWith({ COLUMNS: '72' }), columnsWith({}), columnsWith({ COLUMNS: 'wide' })]).toEqual([72, 160, 160]);
});
