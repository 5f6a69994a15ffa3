import { describe, expect, test } from 'vitest';
import {
  type DeletionRequest,
  leftAloneIn,
  notBegun,
  planDeletion,
  plannedIn,
  shownPlan,
} from '../../src/actions/plan-deletion.ts';
import type { PlanDocument } from '../../src/documents/index.ts';
import { emptySelection } from '../../src/org/selecting.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { type BenchOptions, createBench } from '../support/bench.ts';
import {
  accessKey,
  denyRoot,
  fullMembers,
  keyIdOf,
  managementId,
  memberId,
  organizationId,
  password,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const all = { selection: { ...emptySelection, all: true } };
const guarded = (id: string) => ({ ...password, mfaDevices: [virtualDevice(id)] });

function planning(scenario: Scenario, options: BenchOptions = {}) {
  const bench = createBench(scenario, options);
  type World = typeof bench.environment;
  const account = (id: string) => {
    const found = bench.sandbox.accounts.find((one) => one.id === id);
    if (found === undefined) throw new Error(`there is no account ${id}`);
    return found;
  };
  const plan = (request: DeletionRequest = all, world: Partial<World> = {}) =>
    planDeletion(request, { ...bench.environment, ...world });
  return {
    ...bench,
    account,
    plan,
    /** A plan that was made before. */
    made: async (more: Partial<DeletionRequest> = {}): Promise<PlanDocument> => {
      const { plan: document } = await plan({ ...all, ...more } as DeletionRequest);
      if (document === null) throw new Error('no plan');
      return document;
    },
    refusal: (request: DeletionRequest, world: Partial<World> = {}) =>
      plan(request, world).then(
        () => null,
        (error: { readonly problem?: unknown }) => error.problem ?? error,
      ),
  };
}
const again = (plan: PlanDocument, more: object = {}): DeletionRequest => ({ plan, ageMaxMs: 3_600_000, ...more });

describe('a plan', () => {
  test('has an account for each that holds credentials, and of each other why it is left alone', async () => {
    const members = [{ root: guarded(first) }, {}, { state: 'SUSPENDED' as const, root: password }, { root: password }];
    const { plan, events } = planning(scenarioOf(members, { organization: { policies: [denyRoot([memberId(3)])] } }));
    const deletion = await plan();
    expect(plannedIn(deletion.decisions).map(({ id, actions }) => [id, actions.map(({ kind }) => kind)])).toEqual([
      [first, ['login-profile', 'mfa-device']],
    ]);
    expect(deletion.plan?.accounts).toEqual(plannedIn(deletion.decisions));
    expect(leftAloneIn(deletion.decisions)).toMatchObject([
      { id: managementId, outcome: 'skipped', reason: 'management-account', error: null, actions: [] },
      { id: second, name: 'member-1', outcome: 'absent', reason: null, error: null, actions: [] },
      { id: third, outcome: 'skipped', reason: 'not-active', state: 'SUSPENDED' },
      { id: memberId(3), outcome: 'failed', reason: null, error: { data: { policyId: 'p-denyroot1' } } },
    ]);
    expect(events[0]).toEqual({ event: 'working', on: 'organization' });
    expect(events).toContainEqual({ event: 'phase', phase: 'reading-for-plan' });
    expect(events.filter(({ event }) => event === 'accounts').at(-1)).toEqual({
      event: 'accounts',
      what: 'read',
      listed: 5,
      finished: 5,
    });
    expect(shownPlan(deletion.plan as PlanDocument, deletion)).toMatchObject({
      goneCount: 0,
      notTouched: [{ id: managementId }, { id: third }, { id: memberId(3) }],
    });
  });

  test('goes on where AWS refuses an account’s session, and says why nobody looked there', async () => {
    const faults = [{ kind: 'access-denied' as const, rate: 1, operation: 'AssumeRoot', accountId: first }];
    const { plan } = planning(scenarioOf([{ root: password }, { root: password }], { behaviour: { faults } }));
    const { decisions } = await plan();
    expect(plannedIn(decisions).map(({ id }) => id)).toEqual([second]);
    expect(leftAloneIn(decisions)).toMatchObject([
      { id: managementId },
      { id: first, outcome: 'failed', reason: null, error: { code: 'AccessDenied' }, actions: [] },
    ]);
  });

  test('is of the kinds that were asked for, and says so; of all where none is named', async () => {
    const { made } = planning(scenarioOf([{ root: { ...guarded(first), accessKeys: [accessKey(first, 1)] } }]));
    const keys = await made({ only: ['access-key'] });
    expect(keys.options.only).toEqual(['access-key']);
    expect(keys.accounts.flatMap(({ actions }) => actions.map(({ kind }) => kind))).toEqual(['access-key']);
    const whole = await made();
    expect(whole.options.only).toHaveLength(4);
    expect(whole.accounts[0]?.actions).toHaveLength(3);
  });

  test('of more accounts than the caller expects is refused; of as many it is not', async () => {
    const { plan, refusal } = planning(scenarioOf([{ root: password }, { root: password }]));
    expect((await plan({ ...all, accountsMax: 2 })).plan?.accounts).toHaveLength(2);
    expect(await refusal({ ...all, accountsMax: 1 })).toMatchObject({
      code: 'PlanTooLarge',
      data: { accounts: 2, maximum: 1 },
    });
  });

  test('is for the organization that was named, and asks nothing of the accounts of another', async () => {
    const { plan, refusal, sandbox } = planning(scenarioOf([{ root: password }]));
    expect(await refusal({ ...all, organizationId: 'o-other00001' })).toMatchObject({ code: 'OtherOrganization' });
    expect(sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot')).toEqual([]);
    expect((await plan({ ...all, organizationId })).plan).not.toBeNull();
  });

  test('of accounts named by their ids is an error where none may be touched; named otherwise, or beside one, it is none', async () => {
    const { refusal, plan } = planning(scenarioOf([{ state: 'SUSPENDED' }, { root: password }]));
    const of = (more: object): DeletionRequest => ({ selection: { ...emptySelection, ...more } });
    expect(await refusal(of({ accounts: [first] }))).toMatchObject({ code: 'AccountNotActive' });
    expect((await plan(of({ names: ['member-0'] }))).plan?.accounts).toEqual([]);
    expect((await plan(of({ accounts: [first, second] }))).plan?.accounts).toMatchObject([{ id: second }]);
  });

  test('is not made while nobody can tell what a protection means', async () => {
    const { refusal, sandbox } = planning(scenarioOf([{ root: password }]));
    sandbox.setBehaviour({
      faults: [{ kind: 'access-denied', rate: 1, operation: 'ListOrganizationalUnitsForParent' }],
    });
    expect(await refusal(all, { protections: ['Workloads'] })).toMatchObject({ code: 'UnknownOrganizationalUnit' });
  });

  test('goes by ages only where AWS has told its time', async () => {
    const used = { ...password, passwordLastUsedAt: '1h ago' };
    const { made, refusal, plan } = planning(scenarioOf([{ root: used }, { root: password }]));
    const nobodyKnows = { isTimeKnown: () => false };
    const dayMs = 86_400_000;
    const { decisions } = await plan({ ...all, unusedForMs: dayMs });
    expect(plannedIn(decisions).map(({ id }) => id)).toEqual([second]);
    expect(leftAloneIn(decisions)).toContainEqual(
      expect.objectContaining({ id: first, outcome: 'skipped', reason: 'used-recently' }),
    );
    const unknown = (flag: string) => ({ code: 'UnknownTime', data: { flag } });
    expect(await refusal({ ...all, unusedForMs: dayMs }, nobodyKnows)).toMatchObject(unknown('--unused-for'));
    expect(await refusal({ ...all, unusedForMs: 0 }, nobodyKnows)).toMatchObject(unknown('--unused-for'));
    expect(await refusal(again(await made()), nobodyKnows)).toMatchObject(unknown('--plan'));
    expect((await plan(all, nobodyKnows)).plan?.accounts).toHaveLength(2);
  });
});

describe('a reading that was stopped', () => {
  test('makes no plan, also where all accounts had been listed; what was found is told as not tried', async () => {
    const { plan, environment, stopping } = planning(scenarioOf(fullMembers(2)), {
      onEvent: (event) => {
        if (event.event === 'accounts' && event.finished === 3) stopping.abort();
      },
    });
    const deletion = await plan({ ...all, accountsMax: 0 });
    expect(deletion).toMatchObject({ plan: null, listing: { state: 'ended' } });
    const document = notBegun(deletion, false, environment);
    expect(document).toMatchObject({ complete: false, dryRun: false, runId: null });
    expect(document.accounts.map(({ id, outcome, reason }) => [id, outcome, reason])).toEqual([
      [managementId, 'skipped', 'management-account'],
      [first, 'skipped', 'not-tried'],
      [second, 'skipped', 'not-tried'],
    ]);
  });

  test('where the listing failed is not complete, and no plan', async () => {
    let pages = 0;
    const { plan, environment, sandbox } = planning(scenarioOf(Array.from({ length: 25 }, () => ({}))), {
      onRequest: ({ headers }) => {
        if (headers['x-amz-target']?.endsWith('.ListAccounts') !== true) return;
        pages += 1;
        if (pages > 1)
          sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
      },
    });
    const deletion = await plan();
    expect(deletion).toMatchObject({ plan: null, listing: { state: 'failed' } });
    expect(notBegun(deletion, true, environment)).toMatchObject({ complete: false, dryRun: true });
  });

  test('one that came to its end is complete, and tells what would be deleted', async () => {
    const { plan, environment } = planning(scenarioOf([{ root: password }, {}]));
    expect(notBegun(await plan(), true, environment)).toMatchObject({
      complete: true,
      dryRun: true,
      summary: { planned: 1, absent: 1, skipped: 1 },
    });
  });
});

describe('a plan that was made before', () => {
  test('stays the one that was agreed to, of accounts as AWS names and places them now', async () => {
    const { made, plan, account } = planning(scenarioOf([{ root: password }, { root: password }, { root: password }]));
    const earlier = await made({ selection: { ...emptySelection, accounts: [first, second] } });
    Object.assign(account(first), { name: 'renamed' });
    const deletion = await plan(again(earlier));
    expect(deletion.plan).toEqual(earlier);
    expect(plannedIn(deletion.decisions).map(({ id, name }) => [id, name])).toEqual([
      [first, 'renamed'],
      [second, 'member-1'],
    ]);
    expect(shownPlan(earlier, deletion).plan.accounts).toMatchObject([{ name: 'renamed' }, { id: second }]);
  });

  test('is shown as what will be done of it: what is as it was, what goes in part, what is left alone, what is gone', async () => {
    const keyed = (id: string) => ({ ...password, accessKeys: [accessKey(id, 1)] });
    const fourth = memberId(3);
    const { made, plan, account } = planning(
      scenarioOf([{ root: password }, { root: keyed(second) }, { root: password }, { root: keyed(fourth) }, {}]),
    );
    const earlier = await made();
    const { accessKeys } = account(second).root;
    accessKeys.push(...accessKeys.map((one) => ({ ...one, id: keyIdOf(second, 2) })));
    Object.assign(account(third).root.loginProfile ?? {}, { createdAt: '2026-01-30T00:00:00.000Z' });
    Object.assign(account(fourth).root, { accessKeys: [], loginProfile: undefined });
    const deletion = await plan(again(earlier));
    const shown = shownPlan(earlier, deletion);
    expect(shown.plan.accounts.map(({ id, actions }) => [id, actions.length])).toEqual([
      [first, 1],
      [second, 2],
      [third, 0],
      [fourth, 0],
    ]);
    expect(shown.changed?.map(({ id }) => id)).toEqual([second]);
    expect(shown.notTouched).toMatchObject([{ id: third, outcome: 'skipped', error: { code: 'ChangedSincePlan' } }]);
    expect(shown.goneCount).toBe(2);
    expect(shown.plan.hash).toBe(earlier.hash);
  });

  test('whose access key is in use by now warns of it, and still means the key of then', async () => {
    const idle = [accessKey(first, 1), accessKey(first, 2)];
    const { made, plan, account } = planning(scenarioOf([{ root: { accessKeys: idle } }]));
    const earlier = await made();
    expect(earlier.accounts[0]?.warnings).toEqual([]);
    const lastUsed = { at: '2026-01-31T09:00:00.000Z', service: 's3', region: 'eu-west-1' };
    Object.assign(account(first).root.accessKeys[0] ?? {}, { createdAt: '2026-01-30T00:00:00.000Z' });
    Object.assign(account(first).root.accessKeys[1] ?? {}, { lastUsed });
    const [now] = plannedIn((await plan(again(earlier))).decisions);
    const [other, used] = now?.actions ?? [];
    expect(now?.warnings).toMatchObject([{ code: 'key-in-use', id: keyIdOf(first, 2) }]);
    expect(other?.lastUsedAt).toBeNull();
    expect(used).toMatchObject({ lastUsedAt: lastUsed.at, lastUsedService: 's3', lastUsedRegion: 'eu-west-1' });
    const then = earlier.accounts[0]?.actions ?? [];
    expect([other?.createdAt, used?.createdAt]).toEqual(then.map(({ createdAt }) => createdAt));
  });

  test('warns of no credential that it does not mean, and of the account as it is now', async () => {
    const { made, plan, account } = planning(
      scenarioOf([{ root: { ...guarded(first), accessKeys: [accessKey(first, 1)] } }]),
    );
    const earlier = await made();
    const { root } = account(first);
    root.accessKeys.push({ ...root.accessKeys[0], id: keyIdOf(first, 2) } as never);
    const lastUsed = { at: '2026-01-31T09:00:00.000Z', service: 's3', region: 'eu-west-1' };
    Object.assign(root.accessKeys[1] ?? {}, { lastUsed });
    root.mfaDevices.splice(0);
    const [now] = plannedIn((await plan(again(earlier))).decisions);
    expect(now?.warnings).toMatchObject([{ code: 'password-without-mfa', id: null }]);
    expect(now?.actions).toHaveLength(3);
  });

  test('is shown without what is gone by now, and says how much that is', async () => {
    const { made, plan, account } = planning(
      scenarioOf([
        { root: { ...guarded(first), accessKeys: [accessKey(first, 1), accessKey(first, 2)] } },
        { root: password },
      ]),
    );
    const earlier = await made();
    account(first).root.accessKeys.splice(0, 1);
    Object.assign(account(second).root, { loginProfile: undefined });
    const deletion = await plan(again(earlier));
    const { plan: shown, goneCount, notTouched } = shownPlan(earlier, deletion);
    expect(goneCount).toBe(2);
    expect(shown.accounts.map(({ actions }) => actions.map(({ kind }) => kind))).toEqual([
      ['access-key', 'login-profile', 'mfa-device'],
      [],
    ]);
    expect(notTouched).toEqual([]);
    // What was agreed to is gone through all the same.
    expect(plannedIn(deletion.decisions).map(({ actions }) => actions.length)).toEqual([4, 1]);
  });

  test('does not take up what appeared since, nor an account that was not in it', async () => {
    const { made, plan, account } = planning(scenarioOf([{ root: password }, {}]));
    const earlier = await made();
    account(first).root.accessKeys.push({ ...accessKey(first, 1), createdAt: '2026-01-01T00:00:00.000Z' } as never);
    Object.assign(account(second).root, { loginProfile: { createdAt: '2026-01-01T00:00:00.000Z' } });
    const { decisions } = await plan(again(earlier));
    expect(plannedIn(decisions).map(({ id, actions }) => [id, actions.length])).toEqual([[first, 1]]);
    expect(decisions).toHaveLength(1);
  });

  test('goes by the kinds of then, and warns by them', async () => {
    const { made, plan } = planning(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1)], mfaDevices: [virtualDevice(first)] } }]),
    );
    const earlier = await made({ only: ['mfa-device'] });
    const [now] = plannedIn((await plan(again(earlier))).decisions);
    expect(now?.warnings).toMatchObject([{ code: 'mfa-only', id: null }]);
    expect(now?.warnings).toEqual(earlier.accounts[0]?.warnings);
  });

  test('that became too old while the accounts were read is refused', async () => {
    const { made, refusal, clock } = planning(scenarioOf([{ root: password }]), {
      onEvent: (event) => {
        if (event.event === 'phase' && isSlow) clock.pass(7_200_000);
      },
    });
    let isSlow = false;
    const earlier = await made();
    expect(await refusal(again(earlier))).toBeNull();
    isSlow = true;
    expect(await refusal(again(earlier))).toMatchObject({ code: 'PlanRefused', data: { why: { is: 'too-old' } } });
  });

  test('with an account that has left the organization is refused by its name', async () => {
    const { made, refusal, sandbox, account } = planning(scenarioOf([{ root: password }, { root: password }]));
    const earlier = await made();
    (sandbox.accounts as unknown[]).splice(sandbox.accounts.indexOf(account(second)), 1);
    expect(await refusal(again(earlier))).toMatchObject({
      code: 'PlanRefused',
      data: { why: { is: 'departed', account: second, name: 'member-1' } },
    });
  });

  test('leaves an account alone that may not be touched by now: no error, also where it is the only one', async () => {
    const { made, plan, account } = planning(scenarioOf([{ root: password }]));
    const earlier = await made();
    account(first).state = 'SUSPENDED';
    const { decisions } = await plan(again(earlier));
    expect(leftAloneIn(decisions)).toMatchObject([{ id: first, outcome: 'skipped', reason: 'not-active' }]);
  });
});

