import type { CallerCommand } from './caller-commands.ts';
import type { TaskPolicyName } from './task-policy.ts';

/** `required`: without it the command fails. `optional`: without it the command says less (a `null`, a missing hint, a refused option). */
export interface CallerAction {
  readonly action: string;
  readonly need: 'required' | 'optional';
}

/** Opening a root session, one permission for each task policy. */
export interface CallerTask {
  readonly task: TaskPolicyName;
  readonly need: 'required' | 'optional';
}

export interface CallerNeeds {
  /** Calls about the organization, which AWS authorizes on `*`. */
  readonly reads: readonly CallerAction[];
  /** Calls that name a service principal (`organizations:ServicePrincipal`), granted for iam.amazonaws.com alone. */
  readonly forIamOnly: readonly CallerAction[];
  readonly tasks: readonly CallerTask[];
}

const required = (action: string): CallerAction => ({ action, need: 'required' });
const optional = (action: string): CallerAction => ({ action, need: 'optional' });
const task = (name: TaskPolicyName, need: CallerTask['need']): CallerTask => ({ task: name, need });

/** Which organization it is, and its management account. */
const organization = required('organizations:DescribeOrganization');
/** The member accounts, their states and paths. */
const accounts = required('organizations:ListAccounts');

const switches = [
  optional('iam:ListOrganizationsFeatures'), // whether the two features are on
  optional('organizations:ListAWSServiceAccessForOrganization'), // whether trusted access is on
  optional('organizations:ListDelegatedAdministrators'), // who else may open root sessions, and whether that is the caller
];

/** Where `ListAccounts` does not tell the paths (emulators, older partitions), one walk over the units does. */
const walk = [
  optional('organizations:ListRoots'), // also OUs by path, and whether SCPs are on
  optional('organizations:ListChildren'),
];
/** The names of units, and those named by id. */
const names = optional('organizations:DescribeOrganizationalUnit');
/** Paths of `--ou`; paths and names of exclusions. */
const paths = optional('organizations:ListOrganizationalUnitsForParent');
/** `--tag`. */
const tags = optional('organizations:ListTagsForResource');

const policies = [
  optional('organizations:ListPoliciesForTarget'), // which service control policies apply to an account
  optional('organizations:DescribePolicy'), // what they say, to name the one that blocks
];

/** The management account's own root user, from inside it. */
const home = optional('iam:GetAccountSummary');
const audit = task('IAMAuditRootUserCredentials', 'required');

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
    tasks: [audit, task('IAMDeleteRootUserCredentials', 'required')],
  },
  recover: { reads: memberReads, forIamOnly: [], tasks: [task('IAMCreateRootUserPassword', 'required')] },
  unlock: {
    reads: memberReads,
    forIamOnly: [],
    tasks: [task('S3UnlockBucketPolicy', 'optional'), task('SQSUnlockQueuePolicy', 'optional')], // `unlock s3`, `unlock sqs`
  },
  enable: {
    reads: [
      organization,
      required('iam:ListOrganizationsFeatures'),
      optional('organizations:ListAWSServiceAccessForOrganization'),
      optional('organizations:ListDelegatedAdministrators'),
      optional('organizations:ListAccounts'), // `--delegated-admin`: whether the account is a member
      required('iam:EnableOrganizationsRootCredentialsManagement'),
      required('iam:EnableOrganizationsRootSessions'),
      optional('iam:DisableOrganizationsRootCredentialsManagement'), // `disable`
      optional('iam:DisableOrganizationsRootSessions'),
    ],
    forIamOnly: [
      required('organizations:EnableAWSServiceAccess'),
      optional('organizations:DisableAWSServiceAccess'), // `disable --trusted-access`
      optional('organizations:RegisterDelegatedAdministrator'), // `--delegated-admin`
      optional('organizations:DeregisterDelegatedAdministrator'),
    ],
    tasks: [],
  },
  doctor: { reads: memberReads, forIamOnly: [], tasks: [audit] },
};
