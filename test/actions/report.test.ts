import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { report, reportRun } from '../../src/actions/report.ts';
import { showRun } from '../../src/actions/runs.ts';
import type { AccountStatus, StatusDocument } from '../../src/documents/index.ts';
import { account, dataLake, nowMs, organization, statusOf } from '../render/story.ts';
import { createBench } from '../support/bench.ts';
import { headerOf, planOf, writeJournal } from '../support/journals.ts';
import { holds } from '../support/properties.ts';
import { denyRoot, managementId, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const environment = { clock: virtualClock({ startMs: nowMs }), product: { version: '1.0.0', isSimulated: false } };
const day = (number: number): string => `2026-01-0${number}T09:30:00.000Z`;
const ids = { left: '222222222222', right: '333333333333' };

const looks: Readonly<Record<string, Partial<AccountStatus>>> = {
  P: { ...dataLake, id: ids.left },
  A: {},
  U: { status: 'unknown', credentials: null },
  S: { status: 'skipped', reason: 'excluded', credentials: null },
};

/** A reading a word: what it saw of one account (`.`: it does not list it), and whether it was cut short. */
const readingsOf = (period: string): readonly StatusDocument[] =>
  period.split(' ').map(([look = '', cut], index) =>
    statusOf(look === '.' ? [] : [account(ids.left, 'left', { ...looks[look], id: ids.left, name: 'left' })], {
      generatedAt: day(index + 1),
      complete: cut !== '!',
    }),
  );

const made = (readings: readonly StatusDocument[]) => report({ readings, frameworks: ['cis-7.0.0'] }, environment);

describe('a report over a period', () => {
  it.each<[string, number | null, readonly number[]]>([
    ['A A', 1, []],
    ['P A', 2, []],
    ['P A A', 2, []],
    ['A P', null, [2]],
    ['A P A P', null, [2, 4]],
    ['A P A', 3, [2]],
    ['P P', null, []],
    // What nobody looked at is not clean, and whatever is there then has come back.
    ['A U', null, []],
    ['A U A', 3, []],
    ['A U P', null, [3]],
    ['A S A', 3, []],
    ['U A', 2, []],
    // A reading that was cut short makes nothing clean. What it saw is there.
    ['P A!', null, []],
    ['P A! A', 3, []],
    ['A A! A', 1, []],
    ['A U! A', 1, []],
    ['A .! A', 1, []],
    ['A P! A', 3, [2]],
    // One that came to its end and does not list it was of others: it has not seen that it still is.
    ['A .', null, []],
    ['A . A', 3, []],
    ['A . P', null, [3]],
  ])('%s', (period, cleanSince, cameBackAt) => {
    const [history] = made(readingsOf(period)).history ?? [];
    expect(history).toEqual({
      account: ids.left,
      cleanSince: cleanSince === null ? null : day(cleanSince),
      cameBackAt: cameBackAt.map(day),
    });
  });

  it('is the same in whatever order the readings are named', () => {
    holds(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        const readings = readingsOf('A P A! A');
        const { verdicts: _, ...shuffled } = made(order.flatMap((place) => readings[place] ?? []));
        const { verdicts: __, ...sorted } = made(readings);
        expect(shuffled).toEqual(sorted);
      }),
      24,
    );
  });

  it('tells of each account that any reading listed, in the order of their ids', () => {
    const seen = (...listed: readonly string[]) => listed.map((id) => account(id, 'one'));
    const readings = [seen(ids.left), seen(ids.left, ids.right), seen(ids.right, '111111111112')];
    const { history } = made(readings.map((all, index) => statusOf(all, { generatedAt: day(index + 1) })));
    expect(history).toEqual([
      { account: '111111111112', cleanSince: day(3), cameBackAt: [] },
      { account: ids.left, cleanSince: null, cameBackAt: [] },
      { account: ids.right, cleanSince: day(2), cameBackAt: [] },
    ]);
  });

  it('judges the last reading, and says of each whether it came to its end', () => {
    const document = made(readingsOf('A! P A'));
    expect(document.readings.map(({ generatedAt, complete }) => [generatedAt, complete])).toEqual([
      [day(1), false],
      [day(2), true],
      [day(3), true],
    ]);
    expect(document.summary).toMatchObject({ absent: 1, present: 0 });
    expect(document.complete).toBe(true);
  });

  it('compares with the first reading that came to its end', () => {
    expect(made(readingsOf('A! P A')).changes).toMatchObject([{ id: ids.left, change: 'gone' }]);
    expect(made(readingsOf('A P')).changes).toMatchObject([{ id: ids.left, change: 'appeared' }]);
    expect(made(readingsOf('A! P')).changes).toBeNull();
  });

  it.each(['A A!', 'P A .!'])('that ends in a reading cut short attests nothing of the organization: %s', (period) => {
    const document = made(readingsOf(period));
    expect(document.complete).toBe(false);
    const own = [...document.verdicts].filter(({ account: id }) => id === null);
    expect(own).toMatchObject([{ verdict: 'unknown', reasonCode: 'cut-short' }]);
  });
});

