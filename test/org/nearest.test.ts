import { expect, test } from 'vitest';
import { nearest } from '../../src/org/nearest.ts';

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
  ['one character', 'y', 'x'],
])('%s: %s is like %s', (_what, written, near) => {
  expect(nearest(written, names, (name) => name)).toBe(near);
});

test('the nearest of several, and the first of equals', () => {
  expect(nearest('prod-3', ['prod-1', 'prod-33', 'prod-2'], (name) => name)).toBe('prod-1');
});
