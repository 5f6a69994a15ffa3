import { describe, expect, test } from 'vitest';
import { memoryDisk } from '../../harness/disk.ts';
import type { DeleteAccount, PlanAccount } from '../../src/documents/index.ts';
import { defaultFailuresMax, executePlan } from '../../src/run/deletion.ts';
import { type Journal, openJournal, readJournal } from '../../src/run/journal.ts';
import type { SandboxRequest } from '../../src/sandbox/index.ts';
import { type Fleet, fleetOn } from '../support/fleets.ts';
import { fullMembers, managementId, memberId, scenarioOf } from '../support/scenarios.ts';
import { english } from '../support/speech.ts';

const planned = (id: string): PlanAccount => ({
  id,
  name: `name of ${id}`,
  path: null,
  actions: [{ kind: 'login-profile', id: null, createdAt: null }],
  warnings: [],
});
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => memberId(index));

interface Execution {
  readonly memberCount?: number;
  readonly concurrency?: number;
  readonly failuresMax?: number;
  readonly askedBefore?: readonly string[];
  readonly isFresh?: boolean;
  readonly behaviour?: unknown;
  readonly onRequest?: (request: SandboxRequest, fleet: () => Fleet) => void;
  /** What the journal does with an event before it writes it. */
  readonly onEvent?: (event: { readonly event: string }, fleet: () => Fleet) => void;
}

/** The machine that carries plans out, without the command before it that would have refused such a plan. */
async function executing(accountIds: readonly string[], options: Execution = {}) {
  let fleet: Fleet | null = null;
  const here = (): Fleet => {
    if (fleet === null) throw new Error('not yet');
    return fleet;
  };
  const { memberCount = 2, concurrency = 1, failuresMax = 5, behaviour, onRequest, onEvent } = options;
  fleet = await fleetOn(scenarioOf(fullMembers(memberCount)), {
    concurrency,
    onRequest: (request) => (fleet === null ? undefined : onRequest?.(request, here)),
  });
  const { sandbox, clock, environment, forgotten } = fleet;
  if (behaviour !== undefined) sandbox.setBehaviour(behaviour);
  const files = memoryDisk();
  const written = await openJournal(files, 'run-1', clock, english.entryOf);
  const journal: Journal = {
    ...written,
    record: async (event) => {
      onEvent?.(event, here);
      return written.record(event);
    },
  };
  const createdAt = (id: string): string | null => {
    const profile = sandbox.accounts.find((one) => one.id === id)?.root.loginProfile;
    return profile === undefined ? null : new Date(profile.createdAt).toISOString();
  };
  const plan = accountIds.map((id): PlanAccount => {
    const { actions, ...account } = planned(id);
    return { ...account, actions: actions.map((action) => ({ ...action, createdAt: createdAt(id) })) };
  });
  const told: DeleteAccount[] = [];
  const deletion = await executePlan(
    plan,
    journal,
    environment,
    {
      runId: 'run-1',
      only: ['login-profile'],
      waitMs: 1_000,
      failuresMax,
      askedBefore: new Set(options.askedBefore),
      isFresh: options.isFresh ?? true,
    },
    { onAccount: (account) => told.push(account) },
  );
  const { lines } = readJournal(files.contents.get('runs/run-1.jsonl') ?? '');
  const sessions = sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot');
  const outcomes = [...deletion.accounts.values()].map(({ outcome }) => outcome);
  return { deletion, sessions, lines, outcomes, told, forgotten, sandbox };
}
const refusing = (...accountIds: readonly string[]) => ({
  faults: accountIds.map((accountId) => ({ kind: 'access-denied', rate: 1, operation: 'AssumeRoot', accountId })),
});

test.each([
  ['the management account', managementId],
  ['what is no account id', `${managementId}0`],
  ['a path', '../../../pwned'],
])('%s in a plan ends the run before a session is opened for it, and for whatever follows', async (_name, id) => {
  const { deletion, sessions, outcomes } = await executing([id, memberId(0)]);
  expect(deletion.stop?.message).toContain(`the plan holds ${id}, which is never a target`);
  expect(sessions).toEqual([]);
  expect(outcomes).toEqual(['failed', 'skipped']);
});

test.each([
  [0, 5],
  [1, 5],
  [50, 5],
  [51, 6],
  [100, 10],
  [101, 11],
])('a run of %i accounts ends once a tenth of them, five at least, have failed: %i', (count, expected) => {
  expect(defaultFailuresMax(count)).toBe(expected);
});

