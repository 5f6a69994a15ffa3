import {
  ListAccountsCommand,
  ListChildrenCommand,
  type Account as ListedAccount,
  ListRootsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/org/account.ts';
import { type RosterEntry, readRoster, undated } from '../../src/org/roster.ts';
import type { Exclusion, Purpose, Selection } from '../../src/org/selection.ts';
import type { Problem } from '../../src/problems/index.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import {
  listed,
  listedManagement,
  managementId,
  memberId,
  nothingSelected,
  organizationId,
  organizationOf,
  paged,
  workloads,
} from './answers.ts';

const [first, second, third, fourth] = [memberId(1), memberId(2), memberId(3), memberId(4)];
const all: Selection = { ...nothingSelected, all: true };
/** In their order, and why not: nobody is left out but the management account. */
const everybody = [
  [managementId, 'management-account'],
  [first, null],
  [second, null],
  [third, null],
];
const byId = (id: typeof first): Exclusion => ({ rule: `--exclude ${id}`, kind: 'account', id });
const byName = (glob: string, unitId: string | null = null): Exclusion => ({
  rule: `--exclude ${glob}`,
  kind: 'name',
  glob,
  unitId,
  noUnit: null,
});
const byUnit: Exclusion = { rule: `--exclude ${workloads}`, kind: 'unit', id: workloads };
/** Where nobody may walk the tree, an account without paths has no known place. */
const lost = (id: typeof first) => listed(id, { Paths: undefined });

/** Four pages: the management account, and a member on each of the other three. */
const fourPages = [[listedManagement], [listed(first)], [listed(second)], [listed(third)]];

function roster(
  selection: Selection,
  purpose: Purpose['purpose'] = 'change',
  pages: readonly (readonly ListedAccount[])[] = fourPages,
) {
  const mocked = mockedAws();
  const { asked, answer } = paged('Accounts', pages);
  mocked.organizations.on(ListAccountsCommand).callsFake(answer);
  mocked.organizations.on(ListRootsCommand).rejects(refusal('AccessDeniedException', 400));
  mocked.organizations.on(ListChildrenCommand).rejects(refusal('AccessDeniedException', 400));
  const told: Problem[] = [];
  const members: string[] = [];
  const whole: unknown[] = [];
  const entries = readRoster(
    mocked.aws,
    organizationOf(),
    selection,
    {
      purpose,
      tell: (warning) => told.push(warning),
      onListed: (id, accounts) => whole.push([id, accounts.map((account) => account.id)]),
    },
    undefined,
    ({ id }) => members.push(id),
  );
  const read = async (): Promise<readonly RosterEntry[]> => {
    const seen: RosterEntry[] = [];
    for await (const entry of entries) seen.push(entry);
    return seen;
  };
  return {
    ...mocked,
    asked,
    entries,
    told,
    members,
    whole,
    read,
    words: async () => (await read()).map(({ account: { id }, skip }) => [id, skip]),
  };
}

/** The code of what a reading of the roster ended with, and what it told. */
const refusedWith = async (reading: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Error && 'problem' in error) return (error as { readonly problem: Problem } & Error).problem;
  throw new Error(`it was not refused: ${String(error)}`);
};

describe('the roster', () => {
  test('has the selected and the skipped accounts, and of the others nothing', async () => {
    const { words } = roster({
      ...nothingSelected,
      accountIds: new Set([managementId, first, second]),
      exclusions: [byId(second)],
    });
    expect(await words()).toEqual([
      [managementId, 'management-account'],
      [first, null],
      [second, 'excluded'],
    ]);
  });

  test('tells of every account of the organization, selected or not, and of all of them at the end', async () => {
    const { read, members, whole, told } = roster({ ...nothingSelected, accountIds: new Set([first]) });
    await read();
    const everybody = [managementId, first, second, third];
    expect(members).toEqual(everybody);
    expect(whole).toEqual([[organizationId, everybody]]);
    expect(told).toEqual([]);
  });

  test('hands on the first account while later pages are still to come', async () => {
    for (const purpose of ['reading', 'change'] as const) {
      const { entries, asked } = roster(all, purpose);
      expect((await entries.next()).value).toMatchObject({ account: { id: managementId } });
      expect(asked.length).toBeLessThan(fourPages.length);
    }
  });

  test.each<[string, Selection, Purpose['purpose']]>([
    ['an id that was named is missing', { ...all, all: false, accountIds: new Set([first, third]) }, 'reading'],
    ['an id that was excluded is missing', { ...all, exclusions: [byId(third)] }, 'reading'],
    ['an id that is protected is missing', { ...all, protections: [byId(third)] }, 'reading'],
    ['of a change, an exclusion matches nothing yet', { ...all, exclusions: [byName(`*${third}`)] }, 'change'],
    ['of a change, a protection matches nothing yet', { ...all, protections: [byName(`*${third}`)] }, 'change'],
    ['of a change, an OU decides', { ...all, exclusions: [byName('management', workloads)] }, 'change'],
    ['of a change, an OU is selected', { ...nothingSelected, unitIds: new Set(['r-exam']) }, 'change'],
  ])('hands on nothing as long as %s', async (_what, selection, purpose) => {
    const { entries, asked } = roster(selection, purpose);
    await entries.next();
    expect(asked).toHaveLength(fourPages.length);
  });

  test.each<[string, Selection]>([
    ['an exclusion matches nothing yet', { ...all, exclusions: [byName(`*${third}`)] }],
    ['an OU decides', { ...all, exclusions: [byUnit] }],
  ])('of a reading does not wait because %s', async (_what, selection) => {
    const { entries, asked } = roster(selection, 'reading');
    await entries.next();
    expect(asked.length).toBeLessThan(fourPages.length);
  });

  test('needs nobody to tell of the whole organization', async () => {
    const { aws } = roster(all);
    const seen: unknown[] = [];
    for await (const { account } of readRoster(aws, organizationOf(), all, { purpose: 'change', tell: () => {} })) {
      seen.push(account.id);
    }
    expect(seen).toEqual([managementId, first, second, third]);
  });

  test('waits no longer than until all that was named has been seen, and then hands on what it held', async () => {
    const { entries, asked } = roster({ ...nothingSelected, accountIds: new Set([managementId, first]) }, 'reading');
    expect((await entries.next()).value).toMatchObject({ account: { id: managementId } });
    expect(asked.length).toBeLessThan(fourPages.length);
    expect((await entries.next()).value).toMatchObject({ account: { id: first } });
    expect((await entries.next()).done).toBe(true);
  });
});

