import { describe, expect, test } from 'vitest';
import { type MemoryDisk, memoryDisk } from '../../harness/disk.ts';
import type { DeleteAccount, DeleteAction, DeleteOutcome, PlanAccount } from '../../src/documents/index.ts';
import { problem, told } from '../../src/problems/index.ts';
import type { JournalEvent } from '../../src/run/journal.ts';
import type { Processes } from '../../src/run/lock.ts';
import {
  accountsOf,
  cloudTrailQueryOf,
  doubtOfRecoveries,
  eventsOf,
  leftAlone,
  listRuns,
  newRunId,
  openRecoveriesOf,
  type RunRecord,
  readRun,
  remainderOf,
} from '../../src/run/runs.ts';
import { headerOf, planOf, writeJournal } from '../support/journals.ts';
import { fullMembers, keyIdOf, memberId, organizationId, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const runId = '20260131-0930-abcd';
const path = `runs/${runId}.jsonl`;
const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 31, 9, 30 + minutes)).toISOString();
/** A machine on which one process is alive beside this one. */
const processes: Processes = { pid: 1, identityOf: (pid) => (pid === 7 ? 'boot:7' : null) };

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const keysOf = (id: string, ...numbers: readonly number[]): PlanAccount => ({
  id,
  name: `member-${id.at(-1)}`,
  path: null,
  actions: numbers.map((number) => ({ kind: 'access-key', id: keyIdOf(id, number), status: 'Active' })),
  warnings: [],
});
const planned = (accounts: readonly PlanAccount[], decided: readonly DeleteAccount[] = []): JournalEvent => {
  const plan = planOf(accounts);
  return { event: 'plan', hash: plan.hash, plan, decided };
};
const session = (account: string, sessionAccessKeyId: string): JournalEvent => ({
  event: 'session',
  account,
  taskPolicy: 'IAMDeleteRootUserCredentials',
  sessionAccessKeyId,
  requestId: 'req-s',
});
const intent = (account: string, number: number): JournalEvent => ({
  event: 'intent',
  account,
  kind: 'access-key',
  id: keyIdOf(account, number),
  sessionAccessKeyId: 'ASIA1',
});
const denied = told('AccessDenied', 'no', null);
const answer = (
  account: string,
  number: number,
  result: DeleteAction['result'],
  error: DeleteAction['error'] = null,
): JournalEvent => ({
  event: 'answer',
  account,
  kind: 'access-key',
  id: keyIdOf(account, number),
  sessionAccessKeyId: 'ASIA1',
  result,
  requestId: 'req-1',
  error,
});
const concluded = (account: string, outcome: DeleteAccount['outcome'], more: object = {}): JournalEvent => ({
  event: 'account',
  account,
  outcome,
  reason: null,
  error: null,
  ...more,
});
const end = (state: 'finished' | 'interrupted', error: DeleteAction['error'] = null): JournalEvent => ({
  event: 'end',
  state,
  summary: { deleted: 2 },
  error,
});

async function record(files: MemoryDisk, id = runId): Promise<RunRecord> {
  const run = await readRun(files, processes, id);
  if (run === null) throw new Error('there is no such run');
  return run;
}
async function recordOf(...events: readonly JournalEvent[]): Promise<RunRecord> {
  const files = memoryDisk();
  await writeJournal(files, runId, [headerOf(runId), ...events]);
  return record(files);
}
const lockedBy = (files: MemoryDisk, work: string, pid = 7): void => {
  const lock = { pid, identity: `boot:${pid}`, work, startedAt: at(0) };
  files.contents.set(`locks/${organizationId}.json`, JSON.stringify(lock));
};

test('a journal is that of the run whose name its file has, and of no other', async () => {
  const scene = createScene(scenarioOf(fullMembers(1)));
  const { json } = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
  const copy = '20260131-0930-copy';
  scene.files.contents.set(`runs/${copy}.jsonl`, scene.files.contents.get(`runs/${json.runId}.jsonl`) ?? '');

  const own = await readRun(scene.files, processes, json.runId);
  expect(own).toMatchObject({ damage: null, entry: { id: json.runId, state: 'finished', problem: null } });

  const damage = { is: 'other-run' };
  const other = await readRun(scene.files, processes, copy);
  expect(other).toMatchObject({
    damage,
    entry: { id: copy, problem: { sentence: { code: 'JournalFlaw', data: { flaw: damage } } } },
  });
});

