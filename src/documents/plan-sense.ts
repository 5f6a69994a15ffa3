import { credentialKinds, type KindDescription, type KindDescriptions } from './kinds/index.ts';
import type { PlanAccount, PlanAction, PlanDocument } from './plan.ts';

/** The last use of a key may be younger than the plan by what two of AWS's own clocks differ, in milliseconds. */
const clockToleranceMs = 300_000;

/**
 * What makes a plan impossible although each of its fields is well formed: a hash only says that nobody changed the
 * file, and whoever changes it can compute a new one. Pure; what depends on the organization and the time of day is
 * asked by whoever has them.
 * @returns one phrase that names the first offending place; null for a plan that rootctl could have made.
 */
export function nonsenseIn(plan: Omit<PlanDocument, 'hash'>, kinds: KindDescriptions = credentialKinds): string | null {
  const { only } = plan.options;
  if (only.length === 0) return 'options.only names no kind';
  if (new Set(only).size < only.length) return 'options.only names a kind twice';
  if (!isTime(plan.generatedAt)) return `generatedAt: ${plan.generatedAt} is no time`;
  let previous = '';
  for (const [index, account] of plan.accounts.entries()) {
    const at = `accounts[${index}]`;
    if (account.id === plan.organization.managementAccountId) return `${at} is the management account`;
    if (account.id <= previous) return `${at}: ${account.id} is there twice or out of order`;
    previous = account.id;
    const problem = nonsenseInAccount(account, plan, kinds);
    if (problem !== null) return `${at}${problem}`;
  }
  return null;
}

function nonsenseInAccount(
  account: PlanAccount,
  plan: Omit<PlanDocument, 'hash'>,
  kinds: KindDescriptions,
): string | null {
  const order = Object.keys(kinds);
  if (account.actions.length === 0) return ' plans nothing';
  const seen = new Set<string>();
  let rank = 0;
  for (const [index, action] of account.actions.entries()) {
    const at = `.actions[${index}]`;
    if (!plan.options.only.includes(action.kind)) return `${at}: ${action.kind} is not in options.only`;
    if (order.indexOf(action.kind) < rank) return `${at}: ${action.kind} is out of order`;
    rank = order.indexOf(action.kind);
    const key = `${action.kind} ${action.id ?? ''}`;
    if (seen.has(key)) return `${at}: ${key} is there twice`;
    seen.add(key);
    const problem = nonsenseInAction(action, kinds[action.kind], account.id, plan.generatedAt);
    if (problem !== null) return `${at}${problem}`;
  }
  return null;
}

function nonsenseInAction(
  action: PlanAction,
  { isId, details: known }: KindDescription,
  accountId: string,
  generatedAt: string,
): string | null {
  const { kind, id, ...details } = action;
  if (!isId(id, accountId)) return `.id: ${JSON.stringify(id)} is no ${kind} of account ${accountId}`;
  const knownDetails: readonly string[] = known;
  const foreign = Object.keys(details).find((field) => !knownDetails.includes(field));
  if (foreign !== undefined) return `.${foreign}: a ${kind} has none`;
  const latestMs = Date.parse(generatedAt) + clockToleranceMs;
  for (const field of ['createdAt', 'lastUsedAt'] as const) {
    const time = action[field];
    if (typeof time !== 'string') continue;
    if (!isTime(time)) return `.${field}: ${time} is no time`;
    if (Date.parse(time) > latestMs) return `.${field}: ${time} is later than the plan`;
  }
  return null;
}

/** The schema sees the form only: the 31st of February has it too. */
function isTime(text: string): boolean {
  const timeMs = Date.parse(text);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString() === text;
}
