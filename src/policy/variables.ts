import type { RequestContext } from './context.ts';
import type { Glob } from './glob.ts';

/** A policy's text with its variables replaced; `unresolved` when a variable has neither value nor default. */
export type Expansion =
  | { readonly state: 'expanded'; readonly glob: Glob }
  | { readonly state: 'unresolved'; readonly key: string }
  | { readonly state: 'unknown'; readonly key: string };

/**
 * Replaces `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}`. What a variable brings in is taken literally: a `*` in
 * a user's name is no wildcard. Multivalued keys cannot be variables. (IAM User Guide, "Variables and tags".)
 * @param version policies before 2012-10-17 have no variables: there `${` is just two characters.
 */
export function expandVariables(text: string, context: RequestContext, version: string): Expansion {
  if (version !== '2012-10-17' || !text.includes('${')) return { state: 'expanded', glob: { text } };
  const literals = new Set<number>();
  let expanded = '';
  const appendLiterally = (value: string) => {
    for (let at = 0; at < value.length; at += 1) {
      if (value[at] === '*' || value[at] === '?') literals.add(expanded.length + at);
    }
    expanded += value;
  };
  let at = 0;
  while (at < text.length) {
    const variable = text.startsWith('${', at) ? readVariable(text, at) : null;
    if (variable === null) {
      expanded += text[at];
      at += 1;
      continue;
    }
    at = variable.end;
    if (variable.key === '*' || variable.key === '?' || variable.key === '$') {
      appendLiterally(variable.key);
      continue;
    }
    const found = context.lookUp(variable.key);
    if (found.state === 'unknown') return { state: 'unknown', key: variable.key };
    const only = found.state === 'present' && !found.multivalued ? found.values[0] : undefined;
    const value = only ?? variable.fallback;
    if (value === null) return { state: 'unresolved', key: variable.key };
    appendLiterally(value);
  }
  return { state: 'expanded', glob: { text: expanded, literals } };
}

interface Variable {
  readonly key: string;
  readonly fallback: string | null;
  /** Index after the closing brace. */
  readonly end: number;
}

/** Null when no closing brace or quote follows: then the text is no variable. */
function readVariable(text: string, start: number): Variable | null {
  const brace = text.indexOf('}', start);
  const quote = text.indexOf("'", start);
  if (brace < 0) return null;
  if (quote < 0 || brace < quote) return { key: text.slice(start + 2, brace).trim(), fallback: null, end: brace + 1 };
  const closingQuote = text.indexOf("'", quote + 1);
  const end = closingQuote < 0 ? -1 : text.indexOf('}', closingQuote);
  if (end < 0) return null;
  const key = text
    .slice(start + 2, quote)
    .trim()
    .replace(/,$/u, '')
    .trim();
  return { key, fallback: text.slice(quote + 1, closingQuote), end: end + 1 };
}
