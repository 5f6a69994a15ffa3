import type { TaskPolicyName } from './task-policy.ts';

/** The commands that need permissions of the caller. */
export const callerCommands = ['status', 'delete', 'recover', 'unlock', 'enable', 'doctor'] as const;
export type CallerCommand = (typeof callerCommands)[number];

/** `required`: without it the command fails. `optional`: without it the command says less (a `null`, a missing hint, a refused option). */
export interface CallerAction {
  readonly action: string;
  readonly need: 'required' | 'optional';
  readonly why: string;
}

/** Opening a root session, one permission for each task policy. */
export interface CallerTask {
  readonly task: TaskPolicyName;
  readonly need: 'required' | 'optional';
  readonly why: string;
}

export interface CallerNeeds {
  /** Calls about the organization, which AWS authorizes on `*`. */
  readonly reads: readonly CallerAction[];
  /** Calls that name a service principal (`organizations:ServicePrincipal`), granted for iam.amazonaws.com alone. */
  readonly forIamOnly: readonly CallerAction[];
  readonly tasks: readonly CallerTask[];
}

const required = (action: string, why: string): CallerAction => ({ action, need: 'required', why });
const optional = (action: string, why: string): CallerAction => ({ action, need: 'optional', why });
const task = (name: TaskPolicyName, need: CallerTask['need'], why: string): CallerTask => ({ task: name, need, why });

const organization = required(
  'organizations:DescribeOrganization',
  'which organization it is, and its management account',
);
const accounts = required('organizations:ListAccounts', 'the member accounts, their states and paths');

const switches = [
  optional('iam:ListOrganizationsFeatures', 'whether the two features are on'),
  optional('organizations:ListAWSServiceAccessForOrganization', 'whether trusted access is on'),
  optional(
    'organizations:ListDelegatedAdministrators',
    'who else may open root sessions, and whether that is the caller',
  ),
];

/** Where `ListAccounts` does not tell the paths (emulators, older partitions), one walk over the units does. */
const walk = [
  optional('organizations:ListRoots', 'accounts without a path, OUs by path, and whether SCPs are on'),
  optional('organizations:ListChildren', 'accounts without a path: the units are walked instead'),
];
const names = optional('organizations:DescribeOrganizationalUnit', 'the names of units, and those named by id');
const paths = optional(
  'organizations:ListOrganizationalUnitsForParent',
  'paths of --ou; paths and names of exclusions',
);
const tags = optional('organizations:ListTagsForResource', '--tag');

const policies = [
  optional('organizations:ListPoliciesForTarget', 'which service control policies apply to an account'),
  optional('organizations:DescribePolicy', 'what they say, to name the one that blocks'),
];

const home = optional('iam:GetAccountSummary', "the management account's own root user, from inside it");
const audit = task('IAMAuditRootUserCredentials', 'required', 'reads the root credentials of a member');

/** What every command reads that works in member accounts. */
const memberReads = [organization, accounts, ...switches, ...walk, names, paths, ...policies];
const selectionReads = [...memberReads, tags];

/**
 * What each command asks of AWS with the caller's own credentials (`sts:GetCallerIdentity` needs no permission; what is done
 * inside a root session is governed by its task policy, not by the caller's). With exactly this every call of the command is
 * allowed; with any one taken out, a call fails, and with a required one the command (`test/cli/policy.test.ts` tries each).
 */
export const commandActions: Readonly<Record<CallerCommand, CallerNeeds>> = {
  status: { reads: [...selectionReads, home], forIamOnly: [], tasks: [audit] },
  delete: {
    reads: selectionReads,
    forIamOnly: [],
    tasks: [audit, task('IAMDeleteRootUserCredentials', 'required', 'removes the root credentials of a member')],
  },
  recover: {
    reads: memberReads,
    forIamOnly: [],
    tasks: [task('IAMCreateRootUserPassword', 'required', "lets the owner of a member's root e-mail set a password")],
  },
  unlock: {
    reads: memberReads,
    forIamOnly: [],
    tasks: [
      task('S3UnlockBucketPolicy', 'optional', 'unlock s3: reads, replaces or removes a bucket policy'),
      task('SQSUnlockQueuePolicy', 'optional', 'unlock sqs: reads, replaces or removes a queue policy'),
    ],
  },
  enable: {
    reads: [
      organization,
      required('iam:ListOrganizationsFeatures', 'what is on already'),
      optional('organizations:ListAWSServiceAccessForOrganization', 'whether trusted access is on already'),
      optional('organizations:ListDelegatedAdministrators', 'who is delegated already'),
      optional('organizations:ListAccounts', '--delegated-admin: whether the account is a member'),
      required('iam:EnableOrganizationsRootCredentialsManagement', 'the switch RootCredentialsManagement'),
      required('iam:EnableOrganizationsRootSessions', 'the switch RootSessions'),
      optional('iam:DisableOrganizationsRootCredentialsManagement', 'disable'),
      optional('iam:DisableOrganizationsRootSessions', 'disable'),
    ],
    forIamOnly: [
      required('organizations:EnableAWSServiceAccess', 'trusted access for IAM'),
      optional('organizations:DisableAWSServiceAccess', 'disable --trusted-access'),
      optional('organizations:RegisterDelegatedAdministrator', '--delegated-admin'),
      optional('organizations:DeregisterDelegatedAdministrator', 'disable --delegated-admin'),
    ],
    tasks: [],
  },
  doctor: { reads: memberReads, forIamOnly: [], tasks: [audit] },
};
