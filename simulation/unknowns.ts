import type { Behaviour, Fault, ScenarioEvent } from '../src/sandbox/index.ts';
import { type Chance, createChance } from './chance.ts';
import { rootId, type SimulatedOrganization } from './organization.ts';
import type { Mishap } from './process.ts';
import { below, type Rule } from './selection.ts';

/**
 * What one seed leaves unknown, or tells wrongly, around the program. Each is drawn from a chance of its own, so
 * that one can be added, or replayed without the others, and no other draw moves.
 */
export interface Unknowns {
  /** Answers with status 200 that are not as AWS writes them. */
  readonly spoiltAnswers: Pick<Behaviour, 'iamPageSize' | 'organizationsPageSize'> & {
    readonly faults: readonly Fault[];
  };
  /** `ListAccounts` fails for good after so many pages. */
  readonly listingEnd: { readonly afterPages: number; readonly kind: Fault['kind'] } | null;
  /** AWS tells no `Paths`, and the walk of the tree is denied in part or whole. */
  readonly places: UnknownPlaces | null;
  /** What this machine's clock says less the true time, and how far somebody sets it, at which request of the story. */
  readonly clock: { readonly aheadMs: number; readonly steps: readonly ClockStep[] };
  /** An account that leaves the organization between two commands. */
  readonly departure: ScenarioEvent | null;
  /** True time between a plan and its execution. */
  readonly planAgeMs: number;
  /** What befalls the first status. */
  readonly statusMishap: Mishap | null;
  readonly statusTimeoutSeconds: number | null;
  readonly statusFormat: (typeof statusFormats)[number];
  /** Root sessions for reading turn out to be another account's. */
  readonly isMixedUp: boolean;
  /** The first status is the baseline of a later one. */
  readonly hasBaseline: boolean;
  /** A word that matches no account, beside the selection: the command line must be refused, or the word warned of. */
  readonly wrongWord: Rule | null;
  /** The file of the working folder says where AWS is. */
  readonly hasStrayEndpoint: boolean;
}

export interface UnknownPlaces {
  readonly faults: readonly Fault[];
  /** Accounts of which nobody can tell where they are. */
  readonly hidden: ReadonlySet<string>;
}

export interface ClockStep {
  readonly atRequest: number;
  readonly byMs: number;
}

export const statusFormats = ['json', 'table', 'markdown', 'csv', 'ndjson', 'sarif'] as const;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** When an account departs, counted from the beginning; what goes before it is over by then, but for the longest runs. */
export const departureMs = 12 * hourMs;

/** `isCalm`: nothing that AWS or the machine does wrong; `isGentle`: only what retries overcome. */
export function unknownsOf(
  seed: number,
  organization: SimulatedOrganization,
  barred: ReadonlySet<string>,
  { isCalm, isGentle }: { readonly isCalm: boolean; readonly isGentle: boolean },
): Unknowns {
  const chanceOf = (stream: number): Chance => createChance(seed + stream * 1_000_003);
  const [spoiling, listing, places, clock, departing, ageing, cutting, words, files] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    chanceOf,
  ) as [Chance, Chance, Chance, Chance, Chance, Chance, Chance, Chance, Chance];
  const isRough = !isCalm && !isGentle;
  const hasBaseline = cutting.is(0.15);
  const isMixedUp = isRough && cutting.is(0.06);
  const statusFormat = hasBaseline || isMixedUp || cutting.is(0.5) ? 'json' : cutting.pick(statusFormats);
  const isCut = !isCalm && cutting.is(0.3);
  return {
    spoiltAnswers: isCalm ? { faults: [] } : spoiltAnswers(spoiling, organization, isGentle),
    listingEnd:
      isRough && listing.is(0.06)
        ? {
            afterPages: listing.whole(0, 3),
            kind: listing.pick(['http-500', 'drop-before', 'access-denied', 'html', 'empty-body'] as const),
          }
        : null,
    places: isRough && places.is(0.1) ? unknownPlaces(places, organization) : null,
    clock: !isCalm && clock.is(0.3) ? wrongClock(clock) : { aheadMs: 0, steps: [] },
    departure: isRough && departing.is(0.12) ? departure(departing, organization, barred) : null,
    planAgeMs: ageing.pick([0, 0, 10 * minuteMs, 20 * hourMs, 25 * hourMs]),
    statusMishap: isCut && cutting.is(0.6) ? earlySignals(cutting, organization.members.length) : null,
    statusTimeoutSeconds: isCut && cutting.is(0.5) ? cutting.pick([0.2, 0.5, 1, 2]) : null,
    statusFormat,
    isMixedUp,
    hasBaseline,
    wrongWord: words.is(0.2) ? wrongWord(words, organization) : null,
    hasStrayEndpoint: files.is(0.04),
  };
}

const spoiltKinds = [
  'empty-body',
  'html',
  'missing-field',
  'empty-value',
  'truncated-without-marker',
  'repeated-token',
  'short-listing',
] as const;
/** Those are found out when the pages are put together, and not asked for again. */
const final: ReadonlySet<Fault['kind']> = new Set(['repeated-token', 'short-listing']);
const orgOperations = ['DescribeOrganization', 'ListOrganizationsFeatures', 'ListAccounts'] as const;
const listOperations = ['ListAccessKeys', 'ListMFADevices', 'ListSigningCertificates'] as const;
const memberOperations = [
  'AssumeRoot',
  'GetAccountSummary',
  'GetUser',
  'GetLoginProfile',
  'GetAccessKeyLastUsed',
  ...listOperations,
] as const;
/** Without these nobody knows whether there is anything. */
const summaryFields = [
  'AccountPasswordPresent',
  'AccountAccessKeysPresent',
  'AccountMFAEnabled',
  'AccountSigningCertificatesPresent',
] as const;

