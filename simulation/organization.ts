import type { AccessKey, Scenario, ScenarioAccount } from '../src/sandbox/scenario.ts';
import type { Chance } from './chance.ts';

export const managementId = '000000000101';
export const rootId = 'r-simu';

/** Policies that bind members: all of root, with the exemption, or one action alone. */
export const policies = {
  all: 'p-FullAWSAccess',
  root: 'p-denyroot1',
  exempt: 'p-denyroot2',
  one: 'p-denyone01',
} as const;

const memberActions = [
  'iam:GetAccountSummary',
  'iam:GetUser',
  'iam:GetLoginProfile',
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
  'iam:ListMFADevices',
  'iam:ListSigningCertificates',
  'iam:DeleteLoginProfile',
  'iam:DeleteAccessKey',
  'iam:DeleteSigningCertificate',
  'iam:DeactivateMFADevice',
] as const;

const ordinaryNames = ['payments', 'data-lake', 'audit', 'network', 'ci', 'legacy-erp', 'sandbox', 'ml'];
const hostileNames = [
  '\u001b[2J\u001b[1;1Howned',
  '=HYPERLINK("http://x")',
  '<script>alert(1)</script>',
  'two\nlines | and a pipe',
  '監査ログ集約アカウント',
  '\u202egnp.live',
  ' '.repeat(50),
  '@SUM(1+1)',
];

export interface SimulatedOrganization {
  readonly scenario: Scenario;
  /** `isDenied`: an SCP binds its root sessions, wholly or in one action. */
  readonly members: readonly { readonly account: ScenarioAccount; readonly isDenied: boolean }[];
  readonly units: readonly { readonly id: string; readonly name: string; readonly parentId: string }[];
  readonly deniedAction: string;
}

/** A random organization; clean and small most of the time, as organizations are. */
export function randomOrganization(chance: Chance, seed: number, isDenying: boolean): SimulatedOrganization {
  const size = chance.is(0.04) ? chance.whole(20, 45) : chance.whole(2, 10);
  const units = randomUnits(chance);
  const deniedAction = chance.pick(memberActions);
  const targets: Record<'root' | 'exempt' | 'one', string[]> = { root: [], exempt: [], one: [] };
  const members = Array.from({ length: size }, (_, index) => {
    const account = randomMember(chance, index, units);
    const binding = isDenying && chance.is(0.35) ? chance.pick(['root', 'exempt', 'one'] as const) : null;
    if (binding !== null) targets[binding].push(account.id);
    return { account, isDenied: binding === 'root' || binding === 'one' };
  });
  const scenario: Scenario = {
    kind: 'rootctl.sandbox',
    schemaVersion: '1',
    seed,
    organization: {
      id: 'o-simulation1',
      rootId,
      managementAccountId: managementId,
      organizationalUnits: [...units],
      policies: [
        { id: policies.all, name: 'FullAWSAccess', awsManaged: true, document: allow('*'), targets: ['*'] },
        { id: policies.root, name: 'DenyRoot', document: denyRoot('*', {}), targets: targets.root },
        {
          id: policies.exempt,
          name: 'DenyRootExceptSessions',
          document: denyRoot('*', { Null: { 'aws:AssumedRoot': 'true' } }),
          targets: targets.exempt,
        },
        { id: policies.one, name: 'DenyOne', document: denyRoot(deniedAction, {}), targets: targets.one },
      ],
    },
    accounts: chance.shuffled([
      {
        id: managementId,
        name: 'management',
        email: 'root@management.example',
        root: { loginProfile: { createdAt: '900d ago' }, mfaDevices: [mfaDevice(managementId, 0)] },
      },
      ...members.map(({ account }) => account),
    ]),
  };
  return { scenario, members, units, deniedAction };
}

const allow = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});
const denyRoot = (action: string, exemption: Readonly<Record<string, unknown>>) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Action: action,
      Resource: '*',
      Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' }, ...exemption },
    },
  ],
});

function randomUnits(chance: Chance) {
  const units: { id: string; name: string; parentId: string }[] = [];
  for (let index = 0; index < chance.whole(0, 4); index += 1) {
    const parentId = units.length > 0 && chance.is(0.5) ? chance.pick(units).id : rootId;
    units.push({ id: `ou-simu-${String(index).padStart(8, '0')}`, name: `Unit${index}`, parentId });
  }
  return units;
}

function randomMember(chance: Chance, index: number, units: readonly { readonly id: string }[]): ScenarioAccount {
  const id = String(4_000 + index * 70_000_001 + chance.whole(0, 70_000_000)).padStart(12, '0');
  const name = chance.is(0.15) ? chance.pick(hostileNames) : `${chance.pick(ordinaryNames)}-${index}`;
  const state = chance.is(0.1)
    ? chance.pick(['SUSPENDED', 'PENDING_ACTIVATION', 'PENDING_CLOSURE', 'CLOSED'] as const)
    : 'ACTIVE';
  return {
    id,
    name,
    email: `root+${index}@example.com`,
    state,
    ...(units.length > 0 && chance.is(0.7) ? { parentId: chance.pick(units).id } : {}),
    joinedAt: '800d ago',
    ...(chance.is(0.7) ? { root: randomRoot(chance, id) } : {}),
  };
}

/** Every mixture: a password without MFA, MFA alone, inactive keys, eight devices, everything. */
function randomRoot(chance: Chance, id: string): NonNullable<ScenarioAccount['root']> {
  const deviceCount = chance.is(0.5) ? (chance.is(0.08) ? 8 : chance.whole(1, 2)) : 0;
  const hasPassword = chance.is(0.6);
  return {
    ...(hasPassword ? { loginProfile: { createdAt: '700d ago' } } : {}),
    ...(hasPassword && chance.is(0.5) ? { passwordLastUsedAt: chance.pick(['2d ago', '300d ago']) } : {}),
    accessKeys: Array.from({ length: chance.is(0.45) ? chance.whole(1, 2) : 0 }, (_, index) =>
      accessKey(id, index, chance.is(0.3) ? 'Inactive' : 'Active', chance.pick([null, '1h ago', '400d ago'])),
    ),
    signingCertificates: Array.from({ length: chance.is(0.15) ? chance.whole(1, 2) : 0 }, (_, index) =>
      signingCertificate(id, index),
    ),
    mfaDevices: Array.from({ length: deviceCount }, (_, index) => mfaDevice(id, index)),
  };
}

export const accessKey = (
  accountId: string,
  index: number,
  status: 'Active' | 'Inactive',
  usedAt: string | null,
): AccessKey => ({
  id: `AKIA${accountId.slice(0, 8)}${String(index).padStart(4, '0')}${accountId.slice(8)}`,
  status,
  createdAt: '600d ago',
  ...(usedAt === null ? {} : { lastUsed: { at: usedAt, service: 's3', region: 'eu-west-1' } }),
});

export const signingCertificate = (accountId: string, index: number) => ({
  id: `CERT${String(index).padStart(12, '0')}${accountId}`,
  status: 'Active' as const,
  uploadedAt: '500d ago',
});

export const mfaDevice = (accountId: string, index: number) => ({
  serialNumber:
    index % 3 === 2
      ? `GAHT${accountId}${index}`
      : `arn:aws:iam::${accountId}:${index % 3 === 0 ? 'mfa/device' : 'u2f/root/key'}-${index}`,
  enabledAt: '400d ago',
});
