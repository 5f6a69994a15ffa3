import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { accountId, heading, type Immutable, organizationEntry } from './common.ts';
import { credentialKindName } from './kinds/index.ts';
import { credentialFields } from './kinds/kind.ts';
import { canonicalJson, type Parsed, parseDocument, readDocument, refused } from './parsing.ts';
import { nonsenseIn } from './plan-sense.ts';

/** A credential that will go, with what the inventory knew of it. */
const planAction = z.strictObject({
  kind: credentialKindName,
  ...credentialFields,
});
export type PlanAction = Immutable<z.infer<typeof planAction>>;

/** `id`: the credential meant, `null` for the account as a whole (and for its password). */
const planWarning = z.strictObject({
  code: z.enum(['key-in-use', 'password-without-mfa', 'mfa-only']),
  message: z.string(),
  id: z.nullable(z.string()),
});
export type PlanWarning = Immutable<z.infer<typeof planWarning>>;

const planAccount = z.strictObject({
  id: accountId,
  name: z.string(),
  path: z.nullable(z.string()),
  actions: z.array(planAction),
  warnings: z.array(planWarning),
});
export type PlanAccount = Immutable<z.infer<typeof planAccount>>;

export const planDocument = z.strictObject({
  ...heading('rootctl.plan'),
  /** Only what was read to the end may be planned on. */
  complete: z.literal(true),
  organization: organizationEntry,
  /** Every kind when the plan was made without `--only`. */
  options: z.strictObject({ only: z.array(credentialKindName) }),
  accounts: z.array(planAccount),
  hash: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)),
});
export type PlanDocument = Immutable<z.infer<typeof planDocument>>;

/** The hash that a plan carries: SHA-256 over the canonical JSON (keys sorted, no spaces) of everything but the hash. */
export function planHash(planWithoutHash: Omit<PlanDocument, 'hash'>): string {
  return `sha256:${createHash('sha256').update(canonicalJson(planWithoutHash)).digest('hex')}`;
}

/**
 * Reads a plan strictly: an unknown field, a hash that does not fit (an edited or cut file) and what no plan of rootctl
 * can say are problems, not a plan.
 */
export const parsePlan = (text: string): Parsed<PlanDocument> =>
  whole(parseDocument(planDocument, 'rootctl.plan', text));

/** The same of a plan that stands in a journal. */
export const readPlan = (value: unknown): Parsed<PlanDocument> =>
  whole(readDocument(planDocument, 'rootctl.plan', value));

function whole(parsed: Parsed<PlanDocument>): Parsed<PlanDocument> {
  if (!parsed.ok) return parsed;
  const { hash, ...planWithoutHash } = parsed.document;
  if (planHash(planWithoutHash) !== hash) return refused({ is: 'other-hash' });
  const nonsense = nonsenseIn(planWithoutHash);
  return nonsense === null ? { ok: true, document: parsed.document } : refused(nonsense);
}
