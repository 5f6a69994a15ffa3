import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountStatus,
  parseDocumentOf,
  parseEarlier,
  parseStatus,
  type StatusDocument,
} from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';
import { formats } from '../../src/render/formats.ts';
import { noPaint } from '../../src/render/style.ts';
import { account, dataLake, legacy, payments, status, statusOf } from '../render/story.ts';
import { holds } from '../support/properties.ts';
import { english } from '../support/speech.ts';

const view = { columns: 160, nowMs: 0, paint: noPaint, speech: english, english };
const textOf = (document: StatusDocument): string => formats.json.render(document, view);
const inOrder = statusOf([...status.accounts].sort((left, right) => (left.id < right.id ? -1 : 1)));
/** Why it is refused, in a phrase; null: it is taken. */
function flawOf(document: StatusDocument): string | null {
  const parsed = parseStatus(textOf(document));
  expect(parseDocumentOf('rootctl.status', textOf(document)).ok).toBe(parsed.ok);
  const earlier = parseEarlier(textOf(document));
  expect(earlier.ok ? null : earlier.problem).toEqual(parsed.ok ? null : parsed.problem);
  return parsed.ok ? null : english.entryOf(parsed.problem).message;
}
const one = (more: Partial<AccountStatus>): StatusDocument => statusOf([account('222222222222', 'one', more)]);

describe('a saved reading that rootctl could have printed is taken', () => {
  it.each<[string, StatusDocument]>([
    ['the organization of the pictures', inOrder],
    ['nobody', statusOf([])],
    ['of a part', { ...inOrder, complete: false }],
    ['stopped before an account', one({ status: 'skipped', reason: 'not-tried', credentials: null })],
    ['a kind that could not be read, beside one that is there', { ...one({}), ...statusOf([partly(dataLake)]) }],
    ['a kind that could not be read, and nothing else', one(partly({ ...account('', ''), status: 'unknown' }))],
    ['present, and nothing could be listed', one({ status: 'present', credentials: null })],
    ['compared with another', changed('changed', 'present')],
  ])('%s', (_name, document) => expect(flawOf(document)).toBeNull());

  it('with the mark that PowerShell puts before it', () => {
    expect(parseStatus(`\uFEFF${textOf(inOrder)}`).ok).toBe(true);
    expect(parseStatus(` \uFEFF${textOf(inOrder)}`).ok).toBe(false);
  });
});

function partly<Account extends Partial<AccountStatus>>(whole: Account): Account {
  const { credentials } = whole;
  return { ...whole, id: '222222222222', credentials: credentials && { ...credentials, accessKeys: null } };
}

/** The account of which the pictures show most, as a comparison would tell of it. */
function changed(
  change: NonNullable<StatusDocument['changes']>[number]['change'],
  after: AccountStatus['status'] | null,
): StatusDocument {
  const { id, name } = payments;
  const nothing = { added: [], firstSeen: [], removed: [], lastSeen: [], unreadable: [] };
  return { ...inOrder, changes: [{ id, name, change, before: 'present', after, ...nothing }] };
}

describe('one that could not is refused, and the first place that does not fit is named', () => {
  const credentials = payments.credentials;
  it.each<[string, StatusDocument, string]>([
    [
      'totals of other accounts',
      { ...inOrder, summary: { accounts: 1, present: 0, absent: 1, unknown: 0, skipped: 0 } },
      'summary: the totals do not match the accounts',
    ],
    [
      'an account that is absent, and holds something',
      one({ credentials }),
      'accounts[0]: the status of 222222222222 does not match its credentials',
    ],
    ['absent, and not read', one({ credentials: null }), 'accounts[0]: the status of 222222222222 does not match'],
    ['absent, and read in part', one(partly(account('', ''))), 'accounts[0]: the status of'],
    ['present, and holds nothing', one({ status: 'present' }), 'accounts[0]: the status of'],
    ['unknown, and holds something', one({ status: 'unknown', credentials }), 'accounts[0]: the status of'],
    ['unknown, and everything was read', one({ status: 'unknown' }), 'accounts[0]: the status of'],
    ['skipped, and read', one({ status: 'skipped', reason: 'excluded', credentials }), 'accounts[0]: the status of'],
    ['skipped, and nobody says why', one({ status: 'skipped', credentials: null }), 'accounts[0]: the status of'],
    ['an account twice', statusOf([payments, payments]), 'accounts[1]: 123456789012 appears twice or is out of order'],
    ['out of order', statusOf([dataLake, payments]), 'accounts[1]: 123456789012 appears twice or is out of order'],
    [
      'whole, and an account was not tried',
      { ...one({ status: 'skipped', reason: 'not-tried', credentials: null }), complete: true },
      'complete: it says that it covers all accounts, but some were not read to the end',
    ],
    [
      'whole, and an account was given up',
      { ...one({ ...legacy, id: '222222222222', error: told('Aborted', 'stopped', null) }), complete: true },
      'complete: it says that it covers all accounts',
    ],
    ['a day that no calendar has', { ...inOrder, generatedAt: '2026-02-30T00:00:00.000Z' }, 'is not a time'],
    ['a time that no clock shows', { ...inOrder, generatedAt: '2026-99-99T99:99:99.999Z' }, 'generatedAt'],
    ['another one in an account', one({ joinedAt: '2026-13-01T00:00:00.000Z' }), 'accounts[0].joinedAt'],
    [
      'a management account that is not the organization’s',
      {
        ...inOrder,
        managementAccount: inOrder.managementAccount && { ...inOrder.managementAccount, id: '111111111112' },
      },
      'managementAccount.id: the value is not valid',
    ],
    ['a change of an account that is otherwise', changed('gone', 'absent'), 'changes[0]: the value is not valid'],
    ['gone, and it is there', changed('gone', 'present'), 'changes[0]: the value is not valid'],
    ['left, and it is listed', changed('left', null), 'changes[0]: the value is not valid'],
  ])('%s', (_name, document, flaw) => expect(flawOf(document)).toContain(flaw));

  it('whatever is changed in one account, its totals must follow', () => {
    holds(
      fc.property(
        fc.nat({ max: inOrder.accounts.length - 1 }),
        fc.constantFrom<AccountStatus['status']>('present', 'absent', 'unknown', 'skipped'),
        (place, word) => {
          const accounts = inOrder.accounts.map((each, index) => (index === place ? { ...each, status: word } : each));
          const isSame = inOrder.accounts[place]?.status === word;
          expect(flawOf({ ...inOrder, accounts }) === null).toBe(isSame);
        },
      ),
      50,
    );
  });
});
