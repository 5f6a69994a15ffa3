import { virtualClock } from '../../harness/clock.ts';
import { report } from '../../src/actions/report.ts';
import {
  type ConfigDocument,
  type DeleteDocument,
  type DoctorDocument,
  type EnableDocument,
  type PlanDocument,
  planHash,
  type RecoverDocument,
  type ReportDocument,
  type RunDetailDocument,
  type RunEntry,
  type RunsDocument,
  type SandboxResetDocument,
  type SandboxShowDocument,
  type UnlockDocument,
} from '../../src/documents/index.ts';
import { problem, told } from '../../src/problems/index.ts';
import type { OutputDocument } from '../../src/render/formats.ts';
import { now, nowMs, organization, status } from '../render/story.ts';

/** One document of each kind, telling the same story. */
const heading = { schemaVersion: '1', generatedAt: now, rootctlVersion: '1.0.0', complete: true } as const;
const runId = '20260131-0930-k3f9';
const at = '2026-01-31T09:31:00.000Z';
const done = { at, requestId: '8f2a1c1e-0000-4000-8000-000000000001', error: null };

const withoutHash: Omit<PlanDocument, 'hash'> = {
  ...heading,
  kind: 'rootctl.plan',
  organization,
  options: { only: ['access-key', 'signing-certificate', 'login-profile', 'mfa-device'] },
  accounts: [
    {
      id: '123456789012',
      name: 'payments-prod',
      path: 'o-exampleorgid/r-root/ou-root-workloads/ou-root-prod/',
      actions: [
        {
          kind: 'access-key',
          id: 'AKIAQEXAMPLEEXAMPDKT',
          status: 'Active',
          createdAt: '2020-02-01T10:00:00.000Z',
          lastUsedAt: '2026-01-31T08:25:00.000Z',
          lastUsedService: 's3',
          lastUsedRegion: 'eu-west-1',
        },
        { kind: 'access-key', id: 'AKIA7EXAMPLEEXAMPXPQ', status: 'Inactive', createdAt: null, lastUsedAt: null },
        {
          kind: 'signing-certificate',
          id: 'UJXLEEXAMPLEEXAMPLEEXAMPLEEXAYPP',
          status: 'Active',
          createdAt: '2021-03-01T00:00:00.000Z',
        },
        { kind: 'login-profile', id: null, lastUsedAt: '2025-02-20T10:00:00.000Z' },
        { kind: 'mfa-device', id: 'arn:aws:iam::123456789012:mfa/root-account-mfa-device', type: 'virtual' },
        {
          kind: 'mfa-device',
          id: 'arn:aws:iam::123456789012:u2f/root-account/office-safe',
          type: 'fido',
          createdAt: '2021-05-02T10:05:00.000Z',
        },
      ],
      warnings: [
        {
          code: 'key-in-use',
          message: 'access key used within the last day by s3 in eu-west-1',
          id: 'AKIAQEXAMPLEEXAMPDKT',
        },
      ],
    },
    {
      id: '210987654321',
      name: 'data-lake',
      path: 'o-exampleorgid/r-root/ou-root-data/',
      actions: [{ kind: 'login-profile', id: null, lastUsedAt: '2022-12-01T10:00:00.000Z' }],
      warnings: [{ code: 'password-without-mfa', message: 'the password has no MFA', id: null }],
    },
  ],
};
export const plan: PlanDocument = { ...withoutHash, hash: planHash(withoutHash) };

export const deleted: DeleteDocument = {
  ...heading,
  kind: 'rootctl.delete',
  runId,
  dryRun: false,
  organization,
  summary: { accounts: 5, deleted: 1, absent: 1, partial: 0, failed: 1, unverified: 1, skipped: 1, planned: 0 },
  accounts: [
    {
      id: '123456789012',
      name: 'payments-prod',
      outcome: 'unverified',
      reason: null,
      error: null,
      actions: [
        { kind: 'access-key', id: 'AKIAQEXAMPLEEXAMPDKT', result: 'deleted', ...done },
        { kind: 'access-key', id: 'AKIA7EXAMPLEEXAMPXPQ', result: 'already-gone', ...done },
        {
          kind: 'login-profile',
          id: null,
          result: 'deleted',
          ...done,
          error: told('StillSeen', 'the password is still seen after 60 s', 'run again: rootctl delete 123456789012'),
        },
        {
          kind: 'mfa-device',
          id: 'arn:aws:iam::123456789012:mfa/root-account-mfa-device',
          result: 'not-attempted',
          at: null,
          requestId: null,
          error: null,
        },
      ],
    },
    {
      id: '210987654321',
      name: 'data-lake',
      outcome: 'deleted',
      reason: null,
      error: null,
      actions: [{ kind: 'login-profile', id: null, result: 'deleted', ...done }],
    },
    { id: '333333333333', name: '監査ログ集約アカウント', outcome: 'absent', reason: null, error: null, actions: [] },
    {
      id: '555555555555',
      name: 'legacy-erp',
      outcome: 'failed',
      reason: null,
      error: told(
        'AccessDenied',
        'denied by SCP DenyRootUser (p-denyroot1) on Workloads/Prod',
        'exempt root sessions in that policy: rootctl policy scp',
      ),
      actions: [],
    },
    {
      id: '666666666666',
      name: 'sandbox-old',
      outcome: 'skipped',
      reason: 'not-active',
      state: 'SUSPENDED',
      error: null,
      actions: [],
    },
  ],
};