describe('what a run is told as', () => {
  const flawIn = ({ entry }: RunRecord) =>
    entry.problem === null ? null : (entry.problem.sentence.data as { flaw: { is: string } }).flaw.is;

  test.each<[string, readonly JournalEvent[], (files: MemoryDisk) => void, object, string | null]>([
    ['finished', [end('finished')], () => {}, { state: 'finished', endedAt: at(2), summary: { deleted: 2 } }, null],
    [
      'finished, also while it still holds the lock',
      [end('finished')],
      (files) => lockedBy(files, runId),
      { state: 'finished', endedAt: at(2) },
      null,
    ],
    [
      'interrupted, as it ended itself',
      [end('interrupted')],
      () => {},
      { state: 'interrupted', endedAt: at(2), summary: { deleted: 2 } },
      null,
    ],
    [
      'interrupted, as it ended itself, also while it still holds the lock',
      [end('interrupted')],
      (files) => lockedBy(files, runId),
      { state: 'interrupted', endedAt: at(2) },
      null,
    ],
    [
      'running, while its process lives',
      [session(first, 'ASIA1')],
      (files) => lockedBy(files, runId),
      { state: 'running', endedAt: null, summary: null },
      null,
    ],
    [
      'interrupted, once its process is gone',
      [session(first, 'ASIA1')],
      (files) => lockedBy(files, runId, 8),
      { state: 'interrupted', endedAt: null, summary: null },
      'no-end',
    ],
    [
      'interrupted, while another run holds its organization',
      [session(first, 'ASIA1')],
      (files) => lockedBy(files, '20260131-0930-othr'),
      { state: 'interrupted' },
      'no-end',
    ],
    ['interrupted, without an end', [], () => {}, { state: 'interrupted', endedAt: null, summary: null }, 'no-end'],
    [
      'interrupted, gone on with after its end',
      [end('finished'), { event: 'resumed', pid: 7, rootctlVersion: '1.0.0', callerArn: 'arn' }],
      () => {},
      { state: 'interrupted', endedAt: null, summary: null },
      'no-end',
    ],
    [
      'interrupted, cut off behind its end',
      [end('finished')],
      (files) => files.contents.set(path, `${files.contents.get(path)}{"seq":3,"ev`),
      { state: 'interrupted', endedAt: null, summary: null },
      'cut',
    ],
  ])('%s', async (_name, events, happen, told_, flaw) => {
    const files = memoryDisk();
    await writeJournal(files, runId, [headerOf(runId), planned([keysOf(first, 1)]), ...events]);
    happen(files);
    const run = await record(files);
    expect(run.entry).toMatchObject({ id: runId, command: 'delete', startedAt: at(0), organizationId, ...told_ });
    expect(flawIn(run)).toBe(flaw);
    expect(run).toMatchObject({ damage: null, path: `/state/${path}`, decided: [] });
    expect(run.plan?.accounts.map(({ id }) => id)).toEqual([first]);
  });

  test('a run that never was is none', async () => {
    expect(await readRun(memoryDisk(), processes, runId)).toBeNull();
  });

  test('a line that was changed is said first, whatever else is wrong', async () => {
    const files = memoryDisk();
    await writeJournal(files, runId, [headerOf('20260131-0930-othr'), intent(first, 1), end('finished')]);
    files.contents.set(path, (files.contents.get(path) ?? '').replace('KEY1', 'KEY2'));
    const run = await record(files);
    expect(run.damage).toEqual({ is: 'torn', line: 3 });
    expect(flawIn(run)).toBe('torn');
  });

  test('without its header a run began when its name says, and nobody knows what it was', async () => {
    const files = memoryDisk();
    await writeJournal(files, runId, [intent(first, 1), end('finished')]);
    const run = await record(files);
    expect(run).toMatchObject({ damage: { is: 'no-header' }, header: null, plan: null, decided: [] });
    expect(run.entry).toMatchObject({
      command: 'unknown',
      startedAt: '2026-01-31T09:30:00.000Z',
      organizationId: null,
      state: 'finished',
    });
  });

  test('without its header a run is that of the organization of its plan, and may be running', async () => {
    const files = memoryDisk();
    await writeJournal(files, runId, [planned([keysOf(first, 1)])]);
    lockedBy(files, runId);
    expect((await record(files)).entry).toMatchObject({ organizationId, state: 'running' });
  });

  test.each([
    ['a command that there is not', (line: string) => line.replace('"delete"', '"status"')],
    ['an organization that is none', (line: string) => line.replace(`"id":"${organizationId}"`, '"id":"x"')],
    ['no organization', (line: string) => line.replace(/"organization":\{[^}]*\}/u, '"organization":null')],
    ['no options', (line: string) => line.replace('"options":{}', '"options":null')],
    ['no time', (line: string) => line.replace(/"at":"[^"]*"/u, '"at":"then"')],
  ])('a header that holds %s is none', async (_name, change) => {
    const files = memoryDisk();
    await writeJournal(files, runId, [headerOf(runId)]);
    files.contents.set(path, change(files.contents.get(path) ?? ''));
    expect(await record(files)).toMatchObject({ header: null, entry: { command: 'unknown', organizationId: null } });
  });

  test.each<[string, (plan: ReturnType<typeof planOf>) => unknown, object]>([
    ['none at all', () => ({ accounts: 'x' }), { is: 'no-plan', flaw: expect.anything() }],
    ['changed', (plan) => ({ ...plan, accounts: [] }), { is: 'no-plan', flaw: { is: 'other-hash' } }],
    ['of another organization', ({ accounts }) => planOf(accounts, 'o-otherorg0001'), { is: 'other-plan' }],
  ])('a plan that is %s makes its journal one that nobody may go on with', async (_name, change, damage) => {
    const plan = change(planOf([keysOf(first, 1)])) as ReturnType<typeof planOf>;
    const run = await recordOf({ event: 'plan', hash: 'x', plan, decided: [] }, end('finished'));
    expect(run.damage).toEqual(damage);
    expect(run.plan === null).toBe(damage['is' as never] === 'no-plan');
  });

  test('what an earlier version left alone without writing it down is not known', async () => {
    const run = await recordOf({ ...planned([keysOf(first, 1)]), decided: undefined } as never, end('finished'));
    expect(run).toMatchObject({ decided: null, damage: null });
    expect(accountsOf(run).map(({ id }) => id)).toEqual([first]);
    expect(remainderOf(run).accounts.map(({ id }) => id)).toEqual([first]);
  });
});

