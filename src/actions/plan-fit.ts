import { clockToleranceMs, type PlanDocument, parsePlan } from '../documents/index.ts';
import type { Organization } from '../org/organization.ts';
import { carries, type DataOfCode, problemError } from '../problems/index.ts';

const refused = (why: DataOfCode<'PlanRefused'>['why']) => problemError('PlanRefused', { why });

/**
 * A plan from outside: what is handed in counts for a plan only as far as its hash fits it.
 * @param path what it is called in the refusal.
 * @throws ProblemError `PlanRefused` for what is no plan, plans nothing, or is simulated where AWS is meant (and the reverse).
 */
export function requirePlan(text: string, path: string, isSimulated: boolean): PlanDocument {
  const plan = parsePlan(text);
  if (!plan.ok) throw refused({ is: 'no-plan', path, flaw: plan.problem.data.flaw });
  if (plan.document.accounts.length === 0) throw refused({ is: 'empty', path });
  if ((plan.document.simulated === true) !== isSimulated)
    throw refused({ is: isSimulated ? 'not-simulated' : 'simulated', path });
  return plan.document;
}

/** @throws ProblemError `OtherOrganization` before any account is addressed. */
export function requireOrganization({ id }: Organization, expected: string | undefined): void {
  if (expected === undefined || expected === id) return;
  throw problemError('OtherOrganization', { why: { is: 'other-credentials', expected, actual: id } });
}

/** @throws ProblemError `PlanRefused` for a plan of another organization, or of another time. @param nowMs AWS's time. */
export function requirePlanOf(organization: Organization, plan: PlanDocument, nowMs: number, ageMaxMs: number): void {
  const { id, managementAccountId } = plan.organization;
  if (id !== organization.id) throw refused({ is: 'other-organization', planned: id, actual: organization.id });
  const actual = organization.managementAccountId;
  if (managementAccountId !== actual)
    throw refused({ is: 'other-management-account', planned: managementAccountId, actual });
  requireFreshPlan(plan, nowMs, ageMaxMs);
}

/** @throws ProblemError `PlanRefused` for a plan that is older than allowed, or not made yet. @param nowMs AWS's time. */
export function requireFreshPlan({ generatedAt }: PlanDocument, nowMs: number, ageMaxMs: number): void {
  const ageMs = nowMs - Date.parse(generatedAt);
  if (ageMs < -clockToleranceMs)
    throw refused({ is: 'dated-ahead', planned: generatedAt, actual: new Date(nowMs).toISOString() });
  if (ageMs > ageMaxMs) throw refused({ is: 'too-old', hours: Math.round(ageMs / 360_000) / 10 });
}

/** What a plan names was in the organization when it was made: an id that is not there any more is no slip of the pen. */
export function departedIn(plan: PlanDocument, organization: Organization, error: unknown): unknown {
  if (!carries(error, 'UnknownAccount')) return error;
  const unknown = new Set(error.problem.data.accounts);
  const [first, ...others] = plan.accounts.filter(({ id }) => unknown.has(id));
  if (first === undefined) return error;
  const { id: account, name } = first;
  return refused({
    is: 'departed',
    account,
    name,
    organizationId: organization.id,
    others: others.map(({ id }) => id),
  });
}
