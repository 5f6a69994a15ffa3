import * as z from 'zod/mini';
import { isProblem, type Problem, type ProblemEntry, problemIn } from '../problems/index.ts';

/** Parsers give mutable objects, documents are never changed: everything below `T` becomes read-only. */
export type Immutable<T> = T extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/**
 * A document as the program holds it: where its written form has an error's sentences, it has the problem they are
 * made of.
 */
export type Held<T> = T extends readonly (infer Element)[]
  ? readonly Held<Element>[]
  : T extends { hint: unknown; message: unknown }
    ? Problem
    : T extends object
      ? { readonly [Key in keyof T]: Held<T[Key]> }
      : T;

/** What a document holds where its written form has a sentence alone, without a code. */
export interface Sentence {
  readonly sentence: Problem;
}

/** The same as it is written: with the sentences. */
export type Written<T> = T extends readonly (infer Element)[]
  ? readonly Written<Element>[]
  : T extends Problem
    ? ErrorEntry
    : T extends Sentence
      ? string
      : T extends object
        ? { readonly [Key in keyof T]: Written<T[Key]> }
        : T;

/** Puts a problem's sentences where the problem is, however deep. Everything else is the same value. */
export function written<T>(value: T, entryOf: (problem: Problem) => ProblemEntry): Written<T> {
  return mapped(value, (one) => {
    if (isProblem(one)) return entryOf(one);
    return isSentence(one) ? entryOf(one.sentence).message : undefined;
  }) as Written<T>;
}

/** Puts the problem where its sentences are, however deep. */
export function held<T>(value: T): Held<T> {
  return mapped(value, (one) => (isEntry(one) ? problemIn(one) : undefined)) as Held<T>;
}

const isSentence = (value: object): value is Sentence => 'sentence' in value && isProblem(value.sentence);

/** Only an error has both: no other part of a document does. */
const isEntry = (value: object): value is ProblemEntry => 'hint' in value && 'message' in value && 'code' in value;

function mapped(value: unknown, replace: (one: object) => object | string | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const replacement = replace(value);
  if (replacement !== undefined) return replacement;
  if (Array.isArray(value)) return value.map((item) => mapped(item, replace));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, replace)]));
}

/** Strings with a rule are regular expressions, because refinements would vanish from the JSON Schema without a word. */
export const timestamp = z
  .string()
  .check(
    z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/),
    z.meta({ id: 'timestamp', description: 'UTC, ISO 8601, milliseconds' }),
  );
export const accountId = z.string().check(z.regex(/^\d{12}$/));
/** AWS's own rule (Organizations API Reference, `Organization.Id`). */
export const organizationId = z.string().check(z.regex(/^o-[a-z0-9]{10,32}$/));
export const count = z.int().check(z.nonnegative(), z.meta({ id: 'count' }));

/** Whether the document tells of all that was asked for; `wasCutShort` decides it for an account. */
const completeness = z.boolean().check(
  z.meta({
    description:
      'false: the listing did not end, or an account of the selection was never tried or was given up half-way',
  }),
);

/** What every document says first; `simulated` only stands in what the sandbox answered. */
export const heading = <const Kind extends string>(kind: Kind) => ({
  schemaVersion: z.literal('1'),
  kind: z.literal(kind),
  generatedAt: timestamp,
  rootctlVersion: z.string(),
  complete: completeness,
  simulated: z.optional(z.literal(true)),
});

/** The code of what was in flight when the command was stopped, and was given up. */
const givenUpCode = 'Aborted';

/**
 * Whether an account of the selection was neither dealt with nor rightly left alone: the run was stopped before it was
 * tried, or while it was. One that was tried and answered, even by a refusal, is not: it is `unknown` or `failed`.
 */
export const wasCutShort = (account: {
  readonly reason?: SkipReason | null;
  readonly error: Pick<Problem, 'code'> | null;
}): boolean => account.reason === 'not-tried' || account.error?.code === givenUpCode;

export const errorEntry = z
  .strictObject({
    code: z.string().check(z.meta({ description: "AWS's error code, or rootctl's own" })),
    message: z.string(),
    hint: z.nullable(z.string()),
    data: z
      .optional(z.record(z.string(), z.unknown()))
      .check(z.meta({ description: 'what the message and the hint are made of; its fields depend on the code' })),
  })
  .check(z.meta({ id: 'error' }));
export type ErrorEntry = Immutable<z.infer<typeof errorEntry>>;

export const organizationEntry = z
  .strictObject({
    id: organizationId,
    managementAccountId: accountId,
    callerAccountId: accountId,
    callerArn: z.string(),
    callerRole: z.enum(['management', 'delegated-administrator', 'unknown']),
    partition: z.string(),
  })
  .check(z.meta({ id: 'organization' }));
export type OrganizationEntry = Immutable<z.infer<typeof organizationEntry>>;

/** `null`: the caller may not read this switch. */
export const centralizedRootAccess = z
  .strictObject({
    trustedAccess: z.nullable(z.boolean()),
    rootCredentialsManagement: z.nullable(z.boolean()),
    rootSessions: z.nullable(z.boolean()),
    delegatedAdministrators: z.nullable(z.array(accountId)),
  })
  .check(z.meta({ id: 'centralizedRootAccess' }));
export type CentralizedRootAccess = Immutable<z.infer<typeof centralizedRootAccess>>;

export const skipReasons = [
  'management-account',
  'not-active',
  'excluded',
  'protected',
  'used-recently',
  'none-of-these-kinds',
  'changed-since-plan',
  'not-tried',
] as const;
export const skipReason = z.enum(skipReasons);
export type SkipReason = z.infer<typeof skipReason>;