describe('one account', () => {
  test('is written down step by step, told as it ended, and its pace forgotten', async () => {
    const { deletion, lines, told, forgotten, sandbox } = await executing([memberId(0)]);
    const account = memberId(0);
    const requestId = expect.any(String);
    const session = lines[0]?.event === 'session' ? lines[0].sessionAccessKeyId : '';
    const about = { account, sessionAccessKeyId: session };
    expect(lines).toMatchObject([
      { event: 'session', ...about, taskPolicy: 'IAMDeleteRootUserCredentials', requestId },
      { event: 'intent', ...about, kind: 'login-profile', id: null },
      { event: 'answer', ...about, kind: 'login-profile', id: null, result: 'deleted', requestId, error: null },
      { event: 'account', account, outcome: 'deleted', reason: null, error: null },
    ]);
    expect(session).toMatch(/^ASIA/u);
    const action = { kind: 'login-profile', id: null, result: 'deleted', at: expect.any(String), requestId };
    const expected = { id: account, name: `name of ${account}`, outcome: 'deleted', reason: null, error: null };
    expect(told).toEqual([{ ...expected, actions: [{ ...action, error: null }] }]);
    expect([...deletion.accounts]).toEqual([[account, told[0]]]);
    expect(deletion.stop).toBeNull();
    expect(forgotten).toEqual([account]);
    // Whose session it is was asked before anything was deleted.
    const asked = sandbox.requests.map(({ operation }) => operation);
    expect(asked.indexOf('GetUser')).toBeGreaterThan(-1);
    expect(asked.indexOf('GetUser')).toBeLessThan(asked.indexOf('DeleteLoginProfile'));
  });

  test.each([
    [[], 'already-gone', 'skipped'],
    [[`${memberId(0)} login-profile null`], 'already-gone', 'skipped'],
    [[`${memberId(1)} login-profile `], 'already-gone', 'skipped'],
    [[`${memberId(0)} login-profile `], 'deleted', 'deleted'],
  ])(
    'whose password is gone had it deleted by this run only if it had asked for that: %j',
    async (askedBefore, result, outcome) => {
      const { deletion } = await executing([memberId(0)], {
        askedBefore,
        onRequest: (_request, fleet) => {
          for (const { id, root } of fleet().sandbox.accounts) if (id === memberId(0)) root.loginProfile = undefined;
        },
      });
      expect([...deletion.accounts.values()]).toMatchObject([{ outcome, actions: [{ result }] }]);
    },
  );

  test('whose session is refused has failed, and nothing in it was attempted', async () => {
    const { deletion, lines, told, outcomes } = await executing(ids(2), { behaviour: refusing(memberId(0)) });
    expect(told[0]).toMatchObject({
      id: memberId(0),
      name: `name of ${memberId(0)}`,
      outcome: 'failed',
      reason: null,
      error: { code: 'AccessDenied' },
    });
    expect(told[0]?.actions).toEqual([
      { kind: 'login-profile', id: null, result: 'not-attempted', at: null, requestId: null, error: null },
    ]);
    expect(outcomes).toEqual(['failed', 'deleted']);
    expect(deletion.stop).toBeNull();
    expect(lines.every((line) => !('account' in line) || line.account !== memberId(0))).toBe(true);
  });

  test('that was given up before its session was open is not tried, and has not failed', async () => {
    const { deletion } = await executing(ids(2), {
      failuresMax: 1,
      onRequest: (_request, fleet) => {
        fleet().stop.abort();
        fleet().abort.abort();
      },
    });
    const untried = { outcome: 'skipped', reason: 'not-tried', error: null };
    expect([...deletion.accounts.values()]).toMatchObject([untried, untried]);
    expect([...deletion.accounts.values()].map(({ actions }) => actions.map(({ result }) => result))).toEqual([
      ['not-attempted'],
      ['not-attempted'],
    ]);
    expect(deletion.stop).toBeNull();
  });
});

describe('the first wave', () => {
  const sessionsAndEnds = (lines: readonly { readonly event: string }[]): string =>
    lines
      .filter(({ event }) => event === 'session' || event === 'account')
      .map(({ event }) => (event === 'session' ? '(' : ')'))
      .join('');

  test('is three accounts, which end before any other is begun', async () => {
    const { lines, outcomes } = await executing(ids(6), { memberCount: 6, concurrency: 6 });
    expect(sessionsAndEnds(lines)).toMatch(/^\({3}\){3}\({3}\){3}$/u);
    expect(outcomes).toEqual(Array(6).fill('deleted'));
  });

  test('that fails as a whole ends the run: a wrong assumption meets three accounts', async () => {
    const { deletion, outcomes, sessions, told } = await executing(ids(5), {
      memberCount: 5,
      behaviour: refusing(...ids(3)),
    });
    expect(deletion.stop).toMatchObject({
      problem: { code: 'TooManyFailures', data: { failed: 3, areFirst: true, runId: 'run-1' } },
    });
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'skipped', 'skipped']);
    expect(new Set(sessions.map(({ targetAccount }) => targetAccount))).toEqual(new Set(ids(3)));
    expect(told.map(({ id }) => id)).toEqual(ids(3));
    expect([...deletion.accounts.values()][3]).toMatchObject({ reason: 'not-tried', error: null });
  });

  test.each<[string, string[], Execution]>([
    ['of which one ends well', ids(5), { behaviour: refusing(...ids(2)) }],
    ['of a run that is gone on with', ids(5), { behaviour: refusing(...ids(3)), isFresh: false }],
    ['after which nothing comes', ids(3), { behaviour: refusing(...ids(3)) }],
  ])('%s ends nothing', async (_name, accountIds, options) => {
    const { deletion, outcomes } = await executing(accountIds, { memberCount: 5, ...options });
    expect(deletion.stop).toBeNull();
    expect(outcomes).not.toContain('skipped');
  });

  test('well done and the next three failed is no first wave that failed', async () => {
    const { deletion, outcomes } = await executing(ids(7), {
      memberCount: 7,
      behaviour: refusing(...ids(7).slice(3, 6)),
    });
    expect(deletion.stop).toBeNull();
    expect(outcomes.at(-1)).toBe('deleted');
  });
});

