import * as z from 'zod/mini';
import {
  accountId,
  centralizedRootAccess,
  count,
  errorEntry,
  type Held,
  heading,
  type Immutable,
  organizationEntry,
  skipReason,
  timestamp,
} from './common.ts';
import { accountCredentials, credentialKindName, presenceFields } from './kinds/index.ts';
import { credentialFields } from './kinds/kind.ts';

const statusWord = z.enum(['present', 'absent', 'unknown', 'skipped']);

/** Documents that were made before it was told do not have the field: then it is not known. */
const ifTold = <Schema extends z.ZodMiniType>(schema: Schema) => z._default(z.nullable(schema), null);

const accountStatusFields = {
  id: accountId,
  name: z.string(),
  email: z.string(),
  state: z.string().check(z.meta({ description: "AWS's word: ACTIVE, SUSPENDED, PENDING_CLOSURE, …" })),
  path: z.nullable(z.string()),
  joinedAt: ifTold(timestamp),
  joinedMethod: ifTold(z.enum(['INVITED', 'CREATED'])),
  status: statusWord,
  reason: z.nullable(skipReason),
  credentials: z.nullable(accountCredentials),
  lastUsedAt: z.nullable(timestamp),
  error: z.nullable(errorEntry),
};
export const accountStatus = z.strictObject(accountStatusFields).check(z.meta({ id: 'accountStatus' }));
export type AccountStatus = Held<z.infer<typeof accountStatus>>;

/** From one `GetAccountSummary` at home: the management account's root is outside centralized root access. */
export const managementAccountEntry = z.strictObject({
  id: accountId,
  ...presenceFields,
});
export type ManagementAccountEntry = Immutable<z.infer<typeof managementAccountEntry>>;

export const statusSummary = z.strictObject({
  accounts: count,
  present: count,
  absent: count,
  unknown: count,
  skipped: count,
});
export type StatusSummary = Immutable<z.infer<typeof statusSummary>>;

/** Counts accounts as they become known, since not everything that tells of them lists them. */
export function createStatusTally() {
  const counts = { accounts: 0, present: 0, absent: 0, unknown: 0, skipped: 0 };
  return {
    count: ({ status }: Pick<AccountStatus, 'status'>): void => {
      counts.accounts += 1;
      counts[status] += 1;
    },
    summary: (): StatusSummary => ({ ...counts }),
  };
}

export function statusSummaryOf(accounts: readonly Pick<AccountStatus, 'status'>[]): StatusSummary {
  const tally = createStatusTally();
  for (const account of accounts) tally.count(account);
  return tally.summary();
}

/** A credential that only one of two readings has. */
const changedCredential = z
  .strictObject({
    kind: credentialKindName,
    id: credentialFields.id,
    status: z.nullable(z.enum(['Active', 'Inactive', 'Expired'])),
    createdAt: z.nullable(timestamp),
    differsIn: z
      .nullable(z.enum(['status', 'createdAt']))
      .check(
        z.meta({ description: 'the other reading has one of the same id: in what the two differ; null: it has none' }),
      ),
  })
  .check(z.meta({ id: 'changedCredential' }));
export type ChangedCredential = Immutable<z.infer<typeof changedCredential>>;

/** What became of an account since the baseline. */
export const statusChange = z
  .strictObject({
    id: accountId,
    name: z.string(),
    change: z.enum(['appeared', 'new', 'was-unknown', 'gone', 'changed', 'unreadable', 'left']).check(
      z.meta({
        description:
          'appeared: it holds credentials and held none; new: the baseline does not list it; was-unknown: it holds ' +
          'credentials, and was not read then; gone: it held some and holds none; changed: it holds others than then; ' +
          'unreadable: it, or a kind of its credentials, was read then and cannot be now; left: it is no longer in ' +
          'the organization, which says nothing of its credentials',
      }),
    ),
    before: z.nullable(statusWord).check(z.meta({ description: 'its status in the baseline; null: not listed' })),
    after: z.nullable(statusWord).check(z.meta({ description: 'its status now; null: not listed' })),
    added: z.array(changedCredential).check(z.meta({ description: 'were not there then' })),
    firstSeen: z
      .array(changedCredential)
      .check(z.meta({ description: 'are there, and the baseline could not tell whether they were' })),
    removed: z
      .array(changedCredential)
      .check(z.meta({ description: 'were there then, and were seen not to be any more' })),
    lastSeen: z
      .array(changedCredential)
      .check(z.meta({ description: 'were there then, and nobody can tell whether they still are' })),
    unreadable: z
      .array(credentialKindName)
      .check(z.meta({ description: 'kinds that were read then and cannot be now: neither the same nor gone' })),
  })
  .check(z.meta({ id: 'statusChange' }));
export type StatusChange = Immutable<z.infer<typeof statusChange>>;

const aboutOrganization = {
  organization: organizationEntry,
  centralizedRootAccess,
  managementAccount: z.nullable(managementAccountEntry),
  /** Since the baseline, in the order of the accounts' ids; null: it was compared with none. */
  changes: ifTold(z.array(statusChange)),
  summary: statusSummary,
};

export const statusDocument = z.strictObject({
  ...heading('rootctl.status'),
  ...aboutOrganization,
  accounts: z.array(accountStatus),
});
export type StatusDocument = Held<z.infer<typeof statusDocument>>;

/** `ndjson`: a line an account, as soon as it is known, then a summary line. */
export const statusAccountLine = z.strictObject({
  schemaVersion: z.literal('1'),
  kind: z.literal('rootctl.status.account'),
  simulated: z.optional(z.literal(true)),
  ...accountStatusFields,
});
export type StatusAccountLine = Immutable<z.infer<typeof statusAccountLine>>;
export const statusSummaryLine = z.strictObject({ ...heading('rootctl.status.summary'), ...aboutOrganization });
export type StatusSummaryLine = Immutable<z.infer<typeof statusSummaryLine>>;
