import {
  type AccountCredentials,
  type Credential,
  type CredentialKindName,
  credentialKinds,
  type DeleteAction,
  type KindDescriptions,
  type PlanAccount,
} from '../documents/index.ts';
import { type Change, changedSince, changeOf } from './change.ts';
import { allGone, keyOf, type Removal, untouched } from './removal.ts';

type Foreseen = Pick<Removal, 'outcome' | 'reason' | 'error' | 'actions'>;

/**
 * What `applyRemoval` would do in an account that holds these credentials, and where it would stop: what goes is
 * `planned`. Pure; a kind that could not be read is taken to be as the plan has it.
 * @param only the kinds that the plan is about.
 */
export function foreseen(
  plan: PlanAccount,
  credentials: AccountCredentials,
  only: readonly CredentialKindName[],
  kinds: KindDescriptions = credentialKinds,
): Foreseen {
  const held = (kind: CredentialKindName): readonly Credential[] | null => kinds[kind].list(credentials);
  const planned = new Set(plan.actions.map(keyOf));
  const fates = new Map<string, DeleteAction>();
  let change: Change | null = null;
  for (const { name, guards } of Object.values(kinds)) {
    for (const action of plan.actions.filter(({ kind }) => kind === name)) {
      const isGuarded = guards !== null && held(guards)?.some(({ id }) => !planned.has(keyOf({ kind: guards, id })));
      if (change === null && guards !== null && isGuarded === true)
        change = { is: 'guarded-appeared', guarded: guards, kept: name };
      const all = held(name);
      const found = all?.find(({ id }) => id === action.id);
      change ??= found === undefined ? null : changeOf(action, found);
      const result =
        change !== null ? 'not-attempted' : all === null || found !== undefined ? 'planned' : 'already-gone';
      fates.set(keyOf(action), untouched(action, result));
    }
  }
  const concerned = Object.values(kinds).filter(
    ({ name }) => only.includes(name) || plan.actions.some(({ kind }) => kind === name),
  );
  const appeared = concerned.flatMap(({ name }) =>
    (held(name) ?? []).flatMap(({ id }) => (planned.has(keyOf({ kind: name, id })) ? [] : [{ kind: name, id }])),
  );
  if (change === null && appeared.length > 0) change = { is: 'appeared', credentials: appeared };
  const actions = plan.actions.flatMap((action) => fates.get(keyOf(action)) ?? []);
  const error = change === null ? null : changedSince(plan, change);
  const isAnyPlanned = actions.some(({ result }) => result === 'planned');
  if (error !== null)
    return { outcome: isAnyPlanned ? 'planned' : 'skipped', reason: 'changed-since-plan', error, actions };
  return isAnyPlanned ? { outcome: 'planned', reason: null, error, actions } : { ...allGone(only), actions };
}
