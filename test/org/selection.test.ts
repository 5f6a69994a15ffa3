import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Account, type AccountId, isAccountId } from '../../src/org/account.ts';
import {
  type Exclusion,
  judge,
  namedIds,
  needsTags,
  parseAccountList,
  requireKnownIds,
  type Selection,
} from '../../src/org/selection.ts';
import { holds } from '../support/properties.ts';
import { refusalOf } from '../support/speech.ts';

const id = (text: string): AccountId => {
  if (!isAccountId(text)) throw new Error(text);
  return text;
};
const account = (more: Partial<Account> = {}): Account => ({
  id: id('200000000001'),
  name: 'payments',
  email: '',
  state: 'ACTIVE',
  joinedAt: null,
  joinedMethod: null,
  path: 'o-1/r-1/ou-a/ou-b/',
  ...more,
});
const selection = (more: Partial<Selection> = {}): Selection => ({
  all: false,
  accountIds: new Set(),
  unitIds: new Set(),
  tags: [],
  names: [],
  joinedSinceMs: null,
  exclusions: [],
  protections: [],
  ...more,
});
const joined = '2026-01-01T00:00:00.000Z';
const management = id('111111111111');
const word = (one: Account, given: Selection, tags: Parameters<typeof judge>[3] = []) => {
  const verdict = judge(one, given, management, tags);
  return verdict.verdict === 'skipped' ? verdict.reason : verdict.verdict;
};
const byId: Exclusion = { rule: '--exclude 200000000001', kind: 'account', id: id('200000000001') };
const byUnit: Exclusion = { rule: '--exclude ou-a', kind: 'unit', id: 'ou-a' };

describe('each account has one verdict', () => {
  test.each<[string, Account, Selection, string]>([
    ['all', account(), selection({ all: true }), 'selected'],
    ['nothing', account(), selection(), 'outside'],
    ['its id', account(), selection({ accountIds: new Set([account().id]) }), 'selected'],
    ['a unit above its own', account(), selection({ unitIds: new Set(['ou-a']) }), 'selected'],
    ['another unit', account(), selection({ unitIds: new Set(['ou-c']) }), 'outside'],
    [
      'a unit, when its path is unknown',
      account({ path: null }),
      selection({ unitIds: new Set(['ou-a']) }),
      'undecided',
    ],
    [
      'a unit, when its path is unknown and its name says so too',
      account({ path: null }),
      selection({ unitIds: new Set(['ou-a']), names: [() => true] }),
      'selected',
    ],
    [
      'the root, when its path is unknown',
      account({ path: null }),
      selection({ unitIds: new Set(['r-1ab2']) }),
      'selected',
    ],
    [
      'an excluded unit, when its path is unknown',
      account({ path: null }),
      selection({ all: true, exclusions: [byUnit] }),
      'undecided',
    ],
    [
      'a protected unit, when its path is unknown and it is excluded by its id',
      account({ path: null }),
      selection({ all: true, exclusions: [byId], protections: [byUnit] }),
      'excluded',
    ],
    [
      'an excluded unit, when the path of another account is unknown',
      account({ path: null }),
      selection({ accountIds: new Set([id('200000000002')]), exclusions: [byUnit] }),
      'outside',
    ],
    ['a newcomer', account({ joinedAt: joined }), selection({ joinedSinceMs: Date.parse(joined) }), 'selected'],
    [
      'one that joined before',
      account({ joinedAt: joined }),
      selection({ joinedSinceMs: Date.parse(joined) + 1 }),
      'outside',
    ],
    ['one of which it is not known when it joined', account(), selection({ joinedSinceMs: 0 }), 'undated'],
    ['the same, when nobody asked for newcomers', account(), selection({ names: [() => false] }), 'outside'],
    [
      'the same, when its name says so too',
      account(),
      selection({ joinedSinceMs: 0, names: [() => true] }),
      'selected',
    ],
    [
      'the same, when a unit decides and its path is unknown',
      account({ path: null }),
      selection({ joinedSinceMs: 0, unitIds: new Set(['ou-a']) }),
      'undecided',
    ],
    ['the same, when it is excluded', account(), selection({ joinedSinceMs: 0, exclusions: [byId] }), 'excluded'],
    ['the same, when it is protected', account(), selection({ joinedSinceMs: 0, protections: [byId] }), 'protected'],
    ['the same, suspended', account({ state: 'SUSPENDED' }), selection({ joinedSinceMs: 0 }), 'not-active'],
    [
      'the same, the management account',
      account({ id: management }),
      selection({ joinedSinceMs: 0 }),
      'management-account',
    ],
    ['its name', account(), selection({ names: [(name) => name === 'payments'] }), 'selected'],
    ['excluded wins', account(), selection({ all: true, exclusions: [byId] }), 'excluded'],
    [
      'protected wins over excluded',
      account(),
      selection({ all: true, exclusions: [byId], protections: [byId] }),
      'protected',
    ],
    ['excluded but not included', account(), selection({ exclusions: [byId] }), 'outside'],
    ['suspended', account({ state: 'SUSPENDED' }), selection({ all: true }), 'not-active'],
    ['a state that nobody knows, so AWS is asked', account({ state: 'UNKNOWN' }), selection({ all: true }), 'selected'],
    ['the management account', account({ id: management }), selection({ all: true }), 'management-account'],
    [
      'the management account, named',
      account({ id: management }),
      selection({ accountIds: new Set([management]) }),
      'management-account',
    ],
  ])('%s', (_name, one, given, expected) => {
    expect(word(one, given)).toBe(expected);
  });

  test('tags are compared whole, with case', () => {
    const given = selection({ tags: [{ key: 'team', value: 'a' }] });
    expect(word(account(), given, [{ key: 'team', value: 'a' }])).toBe('selected');
    expect(word(account(), given, [{ key: 'team', value: 'A' }])).toBe('outside');
    expect(word(account(), selection({ tags: [{ key: 'team', value: null }] }), [{ key: 'team', value: '' }])).toBe(
      'selected',
    );
  });

  test('tags are needed only where nothing else includes the account', () => {
    const tags = [{ key: 'team', value: null }];
    expect(needsTags(account(), selection({ tags }))).toBe(true);
    expect(needsTags(account(), selection({ tags, all: true }))).toBe(false);
    expect(needsTags(account(), selection())).toBe(false);
  });

  test('the management account is never selected, whatever is said', async () => {
    await holds(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('ACTIVE' as const, 'CLOSED' as const),
        (all, named, tagged, state) => {
          const given = selection({
            all,
            accountIds: new Set(named ? [management] : []),
            tags: tagged ? [{ key: 't', value: null }] : [],
          });
          expect(['outside', 'management-account']).toContain(
            word(account({ id: management, state }), given, [{ key: 't', value: '' }]),
          );
        },
      ),
      50,
    );
  });
});