describe('the name of a run', () => {
  test.each([
    [0, '20260131-0905-2222'],
    [0.5, '20260131-0905-hhhh'],
    [0.999_999, '20260131-0905-zzzz'],
  ])('says when it began, in UTC, and differs by chance (%d)', (chance, expected) => {
    const nowMs = () => Date.UTC(2026, 0, 31, 9, 5, 59);
    const clock = { nowMs, monotonicMs: () => 0, sleep: async () => {} };
    expect(newRunId({ clock, random: () => chance })).toBe(expected);
  });

  test.each([
    'x20260131-0930-abcd',
    '20260131-0930-abcdx',
    '20260131-0930-abc',
    '20260131-0930-AB-D',
    '2026013-0930-abcd',
    '20261331-0930-abcd',
    '20260131-2530-abcd',
    'notes',
  ])('%s names none: what lies there is no journal, and is said', async (id) => {
    const files = memoryDisk();
    files.contents.set(`runs/${id}.jsonl`, 'my notes\n');
    await expect(readRun(files, processes, id)).rejects.toMatchObject({
      problem: { code: 'UnusableFile', data: { why: { is: 'no-journal' } } },
    });
    expect(await listRuns(files, processes)).toEqual({
      runs: [],
      unreadable: [{ path: `/state/runs/${id}.jsonl`, why: { is: 'no-journal' } }],
    });
  });
});

test('runs are listed by when they began, whatever their names say; what is no journal or is gone by now hides none', async () => {
  const disk = memoryDisk();
  for (const [id, hours] of [
    ['20260131-0930-cccc', 2],
    ['20260131-0930-dddd', 1],
    ['20260131-0930-eeee', 3],
    ['20260131-0930-ffff', 3],
  ] as const) {
    const nowMs = Date.UTC(2026, 0, 31, 9 + hours);
    const clock = { nowMs: () => nowMs, pass: () => {} };
    await writeJournal(disk, id, [headerOf(id), end('finished')], clock as never);
  }
  disk.contents.set('runs/notes.jsonl', 'x');
  disk.contents.set('runs/README', 'x');
  const files = { ...disk, list: async (name: string) => [...(await disk.list(name)), '20260131-0930-gone.jsonl'] };
  const { runs, unreadable } = await listRuns(files, processes);
  expect(runs.map(({ entry }) => entry.id)).toEqual([
    '20260131-0930-dddd',
    '20260131-0930-cccc',
    '20260131-0930-eeee',
    '20260131-0930-ffff',
  ]);
  expect(unreadable).toEqual([{ path: '/state/runs/notes.jsonl', why: { is: 'no-journal' } }]);
});

