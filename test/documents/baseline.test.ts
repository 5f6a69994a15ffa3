import { describe, expect, it } from 'vitest';
import { type AccountStatus, compareStatus, isPartlyUnknown, isUnaccepted } from '../../src/documents/index.ts';
import { changedCredentialPhrase } from '../../src/render/words.ts';
import { account, dataLake, legacy, payments, statusOf } from '../render/story.ts';
import { english } from '../support/speech.ts';

const compare = (before: readonly AccountStatus[], now: readonly AccountStatus[]) =>
  compareStatus(statusOf(before), statusOf(now)).map(({ change, added, firstSeen, removed, unreadable }) => ({
    change,
    added: added.map((one) => changedCredentialPhrase(one, { speech: english })),
    firstSeen: firstSeen.map((one) => changedCredentialPhrase(one, { speech: english })),
    removed: removed.map((one) => changedCredentialPhrase(one, { speech: english })),
    unreadable,
  }));
const nothing = { added: [], firstSeen: [], removed: [], unreadable: [] };
const clean = account(dataLake.id, dataLake.name);
const unreadable = { ...legacy, id: dataLake.id };
const skipped = account(dataLake.id, dataLake.name, { status: 'skipped', reason: 'excluded', credentials: null });
const unread = (kind: keyof NonNullable<AccountStatus['credentials']>): AccountStatus => ({
  ...payments,
  credentials: payments.credentials && { ...payments.credentials, [kind]: null },
});
const everyKind = [
  ['loginProfile', 'login-profile', ['password']],
  ['accessKeys', 'access-key', ['access key AKIAQEXAMPLEEXAMPDKT', 'access key AKIA7EXAMPLEEXAMPXPQ']],
  [
    'mfaDevices',
    'mfa-device',
    [
      'MFA device arn:aws:iam::123456789012:mfa/root-account-mfa-device',
      'MFA device arn:aws:iam::123456789012:u2f/root-account/office-safe-ABCDEF',
    ],
  ],
  ['signingCertificates', 'signing-certificate', ['signing certificate UJXLEEXAMPLEEXAMPLEEXAMPLEEXAYPP']],
] as const;

