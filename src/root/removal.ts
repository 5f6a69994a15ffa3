import { AwsError } from '../aws/failure.ts';
import type { Clock } from '../clock.ts';
import type {
  ActionResult,
  CredentialKindName,
  DeleteAction,
  DeleteOutcome,
  PlanAccount,
  PlanAction,
} from '../documents/index.ts';
import { delaysUntil, poll } from '../poll.ts';
import { type CredentialName, type Problem, problem, problemOf } from '../problems/index.ts';
import { type Change, changedSince, changeOf } from './change.ts';
import { type CredentialKind, kindNamed, kindsInRemovalOrder } from './kinds/index.ts';
import type { Target } from './kinds/kind.ts';
import type { Ask, RootSession } from './session.ts';

/** Written down before a deletion is asked for and after it is answered; each promise is kept when it is on the disk. */
export interface RemovalRecord {
  readonly intend: (action: PlanAction) => Promise<void>;
  readonly answer: (action: DeleteAction) => Promise<void>;
}

export interface RemovalEnvironment {
  readonly clock: Clock;
  readonly record: RemovalRecord;
  /** How long to wait for a deletion to be seen, in milliseconds. */
  readonly waitMs: number;
  /** The kinds that this run is about (`--only`). */
  readonly only: readonly CredentialKindName[];
  /** Deletions that an interrupted part of this run had already asked for: gone then means that they worked. */
  readonly wasAsked: (action: PlanAction) => boolean;
  readonly signal?: AbortSignal;
  /** In removal order; default: every kind that rootctl knows. */
  readonly kinds?: readonly CredentialKind[];
}

export interface Removal {
  readonly outcome: DeleteOutcome;
  readonly reason: 'changed-since-plan' | 'none-of-these-kinds' | null;
  readonly error: Problem | null;
  readonly actions: readonly DeleteAction[];
  /** What must end the whole run: the journal cannot be written, or a programming mistake. */
  readonly fatal: unknown;
}

/** Why the rest of an account is left alone. */
interface Halt {
  readonly error: Problem;
  readonly isUnverified?: boolean;
  readonly isChange?: boolean;
}

/** What has been done in the account so far. */
interface Progress {
  readonly done: DeleteAction[];
  /** The last of it was asked for, and nobody has seen what came of it. */
  isInDoubt: boolean;
}

/** A credential of a plan of which nothing was done. */
export const untouched = (
  { kind, id }: PlanAction,
  result: Exclude<ActionResult, 'deleted' | 'failed'>,
  error: Problem | null = null,
): DeleteAction => ({
  kind,
  id,
  result,
  at: null,
  requestId: null,
  error,
});

/**
 * Does what the plan says of one account, and nothing else. Every target is read again first; what changed is left
 * alone. Kinds go in removal order, MFA devices only when the login profile is seen gone. The first failure stops the
 * account. At the end everything is read again: "deleted" is what AWS no longer shows.
 * Never throws: what was done before anything went wrong is always told.
 */
export async function applyRemoval(
  plan: PlanAccount,
  session: RootSession,
  environment: RemovalEnvironment,
): Promise<Removal> {
  const { ask } = session;
  const progress: Progress = { done: [], isInDoubt: false };
  const { done } = progress;
  let halt: Halt | null = null;
  let fatal: unknown = null;
  try {
    const plannedKinds = kindsOf(environment).filter((kind) => isPlanned(kind, plan));
    const seen = await listTargets(ask, plannedKinds);
    for (const kind of plannedKinds) {
      for (const action of plan.actions.filter((one) => one.kind === kind.description.name)) {
        // Before each device, not once: somebody may allow a recovery while an account has many.
        halt = await guard(kind, plan, done, ask, environment);
        if (halt !== null) break;
        const target = seen.get(kind.description.name)?.find(({ id }) => id === action.id);
        halt = await removeOne(plan, action, target, ask, environment, progress);
        if (halt !== null) break;
      }
      if (halt !== null) break;
    }
    if (halt === null) halt = await verify(plan, ask, environment);
  } catch (error) {
    if (!(error instanceof AwsError)) fatal = error;
    halt = { error: problemOf(error), isUnverified: progress.isInDoubt };
  }
  const reached = new Set(done.map(keyOf));
  const rest = plan.actions
    .filter((action) => !reached.has(keyOf(action)))
    .map((action) => untouched(action, 'not-attempted'));
  const order = new Map(plan.actions.map((action, index) => [keyOf(action), index]));
  const actions = [...done, ...rest].sort(
    (left, right) => (order.get(keyOf(left)) ?? 0) - (order.get(keyOf(right)) ?? 0),
  );
  return { ...concluded(actions, halt, environment), actions, fatal };
}

