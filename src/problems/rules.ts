import { oneOf } from './fields.ts';

/** What a value of a flag, a variable or the configuration must be. `limits`: of the rule, such as the ends of a range. */
export const ruleNames = [
  'whole-number',
  'rate',
  'duration',
  'duration-above-zero',
  'account-id',
  'http-url',
  'region',
  'one-of',
  'switch',
] as const;
export type RuleName = (typeof ruleNames)[number];

export const rule = oneOf(...ruleNames);
