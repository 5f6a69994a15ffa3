import { describe, expect, test } from 'vitest';
import { createListingKeeper } from '../../src/actions/completion-listing.ts';
import { deleteDocument, notTried, skippedFor } from '../../src/actions/delete-document.ts';
import type { ActionEvent } from '../../src/actions/events.ts';
import { savedStatus } from '../../src/actions/saved-status.ts';
import { status } from '../../src/actions/status.ts';
import type { AccountStatus, DeleteAccount, StatusDocument } from '../../src/documents/index.ts';
import { emptySelection } from '../../src/org/selecting.ts';
import { told } from '../../src/problems/index.ts';
import { account, dataLake, organization, statusOf } from '../render/story.ts';
import { createBench } from '../support/bench.ts';
import { managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';

const [first, second] = [memberId(0), memberId(1)];

test('an account whose session AWS refuses is unknown, with what AWS said, and hides no other', async () => {
  const faults = [{ kind: 'access-denied' as const, rate: 1, operation: 'AssumeRoot', accountId: first }];
  const { environment } = createBench(scenarioOf([{ root: password }, { root: password }], { behaviour: { faults } }));
  const { accounts, complete, summary } = await status({ selection: emptySelection }, environment);
  expect(accounts).toMatchObject([
    { id: managementId, status: 'skipped', reason: 'management-account', credentials: null, error: null },
    {
      id: first,
      name: 'member-0',
      status: 'unknown',
      reason: null,
      credentials: null,
      lastUsedAt: null,
      error: { code: 'AccessDenied' },
    },
    { id: second, status: 'present', error: null },
  ]);
  expect([complete, summary.unknown]).toEqual([true, 1]);
});

describe('what a deletion tells', () => {
  const { environment } = createBench(scenarioOf([]));
  const one = (id: string, more: Partial<DeleteAccount> = {}): DeleteAccount => ({
    id,
    name: 'one',
    outcome: 'deleted',
    reason: null,
    error: null,
    actions: [],
    ...more,
  });
  const documentOf = (...accounts: readonly DeleteAccount[]) =>
    deleteDocument(environment, { organization, runId: null, isDryRun: false, accounts });
  const untried: Partial<DeleteAccount> = { outcome: 'skipped', reason: 'not-tried' };

  test('is of every account, in the order of their ids, and counts them by what became of them', () => {
    const document = documentOf(
      one(second),
      one(memberId(2), { outcome: 'failed' }),
      one(first, { outcome: 'absent' }),
    );
    expect(document.accounts.map(({ id }) => id)).toEqual([first, second, memberId(2)]);
    expect(document).toMatchObject({ kind: 'rootctl.delete', runId: null, dryRun: false, organization });
    expect(document.summary).toMatchObject({ accounts: 3, deleted: 1, failed: 1, absent: 1, skipped: 0 });
  });

  test.each<[string, readonly DeleteAccount[], boolean]>([
    ['one that was not tried', [one(first), one(second, untried)], false],
    [
      'one that was given up',
      [one(first), one(second, { outcome: 'failed', error: told('Aborted', '', null) })],
      false,
    ],
    [
      'one that AWS refused',
      [one(first), one(second, { outcome: 'failed', error: told('AccessDenied', '', null) })],
      true,
    ],
    ['one that was left out', [one(first), one(second, { outcome: 'skipped', reason: 'excluded' })], true],
  ])('is complete unless somebody stopped it before its end: with %s', (_, accounts, complete) => {
    expect(documentOf(...accounts).complete).toBe(complete);
  });

  test('has AWS’s word for the state of an account where that is why it was left alone', () => {
    expect(skippedFor('not-active', { state: 'SUSPENDED' })).toEqual({ reason: 'not-active', state: 'SUSPENDED' });
    expect(skippedFor('protected', { state: 'SUSPENDED' })).toEqual({ reason: 'protected' });
  });

  test('of an account that was not begun with is what would go, or what was not tried', () => {
    const actions = [{ kind: 'access-key', id: 'AKIA1', status: 'Active' }] as const;
    const planned = { id: first, name: 'one', path: null, actions, warnings: [] };
    const action = { kind: 'access-key', id: 'AKIA1', at: null, requestId: null, error: null };
    expect(notTried(planned)).toEqual(
      one(first, { ...untried, actions: [{ ...action, result: 'not-attempted' }] } as Partial<DeleteAccount>),
    );
  });
});

describe('saved readings', () => {
  const at = (hour: number): string => `2026-01-31T0${hour}:00:00.000Z`;
  const reading = (hour: number, accounts: readonly AccountStatus[], more: Partial<StatusDocument> = {}) =>
    statusOf(accounts, { generatedAt: at(hour), rootctlVersion: `1.0.${hour}`, ...more });
  const seenAs = (document: StatusDocument) => document.accounts.map(({ id, status: is }) => [id, is]);
  const left = { status: 'skipped', credentials: null } as const;

  test('one alone is what it was, with what it said of changes', () => {
    const alone = reading(1, [account(first, 'one')], { changes: [] });
    expect(savedStatus([alone])).toBe(alone);
  });

  test('of several are one, as the latest tells of the organization, as old as the oldest', () => {
    const [oldest, middle, latest] = [
      reading(1, [{ ...dataLake, id: second }]),
      reading(2, [account(second, 'b'), account(memberId(2), 'c')], { changes: [] }),
      reading(3, [account(first, 'a')], { complete: false }),
    ] as const;
    const whole = savedStatus([middle, latest, oldest]);
    expect(whole).toMatchObject({ generatedAt: at(1), rootctlVersion: '1.0.3', complete: false, changes: null });
    expect(seenAs(whole)).toEqual([
      [first, 'absent'],
      [second, 'absent'],
      [memberId(2), 'absent'],
    ]);
    expect(whole.summary).toMatchObject({ accounts: 3, absent: 3, present: 0 });
    expect(savedStatus([middle, oldest]).complete).toBe(true);
  });

  test.each(['excluded', 'protected', 'not-tried'] as const)(
    'that left an account out (%s) have not seen that what was there is gone, and list it all the same',
    (reason) => {
      const here = { ...dataLake, id: first };
      const out = account(first, 'one', { ...left, reason });
      expect(seenAs(savedStatus([reading(1, [here]), reading(2, [out])]))).toEqual([[first, 'present']]);
      expect(seenAs(savedStatus([reading(1, [out]), reading(2, [out])]))).toEqual([[first, 'skipped']]);
    },
  );

  test('of two organizations, or of the sandbox and AWS, are refused', () => {
    const other = { ...organization, id: 'o-otherorgid1' };
    const refused = (organizations: readonly string[]) =>
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'SeveralOrganizations', data: { organizations } }),
      });
    const { id } = organization;
    expect(() => savedStatus([reading(1, []), reading(2, [], { organization: other })])).toThrow(
      refused([id, other.id]),
    );
    expect(() => savedStatus([reading(1, []), reading(2, [], { simulated: true })])).toThrow(
      refused([id, `sandbox:${id}`]),
    );
  });

  test('of one moment that do not say the same are refused, with the moment', () => {
    const twice = [reading(1, [account(first, 'one')]), reading(1, [account(first, 'another')])] as const;
    expect(() => savedStatus(twice)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'ReadingTwice', data: { generatedAt: at(1) } }),
      }),
    );
    expect(seenAs(savedStatus([twice[0], twice[0]]))).toEqual([[first, 'absent']]);
  });
});

