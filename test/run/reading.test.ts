import { describe, expect, test } from 'vitest';
import { AwsError, aborted } from '../../src/aws/failure.ts';
import type { AccountId } from '../../src/org/account.ts';
import type { Selection } from '../../src/org/selection.ts';
import { type AccountReading, type FleetReading, type ReadingProgress, readAccounts } from '../../src/run/reading.ts';
import { nothingSelected } from '../org/answers.ts';
import { type Fleet, fleetOn } from '../support/fleets.ts';
import { fullMembers, type Member, managementId, memberId, scenarioOf } from '../support/scenarios.ts';

const selection: Selection = { ...nothingSelected, all: true };
const reading = { purpose: 'reading', tell: () => {} } as const;

const read = (
  { environment }: Pick<Fleet, 'environment'>,
  progress: Partial<ReadingProgress<AccountReading>> = {},
  selected: Partial<Selection> = {},
  purpose: Parameters<typeof readAccounts>[2] = reading,
): Promise<FleetReading<AccountReading>> =>
  readAccounts(environment, { ...selection, ...selected }, purpose, { keep: (one) => one, ...progress });
const told = ({ kept }: FleetReading<AccountReading>) =>
  kept.map((one) => [one.account.id, one.status, 'reason' in one ? one.reason : null]);
const operations = ({ sandbox }: Fleet) => sandbox.requests.map(({ operation }) => operation);
const pagesAsked = (fleet: Fleet) => operations(fleet).filter((operation) => operation === 'ListAccounts').length;
const sessionsOf = ({ sandbox }: Fleet) =>
  sandbox.requests.flatMap(({ operation, targetAccount }) => (operation === 'AssumeRoot' ? [targetAccount] : []));
const suspended = (count: number): Member[] => Array.from({ length: count }, () => ({ state: 'SUSPENDED' }));
const clean = (count: number): Member[] => Array.from({ length: count }, () => ({}));

const refusal = (operation: string, code: string): AwsError =>
  new AwsError(operation, {
    kind: 'other',
    code,
    message: 'no',
    statusCode: 400,
    requestId: 'req-1',
    effectUnknown: false,
  });

/** The same accounts, where AWS refuses whatever a test says. */
function refusing(
  fleet: Fleet,
  operation: string,
  code: string,
  isRefused: (count: number) => boolean = () => true,
): Fleet {
  const { aws } = fleet.environment;
  let count = 0;
  const sts: typeof aws.sts = (command, signal) => {
    count += 1;
    return isRefused(count) ? Promise.reject(refusal(operation, code)) : aws.sts(command, signal);
  };
  return { ...fleet, environment: { ...fleet.environment, aws: { ...aws, sts } } };
}

