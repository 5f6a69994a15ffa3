import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountStatus,
  type ChangedCredential,
  compareStatus,
  credentialKinds,
  type EarlierStatus,
  isPartlyUnknown,
  isUnaccepted,
  parseEarlier,
  type StatusChange,
  type StatusDocument,
} from '../../src/documents/index.ts';
import { formats } from '../../src/render/formats.ts';
import { noPaint } from '../../src/render/style.ts';
import { account, statusOf } from '../render/story.ts';
import { holds } from '../support/properties.ts';
import { english } from '../support/speech.ts';

const view = { columns: 160, nowMs: 0, paint: noPaint, speech: english, english };
const ids = ['200000000001', '200000000002', '200000000003', '200000000004'] as const;
const times = [null, '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'] as const;
const timed = fc.constantFrom(...times);
const upTo2 = <Item>(item: fc.Arbitrary<Item>, idOf: (item: Item) => string) =>
  fc.option(fc.uniqueArray(item, { selector: idOf, maxLength: 2 }), { freq: 3 });

/** Every kind read or not, with none or some. */
const credentials = fc.record({
  loginProfile: fc.option(fc.record({ present: fc.boolean(), createdAt: timed, lastUsedAt: fc.constant(null) }), {
    freq: 3,
  }),
  accessKeys: upTo2(
    fc.record({
      id: fc.constantFrom('AKIA1', 'AKIA2', 'AKIA3'),
      status: fc.constantFrom('Active' as const, 'Inactive' as const),
      createdAt: timed,
      lastUsedAt: fc.constant(null),
      lastUsedService: fc.constant(null),
      lastUsedRegion: fc.constant(null),
    }),
    ({ id }) => id,
  ),
  mfaDevices: upTo2(
    fc.record({
      serialNumber: fc.constantFrom('m1', 'm2', 'm3'),
      type: fc.constant('virtual' as const),
      enabledAt: timed,
    }),
    ({ serialNumber }) => serialNumber,
  ),
  signingCertificates: upTo2(
    fc.record({
      id: fc.constantFrom('c1', 'c2'),
      status: fc.constantFrom('Active' as const, 'Inactive' as const),
      uploadedAt: timed,
    }),
    ({ id }) => id,
  ),
});

/** As an inventory decides: present as soon as one is known to be there, else unknown when a kind could not be read. */
function read(id: string, held: AccountStatus['credentials']): AccountStatus {
  const lists = Object.values(credentialKinds).map((kind) => kind.list(held));
  const isPresent = lists.some((list) => list !== null && list.length > 0);
  const status = isPresent ? 'present' : lists.includes(null) ? 'unknown' : 'absent';
  return account(id, `n${id}`, { status, credentials: held });
}
const accountOf = (id: string) =>
  fc.oneof(
    { weight: 8, arbitrary: credentials.map((held) => read(id, held)) },
    { weight: 1, arbitrary: fc.constant(account(id, `n${id}`, { status: 'unknown', credentials: null })) },
    {
      weight: 1,
      arbitrary: fc.constant(account(id, `n${id}`, { status: 'skipped', reason: 'excluded', credentials: null })),
    },
    { weight: 1, arbitrary: fc.constant(account(id, `n${id}`, { status: 'present', credentials: null })) },
  );
const reading = fc
  .tuple(fc.subarray([...ids]), fc.tuple(...ids.map(accountOf)))
  .map(([listed, accounts]) => statusOf(accounts.filter(({ id }) => listed.some((one) => one === id))));

const held = (one: AccountStatus): readonly (readonly [string, string | null])[] =>
  Object.values(credentialKinds).flatMap((kind) =>
    (kind.list(one.credentials) ?? []).map(({ id }) => [kind.name, id] as const),
  );
const named = (all: readonly ChangedCredential[]): readonly string[] =>
  all.map(({ kind, id }) => `${kind} ${id}`).sort();
/** As `--baseline` reads it back: account by account, and less of each. */
function readBack(document: StatusDocument): EarlierStatus {
  const parsed = parseEarlier(formats.json.render(document, view));
  if (parsed.ok) return parsed.document;
  throw new Error(english.entryOf(parsed.problem).message);
}
const changesOf = (change: StatusChange) => [change.added, change.firstSeen, change.removed, change.lastSeen].flat();

