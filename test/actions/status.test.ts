import { describe, expect, test } from 'vitest';
import { status } from '../../src/actions/status.ts';
import { emptySelection } from '../../src/org/selecting.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { type BenchOptions, createBench } from '../support/bench.ts';
import { denyRoot, managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';

const [first, second] = [0, 1].map(memberId) as [string, string];

function reading(scenario: Scenario, options: BenchOptions = {}) {
  const bench = createBench(scenario, options);
  const { environment, events } = bench;
  return {
    ...bench,
    read: (more: Partial<Parameters<typeof status>[0]> = {}, world: Partial<typeof environment> = {}) =>
      status({ selection: emptySelection, ...more }, { ...environment, ...world }),
    told: (name: string) => events.filter(({ event }) => event === name),
  };
}

describe('whoever listens to a status', () => {
  test('hears what is waited for, each account as its document has it, and that the listing ended', async () => {
    const { read, events, told } = reading(scenarioOf([{ root: password }, {}]));
    const { accounts } = await read();
    expect(events.slice(0, 1)).toEqual([{ event: 'working', on: 'organization' }]);
    expect(told('phase')).toEqual([{ event: 'phase', phase: 'reading-for-status' }]);
    expect(told('accounts').at(-1)).toEqual({ event: 'accounts', what: 'read', listed: 3, finished: 3 });
    expect(told('accounts')).toHaveLength(3);
    expect(told('account-status')).toEqual(
      expect.arrayContaining(accounts.map((account) => ({ event: 'account-status', account }))),
    );
    expect(told('listing')).toEqual([{ event: 'listing', state: 'ended' }]);
  });

  test('hears of a denied account only when the policy behind the denial is known', async () => {
    const { read, told } = reading(
      scenarioOf([{ root: password }], { organization: { policies: [denyRoot([first])] } }),
    );
    await read();
    expect(told('account-status')).toContainEqual({
      event: 'account-status',
      account: expect.objectContaining({
        id: first,
        error: expect.objectContaining({ data: expect.objectContaining({ policyId: 'p-denyroot1' }) }),
      }),
    });
  });

  test('hears why the listing failed, and the document is not complete', async () => {
    let pages = 0;
    const { read, told, sandbox } = reading(scenarioOf(Array.from({ length: 25 }, () => ({}))), {
      onRequest: ({ headers }) => {
        if (headers['x-amz-target']?.endsWith('.ListAccounts') !== true) return;
        pages += 1;
        if (pages > 1)
          sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
      },
    });
    const { complete, accounts } = await read();
    expect([complete, accounts.length]).toEqual([false, 20]);
    expect(told('listing')).toMatchObject([
      { event: 'listing', state: 'failed', problem: { code: 'AccessDeniedException' } },
    ]);
  });

  test('hears that the listing was stopped', async () => {
    const { read, told, stopping } = reading(scenarioOf(Array.from({ length: 45 }, () => ({}))), {
      onEvent: ({ event }) => {
        if (event === 'account-status') stopping.abort();
      },
    });
    expect((await read()).complete).toBe(false);
    expect(told('listing')).toEqual([{ event: 'listing', state: 'stopped' }]);
  });

  test('who has been told of each account needs no list of them: the rest of the document is the same', async () => {
    const scenario = scenarioOf([{ root: password }, {}, { state: 'SUSPENDED' }]);
    const { accounts, ...listed } = await reading(scenario).read();
    const { read, told } = reading(scenario);
    const { accounts: none, ...rest } = await read({ accounts: 'told' });
    expect(none).toEqual([]);
    expect({ ...rest, generatedAt: '' }).toEqual({ ...listed, generatedAt: '' });
    expect(rest.summary).toMatchObject({ accounts: 4, present: 1, absent: 1, skipped: 2 });
    expect(told('account-status')).toHaveLength(accounts.length);
  });
});

describe('a status', () => {
  test('of which some accounts were not tried is not complete, though all were listed', async () => {
    const { read, stopping, told } = reading(scenarioOf([{}, {}, {}]), {
      onEvent: (event) => {
        if (event.event === 'accounts' && event.finished === 2) stopping.abort();
      },
    });
    const { complete, accounts } = await read();
    expect(told('listing')).toEqual([{ event: 'listing', state: 'ended' }]);
    expect(complete).toBe(false);
    expect(accounts.map(({ reason }) => reason)).toEqual(['management-account', null, 'not-tried', 'not-tried']);
    expect(told('account-status')).toHaveLength(4);
  });

  test('is of everybody where nobody is named, and of those who are', async () => {
    const { read } = reading(scenarioOf([{}, {}]));
    const ids = async (more: object) =>
      (await read({ selection: { ...emptySelection, ...more } })).accounts.map(({ id }) => id);
    expect(await ids({})).toEqual([managementId, first, second]);
    expect(await ids({ all: true })).toEqual([managementId, first, second]);
    expect(await ids({ accounts: [second] })).toEqual([second]);
    expect(await ids({ exclusions: [first] })).toHaveLength(3);
  });

  test('has no changes without a baseline; against one it lists all its accounts, whatever was told of them', async () => {
    const then = await reading(scenarioOf([{}, {}])).read();
    expect(then.changes).toBeNull();
    const { read } = reading(scenarioOf([{ root: password }, {}]));
    const now = await read({ baseline: { document: then, path: null }, accounts: 'told' });
    expect(now.accounts).toHaveLength(3);
    expect(now.changes).toMatchObject([{ id: first, change: 'appeared' }]);
  });

  test('tells who has left since the baseline, of those who were selected or not', async () => {
    const then = await reading(scenarioOf([{ root: password }, { root: password }])).read();
    const { read } = reading(scenarioOf([{ root: password }]));
    const selection = { ...emptySelection, accounts: [first] };
    const { changes } = await read({ baseline: { document: then, path: null }, selection });
    expect(changes).toMatchObject([{ id: second, change: 'left' }]);
  });

  test('stopped while it lists tells of nobody that he has left', async () => {
    const many = (count: number) => scenarioOf(Array.from({ length: count }, () => ({ root: password })));
    const then = await reading(many(45)).read();
    let pages = 0;
    const { read, stopping } = reading(many(30), {
      onRequest: ({ headers }) => {
        if (headers['x-amz-target']?.endsWith('.ListAccounts') !== true) return;
        pages += 1;
        if (pages > 1) stopping.abort();
      },
    });
    expect((await read({ baseline: { document: then, path: null } })).changes).toEqual([]);
  });

  test.each([
    [300_000, true],
    [301_000, false],
  ])(
    'is compared with a baseline dated %i ms ahead (%s), unless nobody knows what time it is',
    async (ahead, isTaken) => {
      const { read, environment } = reading(scenarioOf([{}]));
      const then = await read();
      const generatedAt = new Date(environment.clock.nowMs() + ahead).toISOString();
      const baseline = { document: { ...then, generatedAt }, path: 'b.json' };
      // The clock of a bench stands still between two requests that nobody waits for.
      const refusal = await read({ baseline }).then(
        () => null,
        (error: unknown) => error,
      );
      if (isTaken) expect(refusal).toBeNull();
      else expect(refusal).toMatchObject({ problem: { code: 'LaterBaseline', data: { path: 'b.json', generatedAt } } });
      expect((await read({ baseline }, { isTimeKnown: () => false })).changes).toEqual([]);
    },
  );

  test('against a baseline of another organization, or of one cut short, asks nothing of any account', async () => {
    const { read, sandbox } = reading(scenarioOf([{}]));
    const then = await read();
    const sessions = () => sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot').length;
    const [requests, before] = [sandbox.requests.length, sessions()];
    const cut = { document: { ...then, complete: false }, path: null };
    await expect(read({ baseline: cut })).rejects.toMatchObject({ problem: { code: 'IncompleteBaseline' } });
    expect(sandbox.requests).toHaveLength(requests);
    const { simulated: _, ...real } = then;
    const other = { document: real, path: null };
    await expect(read({ baseline: other })).rejects.toMatchObject({ problem: { code: 'OtherOrganization' } });
    expect(sessions()).toBe(before);
  });

  test('of those who joined lately needs the time of AWS, and says which flag', async () => {
    const { read } = reading(scenarioOf([{}]));
    const selection = { ...emptySelection, joinedSince: '7d' };
    await expect(read({ selection }, { isTimeKnown: () => false })).rejects.toMatchObject({
      problem: { code: 'UnknownTime', data: { flag: '--joined-since' } },
    });
  });

  test('of an OU tells the names of the OUs that were met on the way', async () => {
    const units = [{ id: 'ou-test-prod0001', name: 'Prod', parentId: 'r-test' }];
    const scenario = scenarioOf([{ parentId: 'ou-test-prod0001' }], { organization: { organizationalUnits: units } });
    const { read, told } = reading(scenario);
    await read({ selection: { ...emptySelection, units: ['Prod'] } });
    expect(told('unit-names')).toContainEqual({
      event: 'unit-names',
      units: [expect.objectContaining({ id: 'ou-test-prod0001', name: 'Prod' })],
    });
  });
});
