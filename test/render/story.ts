import {
  type AccountStatus,
  type OrganizationEntry,
  type StatusDocument,
  wasCutShort,
} from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';

/** The organization that the product's own pictures show. */
export const now = '2026-01-31T09:30:00.000Z';
export const nowMs = Date.parse(now);

export const organization: OrganizationEntry = {
  id: 'o-exampleorgid',
  managementAccountId: '111111111111',
  callerAccountId: '111111111111',
  callerArn: 'arn:aws:sts::111111111111:assumed-role/OrgAdmin/me',
  callerRole: 'management',
  partition: 'aws',
};

export const ouNames = new Map([
  ['ou-root-workloads', 'Workloads'],
  ['ou-root-prod', 'Prod'],
  ['ou-root-data', 'Data'],
]);

const underRoot = 'o-exampleorgid/r-root/';
const prod = `${underRoot}ou-root-workloads/ou-root-prod/`;

const clean = {
  loginProfile: { present: false, createdAt: null, lastUsedAt: null },
  accessKeys: [],
  mfaDevices: [],
  signingCertificates: [],
};

export function account(id: string, name: string, more: Partial<AccountStatus> = {}): AccountStatus {
  return {
    id,
    name,
    email: `root+${id}@example.com`,
    state: 'ACTIVE',
    path: underRoot,
    joinedAt: null,
    joinedMethod: null,
    status: 'absent',
    reason: null,
    credentials: clean,
    lastUsedAt: null,
    error: null,
    ...more,
  };
}

export const payments = account('123456789012', 'payments-prod', {
  path: prod,
  status: 'present',
  lastUsedAt: '2026-01-31T08:25:00.000Z',
  credentials: {
    loginProfile: { present: true, createdAt: '2019-05-02T10:00:00.000Z', lastUsedAt: '2025-02-20T10:00:00.000Z' },
    accessKeys: [
      {
        id: 'AKIAQEXAMPLEEXAMPDKT',
        status: 'Active',
        createdAt: '2020-02-01T10:00:00.000Z',
        lastUsedAt: '2026-01-31T08:25:00.000Z',
        lastUsedService: 's3',
        lastUsedRegion: 'eu-west-1',
      },
      {
        id: 'AKIA7EXAMPLEEXAMPXPQ',
        status: 'Inactive',
        createdAt: '2018-02-01T10:00:00.000Z',
        lastUsedAt: null,
        lastUsedService: null,
        lastUsedRegion: null,
      },
    ],
    mfaDevices: [
      {
        serialNumber: 'arn:aws:iam::123456789012:mfa/root-account-mfa-device',
        type: 'virtual',
        enabledAt: '2019-05-02T10:05:00.000Z',
      },
      {
        serialNumber: 'arn:aws:iam::123456789012:u2f/root-account/office-safe-ABCDEF',
        type: 'fido',
        enabledAt: '2021-05-02T10:05:00.000Z',
      },
    ],
    signingCertificates: [
      { id: 'UJXLEEXAMPLEEXAMPLEEXAMPLEEXAYPP', status: 'Active', uploadedAt: '2021-03-01T00:00:00.000Z' },
    ],
  },
});

export const dataLake = account('210987654321', 'data-lake', {
  path: `${underRoot}ou-root-data/`,
  status: 'present',
  lastUsedAt: '2022-12-01T10:00:00.000Z',
  credentials: {
    ...clean,
    loginProfile: { present: true, createdAt: '2018-01-01T10:00:00.000Z', lastUsedAt: '2022-12-01T10:00:00.000Z' },
  },
});

export const legacy = account('555555555555', 'legacy-erp', {
  path: prod,
  status: 'unknown',
  credentials: null,
  error: told(
    'AccessDenied',
    'denied by SCP DenyRootUser (p-denyroot1) on Workloads/Prod',
    'exempt root sessions in that policy: rootctl policy scp',
  ),
});

export const accounts: readonly AccountStatus[] = [
  account('111111111111', 'management', { status: 'skipped', reason: 'management-account', credentials: null }),
  payments,
  dataLake,
  account('333333333333', '監査ログ集約アカウント'),
  account('444444444444', 'network'),
  legacy,
  account('666666666666', 'sandbox-old', {
    status: 'skipped',
    reason: 'not-active',
    state: 'SUSPENDED',
    credentials: null,
  }),
];

export function statusOf(all: readonly AccountStatus[], more: Partial<StatusDocument> = {}): StatusDocument {
  const counted = (status: AccountStatus['status']) => all.filter((one) => one.status === status).length;
  return {
    schemaVersion: '1',
    kind: 'rootctl.status',
    generatedAt: now,
    rootctlVersion: '1.0.0',
    complete: !all.some(wasCutShort),
    organization,
    centralizedRootAccess: {
      trustedAccess: true,
      rootCredentialsManagement: true,
      rootSessions: true,
      delegatedAdministrators: [],
    },
    managementAccount: {
      id: '111111111111',
      accessKeysPresent: false,
      mfaEnabled: true,
      passwordPresent: true,
      signingCertificatesPresent: false,
    },
    changes: null,
    summary: {
      accounts: all.length,
      present: counted('present'),
      absent: counted('absent'),
      unknown: counted('unknown'),
      skipped: counted('skipped'),
    },
    accounts: all,
    ...more,
  };
}

export const status = statusOf(accounts);
