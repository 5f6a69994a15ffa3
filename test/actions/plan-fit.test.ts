import { expect, test } from 'vitest';
import {
  departedIn,
  requireFreshPlan,
  requireOrganization,
  requirePlan,
  requirePlanOf,
} from '../../src/actions/plan-fit.ts';
import { type PlanDocument, planHash } from '../../src/documents/index.ts';
import { isAccountId } from '../../src/org/account.ts';
import type { Organization } from '../../src/org/organization.ts';
import { ProblemError, problemError } from '../../src/problems/index.ts';

const madeAt = '2026-01-31T09:30:00.000Z';
const madeAtMs = Date.parse(madeAt);
const minuteMs = 60_000;
const management: string = '111111111111';
if (!isAccountId(management)) throw new Error('not an id');
const caller = { accountId: management, arn: 'arn:aws:iam::111111111111:user/ops', partition: 'aws' };
const organization: Organization = {
  id: 'o-testorg0001',
  managementAccountId: management,
  featureSet: 'ALL',
  caller,
  callerRole: 'management',
};

function planOf(change: Partial<Omit<PlanDocument, 'hash'>> = {}): PlanDocument {
  const plan = {
    schemaVersion: '1',
    kind: 'rootctl.plan',
    generatedAt: madeAt,
    rootctlVersion: '0.1.0',
    complete: true,
    organization: {
      id: organization.id,
      managementAccountId: organization.managementAccountId,
      callerAccountId: caller.accountId,
      callerArn: caller.arn,
      callerRole: 'management',
      partition: 'aws',
    },
    options: { only: ['login-profile'] },
    accounts: ['200000000001', '200000000002', '200000000003'].map((id) => ({
      id,
      name: `name of ${id}`,
      path: null,
      actions: [{ kind: 'login-profile' as const, id: null, createdAt: '2020-01-01T00:00:00.000Z', lastUsedAt: null }],
      warnings: [],
    })),
    ...change,
  } as const;
  return { ...plan, hash: planHash(plan) };
}

/** Why the plan is refused; null: it is taken. */
function refusalOf(check: () => unknown): unknown {
  try {
    check();
    return null;
  } catch (error) {
    return error instanceof ProblemError ? error.problem.data : error;
  }
}
const refused = (why: object) => ({ why });

test.each([
  ['of now', madeAtMs, null],
  ['as old as allowed', madeAtMs + 120 * minuteMs, null],
  ['older than allowed', madeAtMs + 126 * minuteMs, { is: 'too-old', hours: 2.1 }],
  ['dated ahead by as much as two clocks differ', madeAtMs - 5 * minuteMs, null],
  [
    'dated ahead by more',
    madeAtMs - 6 * minuteMs,
    { is: 'dated-ahead', planned: madeAt, actual: '2026-01-31T09:24:00.000Z' },
  ],
])('a plan %s', (_name, nowMs, why) => {
  const expected = why === null ? null : refused(why);
  expect(refusalOf(() => requireFreshPlan(planOf(), nowMs, 120 * minuteMs))).toEqual(expected);
  expect(refusalOf(() => requirePlanOf(organization, planOf(), nowMs, 120 * minuteMs))).toEqual(expected);
});

test('a plan is for the organization and the management account that it was made in', () => {
  const of = (change: object) =>
    refusalOf(() =>
      requirePlanOf(organization, planOf({ organization: { ...planOf().organization, ...change } }), madeAtMs, 0),
    );
  expect(of({})).toBeNull();
  expect(of({ id: 'o-other00001' })).toMatchObject(
    refused({ is: 'other-organization', planned: 'o-other00001', actual: 'o-testorg0001' }),
  );
  expect(of({ managementAccountId: '999999999999' })).toMatchObject(
    refused({ is: 'other-management-account', planned: '999999999999', actual: '111111111111' }),
  );
});

test('an organization that was named is the only one that is worked on; without a name any is', () => {
  expect(refusalOf(() => requireOrganization(organization, undefined))).toBeNull();
  expect(refusalOf(() => requireOrganization(organization, 'o-testorg0001'))).toBeNull();
  expect(refusalOf(() => requireOrganization(organization, 'o-other00001'))).toEqual(
    refused({ is: 'other-credentials', expected: 'o-other00001', actual: 'o-testorg0001' }),
  );
});

test('a plan from outside is one, plans something, and is simulated exactly where nothing is real', () => {
  const read = (plan: PlanDocument, isSimulated: boolean) =>
    refusalOf(() => requirePlan(JSON.stringify(plan), 'plan.json', isSimulated));
  const why = (is: string) => refused({ is, path: 'plan.json' });
  const [real, simulated] = [planOf(), planOf({ simulated: true })];
  expect(requirePlan(JSON.stringify(real), 'plan.json', false)).toEqual(real);
  expect(requirePlan(JSON.stringify(simulated), 'plan.json', true)).toEqual(simulated);
  expect(read(real, true)).toMatchObject(why('not-simulated'));
  expect(read(simulated, false)).toMatchObject(why('simulated'));
  expect(read(planOf({ accounts: [] }), false)).toMatchObject(why('empty'));
  expect(read({ ...real, hash: simulated.hash }, false)).toMatchObject(
    refused({ is: 'no-plan', path: 'plan.json', flaw: { is: 'other-hash' } }),
  );
});

test('an account of the plan that is gone is told with its name, and the others with it', () => {
  const unknown = (...accounts: string[]) =>
    problemError('UnknownAccount', {
      accounts,
      rule: null,
      organizationId: organization.id,
      nearId: null,
      nearName: null,
    });
  const left = unknown('200000000002', '200000000003');
  expect(departedIn(planOf(), organization, left)).toMatchObject({
    problem: {
      code: 'PlanRefused',
      data: refused({
        is: 'departed',
        account: '200000000002',
        name: 'name of 200000000002',
        organizationId: 'o-testorg0001',
        others: ['200000000003'],
      }),
    },
  });
  const stranger = unknown('999999999999');
  expect(departedIn(planOf(), organization, stranger)).toBe(stranger);
  const other = new Error('something else');
  expect(departedIn(planOf(), organization, other)).toBe(other);
});