export const keyOf = ({ kind, id }: { readonly kind: CredentialKindName; readonly id: string | null }): string =>
  `${kind} ${id ?? ''}`;

const isNone = (seen: readonly unknown[]): boolean => seen.length === 0;

function failureIn(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  throw error;
}

const kindsOf = ({ kinds }: RemovalEnvironment): readonly CredentialKind[] => kinds ?? kindsInRemovalOrder;
const isPlanned = ({ description: { name } }: CredentialKind, plan: PlanAccount): boolean =>
  plan.actions.some(({ kind }) => kind === name);

async function listTargets(
  ask: Ask,
  kinds: readonly CredentialKind[],
): Promise<ReadonlyMap<CredentialKindName, readonly Target[]>> {
  return new Map(
    await Promise.all(kinds.map(async ({ description, list }) => [description.name, await list(ask)] as const)),
  );
}

/** A kind that guards this one must be seen gone first, in a reading made just now. */
async function guard(
  { description: { name, guards } }: CredentialKind,
  plan: PlanAccount,
  done: readonly DeleteAction[],
  ask: Ask,
  environment: RemovalEnvironment,
): Promise<Halt | null> {
  if (guards === null) return null;
  const guardian = kindNamed(guards, kindsOf(environment));
  const wasRemoved = done.some((action) => action.kind === guards && action.result !== 'not-attempted');
  const deadlineMs = environment.clock.monotonicMs() + (wasRemoved ? environment.waitMs : 0);
  let left: readonly Target[];
  try {
    left = await poll(() => guardian.list(ask), isNone, delaysUntil(deadlineMs, environment.clock), environment);
  } catch (error) {
    return { error: failureIn(error).problem, isUnverified: wasRemoved };
  }
  if (isNone(left)) return null;
  if (wasRemoved) {
    const seen = left.map(({ id }) => ({ kind: guards, id }));
    return { error: stillSeen(plan, seen, environment, name), isUnverified: true };
  }
  return changed(plan, { is: 'guarded-appeared', guarded: guards, kept: name });
}

const changed = (plan: PlanAccount, how: Change): Halt => ({ error: changedSince(plan, how), isChange: true });

const stillSeen = (
  { id }: PlanAccount,
  credentials: readonly CredentialName[],
  { waitMs }: RemovalEnvironment,
  kept: CredentialKindName | null,
): Problem => problem('StillSeen', { account: id, credentials, waitedMs: waitMs, kept });

async function removeOne(
  plan: PlanAccount,
  action: PlanAction,
  target: Target | undefined,
  ask: Ask,
  environment: RemovalEnvironment,
  progress: Progress,
): Promise<Halt | null> {
  const { clock, record } = environment;
  const kind = kindNamed(action.kind, kindsOf(environment));
  const finished = async (
    result: Extract<ActionResult, 'deleted' | 'already-gone' | 'failed'>,
    requestId: string | null,
    error: Problem | null,
  ): Promise<null> => {
    const at = new Date(clock.nowMs()).toISOString();
    const answered: DeleteAction = { kind: action.kind, id: action.id, result, at, requestId, error };
    progress.done.push(answered); // what happened is told even when it cannot be written down
    await record.answer(answered);
    return null;
  };
  if (target === undefined) return finished(environment.wasAsked(action) ? 'deleted' : 'already-gone', null, null);
  const change = changeOf(action, target);
  if (change !== null) {
    const halt = changed(plan, change);
    progress.done.push(untouched(action, 'not-attempted', halt.error));
    return halt;
  }
  await record.intend(action);
  let requestId: string | null;
  try {
    requestId = await kind.remove(ask, action.id);
  } catch (error) {
    const refusal = failureIn(error);
    requestId = refusal.failure.requestId;
    const wasAsked = refusal.mayHaveTakenEffect || environment.wasAsked(action);
    if (refusal.failure.kind === 'not-found') return finished(wasAsked ? 'deleted' : 'already-gone', requestId, null);
    const gone = refusal.mayHaveTakenEffect ? await isGone(kind, action, ask, environment) : false;
    if (gone === true) return finished('deleted', requestId, null);
    progress.isInDoubt = gone === null;
    await finished('failed', requestId, refusal.problem);
    return { error: refusal.problem, isUnverified: progress.isInDoubt };
  }
  return finished('deleted', requestId, null);
}

