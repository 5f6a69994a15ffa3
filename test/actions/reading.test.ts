import { DescribeOrganizationalUnitCommand } from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { requireComplete, requireEarlier, requireSameOrganization } from '../../src/actions/baseline.ts';
import type { ActionEvent } from '../../src/actions/events.ts';
import { unitNamesOf } from '../../src/actions/unit-names.ts';
import type { StatusDocument } from '../../src/documents/index.ts';
import { ProblemError } from '../../src/problems/index.ts';
import { mockedAws } from '../support/mocked-aws.ts';
import { password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const status = async (): Promise<StatusDocument> =>
  (await createScene(scenarioOf([{ root: password }, {}])).run(['status', '--all', '-o', 'json'])).json;

const refusalOf = (check: () => unknown): unknown => {
  try {
    check();
    return null;
  } catch (error) {
    return error instanceof ProblemError ? [error.problem.code, error.problem.data] : error;
  }
};

describe('a baseline', () => {
  test('that was cut short is none: how many are missing is said', async () => {
    const document = await status();
    expect(refusalOf(() => requireComplete({ document, path: 'yesterday.json' }))).toBeNull();
    const accounts = document.accounts.map((account) =>
      account.status === 'present' ? { ...account, status: 'skipped' as const, reason: 'not-tried' as const } : account,
    );
    const cut = { ...document, complete: false, accounts };
    expect(refusalOf(() => requireComplete({ document: cut, path: 'yesterday.json' }))).toEqual([
      'IncompleteBaseline',
      { path: 'yesterday.json', missing: 1, accounts: 3 },
    ]);
  });

  test('is of the same organization, and of the sandbox where the other is', async () => {
    const document = await status();
    const { id } = document.organization;
    const check = (other: { readonly id: string }, simulated?: boolean) =>
      refusalOf(() => requireSameOrganization({ document, path: null }, { organization: other, simulated }));
    const why = (actual: string) => [
      'OtherOrganization',
      { why: { is: 'other-baseline', path: null, expected: id, actual } },
    ];
    expect(check({ id })).toBeNull();
    expect(check({ id }, false)).toBeNull();
    expect(check({ id }, true)).toEqual(why(`sandbox:${id}`));
    expect(check({ id: 'o-other00001' })).toEqual(why('o-other00001'));
  });

  test.each([
    ['2026-01-31T09:30:00.000Z', 0, true],
    ['2026-01-31T09:29:59.999Z', 0, false],
    ['2026-01-31T09:29:00.000Z', 60_000, true],
    ['2026-01-31T09:28:59.999Z', 60_000, false],
  ])('is not later than what was read at %s, give or take %i ms: %s', async (readAt, toleranceMs, isEarlier) => {
    const generatedAt = '2026-01-31T09:30:00.000Z';
    const document = { ...(await status()), generatedAt };
    const refused = refusalOf(() => requireEarlier({ document, path: 'b.json' }, readAt, toleranceMs));
    expect(refused).toEqual(isEarlier ? null : ['LaterBaseline', { path: 'b.json', generatedAt, readAt }]);
  });
});

describe('names of OUs', () => {
  const bench = (known?: ReadonlyMap<string, string>, unitsMax?: number) => {
    const { aws, organizations } = mockedAws();
    const told: ActionEvent[] = [];
    organizations.on(DescribeOrganizationalUnitCommand).callsFake(async ({ OrganizationalUnitId: Id }) => ({
      OrganizationalUnit: { Id, Name: `name of ${Id}` },
    }));
    const stops = { stopping: new AbortController().signal, aborting: new AbortController().signal };
    const names = unitNamesOf({ aws, stops, report: (event) => told.push(event) }, known, unitsMax);
    const asked = () =>
      organizations
        .commandCalls(DescribeOrganizationalUnitCommand)
        .map(({ args: [command] }) => command.input.OrganizationalUnitId);
    return { names, asked, told };
  };
  const [a, b, c] = ['ou-test-aaaaaaaa', 'ou-test-bbbbbbbb', 'ou-test-cccccccc'] as const;
  const at = (...ids: string[]) => ({ path: ['o-testorg0001', 'r-test', ...ids, ''].join('/') });

  test('are read once for each OU, however many accounts are in it, and told', async () => {
    const { names, asked, told } = bench();
    expect(await names([at(a, b), at(a), { path: null }])).toEqual(
      new Map([
        [a, `name of ${a}`],
        [b, `name of ${b}`],
      ]),
    );
    await names([at(b), at(c)]);
    expect(asked()).toEqual([a, b, c]);
    expect(told.filter(({ event }) => event === 'working')).toEqual([
      { event: 'working', on: 'unit-names' },
      { event: 'working', on: 'unit-names' },
    ]);
    expect(told.filter(({ event }) => event === 'unit-names')[0]).toEqual({
      event: 'unit-names',
      units: [
        { id: a, name: `name of ${a}` },
        { id: b, name: `name of ${b}` },
      ],
    });
  });

  test('that are known are not asked for, and given all the same', async () => {
    const { names, asked, told } = bench(new Map([[a, 'Known']]));
    expect((await names([at(a)])).get(a)).toBe('Known');
    expect(asked()).toEqual([]);
    expect(told.filter(({ event }) => event === 'working')).toEqual([]);
  });

  test('beyond so many are left out: those of most accounts are read', async () => {
    const { names, asked } = bench(undefined, 2);
    await names([at(a), at(b), at(b), at(c), at(c)]);
    expect(asked()).toEqual([b, c]);
    await names([at(a)]);
    expect(asked()).toEqual([b, c]);
  });
});
