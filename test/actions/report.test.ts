import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { report } from '../../src/actions/report.ts';
import type { AccountStatus, StatusDocument } from '../../src/documents/index.ts';
import { account, dataLake, nowMs, organization, statusOf } from '../render/story.ts';
import { holds } from '../support/properties.ts';

const environment = { clock: virtualClock({ startMs: nowMs }), product: { version: '1.0.0', isSimulated: false } };
const day = (number: number): string => `2026-01-0${number}T09:30:00.000Z`;
const ids = { left: '222222222222', right: '333333333333' };

const looks: Readonly<Record<string, Partial<AccountStatus>>> = {
  P: { ...dataLake, id: ids.left },
  A: {},
  U: { status: 'unknown', credentials: null },
  S: { status: 'skipped', reason: 'excluded', credentials: null },
};

/** A reading a word: what it saw of one account (`.`: it does not list it), and whether it was cut short. */
const readingsOf = (period: string): readonly StatusDocument[] =>
  period.split(' ').map(([look = '', cut], index) =>
    statusOf(look === '.' ? [] : [account(ids.left, 'left', { ...looks[look], id: ids.left, name: 'left' })], {
      generatedAt: day(index + 1),
      complete: cut !== '!',
    }),
  );

const made = (readings: readonly StatusDocument[]) => report({ readings, frameworks: ['cis-7.0.0'] }, environment);

describe('a report over a period', () => {
  it.each<[string, number | null, readonly number[]]>([
    ['A A', 1, []],
    ['P A', 2, []],
    ['P A A', 2, []],
    ['A P', null, [2]],
    ['A P A P', null, [2, 4]],
    ['A P A', 3, [2]],
    ['P P', null, []],
    // What nobody looked at is not clean, and whatever is there then has come back.
    ['A U', null, []],
    ['A U A', 3, []],
    ['A U P', null, [3]],
    ['A S A', 3, []],
    ['U A', 2, []],
    // A reading that was cut short makes nothing clean. What it saw is there.
    ['P A!', null, []],
    ['P A! A', 3, []],
    ['A A! A', 1, []],
    ['A U! A', 1, []],
    ['A .! A', 1, []],
    ['A P! A', 3, [2]],
    // One that came to its end and does not list it was of others: it has not seen that it still is.
    ['A .', null, []],
    ['A . A', 3, []],
    ['A . P', null, [3]],
  ])('%s', (period, cleanSince, cameBackAt) => {
    const [history] = made(readingsOf(period)).history ?? [];
    expect(history).toEqual({
      account: ids.left,
      cleanSince: cleanSince === null ? null : day(cleanSince),
      cameBackAt: cameBackAt.map(day),
    });
  });

  it('is the same in whatever order the readings are named', () => {
    holds(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        const readings = readingsOf('A P A! A');
        const { verdicts: _, ...shuffled } = made(order.flatMap((place) => readings[place] ?? []));
        const { verdicts: __, ...sorted } = made(readings);
        expect(shuffled).toEqual(sorted);
      }),
      24,
    );
  });

  it('judges the last reading, and says of each whether it came to its end', () => {
    const document = made(readingsOf('A! P A'));
    expect(document.readings.map(({ generatedAt, complete }) => [generatedAt, complete])).toEqual([
      [day(1), false],
      [day(2), true],
      [day(3), true],
    ]);
    expect(document.summary).toMatchObject({ absent: 1, present: 0 });
    expect(document.complete).toBe(true);
  });

  it('compares with the first reading that came to its end', () => {
    expect(made(readingsOf('A! P A')).changes).toMatchObject([{ id: ids.left, change: 'gone' }]);
    expect(made(readingsOf('A P')).changes).toMatchObject([{ id: ids.left, change: 'appeared' }]);
    expect(made(readingsOf('A! P')).changes).toBeNull();
  });

  it.each(['A A!', 'P A .!'])('that ends in a reading cut short attests nothing of the organization: %s', (period) => {
    const document = made(readingsOf(period));
    expect(document.complete).toBe(false);
    const own = [...document.verdicts].filter(({ account: id }) => id === null);
    expect(own).toMatchObject([{ verdict: 'unknown', reasonCode: 'cut-short' }]);
  });
});

describe('one reading', () => {
  it('has no history, and what it says itself of changes', () => {
    const [reading] = readingsOf('A');
    const document = made(reading === undefined ? [] : [reading]);
    expect(document).toMatchObject({ history: null, changes: null, run: null, before: null });
  });

  it('of the sandbox makes a report of the sandbox', () => {
    expect(made([statusOf([], { simulated: true })]).simulated).toBe(true);
    expect(made([statusOf([])])).not.toHaveProperty('simulated');
  });

  it('has the mappings that speak of the controls it is held against', () => {
    const whole = report({ readings: [statusOf([])], frameworks: [] }, environment);
    expect(whole.controls).toHaveLength(39);
    expect(whole.mappings.map(({ by, standard }) => `${by}: ${standard}`)).toEqual([
      'security-hub: NIST SP 800-53 r5',
      'security-hub: NIST SP 800-53 r5',
      'security-hub: PCI DSS 4.0.1',
      'steampipe: SOC 2',
      'steampipe: SOC 2',
      'prowler: ISO/IEC 27001:2022',
      'prowler: Well-Architected',
      'prowler: C5:2025',
    ]);
    const own = report({ readings: [statusOf([])], frameworks: ['rootctl'] }, environment);
    expect(own.mappings.every(({ subjects }) => subjects === null)).toBe(true);
  });
});

describe('readings are refused', () => {
  const codeOf = (readings: readonly StatusDocument[]): unknown => {
    try {
      made(readings);
    } catch (error) {
      return error instanceof Error && 'problem' in error ? error.problem : error;
    }
    return null;
  };
  it.each<[string, readonly StatusDocument[], object]>([
    ['where there are none', [], { code: 'NoReadings' }],
    [
      'of two organizations',
      [statusOf([]), statusOf([], { generatedAt: day(2), organization: { ...organization, id: 'o-otherorgid1' } })],
      { code: 'SeveralOrganizations', data: { organizations: ['o-otherorgid1', 'o-exampleorgid'] } },
    ],
    [
      'that are there twice',
      [...readingsOf('A P'), ...readingsOf('A')],
      { code: 'ReadingTwice', data: { generatedAt: day(1) } },
    ],
  ])('%s', (_, readings, problem) => {
    expect(codeOf(readings)).toMatchObject(problem);
  });
});

it('50,000 accounts are judged as they are asked for', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => account(String(100_000_000_000 + index), 'one'));
  const { verdicts } = report({ readings: [statusOf(many)], frameworks: [] }, environment);
  let passed = 0;
  let all = 0;
  for (const { verdict } of verdicts) {
    all += 1;
    if (verdict === 'passed') passed += 1;
  }
  expect(all).toBe(1 + 38 * 50_001);
  expect(passed).toBeGreaterThan(500_000);
});
