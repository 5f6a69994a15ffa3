import type { AwsProblem } from './aws.ts';
import type { DataOfCode, OwnCode } from './registry.ts';

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

/** A problem as documents and journals hold it: `message` and `hint` in English. `code` and `data` are the promise. */
export interface ProblemEntry {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly data?: object | undefined;
}
