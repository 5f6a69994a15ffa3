import { isInRange } from './addresses.ts';
import { type Glob, matchesLiteralGlob } from './glob.ts';
import { type Truth, unknown } from './truth.ts';

/** Compares one value of the request with one value of the policy, in which variables are already replaced. */
export type Comparison = (actual: string, wanted: Glob) => Truth;

export interface Operator {
  /** `Not…` operators hold when no value of the policy compares, and also when the key is absent. */
  readonly negated: boolean;
  readonly compare: Comparison;
}

const equal: Comparison = (actual, wanted) => actual === wanted.text;
const equalIgnoringCase: Comparison = (actual, wanted) => actual.toLowerCase() === wanted.text.toLowerCase();
const like: Comparison = (actual, wanted) => matchesLiteralGlob(wanted, actual);

/**
 * "Each of the six colon-delimited components of the ARN is checked separately"; ArnEquals and ArnLike behave identically
 * (IAM User Guide, "ARN condition operators"). What a pattern of fewer components does is not documented, except `*`.
 */
const arnLike: Comparison = (actual, wanted) => {
  if (wanted.text === '*') return true;
  const patterns = components(wanted.text);
  const values = components(actual);
  if (patterns.length < 6) {
    return matchesLiteralGlob(wanted, actual) ? unknown({ doubt: 'short-arn', text: wanted.text }) : false;
  }
  if (values.length < 6) return false;
  let offset = 0;
  return patterns.every((pattern, part) => {
    const literals = new Set([...(wanted.literals ?? [])].map((at) => at - offset));
    offset += pattern.length + 1;
    return matchesLiteralGlob({ text: pattern, literals }, values[part] ?? '');
  });
};

/** The parts of an ARN; the sixth is all the rest, colons included. */
function components(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Booleans are compared as booleans; anything else is not a boolean AWS would have accepted. */
const bool: Comparison = (actual, wanted) => {
  const [left, right] = [actual.toLowerCase(), wanted.text.toLowerCase()];
  if (right !== 'true' && right !== 'false') return unknown({ doubt: 'not-boolean', text: wanted.text });
  return left === right;
};

const address: Comparison = (actual, wanted) =>
  isInRange(actual, wanted.text) ?? unknown({ doubt: 'no-address', text: wanted.text });

function ordered(read: (text: string) => number, holds: (actual: number, wanted: number) => boolean): Comparison {
  return (actual, wanted) => {
    const [left, right] = [read(actual), read(wanted.text)];
    if (Number.isNaN(left)) return unknown({ doubt: 'not-comparable', text: actual });
    if (Number.isNaN(right)) return unknown({ doubt: 'not-comparable', text: wanted.text });
    return holds(left, right);
  };
}

const numberOf = (text: string) => (/^[+-]?(\d+\.?\d*|\.\d+)$/u.test(text) ? Number(text) : Number.NaN);

/** W3C profile of ISO 8601, or seconds since the epoch (IAM User Guide, "Date condition operators"). */
const dateOf = (text: string) => (/^\d{5,}$/u.test(text) ? Number(text) * 1000 : isoDateOf(text));
const isoDateOf = (text: string) =>
  /^\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d))?)?)?$/u.test(text) ? Date.parse(text) : Number.NaN;

const comparisons: Readonly<Record<string, Operator>> = {
  stringequals: { negated: false, compare: equal },
  stringnotequals: { negated: true, compare: equal },
  stringequalsignorecase: { negated: false, compare: equalIgnoringCase },
  stringnotequalsignorecase: { negated: true, compare: equalIgnoringCase },
  stringlike: { negated: false, compare: like },
  stringnotlike: { negated: true, compare: like },
  arnequals: { negated: false, compare: arnLike },
  arnnotequals: { negated: true, compare: arnLike },
  arnlike: { negated: false, compare: arnLike },
  arnnotlike: { negated: true, compare: arnLike },
  bool: { negated: false, compare: bool },
  binaryequals: { negated: false, compare: equal },
  ipaddress: { negated: false, compare: address },
  notipaddress: { negated: true, compare: address },
  ...ordering('numeric', numberOf),
  ...ordering('date', dateOf),
};

function ordering(prefix: string, read: (text: string) => number): Record<string, Operator> {
  const positive = (holds: (actual: number, wanted: number) => boolean) => ({
    negated: false,
    compare: ordered(read, holds),
  });
  return {
    [`${prefix}equals`]: positive((actual, wanted) => actual === wanted),
    [`${prefix}notequals`]: { negated: true, compare: ordered(read, (actual, wanted) => actual === wanted) },
    [`${prefix}lessthan`]: positive((actual, wanted) => actual < wanted),
    [`${prefix}lessthanequals`]: positive((actual, wanted) => actual <= wanted),
    [`${prefix}greaterthan`]: positive((actual, wanted) => actual > wanted),
    [`${prefix}greaterthanequals`]: positive((actual, wanted) => actual >= wanted),
  };
}

/** How an operator's name reads: what it applies to, what an absent key means, and what is compared. */
export interface OperatorUse {
  readonly quantifier: 'one' | 'all-values' | 'any-value';
  readonly ifExists: boolean;
  readonly operator: Operator | 'null';
}

/**
 * Takes an operator's name apart; null when it is not one that IAM documents. The case of the name does not count: AWS checks
 * names when a policy is saved, so an unusual spelling in a saved policy is one that AWS understood.
 */
export function readOperator(name: string): OperatorUse | null {
  const lower = name.toLowerCase();
  const colon = lower.indexOf(':');
  const quantifier = quantifiers[lower.slice(0, colon + 1)];
  if (quantifier === undefined) return null;
  const rest = lower.slice(colon + 1);
  if (rest === 'null') return quantifier === 'one' ? { quantifier, ifExists: false, operator: 'null' } : null;
  const ifExists = rest.endsWith('ifexists');
  const base = ifExists ? rest.slice(0, -'ifexists'.length) : rest;
  const operator = Object.hasOwn(comparisons, base) ? comparisons[base] : undefined;
  return operator === undefined ? null : { quantifier, ifExists, operator };
}

const quantifiers: Readonly<Partial<Record<string, OperatorUse['quantifier']>>> = {
  '': 'one',
  'forallvalues:': 'all-values',
  'foranyvalue:': 'any-value',
};
