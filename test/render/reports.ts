import { controlMappings, controlsOf, verdictsOf } from '../../src/controls/index.ts';
import type {
  AccountStatus,
  DeleteAction,
  ReportDocument,
  StatusDocument,
  StatusSummary,
} from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';
import { account, accounts, dataLake, legacy, organization, payments, statusOf } from './story.ts';

const controls = controlsOf([]);

const inOrder = (all: readonly AccountStatus[]) => [...all].sort((left, right) => (left.id < right.id ? -1 : 1));

/** A report of one reading; `more` for a run, a period, or something special. */
export function reportOf(
  all: readonly AccountStatus[] = accounts,
  more: Partial<ReportDocument> = {},
  told: Partial<StatusDocument> = {},
): ReportDocument {
  const { kind: _, ...status } = statusOf(inOrder(all), told);
  return {
    ...status,
    kind: 'rootctl.report',
    readings: [{ generatedAt: status.generatedAt, complete: status.complete, summary: status.summary }],
    run: null,
    before: null,
    changes: null,
    history: null,
    controls,
    mappings: controlMappings,
    verdicts: verdictsOf(status, controls),
    ...more,
  };
}

const done = { requestId: '8f2a1c1e-0000-4000-8000-000000000001', error: null } as const;
const actions: readonly DeleteAction[] = [
  { kind: 'access-key', id: 'AKIAQEXAMPLEEXAMPDKT', result: 'deleted', at: '2026-01-31T09:31:00.000Z', ...done },
  { kind: 'login-profile', id: null, result: 'deleted', at: '2026-01-31T09:31:02.000Z', ...done },
  {
    kind: 'mfa-device',
    id: 'arn:aws:iam::210987654321:mfa/root-account-mfa-device',
    result: 'already-gone',
    at: '2026-01-31T09:31:04.000Z',
    ...done,
  },
];

/** What a run did to the story's accounts: one clean, one in which a password stayed. */
export const run: NonNullable<ReportDocument['run']> = {
  id: '20260131-0930-k3f9',
  startedAt: '2026-01-31T09:30:30.000Z',
  endedAt: '2026-01-31T09:32:00.000Z',
  state: 'finished',
  accounts: [
    { id: payments.id, name: payments.name, outcome: 'deleted', reason: null, error: null, actions },
    {
      id: dataLake.id,
      name: dataLake.name,
      outcome: 'failed',
      reason: null,
      error: null,
      actions: [
        {
          kind: 'login-profile',
          id: null,
          result: 'failed',
          at: '2026-01-31T09:31:10.000Z',
          requestId: null,
          error: told('AccessDenied', 'not authorized to perform: iam:DeleteLoginProfile', null),
        },
      ],
    },
  ],
};

export const before: NonNullable<ReportDocument['before']> = [payments, dataLake].map(
  ({ id, name, status, reason, credentials, lastUsedAt, error }) => ({
    id,
    name,
    status,
    reason,
    credentials,
    lastUsedAt,
    error,
  }),
);

/** Five readings: what was there went, and some of it came back. */
export function period(all: readonly AccountStatus[]): Pick<ReportDocument, 'readings' | 'history' | 'changes'> {
  const summary = statusOf(all).summary;
  const days = ['2025-10-01', '2025-11-01', '2025-12-01', '2026-01-01', '2026-01-31'];
  const readings = days.map((day, index) => {
    const more = Math.min(summary.absent, (4 - index) * Math.ceil(summary.accounts / 40));
    const then: StatusSummary = { ...summary, present: summary.present + more, absent: summary.absent - more };
    return { generatedAt: `${day}T09:30:00.000Z`, complete: index !== 1, summary: then };
  });
  const clean = all.filter(({ status }) => status === 'absent');
  const history = all.flatMap(({ id, status }) => {
    if (status !== 'absent') return status === 'present' ? [{ account: id, cleanSince: null, cameBackAt: [] }] : [];
    const place = clean.findIndex((one) => one.id === id);
    const cleanSince = readings[place < 6 ? (place % 4) + 1 : 0]?.generatedAt ?? null;
    const cameBackAt = place === 2 ? ['2025-11-01T09:30:00.000Z'] : [];
    return [{ account: id, cleanSince, cameBackAt }];
  });
  return { readings, history, changes: changesOf() };
}

