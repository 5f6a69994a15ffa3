import {
  type CredentialKindName,
  credentialKindNames,
  type DeleteAccount,
  type DeleteDocument,
  type PlanAccount,
  type PlanAction,
  type PlanDocument,
  planHash,
  wasCutShort,
} from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import { type Organization, readOrganization, requireFeature } from '../org/organization.ts';
import {
  type CheckedSelection,
  checkSelection,
  emptySelection,
  isEmptySelection,
  namesIdsOnly,
  type SelectionRequest,
} from '../org/selecting.ts';
import { problemError } from '../problems/index.ts';
import { foreseen } from '../root/foreseeing.ts';
import { planRemoval, type RemovalDecision, type RemovalPolicy } from '../root/planning.ts';
import { keyOf } from '../root/removal.ts';
import { type AccountReading, type FleetReading, type Listing, readAccounts } from '../run/reading.ts';
import { deleteDocument, notTried, skippedFor } from './delete-document.ts';
import { createDenialExplainer } from './denials.ts';
import type { Environment } from './environment.ts';
import { counted } from './events.ts';
import { type FleetParts, fleetOf } from './fleet.ts';
import { headingOf, organizationEntryOf } from './heading.ts';
import { departedIn, requireFreshPlan, requireOrganization, requirePlanOf } from './plan-fit.ts';
import { select } from './selecting.ts';
import { requireOneTarget } from './targets.ts';
import { readUnitNames } from './unit-names.ts';

/** A plan to be made of what is there now. */
export interface NewPlan {
  /** Nobody in particular: everybody is read, and those who hold credentials are offered (`choose-accounts`). */
  readonly selection: SelectionRequest;
  /** Default: every kind. */
  readonly only?: readonly CredentialKindName[] | undefined;
  /** Accounts whose root was used within this many milliseconds are left alone. Default: used or not, they are planned. */
  readonly unusedForMs?: number | undefined;
}

/** A plan that was made before: exactly this one, as far as it still fits. */
export interface EarlierPlan {
  readonly plan: PlanDocument;
  /** An older one is refused; milliseconds. */
  readonly ageMaxMs: number;
}

export type DeletionRequest = (NewPlan | EarlierPlan) & {
  /** Any other organization is refused. */
  readonly organizationId?: string | undefined;
  /** A plan for more accounts is refused. */
  readonly accountsMax?: number | undefined;
};

/** What is to become of one account of the selection: exactly one of these. */
export type Decision = { readonly reading: AccountReading } & (
  | { readonly decision: 'remove'; readonly plan: PlanAccount }
  /** It is skipped, holds nothing, or could not be read. */
  | { readonly decision: 'leave'; readonly account: DeleteAccount }
  /** Somebody was asked, and did not choose it: nothing is said of it. */
  | { readonly decision: 'not-chosen' }
);

/** What a deletion would do, for whoever must agree to it. */
export interface PlannedDeletion {
  readonly organization: Organization;
  /** One for each account that was read, in the order of their ids. */
  readonly decisions: readonly Decision[];
  /** What is agreed to, as it is written and hashed. null: the reading was cut short, and nothing may be planned on it. */
  readonly plan: PlanDocument | null;
  /** What was left alone for its last use, as `NewPlan` has it: a run of this that is gone on with goes by it, too. */
  readonly unusedForMs: number | null;
  /** Whether the accounts are all of the selection. */
  readonly listing: Listing;
}

export type PlanningEnvironment = FleetParts &
  Pick<Environment, 'ask' | 'entryOf' | 'isTimeKnown' | 'product' | 'protections' | 'report'>;

/**
 * Reads the selected accounts and decides of each whether its credentials would go, and why not. Changes nothing.
 * @throws ProblemError when the selection or the earlier plan does not fit the organization, or nothing could be read.
 */
