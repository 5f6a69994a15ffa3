import { describe, expect, test } from 'vitest';
import { memoryDisk } from '../../harness/disk.ts';
import type { AccountCredentials, DeleteAccount, DeleteAction, PlanAccount } from '../../src/documents/index.ts';
import { problem, told } from '../../src/problems/index.ts';
import { evidenceOf } from '../../src/run/evidence.ts';
import type { JournalEvent } from '../../src/run/journal.ts';
import { readRun } from '../../src/run/runs.ts';
import { headerOf, planOf, writeJournal } from '../support/journals.ts';
import { certificate, keyIdOf, memberId } from '../support/scenarios.ts';

const runId = '20260131-0930-abcd';
const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const time = '2025-01-01T00:00:00.000Z';
const token = 'GAHT12345678';
const key = (number: number) => ({
  id: keyIdOf(first, number),
  status: 'Active' as const,
  createdAt: time,
  lastUsedAt: null,
  lastUsedService: null,
  lastUsedRegion: null,
});
const passwordSeen = { present: true, createdAt: time, lastUsedAt: null };
const noPassword = { present: false, createdAt: null, lastUsedAt: null };
const held: AccountCredentials = {
  loginProfile: passwordSeen,
  accessKeys: [key(1), key(2)],
  signingCertificates: [{ id: certificate(first).id, status: 'Active', uploadedAt: time }],
  mfaDevices: [{ serialNumber: token, type: 'hardware', enabledAt: time }],
};
const nothing: AccountCredentials = {
  loginProfile: noPassword,
  accessKeys: [],
  signingCertificates: [],
  mfaDevices: [],
};
const ids: readonly (readonly [DeleteAction['kind'], string | null])[] = [
  ['access-key', keyIdOf(first, 1)],
  ['access-key', keyIdOf(first, 2)],
  ['signing-certificate', certificate(first).id],
  ['login-profile', null],
  ['mfa-device', token],
];
const planned = (count = ids.length, more: Partial<PlanAccount> = {}): PlanAccount => ({
  id: first,
  name: 'payments',
  path: null,
  actions: ids.slice(0, count).map(([kind, id]) => ({ kind, id })),
  warnings: [],
  ...more,
});
const denied = told('AccessDenied', 'no', null);
const inventory = (credentials: AccountCredentials | null, more: object = {}): JournalEvent => ({
  event: 'inventory',
  account: first,
  name: 'payments',
  status: 'present',
  reason: null,
  credentials,
  lastUsedAt: time,
  error: null,
  ...more,
});
const answers = (results: readonly DeleteAction['result'][], error: DeleteAction['error'] = null): JournalEvent[] =>
  results.map((result, index): JournalEvent => {
    const [kind, id] = ids[index] ?? ['login-profile', null];
    const fields = { account: first, sessionAccessKeyId: 'ASIA1', requestId: 'req-1', at: time };
    return { event: 'answer', ...fields, kind, id, result, error };
  });
const outcome = (word: DeleteAccount['outcome'], error: DeleteAccount['error'] = null): JournalEvent => ({
  event: 'account',
  account: first,
  outcome: word,
  reason: null,
  error,
});

async function evidence(events: readonly JournalEvent[], plan: readonly PlanAccount[] = [planned()]) {
  const files = memoryDisk();
  const document = planOf(plan);
  const line: JournalEvent = { event: 'plan', hash: document.hash, plan: document, decided: [] };
  await writeJournal(files, runId, [headerOf(runId), ...(plan.length > 0 ? [line] : []), ...events]);
  const run = await readRun(files, { pid: 1, identityOf: () => null }, runId);
  if (run === null || run.damage !== null) throw new Error(`no sound run: ${JSON.stringify(run?.damage)}`);
  return evidenceOf(run);
}
const after = async (...events: readonly JournalEvent[]) => (await evidence([inventory(held), ...events])).after[0];