describe('one reading', () => {
  it('has no history, and what it says itself of changes', () => {
    const [reading] = readingsOf('A');
    const document = made(reading === undefined ? [] : [reading]);
    expect(document).toMatchObject({ history: null, changes: null, run: null, before: null });
  });

  it('of the sandbox makes a report of the sandbox', () => {
    expect(made([statusOf([], { simulated: true })]).simulated).toBe(true);
    expect(made([statusOf([])])).not.toHaveProperty('simulated');
  });

  it('has the mappings that speak of the controls it is held against', () => {
    const whole = report({ readings: [statusOf([])], frameworks: [] }, environment);
    expect(whole.controls).toHaveLength(39);
    expect(whole.mappings.map(({ by, standard }) => `${by}: ${standard}`)).toEqual([
      'security-hub: NIST SP 800-53 r5',
      'security-hub: NIST SP 800-53 r5',
      'security-hub: PCI DSS 4.0.1',
      'steampipe: SOC 2',
      'steampipe: SOC 2',
      'prowler: ISO/IEC 27001:2022',
      'prowler: Well-Architected',
      'prowler: C5:2025',
    ]);
    const own = report({ readings: [statusOf([])], frameworks: ['rootctl'] }, environment);
    expect(own.mappings.every(({ subjects }) => subjects === null)).toBe(true);
  });
});

describe('readings are refused', () => {
  const codeOf = (readings: readonly StatusDocument[]): unknown => {
    try {
      made(readings);
    } catch (error) {
      return error instanceof Error && 'problem' in error ? error.problem : error;
    }
    return null;
  };
  it.each<[string, readonly StatusDocument[], object]>([
    ['where there are none', [], { code: 'NoReadings' }],
    [
      'of two organizations',
      [statusOf([]), statusOf([], { generatedAt: day(2), organization: { ...organization, id: 'o-otherorgid1' } })],
      { code: 'SeveralOrganizations', data: { organizations: ['o-otherorgid1', 'o-exampleorgid'] } },
    ],
    [
      'that are there twice',
      [...readingsOf('A P'), ...readingsOf('A')],
      { code: 'ReadingTwice', data: { generatedAt: day(1) } },
    ],
  ])('%s', (_, readings, problem) => {
    expect(codeOf(readings)).toMatchObject(problem);
  });
});