function spoiltAnswers(
  chance: Chance,
  { members }: SimulatedOrganization,
  isGentle: boolean,
): Unknowns['spoiltAnswers'] {
  const faults: Fault[] = [];
  const kinds = isGentle ? spoiltKinds.filter((kind) => !final.has(kind)) : spoiltKinds;
  if (chance.is(0.3)) {
    for (const kind of chance.some(kinds, 0.3))
      faults.push({ kind, rate: chance.pick(isGentle ? [0.03] : [0.03, 0.2]) });
  }
  if (isGentle || !chance.is(0.35)) return { faults };
  // One call is answered wrongly for good; in pages so small that what is lost with it counts.
  const pageSize = Math.max(1, Math.ceil(members.length / 3));
  const everywhere = { rate: 1 } as const;
  const where = chance.is(0.6) ? { rate: 1, accountId: chance.pick(members).account.id } : everywhere;
  switch (chance.whole(0, 4)) {
    case 0:
      faults.push({ kind: chance.pick(spoiltKinds), operation: chance.pick(orgOperations), ...everywhere });
      return { faults };
    case 1:
      faults.push({ kind: chance.pick(['repeated-token', 'short-listing']), operation: 'ListAccounts', ...everywhere });
      return { faults, organizationsPageSize: Math.min(pageSize, 20) };
    case 2: {
      const kind = chance.pick(['truncated-without-marker', 'repeated-token'] as const);
      faults.push({ kind, operation: chance.pick(listOperations), ...where });
      return { faults, iamPageSize: 1 };
    }
    case 3: {
      const kind = chance.pick(['missing-field', 'empty-value'] as const);
      faults.push({ kind, operation: 'GetAccountSummary', field: chance.pick(summaryFields), ...where });
      return { faults };
    }
    default:
      faults.push({ kind: chance.pick(spoiltKinds), operation: chance.pick(memberOperations), ...where });
      return { faults };
  }
}

function unknownPlaces(chance: Chance, organization: SimulatedOrganization): UnknownPlaces {
  const { units, scenario } = organization;
  const ids = scenario.accounts.map(({ id }) => id);
  const denied = (fault: Partial<Fault>): Fault => ({ kind: 'access-denied', rate: 1, ...fault });
  const way = chance.whole(0, 3);
  if (way === 0) return { faults: [], hidden: new Set() };
  if (way === 1) return { faults: [denied({ operation: 'ListRoots' })], hidden: new Set(ids) };
  if (way === 2 || units.length === 0) {
    return { faults: [denied({ operation: 'ListChildren', resourceId: rootId })], hidden: new Set(ids) };
  }
  const { id } = chance.pick(units);
  const hidden = new Set(below(id, units, scenario.accounts));
  return { faults: [denied({ operation: 'ListChildren', resourceId: id })], hidden };
}

function wrongClock(chance: Chance): Unknowns['clock'] {
  const away = (): number =>
    chance.pick([2 * minuteMs, 10 * minuteMs, 20 * minuteMs, 3 * hourMs, 30 * dayMs, 120 * dayMs, 800 * dayMs]) *
    chance.pick([1, -1]);
  const isStepping = chance.is(0.6);
  return {
    aheadMs: chance.is(0.7) ? away() : 0,
    steps: isStepping
      ? Array.from({ length: chance.whole(1, 3) }, () => ({ atRequest: chance.whole(1, 120), byMs: away() }))
      : [],
  };
}

function departure(
  chance: Chance,
  { members }: SimulatedOrganization,
  barred: ReadonlySet<string>,
): ScenarioEvent | null {
  // An account that an exclusion names by its id would make the exclusion match nothing: that is another draw.
  const free = members.filter(({ account }) => !barred.has(account.id));
  if (free.length === 0) return null;
  return { at: { afterMs: departureMs }, accountId: chance.pick(free).account.id, set: { leave: true } };
}

function earlySignals(chance: Chance, memberCount: number): Mishap {
  const first = chance.whole(1, 6 + 4 * memberCount);
  const requests = [first];
  while (requests.length < 3 && chance.is(0.35)) requests.push((requests.at(-1) ?? first) + chance.whole(0, 8));
  return { kind: 'signals', requests, signal: chance.pick(['SIGINT', 'SIGTERM', 'SIGHUP'] as const) };
}

/** An OU that no organization here has. */
export const unknownUnitId = 'ou-simu-99999999';

/** A word close to one that means something: a name with a letter too few, a glob of it, an id or OU that is not there. */
function wrongWord(chance: Chance, { members, units, scenario }: SimulatedOrganization): Rule {
  const where = chance.pick(['exclude', 'exclude', 'here', 'home'] as const);
  const { account } = chance.pick(members);
  const names = scenario.accounts.map(({ name }) => name.toLowerCase());
  const unitNames = units.map(({ name }) => name.toLowerCase());
  const misspelt = account.name.replaceAll(/[^a-z0-9-]/gu, '').replace(/.$/u, 'x') || 'nobody';
  const words = [
    { word: misspelt, isRight: names.includes(misspelt) || unitNames.includes(misspelt) },
    { word: `${misspelt}*`, isRight: names.some((name) => name.startsWith(misspelt)) },
    { word: 'Unit9/Nowhere', isRight: false },
    ...units
      .filter(({ id }) => below(id, units, scenario.accounts).length === 0)
      .map(({ id }) => ({ word: id, isRight: false })),
    { word: unknownUnitId, isRight: false },
    { word: `9${account.id.slice(1)}`, isRight: false },
  ];
  const { word } = chance.pick(words.filter(({ isRight }) => !isRight));
  return { word, where, ids: [] };
}
