import {
  type AccountStatus,
  type CentralizedRootAccess,
  type ConfigDocument,
  type EffectiveSetting,
  type EnableDocument,
  kindsAsShown,
  type PlanAccount,
  type PlanDocument,
  type RecoverDocument,
  type RunDetailDocument,
  type RunsDocument,
  type SandboxResetDocument,
  type SandboxShowDocument,
  type SimulatedAccount,
  type StatusDocument,
  type UnlockDocument,
} from '../documents/index.ts';
import type { Problem } from '../problems/index.ts';
import { writtenDoctor } from '../words/index.ts';
import type { OutputDocument } from './formats/format.ts';
import { ouPath } from './ou-path.ts';
import { inStates } from './status-display.ts';
import { kindsOf, type View } from './view.ts';

export type Field = string | number | boolean | null | undefined;

/** Rows of fields under their titles: the same in every language, an empty field where there is nothing to tell. */
export interface Sheet {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Field[])[];
}

/** Columns are named where they are read, so that none is read into another's place. */
const sheet = <Row>(columns: Readonly<Record<string, (row: Row) => Field>>, rows: readonly Row[]): Sheet => ({
  titles: Object.keys(columns),
  rows: rows.map((row) => Object.values(columns).map((read) => read(row))),
});

export const messageOf = (error: Problem | null | undefined, { english }: Pick<View, 'english'>): string | undefined =>
  error ? english.entryOf(error).message : undefined;

/** Of the others, `csv.ts` knows more. */
type OtherDocument = Exclude<
  OutputDocument,
  { readonly kind: 'rootctl.status' | 'rootctl.delete' | 'rootctl.report' | 'rootctl.error' }
>;

export function sheetOf(document: OtherDocument, view: View): Sheet {
  switch (document.kind) {
    case 'rootctl.plan':
      return planSheet(document, view);
    case 'rootctl.enable':
    case 'rootctl.disable':
      return switchSheet(document, view);
    case 'rootctl.recover':
      return recoverSheet(document, view);
    case 'rootctl.unlock':
      return unlockSheet(document, view);
    case 'rootctl.runs':
      return runsSheet(document, view);
    case 'rootctl.run':
      return runSheet(document, view);
    case 'rootctl.doctor':
      return doctorSheet(writtenDoctor(document, view.english));
    case 'rootctl.sandbox.reset':
      return resetSheet(document);
    case 'rootctl.sandbox.show':
      return simulatedSheet(document);
    case 'rootctl.config':
      return configSheet(document);
  }
}

type CredentialRow = Readonly<
  Partial<
    Record<
      'kind' | 'id' | 'status' | 'type' | 'createdAt' | 'lastUsedAt' | 'lastUsedService' | 'lastUsedRegion',
      string | null | undefined
    >
  > & { account: AccountStatus; held: 'yes' | 'no' | 'unknown' | '' }
>;

/** What became of each account since the baseline; null: there was none. */
export const accountChanges = ({ changes }: StatusDocument): ReadonlyMap<string, string> | null =>
  changes === null ? null : new Map(changes.map(({ id, change }) => [id, change]));

/**
 * `status` with a row a credential: `held` is `yes`, `unknown` for a kind that could not be read, and, in the one row of
 * an account without either, `no`, `unknown` where nothing of it could be read, or empty where nobody looked.
 */
