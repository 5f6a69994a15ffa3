import type { Control, ControlSource, ControlSubject, VerdictName, VerdictReason } from '../../documents/index.ts';

/** What the controls ask, in words of rootctl's own; the frameworks' texts are theirs. */
export const controls = {
  frameworks: {
    cis: 'CIS AWS Foundations Benchmark',
    'security-hub': 'AWS Security Hub',
    'aws-config': 'AWS Config rule',
    rootctl: 'Finding of rootctl',
  } satisfies Record<Control['framework'], string> as Readonly<Record<Control['framework'], string>>,
  titles: {
    'centralized-root-access': 'Root access of the member accounts is managed centrally',
    'access-keys': 'The root user has no access key',
    mfa: 'The root user signs in with MFA',
    'hardware-mfa': 'The root user signs in with hardware MFA only',
    use: 'The root user is not used for daily work',
    monitoring: 'Use of the root user raises an alarm',
    'signing-certificates': 'The root user has no signing certificate (no framework asks for it)',
  } satisfies Record<ControlSubject, string> as Readonly<Record<ControlSubject, string>>,
  /** The same in a word or two, for what an account fails. */
  subjects: {
    'centralized-root-access': 'centralized root access',
    'access-keys': 'access keys',
    mfa: 'MFA',
    'hardware-mfa': 'hardware MFA',
    use: 'use',
    monitoring: 'monitoring',
    'signing-certificates': 'signing certificates',
  } satisfies Record<ControlSubject, string> as Readonly<Record<ControlSubject, string>>,
  /** Where the number of a control comes from. */
  sources: {
    prowler: "Prowler's compliance files",
    steampipe: "Steampipe's AWS compliance mod",
    'security-hub': 'AWS Security Hub User Guide',
    'aws-config': 'AWS Config Developer Guide',
    rootctl: 'rootctl',
  } satisfies Record<ControlSource, string> as Readonly<Record<ControlSource, string>>,
  readIn: (sources: readonly string[]) => `${sources.join('; ')} (read in August 2026)`,
  verdicts: {
    passed: 'passed',
    failed: 'failed',
    unknown: 'unknown',
    'not-applicable': 'not applicable',
    'not-assessed': 'not assessed',
  } satisfies Record<VerdictName, string> as Readonly<Record<VerdictName, string>>,
  reasons: {
    'no-access-key': 'there is no access key',
    'access-key': 'there is an access key',
    'inactive-access-key': 'there is an inactive access key, which can be activated again',
    mfa: 'MFA is set up',
    'no-mfa': 'no MFA is set up',
    'no-password': 'there is no password that MFA could guard',
    'no-credentials': 'there is neither a password nor an access key that MFA could guard',
    'hardware-mfa': 'no MFA device is a virtual one',
    'virtual-mfa': 'a virtual MFA device is set up',
    'signing-certificate': 'there is a signing certificate',
    'no-signing-certificate': 'there is no signing certificate',
    'switched-on':
      'trusted access and root credentials management are on; this says nothing about existing credentials',
    'trusted-access-off': 'trusted access for IAM is off',
    'credentials-management-off': 'root credentials management is off',
    'management-account-keys-and-mfa-only': 'of the management account only access keys and MFA are assessed',
    'not-read-by-rootctl': 'rootctl does not read this; the last use is shown where it is known',
    'credentials-unknown': 'what this depends on could not be read',
    'mfa-kind-unknown': 'MFA is set up, but AWS does not say of which kind',
    'switch-unknown': 'the caller is not allowed to read the features',
    'management-account-unread': "the management account's root user can be read from that account only",
    'account-unread': 'the account could not be read',
    'account-not-active': 'the account is not active, so its root user cannot be read',
    'account-excluded': 'the account was left out of the reading',
    'account-not-tried': 'the reading ended before this account was read',
    'cut-short': 'the reading was cut short: it says nothing about the whole organization',
  } satisfies Record<VerdictReason, string> as Readonly<Record<VerdictReason, string>>,
  /** Where scanners judge an account otherwise once its root credentials are gone. */
  disagreements: [
    "Steampipe's check of root MFA raises an alarm for an account without a root password; so does ScoutSuite (its issue 1710).",
    'Prowler writes no row for an account without root credentials, nor for one that holds a signing certificate only.',
    'AWS Config calls its rules about MFA not applicable where there are no root credentials; Security Hub passes its own.',
    'An inactive access key is a finding here and for some scanners; others look at active ones only.',
  ] as readonly string[],
};
