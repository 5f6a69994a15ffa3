import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ActionEvent,
  type Connection,
  connectSandbox,
  listPolicyHolders,
  listRuns,
  parseDocument,
  type Question,
  recover,
  showRun,
  type UnlockRequest,
  unlock,
} from '../../src/index.ts';
import { problemOf } from './refused.ts';

const auditLog = '333333333333';
const network = '444444444444';
const payments = '123456789012';

let state: string;
let otherState: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'rootctl-state-'));
  otherState = await mkdtemp(join(tmpdir(), 'rootctl-state-'));
});
afterEach(() => Promise.all([state, otherState].map((folder) => rm(folder, { recursive: true, force: true }))));

type Confirmation = Extract<Question, { readonly question: 'type-to-confirm' }>;

/** Answers each question by `answer`, and keeps what was asked. */
function answering(answer: (question: Confirmation) => boolean) {
  const asked: Confirmation[] = [];
  const answers = {
    'type-to-confirm': (question: Confirmation) => {
      asked.push(question);
      return answer(question);
    },
  };
  return { asked, answers };
}

const runsIn = async (connection: Connection, folder = state) =>
  (await listRuns({ connection, state: folder })).runs.map(({ command, state: is }) => [command, is]);

/** What each of the accounts would become: those that a recovery was allowed for are known again. */
async function outcomesOf(connection: Connection, accounts: readonly string[]) {
  const document = await recover({ accounts, dryRun: true }, { connection, state });
  return document.accounts.map(({ outcome }) => outcome);
}