describe('an id that the organization does not have', () => {
  test.each<[string, Selection, string | null]>([
    ['named', { ...nothingSelected, accountIds: new Set([first, fourth]) }, null],
    ['excluded', { ...all, exclusions: [byId(fourth)] }, `--exclude ${fourth}`],
    ['protected', { ...all, protections: [{ ...byId(fourth), rule: `protect: ${fourth}` }] }, `protect: ${fourth}`],
  ])('ends the command before any account is handed on, when it was %s', async (_what, selection, rule) => {
    for (const purpose of ['reading', 'change'] as const) {
      const { entries } = roster(selection, purpose);
      expect(await refusedWith(entries.next())).toMatchObject({
        code: 'UnknownAccount',
        data: { accounts: [fourth], rule, organizationId, nearId: first },
      });
    }
  });
});

describe('an exclusion that matches nothing', () => {
  test.each(['exclusions', 'protections'] as const)(
    'ends a change before any account is handed on: %s',
    async (key) => {
      const { entries } = roster({ ...all, [key]: [byName('nobody')] });
      expect(await refusedWith(entries.next())).toMatchObject({
        code: 'UnmatchedExclusion',
        data: { rule: '--exclude nobody', why: 'no-such-name', organizationId },
      });
    },
  );

  test.each(['exclusions', 'protections'] as const)('is told of a reading, which goes on: %s', async (key) => {
    const { words, told } = roster({ ...all, [key]: [byName('nobody')] }, 'reading');
    expect(await words()).toEqual(everybody);
    expect(told).toEqual([
      expect.objectContaining({
        code: 'UnmatchedExclusion',
        data: expect.objectContaining({ where: 'passed-over' }),
      }),
    ]);
  });
});

describe('an exclusion that cannot be decided, since the place of an account is not known', () => {
  const pages = [[listedManagement], [lost(first), lost(second)], [listed(third)]];

  test.each(['exclusions', 'protections'] as const)(
    'excludes rather than nothing: a change is refused (%s)',
    async (key) => {
      const { entries } = roster({ ...all, [key]: [byUnit] }, 'change', pages);
      expect(await refusedWith(entries.next())).toMatchObject({
        code: 'UnknownPlace',
        data: { id: first, name: `name-of-${first}`, rule: byUnit.rule },
      });
    },
  );

  test('leaves nobody out of a reading, and is told once', async () => {
    const { words, told } = roster({ ...all, exclusions: [byUnit] }, 'reading', pages);
    expect(await words()).toEqual(everybody);
    expect(told).toEqual([
      expect.objectContaining({
        code: 'UnknownPlace',
        data: expect.objectContaining({
          where: 'shown-anyway',
          problem: expect.objectContaining({ data: expect.objectContaining({ id: first, rule: byUnit.rule }) }),
        }),
      }),
    ]);
  });

  test('does not matter where another one excludes the account for certain', async () => {
    const { words } = roster({ ...all, exclusions: [byUnit, byId(first), byId(second)] }, 'change', pages);
    expect(await words()).toEqual([
      [managementId, 'management-account'],
      [first, 'excluded'],
      [second, 'excluded'],
      [third, null],
    ]);
  });

  test.each(['reading', 'change'] as const)('an account that may be in a selected OU ends a %s', async (purpose) => {
    const { read } = roster({ ...nothingSelected, unitIds: new Set([workloads]) }, purpose, pages);
    expect(await refusedWith(read())).toMatchObject({ code: 'UnknownPlace', data: { id: first, rule: null } });
  });
});

