import { type Random, seededRandom } from '../random.ts';
import type { Behaviour } from './behaviour.ts';
import { defaultScenario, denyRootUser, rootAccessKey, signingCertificateId } from './defaults.ts';
import { fullAwsAccess } from './full-access.ts';
import { base32, type Derive, deriveFrom } from './keys.ts';
import type { Scenario, ScenarioAccount } from './scenario.ts';

export interface GenerateOptions {
  /** Member accounts; the management account comes on top. */
  readonly accounts: number;
  readonly seed: number;
  /** Share of the members that hold root credentials, 0 to 1; 0.3 unless given. */
  readonly withCredentials?: number;
  /** `mixed`: any combination (default); `all`: a password, two keys, a certificate and an MFA device each. */
  readonly credentials?: 'mixed' | 'all';
  /** Share of suspended members; 0.01 unless given. */
  readonly suspended?: number;
  /** Share of members under an SCP that denies root without an exemption; 0 unless given. */
  readonly denied?: number;
  /** Centralized root access on, trusted access included; off unless given. */
  readonly enabled?: boolean;
  readonly organizationalUnits?: number;
  readonly behaviour?: Behaviour;
}

/** The documented organization, or one of so many member accounts; either follows from its seed. */
export const seededScenario = (accounts: number | undefined, seed: number): Scenario =>
  accounts === undefined ? defaultScenario(seed) : generateScenario({ accounts, seed });

const managementId = '100000000001';

/** An organization of any size that follows from its seed. */
export function generateScenario(options: GenerateOptions): Scenario {
  const { accounts, seed, enabled = false, behaviour } = options;
  const random = seededRandom(seed);
  const derive = deriveFrom(seed);
  const units = generateUnits(options.organizationalUnits ?? Math.min(40, 2 + Math.floor(accounts / 25)), random);
  const deniedUnit = { id: 'ou-gene-denyroot', name: 'Locked', parentId: rootId };
  const members = Array.from({ length: accounts }, (_, index) =>
    generateMember(index, options, random, derive, random() < (options.denied ?? 0) ? deniedUnit.id : undefined, units),
  );
  return {
    kind: 'rootctl.sandbox',
    schemaVersion: '1',
    seed,
    organization: {
      id: `o-${base32(derive('organization', ''), 10).toLowerCase()}`,
      rootId,
      managementAccountId: managementId,
      ...rootAccess(enabled),
      organizationalUnits: [...units, deniedUnit],
      policies: [fullAwsAccess, { ...denyRootUser, targets: [deniedUnit.id] }],
    },
    accounts: shuffled(
      [{ id: managementId, name: 'management', email: 'root@management.example', joinedAt: '2400d ago' }, ...members],
      random,
    ),
    ...(behaviour ? { behaviour } : {}),
  };
}

/** The same with centralized root access on, or off, whatever it says of it; what has no organization stays as it is. */
export function switchRootAccess({ organization, ...scenario }: Scenario, enabled: boolean): Scenario {
  if (organization === undefined) return scenario;
  return { ...scenario, organization: { ...organization, ...rootAccess(enabled) } };
}

const rootAccess = (enabled: boolean) => ({
  trustedServices: enabled ? [{ servicePrincipal: 'iam.amazonaws.com', enabledAt: '30d ago' }] : [],
  rootCredentialsManagement: enabled,
  rootSessions: enabled,
});

const rootId = 'r-gene';

/** A tree: each unit hangs under the root or under one made before, at most five deep as AWS allows. */
function generateUnits(count: number, random: Random) {
  const units: { id: string; name: string; parentId: string; depth: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const above = units[Math.floor(random() * (units.length + 1))];
    const parent = above && above.depth < 5 ? above : undefined;
    units.push({
      id: `ou-gene-${String(index).padStart(8, '0')}`,
      name: pick(unitNames, random) + (index < unitNames.length ? '' : ` ${index}`),
      parentId: parent?.id ?? rootId,
      depth: (parent?.depth ?? 0) + 1,
    });
  }
  return units.map(({ depth: _depth, ...unit }) => unit);
}

const unitNames = ['Workloads', 'Prod', 'Dev', 'Staging', 'Data', 'Security', 'Sandbox', 'Suspended', 'Infrastructure'];
const teams = ['payments', 'data', 'platform', 'erp', 'search', 'mobile', 'billing', 'ml', 'web', 'iot'];
const environments = ['production', 'staging', 'development'];

function generateMember(
  index: number,
  { withCredentials = 0.3, credentials = 'mixed', suspended = 0.01 }: GenerateOptions,
  random: Random,
  derive: Derive,
  deniedUnit: string | undefined,
  units: readonly { id: string }[],
): ScenarioAccount {
  // Ascending with gaps, so that the ids are unique and nobody takes them for real accounts.
  const id = String(200_000_000_000 + index * 70_001 + Math.floor(random() * 70_000));
  const team = pick(teams, random);
  const environment = pick(environments, random);
  const name = `${team}-${environment.slice(0, 4)}-${String(index).padStart(4, '0')}`;
  const holds = random() < withCredentials;
  return {
    id,
    name,
    email: `root+${name}@example.com`,
    ...(random() < suspended ? { state: 'SUSPENDED' as const } : {}),
    parentId: deniedUnit ?? units[Math.floor(random() * units.length)]?.id ?? rootId,
    ...(Number(id) % 5 === 0 ? { joinedMethod: 'INVITED' as const } : {}),
    joinedAt: ago(random, 100, 2000),
    tags: { environment, team },
    ...(holds ? { root: generateRoot(id, credentials, random, derive) } : {}),
  };
}

function generateRoot(
  id: string,
  credentials: 'mixed' | 'all',
  random: Random,
  derive: Derive,
): NonNullable<ScenarioAccount['root']> {
  const all = credentials === 'all';
  // One of the four kinds is there in any case.
  const sure = Math.floor(random() * 4);
  const has = (kind: number, chance: number) => all || kind === sure || random() < chance;
  const password = has(0, 0.5);
  const keys = has(1, 0.4) ? (all || random() < 0.4 ? [1, 2] : [1]) : [];
  return {
    ...(password
      ? { loginProfile: { createdAt: ago(random, 100, 2000) }, passwordLastUsedAt: ago(random, 1, 1500) }
      : {}),
    accessKeys: keys.map((number) =>
      rootAccessKey(derive, id, number, {
        createdAt: ago(random, 100, 2000),
        ...(random() < 0.6 ? { used: ago(random, 0, 900) } : {}),
      }),
    ),
    ...(has(2, 0.1)
      ? {
          signingCertificates: [
            { id: signingCertificateId(derive, id), status: 'Active' as const, uploadedAt: ago(random, 100, 2000) },
          ],
        }
      : {}),
    ...(has(3, 0.4)
      ? {
          mfaDevices: [
            { serialNumber: `arn:aws:iam::${id}:mfa/root-account-mfa-device`, enabledAt: ago(random, 10, 1500) },
          ],
        }
      : {}),
  };
}

const ago = (random: Random, fromDays: number, toDays: number): string =>
  `${fromDays + Math.floor(random() * (toDays - fromDays))}d ago`;

function pick<T>(items: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function shuffled<T>(items: T[], random: Random): T[] {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [a, b] = [items[index], items[other]];
    if (a !== undefined && b !== undefined) [items[index], items[other]] = [b, a];
  }
  return items;
}