describe('what became of each account', () => {
  const skipped: DeleteAccount = {
    id: second,
    name: 'left alone',
    outcome: 'skipped',
    reason: 'protected',
    error: null,
    actions: [],
  };
  const outcomesOf = (run: RunRecord) => accountsOf(run).map(({ id, outcome, reason }) => [id, outcome, reason]);

  test('of the plan and of what it left alone, in the order of their ids', async () => {
    const run = await recordOf(
      planned([keysOf(first, 1), keysOf(third, 1)], [skipped]),
      concluded(third, 'deleted'),
      concluded(first, 'absent'),
      end('finished'),
    );
    expect(outcomesOf(run)).toEqual([
      [first, 'absent', null],
      [second, 'skipped', 'protected'],
      [third, 'deleted', null],
    ]);
    expect(accountsOf(run)[0]?.name).toBe('member-1');
  });

  test('what was asked for and never answered has failed, and what was never asked for was not attempted', async () => {
    const run = await recordOf(
      planned([keysOf(first, 1, 2, 3), keysOf(second, 1)]),
      intent(first, 1),
      answer(first, 1, 'deleted'),
      intent(first, 2),
    );
    const kind = 'access-key';
    const nothing = { at: null, requestId: null };
    expect(accountsOf(run)).toEqual([
      {
        id: first,
        name: 'member-1',
        outcome: 'unverified',
        reason: null,
        error: problem('Unanswered', { runId }),
        actions: [
          { kind, id: keyIdOf(first, 1), result: 'deleted', at: at(3), requestId: 'req-1', error: null },
          {
            kind,
            id: keyIdOf(first, 2),
            result: 'failed',
            ...nothing,
            error: problem('Unanswered', { runId }),
          },
          { kind, id: keyIdOf(first, 3), result: 'not-attempted', ...nothing, error: null },
        ],
      },
      {
        id: second,
        name: 'member-2',
        outcome: 'skipped',
        reason: 'not-tried',
        error: null,
        actions: [{ kind, id: keyIdOf(second, 1), result: 'not-attempted', ...nothing, error: null }],
      },
    ]);
  });

  test('an answer counts for its own account and credential, the latest of several', async () => {
    const shared = { ...keysOf(second, 1), actions: keysOf(first, 1).actions };
    const run = await recordOf(
      planned([keysOf(first, 1), shared]),
      answer(first, 1, 'failed', denied),
      answer(first, 1, 'deleted'),
    );
    expect(accountsOf(run).flatMap(({ actions }) => actions.map(({ result }) => result))).toEqual([
      'deleted',
      'not-attempted',
    ]);
  });

  test('its last word stands, with its reason, its state and its error', async () => {
    const run = await recordOf(
      planned([keysOf(first, 1), keysOf(second, 1)]),
      concluded(first, 'failed', { error: denied }),
      concluded(first, 'skipped', { reason: 'not-active', state: 'SUSPENDED' }),
      concluded(second, 'failed', { error: denied }),
    );
    expect(accountsOf(run)).toMatchObject([
      { outcome: 'skipped', reason: 'not-active', state: 'SUSPENDED', error: null },
      { outcome: 'failed', reason: null, error: denied },
    ]);
    expect(accountsOf(run)[1]).not.toHaveProperty('state');
  });

  test('what is left to do: the accounts that did not end well, whole, and never those that were told as left alone', async () => {
    const run = await recordOf(
      planned([keysOf(first, 1), keysOf(second, 1), keysOf(third, 1), keysOf(memberId(3), 1, 2)], [skipped]),
      intent(first, 1),
      concluded(first, 'deleted'),
      concluded(third, 'absent'),
      intent(memberId(3), 2),
    );
    const { accounts, settled, earlier, askedBefore } = remainderOf(run);
    expect(accounts).toEqual([keysOf(memberId(3), 1, 2)]);
    expect(settled.map(({ id }) => id)).toEqual([first, third]);
    expect([...earlier.keys()]).toEqual([first, third, memberId(3)]);
    expect(askedBefore).toEqual(
      new Set([`${first} access-key ${keyIdOf(first, 1)}`, `${memberId(3)} access-key ${keyIdOf(memberId(3), 2)}`]),
    );
  });

  test('what AWS refused was not asked for; what was lost, or not answered, was', async () => {
    const asked = async (...events: readonly JournalEvent[]) =>
      [...remainderOf(await recordOf(planned([keysOf(first, 1, 2)]), intent(first, 1), ...events)).askedBefore].length;
    expect(await asked()).toBe(1);
    expect(await asked(answer(first, 1, 'deleted'))).toBe(1);
    expect(await asked(answer(first, 1, 'failed', denied))).toBe(0);
    expect(await asked(answer(first, 1, 'failed', denied), concluded(first, 'failed', { error: denied }))).toBe(0);
    expect(await asked(answer(first, 1, 'failed', denied), concluded(first, 'unverified', { error: denied }))).toBe(1);
    expect(await asked(answer(first, 1, 'failed', denied), intent(first, 1))).toBe(1);
    expect(await asked(answer(first, 2, 'already-gone'))).toBe(1);
  });

  test('a run that has asked for nothing is fresh', async () => {
    const plan = planned([keysOf(first, 1)]);
    expect(remainderOf(await recordOf(plan, session(first, 'ASIA1'))).isFresh).toBe(true);
    expect(remainderOf(await recordOf(plan, intent(first, 1), answer(first, 1, 'failed', denied))).isFresh).toBe(false);
  });

  test.each<DeleteAccount['outcome']>(['partial', 'failed', 'unverified', 'skipped'])(
    'an account that ended as %s is left to do',
    async (outcome) => {
      const { accounts, settled } = remainderOf(await recordOf(planned([keysOf(first, 1)]), concluded(first, outcome)));
      expect([accounts.map(({ id }) => id), settled]).toEqual([[first], []]);
    },
  );

  test('a run without a plan has nothing left to do and no accounts', async () => {
    const run = await recordOf(end('finished'));
    expect(accountsOf(run)).toEqual([]);
    expect(remainderOf(run).accounts).toEqual([]);
  });
});

