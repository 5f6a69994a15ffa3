import { describe, expect, test } from 'vitest';
import { statusSummaryOf } from '../../src/documents/index.ts';
import { formatsFor } from '../../src/render/formats.ts';
import { parseCsv } from '../render/csv.ts';
import { accessKey, everything, managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const scenario = () =>
  scenarioOf([
    { name: 'payments-prod', root: everything(memberId(0)) },
    { name: 'data-lake', root: password },
    { name: 'clean' },
    { name: 'closed', state: 'SUSPENDED' },
  ]);

interface Told {
  readonly account: string | null;
  readonly control: string;
  readonly verdict: string;
  readonly reason: string;
  readonly reasonCode: string;
}

const verdict = (told: readonly Told[], account: string | null, control: string): string | undefined =>
  told.find((one) => one.account === account && one.control === control)?.verdict;

/** Saves what `status` says now, and lets a day pass. */
async function save(scene: Scene, path: string, args: readonly string[] = []): Promise<void> {
  await scene.run(['status', ...args, '--out', `json=${path}`]);
  await scene.clock.sleep(86_400_000);
}

test('live: every control of every account, with its version and source', async () => {
  const scene = createScene(scenario());
  const { code, json } = await scene.run(['report', '-o', 'json']);
  expect(code).toBe(0);
  expect(json).toMatchObject({ kind: 'rootctl.report', complete: true, run: null, before: null, history: null });
  expect(json.controls).toHaveLength(39);
  expect(json.verdicts).toHaveLength(1 + 38 * 5);
  expect(json.controls[0]).toEqual({
    key: 'cis-7.0.0/2.1.1',
    framework: 'cis',
    version: '7.0.0',
    id: '2.1.1',
    subject: 'centralized-root-access',
    title: 'Root access of the member accounts is managed centrally',
    sources: ['prowler'],
    source: "Prowler's compliance files (read in August 2026)",
  });
  const { verdicts } = json;
  expect(verdict(verdicts, null, 'cis-7.0.0/2.1.1')).toBe('passed');
  expect(verdict(verdicts, memberId(0), 'security-hub/IAM.4')).toBe('failed');
  expect(verdict(verdicts, memberId(1), 'cis-7.0.0/2.5')).toBe('failed');
  expect(verdict(verdicts, memberId(2), 'cis-7.0.0/2.5')).toBe('passed');
  expect(verdict(verdicts, memberId(2), 'cis-5.0.0/1.4')).toBe('not-applicable');
  expect(verdict(verdicts, memberId(2), 'aws-config/root-account-mfa-enabled')).toBe('not-applicable');
  expect(verdict(verdicts, memberId(2), 'cis-7.0.0/2.7')).toBe('not-assessed');
  expect(verdict(verdicts, memberId(3), 'cis-7.0.0/2.4')).toBe('unknown');
  expect(verdict(verdicts, managementId, 'cis-7.0.0/2.4')).toBe('passed');
});

test('every form of one reading says the same', async () => {
  const scene = createScene(scenario());
  const others = formatsFor('rootctl.report').filter((name) => name !== 'table');
  const { stdout } = await scene.run(['report', ...others.flatMap((name) => ['--out', `${name}=/out/${name}`])]);
  expect(stdout).toContain('2 of 5 accounts fail a control');
  expect(stdout).toContain('data-lake');
  const document = JSON.parse(scene.inputs.get('/out/json') ?? '');
  const [titles, ...rows] = parseCsv(scene.inputs.get('/out/csv') ?? '');
  expect(titles).toEqual([
    'account_id',
    'name',
    'control',
    'framework',
    'version',
    'control_id',
    'title',
    'verdict',
    'reason_code',
    'reason',
    'evidence',
    'source',
  ]);
  expect(
    rows.map(([account, , control, , , , , word, code, reason]) => [account, control, word, code, reason]),
  ).toEqual(
    document.verdicts.map((one: Told) => [one.account ?? '', one.control, one.verdict, one.reasonCode, one.reason]),
  );
  const page = scene.inputs.get('/out/markdown') ?? '';
  expect(page.split('\n')[0]).toBe('## Root credentials: attestation');
  expect(page).toContain('**2 of 5 accounts fail a control');
  expect(page).toContain('| cis-7.0.0/2.4 | The root user has no access key | 3 | 1 | 1 | 0 | 0 |');
  expect(page).toContain(`| ${memberId(1)} | data-lake | failed | MFA, hardware MFA | no MFA is set up |`);
});

test('Japanese people read the verdict in Japanese, programs in English', async () => {
  const scene = createScene(scenario());
  const { stdout } = await scene.run(['report', '--lang', 'ja', '--framework', 'cis-7.0.0', '--out', 'json=a']);
  expect(stdout).toContain('5 個のアカウントのうち 2 個に、不合格のコントロールがあります');
  expect(JSON.parse(scene.inputs.get('a') ?? '').verdicts[0].reason).toContain('root credentials management are on');
});

test('--framework narrows it, may be repeated, and the nearest known one is named', async () => {
  const scene = createScene(scenario());
  const frameworks = ['--framework', 'security-hub', '--framework', 'cis-7.0.0'];
  const { json } = await scene.run(['report', ...frameworks, memberId(0), '-o', 'json']);
  expect(new Set(json.controls.map(({ key }: { key: string }) => key.split('/')[0]))).toEqual(
    new Set(['cis-7.0.0', 'security-hub']),
  );
  const wrong = await scene.run(['report', '--framework', 'cis-7.0']);
  expect(wrong.code).toBe(64);
  expect(wrong.stderr).toContain('did you mean cis-7.0.0?');
});

describe('--from', () => {
  test('asks AWS nothing, and tells of a period what became clean and what came back', async () => {
    const scene = createScene(scenario());
    await save(scene, 'one.json');
    await scene.run(['delete', '--all', '--yes']);
    await save(scene, 'two.json');
    const createdAt = new Date(scene.clock.nowMs()).toISOString();
    scene.account(memberId(1)).root.accessKeys.push({ ...accessKey(memberId(1), 9), createdAt });
    await save(scene, 'three.json');
    const before = scene.sandbox.requests.length;
    const names = ['--from', 'three.json', '--from', 'one.json', '--from', 'two.json'];
    const { code, json } = await scene.run(['report', ...names, '-o', 'json']);
    expect(scene.sandbox.requests.length).toBe(before);
    expect(code).toBe(0);
    const [, two, three] = json.readings.map(({ generatedAt }: { generatedAt: string }) => generatedAt);
    const history = new Map(json.history.map((one: { account: string }) => [one.account, one]));
    expect(history.get(memberId(0))).toMatchObject({ cleanSince: two, cameBackAt: [] });
    expect(history.get(memberId(1))).toMatchObject({ cleanSince: null, cameBackAt: [three] });
    expect(verdict(json.verdicts, memberId(0), 'cis-7.0.0/2.4')).toBe('passed');
    expect(verdict(json.verdicts, memberId(1), 'cis-7.0.0/2.4')).toBe('failed');
    const shown = await scene.run(['report', ...names]);
    expect(shown.stdout).toContain('3 readings, from');
    expect(shown.stdout).toContain(`data-lake (${memberId(1)}): credentials came back`);
  });

  test('of a reading that was cut short says so, passes nothing of the rest, and does not exit 0', async () => {
    const scene = createScene(scenario());
    const whole = await scene.run(['status', '-o', 'json']);
    const accounts = whole.json.accounts.map((one: { id: string }) =>
      one.id === memberId(2)
        ? { ...one, status: 'skipped', reason: 'not-tried', credentials: null, lastUsedAt: null }
        : one,
    );
    scene.inputs.set(
      'cut.json',
      JSON.stringify({ ...whole.json, complete: false, summary: statusSummaryOf(accounts), accounts }),
    );
    const { code, json } = await scene.run(['report', '--from', 'cut.json', '-o', 'json']);
    expect(code).toBe(1);
    expect(json.complete).toBe(false);
    expect(verdict(json.verdicts, null, 'cis-7.0.0/2.1.1')).toBe('unknown');
    expect(verdict(json.verdicts, memberId(2), 'cis-7.0.0/2.4')).toBe('unknown');
    const shown = await scene.run(['report', '--from', 'cut.json']);
    expect(shown.stdout).toContain('Incomplete: 1 of at least 5 accounts was not read');
    expect(shown.stdout).toContain('cannot show that an account is clean');
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['a file that is not there', ['--from', 'a'], {}, 'cannot read the reading a (ENOENT)'],
    [
      'no status',
      ['--from', 'a'],
      { a: '{"kind":"rootctl.plan"}' },
      'a is not a status document: it is a rootctl.plan',
    ],
    ['with a selection', ['--from', 'a', '--all'], { a: '' }, '--from cannot be combined with a selection'],
    ['with a run', ['--from', 'a', '--run', 'b'], { a: '' }, '--from cannot be combined with --run'],
    [
      'with an exclusion',
      ['--from', 'a', '--exclude', memberId(0)],
      { a: '' },
      '--from cannot be combined with a selection',
    ],
  ])('refuses %s before anything is done', async (_, args, files, message) => {
    const scene = createScene(scenario());
    for (const [path, text] of Object.entries(files)) scene.inputs.set(path, text);
    const { code, stderr } = await scene.run(['report', ...args]);
    expect(code).toBe(64);
    expect(stderr).toContain(message);
    expect(scene.sandbox.requests).toHaveLength(0);
  });

  test('refuses the same reading twice', async () => {
    const scene = createScene(scenario());
    await save(scene, 'a');
    const { code, stderr } = await scene.run(['report', '--from', 'a', '--from', 'a']);
    expect([code, stderr]).toEqual([64, expect.stringContaining('two of the readings have the same time')]);
  });
});

describe('--run', () => {
  test('tells what was there, what was removed with its evidence, and what is left', async () => {
    const scene = createScene(scenario());
    const { json: done } = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
    const before = scene.sandbox.requests.length;
    const { code, json } = await scene.run(['report', '--run', done.runId, '-o', 'json']);
    expect(scene.sandbox.requests.length).toBe(before);
    expect(code).toBe(0);
    expect(json.run).toMatchObject({ id: done.runId, state: 'finished' });
    const removed = json.run.accounts.find(({ id }: { id: string }) => id === memberId(0));
    expect(removed.actions).toHaveLength(6);
    for (const action of removed.actions) expect(action).toMatchObject({ result: 'deleted', at: expect.any(String) });
    expect(json.before.find(({ id }: { id: string }) => id === memberId(0)).status).toBe('present');
    const after = json.accounts.find(({ id }: { id: string }) => id === memberId(0));
    expect(after).toMatchObject({ status: 'absent', state: 'ACTIVE', email: expect.stringContaining('@') });
    expect(verdict(json.verdicts, memberId(0), 'cis-7.0.0/2.4')).toBe('passed');
    expect(verdict(json.verdicts, null, 'cis-7.0.0/2.1.1')).toBe('unknown');
    const shown = await scene.run(['report', '--run', done.runId]);
    expect(shown.stdout).toContain(`Run ${done.runId}, started`);
  });

  test('of which some was kept back passes only what was seen gone', async () => {
    const scene = createScene(scenario());
    const { json: done } = await scene.run(['delete', '--all', '--only', 'access-keys', '--yes', '-o', 'json']);
    const { json } = await scene.run(['report', '--run', done.runId, '-o', 'json']);
    const { verdicts } = json;
    expect(verdict(verdicts, memberId(0), 'cis-7.0.0/2.4')).toBe('passed');
    expect(verdict(verdicts, memberId(0), 'rootctl/signing-certificates')).toBe('failed');
  });

  test('that was not verified passes nothing that it deleted', async () => {
    const behaviour = { consistencyLagMs: { accessKeys: 600_000 } };
    const scene = createScene(scenarioOf([{ root: everything(memberId(0)) }], { behaviour }));
    const { json: done } = await scene.run(['delete', '--all', '--yes', '--wait', '1s', '-o', 'json']);
    const outcomes = new Map(done.accounts.map((one: { id: string; outcome: string }) => [one.id, one.outcome]));
    const { json } = await scene.run(['report', '--run', done.runId, '-o', 'json']);
    expect(outcomes.get(memberId(0))).toBe('unverified');
    expect(verdict(json.verdicts, memberId(0), 'cis-7.0.0/2.4')).not.toBe('passed');
  });

  test('is refused where there is no such run, and for a run that deleted nothing', async () => {
    const scene = createScene(scenario());
    const none = await scene.run(['report', '--run', '20260131-0930-k3f9']);
    expect(none.code).not.toBe(0);
    const { json } = await scene.run(['recover', memberId(2), '--yes', '-o', 'json']);
    const other = await scene.run(['report', '--run', json.runId]);
    expect(other.code).toBe(64);
    expect(other.stderr).toContain('does not record accounts before and after a deletion');
  });
});
