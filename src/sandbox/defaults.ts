import { fullAwsAccess } from './full-access.ts';
import { base32, type Derive, deriveFrom, keyId } from './keys.ts';
import type { AccessKey, Scenario, ScenarioAccount } from './scenario.ts';

/** The usual "deny root" guardrail without the exemption for root sessions, as many organizations have it. */
export const denyRootUser = {
  id: 'p-denyroot1',
  name: 'DenyRootUser',
  description: 'Nobody works as root',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyRoot',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
      },
    ],
  },
};

const units = {
  workloads: 'ou-exam-workload',
  prod: 'ou-exam-wrkprod1',
  dev: 'ou-exam-wrkdevl1',
  legacy: 'ou-exam-wrklegcy',
  data: 'ou-exam-dataplat',
  security: 'ou-exam-security',
};

/**
 * The organization that tells the story of the product in a few accounts: one with every kind of credential, one with a forgotten
 * password, one that an SCP locks, two clean ones, a suspended one. Centralized root access is not enabled yet.
 */
export function defaultScenario(seed = 1): Scenario {
  const derive = deriveFrom(seed);
  return {
    kind: 'rootctl.sandbox',
    schemaVersion: '1',
    seed,
    organization: {
      id: 'o-exampleorgid',
      rootId: 'r-exam',
      managementAccountId: '111111111111',
      organizationalUnits: [
        { id: units.workloads, name: 'Workloads', parentId: 'r-exam' },
        { id: units.prod, name: 'Prod', parentId: units.workloads },
        { id: units.dev, name: 'Dev', parentId: units.workloads },
        { id: units.legacy, name: 'Legacy', parentId: units.workloads },
        { id: units.data, name: 'Data', parentId: 'r-exam' },
        { id: units.security, name: 'Security', parentId: 'r-exam' },
      ],
      policies: [fullAwsAccess, { ...denyRootUser, targets: [units.legacy] }],
    },
    accounts: [
      {
        id: '111111111111',
        name: 'management',
        email: 'root@management.example',
        joinedMethod: 'INVITED',
        joinedAt: '2300d ago',
        root: {
          createdAt: '2400d ago',
          passwordLastUsedAt: '200d ago',
          loginProfile: { createdAt: '2400d ago' },
          mfaDevices: [
            { serialNumber: 'arn:aws:iam::111111111111:mfa/root-account-mfa-device', enabledAt: '2399d ago' },
          ],
        },
      },
      paymentsProd(derive),
      {
        id: '210987654321',
        name: 'data-lake',
        email: 'root@data-lake.example',
        parentId: units.data,
        joinedAt: '1900d ago',
        tags: { environment: 'production', team: 'data' },
        root: { passwordLastUsedAt: '1100d ago', loginProfile: { createdAt: '1900d ago' } },
        queues: [
          {
            name: 'ingest-events',
            region: 'us-east-1',
            policy: locked('arn:aws:sqs:us-east-1:210987654321:ingest-events', 'sqs:*'),
          },
        ],
      },
      {
        id: '333333333333',
        name: '監査ログ集約アカウント',
        email: 'root@audit-log.example',
        parentId: units.security,
        joinedAt: '1500d ago',
        tags: { environment: 'production', team: 'security' },
      },
      {
        id: '444444444444',
        name: 'network',
        email: 'root@network.example',
        parentId: units.prod,
        joinedAt: '12d ago',
        tags: { environment: 'production', team: 'platform' },
      },
      {
        id: '555555555555',
        name: 'legacy-erp',
        email: 'root@legacy-erp.example',
        parentId: units.legacy,
        joinedMethod: 'INVITED',
        joinedAt: '20d ago',
        root: { createdAt: '3900d ago', passwordLastUsedAt: '700d ago', loginProfile: { createdAt: '3900d ago' } },
      },
      {
        id: '666666666666',
        name: 'sandbox-old',
        email: 'root@sandbox-old.example',
        state: 'SUSPENDED',
        parentId: units.dev,
        joinedAt: '1700d ago',
        root: { loginProfile: { createdAt: '1700d ago' } },
      },
    ],
  };
}

/** Everything a root user can hold. */
function paymentsProd(derive: Derive): ScenarioAccount {
  const id = '123456789012';
  const arn = `arn:aws:iam::${id}`;
  return {
    id,
    name: 'payments-prod',
    email: 'root@payments-prod.example',
    parentId: units.prod,
    joinedMethod: 'INVITED',
    joinedAt: '2000d ago',
    tags: { environment: 'production', team: 'payments' },
    root: {
      createdAt: '2500d ago',
      passwordLastUsedAt: '335d ago',
      loginProfile: { createdAt: '2500d ago' },
      accessKeys: [
        rootAccessKey(derive, id, 1, { createdAt: '900d ago', used: '1h ago' }),
        { ...rootAccessKey(derive, id, 2, { createdAt: '1400d ago' }), status: 'Inactive' },
      ],
      signingCertificates: [{ id: signingCertificateId(derive, id), status: 'Active', uploadedAt: '1900d ago' }],
      mfaDevices: [
        { serialNumber: `${arn}:mfa/root-account-mfa-device`, enabledAt: '1800d ago' },
        { serialNumber: `${arn}:u2f/root/office-safe-4KJ2WXQZ7M5PLNTB3CRV6HGYDA`, enabledAt: '600d ago' },
      ],
    },
    buckets: [
      {
        name: 'payments-prod-ledger',
        region: 'eu-west-1',
        createdAt: '1800d ago',
        policy: locked('arn:aws:s3:::payments-prod-ledger', 's3:*'),
      },
      { name: 'payments-prod-assets', region: 'us-east-1', createdAt: '1700d ago' },
      // These, and the queues, are named by docs/recovery.md and the help of unlock, which can be practised word by word.
      { name: 'ledger', region: 'eu-west-1', createdAt: '1600d ago', policy: locked('arn:aws:s3:::ledger', 's3:*') },
    ],
    queues: ['eu-west-1', 'us-east-1'].map((region) => ({
      name: 'events',
      region,
      policy: locked(`arn:aws:sqs:${region}:${id}:events`, 'sqs:*'),
    })),
  };
}

/** The policy that locks out everybody, its author included. */
const locked = (resource: string, action: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'LockedOut',
      Effect: 'Deny',
      Principal: '*',
      Action: action,
      Resource: action === 's3:*' ? [resource, `${resource}/*`] : resource,
    },
  ],
});

export function rootAccessKey(
  derive: Derive,
  accountId: string,
  number: number,
  times: { createdAt: string; used?: string },
): AccessKey {
  return {
    id: keyId('AKIA', accountId, derive('root-key', `${accountId} ${number}`)),
    status: 'Active',
    createdAt: times.createdAt,
    ...(times.used === undefined ? {} : { lastUsed: { at: times.used, service: 's3', region: 'eu-west-1' } }),
  };
}

export const signingCertificateId = (derive: Derive, accountId: string): string =>
  base32(derive('certificate', accountId), 32);
