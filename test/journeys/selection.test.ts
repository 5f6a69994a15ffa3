import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { serve } from '../support/sandbox-server.ts';
import { managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const units = [
  { id: 'ou-test-workload', name: 'Workloads', parentId: 'r-test' },
  { id: 'ou-test-prod0001', name: 'Prod', parentId: 'ou-test-workload' },
  { id: 'ou-test-datadata', name: 'Data', parentId: 'r-test' },
  { id: 'ou-test-rootroot', name: 'Root', parentId: 'r-test' },
];
const ids = [0, 1, 2, 3, 4].map(memberId) as [string, string, string, string, string];

/** prod-a and prod-b in Workloads/Prod, work in Workloads, data in Data, top in the unit that is called Root. */
const scenario = () =>
  scenarioOf(
    [
      { name: 'prod-a', parentId: 'ou-test-prod0001', tags: { team: 'payments', environment: 'production' } },
      { name: 'prod-b', parentId: 'ou-test-prod0001', tags: { team: 'data' } },
      { name: 'work', parentId: 'ou-test-workload' },
      { name: 'data', parentId: 'ou-test-datadata', tags: { team: 'data' } },
      { name: 'Top[1]', parentId: 'ou-test-rootroot' },
    ].map((member) => ({ ...member, root: password })),
    { organization: { organizationalUnits: units } },
  );

const members = (count: number) => ids.slice(0, count);

async function addressed(args: readonly string[], inputs: Readonly<Record<string, string>> = {}) {
  const scene = createScene(scenario());
  for (const [path, text] of Object.entries(inputs)) scene.inputs.set(path, text);
  const result = await scene.run(['status', ...args, '-o', 'json']);
  const targets = scene.sandbox.requests
    .filter(({ operation }) => operation === 'AssumeRoot')
    .map(({ targetAccount }) => targetAccount ?? '')
    .sort();
  return { result, targets, requests: scene.sandbox.requests };
}

describe('what is selected', () => {
  test.each<[string, string[], string[]]>([
    ['nothing said: all', [], [...ids]],
    ['--all', ['--all'], [...ids]],
    ['ids', [ids[1], ids[3]], [ids[1], ids[3]]],
    ['ids with commas in one word', [`${ids[1]},${ids[3]}`], [ids[1], ids[3]]],
    ['--accounts, repeated', ['--accounts', `${ids[0]},${ids[1]}`, '--accounts', ids[1]], members(2)],
    ['--ou by id, with all below', ['--ou', 'ou-test-workload'], members(3)],
    ['--ou by path', ['--ou', 'Workloads/Prod'], members(2)],
    ['--ou without regard to case where nothing else fits', ['--ou', 'workloads/PROD'], members(2)],
    ['--ou with a leading Root/', ['--ou', 'Root/Workloads'], members(3)],
    ['--ou Root/Root: the unit that is called Root', ['--ou', 'Root/Root'], [ids[4]]],
    ['--ou by the root id', ['--ou', 'r-test'], [...ids]],
    ['--tag KEY', ['--tag', 'environment'], [ids[0]]],
    ['--tag KEY=VALUE', ['--tag', 'team=data'], [ids[1], ids[3]]],
    ['--name', ['--name', 'prod-*'], members(2)],
    ['--name with ?', ['--name', '????'], [ids[2], ids[3]]],
    ['--name takes brackets literally', ['--name', 'Top[1]'], [ids[4]]],
    ['the kinds of inclusion add up', [ids[4], '--tag', 'team=payments', '--name', 'work'], [ids[0], ids[2], ids[4]]],
    ['--exclude an id', ['--exclude', ids[0]], ids.slice(1)],
    ['--exclude an OU', ['--exclude', 'ou-test-workload'], [ids[3], ids[4]]],
    ['--exclude an OU by path', ['--exclude', 'Workloads/Prod'], [ids[2], ids[3], ids[4]]],
    ['--exclude an OU by its name alone', ['--exclude', 'Workloads'], [ids[3], ids[4]]],
    ['--exclude an OU by path, without regard to case', ['--exclude', 'workloads/PROD'], [ids[2], ids[3], ids[4]]],
    ['--exclude a name', ['--exclude', 'PROD-*'], [ids[2], ids[3], ids[4]]],
    ['--exclude a name that an OU has too: both', ['--exclude', 'data', '--exclude', 'top*'], members(3)],
    ['--exclude wins over everything', [ids[0], '--exclude', ids[0]], []],
  ])('%s', async (_name, args, expected) => {
    const { result, targets } = await addressed(args);
    expect(result.stderr).toBe('');
    expect(targets).toEqual(expected);
  });

  test('accounts outside the selection are not listed; excluded ones are, as skipped', async () => {
    const { result } = await addressed(['--ou', 'Workloads', '--exclude', 'prod-a']);
    expect(result.json.accounts.map(({ id, reason }: Record<string, string>) => [id, reason])).toEqual([
      [ids[0], 'excluded'],
      [ids[1], null],
      [ids[2], null],
    ]);
  });

  test('the management account named by id is skipped, never addressed', async () => {
    const { result, targets } = await addressed([managementId]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.json.accounts).toMatchObject([{ id: managementId, reason: 'management-account' }]);
    expect(targets).toEqual([]);
  });

  test('tags are read only where nothing else decides', async () => {
    const { requests } = await addressed(['--tag', 'team=data', '--ou', 'Workloads']);
    const asked = requests.filter(({ operation }) => operation === 'ListTagsForResource').map((one) => one.parameters);
    expect(asked).toHaveLength(3); // data, Top[1] and the management account
  });

  test('--accounts @FILE: one a line, comments, blank lines, commas, a byte order mark', async () => {
    const text = `\uFEFF# leavers\r\n${ids[0]}  # the first\r\n\r\n${ids[2]}, ${ids[3]}\r\n`;
    const { targets } = await addressed(['--accounts', '@leavers.txt'], { 'leavers.txt': text });
    expect(targets).toEqual([ids[0], ids[2], ids[3]]);
  });
});

describe('what is refused before any member is asked', () => {
  test.each<[string, string[], string]>([
    ['eleven digits', ['20000000001'], '12 digits'],
    ['an id of nobody', ['200000000009'], 'did you mean'],
    ['a transposed id', ['020000000001'], 'is not in organization'],
    ['letters', ['payments'], 'not an account id'],
    ['an empty id', [''], 'contains no account id'],
    [
      'an unknown id in --exclude',
      ['--exclude', '200000000009'],
      '--exclude 200000000009: this account is not in organization',
    ],
    ['a short id in --exclude', ['--exclude', '20000000001'], '--exclude 20000000001 is not an account id'],
    ['an unknown OU', ['--ou', 'Workloads/Dev'], 'OUs in Workloads: Prod'],
    ['an unknown OU id', ['--ou', 'ou-test-nothing1'], 'does not exist in the organization'],
    ['an unknown root id', ['--ou', 'r-none'], 'does not exist in the organization'],
    ['an unknown OU id in --exclude', ['--exclude', 'ou-test-nothing1'], 'does not exist in the organization'],
    ['an empty --ou', ['--ou', ''], '--ou is empty'],
    ['a slash for --ou', ['--ou', '/'], 'a name in it is empty'],
    ['a leading slash for --ou', ['--ou', '/Workloads'], 'a name in it is empty'],
    ['Root/ for --ou', ['--ou', 'Root/'], 'a name in it is empty'],
    ['a slash for --exclude', ['--exclude', '/'], 'a name in it is empty'],
    ['--ou Root where an OU is called so as well', ['--ou', 'Root'], 'matches 2 organizational units'],
    ['--exclude Root where an OU is called so as well', ['--exclude', 'root'], 'matches 2 organizational units'],
    ['an empty --name', ['--name', ''], '--name is empty'],
    ['an empty --exclude', ['--exclude', ''], '--exclude is empty'],
    ['--tag without a key', ['--tag', '=x'], 'has no key'],
    ['a tag that nobody has', ['--tag', 'owner'], 'matches the selection'],
    ['a name that nobody has', ['--name', 'x*'], 'matches the selection'],
    ['--all with others', ['--all', ids[0]], '--all cannot be combined'],
    ['a missing file', ['--accounts', '@none.txt'], 'cannot read the account list'],
    ['an empty file', ['--accounts', '@empty.txt'], 'contains no account id'],
    ['a file of comments', ['--accounts', '@comments.txt'], 'contains no account id'],
    ['a wrong line in a file', ['--accounts', '@wrong.txt'], 'line 2'],
    ['empty stdin', ['--accounts', '-'], 'stdin contains no account id'],
  ])('%s', async (_name, args, words) => {
    const files = { 'empty.txt': '', 'comments.txt': '# a\n#b', 'wrong.txt': `${ids[0]}\nx-ray\n` };
    const { result, targets } = await addressed(args, files);
    expect(result.code).toBe(64);
    expect(result.stderr).toContain(words);
    expect(result.stderr).toMatch(/^error: .+\nhint: .+\n$/u);
    expect(targets).toEqual([]);
  });

  test('one unknown id among many is an error before the others are asked, for delete too', async () => {
    const served = await serve(scenario());
    const { code, stderr } = await served.run(['delete', ids[0], '200000000007', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain('200000000007');
    expect((await served.requests()).map(({ operation }) => operation)).not.toContain('AssumeRoot');
  });
});

describe('protect in the configuration', () => {
  const protect = (...entries: string[]) => ({
    '.rootctl.yaml': `protect:\n${entries.map((one) => `  - ${one}\n`).join('')}`,
  });

  test('always wins, even over an id that is named', async () => {
    const { result, targets } = await addressed([ids[0], ids[1]], protect(ids[0]));
    expect(targets).toEqual([ids[1]]);
    expect(result.json.accounts[0]).toMatchObject({ id: ids[0], status: 'skipped', reason: 'protected' });
  });

  test('takes OU ids and names', async () => {
    expect((await addressed([], protect('ou-test-workload', "'top*'"))).targets).toEqual([ids[3]]);
  });

  test('an unquoted id keeps its leading zero', async () => {
    const scene = createScene(scenarioOf([{ id: '012345678901', root: password }, {}]));
    scene.inputs.set('.rootctl.yaml', 'protect: [012345678901]');
    await scene.run(['status']);
    const targets = scene.sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot');
    expect(targets.map(({ targetAccount }) => targetAccount)).toEqual([memberId(1)]);
  });

  test('an unknown id there is an error before anything is done', async () => {
    const { result, targets } = await addressed([], protect('200000000009'));
    expect(result.code).toBe(64);
    expect(targets).toEqual([]);
  });

  test('is what all files say together: no file takes a protection away', async () => {
    const home = { '/config/config.yaml': `protect: [${ids[0]}]\noutput: csv\n` };
    for (const near of ['output: json\n', 'protect: []\noutput: json\n', protect(ids[1])['.rootctl.yaml']]) {
      const { targets } = await addressed([], { ...home, '.rootctl.yaml': near });
      expect(targets).toEqual(near.includes(ids[1]) ? ids.slice(2) : ids.slice(1));
      const scene = createScene(scenario());
      scene.inputs.set('/config/config.yaml', home['/config/config.yaml']);
      scene.inputs.set('named.yaml', near);
      const named = await scene.run(['delete', '--all', '--yes', '--config', 'named.yaml', '-o', 'json']);
      expect(named.json.accounts.find(({ id }: { id: string }) => id === ids[0])).toMatchObject({
        reason: 'protected',
      });
      expect(scene.account(ids[0]).root.loginProfile).toBeDefined();
    }
  });

  test('of the home file counts for runs resume as well', async () => {
    let isFirst = true;
    const scene = createScene(scenario(), {
      onRequest: ({ body }) => {
        if (isFirst && String(body).includes('DeleteLoginProfile')) scene.signal('SIGINT');
      },
    });
    const first = await scene.run(['delete', '--all', '--concurrency', '1', '--yes', '-o', 'json']);
    expect(first.code).toBe(130);
    isFirst = false;
    scene.inputs.set('/config/config.yaml', `protect: [${ids[4]}]\n`);
    scene.inputs.set('.rootctl.yaml', 'concurrency: 3\n');
    const resumed = await scene.run(['runs', 'resume', first.json.runId, '--yes', '-o', 'json']);
    expect(resumed.json.accounts.find(({ id }: { id: string }) => id === ids[4])).toMatchObject({
      outcome: 'skipped',
      reason: 'protected',
    });
    expect(scene.sandbox.accounts.flatMap(({ id, root }) => (root.loginProfile === undefined ? [] : [id]))).toEqual([
      ids[4],
    ]);
  });

  test('the real program reads .rootctl.yaml of its folder, and --config instead of it, but for what it protects', async () => {
    const served = await serve(scenario());
    await writeFile(served.home.file('.rootctl.yaml'), `protect: [${ids[0]}]\noutput: json\n`);
    const here = await served.run(['status']);
    expect(here.json.accounts[1]).toMatchObject({ reason: 'protected' });
    await writeFile(served.home.file('other.yaml'), 'output: csv\n');
    const other = await served.run(['status', '--config', 'other.yaml']);
    expect(other.stdout).toContain(',protected,'); // as csv, and protected all the same: no file takes that away
    const missing = await served.run(['status', '--config', 'none.yaml']);
    expect(missing).toMatchObject({ code: 64 });
    expect(missing.stderr).toContain('none.yaml');
  });
});

test('the real program takes ids from stdin and from a file', async () => {
  const served = await serve(scenario());
  const piped = await served.run(['status', '--accounts', '-', '-o', 'json'], {
    input: `${ids[0]}\n# no\n${ids[2]}\n`,
  });
  expect(piped.json.accounts.map(({ id }: { id: string }) => id)).toEqual([ids[0], ids[2]]);
  await writeFile(served.home.file('ids.txt'), ids[4]);
  const filed = await served.run(['status', '--accounts', '@ids.txt', '-o', 'json']);
  expect(filed.json.accounts.map(({ id }: { id: string }) => id)).toEqual([ids[4]]);
  const folder = await served.run(['status', '--accounts', '@.']);
  expect(folder).toMatchObject({ code: 64 });
  expect(folder.stderr).toContain('EISDIR');
});
