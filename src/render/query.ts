import * as jmespath from 'jmespath';
import { printable } from './formats/json.ts';

/** A JMESPath expression that can be asked, or what is wrong with it, in the words of its parser. */
export type Query =
  | { readonly ok: true; readonly ask: (json: string) => Answer }
  /** `unknown`: a function that there is not; `said` is empty then. */
  | { readonly ok: false; readonly said: string; readonly unknown: string | null };

/** JSON, or why the expression does not fit what it was asked of. */
type Answer = { readonly ok: true; readonly json: string } | { readonly ok: false; readonly said: string };

/** Every function of JMESPath (its specification, "Built-in Functions"): another one would be missed at the end only. */
const functions: ReadonlySet<string> = new Set([
  'abs',
  'avg',
  'ceil',
  'contains',
  'ends_with',
  'floor',
  'join',
  'keys',
  'length',
  'map',
  'max',
  'max_by',
  'merge',
  'min',
  'min_by',
  'not_null',
  'reverse',
  'sort',
  'sort_by',
  'starts_with',
  'sum',
  'to_array',
  'to_number',
  'to_string',
  'type',
  'values',
]);

/** Reads the expression, before there is anything to ask it of. Loaded only when there is one. */
export function readQuery(expression: string): Query {
  try {
    const parsed = parse(expression);
    // The parser takes `()` for an expression, which cannot be asked.
    if (!isWhole(parsed)) return { ok: false, said: '', unknown: null };
    const unknown = functionsIn(parsed).find((name) => !functions.has(name));
    if (unknown !== undefined) return { ok: false, said: '', unknown };
  } catch (error) {
    return { ok: false, said: saidBy(error), unknown: null };
  }
  return {
    ok: true,
    ask: (json) => {
      try {
        const found: unknown = jmespath.search(JSON.parse(json), expression);
        // What no document holds is null: `constructor` finds what every object of JavaScript has, which is no JSON.
        return { ok: true, json: `${printable(JSON.stringify(found, null, 2) ?? 'null')}\n` };
      } catch (error) {
        return { ok: false, said: saidBy(error) };
      }
    },
  };
}

/** `compile` is there and not among the package's declared types. */
function parse(expression: string): unknown {
  const { compile } = jmespath as unknown as { readonly compile: (expression: string) => unknown };
  return compile(expression);
}

/** In its own words. Where the parser stumbles, or runs out of stack, the engine speaks, of which nobody wants to hear. */
const saidBy = (error: unknown): string => {
  if (error instanceof RangeError || error instanceof TypeError) return '';
  return error instanceof Error ? error.message : String(error);
};

/** Whether nothing is missing in a parsed expression. */
const isWhole = (node: unknown): boolean =>
  node !== undefined && (typeof node !== 'object' || node === null || Object.values(node).every(isWhole));

/** The names of the functions that a parsed expression calls. */
function functionsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const inside = Object.values(node).flatMap(functionsIn);
  const isCall = 'type' in node && node.type === 'Function' && 'name' in node;
  return isCall ? [String(node.name), ...inside] : inside;
}