describe('recover', () => {
  it('asks for each account with what a yes leads to, and answers a document of its schema', async () => {
    const connection = await connectSandbox({ enabled: true });
    const { asked, answers } = answering(() => true);
    const told: ActionEvent[] = [];
    const environment = { connection, state, answers, report: (event: ActionEvent) => told.push(event) };
    const document = await recover({ accounts: [network, auditLog], reason: 'ticket 7' }, environment);
    expect(parseDocument('rootctl.recover', JSON.stringify(document))).toEqual({ ok: true, document });
    expect(document).toMatchObject({
      complete: true,
      dryRun: false,
      accounts: [
        { id: auditLog, outcome: 'allowed', error: null },
        { id: network, outcome: 'allowed', error: null },
      ],
    });
    expect(asked).toMatchObject(
      [network, auditLog].map((id) => ({
        what: 'account',
        expected: id,
        consequence: { will: 'allow-recovery', account: { id, email: expect.stringContaining('@') } },
      })),
    );
    expect(told.map(({ event }) => event)).toEqual(['working', 'organization']);
    const { events } = await showRun(document.runId ?? '', { connection, state });
    expect(events.filter(({ event }) => event === 'recovery-intent').map(({ detail }) => detail)).toEqual([
      'ticket 7',
      'ticket 7',
    ]);
    expect((await listRuns({ connection, state })).openRecoveries?.map(({ accountId }) => accountId)).toEqual([
      network,
      auditLog,
    ]);
    expect(await outcomesOf(connection, [network])).toEqual(['already-allowed']);
  });

  it('allows none where one of the answers is a no, or there is none', async () => {
    const connection = await connectSandbox({ enabled: true });
    const request = { accounts: [network, auditLog] };
    const { asked, answers } = answering(({ expected }) => expected === network);
    const problem = await problemOf(recover(request, { connection, state, answers }));
    expect(problem).toMatchObject({ code: 'NotConfirmed', data: { expected: auditLog } });
    expect(asked).toHaveLength(2);
    expect(await problemOf(recover(request, { connection, state }))).toMatchObject({ code: 'NotConfirmed' });
    expect(await outcomesOf(connection, [network, auditLog])).toEqual(['planned', 'planned']);
    expect(await runsIn(connection)).toEqual([]);
  });

  it('takes no account that it may not touch', async () => {
    const connection = await connectSandbox({ enabled: true });
    const of = (id: string, more = {}) => problemOf(recover({ accounts: [id] }, { connection, state, ...more }));
    expect(await of('12')).toMatchObject({ code: 'InvalidAccountId' });
    expect(await of('111111111111')).toMatchObject({ code: 'ManagementAccount' });
    expect(await of('666666666666')).toMatchObject({ code: 'AccountNotActive', data: { state: 'SUSPENDED' } });
    expect(await of(network, { protect: [network] })).toMatchObject({ code: 'AccountProtected' });
  });

  it('stopped after the yes, begins with none of them; given up, tells that it is not known to have been done', async () => {
    const connection = await connectSandbox({ enabled: true });
    const stopping = new AbortController();
    const stop = answering(() => {
      stopping.abort();
      return true;
    });
    const request = { accounts: [network] };
    const stopped = await recover(request, { connection, state, answers: stop.answers, stop: stopping.signal });
    expect(stopped).toMatchObject({ complete: false, accounts: [{ outcome: 'skipped', error: { code: 'NotTried' } }] });
    const aborting = new AbortController();
    const abort = answering(() => {
      aborting.abort();
      return true;
    });
    const aborted = await recover(request, { connection, state, answers: abort.answers, signal: aborting.signal });
    expect(aborted.complete).toBe(false);
    expect(aborted.accounts[0]?.outcome).not.toBe('allowed');
    expect(await runsIn(connection)).toEqual([
      ['recover', 'interrupted'],
      ['recover', 'interrupted'],
    ]);
    expect(await outcomesOf(connection, [network])).toEqual(['planned']);
    const reason = new Error('enough');
    await expect(recover(request, { connection, state, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('shares nothing with another one beside it', async () => {
    const [one, other] = await Promise.all([1, 2].map((seed) => connectSandbox({ seed, enabled: true })));
    if (one === undefined || other === undefined) throw new Error('no connection');
    const yes = answering(() => true);
    const no = answering(() => false);
    const [allowed, refused] = await Promise.all([
      recover({ accounts: [network] }, { connection: one, state, answers: yes.answers }),
      problemOf(recover({ accounts: [network] }, { connection: other, state: otherState, answers: no.answers })),
    ]);
    expect(allowed.accounts[0]?.outcome).toBe('allowed');
    expect(refused).toMatchObject({ code: 'NotConfirmed' });
    expect([yes.asked.length, no.asked.length]).toEqual([1, 1]);
    expect([await runsIn(one), await runsIn(other, otherState)]).toEqual([[['recover', 'finished']], []]);
    expect(await outcomesOf(other, [network])).toEqual(['planned']);
  });
});

const openPolicy = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${payments}:root` }, Action: '*', Resource: arn },
    ],
  });

const sites: readonly (readonly [
  name: string,
  site: Pick<UnlockRequest, 'service' | 'account' | 'named'>,
  arn: (region: string) => string,
])[] = [
  [
    's3',
    { service: 's3', account: payments, named: 'payments-prod-ledger' },
    () => 'arn:aws:s3:::payments-prod-ledger',
  ],
  [
    'sqs',
    { service: 'sqs', account: payments, named: 'events' },
    (region) => `arn:aws:sqs:${region}:${payments}:events`,
  ],
];

describe.each(sites)('unlock %s', (service, site, arnIn) => {
  const read = async (connection: Connection) => (await unlock(site, { connection, state })).policy;

  it('lists what has policies, and shows one with the words for what locks, asking nobody', async () => {
    const connection = await connectSandbox({ enabled: true });
    const listed = await listPolicyHolders(site, { connection });
    expect(parseDocument('rootctl.unlock', JSON.stringify(listed))).toEqual({ ok: true, document: listed });
    expect(listed).toMatchObject({ outcome: 'listed', region: service === 'sqs' ? connection.region : null });
    expect(listed.resources?.map(({ name }) => name)).toContain(site.named);
    const { asked, answers } = answering(() => true);
    const shown = await unlock(site, { connection, state, answers });
    expect(parseDocument('rootctl.unlock', JSON.stringify(shown))).toEqual({ ok: true, document: shown });
    expect(shown).toMatchObject({ outcome: 'shown', backup: null, statements: [{ locks: 'yes' }] });
    expect(shown.statements[0]?.why).toMatch(/\w/u);
    expect(asked).toEqual([]);
    expect(await runsIn(connection)).toEqual([]);
  });

  it('removes the policy for whoever answers, the old one saved first, and puts it back', async () => {
    const connection = await connectSandbox({ enabled: true });
    const { asked, answers } = answering(() => true);
    const told: ActionEvent[] = [];
    const report = (event: ActionEvent) => told.push(event);
    const before = await read(connection);
    const done = await unlock({ ...site, change: { action: 'delete' } }, { connection, state, answers, report });
    expect(done).toMatchObject({ outcome: 'deleted', policy: before, backup: expect.stringContaining(state) });
    expect(asked).toMatchObject([
      {
        what: service === 's3' ? 'bucket' : 'queue',
        expected: site.named,
        consequence: { will: 'change-policy', found: { policy: before }, file: null },
      },
    ]);
    const backup = done.backup ?? '';
    expect(told).toContainEqual({ event: 'saved', what: 'policy', path: backup });
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect(await read(connection)).toBeNull();
    const policy = await readFile(backup, 'utf8');
    const change = { action: 'put', policy } as const;
    const restored = await unlock({ ...site, change, isConfirmed: true }, { connection, state, report });
    expect(restored).toMatchObject({ outcome: 'replaced', backup: null });
    expect(told).toContainEqual(
      expect.objectContaining({ event: 'problem', problem: expect.objectContaining({ code: 'NewPolicyLocks' }) }),
    );
    expect(await read(connection)).toEqual(before);
    expect(await runsIn(connection)).toEqual([
      ['unlock', 'finished'],
      ['unlock', 'finished'],
    ]);
  });

  it('replaces a policy by one that AWS takes, and refuses every other before it is asked', async () => {
    const connection = await connectSandbox({ enabled: true });
    const put = (policy: string) =>
      unlock({ ...site, change: { action: 'put', policy }, isConfirmed: true }, { connection, state });
    expect(await problemOf(put('{'))).toMatchObject({ code: 'InvalidPolicy', data: { path: 'change.policy' } });
    expect(await problemOf(put(openPolicy('arn:aws:s3:::somebody-elses')))).toMatchObject({ code: 'OtherResource' });
    expect(await runsIn(connection)).toEqual([]);
    const policy = openPolicy(arnIn(connection.region));
    expect(await put(policy)).toMatchObject({ outcome: 'replaced', backup: expect.stringContaining(state) });
    expect(await read(connection)).toEqual(JSON.parse(policy));
  });

  it('changes nothing after a no, without an answer, or in a dry run', async () => {
    const connection = await connectSandbox({ enabled: true });
    const before = await read(connection);
    const request = { ...site, change: { action: 'delete' } } as const;
    const { answers } = answering(() => false);
    for (const more of [{ answers }, {}])
      expect(await problemOf(unlock(request, { connection, state, ...more }))).toMatchObject({ code: 'NotConfirmed' });
    expect(await unlock({ ...request, dryRun: true }, { connection, state })).toMatchObject({ outcome: 'planned' });
    expect(await read(connection)).toEqual(before);
    expect(await runsIn(connection)).toEqual([]);
    expect(await readdir(state)).toEqual([]);
  });

  it('given up after the yes, is rejected with the reason, and the policy stays', async () => {
    const connection = await connectSandbox({ enabled: true });
    const before = await read(connection);
    const reason = new Error('enough');
    const aborting = new AbortController();
    const { answers } = answering(() => {
      aborting.abort(reason);
      return true;
    });
    const request = { ...site, change: { action: 'delete' } } as const;
    await expect(unlock(request, { connection, state, answers, signal: aborting.signal })).rejects.toBe(reason);
    expect(await read(connection)).toEqual(before);
    expect(await runsIn(connection)).toEqual([]); // nothing of it was begun
  });

  it('shares nothing with another one beside it', async () => {
    const [one, other] = await Promise.all([1, 2].map((seed) => connectSandbox({ seed, enabled: true })));
    if (one === undefined || other === undefined) throw new Error('no connection');
    const request = { ...site, change: { action: 'delete' } } as const;
    const yes = answering(() => true);
    const no = answering(() => false);
    const events: ActionEvent[][] = [[], []];
    const [done, refused] = await Promise.all([
      unlock(request, {
        connection: one,
        state,
        answers: yes.answers,
        report: (event) => events[0]?.push(event),
      }),
      problemOf(
        unlock(request, {
          connection: other,
          state: otherState,
          answers: no.answers,
          report: (event) => events[1]?.push(event),
        }),
      ),
    ]);
    expect(done.outcome).toBe('deleted');
    expect(refused).toMatchObject({ code: 'NotConfirmed' });
    expect(events.map((told) => told.some(({ event }) => event === 'saved'))).toEqual([true, false]);
    expect(await read(one)).toBeNull();
    expect(await read(other)).not.toBeNull();
    expect(await readdir(otherState)).toEqual([]);
  });
});