export function credentialSheet(document: StatusDocument, view: View): Sheet {
  const { accounts } = document;
  const changeOf = accountChanges(document);
  const kinds = kindsAsShown(kindsOf(view));
  const rowsOf = (account: AccountStatus): readonly CredentialRow[] => {
    const rows = kinds.flatMap((kind): readonly CredentialRow[] => {
      const list = account.credentials === null ? [] : kind.list(account.credentials);
      if (list === null) return [{ account, held: 'unknown', kind: kind.name }];
      return list.map((credential) => ({ account, held: 'yes', kind: kind.name, ...credential }));
    });
    const held = { present: 'unknown', absent: 'no', unknown: 'unknown', skipped: '' } as const;
    return rows.length === 0 ? [{ account, held: held[account.status] }] : rows;
  };
  return sheet<CredentialRow>(
    {
      account_id: ({ account }) => account.id,
      name: ({ account }) => account.name,
      email: ({ account }) => account.email,
      state: ({ account }) => account.state,
      path: ({ account }) => ouPath(account.path, view.ouNames) ?? account.path,
      status: ({ account }) => account.status,
      reason: ({ account }) => account.reason,
      held: ({ held }) => held,
      credential_kind: ({ kind }) => kind,
      credential_id: ({ id }) => id,
      credential_status: ({ status }) => status,
      credential_type: ({ type }) => type,
      created_at: ({ createdAt }) => createdAt,
      last_used_at: ({ lastUsedAt }) => lastUsedAt,
      last_used_service: ({ lastUsedService }) => lastUsedService,
      last_used_region: ({ lastUsedRegion }) => lastUsedRegion,
      error_code: ({ account }) => account.error?.code,
      error_message: ({ account }) => messageOf(account.error, view),
      ...(changeOf === null ? {} : { change: ({ account }: CredentialRow) => changeOf.get(account.id) }),
    },
    inStates(accounts, view).flatMap(rowsOf),
  );
}

/** A row a credential that will go; `warnings`: the codes about it, and about its account as a whole. */
function planSheet({ accounts, organization }: PlanDocument, view: View): Sheet {
  const rows = accounts.flatMap((account) => account.actions.map((action) => ({ account, action })));
  const warningsOf = ({ warnings }: PlanAccount, id: string | null): string =>
    warnings
      .filter((warning) => warning.id === null || warning.id === id)
      .map(({ code }) => code)
      .join(' ');
  return sheet<(typeof rows)[number]>(
    {
      organization_id: () => organization.id,
      account_id: ({ account }) => account.id,
      name: ({ account }) => account.name,
      path: ({ account }) => ouPath(account.path, view.ouNames) ?? account.path,
      credential_kind: ({ action }) => action.kind,
      credential_id: ({ action }) => action.id,
      credential_status: ({ action }) => action.status,
      credential_type: ({ action }) => action.type,
      created_at: ({ action }) => action.createdAt,
      last_used_at: ({ action }) => action.lastUsedAt,
      last_used_service: ({ action }) => action.lastUsedService,
      last_used_region: ({ action }) => action.lastUsedRegion,
      warnings: ({ account, action }) => warningsOf(account, action.id),
    },
    rows,
  );
}

const switches: Readonly<Record<string, (access: CentralizedRootAccess) => Field>> = {
  'trusted-access': ({ trustedAccess }) => trustedAccess,
  'root-credentials-management': ({ rootCredentialsManagement }) => rootCredentialsManagement,
  'root-sessions': ({ rootSessions }) => rootSessions,
  'delegated-administrators': ({ delegatedAdministrators }) => delegatedAdministrators?.join(' '),
};

/** A row a switch: `true`, `false`, or empty where it may not be read; delegated administrators by their ids. */
function switchSheet({ organization, dryRun, before, after, error }: EnableDocument, view: View): Sheet {
  return sheet<[string, (access: CentralizedRootAccess) => Field]>(
    {
      organization_id: () => organization.id,
      switch: ([name]) => name,
      before: ([, read]) => read(before),
      after: ([, read]) => read(after),
      dry_run: () => dryRun,
      error_code: () => error?.code,
      error_message: () => messageOf(error, view),
    },
    Object.entries(switches),
  );
}

function recoverSheet({ runId, dryRun, accounts }: RecoverDocument, view: View): Sheet {
  return sheet<RecoverDocument['accounts'][number]>(
    {
      account_id: ({ id }) => id,
      name: ({ name }) => name,
      email: ({ email }) => email,
      outcome: ({ outcome }) => outcome,
      at: ({ at }) => at,
      request_id: ({ requestId }) => requestId,
      run_id: () => runId,
      dry_run: () => dryRun,
      error_code: ({ error }) => error?.code,
      error_message: ({ error }) => messageOf(error, view),
    },
    accounts,
  );
}

