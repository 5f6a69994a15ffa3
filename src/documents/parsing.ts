import * as z from 'zod/mini';
import type { DocumentFlaw, ProblemWith } from '../problems/index.ts';
import type { Immutable } from './common.ts';
import { flawOf } from './flaws.ts';

export type Parsed<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problem: ProblemWith<'InvalidDocument'> };

/** What was read is no document of its kind. */
export const refused = (
  flaw: DocumentFlaw,
): { readonly ok: false; readonly problem: ProblemWith<'InvalidDocument'> } => ({
  ok: false,
  problem: { from: 'rootctl', code: 'InvalidDocument', data: { flaw } },
});

/** PowerShell puts one in front of what it writes to a file. */
const byteOrderMark = /^\uFEFF/u;

/** Reads a document of this kind from its JSON text; the problem names the first field that does not fit. */
export function parseDocument<Schema extends z.ZodMiniType>(
  schema: Schema,
  kind: string,
  text: string,
): Parsed<Immutable<z.infer<Schema>>> {
  const json = jsonIn(text);
  return json === null ? refused({ is: 'not-json' }) : readDocument(schema, kind, json.value);
}

/** What the text says; null: it is no JSON. */
export function jsonIn(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text.replace(byteOrderMark, '')) };
  } catch {
    return null;
  }
}

/** The same of what was JSON: of a document that stands in another one. */
export function readDocument<Schema extends z.ZodMiniType>(
  schema: Schema,
  kind: string,
  value: unknown,
): Parsed<Immutable<z.infer<Schema>>> {
  const result = z.safeParse(schema, value);
  if (result.success) return { ok: true, document: result.data as Immutable<z.infer<Schema>> };
  const other = z.safeParse(z.object({ kind: z.string() }), value);
  if (other.success && other.data.kind !== kind) {
    return refused({ is: 'other-kind', found: other.data.kind, expected: kind });
  }
  return refused(flawOf(result.error.issues[0]));
}

/** JSON with sorted keys and no spaces: equal values have equal texts, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
      : inner,
  );
}

/** What was written may be younger than now by what two of AWS's own clocks, or two machines' ideas of them, differ: milliseconds. */
export const clockToleranceMs = 300_000;

/** The schema sees the form only: the 31st of February has it too. */
export function isTime(text: string): boolean {
  const timeMs = Date.parse(text);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString() === text;
}