describe('compared with a baseline', () => {
  it('equal statuses have no changes', () => expect(compare([payments, dataLake], [payments, dataLake])).toEqual([]));
  it('a new credential appeared', () => {
    expect(compare([clean], [dataLake])).toEqual([{ ...nothing, change: 'appeared', added: ['password'] }]);
  });
  it('an account that the baseline does not list is new, and did not get its credentials since', () => {
    expect(compare([], [dataLake])).toEqual([{ ...nothing, change: 'new', added: ['password'] }]);
  });
  it.each([
    ['could not be read', unreadable],
    ['was skipped', skipped],
  ])('an account that %s then was unknown, and did not get its credentials since', (_name, before) => {
    expect(compare([before], [dataLake])).toMatchObject([{ change: 'was-unknown', added: [] }]);
    expect(compare([before], [dataLake])[0]?.firstSeen).toContain('password');
  });
  it('a clean account that was unknown has nothing to tell', () => {
    for (const before of [[unreadable], [skipped]]) expect(compare(before, [clean])).toEqual([]);
  });
  it.each([
    ['holds none', clean, 'absent'],
    ['could not be read', unreadable, 'unknown'],
  ])('an account that the baseline does not list is new when it %s, and is nothing to accept', (_name, now, after) => {
    const [change] = compareStatus(statusOf([]), statusOf([now]));
    expect(change).toMatchObject({ change: 'new', before: null, after, added: [], firstSeen: [] });
    expect(change && isUnaccepted(change)).toBe(false);
  });
  it('an account that holds some of which none could be listed is nothing that was accepted, when it is new', () => {
    const [change] = compareStatus(statusOf([]), statusOf([{ ...dataLake, credentials: null }]));
    expect(change).toMatchObject({ change: 'new', after: 'present', added: [] });
    expect(change && isUnaccepted(change)).toBe(true);
  });
  it('a password that was created anew is another one, which nobody has accepted', () => {
    const again: AccountStatus = {
      ...dataLake,
      credentials: dataLake.credentials && {
        ...dataLake.credentials,
        loginProfile: { present: true, createdAt: '2026-01-30T00:00:00.000Z', lastUsedAt: null },
      },
    };
    const [change] = compareStatus(statusOf([dataLake]), statusOf([again]));
    expect(compare([dataLake], [again])).toMatchObject([
      { change: 'changed', added: ['password (created 2026-01-30T00:00:00.000Z)'] },
    ]);
    expect(change && isUnaccepted(change)).toBe(true);
  });
  it('a password whose age one of the two could not tell is the same', () => {
    const ageless: AccountStatus = {
      ...dataLake,
      credentials: dataLake.credentials && {
        ...dataLake.credentials,
        loginProfile: { present: true, createdAt: null, lastUsedAt: null },
      },
    };
    expect(compare([dataLake], [ageless])).toEqual([]);
    expect(compare([ageless], [dataLake])).toEqual([]);
  });
  it('an inactive access key that is active again is one that nobody has accepted', () => {
    const reactivated: AccountStatus = {
      ...payments,
      credentials: payments.credentials && {
        ...payments.credentials,
        accessKeys: (payments.credentials.accessKeys ?? []).map((key) => ({ ...key, status: 'Active' as const })),
      },
    };
    const [change] = compareStatus(statusOf([payments]), statusOf([reactivated]));
    expect(compare([payments], [reactivated])).toMatchObject([
      {
        change: 'changed',
        added: ['access key AKIA7EXAMPLEEXAMPXPQ (Active)'],
        removed: ['access key AKIA7EXAMPLEEXAMPXPQ (Inactive)'],
      },
    ]);
    expect(change && isUnaccepted(change)).toBe(true);
  });
  it('an access key that was accepted while it was active is told as changed when it is inactive, and is nothing new', () => {
    const keyed = (status: 'Active' | 'Inactive', createdAt = '2020-01-01T00:00:00.000Z'): AccountStatus => ({
      ...payments,
      credentials: payments.credentials && {
        ...payments.credentials,
        accessKeys: (payments.credentials.accessKeys ?? []).slice(0, 1).map((key) => ({ ...key, status, createdAt })),
      },
    });
    const changeOf = (before: AccountStatus, now: AccountStatus) =>
      compareStatus(statusOf([before]), statusOf([now]))[0];
    const lapsed = changeOf(keyed('Active'), keyed('Inactive'));
    expect(lapsed).toMatchObject({
      change: 'changed',
      added: [{ status: 'Inactive' }],
      removed: [{ status: 'Active' }],
    });
    expect(lapsed && isUnaccepted(lapsed)).toBe(false);
    const another = changeOf(keyed('Active'), keyed('Inactive', '2026-01-01T00:00:00.000Z'));
    expect(another && isUnaccepted(another)).toBe(true);
    const working = changeOf(keyed('Inactive'), keyed('Active'));
    expect(working && isUnaccepted(working)).toBe(true);
  });
  it('a deleted credential went', () => {
    expect(compare([dataLake], [clean])).toEqual([{ ...nothing, change: 'gone', removed: ['password'] }]);
  });
  it('what cannot be read now is said, and is not gone', () => {
    const [change] = compare([dataLake], [unreadable]);
    expect(change).toMatchObject({ change: 'unreadable', added: [], removed: [] });
  });

  it.each(everyKind)('%s that cannot be read now are neither gone nor the same', (kind, label) => {
    expect(compare([payments], [unread(kind)])).toEqual([{ ...nothing, change: 'unreadable', unreadable: [label] }]);
  });
  it.each(everyKind)(
    '%s that could not be read then are seen for the first time, and not new',
    (kind, _label, seen) => {
      expect(compare([unread(kind)], [payments])).toEqual([{ ...nothing, change: 'changed', firstSeen: seen }]);
    },
  );
  it.each(everyKind)('%s that could be read neither then nor now have no change', (kind) => {
    expect(compare([unread(kind)], [unread(kind)])).toEqual([]);
  });
});

describe('a check against a baseline', () => {
  const changesOf = (before: readonly AccountStatus[], now: readonly AccountStatus[]) =>
    compareStatus(statusOf(before), statusOf(now));

  it.each([
    ['a credential that appeared', [clean], [dataLake]],
    ['an account that is new and holds some', [], [dataLake]],
    ['an account that was unknown and holds some', [unreadable], [dataLake]],
    ['an account that was skipped and holds some', [skipped], [dataLake]],
    ['a kind that could not be read then and holds some', [unread('accessKeys')], [payments]],
  ])('does not pass over %s: nobody has accepted it', (_name, before, now) => {
    expect(changesOf(before, now).some(isUnaccepted)).toBe(true);
  });
  it('passes over what was known then, and over what went', () => {
    expect(changesOf([dataLake, payments], [clean, payments]).some(isUnaccepted)).toBe(false);
  });
  it.each(everyKind)('knows that %s that cannot be read are not known', (kind) => {
    expect([payments, clean, skipped].some(isPartlyUnknown)).toBe(false);
    expect([isPartlyUnknown(unread(kind)), isPartlyUnknown(unreadable)]).toEqual([true, true]);
  });
});
