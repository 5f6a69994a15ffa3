import { readFile } from 'node:fs/promises';
import { describe, expect, inject, test } from 'vitest';
import { until } from '../support/program.ts';
import { type Served, serve } from '../support/sandbox-server.ts';
import { accessKey, type Member, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';
import { openScreen, openScreenOf, type Screen } from '../support/terminal.ts';

const count = 60;
const inUse = memberId(41);
const organizationalUnits = [
  { id: 'ou-test-wrkloads', name: 'Workloads', parentId: 'r-test' },
  { id: 'ou-test-production', name: '本番', parentId: 'ou-test-wrkloads' },
];
const members = (more: Member = {}): readonly Member[] =>
  Array.from({ length: count }, (_, index) => ({
    parentId: index % 2 === 0 ? 'ou-test-wrkloads' : 'ou-test-production',
    root: memberId(index) === inUse ? { ...password, accessKeys: [accessKey(inUse, 1, '1h ago')] } : password,
    ...more,
  }));
const scenario = (more: Parameters<typeof scenarioOf>[1] = {}) =>
  scenarioOf(members(), { ...more, organization: { organizationalUnits } });

const deletionsIn = async (served: Served) =>
  (await served.requests()).filter(({ operation }) => /^(Delete|Deactivate)/u.test(operation)).length;
const open = (served: Served, args: readonly string[] = ['delete', '--all'], env: Record<string, string> = {}) =>
  openScreen(
    [...args, '--endpoint-url', served.endpoint],
    { home: served.home, env: { ...served.env(), LANG: 'C.UTF-8', ...env } },
    100,
    24,
  );
const total = `${count + 1} root credentials in ${count} accounts will be deleted`;
const timesIn = (terminal: Screen, words: string): number => terminal.text().split(words).length - 1;
const question = /^Type the organization id to continue \(\S+\):$/mu;

describe('a plan that does not fit the screen', () => {
  test('is paged first; below it the question stands under the totals, and is answered', async () => {
    const served = await serve(scenario());
    const terminal = open(served);
    await terminal.sees(/^:$/mu);
    const [, first = ''] = terminal.lines().filter((line) => line !== '');
    expect(first).toContain(inUse); // what is in use comes first
    expect(first).toContain('Workloads/本番');
    expect(terminal.text()).not.toContain(total);
    terminal.type('q');
    await terminal.sees(question);
    expect(terminal.text()).toMatch(
      /not touched: 1 account \(the management account\)\n61 root credentials in 60 accounts will be deleted[\s\S]+⚠ 1 access key was used[\s\S]+⚠ 60 accounts have a password without MFA\.\n⚠ Alarms[\s\S]+\nType the organization id/u,
    );
    expect(await deletionsIn(served)).toBe(0);
    terminal.type(`${organizationId}\r`);
    await terminal.sees('30 accounts  31 credentials deleted, confirmed gone');
    expect(await terminal.ended).toBe(0);
    expect(await deletionsIn(served)).toBe(count + 1);
  });

  test.each<[string, (terminal: Screen) => void, number]>([
    ['Ctrl-C', (terminal) => terminal.type('\u0003'), 130],
    ['SIGTERM', (terminal) => terminal.kill('SIGTERM'), 143],
    ['SIGHUP', (terminal) => terminal.kill('SIGHUP'), 143],
  ])('%s in the pager ends both, and says that nothing was changed', async (_name, act, code) => {
    const served = await serve(scenario());
    const terminal = open(served);
    await terminal.sees(/^:$/mu);
    act(terminal);
    expect(await terminal.ended).toBe(code);
    await terminal.sees('interrupted: nothing was changed').catch(() => {});
    expect(terminal.text()).toContain('nothing was changed');
    expect(terminal.text()).not.toContain('Type the organization id');
    expect(await deletionsIn(served)).toBe(0);
    expect(await served.home.journals()).toEqual([]);
  });

  test('--timeout ends the pager too', async () => {
    const served = await serve(scenario());
    const terminal = open(served, ['delete', '--all', '--timeout', '6']);
    await terminal.sees(/^:$/mu);
    expect(await terminal.ended).toBe(1);
    expect(terminal.text()).toContain('nothing was changed');
    expect(await deletionsIn(served)).toBe(0);
  });

  test('goes to the terminal, and stdout holds the result alone', async () => {
    const served = await serve(scenario());
    const command = `${process.execPath} "$PROGRAM" delete --all -o json --endpoint-url ${served.endpoint} > result.json`;
    const env = { ...served.env(), PROGRAM: inject('program'), ROOTCTL_PAGER: 'tee paged.txt > /dev/null' };
    const terminal = openScreenOf(['/bin/sh', '-c', command], { home: served.home, env }, 100, 24);
    await terminal.sees(question);
    expect(timesIn(terminal, total)).toBe(1);
    expect(terminal.text()).not.toContain(memberId(7));
    const paged = await readFile(served.home.file('paged.txt'), 'utf8');
    for (let index = 0; index < count; index += 1) expect(paged).toContain(memberId(index));
    terminal.type(`${organizationId}\r`);
    expect(await terminal.ended).toBe(0);
    const result = JSON.parse(await readFile(served.home.file('result.json'), 'utf8'));
    expect(result).toMatchObject({ kind: 'rootctl.delete', summary: { deleted: count } });
  });

  test.each<[string, readonly string[], Record<string, string>]>([
    ['--no-pager', ['--no-pager'], {}],
    ['cat', [], { PAGER: 'cat' }],
    ['a dumb terminal', [], { TERM: 'dumb' }],
    ['a pager that is not there', [], { PAGER: 'no-such-pager' }],
    ['a pager that fails', [], { PAGER: 'exit 3' }],
  ])('%s shows it as it is, and tells the totals once', async (_name, args, env) => {
    const served = await serve(scenario());
    const terminal = open(served, ['delete', '--all', ...args], env);
    await terminal.sees(question);
    for (let index = 0; index < count; index += 1) expect(terminal.text()).toContain(memberId(index));
    expect(timesIn(terminal, total)).toBe(1);
    terminal.type('\u0003');
    expect(await terminal.ended).toBe(130);
  });

  test('of accounts that were chosen from the list is paged as well, and asked about', async () => {
    const served = await serve(scenario());
    const terminal = open(served, ['delete']);
    await terminal.sees('space marks');
    terminal.type('\t');
    await terminal.sees(`${count} marked`);
    terminal.type('\r');
    await terminal.sees(/^:$/mu);
    terminal.type('q');
    await terminal.sees(question);
    expect(terminal.text()).toContain(total);
    terminal.type('\u0003');
    expect(await terminal.ended).toBe(130);
    expect(await deletionsIn(served)).toBe(0);
  });

  test('with --yes nobody looks: nothing is paged', async () => {
    const served = await serve(scenario());
    const terminal = open(served, ['delete', '--all', '--yes'], { PAGER: 'cat > paged.txt' });
    expect(await terminal.ended).toBe(0);
    await until(() => terminal.text().includes('confirmed gone'));
    expect(timesIn(terminal, total)).toBe(1);
  });
});

test('a plan that fits the screen is not paged, and its totals are told once', async () => {
  const served = await serve(scenario());
  const terminal = open(served, ['delete', memberId(3)], { PAGER: 'cat > paged.txt' });
  await terminal.sees(question);
  expect(timesIn(terminal, '1 root credential in 1 account will be deleted')).toBe(1);
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
});

const failing = {
  faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteLoginProfile', accountId: memberId(7) }],
};

test('runs resume shows what is left of the plan before it asks', async () => {
  const served = await serve(scenario({ behaviour: failing as never }));
  const { json } = await served.run(['delete', '--all', '--yes', '-o', 'json']);
  const terminal = open(served, ['runs', 'resume', json.runId]);
  await terminal.sees(question);
  expect(terminal.text()).toContain(`member-7  ${memberId(7)}  Workloads/本番`);
  expect(terminal.text()).toContain('1 root credential in 1 account will be deleted');
  expect(terminal.text()).not.toContain(memberId(8));
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
});

test('each OU is read once for the plan and the result, and none where nobody sees it', async () => {
  const unitsRead = async (args: readonly string[]) => {
    const scene = createScene(scenario());
    const { stdout } = await scene.run(['delete', '--all', '--yes', ...args]);
    return {
      stdout,
      reads: scene.sandbox.requests.filter(({ operation }) => operation === 'DescribeOrganizationalUnit').length,
    };
  };
  expect(await unitsRead(['-q', '-o', 'json'])).toMatchObject({ reads: 0 });
  for (const args of [[], ['-q']]) {
    expect(await unitsRead(args)).toEqual({ reads: 2, stdout: expect.stringContaining('Workloads/本番') });
  }
});

test('an OU whose name may not be read is shown by its id, and the result is told all the same', async () => {
  const faults = [{ kind: 'access-denied', rate: 1, operation: 'DescribeOrganizationalUnit' }];
  const scene = createScene(scenario({ behaviour: { faults } as never }));
  const { code, stdout, stderr } = await scene.run(['delete', '--all', '--yes']);
  expect(code).toBe(0);
  expect(stderr).toContain('ou-tes');
  expect(stdout).toContain('ou-test-wrkloads/ou-test-production');
  expect(stdout).toContain('all confirmed gone');
});
