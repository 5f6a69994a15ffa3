import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Account, type AccountId, isAccountId } from '../../src/org/account.ts';
import {
  type Exclusion,
  hasUnitRule,
  isMeant,
  judge,
  namedIds,
  needsTags,
  parseAccountList,
  requireKnownIds,
  type Selection,
  unmatchedBy,
} from '../../src/org/selection.ts';
import { holds } from '../support/properties.ts';
import { refusalOf } from '../support/speech.ts';
import { nothingSelected } from './answers.ts';

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
const selection = (more: Partial<Selection> = {}): Selection => ({ ...nothingSelected, ...more });
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
    expect(needsTags(account(), selection({ tags, accountIds: new Set([account().id]) }))).toBe(false);
    expect(needsTags(account(), selection({ tags, names: [() => true] }))).toBe(false);
    expect(needsTags(account(), selection({ tags, unitIds: new Set(['ou-a']) }))).toBe(false);
    expect(needsTags(account({ joinedAt: joined }), selection({ tags, joinedSinceMs: 0 }))).toBe(false);
    expect(needsTags(account({ path: null }), selection({ tags, unitIds: new Set(['ou-a']) }))).toBe(true);
    expect(needsTags(account(), selection({ tags, joinedSinceMs: 0 }))).toBe(true);
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
    ['a byte order mark within', '2000000\uFEFF00001', 'not an account id'],
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

describe('what an exclusion means', () => {
  const named = (glob: string, unitId: string | null = null): Exclusion => ({
    rule: `--exclude ${glob}`,
    kind: 'name',
    glob,
    unitId,
    noUnit: null,
  });

  test.each<[string, Exclusion, Partial<Account>, string]>([
    ['its id', byId, {}, 'yes'],
    ['another id', { ...byId, id: id('200000000002') }, {}, 'no'],
    ['an OU above it', byUnit, {}, 'yes'],
    ['another OU', { ...byUnit, id: 'ou-c' }, {}, 'no'],
    ['an OU, and its place is not known', byUnit, { path: null }, 'unknown'],
    ['the root, wherever it is', { ...byUnit, id: 'r-1' }, { path: null }, 'yes'],
    ['its name', named('payments'), {}, 'yes'],
    ['its name in another case', named('PayMents'), {}, 'yes'],
    ['its name with an accent typed otherwise', named('caf\u00e9'), { name: 'cafe\u0301' }, 'yes'],
    ['its name with an accent named otherwise', named('cafe\u0301'), { name: 'caf\u00e9' }, 'yes'],
    ['a glob of its name', named('pay*'), {}, 'yes'],
    ['another name', named('billing'), {}, 'no'],
    ['another name, and its place is not known', named('billing'), { path: null }, 'no'],
    ['another name that is the OU above it as well', named('billing', 'ou-a'), {}, 'yes'],
    ['another name that is another OU', named('billing', 'ou-c'), {}, 'no'],
    ['another name that is an OU, and its place is not known', named('billing', 'ou-a'), { path: null }, 'unknown'],
  ])('%s', (_what, exclusion, more, expected) => {
    expect(isMeant(exclusion, account(more))).toBe(expected);
  });

  test.each<[string, Partial<Selection>, boolean]>([
    ['nothing', {}, false],
    ['a selected OU', { unitIds: new Set(['ou-a']) }, true],
    ['an excluded OU', { exclusions: [byUnit] }, true],
    ['a protected OU', { protections: [byUnit] }, true],
    ['an excluded id', { exclusions: [byId], protections: [byId] }, false],
    ['an excluded name', { exclusions: [named('x')] }, false],
    ['an excluded name that is an OU as well', { exclusions: [named('x', 'ou-a')] }, true],
  ])('decides by the place of accounts: %s', (_what, more, expected) => {
    expect(hasUnitRule(selection(more))).toBe(expected);
  });
});

test('an account that is left out for several reasons is told the one that holds whatever else is said', () => {
  const suspended = account({ state: 'SUSPENDED' });
  expect(word(suspended, selection({ all: true, exclusions: [byId] }))).toBe('excluded');
  expect(word(suspended, selection({ all: true, exclusions: [{ ...byId, id: management }] }))).toBe('not-active');
  const home = account({ id: management, state: 'SUSPENDED' });
  const everything = {
    all: true,
    exclusions: [{ ...byId, id: management }],
    protections: [{ ...byId, id: management }],
  };
  expect(word(home, selection(everything))).toBe('management-account');
});

test('what cannot be decided names every exclusion that may mean the account', () => {
  const protecting: Exclusion = { ...byUnit, rule: 'protect: ou-a' };
  const given = selection({
    all: true,
    exclusions: [byUnit, { ...byId, id: id('200000000002') }],
    protections: [protecting],
  });
  expect(judge(account({ path: null }), given, management, [])).toEqual({
    verdict: 'undecided',
    rules: ['protect: ou-a', '--exclude ou-a'],
  });
  const newcomers = selection({ joinedSinceMs: 0, exclusions: [byUnit] });
  expect(judge(account({ path: null }), newcomers, management, [])).toEqual({
    verdict: 'undated',
    rules: ['--exclude ou-a'],
  });
});

