import * as z from 'zod/mini';
import {
  accountId,
  centralizedRootAccess,
  count,
  errorEntry,
  heading,
  type Immutable,
  organizationEntry,
  skipReason,
  timestamp,
} from './common.ts';

const loginProfileEntry = z.strictObject({
  present: z.boolean(),
  createdAt: z.nullable(timestamp),
  lastUsedAt: z.nullable(timestamp),
});
export type LoginProfileEntry = Immutable<z.infer<typeof loginProfileEntry>>;

const accessKeyEntry = z.strictObject({
  id: z.string(),
  status: z.enum(['Active', 'Inactive', 'Expired']),
  createdAt: z.nullable(timestamp),
  lastUsedAt: z.nullable(timestamp),
  lastUsedService: z.nullable(z.string()),
  lastUsedRegion: z.nullable(z.string()),
});
export type AccessKeyEntry = Immutable<z.infer<typeof accessKeyEntry>>;

const mfaDeviceEntry = z.strictObject({
  serialNumber: z.string(),
  type: z.enum(['virtual', 'fido', 'hardware']),
  enabledAt: z.nullable(timestamp),
});
export type MFADeviceEntry = Immutable<z.infer<typeof mfaDeviceEntry>>;

const signingCertificateEntry = z.strictObject({
  id: z.string(),
  status: z.enum(['Active', 'Inactive', 'Expired']),
  uploadedAt: z.nullable(timestamp),
});
export type SigningCertificateEntry = Immutable<z.infer<typeof signingCertificateEntry>>;

/** A kind that could not be read is `null`, never empty; the account's `error` says why. */
const accountCredentials = z
  .strictObject({
    loginProfile: z.nullable(loginProfileEntry),
    accessKeys: z.nullable(z.array(accessKeyEntry)),
    mfaDevices: z.nullable(z.array(mfaDeviceEntry)),
    signingCertificates: z.nullable(z.array(signingCertificateEntry)),
  })
  .check(z.meta({ id: 'credentials' }));
export type AccountCredentials = Immutable<z.infer<typeof accountCredentials>>;

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
const accountStatus = z.strictObject(accountStatusFields).check(z.meta({ id: 'accountStatus' }));
export type AccountStatus = Immutable<z.infer<typeof accountStatus>>;

/** From one `GetAccountSummary` at home: the management account's root is outside centralized root access. */
const managementAccountEntry = z.strictObject({
  id: accountId,
  accessKeysPresent: z.boolean(),
  mfaEnabled: z.boolean(),
  passwordPresent: z.boolean(),
  signingCertificatesPresent: z.boolean(),
});
export type ManagementAccountEntry = Immutable<z.infer<typeof managementAccountEntry>>;

const statusSummary = z.strictObject({
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
export type StatusDocument = Immutable<z.infer<typeof statusDocument>>;

/** `ndjson`: a line an account, as soon as it is known, then a summary line. */
export const statusAccountLine = z.strictObject({
  schemaVersion: z.literal('1'),
  kind: z.literal('rootctl.status.account'),
  simulated: z.optional(z.literal(true)),
  ...accountStatusFields,
});
export const statusSummaryLine = z.strictObject({ ...heading('rootctl.status.summary'), ...aboutOrganization });
