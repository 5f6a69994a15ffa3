import type { PolicyFault } from '../problems/index.ts';
import { type AccessRequest, contextOf } from './context.ts';
import type { PolicyDocument, Principal, Principals, Statement } from './document.ts';
import type { Doubt } from './doubt.ts';
import { coversAction, statementApplies } from './statement.ts';

/** Why a statement locks, or does not, or why nobody can tell. */
export type LockReason =
  | { readonly reason: 'allows' }
  /** It leaves all of these, which change the policy. */
  | { readonly reason: 'leaves-changing'; readonly actions: readonly string[] }
  | { readonly reason: 'no-principal' }
  | { readonly reason: 'unmatched-types'; readonly types: readonly string[] }
  | { readonly reason: 'only-some'; readonly principals: readonly string[] }
  | { readonly reason: 'nobody' }
  /** A lock unless one of them can be used. */
  | { readonly reason: 'all-but-insiders'; readonly principals: readonly string[] }
  | { readonly reason: 'other-resources'; readonly resource: string }
  | { readonly reason: 'spared'; readonly conditions: readonly string[] }
  | { readonly reason: 'depends'; readonly conditions: readonly string[]; readonly doubt: Doubt }
  | {
      readonly reason: 'denies-some';
      readonly whom: Whom;
      readonly actions: readonly string[];
      readonly left: readonly string[];
    }
  | {
      readonly reason: 'denies';
      readonly whom: Whom;
      readonly actions: readonly string[];
      /** The account always meets them; none when empty. */
      readonly conditions: readonly string[];
    }
  /** The policy as a whole. */
  | { readonly reason: 'not-understood'; readonly fault: PolicyFault };

/** Whom a statement denies, where that is the whole account. */
export type Whom =
  | { readonly whom: 'everybody' }
  | { readonly whom: 'account' }
  | { readonly whom: 'all-but'; readonly principals: readonly string[] };

/** A small judgement: does this statement keep everybody in the account away from the policy itself? */
export interface LockJudgement {
  readonly index: number;
  readonly sid: string | null;
  readonly locks: 'yes' | 'no' | 'unsure';
  readonly why: LockReason;
}

export interface LockedResource {
  readonly accountId: string;
  readonly partition: string;
  /** Of the bucket or queue that carries the policy. */
  readonly resourceArn: string;
}

/**
 * Marks the statements of a bucket or queue policy that lock everybody out, which only the root user can undo. A statement
 * locks when it denies, denies the whole account, denies changing the policy, and nothing in its conditions lets anybody off.
 */
export function judgeResourcePolicy(policy: PolicyDocument, resource: LockedResource): readonly LockJudgement[] {
  return policy.statements.map((statement) => ({
    index: statement.index,
    sid: statement.sid,
    ...judgeStatement(statement, policy.version, resource),
  }));
}

type Verdict = Pick<LockJudgement, 'locks' | 'why'>;
type Exception =
  | { readonly locks: 'no'; readonly why: LockReason }
  | { readonly locks: 'unsure'; readonly why: LockReason };

function judgeStatement(statement: Statement, version: PolicyDocument['version'], resource: LockedResource): Verdict {
  if (statement.effect === 'Allow') return { locks: 'no', why: { reason: 'allows' } };
  const reach = whomItDenies(statement.principals, resource);
  if (reach.locks === 'no') return reach;
  const changing = changingActions(resource.resourceArn);
  const actions = changing.filter((action) => coversAction(statement.actions, action));
  const left = changing.filter((action) => !actions.includes(action));
  const [first] = actions;
  if (first === undefined) return { locks: 'no', why: { reason: 'leaves-changing', actions: left } };
  const conditions = statement.conditions.map(({ operator, key }) => `${operator} ${key}`);
  const exception = appliesToTheAccount(statement, conditions, version, resource, first);
  if (exception?.locks === 'no') return exception;
  if (reach.locks === 'unsure') return reach;
  if (exception !== null) return exception;
  const { whom } = reach;
  if (left.length > 0) return { locks: 'unsure', why: { reason: 'denies-some', whom, actions, left } };
  return { locks: 'yes', why: { reason: 'denies', whom, actions, conditions } };
}

/** What undoes a lock: if all of these are denied, the policy stays as it is. */
function changingActions(resourceArn: string): readonly string[] {
  return resourceArn.split(':')[2] === 'sqs'
    ? ['sqs:SetQueueAttributes']
    : ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
}

function whomItDenies(
  principals: Principals | null,
  resource: LockedResource,
): Exception | { readonly locks: 'yes'; readonly whom: Whom } {
  if (principals === null) return { locks: 'unsure', why: { reason: 'no-principal' } };
  const { match, principals: named } = principals;
  const values = named.map(({ value }) => value);
  if (match === 'only') {
    if (named.some(isEverybody)) return { locks: 'yes', whom: { whom: 'everybody' } };
    if (named.some((principal) => isAccount(principal, resource))) return { locks: 'yes', whom: { whom: 'account' } };
    const isUnmatched = named.some(({ type }) => type !== 'AWS' && type !== 'Service' && type !== 'Federated');
    return isUnmatched
      ? { locks: 'unsure', why: { reason: 'unmatched-types', types: [...new Set(named.map(({ type }) => type))] } }
      : { locks: 'no', why: { reason: 'only-some', principals: values } };
  }
  if (named.some(isEverybody)) return { locks: 'no', why: { reason: 'nobody' } };
  return named.some((principal) => isWithin(principal, resource))
    ? { locks: 'unsure', why: { reason: 'all-but-insiders', principals: values } }
    : { locks: 'yes', whom: { whom: 'all-but', principals: values } };
}

/** Null: it applies to the whole account. */
function appliesToTheAccount(
  statement: Statement,
  conditions: readonly string[],
  version: PolicyDocument['version'],
  { accountId, resourceArn }: LockedResource,
  action: string,
): Exception | null {
  const request: AccessRequest = {
    action,
    resource: resourceArn,
    keys: {
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': accountId,
      'aws:SecureTransport': 'true',
      'aws:ViaAWSService': 'false',
    },
    unknownKeys: 'all-others',
  };
  const context = contextOf(request);
  const onResource = statementApplies({ ...statement, principals: null, conditions: [] }, context, version);
  if (onResource === false) return { locks: 'no', why: { reason: 'other-resources', resource: resourceArn } };
  const applies = statementApplies({ ...statement, principals: null }, context, version);
  if (applies === true) return null;
  if (applies === false) return { locks: 'no', why: { reason: 'spared', conditions } };
  return { locks: 'unsure', why: { reason: 'depends', conditions, doubt: applies.why } };
}

function isEverybody({ type, value }: Principal): boolean {
  return type === 'AWS' && value === '*';
}

function isAccount({ type, value }: Principal, { accountId, partition }: LockedResource): boolean {
  return type === 'AWS' && (value === accountId || value === `arn:${partition}:iam::${accountId}:root`);
}

/** The account itself or one of its users, roles and sessions. */
function isWithin(principal: Principal, resource: LockedResource): boolean {
  return (
    isAccount(principal, resource) ||
    (principal.type === 'AWS' && principal.value.split(':')[4] === resource.accountId) ||
    principal.type === 'CanonicalUser'
  );
}
