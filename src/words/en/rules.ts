import type { RuleName } from '../../problems/index.ts';
import type { RuleWords } from '../problem-words.ts';

const durations = 'seconds, or a number with a unit: 60s, 15m, 24h, 90d';

const rules: RuleWords = {
  'whole-number': ([from = '', to = '']) => `it must be a whole number from ${from} to ${to}`,
  rate: ([from = '', to = '']) => `it must be a number from ${from} to ${to}`,
  duration: ([, to = '']) => `it must be ${durations} (at most ${to})`,
  'duration-above-zero': () => `it must be longer than 0: ${durations}`,
  'account-id': () => 'an account id has 12 digits, leading zeros included',
  'http-url': () => 'it must be an http:// or https:// address',
  region: () => 'it must be an AWS Region such as eu-west-1',
  'one-of': (choices) => `it must be one of ${choices.join(', ')}`,
  switch: () => 'it must be true or false (1 or 0)',
};

/** What a value must be. */
export const ruleSentence = (rule: RuleName | null, limits: readonly string[]): string =>
  rule === null ? '' : rules[rule](limits);