describe('what the TAB key completes', () => {
  const unit = 'ou-test-aaaaaaaa';
  const file = 'completion/sandbox.tsv';
  const listing = (organizationId = 'o-testorg0001'): ActionEvent => ({
    event: 'organization',
    organizationId,
    accounts: [{ ...account(first, 'one'), path: `o-testorg0001/r-test/${unit}/` } as never],
  });
  const named: ActionEvent = { event: 'unit-names', units: [{ id: unit, name: 'Prod' }] };
  const linesOf = (place: string, name: string, organizationId = 'o-testorg0001') =>
    `${organizationId}\t\t\n${first}\tone\t${place}\n${unit}\t${name}\t${place}\n`;

  /** What is kept after commands that heard these events, each after the one before. */
  async function kept(...commands: readonly (readonly ActionEvent[])[]) {
    const { environment, files } = createBench(scenarioOf([]));
    for (const events of commands) {
      const keeper = createListingKeeper();
      for (const event of events) keeper.hear(event);
      await keeper.keep(environment);
    }
    return { environment, files, text: files.contents.get(file) };
  }

  test('is what the last command heard of the organization', async () => {
    expect((await kept([named, listing(), { event: 'held-back' }])).text).toBe(linesOf('Prod', 'Prod'));
    expect((await kept([listing()])).text).toBe(linesOf(unit, ''));
  });

  test('stays as it was where a command heard of no organization', async () => {
    expect((await kept([{ event: 'held-back' }, named])).text).toBeUndefined();
    expect((await kept([listing(), named], [named])).text).toBe(linesOf('Prod', 'Prod'));
  });

  test('has the names of OUs that a command before heard, of the same organization', async () => {
    expect((await kept([listing(), named], [listing()])).text).toBe(linesOf('Prod', 'Prod'));
    const renamed: ActionEvent = { event: 'unit-names', units: [{ id: unit, name: 'Live' }] };
    expect((await kept([listing(), named], [listing(), renamed])).text).toBe(linesOf('Live', 'Live'));
    expect((await kept([listing(), named], [listing('o-other00001')])).text).toBe(linesOf(unit, '', 'o-other00001'));
  });

  test('is written only where it is another, and never ends a command', async () => {
    const { environment, files } = await kept([listing()]);
    const written: string[] = [];
    const state = {
      ...environment.state,
      replace: async (name: string, text: string) => {
        written.push(name);
        throw new Error(`EROFS: ${text.length}`);
      },
    };
    const keeper = createListingKeeper();
    keeper.hear(listing());
    await keeper.keep({ ...environment, state });
    expect(written).toEqual([]);
    keeper.hear(named);
    await keeper.keep({ ...environment, state });
    expect(written).toEqual([file]);
    expect(files.contents.get(file)).toBe(linesOf(unit, ''));
  });
});