const off = {
  trustedAccess: false,
  rootCredentialsManagement: false,
  rootSessions: false,
  delegatedAdministrators: [],
};
const on = { trustedAccess: true, rootCredentialsManagement: true, rootSessions: true, delegatedAdministrators: [] };
export const enabled: EnableDocument = {
  ...heading,
  kind: 'rootctl.enable',
  dryRun: false,
  organization,
  before: off,
  after: on,
};
const disabled: EnableDocument = { ...enabled, kind: 'rootctl.disable', before: on, after: off, error: null };

export const recovered: RecoverDocument = {
  ...heading,
  kind: 'rootctl.recover',
  runId,
  dryRun: false,
  organization,
  accounts: [
    {
      id: '210987654321',
      name: 'data-lake',
      email: 'root@data-lake.example',
      outcome: 'allowed',
      at,
      requestId: null,
      error: null,
    },
  ],
};

export const unlocked: UnlockDocument = {
  ...heading,
  kind: 'rootctl.unlock',
  service: 's3',
  outcome: 'deleted',
  account: '210987654321',
  accountName: 'data-lake',
  resource: 'data-lake-raw',
  region: 'eu-central-1',
  policy: { Version: '2012-10-17', Statement: [{ Sid: 'Oops', Effect: 'Deny', Principal: '*', Action: 's3:*' }] },
  statements: [
    {
      index: 0,
      sid: 'Oops',
      locks: 'yes',
      why: { reason: 'denies', whom: { whom: 'everybody' }, actions: ['s3:*'], conditions: [] },
    },
  ],
  backup: '/home/me/.local/state/rootctl/policies/data-lake-raw.json',
};

const run: RunEntry = {
  id: runId,
  command: 'delete',
  startedAt: now,
  endedAt: at,
  state: 'finished',
  organizationId: organization.id,
  problem: null,
  summary: deleted.summary,
};
export const runs: RunsDocument = {
  ...heading,
  kind: 'rootctl.runs',
  runs: [
    run,
    {
      ...run,
      id: '20260130-0800-a1b2',
      state: 'interrupted',
      startedAt: '2026-01-30T08:00:00.000Z',
      endedAt: null,
      problem: { sentence: problem('JournalFlaw', { flaw: { is: 'no-end' } }) },
      summary: null,
    },
  ],
  openRecoveries: [
    {
      accountId: '210987654321',
      name: 'data-lake',
      email: 'root@data-lake.example',
      outcome: 'allowed',
      openedAt: '2026-01-29T10:00:00.000Z',
      runId,
      reason: 'INC-4711',
    },
  ],
};
export const runDetail: RunDetailDocument = {
  ...heading,
  kind: 'rootctl.run',
  run,
  journal: { path: `/home/me/.local/state/rootctl/runs/${runId}.jsonl`, intact: true, problem: null },
  accounts: deleted.accounts,
  events: [
    {
      at,
      event: 'intent',
      account: '210987654321',
      kind: 'login-profile',
      id: null,
      requestId: null,
      sessionAccessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      detail: null,
    },
    {
      at,
      event: 'answer',
      account: '210987654321',
      kind: 'login-profile',
      id: null,
      requestId: done.requestId,
      sessionAccessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      detail: 'deleted',
    },
  ],
  cloudTrailQuery:
    "SELECT eventTime, eventName FROM EVENT_DATA_STORE\nWHERE userIdentity.accessKeyId IN ('ASIAEXAMPLEEXAMPLE01')",
};

