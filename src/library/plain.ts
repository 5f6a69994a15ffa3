import { type AccountId, isAccountId } from '../org/account.ts';
import { problemError } from '../problems/index.ts';

/** A request as whoever calls writes it: an account's id is a text like any other, and is looked at here. */
export type Plain<T> = T extends AccountId
  ? string
  : T extends readonly (infer Element)[]
    ? readonly Plain<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** @throws ProblemError `InvalidAccountId` */
export function accountIdOf(word: string): AccountId {
  if (isAccountId(word)) return word;
  throw problemError('InvalidAccountId', { word, source: null, line: null });
}
