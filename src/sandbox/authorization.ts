import {
  type AccessRequest,
  type Doubt,
  evaluatePolicy,
  evaluateScps,
  type PolicyDocument as ParsedPolicy,
  type ScpLevel,
  type ScpTarget,
  type Unreadable,
} from '../policy/index.ts';
import type { Principal } from './callers.ts';
import { isoSeconds, oncePerSecond } from './instant.ts';
import { type AccountState, chainOf, type OrganizationState, pathOf, type SandboxState } from './state.ts';
import { taskPolicyNamed } from './task-policies.ts';

export interface Question {
  /** `service:Operation` as policies write it, which is not always the operation's name (`s3:ListAllMyBuckets`). */
  readonly action: string;
  readonly resource: string;
  /** Whose the resource is; the principal's account unless given. */
  readonly owner?: AccountState | undefined;
  readonly region: string;
  /** Further context keys, such as `sts:TaskPolicyArn`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Policies on the resource itself. They bind nobody but the principals they name, and never the owner's root user. */
  readonly resourcePolicy?: ParsedPolicy | Unreadable | undefined;
}

export interface Authorization {
  /** Undefined when the principal may; otherwise the words in which AWS says no. */
  denialOf(principal: Principal, question: Question, nowMs: number): string | undefined;
  /** To be called when a policy was attached or detached. */
  forget(): void;
}

/**
 * Decides as AWS does (IAM User Guide, "Policy evaluation logic"): an explicit deny anywhere wins; the caller's identity policies, when
 * the scenario gives any, must allow; every level of service control policies must allow (Organizations User Guide, "SCP
 * evaluation"), except in the management account, which they never bind. A policy that cannot be evaluated denies and says so.
 */
export function createAuthorization(state: SandboxState): Authorization {
  const { organization } = state;
  let levels = organization && createLevels(organization);
  const currentTime = oncePerSecond(isoSeconds);

  return {
    forget() {
      levels = organization && createLevels(organization);
    },
    denialOf(principal, question, nowMs) {
      const request = requestFor(state, principal, question, nowMs, currentTime(nowMs));
      const denied = (why: string) =>
        `User: ${principal.arn} is not authorized to perform: ${question.action} on resource: ${question.resource} ${why}`;

      if (principal.taskPolicy !== undefined) {
        const task = taskPolicyNamed(principal.taskPolicy);
        if (task === undefined) return denied(`because the session's task policy ${principal.taskPolicy} is not known`);
        const answer = evaluatePolicy(task.document, request);
        if (answer.effect === 'deny') return denied('with an explicit deny in a session policy');
        if (answer.effect === 'cannot-tell') return denied(cannotTell(task.name, answer.why));
      }
      const identity = identityDenial(principal, request);
      if (identity !== undefined) return denied(identity);

      if (levels && organization?.featureSet === 'ALL' && principal.account.id !== organization.managementAccountId) {
        const chain = levels.of(principal.account);
        if (chain.length > 0) {
          const decision = evaluateScps(chain, request);
          if (decision.verdict === 'cannot-tell') return denied(cannotTell(decision.policy.id, decision.why));
          if (decision.verdict === 'blocked')
            return denied(
              decision.because === 'explicit-deny'
                ? 'with an explicit deny in a service control policy'
                : `because no service control policy allows the ${question.action} action`,
            );
        }
      }
      // The owner's root user can always read, replace and delete a bucket's or queue's policy (S3 and IAM User Guides, root tasks).
      if (question.resourcePolicy && principal.kind !== 'root' && principal.kind !== 'root-session') {
        const { resourcePolicy } = question;
        if ('unreadable' in resourcePolicy) return denied(cannotTell('resource', resourcePolicy));
        const answer = evaluatePolicy(resourcePolicy, request);
        if (answer.effect === 'deny') return denied('with an explicit deny in a resource-based policy');
        if (answer.effect === 'cannot-tell') return denied(cannotTell('resource', answer.why));
      }
      return undefined;
    },
  };
}

const cannotTell = (policy: string, why: Doubt | Unreadable): string =>
  `because the sandbox cannot evaluate the policy ${policy}: ${inBrief(why)} (denied to be safe; AWS might allow it)`;

/** `unknown-value aws:SourceIp`: the evaluator's own names. */
const inBrief = (why: object): string =>
  Object.values(why)
    .map((part: unknown) => (typeof part === 'object' && part !== null ? inBrief(part) : String(part)))
    .join(' ')
    .trim();