const changesOf = (): NonNullable<ReportDocument['changes']> => [
  {
    id: payments.id,
    name: payments.name,
    change: 'appeared',
    before: 'absent',
    after: 'present',
    added: [{ kind: 'access-key', id: 'AKIAQEXAMPLEEXAMPDKT', status: 'Active', createdAt: null, differsIn: null }],
    firstSeen: [],
    removed: [],
    lastSeen: [],
    unreadable: [],
  },
  {
    id: dataLake.id,
    name: dataLake.name,
    change: 'changed',
    before: 'present',
    after: 'present',
    added: [],
    firstSeen: [],
    removed: [
      { kind: 'mfa-device', id: 'arn:aws:iam::210987654321:mfa/old', status: null, createdAt: null, differsIn: null },
    ],
    lastSeen: [],
    unreadable: [],
  },
];

const teams = ['payments', 'billing', 'ledger', 'search', 'events', 'mail', 'data-lake', 'identity', 'web', '監査ログ'];
const stages = ['prod', 'test', 'dev', 'sandbox'];
const unitNames = [
  'Workloads/Prod',
  'Workloads/Test',
  'Data',
  'Security',
  'Sandbox',
  'Acquired',
  'Infrastructure',
  'Legacy',
];

/** The OUs of `manyAccounts`. */
export const manyUnitNames: ReadonlyMap<string, string> = new Map(
  unitNames.flatMap((path) => path.split('/').map((name) => [`ou-root-${name.toLowerCase()}`, name] as const)),
);

const variants: readonly AccountStatus[] = [
  payments,
  dataLake,
  account('0', 'keys', {
    status: 'present',
    credentials: { ...noCredentials(), accessKeys: payments.credentials?.accessKeys?.slice(0, 1) ?? [] },
  }),
];

function noCredentials() {
  return {
    loginProfile: { present: false, createdAt: null, lastUsedAt: null },
    accessKeys: [],
    mfaDevices: [],
    signingCertificates: [],
  };
}

/** An organization of so many accounts, the same every time: one in twenty holds root credentials, one in ninety is unread. */
export function manyAccounts(count: number): readonly AccountStatus[] {
  const newest = Date.parse('2026-01-30T00:00:00.000Z');
  const dayAgo = (days: number) => new Date(newest - days * 86_400_000).toISOString();
  return Array.from({ length: count }, (_, index): AccountStatus => {
    const id = `${200_000_000_000 + index * 7919}`;
    const name = `${teams[index % 10]}-${stages[index % 4]}-${index + 1}`;
    const unit = (unitNames[(index * 3) % 8] ?? '').split('/').map((part) => `ou-root-${part.toLowerCase()}/`);
    const about = { id, name, email: `root+${id}@example.com`, path: `${organization.id}/r-root/${unit.join('')}` };
    const joined = {
      joinedAt: dayAgo((index * 13) % 1500),
      joinedMethod: index % 8 === 5 ? ('INVITED' as const) : ('CREATED' as const),
    };
    const holder = variants[index % variants.length] ?? payments;
    if (index % 20 === 3 || index % 160 === 5)
      return { ...holder, ...about, ...joined, lastUsedAt: index % 7 === 0 ? null : dayAgo((index * 37) ** 2 % 1100) };
    if (index % 90 === 7) return { ...legacy, ...about, ...joined };
    if (index % 70 === 11)
      return {
        ...account(id, name),
        ...about,
        ...joined,
        status: 'skipped',
        reason: 'not-active',
        state: 'SUSPENDED',
        credentials: null,
      };
    return { ...account(id, name), ...about, ...joined };
  });
}
