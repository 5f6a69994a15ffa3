import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { AwsError } from '../../src/aws/failure.ts';
import type { AccountCredentials, CredentialKindName, PlanAction } from '../../src/documents/index.ts';
import { isAccountId } from '../../src/org/account.ts';
import { foreseen } from '../../src/root/foreseeing.ts';
import { type CredentialKind, kindsInRemovalOrder } from '../../src/root/kinds/index.ts';
import type { Target } from '../../src/root/kinds/kind.ts';
import { applyRemoval, type RemovalEnvironment } from '../../src/root/removal.ts';
import type { RootSession } from '../../src/root/session.ts';
import { denied, lost, refused } from '../support/aws-errors.ts';
import { holds } from '../support/properties.ts';

const accountId = '200000000001';
const createdAt = '2020-01-01T00:00:00.000Z';
const key = (id: string): PlanAction => ({ kind: 'access-key', id, status: 'Active', createdAt });
const [keyOne, keyTwo] = [key('AKIAONE'), key('AKIATWO')];
const certificate: PlanAction = { kind: 'signing-certificate', id: 'CERT', status: 'Active', createdAt };
const password: PlanAction = { kind: 'login-profile', id: null, createdAt };
const device: PlanAction = { kind: 'mfa-device', id: 'GAHT12345678', type: 'hardware', createdAt };
const everything = [keyOne, keyTwo, certificate, password, device];
const allKinds = kindsInRemovalOrder.map(({ description }) => description.name);
const named = ({ kind, id }: { readonly kind: string; readonly id: string | null }) => (id === null ? kind : id);
const targetOf = ({ id, status, ...action }: PlanAction): Target => ({
  id,
  createdAt: action.createdAt ?? null,
  ...(status === undefined ? {} : { status }),
});

interface Options {
  /** What the account holds at first; default: what the plan says. */
  readonly holds?: readonly PlanAction[];
  /** For so long a deletion is not seen. */
  readonly lagMs?: number;
  /** Instead of a deletion of this credential: throws, or does more than that. */
  readonly onRemove?: Readonly<Record<string, (account: Account) => void>>;
  /** Before a list of this kind, told how often it was listed before. */
  readonly onList?: (kind: CredentialKindName, count: number, account: Account) => void;
  readonly environment?: Partial<RemovalEnvironment>;
}

interface Account {
  readonly add: (action: PlanAction) => void;
  readonly drop: (action: PlanAction) => void;
}

/** Carries a plan out in an account that is a list; everything that was asked or written down is in `order`. */
async function carryOut(plan: readonly PlanAction[], options: Options = {}) {
  const clock = virtualClock();
  const order: string[] = [];
  const lists = new Map<CredentialKindName, number>();
  const held = new Map((options.holds ?? plan).map((action) => [named(action), { action, goneMs: Infinity }]));
  const account: Account = {
    add: (action) => void held.set(named(action), { action, goneMs: Infinity }),
    drop: (action) => void held.delete(named(action)),
  };
  const kinds = kindsInRemovalOrder.map((kind): CredentialKind => {
    const { name } = kind.description;
    return {
      ...kind,
      list: async () => {
        const count = lists.get(name) ?? 0;
        lists.set(name, count + 1);
        options.onList?.(name, count, account);
        const there = [...held.values()].filter(({ action, goneMs }) => action.kind === name && clock.nowMs() < goneMs);
        return there.map(({ action }) => targetOf(action));
      },
      remove: async (_ask, id) => {
        const what = named({ kind: name, id });
        order.push(`delete ${what}`);
        options.onRemove?.[what]?.(account);
        const one = held.get(what);
        if (one !== undefined) held.set(what, { ...one, goneMs: clock.nowMs() + (options.lagMs ?? 0) });
        return `req-${what}`;
      },
    };
  });
  if (!isAccountId(accountId)) throw new Error('not an id');
  const nobody = () => {
    throw new Error('only the kinds ask');
  };
  const session: RootSession = { accountId, accessKeyId: () => 'ASIA', identity: nobody, ask: nobody };
  const removal = await applyRemoval(
    { id: accountId, name: 'x', path: null, actions: [...plan], warnings: [] },
    session,
    {
      clock,
      waitMs: 2_000,
      only: [...new Set(plan.map(({ kind }) => kind))],
      wasAsked: () => false,
      record: {
        intend: async (action) => void order.push(`intent ${named(action)}`),
        answer: async (action) => void order.push(`answer ${named(action)} ${action.result}`),
      },
      kinds,
      ...options.environment,
    },
  );
  const results = Object.fromEntries(removal.actions.map((action) => [named(action), action.result]));
  return { removal, results, order, clock, lists };
}

