import {
  type Credential,
  type CredentialKindName,
  credentialKinds,
  isUnguarded,
  type KindDescriptions,
  type PlanAccount,
  type PlanAction,
  type PlanWarning,
} from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import { type DataOfCode, type Problem, type ProblemEntry, problem, within } from '../problems/index.ts';
import type { Inventory } from './inventory.ts';

export interface RemovalPolicy {
  readonly only: readonly CredentialKindName[];
  /** Accounts whose root was used within this many milliseconds are left alone; null: no such rule. */
  readonly unusedForMs: number | null;
}

/** One decision per account that was read; each carries its reason. */
export type RemovalDecision =
  | { readonly decision: 'remove'; readonly plan: PlanAccount }
  | { readonly decision: 'absent' }
  /** It holds none of the kinds that are meant. Of the others it does, or nobody knows. */
  | { readonly decision: 'none-of-these-kinds' }
  | { readonly decision: 'skip'; readonly reason: 'used-recently' }
  | { readonly decision: 'refuse'; readonly error: Problem };

const dayMs = 86_400_000;

/** The sentences of a problem, where a plan carries them: it is read by people, and its hash covers what they read. */
type EntryOf = (of: Problem) => ProblemEntry;

/** What is to be removed from one account, or why not. Pure. Incomplete knowledge of what matters stops the account. */
export function planRemoval(
  account: Account,
  inventory: Inventory,
  policy: RemovalPolicy,
  nowMs: number,
  entryOf: EntryOf,
  kinds: KindDescriptions = credentialKinds,
): RemovalDecision {
  const inRemovalOrder = Object.values(kinds);
  const removing = inRemovalOrder.filter(({ name }) => policy.only.includes(name));
  const guarded = removing.flatMap(({ guards }) => guards ?? []);
  const needed = inRemovalOrder.filter(({ name }) => policy.only.includes(name) || guarded.some((one) => one === name));
  const planned = new Map(needed.map(({ name, list }) => [name, plannedActions(name, list(inventory.credentials))]));
  const unread = needed.filter(({ name }) => planned.get(name) === null);
  if (unread.length > 0)
    return {
      decision: 'refuse',
      error: unreadError(
        inventory,
        unread.map(({ flag }) => flag),
      ),
    };

  const actions = removing
    .flatMap(({ name }) => planned.get(name) ?? [])
    .map((action) => (inventory.isLastUseKnown ? action : withoutUnreadUse(action)));
  if (actions.length === 0) return { decision: inventory.status === 'absent' ? 'absent' : 'none-of-these-kinds' };
  for (const { name, flag, guards } of removing) {
    if (guards === null || policy.only.includes(guards)) continue;
    const isGuarding = (planned.get(guards) ?? []).length > 0;
    if (isGuarding && (planned.get(name) ?? []).length > 0) {
      const left = { flag, guarded: guards, missing: kinds[guards].flag };
      return { decision: 'refuse', error: problem('PasswordWithoutMFA', left) };
    }
  }
  if (policy.unusedForMs !== null) {
    if (!inventory.isLastUseKnown) return { decision: 'refuse', error: unreadError(inventory, ['last-use']) };
    const isRecent = inventory.lastUsedAt !== null && nowMs - Date.parse(inventory.lastUsedAt) < policy.unusedForMs;
    if (isRecent) return { decision: 'skip', reason: 'used-recently' };
  }
  const warnings = warningsOf(actions, inventory, nowMs, entryOf, kinds);
  return {
    decision: 'remove',
    plan: { id: account.id, name: account.name, path: account.path, actions: [...actions], warnings },
  };
}

const plannedActions = (
  kind: CredentialKindName,
  credentials: readonly Credential[] | null,
): readonly PlanAction[] | null => credentials?.map((credential) => ({ kind, ...credential })) ?? null;

/** A last use that was refused is not "never": the plan leaves it out. */
function withoutUnreadUse(action: PlanAction): PlanAction {
  if (action.lastUsedAt !== null) return action;
  const { lastUsedAt, lastUsedService, lastUsedRegion, ...rest } = action;
  return rest;
}

function unreadError(inventory: Inventory, what: readonly string[]): Problem {
  return inventory.error === null ? problem('NotRead', { what }) : within('unread', what, inventory.error.problem);
}

function warningsOf(
  actions: readonly PlanAction[],
  inventory: Inventory,
  nowMs: number,
  entryOf: EntryOf,
  kinds: KindDescriptions,
): PlanWarning[] {
  const warnings: PlanWarning[] = [];
  const warning = <Code extends PlanWarning['code']>(code: Code, data: DataOfCode<Code>, id: string | null) => ({
    code,
    message: entryOf(problem(code, data)).message,
    id,
  });
  for (const action of actions) {
    if (!kinds[action.kind].isUsedByPrograms || typeof action.lastUsedAt !== 'string') continue;
    if (nowMs - Date.parse(action.lastUsedAt) >= dayMs) continue;
    const use = {
      kind: action.kind,
      service: action.lastUsedService ?? null,
      region: action.lastUsedRegion ?? null,
    };
    warnings.push(warning('key-in-use', use, action.id));
  }
  if (isUnguarded(inventory.credentials, 'login-profile', kinds)) {
    warnings.push(warning('password-without-mfa', {}, null));
  }
  if (actions.every(({ kind }) => kinds[kind].guards !== null)) {
    warnings.push(warning('mfa-only', {}, null));
  }
  return warnings;
}
