import { createChance } from './chance.ts';
import type { SimulatedOrganization } from './organization.ts';
import type { Inclusion } from './selection.ts';

/** Accounts that joined at times of their own, and those of which AWS does not tell, or tells what is no time. */
export interface Newcomers {
  /** `--joined-since`, perhaps with an account that is named beside it. */
  readonly inclusion: Inclusion;
  readonly organization: SimulatedOrganization;
  /** Account id → what `ListAccounts` says instead of when it joined; undefined: nothing. */
  readonly untold: ReadonlyMap<string, number | null | undefined>;
}

/** Nothing, no time at all, the beginning of time, one before it, one that no calendar has. */
const noTimes = [undefined, null, 0, -62_135_596_800, 253_402_300_800, 1e18] as const;

/** The story begins on the first of June 2026, at noon; no command of it comes ten days later. */
const since = ['30d', '720h', '2026-05-02', '2026-05-02T12:00:00Z', '2026-05-02T21:00:00+09:00'] as const;

/**
 * Selects newcomers in some stories, by a chance of its own.
 * @param isCalm AWS tells of everybody when they joined.
 */
export function newcomersOf(seed: number, organization: SimulatedOrganization, isCalm: boolean): Newcomers | null {
  const chance = createChance(seed + 11 * 1_000_003);
  if (!chance.is(0.15)) return null;
  const { accounts } = organization.scenario;
  const untold = new Map<string, number | null | undefined>();
  const ids = new Set<string>();
  const joining = accounts.map((account) => {
    const isNew = chance.is(0.5);
    const joinedAt = chance.pick(isNew ? ['1h ago', '3d ago', '18d ago'] : ['45d ago', '400d ago', '2000d ago']);
    if (!isCalm && chance.is(0.3)) untold.set(account.id, noTimes[chance.whole(0, noTimes.length - 1)]);
    else if (isNew) ids.add(account.id);
    return { ...account, joinedAt, joinedMethod: chance.pick(['INVITED', 'CREATED'] as const) };
  });
  const flags: string[] = ['--joined-since', chance.pick(since)];
  if (ids.size === 0 || chance.is(0.3)) {
    const { id } = chance.pick(accounts);
    flags.push(id);
    ids.add(id);
  }
  const undated = new Set([...untold.keys()].filter((id) => !ids.has(id)));
  return {
    inclusion: { flags, ids, undated },
    organization: { ...organization, scenario: { ...organization.scenario, accounts: joining } },
    untold,
  };
}

/** The answer of `ListAccounts` as AWS would give it, where it does not know when they joined. */
export function withoutJoinTimes(body: Uint8Array, untold: Newcomers['untold']): Uint8Array {
  let answer: { readonly Accounts?: unknown };
  try {
    answer = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return body; // spoilt already
  }
  const { Accounts: accounts } = answer;
  if (!Array.isArray(accounts)) return body;
  const told = accounts.map((account: { readonly Id?: string }) =>
    untold.has(account.Id ?? '') ? { ...account, JoinedTimestamp: untold.get(account.Id ?? '') } : account,
  );
  return Buffer.from(JSON.stringify({ ...answer, Accounts: told }));
}