const throwing = (error: unknown) => () => {
  throw error;
};
const full = new Error('ENOSPC: no space left on device');
const notFound = () => refused('not-found', 'NoSuchEntity', { statusCode: 404, requestId: 'req-not-found' });
const notFoundAfterLoss = () => new AwsError('DeleteAccessKey', notFound().failure, undefined, true);

describe('what goes well', () => {
  test('each is written down, deleted and written down again, one after the other, in removal order', async () => {
    const { removal, order, results } = await carryOut(everything);
    const ids = ['AKIAONE', 'AKIATWO', 'CERT', 'login-profile', 'GAHT12345678'];
    expect(order).toEqual(ids.flatMap((id) => [`intent ${id}`, `delete ${id}`, `answer ${id} deleted`]));
    expect(results).toEqual(Object.fromEntries(ids.map((id) => [id, 'deleted'])));
    expect(removal).toMatchObject({ outcome: 'deleted', reason: null, error: null, fatal: null });
    expect(removal.actions[0]).toEqual({
      kind: 'access-key',
      id: 'AKIAONE',
      result: 'deleted',
      at: '2026-01-31T09:30:00.000Z',
      requestId: 'req-AKIAONE',
      error: null,
    });
  });

  test("results stand in the plan's order, whatever was done first", async () => {
    const plan = [password, keyTwo, keyOne];
    const { removal, order } = await carryOut(plan);
    expect(order[0]).toBe('intent AKIATWO');
    expect(removal.actions.map(named)).toEqual(plan.map(named));
  });

  test('what has gone since the plan is told as gone, and not asked for', async () => {
    const { removal, results, order } = await carryOut([keyOne, keyTwo], { holds: [keyTwo] });
    expect(results).toEqual({ AKIAONE: 'already-gone', AKIATWO: 'deleted' });
    expect(order).not.toContain('delete AKIAONE');
    expect(removal.outcome).toBe('deleted');
  });

  test('an account is called absent where every kind was meant, and looked for', async () => {
    const environment = { only: allKinds };
    expect((await carryOut([keyOne], { holds: [], environment })).removal).toMatchObject({
      outcome: 'absent',
      error: null,
    });
    expect(
      (await carryOut([keyOne], { holds: [password], environment: { only: ['access-key'] } })).removal,
    ).toMatchObject({
      outcome: 'skipped',
      reason: 'none-of-these-kinds',
      error: null,
    });
  });

  test('what has gone, and this run had asked for before it broke off, was deleted by it', async () => {
    const environment = { wasAsked: ({ id }: PlanAction) => id === 'AKIAONE' };
    const { results } = await carryOut([keyOne, keyTwo], { holds: [], environment });
    expect(results).toEqual({ AKIAONE: 'deleted', AKIATWO: 'already-gone' });
  });
});

