import { expect, test } from 'vitest';
import { allOf, anyOf, bothOf, not, type Truth, unknown } from '../../src/policy/truth.ts';

const a = unknown({ doubt: 'unknown-value', key: 'a' });
const b = unknown({ doubt: 'unknown-value', key: 'b' });
const itself = (truth: Truth): Truth => truth;

test.each<[readonly Truth[], Truth, Truth]>([
  [[], true, false],
  [[true], true, true],
  [[false], false, false],
  [[true, false], false, true],
  [[false, true], false, true],
  [[a], a, a],
  [[a, true], a, true],
  [[true, a], a, true],
  [[a, false], false, a],
  [[false, a], false, a],
  [[a, b], a, a],
  [[a, b, false], false, a],
  [[a, b, true], a, true],
])('of %j all hold: %j, any holds: %j; of two doubts the first is told', (truths, all, any) => {
  expect(allOf(truths, itself)).toEqual(all);
  expect(anyOf(truths, itself)).toEqual(any);
});

test('what is decided is not asked any further', () => {
  const endless = function* (truth: Truth) {
    yield truth;
    throw new Error('asked further');
  };
  expect(allOf(endless(false), itself)).toBe(false);
  expect(anyOf(endless(true), itself)).toBe(true);
});

test.each<[Truth, Truth, Truth]>([
  [true, true, true],
  [true, false, false],
  [false, true, false],
  [false, false, false],
  [a, true, a],
  [true, a, a],
  [a, false, false],
  [false, a, false],
  [a, b, a],
])('%j and %j is %j', (left, right, both) => {
  expect(bothOf(left, right)).toEqual(both);
});

test('the contrary of a doubt is the same doubt', () => {
  expect([not(true), not(false), not(a)]).toEqual([false, true, a]);
});