describe('what is known of an account after a run', () => {
  test('before it is as it was seen first, also when a resumed run looked again', async () => {
    const { before } = await evidence([
      inventory(held),
      inventory(nothing, { status: 'absent' }),
      inventory(null, { account: third, name: 'c', status: 'skipped', reason: 'protected', lastUsedAt: null }),
      inventory(null, { account: second, name: 'b', status: 'unknown', error: denied }),
    ]);
    const about = { reason: null, error: null, lastUsedAt: time };
    expect(before).toEqual([
      { ...about, id: first, name: 'payments', status: 'present', credentials: held },
      { ...about, id: second, name: 'b', status: 'unknown', credentials: null, error: denied },
      { ...about, id: third, name: 'c', status: 'skipped', credentials: null, reason: 'protected', lastUsedAt: null },
    ]);
  });

  test('nothing is left of what was deleted and seen gone', async () => {
    const events = answers(['deleted', 'already-gone', 'deleted', 'deleted', 'deleted']);
    expect(await after(...events, outcome('deleted'))).toMatchObject({ status: 'absent', credentials: nothing });
    expect(await after(...events, outcome('absent'))).toMatchObject({ status: 'absent', credentials: nothing });
  });

  test('what was asked for and did not end well is not known, since nobody looked again', async () => {
    const events = answers(['deleted', 'deleted', 'deleted', 'deleted', 'deleted']);
    const unknown = { loginProfile: null, accessKeys: null, signingCertificates: null, mfaDevices: null };
    expect(await after(...events, outcome('unverified', denied))).toMatchObject({
      status: 'unknown',
      credentials: unknown,
      error: denied,
    });
    expect(await after(...answers(Array(5).fill('failed'), problem('Unanswered', { runId })))).toMatchObject({
      status: 'unknown',
      credentials: unknown,
      error: null,
    });
    // The answer was lost, and nobody could look again.
    expect(await after(...answers(Array(5).fill('failed'), denied), outcome('unverified', denied))).toMatchObject({
      status: 'unknown',
      credentials: unknown,
    });
  });

  test('what was seen to be gone is gone, however the account ended', async () => {
    const events = answers(Array(5).fill('already-gone'));
    expect(await after(...events, outcome('failed', denied))).toMatchObject({ status: 'absent', credentials: nothing });
  });

  test('where the account was not as planned any more, what looks empty may hold something', async () => {
    const changedSince = outcome('partial', told('ChangedSincePlan', 'changed', null));
    const gone = answers(Array(5).fill('already-gone'));
    expect(await after(...gone, outcome('absent'))).toMatchObject({ status: 'absent', credentials: nothing });
    expect(await after(...gone, changedSince)).toMatchObject({
      status: 'unknown',
      credentials: { loginProfile: null, accessKeys: null, mfaDevices: null, signingCertificates: null },
    });
    const unread = { ...held, loginProfile: null, accessKeys: null };
    expect((await evidence([inventory(unread), ...gone, changedSince])).after[0]).toMatchObject({
      status: 'unknown',
      credentials: { loginProfile: null, accessKeys: null, mfaDevices: null, signingCertificates: null },
    });
    expect(await after(...answers(Array(5).fill('failed'), denied), changedSince)).toMatchObject({
      status: 'present',
      credentials: held,
    });
  });

  test('what AWS refused to delete, and what was not asked for, is still there', async () => {
    const refused = await after(...answers(Array(5).fill('failed'), denied), outcome('failed', denied));
    expect(refused).toMatchObject({ status: 'present', credentials: held, error: denied });
    expect(await after(...answers(Array(5).fill('failed')))).toMatchObject({ status: 'present', credentials: held });
    expect(await after(outcome('skipped'))).toMatchObject({ status: 'present', credentials: held });
  });

  test('of a kind of which one is not known nothing is known: what is left would pass for all', async () => {
    const events = [
      ...answers(['already-gone']),
      ...answers(['already-gone', 'failed'], problem('Unanswered', { runId })).slice(1),
    ];
    expect(await after(...events, outcome('partial'))).toMatchObject({
      status: 'present',
      credentials: { ...held, accessKeys: null },
    });
  });

  test('of a kind of which one is gone the other is left', async () => {
    expect(await after(...answers(['already-gone']), outcome('partial'))).toMatchObject({
      status: 'present',
      credentials: { ...held, accessKeys: [key(2)] },
    });
  });

  test.each<[string, Partial<AccountCredentials>]>([
    ['a password', { loginProfile: passwordSeen }],
    ['an access key', { accessKeys: [key(2)] }],
    ['a signing certificate', { signingCertificates: held.signingCertificates }],
    ['an MFA device', { mfaDevices: held.mfaDevices }],
  ])('%s that is left alone keeps the account among those that hold something', async (_name, left) => {
    const one = { ...nothing, accessKeys: [key(1)] };
    const credentials = { ...one, ...left, accessKeys: [key(1), ...(left.accessKeys ?? [])] };
    const { after: told_ } = await evidence(
      [inventory(credentials), ...answers(['deleted']), outcome('deleted')],
      [planned(1)],
    );
    expect(told_[0]).toMatchObject({ status: 'present', credentials: { ...nothing, ...left } });
  });

  test('a kind that could not be read stays unknown, and so does an account that has nothing else', async () => {
    const { after: told_ } = await evidence(
      [inventory({ ...nothing, accessKeys: [key(1)], mfaDevices: null }), ...answers(['deleted']), outcome('deleted')],
      [planned(1)],
    );
    expect(told_[0]).toMatchObject({ status: 'unknown', credentials: { ...nothing, mfaDevices: null } });
  });

  test('a password that was not there before is not there after, whatever was answered', async () => {
    const { after: told_ } = await evidence([
      inventory({ ...held, loginProfile: noPassword }),
      ...answers(Array(5).fill('failed'), problem('Unanswered', { runId })),
    ]);
    expect(told_[0]?.credentials?.loginProfile).toEqual(noPassword);
    const { after: unread } = await evidence([
      inventory({ ...held, loginProfile: null }),
      ...answers(Array(5).fill('already-gone')),
    ]);
    expect(unread[0]?.credentials?.loginProfile).toBeNull();
  });

  test('an account that the run did not touch, or could not read, is as it was', async () => {
    const skipped = { status: 'skipped', reason: 'protected', credentials: null, lastUsedAt: null };
    const { after: told_ } = await evidence(
      [inventory(held, { status: 'present', error: denied }), inventory(null, { ...skipped, account: second })],
      [],
    );
    expect(told_).toMatchObject([
      { id: first, status: 'present', credentials: held, error: denied },
      { id: second, ...skipped },
    ]);
    const { after: unread } = await evidence([inventory(null, { status: 'unknown', error: denied })]);
    expect(unread).toMatchObject([{ status: 'unknown', credentials: null, error: denied }]);
  });

  test('an error of the reading stays where the run had none', async () => {
    const { after: told_ } = await evidence([
      inventory({ ...held, mfaDevices: null }, { error: denied }),
      ...answers(['already-gone']),
      outcome('partial'),
    ]);
    expect(told_[0]?.error).toEqual(denied);
  });

  test('who it is comes from the reading, its place else from the plan, and what nobody wrote down is left open', async () => {
    const about = { email: 'root@example.com', state: 'ACTIVE', path: 'Prod', joinedAt: time, joinedMethod: 'CREATED' };
    const { after: told_ } = await evidence(
      [
        inventory(held, about),
        inventory(held, { account: second, name: 'b' }),
        inventory(held, { account: third, name: 'c' }),
      ],
      [planned(5, { path: 'Other' }), planned(1, { id: second, path: 'Data' })],
    );
    const open = { email: '', state: '', joinedAt: null, joinedMethod: null };
    expect(told_).toMatchObject([
      { id: first, ...about },
      { id: second, ...open, path: 'Data' },
      { id: third, ...open, path: null },
    ]);
  });
});