describe('what AWS answers to a deletion', () => {
  test.each<[string, () => AwsError, Partial<RemovalEnvironment>, string, string | null]>([
    ['it is gone', notFound, {}, 'already-gone', 'req-not-found'],
    ['it is gone, after a try that was lost', notFoundAfterLoss, {}, 'deleted', 'req-not-found'],
    ['it is gone, and was asked for before', notFound, { wasAsked: () => true }, 'deleted', 'req-not-found'],
  ])('%s', async (_name, answer, environment, result, requestId) => {
    const onRemove = {
      AKIAONE: ({ drop }: Account) => {
        drop(keyOne);
        throw answer();
      },
    };
    const { removal } = await carryOut([keyOne], { onRemove, environment: { only: allKinds, ...environment } });
    expect(removal).toMatchObject({ outcome: result === 'deleted' ? 'deleted' : 'absent', error: null });
    expect(removal.actions).toMatchObject([{ result, requestId, error: null }]);
  });

  test('it refuses: that ends the account, and the rest was not tried', async () => {
    const { removal, results, order } = await carryOut(everything, { onRemove: { AKIATWO: throwing(denied()) } });
    expect(results).toEqual({
      AKIAONE: 'deleted',
      AKIATWO: 'failed',
      CERT: 'not-attempted',
      'login-profile': 'not-attempted',
      GAHT12345678: 'not-attempted',
    });
    expect(order.at(-1)).toBe('answer AKIATWO failed');
    expect(removal).toMatchObject({ outcome: 'partial', reason: null, error: { code: 'AccessDenied' }, fatal: null });
    expect(removal.actions[1]).toMatchObject({ requestId: 'req-refused', error: { code: 'AccessDenied' } });
    expect(removal.actions[2]).toEqual({
      kind: 'signing-certificate',
      id: 'CERT',
      result: 'not-attempted',
      at: null,
      requestId: null,
      error: null,
    });
  });

  test('it refuses the first: nothing was deleted', async () => {
    const { removal } = await carryOut([keyOne, password], { onRemove: { AKIAONE: throwing(denied()) } });
    expect(removal).toMatchObject({ outcome: 'failed', reason: null, error: { code: 'AccessDenied' } });
  });

  describe('nothing that could be used', () => {
    test('and it is gone: deleted', async () => {
      const onRemove = {
        AKIAONE: ({ drop }: Account) => {
          drop(keyOne);
          throw lost();
        },
      };
      const { removal } = await carryOut([keyOne, keyTwo], { onRemove });
      expect(removal.actions).toMatchObject([
        { result: 'deleted', requestId: 'req-lost', error: null },
        { result: 'deleted' },
      ]);
    });

    test('and it is still there when the wait is over: failed', async () => {
      const { removal, results, clock } = await carryOut([keyOne, keyTwo], {
        onRemove: { AKIAONE: throwing(lost()) },
      });
      expect(results).toEqual({ AKIAONE: 'failed', AKIATWO: 'not-attempted' });
      expect(removal.outcome).toBe('failed');
      expect(clock.monotonicMs()).toBe(2_000);
    });

    test('and it is seen gone only later: deleted', async () => {
      const { removal } = await carryOut([keyOne, certificate], {
        onRemove: { AKIAONE: throwing(lost()) },
        onList: (kind, count, { drop }) => kind === 'access-key' && count === 3 && drop(keyOne),
      });
      expect(removal).toMatchObject({ outcome: 'deleted', error: null });
      expect(removal.actions).toMatchObject([{ result: 'deleted', requestId: 'req-lost' }, { result: 'deleted' }]);
    });

    test('and it is still there when nobody may look any more: unverified', async () => {
      const { removal } = await carryOut([keyOne], {
        onRemove: { AKIAONE: throwing(lost()) },
        onList: (_kind, count) => {
          if (count > 1) throw denied();
        },
      });
      expect(removal.outcome).toBe('unverified');
    });

    test('and nobody may look: unverified, neither gone nor kept', async () => {
      const onRemove = {
        AKIAONE: ({ drop }: Account) => {
          drop(keyOne);
          throw lost();
        },
      };
      const onList: Options['onList'] = (_kind, count) => {
        if (count > 0) throw denied();
      };
      const { removal } = await carryOut([keyOne], { onRemove, onList });
      expect(removal).toMatchObject({ outcome: 'unverified', error: { code: 'HTTP500' } });
      expect(removal.actions).toMatchObject([{ result: 'failed', requestId: 'req-lost' }]);
    });
  });
});

