import { type CallerNeeds, type CallerTask, commandActions } from './caller-actions.ts';
import { type CallerCommand, callerCommands } from './caller-commands.ts';
import type { GeneratedPolicy, NoteReason, StatementSource } from './generated.ts';
import { iamServicePrincipal, type TaskPolicyName, taskPolicyArn } from './task-policy.ts';

export interface CallerPolicyOptions {
  readonly commands: readonly CallerCommand[];
  readonly partition: string;
  /** Only these member accounts may be targets; 12 digits each. Unset: any. */
  readonly accounts?: readonly string[] | undefined;
  /** Only members of this organization may be targets. */
  readonly organizationId?: string | undefined;
}

/**
 * The least that the caller of these commands must be allowed: the reads, what names IAM's service principal, and one
 * statement for each task policy, so that auditor, remover and recoverer can be different roles.
 */
export function callerPolicy({ commands, partition, accounts, organizationId }: CallerPolicyOptions): GeneratedPolicy {
  const chosen = callerCommands.filter((command) => commands.includes(command));
  const needs = chosen.map((command) => commandActions[command]);
  const reads = actionsOf(needs, 'reads');
  const forIamOnly = actionsOf(needs, 'forIamOnly');
  const tasks = new Map<TaskPolicyName, CallerTask>(
    needs.flatMap((need) => need.tasks).map((task) => [task.task, task]),
  );
  const parts = [
    ...(reads.length === 0 ? [] : [readStatement(reads)]),
    ...(forIamOnly.length === 0 ? [] : [servicePrincipalStatement(forIamOnly)]),
    ...[...tasks.values()].map((task) => taskStatement(task, partition, accounts, organizationId)),
  ];
  return {
    document: { Version: '2012-10-17', Statement: parts.map(({ statement }) => statement) },
    notes: parts.map(({ statement, reason, source }) => ({ ...reason, sid: statement.Sid, source })),
  };
}

interface Part {
  readonly statement: StatementSource & { readonly Sid: string };
  readonly reason: NoteReason;
  readonly source: string;
}

function actionsOf(needs: readonly CallerNeeds[], kind: 'reads' | 'forIamOnly'): readonly string[] {
  return [...new Set(needs.flatMap((need) => need[kind]).map(({ action }) => action))].sort();
}

function readStatement(actions: readonly string[]): Part {
  return {
    statement: { Sid: 'ReadOrganization', Effect: 'Allow', Action: actions, Resource: '*' },
    reason: {
      note: actions.some((action) => /^iam:(?:Enable|Disable)/u.test(action)) ? 'reads-and-switches' : 'reads',
    },
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html',
  };
}

function servicePrincipalStatement(actions: readonly string[]): Part {
  return {
    statement: {
      Sid: 'ManageTrustedAccessForIam',
      Effect: 'Allow',
      Action: actions,
      Resource: '*',
      Condition: { StringEquals: { 'organizations:ServicePrincipal': iamServicePrincipal } },
    },
    reason: { note: 'for-iam-only' },
    source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_permissions_iam-policies.html',
  };
}

/**
 * `aws:ResourceOrgID` is a global key, present when the resource's account is a member of an organization; the page lists the
 * actions that do not support it, and `sts:AssumeRoot`, whose resource is the member's root user, is not among them.
 * That is documentation, not observation: nobody is known to have recorded it against AWS.
 */
function taskStatement(
  { task }: CallerTask,
  partition: string,
  accounts: readonly string[] | undefined,
  organizationId: string | undefined,
): Part {
  const targets = accounts === undefined ? ['*'] : [...new Set(accounts)].sort();
  const organization = organizationId === undefined ? {} : { 'aws:ResourceOrgID': organizationId };
  return {
    statement: {
      Sid: `AssumeRoot${task}`,
      Effect: 'Allow',
      Action: 'sts:AssumeRoot',
      Resource: targets.map((account) => `arn:${partition}:iam::${account}:root`),
      Condition: { StringEquals: { 'sts:TaskPolicyArn': taskPolicyArn(partition, task), ...organization } },
    },
    reason: { note: 'root-session', task },
    source:
      organizationId === undefined
        ? 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html'
        : 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid',
  };
}
