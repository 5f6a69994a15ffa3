import { iamServicePrincipal } from '../../../policy/index.ts';
import { type Call, membershipOf } from '../../call.ts';
import { userIdOf } from '../../callers.ts';
import { isoSeconds } from '../../instant.ts';
import type { Parameters, QueryOperations } from '../../protocols/query.ts';
import { type AccountState, type OrganizationState, seenSwitch } from '../../state.ts';
import { type TaskPolicy, taskPolicyNamed } from '../../task-policies.ts';
import { Refusal } from '../../wire.ts';
import { type Xml, xml } from '../../xml.ts';

/** STS API Reference; what AssumeRoot answers was recorded against AWS (reference, "Seen against AWS itself"). */
export const stsOperations: QueryOperations = {
  AssumeRoot: assumeRoot,
  GetCallerIdentity: ({ principal }) =>
    xml`<Arn>${principal.arn}</Arn><UserId>${userIdOf(principal)}</UserId><Account>${principal.account.id}</Account>`,
};

const durationSecondsMax = 900;

function assumeRoot(call: Call, parameters: Parameters): Xml {
  const { state, principal, nowMs } = call;
  if (call.globalEndpoint) throw new Refusal('InvalidAction', 400, 'Unknown Operation');
  if (state.behaviour.disabledRegions?.includes(call.region))
    throw new Refusal(
      'RegionDisabledException',
      403,
      `STS is not activated in this region for account ${principal.account.id}.`,
    );
  const targetId = targetOf(parameters['TargetPrincipal'], state.partition);
  const task = taskOf(parameters['TaskPolicyArn.arn'], state.partition);
  const durationSeconds = durationOf(parameters['DurationSeconds']);
  const resource = `arn:${state.partition}:iam::${targetId}:root`;
  const denied = () =>
    new Refusal(
      'AccessDenied',
      403,
      `User: ${principal.arn} is not authorized to perform: sts:AssumeRoot on resource: ${resource}`,
    );
  // A root user may not call it, nor may a root session (STS API Reference, AssumeRoot).
  if (principal.kind === 'root' || principal.kind === 'root-session') throw denied();
  const target = state.accountsById.get(targetId);
  call.authorize({
    action: 'sts:AssumeRoot',
    resource,
    owner: target,
    keys: { 'sts:TaskPolicyArn': parameters['TaskPolicyArn.arn'] ?? '' },
  });
  const { organization } = state;
  if (organization === undefined || organization.featureSet !== 'ALL') throw denied();
  checkSwitches(call, organization, task, denied);
  if (target === undefined || target.id === organization.managementAccountId || target.state !== 'ACTIVE')
    throw denied();
  return openRootSession(call, sessionAccount(call, target), task, nowMs + durationSeconds * 1000);
}

/** Trusted access, the caller's place and the feature, each as STS sees it: sometimes later than IAM. */
function checkSwitches(call: Call, organization: OrganizationState, task: TaskPolicy, denied: () => Refusal): void {
  const { state, principal, nowMs } = call;
  const isDelegate = membershipOf(state, principal.account, iamServicePrincipal)?.role === 'delegated-administrator';
  const mayCall =
    principal.account.id === organization.managementAccountId ||
    seenSwitch(organization, `delegate:${principal.account.id}`, isDelegate, nowMs);
  if (!mayCall) throw denied();
  if (!seenSwitch(organization, 'trustedAccess', organization.trustedServices.has(iamServicePrincipal), nowMs))
    throw new Refusal('AccessDenied', 403, 'Service not enabled for AWS Organizations.');
  if (!seenSwitch(organization, task.feature, organization[task.feature], nowMs)) {
    const feature = task.feature === 'rootSessions' ? 'Root sessions' : 'Root credentials management';
    throw new Refusal('AccessDenied', 403, `${feature} feature is not enabled for your AWS Organization.`);
  }
}

/** The fault `wrong-account` hands out another account's session: a client must notice. */
function sessionAccount({ state, strike }: Call, target: AccountState): AccountState {
  const fault = strike('wrong-account');
  if (fault === undefined) return target;
  const given = fault.otherAccountId === undefined ? undefined : state.accountsById.get(fault.otherAccountId);
  const managementId = state.organization?.managementAccountId;
  return given ?? state.accounts.find(({ id }) => id !== target.id && id !== managementId) ?? target;
}

function openRootSession(call: Call, account: AccountState, task: TaskPolicy, expiresAtMs: number): Xml {
  const expiry = call.strike('expire-session');
  const { accessKeyId, secretAccessKey, sessionToken } = call.issue({
    accountId: account.id,
    arn: `arn:${call.state.partition}:iam::${account.id}:root`,
    taskPolicy: task.name,
    expiresAtMs: expiry ? call.nowMs + (expiry.afterMs ?? 0) : expiresAtMs,
  });
  return xml`<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${isoSeconds(expiresAtMs)}</Expiration></Credentials>`;
}

/** 12 digits or a root's ARN, and nothing else (recorded 2026-09). */
function targetOf(target: string | undefined, partition: string): string {
  if (target === undefined) throw missing('targetPrincipal');
  const match = /^(?:arn:([a-z-]+):iam::)?(\d{12})(:root)?$/.exec(target);
  const isArn = match?.[1] !== undefined;
  if (match?.[2] === undefined || isArn !== (match[3] !== undefined) || (isArn && match[1] !== partition))
    throw new Refusal('ValidationError', 400, 'Request must contain a valid target principal');
  return match[2];
}

function taskOf(arn: string | undefined, partition: string): TaskPolicy {
  if (arn === undefined) throw missing('taskPolicyArn');
  const prefix = `arn:${partition}:iam::aws:policy/root-task/`;
  const task = arn.startsWith(prefix) ? taskPolicyNamed(arn.slice(prefix.length)) : undefined;
  if (task === undefined)
    throw new Refusal('ValidationError', 400, 'Request must contain valid AWS managed task policy ARN');
  return task;
}

function durationOf(text: string | undefined): number {
  if (text === undefined) return durationSecondsMax;
  if (!/^\d{1,9}$/.test(text) || Number(text) > durationSecondsMax)
    throw new Refusal(
      'ValidationError',
      400,
      `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to ${durationSecondsMax}`,
    );
  return Number(text);
}

const missing = (name: string): Refusal =>
  new Refusal(
    'ValidationError',
    400,
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