describe('an account that the run did not come back to', () => {
  const endOf = async (...events: readonly JournalEvent[]) =>
    accountsOf(await recordOf(planned([keysOf(first, 1, 2)]), ...events))[0];
  const unanswered = problem('Unanswered', { runId });

  test('was refused: failed, whatever else was not tried', async () => {
    expect(await endOf(intent(first, 1), answer(first, 1, 'failed', denied))).toMatchObject({
      outcome: 'failed',
      error: null,
      actions: [{ result: 'failed', error: denied }, { result: 'not-attempted' }],
    });
  });

  test.each<[string, object]>([
    ['was answered by nobody', { requestId: null, error: told('ECONNRESET', 'lost', null) }],
    ['was deleted', { result: 'deleted', error: null }],
  ])('%s: nobody has seen what became of it', async (_name, more) => {
    const lost = { ...answer(first, 1, 'failed', denied), ...more } as JournalEvent;
    expect(await endOf(intent(first, 1), lost)).toMatchObject({ outcome: 'unverified', error: unanswered });
  });

  test('was gone before: nothing was asked for', async () => {
    expect(await endOf(answer(first, 1, 'already-gone'), answer(first, 2, 'already-gone'))).toMatchObject({
      outcome: 'skipped',
      reason: 'not-tried',
      error: null,
      actions: [{ result: 'already-gone' }, { result: 'already-gone' }],
    });
  });

  test('an earlier part of the run has ended it, and a later one asked again: the later one speaks', async () => {
    const before = [
      intent(first, 1),
      answer(first, 1, 'failed', denied),
      concluded(first, 'failed', { error: denied }),
    ];
    expect(await endOf(...before, intent(first, 1))).toMatchObject({
      outcome: 'unverified',
      error: unanswered,
      actions: [{ result: 'failed', requestId: null, error: unanswered }, { result: 'not-attempted' }],
    });
    expect(await endOf(...before, intent(first, 1), answer(first, 1, 'deleted'))).toMatchObject({
      outcome: 'unverified',
      actions: [{ result: 'deleted' }, { result: 'not-attempted' }],
    });
    expect(await endOf(...before, answer(first, 2, 'already-gone'))).toMatchObject({ outcome: 'failed', error: null });
    expect(await endOf(...before, session(first, 'ASIA1'))).toMatchObject({ outcome: 'failed', error: denied });
  });
});

describe('an account that a run may not go on with', () => {
  const untouched: DeleteAction = {
    kind: 'login-profile',
    id: null,
    result: 'not-attempted',
    at: null,
    requestId: null,
    error: null,
  };
  const done: DeleteAction = { ...untouched, result: 'deleted' };
  const refused: DeleteAction = { ...untouched, result: 'failed', error: denied };
  const earlier = (actions: readonly DeleteAction[], outcome: DeleteOutcome): DeleteAccount => ({
    id: first,
    name: 'x',
    outcome,
    reason: null,
    state: 'SUSPENDED',
    error: denied,
    actions,
  });
  const gone = told('AccountNotInOrganization', 'gone', null);
  const common = { id: first, name: 'x' };

  test.each<[string, DeleteAction[], Parameters<typeof leftAlone>[1], object]>([
    ['untouched and protected', [untouched], { reason: 'protected' }, { outcome: 'skipped', reason: 'protected' }],
    ['begun and protected', [untouched, done], { reason: 'protected' }, { outcome: 'partial', reason: 'protected' }],
    [
      'untouched and suspended',
      [untouched],
      { reason: 'not-active', state: 'PENDING_CLOSURE' },
      { outcome: 'skipped', reason: 'not-active', state: 'PENDING_CLOSURE' },
    ],
    [
      'refused and protected',
      [refused, untouched],
      { reason: 'protected' },
      { outcome: 'skipped', reason: 'protected' },
    ],
    ['refused and gone', [refused], { error: gone }, { outcome: 'failed', reason: null, error: gone }],
    ['untouched and gone', [untouched], { error: gone }, { outcome: 'failed', reason: null, error: gone }],
    ['begun and gone', [done, untouched], { error: gone }, { outcome: 'partial', reason: null, error: gone }],
  ])('%s keeps what was done in it, and says why', (_name, actions, why, expected) => {
    expect(leftAlone(earlier(actions, 'failed'), why)).toEqual({ ...common, error: null, actions, ...expected });
  });

  test.each<[string, Parameters<typeof leftAlone>[1], object]>([
    ['protected', { reason: 'protected' }, { reason: 'protected' }],
    ['gone', { error: gone }, { error: gone }],
  ])('what nobody has seen is not seen because the account is %s now', (_name, why, expected) => {
    const account = leftAlone(earlier([done], 'unverified'), why);
    expect(account).toMatchObject({ outcome: 'unverified', actions: [done], ...expected });
  });
});