describe('what became known of the accounts', () => {
  test('is one reading of each, in the order of their ids, with why it was not looked at or could not be read', async () => {
    const members: Member[] = [{ id: '300000000003' }, { id: '200000000009' }, { state: 'SUSPENDED' }, {}];
    const fault = { kind: 'access-denied', rate: 1, operation: 'AssumeRoot', accountId: '300000000003' } as const;
    const fleet = await fleetOn(scenarioOf(members, { behaviour: { faults: [fault] } }), { concurrency: 4 });
    const counts: number[] = [];
    const seen: string[] = [];
    const result = await read(fleet, { onListed: (count) => counts.push(count), onMember: ({ id }) => seen.push(id) });
    expect(told(result)).toEqual([
      [managementId, 'skipped', 'management-account'],
      [memberId(2), 'skipped', 'not-active'],
      [memberId(3), 'read', null],
      ['200000000009', 'read', null],
      ['300000000003', 'unread', null],
    ]);
    expect(result.kept[4]).toMatchObject({ error: { failure: { code: 'AccessDenied' } } });
    expect(result.listing).toEqual({ state: 'ended' });
    expect(counts).toEqual([1, 2, 3, 4, 5]);
    expect([...seen].sort()).toEqual([managementId, memberId(2), memberId(3), '200000000009', '300000000003']);
  });

  test('is kept as it is asked for: null keeps nothing', async () => {
    const fleet = await fleetOn(scenarioOf(clean(2)));
    const { kept } = await readAccounts(fleet.environment, selection, reading, {
      keep: ({ account, status }) => (status === 'skipped' ? null : { id: account.id }),
    });
    expect(kept).toEqual([{ id: memberId(0) }, { id: memberId(1) }]);
  });

  test('comes of a session that may only look, whose account the key tells; its pace is forgotten after it', async () => {
    const bodies: string[] = [];
    const fleet = await fleetOn(scenarioOf(clean(2)), { onRequest: ({ body }) => void bodies.push(String(body)) });
    await read(fleet);
    const sessions = bodies.filter((body) => body.includes('Action=AssumeRoot'));
    expect(sessions).toHaveLength(2);
    for (const body of sessions) expect(body).toContain('IAMAuditRootUserCredentials');
    expect(operations(fleet)).not.toContain('GetUser');
    expect(fleet.forgotten).toEqual([memberId(0), memberId(1)]);
  });

  test('an account that could not be read is forgotten too', async () => {
    const fleet = await fleetOn(scenarioOf(clean(1)));
    fleet.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'GetAccountSummary' }] });
    expect((await read(fleet)).kept).toHaveLength(2);
    expect(fleet.forgotten).toEqual([memberId(0)]);
  });

  test('is told once what is left to do for the account is done, and no other is begun before', async () => {
    const fleet = await fleetOn(scenarioOf(clean(2)));
    const steps: string[] = [];
    await read(fleet, {
      finish: async ({ account }) => {
        steps.push(`finishing ${account.id}, sessions: ${sessionsOf(fleet).length}`);
        await fleet.clock.sleep(1_000);
        steps.push(`finished ${account.id}, sessions: ${sessionsOf(fleet).length}`);
      },
      keep: ({ account, status }) => {
        if (status !== 'skipped') steps.push(`told ${account.id}`);
        return null;
      },
    });
    const [one, two] = [memberId(0), memberId(1)];
    expect(steps).toEqual([
      `finishing ${one}, sessions: 1`,
      `finished ${one}, sessions: 1`,
      `told ${one}`,
      `finishing ${two}, sessions: 2`,
      `finished ${two}, sessions: 2`,
      `told ${two}`,
    ]);
  });

  test('of an account of which a change cannot know whether it is meant is that, and no session in it', async () => {
    const fleet = await fleetOn(scenarioOf(clean(1)));
    const { aws } = fleet.environment;
    const organizations: typeof aws.organizations = async (command, signal) => {
      const answer = await aws.organizations(command, signal);
      if ('Accounts' in answer && Array.isArray(answer.Accounts)) {
        for (const account of answer.Accounts) if (account.Id === memberId(0)) delete account.JoinedTimestamp;
      }
      return answer;
    };
    const without = { ...fleet, environment: { ...fleet.environment, aws: { ...aws, organizations } } };
    const { kept } = await read(without, {}, { all: false, joinedSinceMs: 0 }, { purpose: 'change', tell: () => {} });
    expect(kept.find(({ account }) => account.id === memberId(0))).toMatchObject({
      status: 'unread',
      error: { problem: { code: 'UnknownJoinTime' } },
    });
    expect(sessionsOf(fleet)).toEqual([]);
  });
});

describe('a listing', () => {
  test('that fails half-way does not take back what was read until then, and says so', async () => {
    const fleet = await fleetOn(scenarioOf(clean(25)), {
      onRequest: ({ headers }) => {
        if (headers['x-amz-target']?.endsWith('.ListAccounts') !== true) return;
        const isSecond = pagesAsked(fleet) === 1;
        if (isSecond)
          fleet.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
      },
    });
    const { kept, listing } = await read(fleet);
    expect(listing).toMatchObject({ state: 'failed', error: { operation: 'ListAccounts' } });
    expect(kept.filter(({ status }) => status === 'read')).toHaveLength(19);
    expect(kept).toHaveLength(20);
  });

  test.each<[string, Member[], number]>([
    ['before anything was read', clean(2), 0],
    ['before anything but what is left alone', suspended(25), 1],
  ])('that fails %s is the error of the command', async (_name, members, pages) => {
    const fleet = await fleetOn(scenarioOf(members), {
      onRequest: ({ headers }) => {
        if (headers['x-amz-target']?.endsWith('.ListAccounts') !== true || pagesAsked(fleet) < pages) return;
        fleet.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
      },
    });
    await expect(read(fleet)).rejects.toMatchObject({
      operation: 'ListAccounts',
      failure: { code: 'AccessDeniedException' },
    });
  });

  test('goes on while accounts are being worked on', async () => {
    const fleet = await fleetOn(scenarioOf(clean(45)), {
      onRequest: async ({ body }) => {
        if (String(body).includes('Action=AssumeRoot')) await fleet.clock.sleep(1_000);
      },
    });
    await read(fleet);
    const asked = operations(fleet);
    expect(pagesAsked(fleet)).toBe(3);
    expect(asked.lastIndexOf('ListAccounts')).toBeLessThan(asked.indexOf('AssumeRoot'));
  });

  test('of very many accounts hands on each of them once', async () => {
    const fleet = await fleetOn(scenarioOf(suspended(2_005)));
    const { kept } = await read(fleet);
    const ids = kept.map(({ account }) => account.id);
    expect(ids).toEqual([managementId, ...Array.from({ length: 2_005 }, (_, index) => memberId(index))]);
  });

  test('ends when the command does: no page more than the one that is under way', async () => {
    const fleet = await fleetOn(
      scenarioOf(clean(199), { behaviour: { latencyMs: { organizations: 1_000 }, disabledRegions: ['us-east-1'] } }),
    );
    await expect(read(fleet)).rejects.toMatchObject({ failure: { code: 'RegionDisabledException' } });
    const pages = pagesAsked(fleet);
    expect(pages).toBeLessThanOrEqual(3);
    await fleet.clock.sleep(60_000);
    expect(pagesAsked(fleet)).toBe(pages);
  });
});