test('every id that was named must exist, in whatever role', () => {
  const other = id('200000000002');
  const given = selection({
    accountIds: new Set([other]),
    exclusions: [byId],
    protections: [byUnit],
  });
  expect([...namedIds(given)].sort()).toEqual(['200000000001', '200000000002']);
});

describe('an account list', () => {
  test.each<[string, string, string[]]>([
    ['one a line', '200000000001\n200000000002\n', ['200000000001', '200000000002']],
    [
      'commas, blanks, tabs',
      '200000000001, 200000000002\t200000000003',
      ['200000000001', '200000000002', '200000000003'],
    ],
    ['comments', '# all\n200000000001 # why\n#200000000002', ['200000000001']],
    [
      'lines of Windows and of old Macs',
      '200000000001\r\n200000000002\r200000000003',
      ['200000000001', '200000000002', '200000000003'],
    ],
    ['a byte order mark', '\uFEFF200000000001', ['200000000001']],
    ['leading zeros', '000000000012', ['000000000012']],
  ])('%s', (_name, text, expected) => {
    expect(parseAccountList(text, 'ids.txt')).toEqual(expected);
  });

  test.each<[string, string, string]>([
    ['eleven digits', '200000000001\n20000000002', 'line 2'],
    ['thirteen digits', '2000000000011', '"2000000000011"'],
    ['digits of another script', '٢٠٠٠٠٠٠٠٠٠٠١', 'not an account id'],
    ['an id in quotes', '"200000000001"', 'not an account id'],
    ['a number of a spreadsheet', '2.00E+11', 'not an account id'],
    ['nothing', ' \n# x\n', 'contains no account id'],
  ])('%s is refused', (_name, text, words) => {
    const { message } = refusalOf(() => parseAccountList(text, 'ids.txt'));
    expect(message).toContain(words);
    expect(message).toContain('ids.txt');
  });

  test('what is written is read', async () => {
    const anyId = fc.stringMatching(/^[0-9]{12}$/u);
    const separator = fc.constantFrom(',', '\n', ' ', '\r\n', ' # note\n', ',\n');
    await holds(
      fc.property(fc.array(fc.tuple(anyId, separator), { minLength: 1 }), (parts) => {
        const text = parts.map(([one, between]) => one + between).join('');
        expect(parseAccountList(text, 'x')).toEqual(parts.map(([one]) => one));
      }),
      200,
    );
  });
});

test.each<[string, string, string | null]>([
  ['one digit off', '200000000009', '200000000001'],
  ['two digits exchanged', '020000000001', '200000000001'],
  ['nothing near', '999999999999', null],
])('an unknown id, %s, names the nearest', (_name, wrong, near) => {
  const { message, hint } = refusalOf(() => requireKnownIds(new Set([id(wrong)]), [account()], 'o-1'));
  expect(message).toBe(`account ${wrong} is not in organization o-1`);
  expect(hint?.includes('did you mean')).toBe(near !== null);
  if (near !== null) expect(hint).toContain(near);
});
