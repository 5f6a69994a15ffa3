import type { Doubt } from './doubt.ts';

/** What cannot be decided, and why: an operator or the value of a key that is not known. */
export interface Unknown {
  readonly why: Doubt;
}

/** Three-valued (Kleene) logic: what is false whatever the unknown turns out to be is false, likewise true. */
export type Truth = boolean | Unknown;

export function unknown(why: Doubt): Unknown {
  return { why };
}

/** False as soon as one is false; else unknown (the first reason) when one is; else true. Lazy: stops at the first false. */
export function allOf<T>(items: Iterable<T>, judge: (item: T) => Truth): Truth {
  let result: Truth = true;
  for (const item of items) {
    const truth = judge(item);
    if (truth === false) return false;
    if (result === true) result = truth;
  }
  return result;
}

/** True as soon as one is true; else unknown (the first reason) when one is; else false. */
export function anyOf<T>(items: Iterable<T>, judge: (item: T) => Truth): Truth {
  let result: Truth = false;
  for (const item of items) {
    const truth = judge(item);
    if (truth === true) return true;
    if (result === false) result = truth;
  }
  return result;
}

export function bothOf(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  return left === true ? right : left;
}

export function not(truth: Truth): Truth {
  return typeof truth === 'boolean' ? !truth : truth;
}