test('the events of a run are told in their order, without the inventory and the plan, each with what it says', async () => {
  const recovery = { name: 'x', email: 'root@example.com', reason: 'INC-1', sessionAccessKeyId: 'ASIA2' };
  const policy = { account: first, resource: 'arn:aws:s3:::b', backup: null, sessionAccessKeyId: 'ASIA3' };
  const inventory: JournalEvent = {
    event: 'inventory',
    account: first,
    name: 'x',
    status: 'absent',
    reason: null,
    credentials: null,
    lastUsedAt: null,
    error: null,
  };
  const run = await recordOf(
    inventory,
    planned([keysOf(first, 1)]),
    session(first, 'ASIA1'),
    intent(first, 1),
    answer(first, 1, 'deleted'),
    answer(first, 1, 'failed', denied),
    concluded(first, 'deleted'),
    concluded(first, 'failed', { error: denied }),
    { event: 'recovery-intent', account: first, ...recovery },
    { event: 'recovery-answer', account: first, outcome: 'allowed', requestId: 'req-2', error: null },
    { event: 'recovery-answer', account: first, outcome: 'failed', requestId: null, error: denied },
    { event: 'policy-intent', ...policy, action: 'delete', requestId: null, error: null },
    { event: 'policy-answer', ...policy, action: 'put', requestId: 'req-3', error: denied },
    { event: 'resumed', pid: 7, rootctlVersion: '1.0.0', callerArn: 'arn' },
    end('interrupted', told('TooManyFailures', 'too many', null)),
    end('finished'),
  );
  const rows = eventsOf(run).map(({ at: time, event, account, kind, id, requestId, sessionAccessKeyId, detail }) => [
    time,
    event,
    [account, kind, id, requestId, sessionAccessKeyId].map((one) => one ?? '-').join(' '),
    detail,
  ]);
  const key = `${first} access-key ${keyIdOf(first, 1)}`;
  expect(rows).toEqual([
    [at(0), 'run', '- - - - -', null],
    [at(3), 'session', `${first} - - req-s ASIA1`, 'IAMDeleteRootUserCredentials'],
    [at(4), 'intent', `${key} - ASIA1`, null],
    [at(5), 'answer', `${key} req-1 ASIA1`, 'deleted'],
    [at(6), 'answer', `${key} req-1 ASIA1`, 'failed: AccessDenied'],
    [at(7), 'account', `${first} - - - -`, 'deleted'],
    [at(8), 'account', `${first} - - - -`, 'failed: AccessDenied'],
    [at(9), 'recovery-intent', `${first} - - - ASIA2`, 'INC-1'],
    [at(10), 'recovery-answer', `${first} - - req-2 -`, 'allowed'],
    [at(11), 'recovery-answer', `${first} - - - -`, 'failed: AccessDenied'],
    [at(12), 'policy-intent', `${first} - - - ASIA3`, 'delete arn:aws:s3:::b'],
    [at(13), 'policy-answer', `${first} - - req-3 ASIA3`, 'put arn:aws:s3:::b: AccessDenied'],
    [at(14), 'resumed', '- - - - -', null],
    [at(15), 'end', '- - - - -', 'interrupted: TooManyFailures'],
    [at(16), 'end', '- - - - -', 'finished'],
  ]);
});