function identityDenial({ identityPolicies }: Principal, request: AccessRequest): string | undefined {
  if (identityPolicies === undefined) return undefined;
  let allowed = false;
  let doubt: Doubt | Unreadable | undefined;
  for (const policy of identityPolicies) {
    if ('unreadable' in policy) {
      doubt ??= policy;
      continue;
    }
    const answer = evaluatePolicy(policy, request);
    if (answer.effect === 'deny') return 'with an explicit deny in an identity-based policy';
    if (answer.effect === 'cannot-tell') doubt ??= answer.why;
    if (answer.effect === 'allow') allowed = true;
  }
  if (doubt !== undefined) return cannotTell('of the caller', doubt);
  return allowed ? undefined : `because no identity-based policy allows the ${request.action} action`;
}

/** The context keys that AWS sends along (IAM User Guide, "AWS global condition context keys"). */
function requestFor(
  state: SandboxState,
  principal: Principal,
  question: Question,
  nowMs: number,
  currentTime: string,
): AccessRequest {
  const { organization } = state;
  const { account } = principal;
  const owner = question.owner ?? account;
  return {
    action: question.action,
    resource: question.resource,
    keys: {
      'aws:PrincipalArn': principal.arn,
      'aws:PrincipalAccount': account.id,
      'aws:PrincipalType': principalTypes[principal.kind],
      'aws:PrincipalIsAWSService': 'false',
      'aws:RequestedRegion': question.region,
      'aws:ResourceAccount': owner.id,
      'aws:SecureTransport': 'true',
      'aws:ViaAWSService': 'false',
      'aws:SourceIp': '127.0.0.1',
      'aws:CurrentTime': currentTime,
      'aws:EpochTime': String(Math.floor(nowMs / 1000)),
      ...(principal.kind === 'root-session' ? { 'aws:AssumedRoot': 'true' } : {}),
      ...(principal.kind === 'user' ? { 'aws:username': principal.arn.slice(principal.arn.lastIndexOf('/') + 1) } : {}),
      ...(organization
        ? {
            'aws:PrincipalOrgID': organization.id,
            'aws:PrincipalOrgPaths': pathOf(organization, account),
            'aws:ResourceOrgID': organization.id,
            'aws:ResourceOrgPaths': pathOf(organization, owner),
          }
        : {}),
      ...question.keys,
    },
  };
}

const principalTypes = { user: 'User', role: 'AssumedRole', root: 'Account', 'root-session': 'Account' } as const;

/** The levels of SCPs above an account, remembered for each parent; levels that only allow everything are left out. */
function createLevels(organization: OrganizationState): { of(account: AccountState): readonly ScpLevel[] } {
  const policies = [...organization.policies.values()];
  const above = new Map<string, readonly ScpLevel[]>();
  const harmless = new Set(policies.filter(allowsEverything).map(({ id }) => id));
  const levelAt = (target: ScpTarget): ScpLevel[] => {
    const attached = policies.filter((policy) => policy.everywhere || policy.targets.has(target.id));
    if (attached.length > 0 && attached.every(({ id }) => harmless.has(id))) return [];
    return [{ target, policies: attached }];
  };
  return {
    of(account) {
      let levels = above.get(account.parentId);
      if (levels === undefined) {
        levels = chainOf(organization, account)
          .slice(0, -1)
          .flatMap((id) => {
            const unit = organization.units.get(id);
            return levelAt({ id, name: unit?.name ?? 'Root', kind: unit ? 'ou' : 'root' });
          });
        above.set(account.parentId, levels);
      }
      const own = levelAt({ id: account.id, name: account.name, kind: 'account' });
      return own.length === 0 ? levels : [...levels, ...own];
    },
  };
}

/** FullAWSAccess and its like: the level allows, and nothing in it denies. */
function allowsEverything({ document }: { document: ParsedPolicy | Unreadable }): boolean {
  if ('unreadable' in document || document.statements.length !== 1) return false;
  const statement = document.statements[0];
  const any = (patterns: { match: string; patterns: readonly string[] } | null | undefined) =>
    patterns?.match === 'only' && patterns.patterns.includes('*');
  return (
    statement?.effect === 'Allow' &&
    any(statement.actions) &&
    any(statement.resources) &&
    statement.conditions.length === 0 &&
    statement.principals === null
  );
}