/** A row a bucket or queue that is listed; of one, a row a statement, or one row where it has none. */
function unlockSheet(document: UnlockDocument, { english }: View): Sheet {
  const { account, accountName, service, outcome, backup, statements, resources } = document;
  type Row = Partial<UnlockDocument['statements'][number]> & Partial<NonNullable<typeof resources>[number]>;
  const one: Row = { region: document.region, ...(document.resource === null ? {} : { name: document.resource }) };
  const told = statements.length === 0 ? [one] : statements.map((statement) => ({ ...one, ...statement }));
  return sheet<Row>(
    {
      account_id: () => account,
      account_name: () => accountName,
      service: () => service,
      outcome: () => outcome,
      resource: ({ name }) => name,
      region: ({ region }) => region,
      arn: ({ arn }) => arn,
      statement: ({ index }) => (index === undefined ? null : index + 1),
      sid: ({ sid }) => sid,
      locks: ({ locks }) => locks,
      why: ({ why }) => (why === undefined ? null : english.words.policy.lock(why)),
      backup: () => backup,
    },
    resources ?? told,
  );
}

const countsOf = (summary: Readonly<Record<string, number>> | null): string =>
  Object.entries(summary ?? {})
    .map(([outcome, count]) => `${outcome}=${count}`)
    .join(' ');

/** A row a run, then a row a password recovery that was not seen closed: `row` says which. */
function runsSheet({ runs, openRecoveries = [] }: RunsDocument, view: View): Sheet {
  type Row =
    | { readonly row: 'run'; readonly of: (typeof runs)[number] }
    | { readonly row: 'open-recovery'; readonly of: (typeof openRecoveries)[number] };
  const ofRun =
    (read: (run: (typeof runs)[number]) => Field) =>
    (row: Row): Field =>
      row.row === 'run' ? read(row.of) : null;
  const ofRecovery =
    (read: (recovery: (typeof openRecoveries)[number]) => Field) =>
    (row: Row): Field =>
      row.row === 'open-recovery' ? read(row.of) : null;
  return sheet<Row>(
    {
      row: ({ row }) => row,
      run_id: (row) => (row.row === 'run' ? row.of.id : row.of.runId),
      command: ofRun(({ command }) => command),
      started_at: (row) => (row.row === 'run' ? row.of.startedAt : row.of.openedAt),
      ended_at: ofRun(({ endedAt }) => endedAt),
      state: ofRun(({ state }) => state),
      organization_id: ofRun(({ organizationId }) => organizationId),
      summary: ofRun(({ summary }) => countsOf(summary)),
      problem: ofRun(({ problem }) => messageOf(problem?.sentence, view)),
      account_id: ofRecovery(({ accountId }) => accountId),
      name: ofRecovery(({ name }) => name),
      outcome: ofRecovery(({ outcome }) => outcome),
      email: ofRecovery(({ email }) => email),
      reason: ofRecovery(({ reason }) => reason),
    },
    [
      ...runs.map((of) => ({ row: 'run' as const, of })),
      ...openRecoveries.map((of) => ({ row: 'open-recovery' as const, of })),
    ],
  );
}

const runTitles = [
  'row',
  'run_id',
  'account_id',
  'name',
  'at',
  'event',
  'outcome',
  'reason',
  'credential_kind',
  'credential_id',
  'result',
  'request_id',
  'session_access_key_id',
  'detail',
  'error_code',
  'error_message',
];

/**
 * A row of the run, with its journal; a row a credential, or an account without any; a row an event: `row` says which.
 * The query for CloudTrail is the `detail` of the last.
 */