describe('a recovery that this machine allowed', () => {
  const opening: JournalEvent = {
    event: 'recovery-intent',
    account: first,
    name: 'data-lake',
    email: 'root@example.com',
    reason: 'INC-1',
    sessionAccessKeyId: 'ASIA1',
  };
  const answered = (outcome: 'allowed' | 'unverified' | 'failed', account = first): JournalEvent => ({
    event: 'recovery-answer',
    account,
    outcome,
    requestId: null,
    error: null,
  });
  const passwordAnswer = (result: DeleteAction['result'], more: object = {}): JournalEvent =>
    ({ ...answer(first, 1, result), kind: 'login-profile', id: null, ...more }) as JournalEvent;
  const seen = (loginProfile: unknown, account = first): JournalEvent =>
    ({
      event: 'inventory',
      account,
      name: 'x',
      status: 'present',
      reason: null,
      credentials:
        loginProfile === undefined ? null : { loginProfile, accessKeys: [], signingCertificates: [], mfaDevices: [] },
      lastUsedAt: null,
      error: null,
    }) as JournalEvent;
  const absent = { present: false, createdAt: null, lastUsedAt: null };
  /** So many minutes pass, a line each. */
  const minutes = (count: number): readonly JournalEvent[] => Array(count).fill(session(second, 'ASIA9'));

  test.each<[string, 'allowed' | 'unverified' | null, readonly JournalEvent[]]>([
    ['stands open without an answer', 'unverified', []],
    ['stands open where the answer was lost', 'unverified', [answered('unverified')]],
    ['stands open once AWS has allowed it', 'allowed', [answered('allowed')]],
    ['was none where AWS refused', null, [answered('failed')]],
    ['stands open when that of another account was refused', 'unverified', [answered('failed', second)]],
    [
      'is closed by the deletion of the password, seen gone',
      null,
      [passwordAnswer('deleted'), concluded(first, 'deleted')],
    ],
    ['stands open while the password that was deleted is not seen gone', 'unverified', [passwordAnswer('deleted')]],
    [
      'stands open where the password that was deleted is still shown',
      'unverified',
      [passwordAnswer('deleted'), concluded(first, 'unverified', { error: denied })],
    ],
    [
      'stands open where another account ended well after it',
      'unverified',
      [passwordAnswer('deleted'), concluded(second, 'deleted'), concluded(first, 'partial', { error: denied })],
    ],
    ['stands open where what ended well was asked for before', 'unverified', [concluded(first, 'deleted')]],
    ['is closed by a password that is gone already', null, [...minutes(4), passwordAnswer('already-gone')]],
    ['stands open where it need not be shown yet', 'unverified', [...minutes(3), passwordAnswer('already-gone')]],
    ['stands open when the password could not be deleted', 'unverified', [...minutes(4), passwordAnswer('failed')]],
    [
      'stands open when another credential is deleted',
      'unverified',
      [answer(first, 1, 'deleted'), concluded(first, 'deleted')],
    ],
    ["stands open when another account's password is", 'unverified', [passwordAnswer('deleted', { account: second })]],
    [
      'stands open when the account could not be cleaned',
      'unverified',
      [concluded(first, 'failed', { error: denied })],
    ],
    ['is closed once no password is seen', null, [...minutes(4), seen(absent)]],
    ['stands open where no password is seen so soon', 'unverified', [...minutes(3), seen(absent)]],
    ['stands open while one is seen', 'unverified', [...minutes(4), seen({ ...absent, present: true })]],
    ['stands open where nobody could look', 'unverified', [...minutes(4), seen(undefined)]],
    ['stands open where the password is not known', 'unverified', [...minutes(4), seen(null)]],
    ['stands open when another account is seen to have none', 'unverified', [seen(absent, second)]],
  ])('%s', async (_name, outcome, events) => {
    const expected = {
      accountId: first,
      name: 'data-lake',
      email: 'root@example.com',
      outcome,
      openedAt: at(1),
      runId,
      reason: 'INC-1',
    };
    expect(openRecoveriesOf([await recordOf(opening, ...events)], false)).toEqual(outcome === null ? [] : [expected]);
  });

  test('is closed by what came after it, whatever the order of the runs, and by nothing before', async () => {
    const at1 = await recordOf(opening);
    const at3 = await recordOf(opening, opening, passwordAnswer('deleted'), concluded(first, 'deleted'));
    expect(openRecoveriesOf([at3, at1], false)).toEqual([]);
    const reopened = await recordOf(passwordAnswer('deleted'), concluded(first, 'deleted'), opening);
    expect(openRecoveriesOf([at1, reopened], false)).toMatchObject([{ openedAt: at(3) }]);
    expect(openRecoveriesOf([reopened, at1], false)).toMatchObject([{ openedAt: at(3) }]);
  });

  test('stays allowed when it is asked for again, and that is refused or not answered', async () => {
    const again = (...events: readonly JournalEvent[]) => recordOf(opening, answered('allowed'), opening, ...events);
    expect(openRecoveriesOf([await again(answered('failed'))], false)).toMatchObject([
      { outcome: 'allowed', openedAt: at(1) },
    ]);
    for (const events of [[], [answered('unverified')]]) {
      expect(openRecoveriesOf([await again(...events)], false)).toMatchObject([
        { outcome: 'allowed', openedAt: at(3) },
      ]);
    }
  });

  test('asked for after a deletion is not closed by the end of that', async () => {
    const run = await recordOf(opening, passwordAnswer('deleted'), opening, concluded(first, 'deleted'));
    expect(openRecoveriesOf([run], false)).toMatchObject([{ openedAt: at(3) }]);
  });

  test('is closed by no journal that is damaged, and stands open by one', async () => {
    const open = await recordOf(opening);
    const damaged = (run: RunRecord): RunRecord => ({ ...run, damage: { is: 'torn', line: 2 } });
    const closing = [
      await recordOf(...minutes(5), passwordAnswer('deleted'), concluded(first, 'deleted')),
      await recordOf(...minutes(5), seen(absent)),
      await recordOf(...minutes(5), passwordAnswer('already-gone')),
    ];
    for (const run of closing) {
      expect(openRecoveriesOf([open, run], false)).toEqual([]);
      expect(openRecoveriesOf([open, damaged(run)], false)).toMatchObject([{ accountId: first }]);
    }
    const refused = await recordOf(opening, answered('failed'));
    expect(openRecoveriesOf([refused], false)).toEqual([]);
    expect(openRecoveriesOf([damaged(refused)], false)).toMatchObject([{ accountId: first }]);
    expect(openRecoveriesOf([damaged(open)], false)).toMatchObject([{ accountId: first }]);
  });

  test('of AWS is neither closed nor told by the sandbox, whose organization may have the same ids, and the reverse', async () => {
    const simulated = ({ header, ...run }: RunRecord): RunRecord => ({
      ...run,
      header: header === null ? null : { ...header, simulated: true },
    });
    const open = await recordOf(opening);
    const closing = await recordOf(...minutes(5), passwordAnswer('deleted'), concluded(first, 'deleted'));
    expect(openRecoveriesOf([open, simulated(closing)], false)).toMatchObject([{ accountId: first }]);
    expect(openRecoveriesOf([simulated(open)], false)).toEqual([]);
    expect(openRecoveriesOf([simulated(open), closing], true)).toMatchObject([{ accountId: first }]);
    expect(openRecoveriesOf([simulated(open), simulated(closing)], true)).toEqual([]);
  });

  test('is told by the answer alone, where nothing else of it can be read', async () => {
    const told = openRecoveriesOf([await recordOf(answered('allowed'), answered('unverified', second))], false);
    expect(told).toEqual([
      { accountId: first, name: '', email: '', outcome: 'allowed', openedAt: at(1), runId, reason: null },
    ]);
  });

  test('may be missing where a journal cannot be read that may hold it, and not where it only ends too early', async () => {
    const whole = await recordOf(opening);
    const damaged = (command: string): RunRecord => ({
      ...whole,
      damage: { is: 'torn', line: 2 },
      entry: { ...whole.entry, command },
    });
    expect(doubtOfRecoveries([whole, damaged('delete')], [])).toBeNull();
    for (const command of ['recover', 'unknown']) {
      expect(doubtOfRecoveries([whole, damaged(command)], [])).toMatchObject({
        code: 'JournalDamaged',
        data: { runId },
      });
    }
    const undamaged: RunRecord = { ...damaged('recover'), damage: null };
    expect(doubtOfRecoveries([undamaged], [])).toBeNull();
    expect(doubtOfRecoveries([undamaged, damaged('recover')], [])).toMatchObject({ code: 'JournalDamaged' });
    const other = { path: '/state/runs/x.jsonl', why: { is: 'no-journal' } } as const;
    expect(doubtOfRecoveries([whole], [other])).toMatchObject({ code: 'NoJournal', data: other });
  });

  test('and its refusal in the same millisecond is none', async () => {
    const files = memoryDisk();
    const still = { nowMs: () => Date.UTC(2026, 0, 31), pass: () => {} };
    await writeJournal(files, runId, [headerOf(runId, 'recover'), opening, answered('failed')], still as never);
    expect(openRecoveriesOf([await record(files)], false)).toEqual([]);
  });
});

