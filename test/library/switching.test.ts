import { describe, expect, it } from 'vitest';
import {
  type ActionEvent,
  type Connection,
  connectSandbox,
  disable,
  enable,
  parseDocument,
  type Question,
  status,
} from '../../src/index.ts';
import { problemOf } from './refused.ts';

const off = { trustedAccess: false, rootCredentialsManagement: false, rootSessions: false };
const on = { trustedAccess: true, rootCredentialsManagement: true, rootSessions: true };

/** How the switches are, without touching them. */
const switchesOf = async (connection: Connection) => (await enable({ dryRun: true }, { connection })).before;

/** Answers each question so, and keeps what was asked. */
function answering(answer: boolean, before: () => void = () => {}) {
  const asked: Question[] = [];
  const answers = {
    'type-to-confirm': (question: Extract<Question, { readonly question: 'type-to-confirm' }>) => {
      asked.push(question);
      before();
      return answer;
    },
  };
  return { asked, answers };
}

describe('enable', () => {
  it('answers how the switches were and are, in a document of its schema, and tells what it waits for', async () => {
    const connection = await connectSandbox();
    const told: ActionEvent[] = [];
    const document = await enable({}, { connection, report: (event) => told.push(event) });
    expect(parseDocument('rootctl.enable', JSON.stringify(document))).toEqual({ ok: true, document });
    expect(document).toMatchObject({ dryRun: false, complete: true, simulated: true, after: on });
    expect(document.before.trustedAccess).toBe(false);
    expect(told).toEqual([{ event: 'working', on: 'organization' }]);
    const again = await enable({}, { connection });
    expect(again.before).toEqual(again.after);
  });

  it('changes nothing in a dry run, and asks nobody', async () => {
    const connection = await connectSandbox();
    const { asked, answers } = answering(true);
    expect(await enable({ dryRun: true }, { connection, answers })).toMatchObject({ dryRun: true, after: on });
    expect(asked).toEqual([]);
    expect((await switchesOf(connection)).trustedAccess).toBe(false);
  });

  it('registers a delegate that is a member, and no other account', async () => {
    const connection = await connectSandbox();
    const withDelegate = (delegatedAdministrator: string) => enable({ delegatedAdministrator }, { connection });
    expect(await problemOf(withDelegate('12'))).toMatchObject({ code: 'InvalidAccountId' });
    expect(await problemOf(withDelegate('999999999999'))).toMatchObject({ code: 'UnknownAccount' });
    expect(await problemOf(withDelegate('111111111111'))).toMatchObject({ code: 'ManagementAccount' });
    expect((await switchesOf(connection)).trustedAccess).toBe(false);
    const { after } = await withDelegate('444444444444');
    expect(after.delegatedAdministrators).toEqual(['444444444444']);
  });

  it('is rejected with the reason of a signal that is aborted while it reads, and switches nothing', async () => {
    const connection = await connectSandbox();
    const reason = new Error('enough');
    const aborting = new AbortController();
    const report = (event: ActionEvent): void => {
      if (event.event === 'working') aborting.abort(reason);
    };
    await expect(enable({}, { connection, report, signal: aborting.signal })).rejects.toBe(reason);
    expect((await switchesOf(connection)).trustedAccess).toBe(false);
  });
});

describe('disable', () => {
  it('asks for the id of the organization, and tells what a yes turns off', async () => {
    const connection = await connectSandbox({ enabled: true });
    const { asked, answers } = answering(true);
    const document = await disable({ trustedAccess: true }, { connection, answers });
    expect(parseDocument('rootctl.disable', JSON.stringify(document))).toEqual({ ok: true, document });
    expect(document).toMatchObject({ before: on, after: { trustedAccess: false }, complete: true });
    expect(asked).toMatchObject([
      {
        question: 'type-to-confirm',
        what: 'organization',
        expected: document.organization.id,
        consequence: {
          will: 'turn-off',
          off: expect.arrayContaining([{ what: 'trusted-access' }, { what: 'root-sessions' }]),
        },
      },
    ]);
    expect(await switchesOf(connection)).toMatchObject(off);
  });

  it.each([
    ['a no', { answers: answering(false).answers }],
    ['no answer', {}],
  ])('switches nothing after %s', async (_what, given) => {
    const connection = await connectSandbox({ enabled: true });
    const problem = await problemOf(disable({}, { connection, ...given }));
    expect(problem).toMatchObject({ code: 'NotConfirmed', data: { expected: expect.stringMatching(/^o-/u) } });
    expect(await switchesOf(connection)).toMatchObject(on);
  });

  it('asks nobody where nothing is on, or nothing would be changed', async () => {
    const connection = await connectSandbox({ enabled: true });
    const { asked, answers } = answering(false);
    expect(await disable({ dryRun: true }, { connection, answers })).toMatchObject({
      dryRun: true,
      after: { rootSessions: false },
    });
    expect(await switchesOf(connection)).toMatchObject(on);
    await disable({ isConfirmed: true }, { connection, answers });
    expect(await disable({}, { connection, answers })).toMatchObject({ after: { rootSessions: false } });
    expect(asked).toEqual([]);
  });

  it('given up after the yes, is rejected with the reason, and everything is still on', async () => {
    const connection = await connectSandbox({ enabled: true });
    const aborting = new AbortController();
    const reason = new Error('enough');
    const { answers } = answering(true, () => aborting.abort(reason));
    await expect(disable({}, { connection, answers, signal: aborting.signal })).rejects.toBe(reason);
    expect(await switchesOf(connection)).toMatchObject(on);
  });

  it('shares nothing with an enable beside it in another organization', async () => {
    const one = await connectSandbox({ accounts: 8, seed: 1, enabled: true });
    const other = await connectSandbox({ accounts: 8, seed: 2 });
    const mine = answering(true);
    const others = answering(false);
    const events: ActionEvent[][] = [[], []];
    const [turnedOff, turnedOn] = await Promise.all([
      disable({}, { connection: one, answers: mine.answers, report: (event) => events[0]?.push(event) }),
      enable({}, { connection: other, answers: others.answers, report: (event) => events[1]?.push(event) }),
    ]);
    expect(turnedOff).toMatchObject({ kind: 'rootctl.disable', after: { rootSessions: false } });
    expect(turnedOn).toMatchObject({ kind: 'rootctl.enable', after: on });
    expect(turnedOn.organization.id).not.toBe(turnedOff.organization.id);
    expect([mine.asked.length, others.asked.length]).toEqual([1, 0]);
    expect(events).toEqual([[{ event: 'working', on: 'organization' }], [{ event: 'working', on: 'organization' }]]);
    expect(await problemOf(status({}, { connection: one }))).not.toBeNull();
    expect((await status({}, { connection: other })).summary.accounts).toBeGreaterThan(0);
  });
});
