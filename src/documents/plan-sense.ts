import type { DocumentFlaw } from '../problems/index.ts';
import { credentialKinds, type KindDescription, type KindDescriptions } from './kinds/index.ts';
import { clockToleranceMs, isTime } from './parsing.ts';
import type { PlanAccount, PlanAction, PlanDocument } from './plan.ts';

/**
 * What makes a plan impossible although each of its fields is well formed: a hash only says that nobody changed the
 * file, and whoever changes it can compute a new one. Pure; what depends on the organization and the time of day is
 * asked by whoever has them.
 * @returns what is wrong in the first offending place; null for a plan that rootctl could have made.
 */
export function nonsenseIn(
  plan: Omit<PlanDocument, 'hash'>,
  kinds: KindDescriptions = credentialKinds,
): DocumentFlaw | null {
  const { only } = plan.options;
  if (only.length === 0) return { is: 'no-kinds' };
  if (new Set(only).size < only.length) return { is: 'kind-twice' };
  if (!isTime(plan.generatedAt)) return { is: 'no-time', at: 'generatedAt', time: plan.generatedAt };
  let previous = '';
  for (const [index, account] of plan.accounts.entries()) {
    const at = `accounts[${index}]`;
    if (account.id === plan.organization.managementAccountId) return { is: 'management-account', at };
    if (account.id <= previous) return { is: 'account-order', at, account: account.id };
    previous = account.id;
    const flaw = nonsenseInAccount(account, at, plan, kinds);
    if (flaw !== null) return flaw;
  }
  return null;
}

function nonsenseInAccount(
  account: PlanAccount,
  place: string,
  plan: Omit<PlanDocument, 'hash'>,
  kinds: KindDescriptions,
): DocumentFlaw | null {
  const order = Object.keys(kinds);
  if (account.actions.length === 0) return { is: 'no-actions', at: place };
  const seen = new Set<string>();
  let rank = 0;
  for (const [index, action] of account.actions.entries()) {
    const at = `${place}.actions[${index}]`;
    if (!plan.options.only.includes(action.kind)) return { is: 'kind-not-planned', at, kind: action.kind };
    if (order.indexOf(action.kind) < rank) return { is: 'kind-order', at, kind: action.kind };
    rank = order.indexOf(action.kind);
    const key = `${action.kind} ${action.id ?? ''}`;
    if (seen.has(key)) return { is: 'action-twice', at, action: key };
    seen.add(key);
    const flaw = nonsenseInAction(action, at, kinds[action.kind], account.id, plan.generatedAt);
    if (flaw !== null) return flaw;
  }
  return null;
}

function nonsenseInAction(
  action: PlanAction,
  place: string,
  { isId, details: known }: KindDescription,
  accountId: string,
  generatedAt: string,
): DocumentFlaw | null {
  const { kind, id, ...details } = action;
  if (!isId(id, accountId)) return { is: 'alien-id', at: `${place}.id`, id, kind, account: accountId };
  const knownDetails: readonly string[] = known;
  const foreign = Object.keys(details).find((field) => !knownDetails.includes(field));
  if (foreign !== undefined) return { is: 'alien-field', at: `${place}.${foreign}`, kind };
  const latestMs = Date.parse(generatedAt) + clockToleranceMs;
  for (const field of ['createdAt', 'lastUsedAt'] as const) {
    const time = action[field];
    if (typeof time !== 'string') continue;
    if (!isTime(time)) return { is: 'no-time', at: `${place}.${field}`, time };
    if (Date.parse(time) > latestMs) return { is: 'later-than-plan', at: `${place}.${field}`, time };
  }
  return null;
}
