import { cureOfAdvice } from './advice.ts';
import { type AwsProblem, isAwsData } from './aws.ts';
import type { Cure } from './cure.ts';
import { hasFields, oneOf, orNull, text, texts } from './fields.ts';
import { type DataOfCode, type ExitClass, type OwnCode, registry } from './registry.ts';

/** A problem of rootctl's own. */
export type OwnProblem = {
  [Code in OwnCode]: { readonly from: 'rootctl'; readonly code: Code; readonly data: DataOfCode<Code> };
}[OwnCode];

/** A problem of this code. */
export type ProblemWith<Code extends OwnCode> = Extract<OwnProblem, { readonly code: Code }>;

/** As a document or journal told it whose data this rootctl does not know: another version's, or somebody's edit. */
export interface ToldProblem {
  readonly from: 'told';
  readonly code: string;
  readonly data: { readonly message: string; readonly hint: string | null };
}

/** An error of the operating system, in its own words, which begin with the code's name or with the call's and the code. */
export interface SystemProblem {
  readonly from: 'system';
  /** Such as `ENOSPC`. */
  readonly code: string;
  readonly data: { readonly said: string };
}

/** Where a problem was met, when that is part of what must be said: a key of `words`, and what it is about. */
export interface WithinProblem {
  readonly from: 'within';
  /** The inner problem's. */
  readonly code: string;
  readonly data: { readonly where: Where; readonly about: readonly string[]; readonly problem: Problem };
}

export const wheres = [
  'unread',
  /** Of one account among others. */
  'account',
  /** A rule that matches nothing: a reading goes on without it. */
  'passed-over',
  /** An account of which nobody can tell whether it was to be left out: a reading shows it. */
  'shown-anyway',
  /** An exclusion of which nobody can tell whether it is an OU's path: a reading takes it as a name. */
  'taken-as-name',
  /** A value of a variable, or of a file at that place: what its flag would not take either. */
  'setting',
] as const;
export type Where = (typeof wheres)[number];

/** Why something failed, or is unknown. Data only: a sentence is made of it where it is shown. */
export type Problem = OwnProblem | AwsProblem | SystemProblem | ToldProblem | WithinProblem;

export const within = (where: Where, about: readonly string[], of: Problem): WithinProblem => ({
  from: 'within',
  code: of.code,
  data: { where, about, problem: of },
});

export function problem<Code extends OwnCode>(code: Code, data: DataOfCode<Code>): OwnProblem {
  return { from: 'rootctl', code, data } as OwnProblem; // the compiler does not see that a pair of the union is one
}

export const told = (code: string, message: string, hint: string | null): ToldProblem => ({
  from: 'told',
  code,
  data: { message, hint },
});

const origins: ReadonlySet<unknown> = new Set<Problem['from']>(['rootctl', 'aws', 'system', 'told', 'within']);

/** Whether a value is a problem, among the values of a document. */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  'code' in value &&
  'data' in value &&
  origins.has(value.from);

/** A problem as documents and journals hold it: `message` and `hint` in English. `code` and `data` are the promise. */
export interface ProblemEntry {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly data?: object | undefined;
}

/** The problem behind an entry that was read; where its data is not what its code promises, its own words stand. */
export function problemIn({ code, message, hint, data }: ProblemEntry): Problem {
  const entry = isOwnCode(code) ? registry[code] : undefined;
  if (entry !== undefined && hasFields(entry.data, data)) {
    return { from: 'rootctl', code, data } as OwnProblem; // its fields have just been looked at
  }
  if (isAwsData(data)) return { from: 'aws', code, data };
  if (isWithin(data)) return { from: 'within', code, data };
  if (hasFields(systemFields, data)) return { from: 'system', code, data };
  return told(code, message, hint);
}

const systemFields = { said: text } as const;
const withinFields = {
  where: oneOf(...wheres),
  about: texts,
  problem: { type: 'problem', fits: isSoundProblem },
} as const;
const isWithin = (value: unknown): value is WithinProblem['data'] => hasFields(withinFields, value);

/** A problem whose data is what its code promises. */
function isSoundProblem(value: unknown): value is Problem {
  if (!isProblem(value)) return false;
  switch (value.from) {
    case 'rootctl':
      return isOwnCode(value.code) && hasFields(registry[value.code].data, value.data);
    case 'aws':
      return typeof value.code === 'string' && isAwsData(value.data);
    case 'system':
      return typeof value.code === 'string' && hasFields(systemFields, value.data);
    case 'told':
      return typeof value.code === 'string' && hasFields({ message: text, hint: orNull(text) }, value.data);
    case 'within':
      return typeof value.code === 'string' && isWithin(value.data);
  }
}

export const isOwnCode = (code: string): code is OwnCode => Object.hasOwn(registry, code);

/** What to type against it; null where no command mends it. */
export function cureOf(of: Problem): Cure | null {
  switch (of.from) {
    case 'rootctl': {
      const cure = registry[of.code].cure as ((data: OwnProblem['data']) => Cure | null) | undefined;
      return cure?.(of.data) ?? null;
    }
    case 'aws':
      return of.data.advice === null ? null : cureOfAdvice(of.data.advice);
    case 'within':
      return cureOf(of.data.problem);
    case 'system':
    case 'told':
      return null;
  }
}

/** Whether what is said of it names its code already: an error of the system does, in words that are not rootctl's. */
export function namesItsCode({ from, code, data }: Problem): boolean {
  switch (from) {
    case 'aws':
      return data.said.some((one) => one.say === 'system' && one.code === code);
    case 'system':
      return true;
    case 'within':
      return namesItsCode(data.problem);
    case 'rootctl':
    case 'told':
      return false;
  }
}

export function exitClassOf(of: Problem): ExitClass {
  if (of.from === 'within' && of.data.where === 'setting') return exitClassOf(of.data.problem);
  return of.from === 'rootctl' ? registry[of.code].exit : 'failed';
}