describe('an account of which AWS does not tell when it joined', () => {
  const undatedOne = (id: typeof first, more: Partial<ListedAccount> = {}) =>
    listed(id, { JoinedTimestamp: undefined, ...more });
  const pages = [
    [listedManagement, undatedOne(first)],
    [undatedOne(second), listed(third)],
  ];
  const newcomers: Selection = { ...nothingSelected, joinedSinceMs: Date.parse('2026-01-01') };

  test('is left alone by a change, which says of how many', async () => {
    const { words, told } = roster(newcomers, 'change', pages);
    expect(await words()).toEqual([
      [managementId, 'management-account'],
      [first, 'undated'],
      [second, 'undated'],
      [third, null],
    ]);
    expect(told).toEqual([
      expect.objectContaining({ code: 'UnknownJoinTime', data: { accounts: 2, first, isTaken: false } }),
    ]);
  });

  test('is read by a reading, which says so', async () => {
    const { words, told } = roster(newcomers, 'reading', pages);
    expect(await words()).toEqual(everybody);
    expect(told).toEqual([
      expect.objectContaining({ code: 'UnknownJoinTime', data: { accounts: 2, first, isTaken: true } }),
    ]);
  });

  test('is told of only where newcomers are asked for', async () => {
    const { read, told } = roster(all, 'change', pages);
    await read();
    expect(told).toEqual([]);
  });

  const lostToo = [[listedManagement, undatedOne(first, { Paths: undefined })]];
  test('is read although it may be excluded, which is told as well', async () => {
    const { words, told } = roster({ ...newcomers, exclusions: [byUnit] }, 'reading', lostToo);
    expect(await words()).toContainEqual([first, null]);
    expect(told.map(({ code }) => code)).toEqual(['UnknownPlace', 'UnknownJoinTime']);
  });

  test('is left alone by a change whatever may exclude it, so that nothing is to be decided', async () => {
    const { words, told } = roster({ ...newcomers, exclusions: [byUnit] }, 'change', lostToo);
    expect(await words()).toContainEqual([first, 'undated']);
    expect(told.map(({ code }) => code)).toEqual(['UnknownJoinTime']);
  });

  test('a plan says the same of one of them', () => {
    const account: Account = {
      id: first,
      name: 'x',
      email: '',
      state: 'ACTIVE',
      path: null,
      joinedAt: null,
      joinedMethod: null,
    };
    expect(undated(account)).toMatchObject({
      code: 'UnknownJoinTime',
      data: { accounts: 1, first, isTaken: false },
    });
  });
});

describe('tags', () => {
  const tagged: Selection = { ...nothingSelected, tags: [{ key: 'team', value: 'red' }] };
  const red = [{ Key: 'stage', Value: 'prod' }];

  test('decide, each page of them', async () => {
    const { organizations, words } = roster({ ...tagged, accountIds: new Set([first]) });
    organizations
      .on(ListTagsForResourceCommand)
      .callsFake(async ({ ResourceId, NextToken }) =>
        ResourceId === third
          ? paged('Tags', [red, [{ Key: 'team', Value: 'red' }]]).answer({ NextToken })
          : { Tags: red },
      );
    expect(await words()).toEqual([
      [first, null],
      [third, null],
    ]);
    const askedOf = organizations
      .commandCalls(ListTagsForResourceCommand)
      .map(({ args: [{ input }] }) => input.ResourceId);
    expect(new Set(askedOf)).toEqual(new Set([managementId, second, third])); // of the first nothing is to be decided
  });

  test('belong to the account of which they were asked', async () => {
    const { organizations, words } = roster(tagged, 'change', [[listedManagement, listed(first), listed(second)]]);
    organizations
      .on(ListTagsForResourceCommand)
      .callsFake(async ({ ResourceId }) => ({ Tags: ResourceId === second ? [{ Key: 'team', Value: 'red' }] : red }));
    expect(await words()).toEqual([[second, null]]);
  });

  test('that may not be read are not taken for none', async () => {
    const { organizations, read } = roster(tagged);
    organizations.on(ListTagsForResourceCommand).rejects(refusal('AccessDeniedException', 400));
    expect(await refusedWith(read())).toMatchObject({ code: 'AccessDeniedException' });
  });

  test('are asked for of twenty accounts at once, however many were held back', async () => {
    const crowd = Array.from({ length: 50 }, (_, index) => listed(memberId(100 + index)));
    const { organizations, read } = roster({ ...tagged, exclusions: [byId(first)] }, 'reading', [
      crowd.slice(0, 25),
      crowd.slice(25),
      [listedManagement, listed(first)],
    ]);
    let [inFlight, most] = [0, 0];
    organizations.on(ListTagsForResourceCommand).callsFake(async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
      return { Tags: [{ Key: 'team', Value: 'red' }] };
    });
    expect(await read()).toHaveLength(52);
    expect(most).toBe(20);
    expect(organizations.commandCalls(ListTagsForResourceCommand)).toHaveLength(52);
  });
});