describe('a run', () => {
  const [first, second] = [memberId(0), memberId(1)];
  const frameworks = ['cis-7.0.0'] as const;

  /** What a deletion of two accounts wrote down, of which the second refuses what is denied. */
  async function ran(args: readonly string[] = [], denied?: string) {
    const organization = denied === undefined ? {} : { policies: [denyRoot([second], denied)] };
    const scene = createScene(scenarioOf([{ root: password }, { root: password }, {}], { organization }));
    const { runId } = (await scene.run(['delete', '--all', '--yes', ...args, '-o', 'json'])).json;
    const { environment, files } = createBench(scenarioOf([]));
    for (const [name, text] of scene.files.contents) files.contents.set(name, text);
    const name = `runs/${runId}.jsonl`;
    return {
      runId: String(runId),
      report: () => reportRun({ runId, frameworks }, environment),
      change: (how: (text: string) => string) => files.contents.set(name, how(files.contents.get(name) ?? '')),
    };
  }

  it('is told with what was there before, what it did, and what the controls say of what is left', async () => {
    const { runId, report: told } = await ran();
    const document = await told();
    const nobodyKnows = {
      trustedAccess: null,
      rootCredentialsManagement: null,
      rootSessions: null,
      delegatedAdministrators: null,
    };
    expect(document).toMatchObject({
      kind: 'rootctl.report',
      complete: true,
      organization: { id: organizationId },
      centralizedRootAccess: nobodyKnows,
      managementAccount: null,
      summary: { present: 0, absent: 3 },
      readings: [{ generatedAt: document.run?.startedAt, complete: true, summary: { present: 2, absent: 1 } }],
      run: { id: runId, state: 'finished', endedAt: expect.any(String) },
      changes: null,
      history: null,
    });
    expect(document.before?.map(({ id, status }) => [id, status])).toEqual([
      [managementId, 'skipped'],
      [first, 'present'],
      [second, 'present'],
      [memberId(2), 'absent'],
    ]);
    expect(document.run?.accounts.filter(({ outcome }) => outcome === 'deleted').map(({ id }) => id)).toEqual([
      first,
      second,
    ]);
    expect(document.accounts.map(({ status }) => status)).toEqual(['skipped', 'absent', 'absent', 'absent']);
    const said = (control: string) =>
      [...document.verdicts].filter((one) => one.control === control).map(({ account: id, verdict }) => [id, verdict]);
    expect(said('cis-7.0.0/2.4')).toEqual([
      [managementId, 'unknown'],
      [first, 'passed'],
      [second, 'passed'],
      [memberId(2), 'passed'],
    ]);
    // A journal does not hold how the switches were.
    expect(said('cis-7.0.0/2.1.1')).toEqual([[null, 'unknown']]);
  });

  it('that AWS refused something came to its end all the same; what it left is judged', async () => {
    const { report: told } = await ran([], 'iam:DeleteLoginProfile');
    const document = await told();
    expect(document).toMatchObject({ complete: true, run: { state: 'finished' }, summary: { present: 1, absent: 2 } });
    expect([...document.verdicts]).toContainEqual(
      expect.objectContaining({ account: second, control: 'cis-7.0.0/2.5', verdict: 'failed' }),
    );
  });

  it.each<[string, readonly string[], string | undefined, (text: string) => string]>([
    ['that failures ended', ['--max-failures', '1'], 'iam:DeleteLoginProfile', (text) => text],
    ['whose record was changed', [], undefined, (text) => text.replace('member-0', 'member-9')],
    ['whose record does not tell its end', [], undefined, (text) => text.split('\n').slice(0, -2).join('\n')],
  ])('%s attests nothing of the organization', async (_, args, denied, how) => {
    const { report: told, change } = await ran(args, denied);
    change(how);
    const document = await told();
    expect(document).toMatchObject({ complete: false, readings: [{ complete: false }] });
    expect([...document.verdicts].find(({ account: id }) => id === null)).toMatchObject({ reasonCode: 'cut-short' });
  });

  it('whose record does not tell what became of one account is not complete', async () => {
    const { environment, files } = createBench(scenarioOf([]));
    const runId = '20260131-0930-abcd';
    const action = { kind: 'login-profile', id: null } as const;
    const plan = planOf(
      [first, second].map((id) => ({ id, name: 'one', path: null, actions: [action], warnings: [] })),
    );
    await writeJournal(files, runId, [
      headerOf(runId),
      { event: 'plan', hash: plan.hash, plan, decided: [] },
      { event: 'account', account: first, outcome: 'absent', reason: null, error: null },
      { event: 'end', state: 'finished', summary: {}, error: null },
    ]);
    const incomplete = { complete: false, run: { state: 'finished' } };
    expect(await reportRun({ runId, frameworks }, environment)).toMatchObject(incomplete);
    expect(await showRun(runId, environment)).toMatchObject(incomplete);
  });

  it.each([true, false])('of the sandbox, and no other, makes a report of the sandbox: %s', async (simulated) => {
    const { environment, files } = createBench(scenarioOf([]));
    const runId = '20260131-0930-abcd';
    await writeJournal(files, runId, [Object.assign(headerOf(runId), { simulated })]);
    const document = await reportRun({ runId, frameworks }, environment);
    expect(document.simulated).toBe(simulated ? true : undefined);
    expect(document).toMatchObject({ complete: false, run: { state: 'interrupted', endedAt: null } });
  });

  it.each<[string, (text: string) => string]>([
    ['recover', (text) => text],
    ['unlock', (text) => text],
    // Nobody knows of what.
    ['unknown', (text) => text.replace('"event":"run"', '"event":"ran"')],
  ])('that deleted nothing makes no report: %s', async (command, how) => {
    const { environment, files } = createBench(scenarioOf([]));
    const runId = '20260131-0930-abcd';
    await writeJournal(files, runId, [headerOf(runId, command === 'unlock' ? 'unlock' : 'recover')]);
    for (const [name, text] of files.contents) files.contents.set(name, how(text));
    await expect(reportRun({ runId, frameworks }, environment)).rejects.toMatchObject({
      problem: { code: 'NothingDeleted', data: { runId, command } },
    });
  });
});

it('50,000 accounts are judged as they are asked for', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => account(String(100_000_000_000 + index), 'one'));
  const { verdicts } = report({ readings: [statusOf(many)], frameworks: [] }, environment);
  let passed = 0;
  let all = 0;
  for (const { verdict } of verdicts) {
    all += 1;
    if (verdict === 'passed') passed += 1;
  }
  expect(all).toBe(1 + 38 * 50_001);
  expect(passed).toBeGreaterThan(500_000);
});
