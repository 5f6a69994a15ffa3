import type { Scenario, ScenarioAccount } from '../../src/sandbox/index.ts';

export const managementId = '111111111111';
export const organizationId = 'o-testorg0001';

export type Member = Partial<ScenarioAccount>;
export type Root = NonNullable<ScenarioAccount['root']>;

/** Member ids from 200000000001 on, in the order given. */
export const memberId = (index: number): string => String(200_000_000_001 + index);

const fullAccess = {
  id: 'p-FullAWSAccess',
  name: 'FullAWSAccess',
  awsManaged: true,
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  targets: ['*'],
};

/** An organization with centralized root access on; every part can be replaced. */
export function scenarioOf(
  members: readonly Member[],
  more: Partial<Omit<Scenario, 'organization' | 'accounts'>> & {
    readonly organization?: Partial<NonNullable<Scenario['organization']>>;
  } = {},
): Scenario {
  const { organization, ...rest } = more;
  return {
    kind: 'rootctl.sandbox',
    schemaVersion: '1',
    seed: 7,
    organization: {
      id: organizationId,
      rootId: 'r-test',
      managementAccountId: managementId,
      trustedServices: [{ servicePrincipal: 'iam.amazonaws.com', enabledAt: '30d ago' }],
      rootCredentialsManagement: true,
      rootSessions: true,
      ...organization,
      policies: [fullAccess, ...(organization?.policies ?? [])],
    },
    accounts: [
      { id: managementId, name: 'management', email: 'root@management.example', joinedAt: '900d ago' },
      ...members.map((member, index) => ({
        id: memberId(index),
        name: `member-${index}`,
        email: `root+${index}@example.com`,
        joinedAt: '800d ago',
        ...member,
      })),
    ],
    ...rest,
  };
}

export const withoutAccess = { trustedServices: [], rootCredentialsManagement: false, rootSessions: false };

export const keyIdOf = (id: string, number: number): string => `AKIA${id.replaceAll('0', 'Q')}KEY${number}`;

export const accessKey = (id: string, number: number, lastUsed?: string) => ({
  id: keyIdOf(id, number),
  status: 'Active' as const,
  createdAt: '700d ago',
  ...(lastUsed === undefined ? {} : { lastUsed: { at: lastUsed, service: 's3', region: 'eu-west-1' } }),
});

export const virtualDevice = (id: string) => ({
  serialNumber: `arn:aws:iam::${id}:mfa/root-account-mfa-device`,
  enabledAt: '650d ago',
});

export const certificate = (id: string) => ({
  id: `CERT${id}${'A'.repeat(16)}`,
  status: 'Active' as const,
  uploadedAt: '600d ago',
});

export const password: Root = { loginProfile: { createdAt: '700d ago' }, passwordLastUsedAt: '400d ago' };

/** One of each kind, two of the keys: six deletions. */
export const everything = (id: string): Root => ({
  ...password,
  accessKeys: [accessKey(id, 1, '300d ago'), accessKey(id, 2)],
  signingCertificates: [certificate(id)],
  mfaDevices: [virtualDevice(id), { serialNumber: `arn:aws:iam::${id}:u2f/root/safe-1`, enabledAt: '500d ago' }],
});

/** So many members that hold everything. */
export const fullMembers = (count: number): Member[] =>
  Array.from({ length: count }, (_, index) => ({ root: everything(memberId(index)) }));

/** A service control policy without an exemption for root sessions. */
export const denyRoot = (targets: readonly string[], action: string | readonly string[] = '*') => ({
  id: 'p-denyroot1',
  name: 'DenyRootUser',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyRoot',
        Effect: 'Deny',
        Action: action,
        Resource: '*',
        Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
      },
    ],
  },
  targets: [...targets],
});
