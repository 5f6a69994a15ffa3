import type { CredentialKindName } from '../src/documents/index.ts';
import type { Behaviour, Fault, Scenario, ScenarioEvent } from '../src/sandbox/index.ts';
import { type Chance, createChance } from './chance.ts';
import { type Newcomers, newcomersOf } from './newcomers.ts';
import { accessKey, mfaDevice, policies, randomOrganization, type SimulatedOrganization } from './organization.ts';
import type { Mishap } from './process.ts';
import { below, type Rule, randomSelection, restriction, type SimulatedSelection, selectionOf } from './selection.ts';
import { type Unknowns, unknownsOf } from './unknowns.ts';

/** Everything that one seed decides. */
export interface Story {
  readonly seed: number;
  readonly organization: SimulatedOrganization;
  readonly scenario: Scenario;
  readonly selection: SimulatedSelection;
  /** Accounts of which AWS does not tell when they joined, and what it says instead. */
  readonly untoldJoinTimes: Newcomers['untold'];
  readonly behaviour: Behaviour;
  readonly unknowns: Unknowns;
  readonly only: readonly CredentialKindName[];
  readonly waitMs: number;
  /** Options of `delete` beside the selection. */
  readonly options: readonly string[];
  readonly globals: readonly string[];
  readonly isEnabledBefore: boolean;
  readonly isStatusFirst: boolean;
  readonly isByPlanFile: boolean;
  readonly isUnusedFor: boolean;
  /** Accounts whose root user was used within 90 days of the true beginning, and that nobody meddles with. */
  readonly recentlyUsed: ReadonlySet<string>;
  /** What befalls the deletion, and each resumption of it. */
  readonly mishaps: readonly (Mishap | null)[];
  /** Whether the faults go on while the run is resumed. */
  readonly isFaultyResume: boolean;
  /** The task of sessions that turn out to be another account's; null: none do. */
  readonly mixedUp: 'IAMAuditRootUserCredentials' | 'IAMDeleteRootUserCredentials' | null;
  readonly flushMs: number;
  /** Nothing befalls it but what the tool is to overcome: a resumed run must end like one that was never killed. */
  readonly isComparable: boolean;
  /** Nothing befalls it at all. */
  readonly isCalm: boolean;
}

const flagOf: Readonly<Record<CredentialKindName, string>> = {
  'access-key': 'access-keys',
  'signing-certificate': 'signing-certificates',
  'login-profile': 'login-profile',
  'mfa-device': 'mfa-devices',
};
const allKinds = Object.keys(flagOf) as CredentialKindName[];

