import type { DocumentFlaw } from '../problems/index.ts';

/** The flaw behind an issue that the parser of the schemas has with a field. */
export function flawOf(
  issue: { readonly code?: string | undefined; readonly path: readonly PropertyKey[] } | undefined,
): DocumentFlaw {
  const [first, ...below] = issue?.path ?? [];
  // Every document says whether it is complete; a plan must be, as the one value of its schema says.
  if (first === 'complete' && below.length === 0)
    return { is: issue?.code === 'invalid_value' ? 'made-of-a-part' : 'untold-completeness' };
  const field = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('') ?? '';
  return { is: 'unlike-schema', field: field.replace(/^\./, '') };
}
