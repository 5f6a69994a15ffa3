import * as z from 'zod/mini';
import { accountId, count, type Held, heading, type Immutable, organizationId, timestamp } from './common.ts';
import { deleteAccount } from './delete.ts';
import { credentialKindName } from './kinds/index.ts';

/**
 * `summary`: accounts by outcome, as in the document of the command; `null` when the run did not get that far.
 * `organizationId`: `null` and `command` "unknown" where the journal's first line cannot be read; `problem` says why.
 */
const runEntry = z
  .strictObject({
    id: z.string(),
    command: z.string(),
    startedAt: timestamp,
    endedAt: z.nullable(timestamp),
    state: z.enum(['finished', 'interrupted', 'running']),
    organizationId: z.nullable(organizationId),
    problem: z.nullable(z.string()),
    summary: z.nullable(z.record(z.string(), count)),
  })
  .check(z.meta({ id: 'run' }));
export type RunEntry = Immutable<z.infer<typeof runEntry>>;

/** A password recovery that this machine allowed and did not see closed. */
const openRecovery = z.strictObject({
  accountId,
  name: z.string(),
  email: z.string(),
  openedAt: timestamp,
  runId: z.nullable(z.string()),
  reason: z.nullable(z.string()),
});
export type OpenRecovery = Immutable<z.infer<typeof openRecovery>>;

export const runsDocument = z.strictObject({
  ...heading('rootctl.runs'),
  runs: z.array(runEntry),
  openRecoveries: z.optional(z.array(openRecovery)),
});
export type RunsDocument = Immutable<z.infer<typeof runsDocument>>;

const runEvent = z.strictObject({
  at: timestamp,
  event: z.string(),
  account: z.nullable(accountId),
  kind: z.nullable(credentialKindName),
  id: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  sessionAccessKeyId: z.nullable(z.string()),
  detail: z.nullable(z.string()),
});
export type RunEvent = Immutable<z.infer<typeof runEvent>>;

export const runDetailDocument = z.strictObject({
  ...heading('rootctl.run'),
  run: runEntry,
  journal: z.strictObject({ path: z.string(), intact: z.boolean(), problem: z.nullable(z.string()) }),
  accounts: z.array(deleteAccount),
  events: z.array(runEvent),
  cloudTrailQuery: z.string(),
});
export type RunDetailDocument = Held<z.infer<typeof runDetailDocument>>;
