import { type Field, number, orNull, text, texts, type VariantOf, variants } from './fields.ts';

/**
 * What rootctl itself says of a call to AWS that failed, by name, with what it is about: AWS did not answer, or what it
 * answered is none. Some stand around another, or around AWS's own words: those are said by the next in the list.
 */
export const sayings = {
  // Around what follows.
  /** The credentials of a profile; `first`: the one at the end of its chain of `source_profile`. */
  profile: { profile: text, first: orNull(text) },
  proxy: { host: text, variable: text },
  'not-aws': { host: text, status: number },
  'not-whole': {},
  'process-said': {},
  /** Nothing: those are the operating system's words, which name this code. */
  system: { code: text },

  // No answer came.
  silent: { host: text, seconds: number },
  'past-deadline': { host: text, seconds: number },
  closed: { host: text },
  'proxy-wants-user': {},
  'proxy-refused': { status: number },

  // What came is no answer of AWS's.
  redirect: {},
  'empty-body': {},
  'content-type': { type: orNull(text) },
  'body-too-long': { mebibytes: number },
  unparsable: {},
  'no-json': {},
  'not-empty': {},

  // An answer that lacks what AWS always sends. `field`: its path.
  missing: { field: text },
  malformed: { field: text },
  'no-whole-number': { field: text },
  'no-time': { field: text },
  'no-list': { field: text },
  'none-of': { field: text, words: texts },
  'neither-true-nor-false': { field: text },
  twice: { field: text },
  'missing-of-cut-list': { field: text },
  'missing-of-used-key': { field: text },

  // An answer that cannot be.
  'same-token-twice': {},
  'endless-list': { pages: number, empty: number },
  'account-twice': { account: text },
  'no-management-account': {},
  'unit-in-itself': { unit: text },
  'about-another': { found: text, asked: text },
  /** `kind`: as the flag `--only` names it. */
  contradiction: { kind: text },

  // There are no credentials.
  'no-credentials': {},
  'no-terminal-for-code': { profile: text, device: text },
  'process-silent': {},
} as const;

export type SayingName = keyof typeof sayings;
export type Saying = VariantOf<'say', typeof sayings>;
export type SayingOf<Name extends SayingName> = Extract<Saying, { readonly say: Name }>;

/** Exactly one, or what stands around another before that. */
export const saying: Field<Saying> = variants('say', sayings);
