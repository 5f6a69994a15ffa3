import { mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type FormatName, formats, formatsFor } from '../../src/render/formats.ts';
import { makeHome, rootctl } from '../support/program.ts';
import { everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const scenario = () =>
  scenarioOf([
    { name: 'payments-prod', root: everything(memberId(0)) },
    { root: password },
    {},
    { state: 'SUSPENDED' },
  ]);

const requestsOf = ({ sandbox }: Scene): number => sandbox.requests.length;

test('one reading is written in every form, and stdout keeps the table', async () => {
  const scene = createScene(scenario());
  const names = formatsFor('rootctl.status').filter((name) => name !== 'table');
  const { code, stdout } = await scene.run(['status', ...names.flatMap((name) => ['--out', `${name}=/out/${name}`])]);
  expect(code).toBe(0);
  expect(stdout).toContain('2 of 3 member accounts hold root credentials');
  const alone = createScene(scenario());
  await alone.run(['status']);
  expect(requestsOf(scene)).toBeLessThanOrEqual(requestsOf(alone) + 1);
  const { accounts, generatedAt } = JSON.parse(scene.inputs.get('/out/json') ?? '');
  expect(accounts).toHaveLength(5);
  for (const name of names) expect(scene.inputs.get(`/out/${name}`), name).toContain(memberId(0));
  expect(scene.inputs.get('/out/markdown')).toContain(generatedAt);
  expect(scene.inputs.get('/out/ndjson')?.trimEnd().split('\n')).toHaveLength(6);
});

test.each<[string, FormatName]>([
  ['a.json', 'json'],
  ['a.ndjson', 'ndjson'],
  ['a.csv', 'csv'],
  ['A.MD', 'markdown'],
  ['a.sarif', 'sarif'],
  ['a.sarif.json', 'sarif'],
  ['a.txt', 'table'],
])('%s says itself that it is %s', async (path, name) => {
  const scene = createScene(scenario());
  expect((await scene.run(['status', '--out', path])).code).toBe(0);
  const named = createScene(scenario());
  await named.run(['status', '--out', `${name}=b`]);
  expect(scene.inputs.get(path)).toBe(named.inputs.get('b'));
});

test('- is stdout: the form takes the place of the table, and of what the configuration names', async () => {
  const scene = createScene(scenario());
  scene.inputs.set('.rootctl.yaml', 'output: csv\n');
  const { json } = await scene.run(['status', '--out', 'json=-', '--out', 'csv=/out/a']);
  expect(json.kind).toBe('rootctl.status');
  expect(scene.inputs.get('/out/a')).toMatch(/^account_id,/u);
});

test('ndjson streams to stdout while another form waits for the end', async () => {
  const scene = createScene(scenario());
  const { stdout } = await scene.run(['status', '-o', 'ndjson', '--out', 'json=all.json', '--out', 'all.ndjson']);
  const lines = (text: string) => text.trimEnd().split('\n').sort();
  expect(lines(stdout)).toEqual(lines(scene.inputs.get('all.ndjson') ?? ''));
  expect(lines(stdout)).toHaveLength(6);
});

describe.each<[string, readonly string[]]>([
  ['explain', ['explain']],
  ['a code', ['explain', 'AccessDenied']],
  ['completion', ['completion', 'bash']],
  ['a policy', ['policy', 'scp']],
  ['the schema of the configuration', ['config', 'schema']],
  ['help', ['help']],
  ['the help of a command', ['help', 'status']],
  ['a topic', ['help', 'formatting']],
  ['--help', ['status', '--help']],
])('%s is no document, and helps', (_, args) => {
  test.each(['json', 'csv', 'sarif', 'ndjson', 'html'])('whoever prefers %s', async (format) => {
    const plain = await createScene(scenario()).run(args);
    const scene = createScene(scenario());
    const env = {
      ROOTCTL_OUTPUT: format,
      ROOTCTL_OUT: 'json=a.json',
      ROOTCTL_QUERY: format === 'json' ? 'accounts' : '',
    };
    const { code, stdout } = await scene.run(args, { env });
    expect([code, stdout]).toEqual([0, plain.stdout]);
    expect(scene.inputs.has('a.json')).toBe(false);
    scene.inputs.set('.rootctl.yaml', `output: ${format}\n`);
    expect((await scene.run(args)).stdout).toBe(plain.stdout);
  });
});

describe('is refused before AWS is asked anything', () => {
  test.each<[string, readonly string[], string]>([
    ['an unknown format', ['status', '--out', 'xml=a'], 'unknown output format xml'],
    ['a format that the command has not', ['recover', memberId(0), '--yes', '--out', 'sarif=a'], 'has no sarif output'],
    ['a file that does not say its format', ['status', '--out', 'result'], '--out result does not name a format'],
    ['a format without a file', ['status', '--out', 'json='], 'does not name a format'],
    [
      'one file twice',
      ['status', '--out', 'json=a', '--out', 'csv=a'],
      '--out json=a and --out csv=a go to the same place',
    ],
    ['stdout twice', ['status', '--out', 'json=-', '--out', 'csv=-'], 'go to the same place'],
    [
      'stdout beside -o',
      ['status', '-o', 'table', '--out', 'csv=-'],
      '--output table and --out csv=- go to the same place',
    ],
    ['a command whose result is no document', ['policy', 'scp', '--out', 'a.json'], 'rootctl policy has no --out'],
    ['an explanation', ['explain', '--out', 'a.json'], 'rootctl explain has no --out'],
    ['an explanation as data', ['explain', '-o', 'json'], 'rootctl explain has no json output'],
    ['a script as data', ['completion', 'bash', '-o', 'json'], 'rootctl completion has no json output'],
    ['a schema as rows', ['config', 'schema', '-o', 'csv'], 'rootctl config schema has no csv output'],
    ['a part of a policy', ['policy', 'scp', '--query', 'Statement'], 'rootctl policy'],
  ])('%s', async (_name, args, said) => {
    const scene = createScene(scenario());
    const { code, stderr, stdout } = await scene.run(args);
    expect(code).toBe(64);
    expect(stdout).toMatch(/^$|"kind": "rootctl\.error"/u);
    expect(stderr).toContain(said);
    expect(requestsOf(scene)).toBe(0);
    expect([...scene.inputs]).toEqual([]);
  });

  test('a folder that is missing, a link, a folder, and two ways to write one path', async () => {
    const home = await makeHome();
    await mkdir(home.file('folder'));
    await symlink(home.file('elsewhere'), home.file('link.json'));
    for (const [out, said] of [
      ['json=missing/a.json', 'cannot write missing/a.json: ENOENT'],
      ['json=folder', 'is a folder'],
      ['link.json', 'is a symbolic link'],
    ] as const) {
      const { code, stderr } = await rootctl(['status', '--sandbox', '--out', out], { home });
      expect(stderr).toContain(said);
      expect([code, stderr.includes('nothing was done')]).toEqual([64, true]);
    }
    const twice = ['--out', 'csv=folder/../a', '--out', 'json=./a'];
    const { code, stderr } = await rootctl(['status', '--sandbox', ...twice], { home });
    expect([code, stderr.includes('go to the same place')]).toEqual([64, true]);
    expect(await stat(home.state).catch(() => null)).toBeNull();
  });
});

test('on a real disk a form is written whole, for its owner alone, over an older one', async () => {
  const home = await makeHome();
  await rootctl(['enable', '--sandbox'], { home });
  for (const _ of [1, 2]) {
    const { code } = await rootctl(['status', '--sandbox', '--out', 'a.json'], { home });
    expect(code).toBe(1); // the sandbox holds an account that cannot be read
  }
  expect(JSON.parse(await readFile(home.file('a.json'), 'utf8'))).toMatchObject({
    kind: 'rootctl.status',
    simulated: true,
  });
  expect((await stat(home.file('a.json'))).mode & 0o777).toBe(0o600);
});

test('a form that cannot be written is named, the others are written, and the exit code is 1', async () => {
  const scene = createScene(scenario());
  const { code, stderr, stdout } = await scene.run(
    ['status', '--check', '--out', 'a.json', '--out', 'b.csv', '--out', 'c.md'],
    {
      writeFile: async (path, text) => {
        if (path === 'b.csv')
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        scene.inputs.set(path, [...text].join(''));
      },
    },
  );
  expect(code).toBe(1);
  expect(stderr).toContain('the result could not be written to b.csv: ENOSPC: no space left on device, write');
  expect(stdout).toContain('hold root credentials');
  expect([...scene.inputs.keys()]).toEqual(['a.json', 'c.md']);
});

test('a dry run shows the plan to people, and programs get its document', async () => {
  const scene = createScene(scenario());
  const { stdout } = await scene.run(['delete', '--all', '--dry-run', '--out', 'plan.json', '--out', 'plan.csv']);
  expect(stdout).toContain('would be deleted');
  expect(JSON.parse(scene.inputs.get('plan.json') ?? '')).toMatchObject({ kind: 'rootctl.delete', dryRun: true });
  expect(scene.inputs.get('plan.csv')).toContain(',planned,');
});

describe('a command that ends in an error', () => {
  const failing = () =>
    createScene(scenario(), {
      onRequest: () => {
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
      },
    });

  test('tells of it in the files that wait for a document', async () => {
    const scene = failing();
    const { code } = await scene.run(['status', '--out', 'a.json', '--out', 'a.sarif', '--out', 'a.csv']);
    expect(code).toBe(1);
    expect(JSON.parse(scene.inputs.get('a.json') ?? '')).toMatchObject({ kind: 'rootctl.error' });
    expect(JSON.parse(scene.inputs.get('a.sarif') ?? '').runs[0].invocations[0].executionSuccessful).toBe(false);
    expect(scene.inputs.has('a.csv')).toBe(false);
  });

  test('on stdout too, where --out names it', async () => {
    const { code, json } = await failing().run(['status', '--out', 'json=-']);
    expect([code, json.kind]).toEqual([1, 'rootctl.error']);
  });

  test('leaves the files alone where nothing was done', async () => {
    const scene = createScene(scenario());
    scene.inputs.set('a.json', 'what an earlier run found');
    const { code } = await scene.run(['status', '999999999999', '--out', 'a.json']);
    expect(code).toBe(64);
    expect(scene.inputs.get('a.json')).toBe('what an earlier run found');
  });
});

test('every format has an ending that leads to it, and no two have the same', () => {
  const endings = Object.values(formats).flatMap(({ endings: own }) => own);
  expect(new Set(endings).size).toBe(endings.length);
  for (const format of Object.values(formats)) expect(format.endings.length).toBeGreaterThan(0);
});