describe('what changed since the plan', () => {
  test('is left alone, with what follows; what was deleted before stays told', async () => {
    const { removal, results, order } = await carryOut([keyOne, keyTwo, certificate], {
      holds: [keyOne, { ...keyTwo, status: 'Inactive' }, certificate],
    });
    expect(results).toEqual({ AKIAONE: 'deleted', AKIATWO: 'not-attempted', CERT: 'not-attempted' });
    expect(order).not.toContain('delete AKIATWO');
    const how = { is: 'status', kind: 'access-key', before: 'Active', now: 'Inactive' };
    const error = { code: 'ChangedSincePlan', data: { account: accountId, how } };
    expect(removal).toMatchObject({ outcome: 'partial', reason: 'changed-since-plan', error });
    expect(removal.actions.map((action) => action.error)).toMatchObject([null, error, null]);
  });

  test('or can no longer be told from a later one is left alone', async () => {
    const { removal, order } = await carryOut([password], { holds: [{ ...password, createdAt: null }] });
    expect(order).toEqual([]);
    expect(removal).toMatchObject({
      outcome: 'skipped',
      error: { data: { how: { is: 'indistinct', kind: 'login-profile', at: createdAt } } },
    });
  });

  test('and appeared beside it is told, and not touched', async () => {
    const { removal, order } = await carryOut([keyOne], { holds: [keyOne, keyTwo] });
    expect(order.filter((line) => line.startsWith('delete'))).toEqual(['delete AKIAONE']);
    expect(removal).toMatchObject({
      outcome: 'partial',
      reason: 'changed-since-plan',
      error: { data: { how: { is: 'appeared', credentials: [{ kind: 'access-key', id: 'AKIATWO' }] } } },
    });
  });

  test('concerns the kinds of this run, and no other', async () => {
    const { removal, lists } = await carryOut([keyOne], { holds: [keyOne, password] });
    expect(removal.outcome).toBe('deleted');
    expect([...lists.keys()]).toEqual(['access-key']);
    const environment = { only: ['access-key', 'login-profile'] as const };
    const both = await carryOut([keyOne], { holds: [keyOne, password], environment });
    expect(both.removal).toMatchObject({
      error: { data: { how: { is: 'appeared', credentials: [{ kind: 'login-profile', id: null }] } } },
    });
  });
});

describe('MFA devices', () => {
  test('wait until the password is seen gone', async () => {
    const { removal, order, clock } = await carryOut([password, device], { lagMs: 1_500 });
    expect(removal.outcome).toBe('deleted');
    expect(order).toContain('delete GAHT12345678');
    expect(clock.waits.length).toBeGreaterThan(0);
  });

  test('stay where the password is still seen after the wait', async () => {
    const { removal, results, order } = await carryOut([password, device], { lagMs: 60_000 });
    expect(results).toEqual({ 'login-profile': 'deleted', GAHT12345678: 'not-attempted' });
    expect(order).not.toContain('delete GAHT12345678');
    expect(removal).toMatchObject({
      outcome: 'unverified',
      error: {
        code: 'StillSeen',
        data: {
          account: accountId,
          credentials: [{ kind: 'login-profile', id: null }],
          waitedMs: 2_000,
          kept: 'mfa-device',
        },
      },
    });
  });

  test('stay where a password appeared that no plan held: nobody waits for it to go', async () => {
    const { removal, order, clock } = await carryOut([device], { holds: [device, password] });
    expect(order).toEqual([]);
    expect(clock.waits).toEqual([]);
    expect(removal).toMatchObject({
      outcome: 'skipped',
      reason: 'changed-since-plan',
      error: { data: { how: { is: 'guarded-appeared', guarded: 'login-profile', kept: 'mfa-device' } } },
    });
  });

  test('stay likewise where something else was deleted before', async () => {
    const { removal, results, clock } = await carryOut([keyOne, device], { holds: [keyOne, device, password] });
    expect(results).toEqual({ AKIAONE: 'deleted', GAHT12345678: 'not-attempted' });
    expect(clock.waits).toEqual([]);
    expect(removal).toMatchObject({ outcome: 'partial', reason: 'changed-since-plan' });
  });

  test.each<[string, readonly PlanAction[], string]>([
    ['after the password was deleted: that is not verified either', [password, device], 'unverified'],
    ['that is not in the plan', [device], 'failed'],
  ])('stay where nobody may look at the password, %s', async (_name, plan, outcome) => {
    const onList: Options['onList'] = (kind, count) => {
      if (kind === 'login-profile' && count >= plan.length - 1) throw denied();
    };
    const { removal, order } = await carryOut(plan, { onList });
    expect(order).not.toContain('delete GAHT12345678');
    expect(removal).toMatchObject({ outcome, error: { code: 'AccessDenied' } });
  });

  test('are looked after one by one: the second stays when a password appears after the first', async () => {
    const second: PlanAction = { ...device, id: 'GAHT87654321' };
    const onRemove = { GAHT12345678: ({ add }: Account) => add(password) };
    const { results } = await carryOut([device, second], { onRemove });
    expect(results).toEqual({ GAHT12345678: 'deleted', GAHT87654321: 'not-attempted' });
  });
});