describe('a stop', () => {
  test('begins no account more and lists none; those that were listed are not tried', async () => {
    const fleet = await fleetOn(scenarioOf(clean(60), { behaviour: { latencyMs: { organizations: 1_000 } } }), {
      onRequest: ({ body }) => {
        if (String(body).includes('Action=AssumeRoot')) fleet.stop.abort(aborted());
      },
    });
    const result = await read(fleet);
    expect(result.listing).toEqual({ state: 'stopped' });
    expect(sessionsOf(fleet)).toEqual([memberId(0)]);
    expect(told(result).filter(([, , reason]) => reason === 'not-tried')).toHaveLength(18);
    expect(told(result)).toHaveLength(20);
    expect(told(result)[2]).toEqual([memberId(1), 'skipped', 'not-tried']);
    expect(told(result)[1]).toEqual([memberId(0), 'read', null]);
  });

  test.each(['stop', 'abort'] as const)('before anything was listed is no error (%s)', async (way) => {
    const fleet = await fleetOn(scenarioOf(clean(2)));
    fleet[way].abort(aborted());
    expect(await read(fleet, {}, { all: false, names: [() => true] })).toEqual({
      kept: [],
      listing: { state: 'stopped' },
    });
  });
});

describe('what is wrong with all accounts alike', () => {
  const callerCodes = ['RegionDisabledException', 'InvalidAction', 'ExpiredToken', 'InvalidClientTokenId'];

  test.each(callerCodes)('is one error for the command: %s at the first session', async (code) => {
    const fleet = refusing(await fleetOn(scenarioOf(clean(3))), 'AssumeRoot', code);
    await expect(read(fleet)).rejects.toMatchObject({ operation: 'AssumeRoot', failure: { code } });
  });

  test.each(callerCodes)('is one of the account once another was read: %s', async (code) => {
    const fleet = refusing(await fleetOn(scenarioOf(clean(3))), 'AssumeRoot', code, (count) => count > 1);
    expect(told(await read(fleet)).map(([, status]) => status)).toEqual(['skipped', 'read', 'unread', 'unread']);
  });

  test('is one error for the command, too, where no account but the ones that refused was reached before', async () => {
    const fleet = await fleetOn(scenarioOf(clean(3)));
    fleet.sandbox.setBehaviour({
      faults: [{ kind: 'access-denied', rate: 1, operation: 'GetAccountSummary', accountId: memberId(0) }],
    });
    const denied = refusing(fleet, 'AssumeRoot', 'AccessDenied', (count) => count === 1);
    const expired = refusing(denied, 'AssumeRoot', 'ExpiredToken', (count) => count > 1);
    await expect(read(expired)).rejects.toMatchObject({ failure: { code: 'ExpiredToken' } });
  });

  test('is none where it was no session that was asked for, or where AWS says what others need not hear', async () => {
    for (const [operation, code] of [
      ['GetCallerIdentity', 'ExpiredToken'],
      ['AssumeRoot', 'AccessDenied'],
    ] as const) {
      const fleet = refusing(await fleetOn(scenarioOf(clean(2))), operation, code);
      expect(told(await read(fleet)).map(([, status]) => status)).toEqual(['skipped', 'unread', 'unread']);
    }
  });

  test('a mistake of ours ends everything', async () => {
    const fleet = await fleetOn(scenarioOf(clean(3)));
    const broken = async () => {
      throw new Error('a mistake of ours');
    };
    await expect(read(fleet, { finish: broken })).rejects.toThrow('a mistake of ours');
    expect(sessionsOf(fleet)).toEqual([memberId(0)]);
  });
});

describe('a selection', () => {
  test('that no account is in is an error', async () => {
    const fleet = await fleetOn(scenarioOf(clean(2)));
    await expect(read(fleet, {}, { all: false, names: [() => false] })).rejects.toMatchObject({
      problem: { code: 'NothingSelected', data: { organizationId: fleet.environment.organization.id } },
    });
  });

  test('that names an account that is not in the organization is an error before any is addressed', async () => {
    const fleet = await fleetOn(scenarioOf(fullMembers(2)));
    const accountIds = new Set(['999999999999' as AccountId, memberId(0) as AccountId]);
    await expect(read(fleet, {}, { all: false, accountIds })).rejects.toMatchObject({
      problem: { code: expect.stringContaining('Account') },
    });
    expect(sessionsOf(fleet)).toEqual([]);
  });
});