export function storyOf(seed: number): Story {
  const chance = createChance(seed);
  const isCalm = chance.is(0.12);
  const isDenying = !isCalm && chance.is(0.3);
  const invented = randomOrganization(chance, seed, isDenying);
  const files = createChance(seed + 10 * streamStep);
  const usually = randomSelection(chance, invented, () => (files.is(0.5) ? 'home' : 'here'));
  const newcomers = newcomersOf(seed, invented, isCalm);
  const organization = newcomers?.organization ?? invented;
  const drawn = newcomers === null ? usually : selectionOf(newcomers.inclusion, usually.rules);
  const only = chance.is(0.2) ? nonEmpty(chance.some(allKinds, 0.5)) : allKinds;
  const waitMs = chance.pick([0, 2_000, 10_000, 60_000]);
  const isEnabledBefore = chance.is(0.75);
  const isUnusedFor = chance.is(0.1);
  const isKilled = !isCalm && chance.is(0.35);
  const isComparable = isKilled && !isDenying && chance.is(0.5);
  const isEventful = !isCalm && !isComparable && chance.is(0.35);
  const usual = isCalm ? {} : randomBehaviour(chance, organization, isComparable);
  const unknowns = unknownsOf(seed, organization, new Set(drawn.barred.keys()), { isCalm, isGentle: isComparable });
  const selection = withMoreRules(files, organization, drawn, unknowns);
  const behaviour = isCalm ? {} : withUnknowns(usual, unknowns);
  // The older shape of an account calls a pending one active; nobody could tell.
  const isOldShape = behaviour.accountShape === 'status';
  return {
    seed,
    organization,
    scenario: {
      ...organization.scenario,
      accounts: organization.scenario.accounts.map((account) =>
        isOldShape && account.state === 'PENDING_ACTIVATION' ? { ...account, state: 'SUSPENDED' } : account,
      ),
      ...(organization.scenario.organization
        ? { organization: { ...organization.scenario.organization, ...switches(isEnabledBefore) } }
        : {}),
      events: [
        ...(isEventful ? randomEvents(chance, organization) : []),
        ...(unknowns.departure === null ? [] : [unknowns.departure]),
      ],
    },
    selection,
    untoldJoinTimes: newcomers?.untold ?? new Map(),
    behaviour,
    unknowns,
    only,
    waitMs,
    options: [
      '--wait',
      `${waitMs / 1000}s`,
      ...(only.length < 4 ? ['--only', only.map((kind) => flagOf[kind]).join(',')] : []),
      ...(isUnusedFor ? ['--unused-for', '90d'] : []),
      ...(chance.is(0.1) ? ['--max-failures', String(chance.whole(1, 3))] : []),
      ...(!isCalm && chance.is(0.04) ? ['--timeout', String(chance.whole(1, 20))] : []),
    ],
    globals: [
      ...(chance.is(0.3) ? ['--debug'] : []),
      ...(chance.is(0.2) ? ['--quiet'] : []),
      ...(chance.is(0.5) ? ['--concurrency', String(chance.whole(1, 8))] : []),
      ...(chance.is(0.05) ? ['--rate', String(chance.whole(1, 50))] : []),
    ],
    isEnabledBefore,
    isStatusFirst: chance.is(0.35) || hasFirstStatus(unknowns),
    isByPlanFile: chance.is(0.15),
    isUnusedFor,
    recentlyUsed: recentlyUsed(organization),
    mishaps: isCalm ? [] : randomMishaps(chance, organization, isKilled, isComparable),
    isFaultyResume: chance.is(0.5),
    mixedUp:
      !isCalm && !isComparable && chance.is(0.03)
        ? 'IAMDeleteRootUserCredentials'
        : unknowns.isMixedUp
          ? 'IAMAuditRootUserCredentials'
          : null,
    flushMs: chance.pick([0, 1, 5]),
    isComparable,
    isCalm,
  };
}

const hasFirstStatus = ({ hasBaseline, isMixedUp, statusMishap, statusTimeoutSeconds }: Unknowns): boolean =>
  hasBaseline || isMixedUp || statusMishap !== null || statusTimeoutSeconds !== null;

/** Keeps the chances of one seed apart. */
const streamStep = 1_000_003;

/** A protection in the other file too, and an OU where nobody may know who is in it. */
function withMoreRules(
  chance: Chance,
  organization: SimulatedOrganization,
  { included, rules }: SimulatedSelection,
  { places, departure }: Unknowns,
): SimulatedSelection {
  const more: Rule[] = [];
  // A rule that means nobody any more, once that account has left, is a mistake: that is another draw.
  const add = (rule: Rule): void => {
    if (departure === null || !rule.ids.includes(departure.accountId)) more.push(rule);
  };
  if (rules.some(({ where }) => where !== 'exclude') && chance.is(0.5)) {
    const where = rules.some((rule) => rule.where === 'home') ? 'here' : 'home';
    add({ where, ...restriction(chance, organization) });
  }
  const { units, scenario } = organization;
  const unit = places === null || units.length === 0 ? null : chance.pick(units);
  const ids = unit === null ? [] : below(unit.id, units, scenario.accounts);
  if (unit !== null && ids.length > 0) {
    add({ where: chance.pick(['exclude', 'here', 'home'] as const), word: unit.id, ids });
  }
  return more.length === 0 ? selectionOf(included, rules) : selectionOf(included, [...rules, ...more]);
}

