import { type AccessRequest, contextOf, type RequestContext } from './context.ts';
import type { PolicyDocument, Statement } from './document.ts';
import type { Doubt } from './doubt.ts';
import { statementApplies } from './statement.ts';

/** What one policy says of one request. `none`: no statement applies, which for an identity policy is an implicit deny. */
export type PolicyEffect =
  | { readonly effect: 'allow'; readonly statement: Statement }
  | { readonly effect: 'deny'; readonly statement: Statement }
  | { readonly effect: 'none' }
  | { readonly effect: 'cannot-tell'; readonly statement: Statement; readonly why: Doubt };

/**
 * Evaluates one policy: an explicit deny wins over every allow (IAM User Guide, "Policy evaluation logic"). A statement that
 * would apply but for an operator or key that is not known makes the answer `cannot-tell`, unless another one denies outright.
 */
export function evaluatePolicy(policy: PolicyDocument, request: AccessRequest): PolicyEffect {
  const { deny, allow, doubtfulDeny, doubtfulAllow } = weigh(policy, contextOf(request));
  if (deny !== null) return { effect: 'deny', statement: deny };
  if (doubtfulDeny !== null) return { effect: 'cannot-tell', ...doubtfulDeny };
  if (allow !== null) return { effect: 'allow', statement: allow };
  if (doubtfulAllow !== null) return { effect: 'cannot-tell', ...doubtfulAllow };
  return { effect: 'none' };
}

export interface Doubtful {
  readonly statement: Statement;
  readonly why: Doubt;
}

/** The first statement of each kind that applies, or may apply, to a request. */
export interface Weighed {
  readonly deny: Statement | null;
  readonly allow: Statement | null;
  readonly doubtfulDeny: Doubtful | null;
  readonly doubtfulAllow: Doubtful | null;
}

/** Sorts a policy's statements by what they say of a request, so that several policies can be combined. */
export function weigh(policy: PolicyDocument, context: RequestContext): Weighed {
  let deny: Statement | null = null;
  let allow: Statement | null = null;
  let doubtfulDeny: Doubtful | null = null;
  let doubtfulAllow: Doubtful | null = null;
  for (const statement of policy.statements) {
    const applies = statementApplies(statement, context, policy.version);
    if (applies === false) continue;
    if (applies === true) {
      if (statement.effect === 'Deny') deny ??= statement;
      else allow ??= statement;
    } else if (statement.effect === 'Deny') doubtfulDeny ??= { statement, why: applies.why };
    else doubtfulAllow ??= { statement, why: applies.why };
  }
  return { deny, allow, doubtfulDeny, doubtfulAllow };
}
