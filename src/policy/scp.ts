import type { PolicyFault } from '../problems/index.ts';
import { type AccessRequest, contextOf } from './context.ts';
import type { PolicyDocument } from './document.ts';
import type { Doubt } from './doubt.ts';
import { weigh } from './evaluate.ts';

/** Why a policy that applies could not be read: the `operation` that reads it is denied, or it is not understood. */
export type Unreadable =
  | { readonly unreadable: 'denied'; readonly operation: string }
  | { readonly unreadable: 'not-understood'; readonly fault: PolicyFault };

export interface ScpTarget {
  readonly id: string;
  readonly name: string;
  readonly kind: 'root' | 'ou' | 'account';
}

export interface Scp {
  readonly id: string;
  readonly name: string;
  readonly document: PolicyDocument | Unreadable;
}

/** One step of the way from the organization's root to the account, with the policies attached right there. */
export interface ScpLevel {
  readonly target: ScpTarget;
  readonly policies: readonly Scp[];
}

export interface ScpName {
  readonly id: string;
  readonly name: string;
}

/** `blocked` by an explicit deny names the policy and Sid; by a level that allows nothing (`no-allow`) it names the target alone. */
export type ScpDecision =
  | { readonly verdict: 'clear' }
  | {
      readonly verdict: 'blocked';
      readonly because: 'explicit-deny' | 'no-allow';
      readonly policy: ScpName | null;
      readonly sid: string | null;
      readonly target: ScpTarget;
    }
  | {
      readonly verdict: 'cannot-tell';
      readonly why: Doubt | Unreadable;
      readonly policy: ScpName;
      readonly sid: string | null;
      readonly target: ScpTarget;
    };

/**
 * Whether the service control policies let a request through: every level from the root down to the account must allow it,
 * and none may deny it (Organizations User Guide, "SCP evaluation"). What is certainly blocked is `blocked`, however much
 * else is not known.
 * @param levels from the root down. Empty: no SCP applies (the management account, or SCPs not enabled), so `clear`.
 */
export function evaluateScps(levels: readonly ScpLevel[], request: AccessRequest): ScpDecision {
  const context = contextOf(request);
  let missing: ScpDecision | null = null;
  let doubt: ScpDecision | null = null;
  for (const { target, policies } of levels) {
    let allowed = false;
    let maybeAllowed: ScpDecision | null = null;
    for (const { id, name, document } of policies) {
      const policy = { id, name };
      if ('unreadable' in document) {
        const unread: ScpDecision = { verdict: 'cannot-tell', why: document, policy, sid: null, target };
        doubt ??= unread;
        maybeAllowed ??= unread;
        continue;
      }
      const { deny, allow, doubtfulDeny, doubtfulAllow } = weigh(document, context);
      if (deny !== null) return { verdict: 'blocked', because: 'explicit-deny', policy, sid: deny.sid, target };
      if (allow !== null) allowed = true;
      if (doubtfulDeny !== null) doubt ??= cannotTell(doubtfulDeny.why, policy, doubtfulDeny.statement.sid, target);
      if (doubtfulAllow !== null) {
        maybeAllowed ??= cannotTell(doubtfulAllow.why, policy, doubtfulAllow.statement.sid, target);
      }
    }
    if (allowed) continue;
    if (maybeAllowed === null) missing ??= { verdict: 'blocked', because: 'no-allow', policy: null, sid: null, target };
    else doubt ??= maybeAllowed;
  }
  return missing ?? doubt ?? { verdict: 'clear' };
}

function cannotTell(why: Doubt, policy: ScpName, sid: string | null, target: ScpTarget): ScpDecision {
  return { verdict: 'cannot-tell', why, policy, sid, target };
}
