import * as z from 'zod/mini';
import {
  accountId,
  count,
  errorEntry,
  type Held,
  heading,
  held,
  type Immutable,
  organizationEntry,
  skipReason,
  timestamp,
} from './common.ts';
import { credentialKindName } from './kinds/index.ts';

const actionResult = z.enum(['deleted', 'already-gone', 'failed', 'not-attempted', 'planned']);
export type ActionResult = z.infer<typeof actionResult>;

const deleteOutcome = z.enum(['deleted', 'absent', 'partial', 'failed', 'unverified', 'skipped', 'planned']);
export type DeleteOutcome = z.infer<typeof deleteOutcome>;

/** Something of the account was to go, and is not seen to be gone. */
export const isTrouble = (outcome: DeleteOutcome): boolean =>
  outcome === 'failed' || outcome === 'partial' || outcome === 'unverified';

/** Something of it is not as it was meant to be. */
export const isTroubled = ({ outcome, reason }: Pick<DeleteAccount, 'outcome' | 'reason'>): boolean =>
  isTrouble(outcome) || reason === 'changed-since-plan' || reason === 'not-tried';

/** Nothing is left to do there of what was meant. */
export const isSettled = ({ outcome, reason }: Pick<DeleteAccount, 'outcome' | 'reason'>): boolean =>
  outcome === 'deleted' || outcome === 'absent' || reason === 'none-of-these-kinds';

/** The `id` of a login profile is `null`: there is only one. */
export const deleteAction = z
  .strictObject({
    kind: credentialKindName,
    id: z.nullable(z.string()),
    result: actionResult,
    at: z.nullable(timestamp),
    requestId: z.nullable(z.string()),
    error: z.nullable(errorEntry),
  })
  .check(z.meta({ id: 'action' }));
export type DeleteAction = Held<z.infer<typeof deleteAction>>;

const deleteAccountFields = {
  id: accountId,
  name: z.string(),
  outcome: deleteOutcome,
  reason: z.nullable(skipReason),
  state: z
    .optional(z.string())
    .check(z.meta({ description: "AWS's word, where the reason is `not-active`: SUSPENDED, PENDING_CLOSURE, …" })),
  error: z.nullable(errorEntry),
  actions: z.array(deleteAction),
};
export const deleteAccount = z.strictObject(deleteAccountFields).check(z.meta({ id: 'deleteAccount' }));
export type DeleteAccount = Held<z.infer<typeof deleteAccount>>;

/** Accounts as a journal keeps them; null for what are none. */
export function parseDeleteAccounts(value: unknown): readonly DeleteAccount[] | null {
  const result = z.safeParse(z.array(deleteAccount), value);
  return result.success ? held(result.data) : null;
}

export const deleteSummary = z.strictObject({
  accounts: count,
  deleted: count,
  absent: count,
  partial: count,
  failed: count,
  unverified: count,
  skipped: count,
  planned: count,
});
export type DeleteSummary = Immutable<z.infer<typeof deleteSummary>>;

/** `runId` is `null` when nothing was journalled: a dry run. */
const aboutRun = {
  runId: z.nullable(z.string()),
  dryRun: z.boolean(),
  organization: organizationEntry,
  summary: deleteSummary,
};

export const deleteDocument = z.strictObject({
  ...heading('rootctl.delete'),
  ...aboutRun,
  accounts: z.array(deleteAccount),
});
export type DeleteDocument = Held<z.infer<typeof deleteDocument>>;

/** `ndjson`: a line an account, as soon as it is known, then a summary line. */
export const deleteAccountLine = z.strictObject({
  schemaVersion: z.literal('1'),
  kind: z.literal('rootctl.delete.account'),
  simulated: z.optional(z.literal(true)),
  ...deleteAccountFields,
});
export type DeleteAccountLine = Immutable<z.infer<typeof deleteAccountLine>>;
export const deleteSummaryLine = z.strictObject({ ...heading('rootctl.delete.summary'), ...aboutRun });
export type DeleteSummaryLine = Immutable<z.infer<typeof deleteSummaryLine>>;