export async function planDeletion(
  request: DeletionRequest,
  environment: PlanningEnvironment,
): Promise<PlannedDeletion> {
  const { aws, clock, protections, report, stops } = environment;
  const earlier = 'plan' in request ? request : null;
  const wanted = selectionOf(request);
  const isChoosing = earlier === null && isEmptySelection(wanted);
  const checked = checkSelection({ ...wanted, all: wanted.all || isChoosing }, protections);
  report({ event: 'working', on: 'organization' });
  const { organization, access } = await readOrganization(aws, stops.aborting);
  requireOrganization(organization, request.organizationId);
  if (earlier !== null) requirePlanOf(organization, earlier.plan, clock.nowMs(), earlier.ageMaxMs);
  requireFeature('root-credentials-management', organization, access);
  const policy: RemovalPolicy = policyOf(request);
  const { kept: readings, listing } = await readForPlan(checked, organization, environment, policy).catch(
    (error: unknown) => {
      throw earlier === null ? error : departedIn(earlier.plan, organization, error);
    },
  );
  requireTimeOfAws(earlier === null ? policy : '--plan', environment);
  // Again: at the beginning the time may have been this machine's.
  if (earlier !== null) requireFreshPlan(earlier.plan, clock.nowMs(), earlier.ageMaxMs);
  if (earlier === null && listing.state === 'ended' && namesIdsOnly(wanted)) requireOneTarget(readings);

  const decide = decider(policy, earlier?.plan ?? null, clock.nowMs(), environment);
  const isCut = listing.state !== 'ended' || stops.stopping.aborted;
  let decisions: readonly Decision[] = readings.map(decide);
  if (isChoosing && !isCut) decisions = await chosenOf(decisions, environment);
  decisions = await explained(decisions, organization, environment);
  const planned = plannedIn(decisions);
  const { unusedForMs } = policy;
  if (isCut) return { organization, decisions, plan: null, unusedForMs, listing };
  const { accountsMax } = request;
  if (accountsMax !== undefined && planned.length > accountsMax)
    throw problemError('PlanTooLarge', { accounts: planned.length, maximum: accountsMax });
  const plan = earlier?.plan ?? planDocument(environment, organization, policy.only, planned);
  return { organization, decisions, plan, unusedForMs, listing };
}

/**
 * Reads what is there before it is decided on.
 * @param isWanted of the selection only these.
 * @throws as `readAccounts` does.
 */
export async function readForPlan(
  checked: CheckedSelection,
  organization: Organization,
  environment: PlanningEnvironment,
  { unusedForMs }: Pick<RemovalPolicy, 'unusedForMs'>,
  isWanted?: (account: Account) => boolean,
): Promise<FleetReading<AccountReading>> {
  const { report } = environment;
  const { selection, purpose } = await select(environment, checked, 'change');
  report({ event: 'phase', phase: 'reading-for-plan' });
  const counting = counted(report, 'read');
  return readAccounts(fleetOf(environment, organization), selection, purpose, {
    isWanted,
    isUseDecisive: unusedForMs !== null,
    onListed: counting.onListed,
    keep: (reading) => {
      counting.onReading();
      return reading;
    },
  });
}

/** The accounts whose credentials are to go, as the plan has them. */
export const plannedIn = (decisions: readonly Decision[]): readonly PlanAccount[] =>
  decisions.flatMap((one) => (one.decision === 'remove' ? [one.plan] : []));

/** What would become of what is planned, as its accounts were read now: an earlier plan may name what is gone or another. */
const expectedIn = (
  decisions: readonly Decision[],
  only: readonly CredentialKindName[],
): readonly { readonly plan: PlanAccount; readonly account: DeleteAccount }[] =>
  decisions.flatMap(({ reading, ...one }) => {
    if (one.decision !== 'remove' || reading.status !== 'read') return [];
    const { plan } = one;
    const { id, name } = plan;
    return [{ plan, account: { id, name, ...foreseen(plan, reading.inventory.credentials, only) } }];
  });

/** The accounts that are left alone, and why. */
export const leftAloneIn = (decisions: readonly Decision[]): readonly DeleteAccount[] =>
  decisions.flatMap((one) => (one.decision === 'leave' ? [one.account] : []));

