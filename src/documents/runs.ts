import * as z from 'zod/mini';
import {
  accountId,
  count,
  type Held,
  heading,
  type Immutable,
  organizationId,
  type Sentence,
  timestamp,
} from './common.ts';
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
type WithProblem<Entry extends { readonly problem: string | null }> = Omit<Immutable<Entry>, 'problem'> & {
  /** Why its journal cannot be relied on, or is not finished. */
  readonly problem: Sentence | null;
};
export type RunEntry = WithProblem<z.infer<typeof runEntry>>;

/** A password recovery that this machine asked for and did not see closed; `unverified`: AWS's answer is not known. */
const openRecovery = z.strictObject({
  accountId,
  name: z.string(),
  email: z.string(),
  outcome: z.enum(['allowed', 'unverified']),
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
export type RunsDocument = Omit<Immutable<z.infer<typeof runsDocument>>, 'runs'> & {
  readonly runs: readonly RunEntry[];
};

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

const journalEntry = z.strictObject({ path: z.string(), intact: z.boolean(), problem: z.nullable(z.string()) });

export const runDetailDocument = z.strictObject({
  ...heading('rootctl.run'),
  run: runEntry,
  journal: journalEntry,
  accounts: z.array(deleteAccount),
  events: z.array(runEvent),
  cloudTrailQuery: z.string(),
});
export type RunDetailDocument = Omit<Held<z.infer<typeof runDetailDocument>>, 'run' | 'journal'> & {
  readonly run: RunEntry;
  readonly journal: WithProblem<z.infer<typeof journalEntry>>;
};
