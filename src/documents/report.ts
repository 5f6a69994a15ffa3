import * as z from 'zod/mini';
import {
  accountId,
  centralizedRootAccess,
  errorEntry,
  type Held,
  heading,
  type Immutable,
  organizationEntry,
  skipReason,
  timestamp,
} from './common.ts';
import { deleteAccount } from './delete.ts';
import { accountCredentials } from './kinds/index.ts';
import { controlSubjects, verdictNames } from './report-names.ts';
import { accountStatus, managementAccountEntry, statusChange, statusSummary } from './status.ts';

/** Where the number of a control was read, and who says what it maps to. `rootctl`: a finding of its own, no control. */
export const controlSources = ['prowler', 'steampipe', 'security-hub', 'aws-config', 'rootctl'] as const;
export type ControlSource = (typeof controlSources)[number];

/** `key`: `cis-7.0.0/2.4`, `security-hub/IAM.9`. `version` is null where the framework has none. */
const reportControl = z
  .strictObject({
    key: z.string(),
    framework: z.enum(['cis', 'security-hub', 'aws-config', 'rootctl']),
    version: z.nullable(z.string()),
    id: z.string(),
    subject: z.enum(controlSubjects),
    title: z.string(),
    sources: z.array(z.enum(controlSources)),
    source: z.string(),
  })
  .check(z.meta({ id: 'control' }));

/** Whose mapping it is: other standards speak of the same. `subjects` is null where it is not told by subject. */
const controlMapping = z
  .strictObject({
    by: z.enum(controlSources),
    standard: z.string(),
    subjects: z.nullable(z.array(z.enum(controlSubjects))),
    ids: z.array(z.string()),
  })
  .check(z.meta({ id: 'controlMapping' }));
export type ControlMapping = Immutable<z.infer<typeof controlMapping>>;

/** Why a verdict is what it is; the sentence is in the words, by this code. */
export const verdictReasons = [
  'no-access-key',
  'access-key',
  'inactive-access-key',
  'mfa',
  'no-mfa',
  'no-password',
  'no-credentials',
  'hardware-mfa',
  'virtual-mfa',
  'signing-certificate',
  'no-signing-certificate',
  'switched-on',
  'trusted-access-off',
  'credentials-management-off',
  'not-read-by-rootctl',
  'management-account-keys-and-mfa-only',
  'credentials-unknown',
  'mfa-kind-unknown',
  'switch-unknown',
  'management-account-unread',
  'account-unread',
  'account-not-active',
  'account-excluded',
  'account-not-tried',
  'cut-short',
] as const;
export type VerdictReason = (typeof verdictReasons)[number];

/** What a verdict was decided on. Null is what could not be read, or what nobody has a record of (`lastUsedAt`). */
const verdictEvidence = z
  .strictObject({
    passwordPresent: z.optional(z.nullable(z.boolean())),
    accessKeys: z.optional(z.nullable(z.array(z.strictObject({ id: z.string(), status: z.string() })))),
    accessKeysPresent: z.optional(z.boolean()),
    mfaDevices: z.optional(z.nullable(z.array(z.strictObject({ serialNumber: z.string(), type: z.string() })))),
    mfaEnabled: z.optional(z.boolean()),
    signingCertificates: z.optional(z.nullable(z.array(z.strictObject({ id: z.string(), status: z.string() })))),
    signingCertificatesPresent: z.optional(z.boolean()),
    lastUsedAt: z.optional(z.nullable(timestamp)),
    trustedAccess: z.optional(z.nullable(z.boolean())),
    rootCredentialsManagement: z.optional(z.nullable(z.boolean())),
    errorCode: z.optional(z.string()),
  })
  .check(z.meta({ id: 'verdictEvidence' }));
export type VerdictEvidence = Immutable<z.infer<typeof verdictEvidence>>;

/** `account` is null where a control is the organization's own. `reason` is the sentence of `reasonCode`, in English. */
const reportVerdict = z
  .strictObject({
    account: z.nullable(accountId),
    control: z.string(),
    verdict: z.enum(verdictNames),
    reasonCode: z.enum(verdictReasons),
    reason: z.string(),
    evidence: verdictEvidence,
  })
  .check(z.meta({ id: 'verdict' }));

/** The totals of a reading that the report is made of. One that was cut short attests nothing of what it lacks. */
const reportReading = z.strictObject({ generatedAt: timestamp, complete: z.boolean(), summary: statusSummary });
/** @public */
export type ReportReading = Immutable<z.infer<typeof reportReading>>;

const reportRun = z.strictObject({
  id: z.string(),
  startedAt: timestamp,
  endedAt: z.nullable(timestamp),
  state: z.enum(['finished', 'interrupted', 'running']),
  accounts: z.array(deleteAccount),
});
/** @public */
export type ReportRun = Held<z.infer<typeof reportRun>>;

/** An account as a run saw it before it deleted anything. */
const accountBefore = z
  .strictObject({
    id: accountId,
    name: z.string(),
    status: z.enum(['present', 'absent', 'unknown', 'skipped']),
    reason: z.nullable(skipReason),
    credentials: z.nullable(accountCredentials),
    lastUsedAt: z.nullable(timestamp),
    error: z.nullable(errorEntry),
  })
  .check(z.meta({ id: 'accountBefore' }));
export type AccountBefore = Held<z.infer<typeof accountBefore>>;

/**
 * Over several readings. `cleanSince`: since the reading of this time every one that came to its end saw the account
 * without root credentials; null where the last of them did not. `cameBackAt`: the times of the readings that saw
 * credentials in an account that had been seen without.
 */
const accountHistory = z.strictObject({
  account: accountId,
  cleanSince: z.nullable(timestamp),
  cameBackAt: z.array(timestamp),
});
export type AccountHistory = Immutable<z.infer<typeof accountHistory>>;

/**
 * What was read, and what the controls say of it. `complete` is the last reading's: one that was cut short attests
 * nothing about the organization. `before` and `run` are there for a run, `changes` and `history` for several readings.
 */
export const reportDocument = z.strictObject({
  ...heading('rootctl.report'),
  organization: organizationEntry,
  centralizedRootAccess,
  managementAccount: z.nullable(managementAccountEntry),
  summary: statusSummary,
  readings: z.array(reportReading),
  accounts: z.array(accountStatus),
  run: z.nullable(reportRun),
  before: z.nullable(z.array(accountBefore)),
  changes: z.nullable(z.array(statusChange)),
  history: z.nullable(z.array(accountHistory)),
  controls: z.array(reportControl),
  mappings: z.array(controlMapping),
  verdicts: z.array(reportVerdict),
});

/** The program holds what a sentence is made of; whoever writes the document down, or shows it, words it. */
export type Control = Omit<Immutable<z.infer<typeof reportControl>>, 'title' | 'source'>;
export type Verdict = Omit<Immutable<z.infer<typeof reportVerdict>>, 'reason'>;

/**
 * `verdicts` comes as it is asked for, any number of times, by account in the order of the ids and by control in the
 * order of `controls`; the organization's own come first. Of 50,000 accounts it would be two million objects.
 */
export type ReportDocument = Omit<Held<z.infer<typeof reportDocument>>, 'controls' | 'verdicts'> & {
  readonly controls: readonly Control[];
  readonly verdicts: Iterable<Verdict>;
};