/** The document of a deletion that was planned and not begun: a dry run, a reading that was cut short, nothing to delete. */
export function notBegun(
  { organization, decisions, plan, listing }: PlannedDeletion,
  isDryRun: boolean,
  environment: Pick<Environment, 'clock' | 'product'>,
): DeleteDocument {
  const planned =
    plan === null
      ? plannedIn(decisions).map(notTried)
      : expectedIn(decisions, plan.options.only).map(({ account }) => account);
  const accounts = [...leftAloneIn(decisions), ...planned];
  const isComplete = listing.state === 'ended' && !accounts.some(wasCutShort);
  return deleteDocument(environment, {
    organization: organizationEntryOf(organization),
    runId: null,
    isDryRun,
    accounts,
    isComplete,
  });
}

function selectionOf(request: DeletionRequest): SelectionRequest {
  if (!('plan' in request)) return request.selection;
  return { ...emptySelection, accounts: request.plan.accounts.map(({ id }) => id) };
}

function policyOf(request: DeletionRequest): RemovalPolicy {
  if ('plan' in request) return { only: request.plan.options.only, unusedForMs: null };
  return { only: request.only ?? credentialKindNames, unusedForMs: request.unusedForMs ?? null };
}

/**
 * Where an age decides what is deleted it must be AWS's: by a machine's clock that is ahead, everything is long unused.
 * @throws ProblemError `UnknownTime`
 */
export function requireTimeOfAws(
  by: '--plan' | Pick<RemovalPolicy, 'unusedForMs'>,
  { isTimeKnown }: Pick<Environment, 'isTimeKnown'>,
): void {
  const flag = by === '--plan' ? by : by.unusedForMs === null ? null : '--unused-for';
  if (flag !== null && !isTimeKnown()) throw problemError('UnknownTime', { flag });
}

const nothing: DeleteAccount['actions'] = [];

/** Decides of one account after the other. @param earlier what was agreed to before: of the accounts in it only that. */
export function decider(
  policy: RemovalPolicy,
  earlier: PlanDocument | null,
  nowMs: number,
  { entryOf }: Pick<Environment, 'entryOf'>,
) {
  const reviewed = new Map(earlier?.accounts.map((account) => [account.id, account]));
  return (reading: AccountReading): Decision => {
    const { id, name, path } = reading.account;
    const leave = (account: Partial<DeleteAccount> & Pick<DeleteAccount, 'outcome'>): Decision => ({
      reading,
      decision: 'leave',
      account: { id, name, reason: null, error: null, actions: nothing, ...account },
    });
    const remove = (plan: PlanAccount): Decision => ({ reading, decision: 'remove', plan });
    if (reading.status === 'skipped')
      return leave({ outcome: 'skipped', ...skippedFor(reading.reason, reading.account) });
    if (reading.status === 'unread') return leave({ outcome: 'failed', error: reading.error.problem });
    const known = reviewed.get(id);
    const decision = planRemoval(reading.account, reading.inventory, policy, nowMs, entryOf);
    switch (decision.decision) {
      case 'remove':
      case 'absent':
      case 'none-of-these-kinds':
        // Who it is and where, and how it is used, AWS says, not a file. What is gone by now is told as gone.
        if (known !== undefined) return remove({ ...asUsedNow(known, decision), name, path });
        if (decision.decision === 'remove') return remove(decision.plan);
        return leave(
          decision.decision === 'absent' ? { outcome: 'absent' } : { outcome: 'skipped', reason: decision.decision },
        );
      case 'skip':
        return leave({ outcome: 'skipped', reason: decision.reason });
      case 'refuse':
        return leave({ outcome: 'failed', error: decision.error });
    }
  };
}

