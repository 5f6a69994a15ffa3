import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planHash } from '../../src/documents/index.ts';
import {
  applyDeletion,
  type Connection,
  connectSandbox,
  listRuns,
  type PlanDocument,
  parsePlan,
  planDeletion,
  resumeRun,
  showRun,
  status,
} from '../../src/index.ts';
import { problemOf } from './refused.ts';

const everyone = { selection: { all: true } } as const;

async function planOf(connection: Connection): Promise<PlanDocument> {
  const { plan } = await planDeletion(everyone, { connection });
  if (plan === null) throw new Error('no plan');
  return plan;
}

const holdersIn = async (connection: Connection): Promise<readonly string[]> =>
  (await status({}, { connection })).accounts.flatMap((one) => (one.status === 'present' ? [one.id] : []));

let state: string;
let otherState: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'rootctl-state-'));
  otherState = await mkdtemp(join(tmpdir(), 'rootctl-state-'));
});
afterEach(() => Promise.all([state, otherState].map((folder) => rm(folder, { recursive: true, force: true }))));

describe('a deletion of the library', () => {
  it('is planned without a change, in a plan that survives being written down', async () => {
    const connection = await connectSandbox({ enabled: true });
    const before = await holdersIn(connection);
    const { plan, document } = await planDeletion(everyone, { connection });
    expect(plan?.accounts.map(({ id }) => id)).toEqual(before);
    expect(document).toMatchObject({ kind: 'rootctl.delete', dryRun: true, runId: null, summary: { planned: 2 } });
    expect(parsePlan(JSON.stringify(plan))).toEqual({ ok: true, document: plan });
    expect(await holdersIn(connection)).toEqual(before);
  });

  it.each<[string, (connection: Connection, plan: PlanDocument) => Promise<unknown>]>([
    ['request.unusedForMs', (connection) => planDeletion({ ...everyone, unusedForMs: Number.NaN }, { connection })],
    ['request.unusedForMs', (connection) => planDeletion({ ...everyone, unusedForMs: -1 }, { connection })],
    ['request.accountsMax', (connection) => planDeletion({ ...everyone, accountsMax: Number.NaN }, { connection })],
    ['request.accountsMax', (connection) => planDeletion({ ...everyone, accountsMax: 1.5 }, { connection })],
    ['request.only', (connection) => planDeletion({ ...everyone, only: [] }, { connection })],
    ['request.only', (connection) => planDeletion({ ...everyone, only: ['keys' as never] }, { connection })],
    ['request.only', (connection) => planDeletion({ ...everyone, only: 'access-key' as never }, { connection })],
    ['request.accountsMax', (connection, plan) => applyDeletion({ plan, accountsMax: -1 }, { connection, state })],
    ['request.ageMaxMs', (connection, plan) => applyDeletion({ plan, ageMaxMs: Number.NaN }, { connection, state })],
    ['request.waitMs', (connection, plan) => applyDeletion({ plan, waitMs: Number.NaN }, { connection, state })],
    ['request.failuresMax', (connection, plan) => applyDeletion({ plan, failuresMax: NaN }, { connection, state })],
    ['request.waitMs', (connection) => resumeRun({ runId: 'x', waitMs: -1 }, { connection, state })],
    ['environment.concurrency', (connection) => status({}, { connection, concurrency: 0 })],
    ['environment.concurrency', (connection) => status({}, { connection, concurrency: 2.5 })],
    ['environment.rate', (connection) => status({}, { connection, rate: Number.NaN })],
    ['environment.rate', (connection) => status({}, { connection, rate: 0 })],
    ['environment.rate', (connection) => status({}, { connection, rate: '5' as never })],
  ])('is not begun with a limit that would hold nobody back: %s', async (name, call) => {
    const connection = await connectSandbox({ enabled: true });
    const plan = await planOf(connection);
    const refusal = call(connection, plan);
    await expect(refusal).rejects.toThrow(RangeError);
    await expect(refusal).rejects.toThrow(`${name}: `);
    expect((await holdersIn(connection)).length).toBeGreaterThan(0);
  });

  it('takes limits at their edges', async () => {
    const connection = await connectSandbox({ enabled: true });
    const limits = { unusedForMs: 0, accountsMax: Number.POSITIVE_INFINITY, only: ['access-key'] as const };
    await expect(
      planDeletion({ ...everyone, ...limits }, { connection, rate: 0.5e3, concurrency: 1 }),
    ).resolves.toBeTruthy();
    await expect(planDeletion({ ...everyone, accountsMax: 0 }, { connection })).rejects.toMatchObject({
      problem: { code: 'PlanTooLarge' },
    });
  });

  it('deletes nothing while nobody agrees, and leaves no journal', async () => {
    const connection = await connectSandbox({ enabled: true });
    const plan = await planOf(connection);
    const before = await holdersIn(connection);
    const answers = { 'type-to-confirm': () => false };
    expect(await problemOf(applyDeletion({ plan }, { connection, state }))).toMatchObject({ code: 'NotConfirmed' });
    expect(await problemOf(applyDeletion({ plan }, { connection, state, answers }))).toMatchObject({
      code: 'NotConfirmed',
    });
    expect(await holdersIn(connection)).toEqual(before);
    expect((await listRuns({ connection, state })).runs).toEqual([]);
  });

  it('is done for whoever answers, told while it is, and kept in a journal', async () => {
    const connection = await connectSandbox({ enabled: true });
    const plan = await planOf(connection);
    const asked: string[] = [];
    const told: unknown[] = [];
    const document = await applyDeletion(
      { plan },
      {
        connection,
        state,
        report: (event) => told.push(event),
        answers: { 'type-to-confirm': ({ expected }) => asked.push(expected) > 0 },
      },
    );
    expect(asked).toEqual([plan.organization.id]);
    expect(document).toMatchObject({ dryRun: false, complete: true, summary: { deleted: 2, failed: 0 } });
    expect(await holdersIn(connection)).toEqual([]);
    const runId = document.runId ?? '';
    expect(told).toContainEqual({ event: 'run-begun', runId, journalPath: expect.stringContaining(state) });
    expect(told).toContainEqual({ event: 'run-ended', runId, state: 'finished', problem: null });
    expect((await listRuns({ connection, state })).runs.map(({ id }) => id)).toEqual([runId]);
    const { run, journal, accounts } = await showRun(runId, { connection, state });
    expect({ run, journal, accounts: accounts.length }).toMatchObject({
      run: { state: 'finished' },
      journal: { intact: true },
      accounts: document.accounts.length,
    });
  });

  it('leaves alone what was not planned', async () => {
    const connection = await connectSandbox({ enabled: true });
    const [first = '', ...others] = await holdersIn(connection);
    const { plan } = await planDeletion({ selection: { accounts: [first] } }, { connection });
    if (plan === null) throw new Error('no plan');
    await applyDeletion({ plan, isConfirmed: true }, { connection, state });
    expect(await holdersIn(connection)).toEqual(others);
  });

  it('refuses a plan that was changed, is empty, is too old or is another organization’s', async () => {
    const connection = await connectSandbox({ enabled: true });
    const plan = await planOf(connection);
    const other = await planOf(await connectSandbox({ accounts: 20, seed: 9, enabled: true }));
    const [, ...fewer] = plan.accounts;
    const why = async (given: PlanDocument, more = {}) =>
      problemOf(applyDeletion({ plan: given, isConfirmed: true, ...more }, { connection, state }));
    const refused = (is: string) => ({ code: 'PlanRefused', data: { why: { is } } });
    expect(await why({ ...plan, accounts: fewer })).toMatchObject(refused('no-plan'));
    expect(await why(other)).toMatchObject(refused('other-organization'));
    const { hash: _, ...dated } = { ...plan, generatedAt: new Date(Date.now() - 120_000).toISOString() };
    expect(await why({ ...dated, hash: planHash(dated) }, { ageMaxMs: 60_000 })).toMatchObject(refused('too-old'));
    expect(await why(plan, { accountsMax: 1 })).toMatchObject({ code: 'PlanTooLarge' });
    expect(await why(plan, { organizationId: 'o-someoneelse' })).toMatchObject({ code: 'OtherOrganization' });
    await applyDeletion({ plan, isConfirmed: true }, { connection, state });
    expect(await why(await planOf(connection))).toMatchObject(refused('empty'));
  });

  it('is gone on with after it was stopped', async () => {
    const connection = await connectSandbox({ accounts: 60, seed: 4, enabled: true });
    const plan = await planOf(connection);
    const stopping = new AbortController();
    const cut = await applyDeletion(
      { plan, isConfirmed: true },
      {
        connection,
        state,
        concurrency: 1,
        stop: stopping.signal,
        report: (event) => {
          if (event.event === 'accounts' && event.what === 'done' && event.finished === 1) stopping.abort();
        },
      },
    );
    expect(cut.complete).toBe(false);
    expect(cut.summary.deleted).toBeGreaterThan(0);
    expect(cut.summary.deleted).toBeLessThan(plan.accounts.length);
    const runId = cut.runId ?? '';
    expect(await problemOf(resumeRun({ runId }, { connection, state }))).toMatchObject({ code: 'NotConfirmed' });
    const whole = await resumeRun({ runId, isConfirmed: true }, { connection, state });
    expect(whole).toMatchObject({ runId, complete: true, summary: { failed: 0 } });
    expect(await problemOf(showRun('none', { connection, state }))).toMatchObject({ code: 'UnknownRun' });
  });

  it('is told as it stands where nothing is left to go on with: nobody is asked, and AWS neither', async () => {
    const connection = await connectSandbox({ enabled: true });
    const plan = await planOf(connection);
    const done = await applyDeletion({ plan, isConfirmed: true }, { connection, state });
    const runId = done.runId ?? '';
    const before = await showRun(runId, { connection, state });
    // Another organization, with the feature off: whoever asked it could not answer.
    const elsewhere = await connectSandbox({ accounts: 5, seed: 9 });
    const asked: unknown[] = [];
    const told: unknown[] = [];
    const again = await resumeRun(
      { runId },
      {
        connection: elsewhere,
        state,
        report: (event) => told.push(event),
        answers: { 'type-to-confirm': (question) => asked.push(question) > 0 },
      },
    );
    expect(again).toEqual({ ...done, generatedAt: again.generatedAt, accounts: before.accounts });
    expect({ asked, told }).toEqual({ asked: [], told: [] });
    const after = await showRun(runId, { connection, state });
    expect(after.events).toEqual(before.events);
  });

  it('shares nothing with another one beside it', async () => {
    const one = await connectSandbox({ accounts: 40, seed: 1, enabled: true });
    const other = await connectSandbox({ accounts: 40, seed: 2, enabled: true });
    const [plan, otherPlan] = await Promise.all([planOf(one), planOf(other)]);
    const documents = await Promise.all([
      applyDeletion({ plan, isConfirmed: true }, { connection: one, state }),
      applyDeletion({ plan: otherPlan, isConfirmed: true }, { connection: other, state: otherState }),
      status({}, { connection: one }),
    ]);
    const [mine, others] = documents;
    const touched = (document: typeof mine) => document.accounts.filter(({ actions }) => actions.length > 0);
    expect(touched(mine).map(({ id }) => id)).toEqual(plan.accounts.map(({ id }) => id));
    expect(touched(others).map(({ id }) => id)).toEqual(otherPlan.accounts.map(({ id }) => id));
    expect(mine.organization.id).toBe(plan.organization.id);
    expect(others.organization.id).toBe(otherPlan.organization.id);
    const runs = await Promise.all([state, otherState].map((folder) => listRuns({ connection: one, state: folder })));
    expect(runs.map((list) => list.runs.map(({ id }) => id))).toEqual([[mine.runId], [others.runId]]);
  });
});