describe('what ends a run', () => {
  test('so many failed accounts as were given: no further one is begun', async () => {
    const { deletion, outcomes, told } = await executing(ids(6), {
      memberCount: 6,
      failuresMax: 2,
      behaviour: refusing(memberId(1), memberId(3)),
    });
    expect(deletion.stop).toMatchObject({
      problem: { code: 'TooManyFailures', data: { failed: 2, areFirst: false, runId: 'run-1' } },
    });
    expect(outcomes).toEqual(['deleted', 'failed', 'deleted', 'failed', 'skipped', 'skipped']);
    expect(told).toHaveLength(4);
  });

  test('one failure less does not', async () => {
    const { deletion, outcomes } = await executing(ids(6), {
      memberCount: 6,
      failuresMax: 3,
      behaviour: refusing(memberId(1), memberId(3)),
    });
    expect([deletion.stop, outcomes.at(-1)]).toEqual([null, 'deleted']);
  });

  test('a person: what is in flight ends, nothing is begun, and what then fails is not counted', async () => {
    const { deletion, outcomes } = await executing(ids(3), {
      memberCount: 3,
      failuresMax: 1,
      behaviour: refusing(memberId(0)),
      onRequest: (_request, fleet) => fleet().stop.abort(),
    });
    expect(outcomes).toEqual(['failed', 'skipped', 'skipped']);
    expect(deletion.stop).toBeNull();
  });

  test.each(['session', 'intent', 'answer', 'account'])(
    'a journal that cannot be written at the line of the %s, which is said first, however much fails after it',
    async (event) => {
      const { deletion, lines, outcomes, sandbox } = await executing(ids(4), {
        memberCount: 4,
        failuresMax: 1,
        onEvent: (one) => {
          if (one.event === event) throw new Error(`the disk is full at the ${event}`);
        },
      });
      expect(deletion.stop?.message).toBe(`the disk is full at the ${event}`);
      expect(outcomes.slice(1)).toEqual(['skipped', 'skipped', 'skipped']);
      expect(outcomes[0]).not.toBe('skipped');
      const isAsked = event === 'answer' || event === 'account';
      const deleted = sandbox.requests.filter(({ operation }) => operation === 'DeleteLoginProfile');
      expect(deleted).toHaveLength(isAsked ? 1 : 0);
      if (event === 'account') expect(outcomes[0]).toBe('deleted');
      expect(lines.map((line) => line.event)).not.toContain(event);
    },
  );

  test('a session of the wrong account: nothing more is asked for, not even where another session is open', async () => {
    const fault = { kind: 'wrong-account', rate: 1, operation: 'AssumeRoot', accountId: memberId(0) };
    const { deletion, outcomes, sessions, sandbox, lines } = await executing(ids(3), {
      memberCount: 3,
      concurrency: 2,
      behaviour: { faults: [{ ...fault, otherAccountId: memberId(2) }] },
    });
    expect(deletion.stop).toMatchObject({ problem: { code: 'WrongAccountSession' } });
    expect(sessions).toHaveLength(2);
    expect(sandbox.requests.filter(({ operation }) => operation === 'DeleteLoginProfile')).toEqual([]);
    expect(lines.map(({ event }) => event)).not.toContain('intent');
    expect(outcomes).not.toContain('deleted');
    expect([...deletion.accounts.values()].map(({ actions }) => actions.map(({ result }) => result))).toEqual([
      ['not-attempted'],
      ['not-attempted'],
      ['not-attempted'],
    ]);
  });

  test('what is thrown and is no error is told all the same', async () => {
    const { deletion } = await executing([memberId(0)], {
      onEvent: () => {
        throw 'out of order';
      },
    });
    expect(deletion.stop).toBeInstanceOf(Error);
    expect(deletion.stop?.message).toBe('out of order');
  });
});
