import type { CredentialKindName } from '../../documents/index.ts';
import { grammar } from './grammar.ts';

const { count, number } = grammar;

/** AWS's own page about a finding. */
const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';

/** What is wrong with a finding of this rule, and what mends it. */
const rules: Readonly<Record<CredentialKindName | 'credentials' | 'unknown', RuleHelp>> = {
  'access-key': {
    why: 'An access key of the root user signs any request, without MFA, from anywhere, and no IAM policy limits it.',
    cure: 'Find out what uses it, move that to an IAM role, then delete the key:',
    command: 'rootctl delete ACCOUNT --only access-keys',
    page: `${guide}id_root-user_manage_delete-key.html`,
  },
  'signing-certificate': {
    why: 'A signing certificate of the root user signs requests to old SOAP interfaces, and hardly anything needs one.',
    cure: 'Remove it:',
    command: 'rootctl delete ACCOUNT --only signing-certificates',
    page: `${guide}id_root-user-privileged-task.html`,
  },
  'login-profile': {
    why: 'A member account needs no root password: whoever has it, or the mailbox behind it, has the account.',
    cure: 'Remove it together with its MFA devices; a recovery can be allowed when one is needed:',
    command: 'rootctl delete ACCOUNT',
    page: `${guide}id_root-user-privileged-task.html`,
  },
  'mfa-device': {
    why: 'An MFA device of the root user protects a password. Without a password it has no purpose.',
    cure: 'Remove it with the password, never before it:',
    command: 'rootctl delete ACCOUNT',
    page: `${guide}id_root-user-privileged-task.html`,
  },
  credentials: {
    why: 'AWS reports root credentials in this account, but which ones could not be read.',
    cure: 'See what denies it:',
    command: 'rootctl doctor',
    page: `${guide}id_root-enable-root-access.html`,
  },
  unknown: {
    why: 'Whether this account has root credentials could not be read: it is not known to be free of them.',
    cure: 'See what denies it:',
    command: 'rootctl doctor',
    page: `${guide}id_root-enable-root-access.html`,
  },
};

interface RuleHelp {
  readonly why: string;
  readonly cure: string;
  readonly command: string;
  readonly page: string;
}

const known = new Map<string, RuleHelp>(Object.entries(rules));

/**
 * Code scanning compares what it is told with what it was told before: SARIF is in English, whatever language people
 * read in. `cause` begins with what parts it from the sentence, or is empty.
 */
export const sarif = {
  /** The help of a rule. */
  helpOf: (rule: string): RuleHelp =>
    known.get(rule) ?? {
      why: 'Member accounts need no root credentials.',
      cure: 'Remove them:',
      command: 'rootctl delete ACCOUNT',
      page: `${guide}id_root-enable-root-access.html`,
    },
  shownInPart: (shown: number, results: number) =>
    `GitHub shows the ${number(shown)} most severe of these ${number(results)} results.`,
  cutOff: (written: number, results: number) =>
    `GitHub accepts ${number(written)} results per run: these are the most severe, and ${number(results - written)} of ${number(results)} were left out. For all of them: rootctl status -o json`,
  rule: (credential: string) => `Root ${credential}`,
  withoutDetails: 'Root credentials whose details could not be read',
  unread: 'Root credentials could not be read',
  holds: (account: string, credentials: number, one: string, many: string) =>
    `${account} holds ${count(credentials, { one: `root ${one}`, other: `root ${many}` })}`,
  holdsUnread: (account: string, cause: string) =>
    `${account} holds root credentials, details could not be read${cause}`,
  /** Of a baseline: what it saw cannot be seen now. */
  lastSeen: (account: string, credentials: number, one: string, many: string) =>
    `${account} held ${count(credentials, { one: `root ${one}`, other: `root ${many}` })}, and could not be read now`,
  removed: (account: string, credentials: number, one: string, many: string) =>
    `${account} no longer holds ${count(credentials, { one: `root ${one}`, other: `root ${many}` })}`,
  removedUnread: (account: string) => `${account} no longer holds root credentials`,
  left: (account: string, credentials: number, one: string, many: string) =>
    `${account} is no longer in the organization; it held ${count(credentials, { one: `root ${one}`, other: `root ${many}` })}`,
  notRead: (account: string, cause: string) => `The root credentials of ${account} could not be read${cause}`,
};
