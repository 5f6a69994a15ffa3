import {
  DescribeOrganizationalUnitCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import {
  checkSelection,
  emptySelection,
  isEmptySelection,
  isUnsaid,
  namesIdsOnly,
  resolveSelection,
  type SelectionRequest,
} from '../../src/org/selecting.ts';
import type { Purpose } from '../../src/org/selection.ts';
import type { Problem } from '../../src/problems/index.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import { memberId, rootId, workloads } from './answers.ts';

const request = (more: Partial<SelectionRequest>): SelectionRequest => ({ ...emptySelection, ...more });
const check = (more: Partial<SelectionRequest>, protections: readonly string[] = []) =>
  checkSelection(request(more), protections);
/** What a refused request is refused with. */
function refused(more: Partial<SelectionRequest>, protections: readonly string[] = []): Problem {
  try {
    check(more, protections);
  } catch (error) {
    if (error instanceof Error && 'problem' in error) return (error as Error & { readonly problem: Problem }).problem;
    throw error;
  }
  throw new Error('it was not refused');
}
const id = memberId(1);

describe('what was said', () => {
  const parts: readonly (readonly [string, Partial<SelectionRequest>])[] = [
    ['all', { all: true }],
    ['accounts', { accounts: [id] }],
    ['units', { units: [workloads] }],
    ['tags', { tags: [{ key: 'a', value: null }] }],
    ['names', { names: ['a'] }],
    ['newcomers', { joinedSince: '30d' }],
  ];

  test('is nothing at all', () => {
    expect(isEmptySelection(emptySelection)).toBe(true);
    expect(isUnsaid(emptySelection)).toBe(true);
    expect(namesIdsOnly(emptySelection)).toBe(false);
  });

  test.each(parts)('is something: %s', (what, more) => {
    expect(isEmptySelection(request(more))).toBe(false);
    expect(isUnsaid(request(more))).toBe(false);
    expect(namesIdsOnly(request(more))).toBe(what === 'accounts');
    expect(namesIdsOnly(request({ ...more, accounts: [id] }))).toBe(what === 'accounts');
  });

  test('is something when it is several things', () => {
    for (const [, more] of parts)
      for (const [, other] of parts) {
        expect(isEmptySelection(request({ ...more, ...other }))).toBe(false);
      }
  });

  test('is not which accounts when it is only which not', () => {
    expect(isEmptySelection(request({ exclusions: ['x'] }))).toBe(true);
    expect(isUnsaid(request({ exclusions: ['x'] }))).toBe(false);
  });

  test.each(parts.slice(1))('contradicts itself when it is all and a part: %s', (_what, more) => {
    expect(refused({ all: true, ...more })).toMatchObject({ code: 'ContradictingSelection' });
  });

  test('may be all but some', () => {
    expect(check({ all: true, exclusions: ['x'] })).toMatchObject({ all: true, exclusions: [{ word: 'x' }] });
  });

  test('is kept as it was said', () => {
    const { names, ...rest } = check(
      { accounts: [id], units: ['Workloads'], tags: [{ key: 'a', value: 'b' }], names: ['x*'], exclusions: ['y'] },
      ['z'],
    );
    expect(rest).toEqual({
      all: false,
      accountIds: new Set([id]),
      units: ['Workloads'],
      tags: [{ key: 'a', value: 'b' }],
      joinedSince: null,
      exclusions: [{ rule: '--exclude y', word: 'y' }],
      protections: [{ rule: 'protect: z', word: 'z' }],
    });
    expect(names.map((matches) => [matches('xa'), matches('ax'), matches('XA')])).toEqual([[true, false, false]]);
  });

  test('are names that look the same, however they are typed', () => {
    const [composed, apart] = ['caf\u00e9', 'cafe\u0301'];
    expect(check({ names: [composed] }).names[0]?.(apart)).toBe(true);
    expect(check({ names: [apart] }).names[0]?.(composed)).toBe(true);
  });
});

describe('a word that can mean nothing', () => {
  test.each<[string, Partial<SelectionRequest>, readonly string[], object]>([
    [
      'an account that is no id',
      { accounts: ['12345'] },
      [],
      { code: 'InvalidAccountId', data: { word: '12345', source: null, line: null } },
    ],
    ['an empty OU', { units: [' '] }, [], { code: 'EmptyValue', data: { flag: '--ou' } }],
    ['an empty name', { names: [''] }, [], { code: 'EmptyValue', data: { flag: '--name' } }],
    ['an empty exclusion', { exclusions: ['\t'] }, [], { code: 'EmptyValue', data: { flag: '--exclude' } }],
    ['an empty protection', {}, [''], { code: 'EmptyValue', data: { flag: 'protect' } }],
    ['a tag without a key', { tags: [{ key: '', value: null }] }, [], { code: 'InvalidTag', data: { tag: '' } }],
    [
      'a tag that is only a value',
      { tags: [{ key: '', value: 'x' }] },
      [],
      { code: 'InvalidTag', data: { tag: '=x' } },
    ],
    [
      'an excluded id of eleven digits',
      { exclusions: ['20000000001'] },
      [],
      { code: 'InvalidAccountId', data: { word: '20000000001', source: '--exclude', line: null } },
    ],
    [
      'a protected id of thirteen digits',
      {},
      ['2000000000001'],
      { code: 'InvalidAccountId', data: { word: '2000000000001', source: 'protect:' } },
    ],
  ])('is refused: %s', (_what, more, protections, problem) => {
    expect(refused(more, protections)).toMatchObject(problem);
  });

  test('is not a name with digits in it, before or after', () => {
    for (const word of ['1a', 'a1', id]) expect(check({ exclusions: [word] }).exclusions[0]?.word).toBe(word);
  });
});

describe('--joined-since', () => {
  const joinedSince = (word: string) => check({ joinedSince: word }).joinedSince;
  const at = (iso: string) => ({ atMs: Date.parse(iso) });

  test.each<[string, object]>([
    ['2026-01-15', at('2026-01-15T00:00:00Z')],
    ['2024-02-29', at('2024-02-29T00:00:00Z')],
    ['2026-01-15T09:30Z', at('2026-01-15T09:30:00Z')],
    ['2026-01-15T09:30:10Z', at('2026-01-15T09:30:10Z')],
    ['2026-01-15T09:30:10.5Z', at('2026-01-15T09:30:10.500Z')],
    ['2026-01-15T09:30:10.123Z', at('2026-01-15T09:30:10.123Z')],
    ['2026-01-15T09:30:00+09:00', at('2026-01-15T00:30:00Z')],
    ['2026-01-15T09:30:00-09:00', at('2026-01-15T18:30:00Z')],
    ['30d', { agoMs: 30 * 86_400_000 }],
    ['1h', { agoMs: 3_600_000 }],
    ['120260115', { agoMs: 120_260_115_000 }],
  ])('takes %s', (word, expected) => {
    expect(joinedSince(word)).toEqual(expected);
  });

  test.each([
    '',
    'yesterday',
    '0d',
    '20260115',
    '2026-02-30',
    '2026-13-01',
    '2025-02-29',
    '2026-01-15T09:30:00',
    '2026-01-15T25:00Z',
    '2026-01-15 09:30Z',
    '2026-01-15T09:30:10.1234Z',
    '12026-01-15',
    '2026-01-155',
    'x2026-01-15',
    '2026-01-15x',
    '2026-1-15',
  ])('refuses %j, which is neither an age nor a moment that is the same everywhere', (word) => {
    expect(refused({ joinedSince: word })).toMatchObject({ code: 'InvalidJoinedSince', data: { word } });
  });

  test.each(['1234567s', '123456789s'])('takes seconds with their unit: %s', (word) => {
    expect(joinedSince(word)).toEqual({ agoMs: Number(word.slice(0, -1)) * 1_000 });
  });
});

describe('compared with the organization', () => {
  const denied = refusal('AccessDeniedException');

  function organization(purpose: Purpose['purpose'] = 'change') {
    const mocked = mockedAws();
    const { organizations } = mocked;
    organizations.on(ListRootsCommand).resolves({ Roots: [{ Id: rootId, Name: 'Root', PolicyTypes: [] }] });
    organizations
      .on(ListOrganizationalUnitsForParentCommand)
      .resolves({ OrganizationalUnits: [{ Id: workloads, Name: 'Workloads' }] });
    organizations
      .on(DescribeOrganizationalUnitCommand)
      .resolves({ OrganizationalUnit: { Id: workloads, Name: 'Workloads' } });
    const told: Problem[] = [];
    const units: string[] = [];
    const resolve = (more: Partial<SelectionRequest>, protections: readonly string[] = []) =>
      resolveSelection(
        mocked.aws,
        check(more, protections),
        {
          purpose,
          tell: (problem) => told.push(problem),
          onUnits: (read) => units.push(...read.map(({ id: one }) => one)),
        },
        1_000_000,
      );
    return { ...mocked, resolve, told, units };
  }

  test('OUs become ids, and what was read of them is told', async () => {
    const { resolve, units } = organization();
    const { unitIds, all, accountIds } = await resolve({ units: ['Workloads', workloads], accounts: [id] });
    expect(unitIds).toEqual(new Set([workloads]));
    expect([all, accountIds]).toEqual([false, new Set([id])]);
    expect(units).toEqual([workloads]);
  });

  test('an age becomes a moment by what is now there, and a date stays one', async () => {
    const { resolve } = organization();
    expect((await resolve({ joinedSince: '1s' })).joinedSinceMs).toBe(999_000);
    expect((await resolve({ joinedSince: '2026-01-01' })).joinedSinceMs).toBe(Date.parse('2026-01-01'));
    expect((await resolve({ all: true })).joinedSinceMs).toBeNull();
  });

  test.each<[string, object]>([
    [id, { kind: 'account', id }],
    [workloads, { kind: 'unit', id: workloads }],
    ['payments', { kind: 'name', glob: 'payments', unitId: null, noUnit: null }],
    ['Workloads', { kind: 'name', glob: 'Workloads', unitId: workloads, noUnit: null }],
    ['Work*', { kind: 'name', glob: 'Work*', unitId: null, noUnit: null }],
    ['Workload?', { kind: 'name', glob: 'Workload?', unitId: null, noUnit: null }],
    [
      'Workloads/Nowhere',
      {
        kind: 'name',
        unitId: null,
        noUnit: expect.objectContaining({ named: 'Workloads/Nowhere', missing: 'Nowhere' }),
      },
    ],
  ])('an exclusion never means less than was meant: %s', async (word, expected) => {
    const { exclusions, protections } = await organization().resolve({ all: true, exclusions: [word] }, [word]);
    expect(exclusions).toEqual([expect.objectContaining({ ...expected, rule: `--exclude ${word}` })]);
    expect(protections).toEqual([expect.objectContaining({ ...expected, rule: `protect: ${word}` })]);
  });

  test('a glob asks for no OU', async () => {
    const { organizations, resolve } = organization();
    await resolve({ all: true, exclusions: ['Work*', 'Workload?'] });
    expect(organizations.calls()).toEqual([]);
  });

  test('whether a word is an OU as well is not known where OUs may not be listed: a change is refused', async () => {
    const { organizations, resolve } = organization('change');
    organizations.on(ListOrganizationalUnitsForParentCommand).rejects(denied);
    await expect(resolve({ all: true, exclusions: ['payments'] })).rejects.toMatchObject({
      problem: {
        code: 'UnknownOrganizationalUnit',
        data: {
          why: 'cannot-tell',
          operation: 'ListOrganizationalUnitsForParent',
          named: '--exclude payments',
        },
      },
    });
  });

  test('the same is told of a reading, which takes it for a name', async () => {
    const { organizations, resolve, told } = organization('reading');
    organizations.on(ListRootsCommand).rejects(denied);
    const { exclusions } = await resolve({ all: true, exclusions: ['payments'] });
    expect(exclusions).toEqual([
      { rule: '--exclude payments', kind: 'name', glob: 'payments', unitId: null, noUnit: null },
    ]);
    expect(told).toEqual([
      expect.objectContaining({
        code: 'UnknownOrganizationalUnit',
        data: expect.objectContaining({ where: 'taken-as-name' }),
      }),
    ]);
  });

  test.each(['change', 'reading'] as const)(
    'another failure ends a %s: it says nothing of the word',
    async (purpose) => {
      const { organizations, resolve } = organization(purpose);
      organizations.on(ListRootsCommand).rejects(refusal('ConstraintViolationException'));
      await expect(resolve({ all: true, exclusions: ['payments'] })).rejects.toMatchObject({
        failure: { code: 'ConstraintViolationException' },
      });
      await expect(organization(purpose).resolve({ all: true, exclusions: ['a//b'] })).rejects.toMatchObject({
        problem: { code: 'InvalidPath' },
      });
    },
  );
});