export const doctor: DoctorDocument = {
  ...heading,
  kind: 'rootctl.doctor',
  organization,
  checks: [
    {
      id: 'credentials',
      result: 'ok',
      finding: { finding: 'caller', arn: organization.callerArn, isRoot: false },
      cure: null,
    },
    {
      id: 'root-sessions',
      result: 'fail',
      finding: { finding: 'switch', id: 'root-sessions', isOn: false, from: null },
      cure: { rootctl: ['enable', '--only', 'root-sessions'] },
    },
    {
      id: 'scp',
      result: 'warn',
      finding: {
        finding: 'blocked',
        by: {
          policyId: 'p-denyroot1',
          policyName: 'DenyRootUser',
          sid: 'DenyRoot',
          target: 'Workloads/Prod',
          action: 'iam:GetAccountSummary',
        },
        accounts: 1,
        others: 0,
      },
      cure: { rootctl: ['policy', 'scp'] },
    },
    {
      id: 'sts-region',
      result: 'unknown',
      finding: { finding: 'region', region: 'us-east-1', answer: 'silent' },
      cure: null,
    },
  ],
  scp: [
    {
      account: '123456789012',
      verdict: 'clear',
      policyId: null,
      policyName: null,
      sid: null,
      targetId: null,
      targetPath: null,
    },
    {
      account: '555555555555',
      verdict: 'blocked',
      policyId: 'p-denyroot1',
      policyName: 'DenyRootUser',
      sid: 'DenyRoot',
      targetId: 'ou-root-prod',
      targetPath: 'Workloads/Prod',
    },
  ],
};

const asMade = report(
  { readings: [{ ...status, generatedAt: '2026-01-01T09:30:00.000Z' }, status], frameworks: ['cis-7.0.0', 'rootctl'] },
  { clock: virtualClock({ startMs: nowMs }), product: { version: '1.0.0', isSimulated: false } },
);
/** Its verdicts as a list, since tests write samples down and read them back. */
const reported: ReportDocument = { ...asMade, verdicts: [...asMade.verdicts] };

const simulated = { ...heading, simulated: true, organizationId: organization.id } as const;
const sandboxReset: SandboxResetDocument = {
  ...simulated,
  kind: 'rootctl.sandbox.reset',
  accountCount: 31,
  path: '/home/me/.local/state/rootctl/sandbox/sandbox.json',
};
const sandboxShow: SandboxShowDocument = {
  ...simulated,
  kind: 'rootctl.sandbox.show',
  accounts: [
    {
      id: '210987654321',
      name: 'data-lake',
      email: 'root@data-lake.example',
      state: 'ACTIVE',
      parentId: 'ou-root-data0001',
      joinedMethod: 'CREATED',
      joinedAt: '2018-01-01T10:00:00Z',
      tags: { team: 'data' },
      root: {
        createdAt: '2018-01-01T10:00:00Z',
        passwordLastUsedAt: null,
        loginProfile: { createdAt: '2018-01-01T10:00:00Z' },
        accessKeys: [
          { id: 'AKIAQEXAMPLEEXAMPDKT', status: 'Active', createdAt: '2018-01-01T10:00:00Z', lastUsed: null },
        ],
        signingCertificates: [],
        mfaDevices: [],
      },
      buckets: [{ name: 'data-lake-raw', region: 'eu-central-1' }],
      queues: [],
    },
  ],
};

const configured: ConfigDocument = {
  ...heading,
  kind: 'rootctl.config',
  files: ['.rootctl.yaml'],
  settings: [
    {
      command: 'delete',
      name: 'max-accounts',
      variable: 'ROOTCTL_MAX_ACCOUNTS',
      value: '50',
      source: 'file',
      from: '.rootctl.yaml:3:19',
    },
    { command: null, name: 'profile', variable: 'ROOTCTL_PROFILE', value: null, source: 'default', from: null },
  ],
  errors: [],
};

export const outputs: readonly OutputDocument[] = [
  status,
  deleted,
  plan,
  enabled,
  disabled,
  recovered,
  unlocked,
  {
    ...unlocked,
    outcome: 'listed',
    resource: null,
    policy: null,
    statements: [],
    backup: null,
    resources: [{ name: 'data-lake-raw', region: 'eu-central-1' }],
  },
  runs,
  runDetail,
  reported,
  doctor,
  sandboxReset,
  sandboxShow,
  configured,
  {
    schemaVersion: '1',
    kind: 'rootctl.error',
    complete: false,
    error: told('AccessDenied', 'AWS refused to list the accounts', 'use the management account'),
  },
];