/** An access key that was idle when a plan was made may be in use by the time somebody agrees to it. */
function asUsedNow(known: PlanAccount, decision: RemovalDecision): PlanAccount {
  if (decision.decision !== 'remove') return known;
  const now = decision.plan;
  const actions = known.actions.map((action) => {
    const found = now.actions.find(({ kind, id }) => kind === action.kind && id === action.id);
    if (found === undefined) return action;
    // What tells it from one that took its place stays the plan's.
    const { lastUsedAt, lastUsedService, lastUsedRegion, ...planned } = action;
    const { kind, id, status, type, createdAt, ...use } = found;
    return { ...planned, ...use };
  });
  return limitedTo({ ...known, actions, warnings: now.warnings });
}

/** Some of what is planned of an account, without the warnings of the rest. */
export function limitedTo(account: PlanAccount, isMeant: (action: PlanAction) => boolean = () => true): PlanAccount {
  const actions = account.actions.filter(isMeant);
  const warnings = account.warnings.filter(({ id }) => id === null || actions.some((action) => action.id === id));
  return { ...account, actions, warnings };
}

/** @throws ProblemError `NotConfirmed` when none is chosen. */
async function chosenOf(
  decisions: readonly Decision[],
  environment: PlanningEnvironment,
): Promise<readonly Decision[]> {
  const accounts = plannedIn(decisions);
  if (accounts.length === 0) return decisions;
  const ouNames = await readUnitNames(accounts, environment);
  const chosen = await environment.ask({ question: 'choose-accounts', accounts, ouNames });
  if (chosen.size === 0) throw problemError('NotConfirmed', { expected: null });
  return decisions.map((one) =>
    one.decision === 'remove' && !chosen.has(one.plan.id) ? { reading: one.reading, decision: 'not-chosen' } : one,
  );
}

/** The same, with the policy behind each denial. */
export function explained(
  decisions: readonly Decision[],
  organization: Organization,
  { aws, stops }: Pick<Environment, 'aws' | 'stops'>,
): Promise<readonly Decision[]> {
  const explain = createDenialExplainer(aws, organization, stops.aborting);
  return Promise.all(
    decisions.map(async (one) =>
      one.decision === 'leave' && one.account.error !== null
        ? { ...one, account: await explain(one.account, one.reading.account) }
        : one,
    ),
  );
}

function planDocument(
  environment: Pick<Environment, 'clock' | 'product'>,
  organization: Organization,
  only: readonly CredentialKindName[],
  accounts: readonly PlanAccount[],
): PlanDocument {
  const plan = {
    ...headingOf(environment, 'rootctl.plan', true),
    organization: organizationEntryOf(organization),
    options: { only: [...only] },
    accounts: [...accounts],
  } as const;
  return { ...plan, hash: planHash(plan) };
}

/** A plan as it is shown: what is done of it, and what is left alone. */
export interface ShownPlan {
  readonly plan: PlanDocument;
  readonly notTouched: readonly DeleteAccount[];
  /** Accounts that are not as an earlier plan has them, of which some credentials go nonetheless. */
  readonly changed?: readonly DeleteAccount[];
  /** So many credentials of an earlier plan are gone by now. */
  readonly goneCount?: number;
}

export function shownPlan(plan: PlanDocument, { decisions }: PlannedDeletion): ShownPlan {
  const expected = expectedIn(decisions, plan.options.only);
  const told = expected.map(({ account }) => account);
  const accounts = expected.map(({ plan: whole, account }) => {
    const going = new Set(account.actions.filter(({ result }) => result === 'planned').map(keyOf));
    return limitedTo(whole, (action) => going.has(keyOf(action)));
  });
  const isStopped = ({ outcome, error }: DeleteAccount): boolean => outcome === 'skipped' && error !== null;
  return {
    plan: { ...plan, accounts },
    notTouched: [...leftAloneIn(decisions).filter(({ outcome }) => outcome !== 'absent'), ...told.filter(isStopped)],
    changed: told.filter(({ outcome, error }) => outcome === 'planned' && error !== null),
    goneCount: told.flatMap(({ actions }) => actions).filter(({ result }) => result === 'already-gone').length,
  };
}
