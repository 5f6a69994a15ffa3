import type { DocumentFlaw } from '../problems/index.ts';

/** Flaws that a field of a schema names itself: what the schema has for a message is the flaw's name. */
const named = ['untold-completeness', 'made-of-a-part'] as const satisfies readonly DocumentFlaw['is'][];
type Named = (typeof named)[number];

/** The message of a field's schema. */
export const flawIn = (name: Named): string => name;

/** The flaw behind an issue that the parser of the schemas has with a field. */
export function flawOf(
  issue: { readonly message: string; readonly path: readonly PropertyKey[] } | undefined,
): DocumentFlaw {
  const own = named.find((name) => name === issue?.message);
  if (own !== undefined) return { is: own };
  const field = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('') ?? '';
  return { is: 'unlike-schema', field: field.replace(/^\./, '') };
}
