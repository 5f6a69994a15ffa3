import { expect, test } from 'vitest';
import { distance, nearest } from '../../src/org/nearest.ts';

const names = ['payments-prod', 'payments-dev', 'data-lake', '監査ログ集約アカウント', 'x'];

test.each<[string, string, string | null]>([
  ['a letter too few', 'payment-prod', 'payments-prod'],
  ['a letter too many', 'paymments-dev', 'payments-dev'],
  ['letters exchanged', 'data-laek', 'data-lake'],
  ['capitals', 'PAYMENT-PROD', 'payments-prod'],
  ['a glob', 'payment-p*', 'payments-prod'],
  ['a glob in the middle', '*dta-lak*', 'data-lake'],
  ['a question mark', 'dat?-lek', 'data-lake'],
  ['another script', '監査ロク集約アカウント', '監査ログ集約アカウント'],
  ['something else', 'networking', null],
  ['a glob that is like nothing', '*qwz*', null],
  ['three letters of which two differ', 'dxy', null],
  ['a long word of which five letters differ', 'xayxentx-xrxd', null],
  ['a long word of which four letters differ', 'payments-abcd', 'payments-prod'],
  ['one character', 'y', 'x'],
])('%s: %s is like %s', (_what, written, near) => {
  expect(nearest(written, names, (name) => name)).toBe(near);
});

test('the nearest of several, and the first of equals', () => {
  expect(nearest('prod-3', ['prod-1', 'prod-33', 'prod-2'], (name) => name)).toBe('prod-1');
});

test.each<[string, string, number]>([
  ['data', 'data', 0],
  ['DATA', 'data', 0],
  ['dat?', 'data', 0],
  ['dat?', 'dat', 1],
  ['?', '', 1],
  ['*', 'anything', 0],
  ['d*a', 'data', 0],
  ['', 'data', 4],
  ['data', '', 4],
])('%j is away from %j by %i', (glob, text, away) => {
  expect(distance(glob, text)).toBe(away);
});