describe('the comparison of any two readings', () => {
  it('finds nothing between a reading and itself', () => {
    const property = fc.property(reading, (one) => {
      const members = new Set(one.accounts.map(({ id }) => id));
      expect(compareStatus(one, one, { members })).toEqual([]);
    });
    holds(property, 300);
  });

  it('is the same of a baseline that was read from its file, of which less is kept', () => {
    const property = fc.property(reading, reading, fc.subarray([...ids]), (before, now, members) => {
      const comparison = { members: new Set(members) };
      expect(compareStatus(readBack(before), now, comparison)).toEqual(compareStatus(before, now, comparison));
    });
    holds(property, 300);
  });

  it('tells of an account once, in the order of the ids, and what its status was and is', () => {
    const property = fc.property(reading, reading, fc.subarray([...ids]), (before, now, members) => {
      const changes = compareStatus(before, now, { members: new Set(members) });
      const told = changes.map(({ id }) => id);
      expect(told).toEqual([...new Set(told)].sort());
      for (const { id, before: then, after } of changes) {
        expect(then).toBe(before.accounts.find((one) => one.id === id)?.status ?? null);
        expect(after).toBe(now.accounts.find((one) => one.id === id)?.status ?? null);
      }
    });
    holds(property, 500);
  });

  it('calls nothing gone that was not seen to be: neither a kind that cannot be read nor an account that left', () => {
    const property = fc.property(reading, reading, fc.subarray([...ids]), (before, now, members) => {
      for (const change of compareStatus(before, now, { members: new Set(members) })) {
        const is = now.accounts.find(({ id }) => id === change.id);
        for (const { kind } of change.removed)
          expect(credentialKinds[kind].list(is?.credentials ?? null)).not.toBeNull();
        for (const { kind } of change.lastSeen) expect(credentialKinds[kind].list(is?.credentials ?? null)).toBeNull();
        if (change.change === 'gone') expect([is?.status, is && isPartlyUnknown(is)]).toEqual(['absent', false]);
        if (change.change === 'left') expect(change.removed).toEqual([]);
      }
    });
    holds(property, 500);
  });

  it('says that somebody left only of those whom the listing does not have', () => {
    const property = fc.property(reading, reading, fc.subarray([...ids]), (before, now, others) => {
      const members = new Set([...others, ...now.accounts.map(({ id }) => id)]);
      const left = compareStatus(before, now, { members }).filter(({ change }) => change === 'left');
      const missing = before.accounts.filter(({ id }) => !members.has(id));
      expect(left.map(({ id }) => id)).toEqual(missing.map(({ id }) => id).sort());
      expect(compareStatus(before, now).some(({ change }) => change === 'left')).toBe(false);
    });
    holds(property, 500);
  });

  it('is the other way round what it is the one way: what came went, what was not seen is not seen', () => {
    const property = fc.property(reading, reading, (one, other) => {
      const back = new Map(compareStatus(other, one).map((change) => [change.id, change]));
      for (const change of compareStatus(one, other)) {
        if (change.before === null || change.before === 'skipped') continue;
        const reverse = back.get(change.id);
        expect(named(reverse?.removed ?? [])).toEqual(named(change.added));
        expect(named(reverse?.added ?? [])).toEqual(named(change.removed));
        if (reverse !== undefined) expect(named(reverse.lastSeen)).toEqual(named(change.firstSeen));
      }
    });
    holds(property, 500);
  });

  it('has nobody accepted whom the baseline did not show with the same credential', () => {
    const property = fc.property(reading, reading, (before, now) => {
      const unaccepted = new Set(
        compareStatus(before, now)
          .filter(isUnaccepted)
          .map(({ id }) => id),
      );
      for (const is of now.accounts) {
        if (is.status !== 'present' || unaccepted.has(is.id)) continue;
        const was = before.accounts.find(({ id }) => id === is.id);
        expect(was?.status).toBe('present');
        for (const one of held(is)) expect(was && held(was)).toContainEqual(one);
      }
    });
    holds(property, 500);
  });

  it('names no credential that neither reading has', () => {
    const property = fc.property(reading, reading, (before, now) => {
      for (const change of compareStatus(before, now)) {
        const both = [...before.accounts, ...now.accounts].filter(({ id }) => id === change.id).flatMap(held);
        for (const { kind, id } of changesOf(change)) expect(both).toContainEqual([kind, id]);
      }
    });
    holds(property, 300);
  });
});