describe('the look at the end', () => {
  test('waits until all is gone', async () => {
    const { removal, clock } = await carryOut([keyOne, keyTwo], { lagMs: 1_900 });
    expect(removal.outcome).toBe('deleted');
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(1_900);
  });

  test('that still sees some of it says which, and speaks of nothing else', async () => {
    const onRemove = { AKIATWO: ({ drop }: Account) => drop(keyTwo) };
    const options = { lagMs: 60_000, onRemove, holds: [keyOne, keyTwo, key('AKIATHREE')] };
    const { removal, results, clock } = await carryOut([keyOne, keyTwo], options);
    expect(results).toEqual({ AKIAONE: 'deleted', AKIATWO: 'deleted' });
    expect(removal).toMatchObject({
      outcome: 'unverified',
      error: { code: 'StillSeen', data: { credentials: [{ kind: 'access-key', id: 'AKIAONE' }], kept: null } },
    });
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBe(2_000);
  });

  test('that AWS refuses leaves it unverified', async () => {
    const onList: Options['onList'] = (_kind, count) => {
      if (count > 0) throw denied();
    };
    const { removal, results } = await carryOut([keyOne], { onList });
    expect(results).toEqual({ AKIAONE: 'deleted' });
    expect(removal).toMatchObject({ outcome: 'unverified', error: { code: 'AccessDenied' }, fatal: null });
  });
});

describe('what must end the whole run is told, with all that was done before it', () => {
  test('an intent that cannot be written down: that deletion is not asked for', async () => {
    const order: string[] = [];
    const record = {
      intend: ({ id }: PlanAction) => (id === 'AKIATWO' ? Promise.reject(full) : Promise.resolve()),
      answer: async () => {},
    };
    const { removal, results, ...rest } = await carryOut([keyOne, keyTwo], { environment: { record } });
    order.push(...rest.order);
    expect(order).toEqual(['delete AKIAONE']);
    expect(results).toEqual({ AKIAONE: 'deleted', AKIATWO: 'not-attempted' });
    expect(removal).toMatchObject({ outcome: 'partial', fatal: full });
  });

  test('an answer that cannot be written down is told all the same, and nothing follows', async () => {
    const record = { intend: async () => {}, answer: () => Promise.reject(full) };
    const { removal, results, order } = await carryOut([keyOne, keyTwo], { environment: { record } });
    expect(order).toEqual(['delete AKIAONE']);
    expect(results).toEqual({ AKIAONE: 'deleted', AKIATWO: 'not-attempted' });
    expect(removal).toMatchObject({ outcome: 'partial', fatal: full });
  });

  test('an answer that was lost, that nobody could look for, and that cannot be written down, is no refusal', async () => {
    const { removal, results } = await carryOut([keyOne, keyTwo], {
      environment: { record: { intend: async () => {}, answer: () => Promise.reject(full) } },
      onRemove: { AKIAONE: throwing(lost()) },
      onList: (_kind, count) => {
        if (count > 0) throw denied();
      },
    });
    expect(results).toEqual({ AKIAONE: 'failed', AKIATWO: 'not-attempted' });
    expect(removal).toMatchObject({ outcome: 'unverified', fatal: full });
  });

  const mistake = new TypeError('x is not a function');
  const after =
    (looks: number): NonNullable<Options['onList']> =>
    (_kind, count) => {
      if (count >= looks) throw mistake;
    };
  test.each<[string, Options]>([
    ['the deletion', { onRemove: { AKIAONE: throwing(mistake) } }],
    ['the first look', { onList: after(0) }],
    ['the look after a lost answer', { onRemove: { AKIAONE: throwing(lost()) }, onList: after(1) }],
    ['the look at the end', { onList: after(1) }],
  ])('a mistake of ours in %s', async (_name, options) => {
    expect((await carryOut([keyOne], options)).removal.fatal).toBe(mistake);
  });

  test('and a mistake of ours in the look that MFA devices wait for', async () => {
    const { removal, order } = await carryOut([device], {
      onList: (kind) => kind === 'login-profile' && throwing(mistake)(),
    });
    expect(removal.fatal).toBe(mistake);
    expect(order).toEqual([]);
  });

  test('a refusal of the first look is none of these', async () => {
    const { removal, results } = await carryOut([keyOne, password], { onList: throwing(denied()) });
    expect(removal).toMatchObject({ outcome: 'failed', error: { code: 'AccessDenied' }, fatal: null });
    expect(results).toEqual({ AKIAONE: 'not-attempted', 'login-profile': 'not-attempted' });
  });
});