/** After a lost answer: look again, as long as after one that came. Null: it could not be looked at, and is neither gone nor kept. */
async function isGone(
  kind: CredentialKind,
  action: PlanAction,
  ask: Ask,
  environment: RemovalEnvironment,
): Promise<boolean | null> {
  const { clock, waitMs } = environment;
  const isWithout = (targets: readonly Target[]): boolean => targets.every(({ id }) => id !== action.id);
  try {
    return isWithout(
      await poll(() => kind.list(ask), isWithout, delaysUntil(clock.monotonicMs() + waitMs, clock), environment),
    );
  } catch (error) {
    failureIn(error);
    return null;
  }
}

type Seen = Pick<PlanAction, 'kind' | 'id'>;

/** Reads everything this run is about once more: what was deleted must be gone, what appeared is somebody else's. */
async function verify(plan: PlanAccount, ask: Ask, environment: RemovalEnvironment): Promise<Halt | null> {
  const planned = new Set(plan.actions.map(keyOf));
  // Whatever `only` says, what was asked to go is looked for.
  const concerned = kindsOf(environment).filter(
    (kind) => environment.only.includes(kind.description.name) || isPlanned(kind, plan),
  );
  const look = async () =>
    [...(await listTargets(ask, concerned))].flatMap(([kind, list]) => list.map(({ id }) => ({ kind, id })));
  const deadlineMs = environment.clock.monotonicMs() + environment.waitMs;
  const isPlannedOne = (one: Seen): boolean => planned.has(keyOf(one));
  let seen: readonly Seen[];
  try {
    seen = await poll(look, (all) => !all.some(isPlannedOne), delaysUntil(deadlineMs, environment.clock), environment);
  } catch (error) {
    return { error: failureIn(error).problem, isUnverified: true };
  }
  const lingering = seen.filter(isPlannedOne);
  if (lingering.length > 0) return { error: stillSeen(plan, lingering, environment, null), isUnverified: true };
  const appeared = seen.filter((one) => !isPlannedOne(one));
  return appeared.length === 0 ? null : changed(plan, { is: 'appeared', credentials: appeared });
}

function concluded(
  actions: readonly DeleteAction[],
  halt: Halt | null,
  { only, kinds }: RemovalEnvironment,
): Omit<Removal, 'actions' | 'fatal'> {
  const isAnyDeleted = actions.some(({ result }) => result === 'deleted');
  if (halt === null) return isAnyDeleted ? { outcome: 'deleted', reason: null, error: null } : allGone(only, kinds);
  const reason = halt.isChange === true ? 'changed-since-plan' : null;
  if (halt.isUnverified === true) return { outcome: 'unverified', reason, error: halt.error };
  return { outcome: isAnyDeleted ? 'partial' : reason === null ? 'failed' : 'skipped', reason, error: halt.error };
}

/** All that was meant was gone already. Of kinds that were not meant nobody has looked whether there are any. */
export const allGone = (
  only: readonly CredentialKindName[],
  kinds: readonly CredentialKind[] = kindsInRemovalOrder,
): Omit<Removal, 'actions' | 'fatal'> =>
  kinds.every(({ description: { name } }) => only.includes(name))
    ? { outcome: 'absent', reason: null, error: null }
    : { outcome: 'skipped', reason: 'none-of-these-kinds', error: null };