describe('where nobody said which accounts', () => {
  const unsaid = { selection: emptySelection };
  const choosing = (chosen: readonly string[]) => {
    const asked: unknown[] = [];
    const ask = async (question: unknown) => {
      asked.push(question);
      return new Set(chosen);
    };
    return { asked, world: { ask: ask as never } };
  };

  test('those who hold credentials are offered, with the names of their OUs; of the others nothing is said', async () => {
    const scenario = scenarioOf([{ root: password, parentId: 'ou-test-aaaaaaaa' }, { root: password }, {}], {
      organization: { organizationalUnits: [{ id: 'ou-test-aaaaaaaa', name: 'Safe', parentId: 'r-test' }] },
    });
    const { plan } = planning(scenario);
    const { asked, world } = choosing([second]);
    const { decisions, plan: document } = await plan(unsaid, world);
    expect(asked).toMatchObject([{ question: 'choose-accounts', accounts: [{ id: first }, { id: second }] }]);
    expect(asked).toMatchObject([{ ouNames: new Map([['ou-test-aaaaaaaa', 'Safe']]) }]);
    expect(document?.accounts.map(({ id }) => id)).toEqual([second]);
    expect(decisions.map(({ reading, decision }) => [reading.account.id, decision])).toEqual([
      [managementId, 'leave'],
      [first, 'not-chosen'],
      [second, 'remove'],
      [third, 'leave'],
    ]);
  });

  test('whoever chooses none has not agreed', async () => {
    const { refusal } = planning(scenarioOf([{ root: password }]));
    expect(await refusal(unsaid, choosing([]).world)).toMatchObject({ code: 'NotConfirmed', data: { expected: null } });
  });

  test('nobody is asked for a plan of before', async () => {
    const { made, plan } = planning(scenarioOf([{ root: password }]));
    const { asked, world } = choosing([]);
    expect((await plan(again(await made()), world)).plan?.accounts).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});