describe('the query that finds the events of a run in CloudTrail', () => {
  const query = (keys: string, from: string, to: string): string =>
    [
      'SELECT eventTime, recipientAccountId, eventSource, eventName, errorCode, requestID, userIdentity.accessKeyId',
      'FROM EVENT_DATA_STORE_ID',
      `WHERE userIdentity.accessKeyId IN (${keys})`,
      `AND eventTime BETWEEN '${from}' AND '${to}'`,
      'ORDER BY eventTime',
    ].join('\n');

  test('names each root session once, from the beginning to the end', async () => {
    const sessions = [session(first, 'ASIA1'), session(second, 'ASIA2'), session(first, 'ASIA1')];
    expect(cloudTrailQueryOf(await recordOf(...sessions, end('finished')))).toBe(
      query("'ASIA1', 'ASIA2'", '2026-01-31 09:30:00', '2026-01-31 09:34:00'),
    );
  });

  test('goes on as long as a session lasts where there is no end, and finds nothing where there was no session', async () => {
    expect(cloudTrailQueryOf(await recordOf(intent(first, 1), answer(first, 1, 'deleted')))).toBe(
      query("''", '2026-01-31 09:30:00', '2026-01-31 09:47:00'),
    );
  });

  test('of a journal that holds no line goes on from its beginning', async () => {
    const files = memoryDisk();
    files.contents.set(path, '');
    expect(cloudTrailQueryOf(await record(files))).toBe(query("''", '2026-01-31 09:30:00', '2026-01-31 09:45:00'));
  });
});
