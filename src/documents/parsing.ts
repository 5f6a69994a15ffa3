import * as z from 'zod/mini';
import type { Immutable } from './common.ts';

export type Parsed<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problem: string };

/** Reads a document of this kind from its JSON text; the problem is one phrase that names the first offending field. */
export function parseDocument<Schema extends z.ZodMiniType>(
  schema: Schema,
  kind: string,
  text: string,
): Parsed<Immutable<z.infer<Schema>>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
  const result = z.safeParse(schema, value);
  if (result.success) return { ok: true, document: result.data as Immutable<z.infer<Schema>> };
  const other = z.safeParse(z.object({ kind: z.string() }), value);
  if (other.success && other.data.kind !== kind) {
    return { ok: false, problem: `it is a ${other.data.kind} document, not a ${kind}` };
  }
  const [issue] = result.error.issues;
  const field = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('') ?? '';
  return { ok: false, problem: `${field.replace(/^\./, '') || 'the document'}: ${issue?.message ?? 'invalid'}` };
}

/** JSON with sorted keys and no spaces: equal values have equal texts, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
      : inner,
  );
}
