import * as z from 'zod/mini';
import { accountId, count, errorEntry, type Held, type Immutable, organizationEntry, timestamp } from './common.ts';
import { deleteAccount, deleteAction } from './delete.ts';
import { planDocument } from './plan.ts';
import { recoverAccount } from './recover.ts';
import { accountStatus } from './status.ts';

const orNull = z.nullable;
const account = accountId;
/** The public half of the session's credentials, as CloudTrail has it. */
const sessionAccessKeyId = z.string();

const seq = z.int().check(z.nonnegative(), z.meta({ id: 'seq', description: 'the number of the line, from 0 on' }));
const prev = z.string().check(
  z.regex(/^[0-9a-f]{64}$/),
  z.meta({
    id: 'prev',
    description: 'SHA-256 of the line before, so that one taken out or changed is noticed; of nothing for the first',
  }),
);

const lineOf = <const Event extends string, Fields extends z.core.$ZodShape>(event: Event, fields: Fields) =>
  z.strictObject({ seq, event: z.literal(event), ...fields, at: timestamp, prev }).check(z.meta({ id: event }));

const seen = accountStatus.shape;
const deleted = deleteAccount.shape;
const done = deleteAction.shape;
const recovered = recoverAccount.shape;

/** Of both halves of changing a bucket or queue policy. `backup`: the file that keeps the old one. */
const policyChange = {
  account,
  resource: z.string(),
  action: z.enum(['put', 'delete']),
  backup: orNull(z.string()),
  requestId: orNull(z.string()),
  error: orNull(errorEntry),
  sessionAccessKeyId,
};

/**
 * A line of a run's journal, `runs/<id>.jsonl` (JSON Lines): what a run did, in the order in which it happened. None has
 * a field for a secret. What a crash cut off is no line.
 */
export const journalLine = z.discriminatedUnion('event', [
  lineOf('run', {
    runId: z.string(),
    command: z.enum(['delete', 'recover', 'unlock']),
    rootctlVersion: z.string(),
    organization: organizationEntry,
    pid: z.int(),
    simulated: z.boolean(),
    options: z.record(z.string(), z.unknown()),
  }),
  lineOf('inventory', {
    account,
    name: z.string(),
    // Lines of an earlier version do not have these five.
    email: z.optional(z.string()),
    state: z.optional(z.string()),
    path: z.optional(orNull(z.string())),
    joinedAt: z.optional(orNull(timestamp)),
    joinedMethod: z.optional(orNull(z.enum(['INVITED', 'CREATED']))),
    status: seen.status,
    reason: seen.reason,
    credentials: seen.credentials,
    lastUsedAt: seen.lastUsedAt,
    error: seen.error,
  }),
  lineOf('plan', {
    hash: z.string(),
    plan: planDocument,
    decided: z
      .array(deleteAccount)
      .check(z.meta({ description: 'the accounts that the plan leaves alone: skipped, absent, or failed to be read' })),
  }),
  lineOf('session', { account, taskPolicy: z.string(), sessionAccessKeyId, requestId: orNull(z.string()) }),
  lineOf('intent', { account, kind: done.kind, id: orNull(z.string()), sessionAccessKeyId }),
  lineOf('answer', {
    account,
    sessionAccessKeyId,
    kind: done.kind,
    id: done.id,
    result: done.result,
    requestId: done.requestId,
    error: done.error,
  }),
  lineOf('account', {
    account,
    outcome: deleted.outcome,
    reason: deleted.reason,
    state: deleted.state,
    error: deleted.error,
  }),
  lineOf('recovery-intent', {
    account,
    name: z.string(),
    email: z.string(),
    reason: orNull(z.string()),
    sessionAccessKeyId,
  }),
  lineOf('recovery-answer', {
    account,
    outcome: recovered.outcome,
    requestId: recovered.requestId,
    error: recovered.error,
  }),
  lineOf('policy-intent', policyChange),
  lineOf('policy-answer', policyChange),
  lineOf('resumed', { pid: z.int(), rootctlVersion: z.string(), callerArn: z.string() }),
  lineOf('end', {
    state: z.enum(['finished', 'interrupted']),
    summary: z.record(z.string(), count),
    error: orNull(errorEntry),
  }),
]);
export type JournalLine = Held<Immutable<z.infer<typeof journalLine>>>;