/** The same account as a reading tells it. */
const inventoryOf = (held: readonly PlanAction[]): AccountCredentials => {
  const of = (kind: CredentialKindName) => held.filter((one) => one.kind === kind);
  const [profile] = of('login-profile');
  return {
    loginProfile: { present: profile !== undefined, createdAt: profile?.createdAt ?? null, lastUsedAt: null },
    accessKeys: of('access-key').map(({ id, status, createdAt: at = null }) => ({
      id: id ?? '',
      status: status === 'Inactive' ? status : 'Active',
      createdAt: at,
      lastUsedAt: null,
      lastUsedService: null,
      lastUsedRegion: null,
    })),
    mfaDevices: of('mfa-device').map(({ id, createdAt: at = null }) => ({
      serialNumber: id ?? '',
      type: 'hardware',
      enabledAt: at,
    })),
    signingCertificates: of('signing-certificate').map(({ id, createdAt: at = null }) => ({
      id: id ?? '',
      status: 'Active',
      uploadedAt: at,
    })),
  };
};

test('what is foreseen of an account is what is done in it', async () => {
  const later = '2026-01-01T00:00:00.000Z';
  const held = fc
    .tuple(
      ...everything.map((action) =>
        fc.constantFrom<PlanAction | null>(
          action,
          action,
          null,
          { ...action, createdAt: later },
          action.kind === 'access-key' ? { ...action, status: 'Inactive' } : action,
        ),
      ),
    )
    .map((all) => all.filter((one) => one !== null));
  const worlds = fc.record({
    plan: fc.shuffledSubarray(everything, { minLength: 1 }),
    held,
    more: fc.subarray(allKinds),
    // Of a plan that says it is about other kinds than it has: what it has is looked for all the same.
    isBeside: fc.boolean(),
  });
  let stops = 0;
  await holds(
    fc.asyncProperty(worlds, async ({ plan, held: holding, more, isBeside }) => {
      const only = allKinds.filter(
        (name) => more.includes(name) || (!isBeside && plan.some(({ kind }) => kind === name)),
      );
      const account = { id: accountId, name: 'x', path: null, actions: plan, warnings: [] };
      const expected = foreseen(account, inventoryOf(holding), only);
      const { removal } = await carryOut(plan, { holds: holding, environment: { only } });
      const done = removal.actions.map((action) => ({
        ...action,
        at: null,
        requestId: null,
        error: null,
        result: action.result === 'deleted' ? 'planned' : action.result,
      }));
      expect(expected.actions).toEqual(done);
      expect([expected.reason, expected.error]).toEqual([removal.reason, removal.error]);
      const outcomes = { deleted: 'planned', partial: 'planned' } as Partial<Record<string, string>>;
      expect(expected.outcome).toBe(outcomes[removal.outcome] ?? removal.outcome);
      if (removal.error !== null) stops += 1;
    }),
    500,
  );
  expect(stops).toBeGreaterThan(0);
});

test('a kind that could not be read is foreseen as the plan has it', () => {
  const account = { id: accountId, name: 'x', path: null, actions: everything, warnings: [] };
  const unread = { loginProfile: null, accessKeys: null, mfaDevices: null, signingCertificates: null };
  const { outcome, error, actions } = foreseen(account, unread, allKinds);
  expect([outcome, error]).toEqual(['planned', null]);
  expect(new Set(actions.map(({ result }) => result))).toEqual(new Set(['planned']));
});
