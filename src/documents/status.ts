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
import { accountCredentials } from './kinds/index.ts';

const accountStatusFields = {
  id: accountId,
  name: z.string(),
  email: z.string(),
  state: z.string().check(z.meta({ description: "AWS's word: ACTIVE, SUSPENDED, PENDING_CLOSURE, …" })),
  path: z.nullable(z.string()),
  status: z.enum(['present', 'absent', 'unknown', 'skipped']),
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
  accessKeysPresent: z.boolean(),
  mfaEnabled: z.boolean(),
  passwordPresent: z.boolean(),
  signingCertificatesPresent: z.boolean(),
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

const aboutOrganization = {
  organization: organizationEntry,
  centralizedRootAccess,
  managementAccount: z.nullable(managementAccountEntry),
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