function runSheet({ run, journal, accounts, events, cloudTrailQuery }: RunDetailDocument, view: View): Sheet {
  type Cells = Readonly<Partial<Record<(typeof runTitles)[number], Field>>>;
  const problem = messageOf((journal.problem ?? run.problem)?.sentence, view);
  const rows: readonly Cells[] = [
    {
      row: 'run',
      at: run.startedAt,
      event: run.command,
      outcome: run.state,
      result: countsOf(run.summary),
      detail: journal.path,
      error_message: problem,
    },
    ...accounts.flatMap(({ id, name, outcome, reason, error, actions }) => {
      const account = { account_id: id, name, outcome, reason };
      const why = { error_code: error?.code, error_message: messageOf(error, view) };
      if (actions.length === 0) return [{ row: 'account', ...account, ...why }];
      return actions.map((action) => ({
        row: 'credential',
        ...account,
        at: action.at,
        credential_kind: action.kind,
        credential_id: action.id,
        result: action.result,
        request_id: action.requestId,
        error_code: (action.error ?? error)?.code,
        error_message: messageOf(action.error ?? error, view),
      }));
    }),
    ...events.map((event) => ({
      row: 'event',
      account_id: event.account,
      at: event.at,
      event: event.event,
      credential_kind: event.kind,
      credential_id: event.id,
      request_id: event.requestId,
      session_access_key_id: event.sessionAccessKeyId,
      detail: event.detail,
    })),
    { row: 'cloudtrail-query', detail: cloudTrailQuery },
  ];
  return {
    titles: runTitles,
    rows: rows.map((cells) => runTitles.map((title) => (title === 'run_id' ? run.id : cells[title]))),
  };
}

/** A row a check, then a row an account whose policies were looked at: `row` says which. */
function doctorSheet({ organization, checks, scp }: ReturnType<typeof writtenDoctor>): Sheet {
  type Row = Partial<(typeof checks)[number]> & Partial<(typeof scp)[number]> & { readonly row: 'check' | 'scp' };
  return sheet<Row>(
    {
      row: ({ row }) => row,
      organization_id: () => organization?.id,
      check: ({ id }) => id,
      result: ({ result, verdict }) => result ?? verdict,
      message: ({ message, detail }) => message ?? detail,
      cure: ({ cure }) => cure,
      account_id: ({ account }) => account,
      policy_id: ({ policyId }) => policyId,
      policy_name: ({ policyName }) => policyName,
      sid: ({ sid }) => sid,
      target_id: ({ targetId }) => targetId,
      target_path: ({ targetPath }) => targetPath,
    },
    [
      ...checks.map((check) => ({ row: 'check' as const, ...check })),
      ...scp.map((one) => ({ row: 'scp' as const, ...one })),
    ],
  );
}

const resetSheet = (document: SandboxResetDocument): Sheet =>
  sheet<SandboxResetDocument>(
    {
      organization_id: ({ organizationId }) => organizationId,
      accounts: ({ accountCount }) => accountCount,
      path: ({ path }) => path,
    },
    [document],
  );

function simulatedSheet({ organizationId, accounts }: SandboxShowDocument): Sheet {
  return sheet<SimulatedAccount>(
    {
      organization_id: () => organizationId,
      account_id: ({ id }) => id,
      name: ({ name }) => name,
      email: ({ email }) => email,
      state: ({ state }) => state,
      parent_id: ({ parentId }) => parentId,
      joined_method: ({ joinedMethod }) => joinedMethod,
      joined_at: ({ joinedAt }) => joinedAt,
      password: ({ root }) => (root.loginProfile === null ? 'no' : 'yes'),
      password_created_at: ({ root }) => root.loginProfile?.createdAt,
      password_last_used_at: ({ root }) => root.passwordLastUsedAt,
      access_keys: ({ root }) => root.accessKeys.length,
      access_key_ids: ({ root }) => root.accessKeys.map(({ id }) => id).join(' '),
      signing_certificates: ({ root }) => root.signingCertificates.length,
      signing_certificate_ids: ({ root }) => root.signingCertificates.map(({ id }) => id).join(' '),
      mfa_devices: ({ root }) => root.mfaDevices.length,
      mfa_serial_numbers: ({ root }) => root.mfaDevices.map(({ serialNumber }) => serialNumber).join(' '),
      buckets: ({ buckets }) => buckets.map(({ name }) => name).join(' '),
      queues: ({ queues }) => queues.map(({ name }) => name).join(' '),
      tags: ({ tags }) =>
        Object.entries(tags)
          .map(([key, value]) => `${key}=${value}`)
          .join(' '),
    },
    accounts,
  );
}

function configSheet({ settings }: ConfigDocument): Sheet {
  return sheet<EffectiveSetting>(
    {
      command: ({ command }) => command,
      name: ({ name }) => name,
      variable: ({ variable }) => variable,
      value: ({ value }) => value,
      source: ({ source }) => source,
      from: ({ from }) => from,
    },
    settings,
  );
}
