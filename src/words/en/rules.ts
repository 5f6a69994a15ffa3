import type { RuleName } from '../../problems/index.ts';
import type { RuleWords } from '../problem-words.ts';

const durations = 'seconds, or a number with a unit: 60s, 15m, 24h, 90d';

const rules: RuleWords = {
  'whole-number': ([from = '', to = '']) => `it takes a whole number from ${from} to ${to}`,
  rate: ([from = '', to = '']) => `it takes a number above 0: from ${from} to ${to}`,
  duration: ([, to = '']) => `it takes ${durations} (at most ${to})`,
  'duration-above-zero': () => `it takes a time above 0: ${durations}`,
  'account-id': () => 'an account id has 12 digits, leading zeros included',
  'http-url': () => 'it takes an http:// or https:// address',
  region: () => 'it takes an AWS region such as eu-west-1',
  'one-of': (choices) => `it takes one of ${choices.join(', ')}`,
  switch: () => 'it takes true or false (1 or 0)',
};

/** What a value must be. */
export const ruleSentence = (rule: RuleName | null, limits: readonly string[]): string =>
  rule === null ? '' : rules[rule](limits);
