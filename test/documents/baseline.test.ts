import { describe, expect, it } from 'vitest';
import { type AccountStatus, compareStatus } from '../../src/documents/index.ts';
import { account, dataLake, legacy, payments, statusOf } from '../render/story.ts';

const compare = (before: readonly AccountStatus[], now: readonly AccountStatus[]) =>
  compareStatus(statusOf(before), statusOf(now)).map(({ change, added, removed }) => ({ change, added, removed }));
const clean = account(dataLake.id, dataLake.name);
const unreadable = { ...legacy, id: dataLake.id };
const fewer: AccountStatus = {
  ...payments,
  credentials: { loginProfile: null, accessKeys: [], mfaDevices: [], signingCertificates: [] },
};

describe('compared with a baseline', () => {
  it('equal statuses have no changes', () => expect(compare([payments, dataLake], [payments, dataLake])).toEqual([]));
  it('a new credential appeared', () => {
    expect(compare([clean], [dataLake])).toEqual([{ change: 'appeared', added: ['password'], removed: [] }]);
  });
  it('an account that the baseline does not list counts as new', () => {
    expect(compare([], [dataLake])).toMatchObject([{ change: 'appeared' }]);
  });
  it('an account that could not be read then counts as new: nobody knows that it is not', () => {
    expect(compare([unreadable], [dataLake])).toMatchObject([{ change: 'appeared', added: ['password'] }]);
  });
  it('a deleted credential went', () => {
    expect(compare([dataLake], [clean])).toEqual([{ change: 'went', added: [], removed: ['password'] }]);
  });
  it('what cannot be read now is said, and is not gone', () => {
    expect(compare([dataLake], [unreadable])).toEqual([{ change: 'unreadable', added: [], removed: [] }]);
  });
  it('a kind that cannot be read now is not gone', () => {
    expect(compare([payments], [fewer])[0]?.removed).not.toContain('password');
    expect(compare([payments], [fewer])[0]?.removed).toContain('access key AKIA7EXAMPLEEXAMPXPQ');
  });
});
