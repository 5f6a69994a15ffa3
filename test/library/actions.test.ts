import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ActionEvent,
  connectSandbox,
  disable,
  doctor,
  enable,
  listPolicyHolders,
  recover,
  describe as say,
  status,
  unlock,
} from '../../src/index.ts';
import { problemOf } from './refused.ts';

describe('a call of the library', () => {
  it('answers a document as it is written, and tells each account as it will stand there', async () => {
    const connection = await connectSandbox({ enabled: true });
    const told: ActionEvent[] = [];
    const document = await status({}, { connection, report: (event) => told.push(event) });
    expect(document).toMatchObject({ kind: 'rootctl.status', simulated: true, complete: true });
    expect(document.summary).toEqual({ accounts: 7, present: 2, absent: 2, unknown: 1, skipped: 2 });
    const unread = document.accounts.find(({ error }) => error !== null);
    expect(unread?.error).toMatchObject({
      code: 'AccessDenied',
      message: 'denied by SCP DenyRootUser (p-denyroot1) on Workloads/Legacy',
      data: { policyId: 'p-denyroot1' },
    });
    const accounts = told.flatMap((event) => (event.event === 'account-status' ? [event.account] : []));
    expect(accounts.sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual(document.accounts);
    expect(told).toContainEqual({ event: 'listing', state: 'ended' });
  });

  it('is rejected with a problem, which has words in each language', async () => {
    const connection = await connectSandbox();
    const problem = await problemOf(status({}, { connection }));
    expect(problem).toMatchObject({ from: 'rootctl', code: 'ServiceAccessNotEnabledException' });
    const [english, japanese] = await Promise.all([say(problem), say(problem, 'ja')]);
    expect(english).toMatchObject({ code: 'ServiceAccessNotEnabledException', data: problem?.data });
    expect(english.hint).toContain('rootctl enable');
    expect(japanese.message).toMatch(/\p{Script=Hiragana}/u);
  });

  it('takes no account that is not there, before anything is done', async () => {
    const connection = await connectSandbox({ enabled: true });
    const withId = (id: string) => status({ selection: { accounts: [id] } }, { connection });
    expect(await problemOf(withId('12'))).toMatchObject({ code: 'InvalidAccountId' });
    expect(await problemOf(withId('999999999999'))).toMatchObject({ code: 'UnknownAccount' });
  });

  it('touches nothing that is protected', async () => {
    const connection = await connectSandbox({ enabled: true });
    const { accounts } = await status({}, { connection });
    const [first] = accounts.filter(({ status }) => status === 'present');
    const protectedOnes = await status({}, { connection, protect: [first?.id ?? ''] });
    expect(protectedOnes.accounts.find(({ id }) => id === first?.id)).toMatchObject({
      status: 'skipped',
      reason: 'protected',
    });
  });

  it('stops gently, and says that it did not come to its end', async () => {
    const connection = await connectSandbox({ accounts: 200, seed: 3, enabled: true });
    const stopping = new AbortController();
    const report = (event: ActionEvent): void => {
      if (event.event === 'accounts' && event.finished === 20) stopping.abort();
    };
    const document = await status({}, { connection, stop: stopping.signal, concurrency: 5, report });
    expect(document.complete).toBe(false);
    expect(document.accounts.some(({ reason }) => reason === 'not-tried')).toBe(true);
    expect(document.summary.unknown).toBe(0);
  });

  it('is rejected with the reason of a signal that has been aborted before', async () => {
    const connection = await connectSandbox({ enabled: true });
    const reason = new Error('enough');
    await expect(status({}, { connection, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('shares nothing with another one beside it, on the same connection or another', async () => {
    const one = await connectSandbox({ accounts: 60, seed: 1, enabled: true });
    const other = await connectSandbox({ accounts: 60, seed: 2, enabled: true });
    const documents = await Promise.all([one, other, one, other].map((connection) => status({}, { connection })));
    const summaries = documents.map(({ organization, summary }) => ({ organization, summary }));
    expect(summaries[0]).toEqual(summaries[2]);
    expect(summaries[1]).toEqual(summaries[3]);
    expect(summaries[0]?.organization.id).not.toBe(summaries[1]?.organization.id);
  });
});

describe('what changes something', () => {
  let state: string;
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'rootctl-state-'));
  });
  afterEach(() => rm(state, { recursive: true, force: true }));

  it('turns the feature on, and off only for whoever agrees', async () => {
    const connection = await connectSandbox();
    const on = await enable({}, { connection });
    expect(on).toMatchObject({ kind: 'rootctl.enable', after: { rootSessions: true } });
    expect(await problemOf(disable({}, { connection }))).toMatchObject({ code: 'NotConfirmed' });
    const asked: string[] = [];
    const answers = {
      'type-to-confirm': ({ expected }: { readonly expected: string }) => {
        asked.push(expected);
        return true;
      },
    };
    expect(await disable({}, { connection, answers })).toMatchObject({ after: { rootSessions: false } });
    expect(asked).toEqual([on.organization.id]);
    expect((await enable({}, { connection })).after.rootSessions).toBe(true);
    expect(await disable({ isConfirmed: true }, { connection })).toMatchObject({ after: { rootSessions: false } });
  });

  it('allows a recovery on record, which the doctor then remembers', async () => {
    const connection = await connectSandbox({ enabled: true });
    const clean = (await status({}, { connection })).accounts.find(({ status: found }) => found === 'absent');
    const id = clean?.id ?? '';
    const document = await recover({ accounts: [id], isConfirmed: true }, { connection, state });
    expect(document.accounts).toMatchObject([{ id, outcome: 'allowed', error: null }]);
    const { checks } = await doctor({ connection, state });
    expect(checks.find(({ id: check }) => check.includes('recover'))?.result).toBe('warn');
    expect(checks.every(({ message }) => message.length > 0)).toBe(true);
  });

  it('shows a policy that locks, with the words for it, and removes it', async () => {
    const connection = await connectSandbox({ enabled: true });
    const { accounts } = await status({}, { connection });
    const listed = await Promise.all(
      accounts
        .filter(({ status: found }) => found !== 'skipped')
        .map(({ id }) => listPolicyHolders({ service: 's3', account: id }, { connection }).catch(() => null)),
    );
    const site = listed.find((document) => (document?.resources?.length ?? 0) > 0);
    const named = site?.resources?.[0]?.name ?? '';
    const request = { service: 's3', account: site?.account ?? '', named } as const;
    const shown = await unlock(request, { connection, state });
    expect(shown.statements.map(({ why }) => typeof why)).toContain('string');
    const done = await unlock({ ...request, change: { action: 'delete' }, isConfirmed: true }, { connection, state });
    expect(done).toMatchObject({ outcome: 'deleted', backup: expect.stringContaining(state) });
  });
});

describe('the terminal of a program that uses the library', () => {
  const written: unknown[] = [];
  const own = { stdout: process.stdout.write, stderr: process.stderr.write };
  beforeEach(() => {
    const note = (text: unknown): boolean => written.push(text) > 0;
    process.stdout.write = note;
    process.stderr.write = note;
  });
  afterEach(() => {
    process.stdout.write = own.stdout;
    process.stderr.write = own.stderr;
  });

  it('stays empty, warnings of Node included', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', onWarning);
    const connection = await connectSandbox({ accounts: 300, enabled: true });
    const { signal } = new AbortController();
    await Promise.all([1, 2].map(() => status({}, { connection, stop: signal, signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect({ written, warnings }).toEqual({ written: [], warnings: [] });
  });
});