test('several tags add up: one of them is enough, key and value together', () => {
  const given = selection({
    tags: [
      { key: 'team', value: 'a' },
      { key: 'stage', value: 'prod' },
    ],
  });
  expect(word(account(), given, [{ key: 'stage', value: 'prod' }])).toBe('selected');
  expect(word(account(), given, [{ key: 'stage', value: 'a' }])).toBe('outside');
  expect(
    word(account(), given, [
      { key: 'other', value: 'x' },
      { key: 'team', value: 'a' },
    ]),
  ).toBe('selected');
  expect(word(account(), given, [])).toBe('outside');
});

describe('a word that is no id', () => {
  test('is told with its source and line, and no longer than a line', () => {
    const refusal = () => parseAccountList(`\n${'9'.repeat(100)}`, 'ids.txt');
    expect(refusal).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'InvalidAccountId',
          data: { word: expect.stringMatching(/^9{1,40}…?/u), source: 'ids.txt', line: 2 },
        }),
      }),
    );
    try {
      refusal();
    } catch (error) {
      expect(String((error as { problem: { data: { word: string } } }).problem.data.word).length).toBeLessThanOrEqual(
        41,
      );
    }
  });

  test('may come from the arguments, as may an empty list', () => {
    expect(() => parseAccountList('x', null)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ data: { word: 'x', source: null, line: 1 } }) }),
    );
    expect(() => parseAccountList('', null)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'EmptySelection', data: { of: '', why: 'empty-list' } }),
      }),
    );
  });
});

describe('ids that the organization does not have', () => {
  const refused = (missing: readonly string[], accounts: readonly Account[], exclusions: readonly Exclusion[] = []) => {
    try {
      requireKnownIds(new Set(missing.map(id)), accounts, 'o-1', exclusions);
    } catch (error) {
      return (error as { problem: { data: object } }).problem.data;
    }
    return null;
  };
  const named = (text: string) => account({ id: id(text), name: `name-of-${text}` });

  test('are all told, and for the first the nearest there is: of equals the first', () => {
    expect(
      refused(['200000000001', '300000000000'], [named('200000000022'), named('200000000002'), named('200000000003')]),
    ).toEqual({
      accounts: ['200000000001', '300000000000'],
      rule: null,
      organizationId: 'o-1',
      nearId: '200000000002',
      nearName: 'name-of-200000000002',
    });
  });

  test.each([
    ['one digit', '200000000009', true],
    ['two digits', '200000000099', true],
    ['three digits', '200000000999', false],
    ['the first digit', '100000000001', true],
  ])('differ by %s from the nearest', (_what, other, isNear) => {
    expect(refused([other], [named('200000000001')])).toMatchObject({ nearId: isNear ? '200000000001' : null });
  });

  test('are told with the rule where nobody typed them for this command', () => {
    const other: Exclusion = { ...byId, rule: '--exclude 200000000002', id: id('200000000002') };
    const rules = [byUnit, other, byId];
    expect(refused(['200000000001'], [], rules)).toMatchObject({ rule: byId.rule });
    expect(refused(['200000000003'], [], rules)).toMatchObject({ rule: null });
  });

  test('are none when all were seen', () => {
    expect(refused([], [])).toBeNull();
  });
});

describe('an exclusion that matches nothing', () => {
  const told = (exclusion: Exclusion, accounts: readonly Account[] = [account()]) =>
    unmatchedBy(exclusion, accounts, 'o-1');
  const name = { rule: '--exclude x', kind: 'name', unitId: null, noUnit: null } as const;
  const nowhere = { named: '', missing: '', place: '', there: [], near: null, nearId: null };
  const noUnit = { named: 'a/b', missing: 'b', place: 'a', there: ['c'], near: 'c' };

  test.each<[string, Exclusion, object]>([
    ['an OU that is empty', byUnit, { rule: byUnit.rule, why: 'empty-unit', ...nowhere }],
    ['a name that is an empty OU as well', { ...name, glob: 'x', unitId: 'ou-a' }, { why: 'empty-unit', ...nowhere }],
    ['the path of no OU', { ...name, glob: 'a/b', noUnit }, { why: 'no-such-unit', ...noUnit, nearId: null }],
    [
      'a name like another',
      { ...name, glob: 'payment' },
      { why: 'no-such-name', ...nowhere, near: 'payments', nearId: '200000000001' },
    ],
    ['a name like no other', { ...name, glob: 'zzz' }, { why: 'no-such-name', ...nowhere }],
  ])('says why, and what may have been meant: %s', (_what, exclusion, data) => {
    expect(told(exclusion)).toMatchObject({ code: 'UnmatchedExclusion' });
    expect(told(exclusion).data).toEqual({ rule: name.rule, organizationId: 'o-1', ...data });
  });
});