const withUnknowns = (behaviour: Behaviour, { spoiltAnswers, places }: Unknowns): Behaviour => ({
  ...behaviour,
  ...(places === null ? {} : { accountShape: 'no-paths' as const }),
  ...spoiltAnswers,
  faults: [...(behaviour.faults ?? []), ...spoiltAnswers.faults, ...(places?.faults ?? [])],
});

/** Whether somebody else changes accounts meanwhile; one that leaves is not changed. */
export const hasMeddling = ({ scenario }: Story): boolean =>
  (scenario.events ?? []).some(({ set }) => set.leave !== true);

const recentlyUsed = ({ members }: SimulatedOrganization): ReadonlySet<string> => {
  const isRecent = (text: string | undefined): boolean => text === '2d ago' || text === '1h ago';
  const used = members.filter(
    ({ account: { root } }) =>
      isRecent(root?.passwordLastUsedAt) || (root?.accessKeys ?? []).some(({ lastUsed }) => isRecent(lastUsed?.at)),
  );
  return new Set(used.map(({ account }) => account.id));
};

const nonEmpty = (kinds: CredentialKindName[]): readonly CredentialKindName[] =>
  kinds.length === 0 ? allKinds : kinds;

const switches = (isOn: boolean) => ({
  trustedServices: isOn ? [{ servicePrincipal: 'iam.amazonaws.com', enabledAt: '30d ago' }] : [],
  rootCredentialsManagement: isOn,
  rootSessions: isOn,
});

/** `isGentle`: only what retries and waiting overcome. */
function randomBehaviour(chance: Chance, { members }: SimulatedOrganization, isGentle: boolean): Behaviour {
  const bucket = (from: number, to: number) => ({ ratePerSecond: chance.whole(from, to), burst: chance.whole(1, to) });
  const faults: Fault[] = [];
  const rate = (): number => chance.pick(isGentle ? [0.02, 0.05] : [0.02, 0.1, 0.3]);
  for (const kind of chance.some(overcome, 0.3)) faults.push({ kind, rate: rate() });
  if (chance.is(0.2)) {
    faults.push({ kind: 'expire-session', rate: isGentle ? 0.1 : 0.4, afterMs: chance.pick([0, 100, 300, 2_000]) });
    if (!isGentle && chance.is(0.5)) faults.push({ kind: 'drop-after', rate: 0.3 });
  }
  if (!isGentle && chance.is(0.2)) {
    // One operation of one account fails for good.
    const kind = chance.pick([
      'http-500',
      'drop-before',
      'drop-after',
      'malformed',
      'access-denied',
      'throttle',
    ] as const);
    faults.push({ kind, rate: 1, accountId: chance.pick(members).account.id, operation: chance.pick(operations) });
  }
  const lagMs = chance.is(0.35) ? chance.pick(isGentle ? [300, 1_500] : [300, 1_500, 20_000, 90_000]) : 0;
  return {
    ...(chance.is(0.35)
      ? {
          throttle: {
            sts: bucket(2, 30),
            iam: bucket(3, 20),
            ...(chance.is(0.4) ? { organizations: bucket(3, 10) } : {}),
          },
        }
      : {}),
    ...(chance.is(0.7)
      ? { latencyMs: { sts: chance.whole(0, 120), iam: chance.whole(0, 90), organizations: chance.whole(0, 150) } }
      : {}),
    ...(lagMs > 0
      ? {
          consistencyLagMs: chance.is(0.6)
            ? lagMs
            : { loginProfile: lagMs, accountSummary: lagMs, switches: chance.pick([0, 3_000]) },
        }
      : {}),
    faults,
    ...(chance.is(0.15) ? { iamPageSize: chance.whole(1, 3) } : {}),
    ...(chance.is(0.3) ? { organizationsPageSize: chance.whole(1, 6) } : {}),
    ...(chance.is(0.15) ? { emptyPageEvery: chance.whole(2, 4) } : {}),
    ...(chance.is(0.06) ? { accountShape: chance.pick(['status', 'both'] as const) } : {}),
  };
}

