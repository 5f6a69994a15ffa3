import { type AccessRequest, contextOf } from './context.ts';
import type { PolicyDocument, Principal, Principals, Statement } from './document.ts';
import { coversAction, statementApplies } from './statement.ts';

/** A small judgement: does this statement keep everybody in the account away from the policy itself? */
export interface LockJudgement {
  readonly index: number;
  readonly sid: string | null;
  readonly locks: 'yes' | 'no' | 'unsure';
  /** One sentence. */
  readonly why: string;
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

function judgeStatement(statement: Statement, version: PolicyDocument['version'], resource: LockedResource): Verdict {
  if (statement.effect === 'Allow') return { locks: 'no', why: 'It allows, and only a denial can lock anybody out.' };
  const reach = whomItDenies(statement.principals, resource);
  if (reach.locks === 'no') return reach;
  const changing = changingActions(resource.resourceArn);
  const denied = changing.filter((action) => coversAction(statement.actions, action));
  const left = changing.filter((action) => !denied.includes(action));
  if (denied.length === 0)
    return { locks: 'no', why: `It does not deny ${left.join(' or ')}, so the policy can be changed.` };
  const applies = appliesToTheAccount(statement, version, resource, denied[0] ?? '');
  if (applies.locks === 'no') return applies;
  if (reach.locks === 'unsure') return reach;
  if (applies.locks === 'unsure') return applies;
  if (left.length > 0) {
    return { locks: 'unsure', why: `It denies ${reach.why} ${denied.join(', ')} but leaves ${left.join(', ')}.` };
  }
  return { locks: 'yes', why: `It denies ${reach.why} ${denied.join(' and ')} ${applies.why}.` };
}

/** What undoes a lock: if all of these are denied, the policy stays as it is. */
function changingActions(resourceArn: string): readonly string[] {
  return resourceArn.split(':')[2] === 'sqs'
    ? ['sqs:SetQueueAttributes']
    : ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
}

/** For `yes`, `why` is who is denied, to stand in a sentence. */
function whomItDenies(principals: Principals | null, resource: LockedResource): Verdict {
  if (principals === null) return { locks: 'unsure', why: 'It names no principal, which a resource policy must.' };
  const { match, principals: named } = principals;
  const wide = named.some((principal) => isEverybody(principal) || isAccount(principal, resource));
  const inside = named.filter((principal) => isWithin(principal, resource));
  if (match === 'only') {
    if (named.some(isEverybody)) return { locks: 'yes', why: 'everybody' };
    if (wide) return { locks: 'yes', why: 'the whole account' };
    return named.some(({ type }) => type !== 'AWS' && type !== 'Service' && type !== 'Federated')
      ? {
          locks: 'unsure',
          why: `It denies principals of a type that cannot be matched to the account (${types(named)}).`,
        }
      : { locks: 'no', why: `It denies only ${names(named)}, not the whole account.` };
  }
  if (named.some(isEverybody)) return { locks: 'no', why: 'It denies everybody but everybody, which is nobody.' };
  return inside.length > 0
    ? { locks: 'unsure', why: `It denies everybody but ${names(named)}: a lock unless one of them can be used.` }
    : { locks: 'yes', why: `everybody but ${names(named)}, and so the whole account,` };
}

function appliesToTheAccount(
  statement: Statement,
  version: PolicyDocument['version'],
  { accountId, resourceArn }: LockedResource,
  action: string,
): Verdict {
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
  if (onResource === false) return { locks: 'no', why: `Its resources do not include ${resourceArn} itself.` };
  const applies = statementApplies({ ...statement, principals: null }, context, version);
  const conditions = statement.conditions.map(({ operator, key }) => `${operator} ${key}`).join(', ');
  if (applies === false)
    return { locks: 'no', why: `Its conditions (${conditions}) spare ordinary calls from the account.` };
  if (applies !== true) return { locks: 'unsure', why: `It depends on the caller (${conditions}): ${applies.why}.` };
  return {
    locks: 'yes',
    why: conditions === '' ? 'without any condition' : 'under conditions that the account always meets',
  };
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

function names(principals: readonly Principal[]): string {
  const shown = principals.slice(0, 3).map(({ value }) => value);
  return principals.length > 3 ? `${shown.join(', ')} and ${principals.length - 3} more` : shown.join(', ');
}

function types(principals: readonly Principal[]): string {
  return [...new Set(principals.map(({ type }) => type))].join(', ');
}
