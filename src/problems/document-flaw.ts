import { type Field, orNull, text, type VariantOf, variants } from './fields.ts';

/** What makes a text no document of the kind that was expected. `at`, `field`: the path of the first place that does not fit. */
const flaws = {
  'not-json': {},
  'other-kind': { found: text, expected: text },
  /** `field` is empty where it is the document itself. */
  'unlike-schema': { field: text },
  /** It does not say whether it tells of all. */
  'untold-completeness': {},
  'made-of-a-part': {},

  // Readings: what is well formed and cannot be.
  contradiction: { at: text, account: text },
  'other-totals': {},
  'part-called-whole': {},

  // Plans: what is well formed and cannot be.
  'other-hash': {},
  'no-kinds': {},
  'kind-twice': {},
  'no-time': { at: text, time: text },
  'management-account': { at: text },
  'account-order': { at: text, account: text },
  'no-actions': { at: text },
  'kind-not-planned': { at: text, kind: text },
  'kind-order': { at: text, kind: text },
  'action-twice': { at: text, action: text },
  'alien-id': { at: text, id: orNull(text), kind: text, account: text },
  'alien-field': { at: text, kind: text },
  'later-than-plan': { at: text, time: text },
} as const;
export type DocumentFlaw = VariantOf<'is', typeof flaws>;
export const documentFlaw: Field<DocumentFlaw> = variants('is', flaws);