const overcome = [
  'throttle',
  'http-500',
  'http-503',
  'drop-before',
  'drop-after',
  'malformed',
  'temporarily-unmodifiable',
] as const;
const operations = [
  'AssumeRoot',
  'GetAccountSummary',
  'GetUser',
  'GetLoginProfile',
  'ListAccessKeys',
  'GetAccessKeyLastUsed',
  'ListMFADevices',
  'ListSigningCertificates',
  'DeleteAccessKey',
  'DeleteSigningCertificate',
  'DeleteLoginProfile',
  'DeactivateMFADevice',
] as const;

/** What somebody else does meanwhile. */
function randomEvents(chance: Chance, { members }: SimulatedOrganization): ScenarioEvent[] {
  return Array.from({ length: chance.whole(1, 5) }, (_, index): ScenarioEvent => {
    const { account } = chance.pick(members);
    const { id, root } = account;
    const key = root?.accessKeys?.[0]?.id;
    const device = root?.mfaDevices?.[0]?.serialNumber;
    return {
      // By time: between a run and its resumption, which comes ten minutes later.
      at: chance.is(0.3)
        ? { afterMs: chance.whole(1, 400) * 1_000 }
        : { request: chance.whole(1, 20 * members.length) },
      accountId: id,
      set: chance.pick<ScenarioEvent['set']>([
        { state: 'SUSPENDED' },
        { state: 'ACTIVE' },
        { loginProfile: true },
        { loginProfile: true },
        { loginProfile: true },
        { loginProfile: false },
        { addAccessKey: accessKey(id, 100 + index, 'Active', null) },
        { addMfaDevice: mfaDevice(id, 100 + index) },
        ...(key === undefined ? [] : [{ removeAccessKey: key }]),
        ...(device === undefined ? [] : [{ removeMfaDevice: device }]),
        { attachPolicy: policies.root },
        { detachPolicy: policies.root },
      ]),
    };
  });
}

function randomMishaps(
  chance: Chance,
  { members }: SimulatedOrganization,
  isKilled: boolean,
  isComparable: boolean,
): (Mishap | null)[] {
  const first = isKilled ? randomKill(chance, members.length) : randomTrouble(chance, members.length);
  if (isComparable || first === null || chance.is(0.6)) return [first];
  return [first, chance.is(0.5) ? randomKill(chance, members.length) : randomTrouble(chance, members.length)];
}

function randomKill(chance: Chance, memberCount: number): Mishap {
  if (chance.is(0.5)) {
    const how = chance.pick(['die-before', 'die-torn', 'die-after'] as const);
    return { kind: 'killed-at-write', write: chance.whole(1, 4 + 4 * memberCount), how };
  }
  const when = chance.pick(['before', 'after-sending', 'answered'] as const);
  return { kind: 'killed-at-request', request: chance.whole(1, 8 + 16 * memberCount), when };
}

function randomTrouble(chance: Chance, memberCount: number): Mishap | null {
  if (chance.is(0.15)) return { kind: 'full-disk', freeBytes: chance.whole(0, 2_000 + 2_500 * memberCount) };
  if (!chance.is(0.25)) return null;
  const first = chance.whole(1, 8 + 16 * memberCount);
  const requests = [first];
  while (requests.length < 3 && chance.is(0.4)) requests.push((requests.at(-1) ?? first) + chance.whole(0, 12));
  return { kind: 'signals', requests, signal: chance.is(0.7) ? 'SIGINT' : chance.pick(['SIGTERM', 'SIGHUP'] as const) };
}
