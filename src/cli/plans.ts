import type { Aws } from '../aws/clients.ts';
import {
  type CredentialKindName,
  type DeleteAccount,
  type PlanAccount,
  type PlanDocument,
  parsePlan,
  planHash,
} from '../documents/index.ts';
import { type AccountId, isAccountId } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { isEmptySelection, type SelectionRequest } from '../org/selecting.ts';
import { createUnitNames } from '../org/units.ts';
import { type DataOfCode, obstacleOf, ProblemError, problemError } from '../problems/index.ts';
import { formats, type NotTouched, skipWords } from '../render/index.ts';
import { type Context, organizationEntryOf } from './context.ts';
import { UsageError } from './errors.ts';
import { readNamedFile } from './named-files.ts';

export const idsOf = (plan: PlanDocument): ReadonlySet<AccountId> =>
  new Set(plan.accounts.map(({ id }) => id).filter(isAccountId));

export async function readPlan(
  context: Context,
  path: string,
  parsed: SelectionRequest,
  options: { readonly only?: unknown; readonly unusedFor?: number; readonly planOut?: string },
): Promise<PlanDocument> {
  const contradicting = [
    isEmptySelection(parsed) && parsed.exclusions.length === 0 ? null : 'a selection',
    options.only === undefined ? null : '--only',
    options.unusedFor === undefined ? null : '--unused-for',
    options.planOut === undefined ? null : '--plan-out',
  ].filter((flag) => flag !== null);
  if (contradicting.length > 0) {
    throw new UsageError(
      'ContradictingFlags',
      `--plan contradicts ${contradicting.join(' and ')}: it does exactly what the plan says`,
      'make a new plan with --plan-out',
    );
  }
  const text = await readNamedFile(context.world, path, 'plan');
  const plan = parsePlan(text);
  if (!plan.ok) throw planRefused({ is: 'no-plan', path, flaw: plan.problem });
  if (plan.document.accounts.length === 0) throw planRefused({ is: 'empty', path });
  if ((plan.document.simulated === true) !== context.isSimulated)
    throw planRefused({ is: context.isSimulated ? 'not-simulated' : 'simulated', path });
  return plan.document;
}

/** A plan may be dated later than now by what two machines' ideas of AWS's time differ, in milliseconds. */
const planAheadMaxMs = 300_000;

/** @throws UsageError before any account is addressed. */
export function requireOrganization(
  organization: Organization,
  expected: string | undefined,
  plan: PlanDocument | null,
  nowMs: number,
  planAgeMaxMs: number,
): void {
  if (expected !== undefined && expected !== organization.id) {
    const why = { is: 'other-credentials', expected, actual: organization.id } as const;
    throw problemError('OtherOrganization', { why });
  }
  if (plan === null) return;
  if (plan.organization.id !== organization.id) {
    throw planRefused({ is: 'other-organization', planned: plan.organization.id, actual: organization.id });
  }
  const [planned, actual] = [plan.organization.managementAccountId, organization.managementAccountId];
  if (planned !== actual) throw planRefused({ is: 'other-management-account', planned, actual });
  requireFreshPlan(plan, nowMs, planAgeMaxMs);
}

/** @throws UsageError for a plan that is older than allowed, or not made yet. @param nowMs AWS's time. */
export function requireFreshPlan(plan: PlanDocument, nowMs: number, planAgeMaxMs: number): void {
  const ageMs = nowMs - Date.parse(plan.generatedAt);
  if (ageMs < -planAheadMaxMs) {
    throw planRefused({ is: 'dated-ahead', planned: plan.generatedAt, actual: new Date(nowMs).toISOString() });
  }
  if (ageMs > planAgeMaxMs) throw planRefused({ is: 'too-old', hours: Math.round(ageMs / 360_000) / 10 });
}

/** What a plan names was in the organization when it was made: an id that is not there any more is no slip of the pen. */
export function departedIn(plan: PlanDocument, organization: Organization, error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error;
  const { problem } = error;
  if (problem.from !== 'rootctl' || problem.code !== 'UnknownAccount') return error;
  const unknown = new Set(problem.data.accounts);
  const departed = plan.accounts.filter(({ id }) => unknown.has(id));
  const [first, ...others] = departed;
  if (first === undefined) return error;
  return planRefused({
    is: 'departed',
    account: first.id,
    name: first.name,
    organizationId: organization.id,
    others: others.map(({ id }) => id),
  });
}

const planRefused = (why: DataOfCode<'PlanRefused'>['why']) => problemError('PlanRefused', { why });

export function requireSize(planned: readonly PlanAccount[], maximum: number | undefined): void {
  if (maximum === undefined || planned.length <= maximum) return;
  throw problemError('PlanTooLarge', { accounts: planned.length, maximum });
}

export function planDocument(
  context: Context,
  organization: Organization,
  only: readonly CredentialKindName[],
  accounts: readonly PlanAccount[],
): PlanDocument {
  const plan = {
    ...context.heading('rootctl.plan', true),
    organization: organizationEntryOf(organization),
    options: { only: [...only] },
    accounts: [...accounts],
  };
  return { ...plan, hash: planHash(plan) };
}

export async function writePlan(context: Context, path: string, plan: PlanDocument): Promise<void> {
  try {
    await context.world.writeFile(path, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (error) {
    throw problemError('UnwritableFile', { what: 'plan', why: obstacleOf(error) });
  }
  context.notice(`plan written to ${path}; do it with: rootctl delete --plan ${path}`);
}

export async function planView(
  context: Context,
  aws: Aws,
  plan: PlanDocument,
  decided: readonly DeleteAccount[],
  isDryRun: boolean,
) {
  const unitIds = plan.accounts
    .slice(0, 200)
    .flatMap(({ path }) => (path ?? '').split('/').filter((id) => id.startsWith('ou-')));
  const notTouched: NotTouched[] = decided
    .filter(({ outcome }) => outcome !== 'absent')
    .map(({ id, name, reason, error }) => ({
      id,
      name,
      reason:
        (error === null ? null : context.speech.entryOf(error).message) ??
        (reason === null ? 'skipped' : skipWords[reason]),
    }));
  return { ouNames: await createUnitNames(aws)(unitIds, context.stops.aborting), notTouched, dryRun: isDryRun };
}

/** What will be confirmed is what is shown: on stderr, because stdout is for the result. */
export async function showPlan(
  context: Context,
  aws: Aws,
  plan: PlanDocument,
  decided: readonly DeleteAccount[],
): Promise<void> {
  if (context.options.quiet === true && context.world.prompts === null) return;
  const view = { ...context.view(context.world.stderr), ...(await planView(context, aws, plan, decided, false)) };
  context.world.stderr.write(formats.table.render(plan, view));
}
