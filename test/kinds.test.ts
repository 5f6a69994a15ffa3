import {
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { SummaryKey } from '../src/aws/answers.ts';
import { onlyOption } from '../src/cli/commands/delete.ts';
import {
  type AccountCredentials,
  type AccountStatus,
  type CredentialKindName,
  compareStatus,
  credentialKinds,
  type KindDescription,
  type KindDescriptions,
  type PlanAccount,
} from '../src/documents/index.ts';
import { describeKind } from '../src/documents/kinds/kind.ts';
import { nonsenseIn } from '../src/documents/plan-sense.ts';
import { type Account, isAccountId } from '../src/org/account.ts';
import { type Organization, readManagementAccountRoot } from '../src/org/organization.ts';
import { evaluatePolicy, judgeRootSessionScps, type TaskPolicyName } from '../src/policy/index.ts';
import { formats } from '../src/render/formats.ts';
import { changeLines } from '../src/render/status.ts';
import { noPaint } from '../src/render/style.ts';
import type { View } from '../src/render/view.ts';
import { readInventory } from '../src/root/inventory.ts';
import { type CredentialKind, credentialsTask, kindsInRemovalOrder } from '../src/root/kinds/index.ts';
import type { Target } from '../src/root/kinds/kind.ts';
import { planRemoval } from '../src/root/planning.ts';
import { applyRemoval } from '../src/root/removal.ts';
import { createSpeech, en } from '../src/words/index.ts';
import { deleted } from './documents/samples.ts';
import { fullAccess, policy, request, taskPolicy } from './policy/fixtures.ts';
import { parseCsv } from './render/csv.ts';
import * as story from './render/story.ts';
import { mockedAccountId, mockedAws, mockedSession, refusal } from './support/mocked-aws.ts';
import { english } from './support/speech.ts';

/**
 * The compiler knows four kinds, so that a fifth does not compile before all is said of it. What the test invents is
 * told past it, here and nowhere else.
 */
const invented = <Type>(value: unknown): Type => value as Type;

const created = '2024-05-01T10:00:00.000Z';
const name = invented<CredentialKindName>('recovery-code');

/** What an account might hold beside its password: codes on paper, that nobody has. */
const traits = {
  name: 'recovery-code',
  flag: 'recovery-codes',
  field: 'recoveryCodes',
  schema: z.array(z.strictObject({ sheet: z.string(), printedAt: z.nullable(z.string()) })),
  rank: { json: 5, shown: 5 },
  summary: { key: 'Providers', field: 'recoveryCodesPresent' },
  guards: null,
  details: ['createdAt'],
  compared: ['createdAt'],
  list: (codes: readonly { readonly sheet: string; readonly printedAt: string | null }[]) =>
    codes.map(({ sheet, printedAt }) => ({ id: sheet, createdAt: printedAt })),
  isId: (id: string | null) => id?.startsWith('sheet-') === true,
  shortId: (id: string) => id.slice('sheet-'.length),
  isUsedByPrograms: false,
  planFacts: ['since'],
  csv: { recovery_codes: (codes: readonly unknown[]) => codes.length },
  column: { shows: 'count', drop: null, folds: true },
  risk: { level: 'error', severity: '8.5' },
} as const;
const description = invented<KindDescription>(describeKind(traits));
const words = {
  one: 'recovery code',
  many: 'recovery codes',
  all: 'recovery codes',
  title: 'CODES',
  shortTitle: 'CODES',
  heading: 'Codes',
  brief: ['code', 'codes'] as const,
};

const { 'access-key': accessKey, 'signing-certificate': certificate, ...others } = credentialKinds;
const five: KindDescriptions = invented({
  'access-key': accessKey,
  'signing-certificate': certificate,
  'recovery-code': description,
  ...others,
});

const holding = (...sheets: readonly string[]): Partial<AccountCredentials> =>
  invented({ recoveryCodes: sheets.map((sheet) => ({ sheet, printedAt: created })) });

/** AWS's side of it: a shelf. */
function shelfOf(...sheets: readonly string[]) {
  const shelf = new Set(sheets);
  const list = async (): Promise<readonly Target[]> => [...shelf].map((id) => ({ id, createdAt: created }));
  const kind: CredentialKind = {
    description,
    operations: invented({ read: ['ListRecoveryCodes'], remove: 'DeleteRecoveryCode' }),
    absent: holding(),
    unread: invented({ recoveryCodes: null }),
    presentUnread: invented({ recoveryCodes: null }),
    read: async () => ({ credentials: holding(...shelf), lastUses: [], incomplete: null }),
    list,
    remove: async (_ask, id) => {
      shelf.delete(id ?? '');
      return 'req-5';
    },
  };
  const before = kindsInRemovalOrder.filter((one) => ['access-key', 'signing-certificate'].includes(nameOf(one)));
  const after = kindsInRemovalOrder.filter((one) => !before.includes(one));
  return { shelf, kind, kinds: [...before, kind, ...after] };
}
const nameOf = ({ description: { name } }: CredentialKind): string => name;

/** A member account with a password and an MFA device. */
async function member(codeCount: number) {
  const { aws, iam, clock } = mockedAws();
  const user = { Path: undefined, UserName: undefined, UserId: undefined };
  iam.on(GetAccountSummaryCommand).resolves({
    SummaryMap: {
      AccountPasswordPresent: 1,
      AccountAccessKeysPresent: 0,
      AccountMFAEnabled: 1,
      AccountSigningCertificatesPresent: 0,
      Providers: codeCount,
    },
  });
  iam.on(GetUserCommand).resolves({
    User: { ...user, Arn: `arn:aws:iam::${mockedAccountId}:root`, CreateDate: new Date(0) },
  });
  iam.on(GetLoginProfileCommand).resolves({ LoginProfile: { UserName: undefined, CreateDate: new Date(created) } });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [], IsTruncated: false });
  iam.on(ListSigningCertificatesCommand).resolves({ Certificates: [], IsTruncated: false });
  iam.on(ListMFADevicesCommand).resolves({
    MFADevices: [{ UserName: undefined, SerialNumber: 'GAHT12345678', EnableDate: new Date(created) }],
    IsTruncated: false,
  });
  return { session: await mockedSession(aws, clock), clock, iam };
}

function accountOf(id: string): Account {
  if (!isAccountId(id)) throw new Error('not an id');
  return { id, name: 'payments', email: '', state: 'ACTIVE', path: null, joinedAt: null, joinedMethod: null };
}

describe('a fifth kind, of its own file and a line in each record', () => {
  test('is read, in its place of the JSON, and present by itself', async () => {
    const { session, clock } = await member(2);
    const { credentials, status } = await readInventory(session, clock, undefined, { kinds: shelfOf('sheet-1').kinds });
    expect(status).toBe('present');
    expect(Object.keys(credentials).at(-1)).toBe('recoveryCodes');
    expect(credentials).toMatchObject({ loginProfile: { present: true }, ...holding('sheet-1') });
  });

  test('is told of the management account, whose root AWS only counts', async () => {
    const { aws, iam } = mockedAws();
    const organization: Organization = {
      id: 'o-exampleorgid',
      managementAccountId: accountOf(mockedAccountId).id,
      featureSet: 'ALL',
      caller: { accountId: accountOf(mockedAccountId).id, arn: '', partition: 'aws' },
      callerRole: 'management',
    };
    const four = {
      AccountPasswordPresent: 1,
      AccountAccessKeysPresent: 0,
      AccountMFAEnabled: 1,
      AccountSigningCertificatesPresent: 0,
    };
    const read = () => readManagementAccountRoot(aws, organization, undefined, five);
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: { ...four, Providers: 2 } });
    expect(Object.entries((await read()) ?? {})).toEqual([
      ['id', mockedAccountId],
      ['accessKeysPresent', false],
      ['mfaEnabled', true],
      ['passwordPresent', true],
      ['recoveryCodesPresent', true],
      ['signingCertificatesPresent', false],
    ]);
    // A number that was left out is not known, which is not the same as none.
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: four });
    expect(await read()).toBeNull();
  });

  test('that AWS refuses to list is unknown, never absent', async () => {
    const { session, clock } = await member(1);
    const { kind, kinds } = shelfOf();
    const { aws, iam } = mockedAws();
    iam.on(ListMFADevicesCommand).rejects(refusal('AccessDenied', 403));
    const refused = await mockedSession(aws, clock);
    const denied: CredentialKind = {
      ...kind,
      read: async () => {
        await refused.ask(new ListMFADevicesCommand({}));
        throw new Error('refused');
      },
    };
    const all = kinds.map((one) => (one === kind ? denied : one));
    const { credentials, error } = await readInventory(session, clock, undefined, { kinds: all });
    expect(credentials).toMatchObject({ recoveryCodes: null });
    expect(error?.failure.code).toBe('AccessDenied');
  });

  test('that the summary shows and no list has is doubted', async () => {
    const { session, clock } = await member(1);
    const { credentials, error } = await readInventory(session, clock, undefined, { kinds: shelfOf().kinds });
    expect(credentials).toMatchObject({ recoveryCodes: null });
    expect(error?.failure.said).toEqual([{ say: 'contradiction', kind: 'recovery-codes' }]);
  });

  test('is planned in its place of the removal order, and a plan that says otherwise is none', async () => {
    const plan = await planned();
    expect(plan.actions.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'recovery-code sheet-1',
      'login-profile null',
      'mfa-device GAHT12345678',
    ]);
    const document = (actions: PlanAccount['actions']) => ({
      schemaVersion: '1' as const,
      kind: 'rootctl.plan' as const,
      generatedAt: story.now,
      rootctlVersion: '1.0.0',
      complete: true as const,
      organization: story.organization,
      options: { only: Object.values(five).map((one) => one.name) },
      accounts: [{ ...plan, actions }],
    });
    const [code, ...rest] = plan.actions;
    if (code === undefined) throw new Error('no code is planned');
    expect(nonsenseIn(document(plan.actions), five)).toBeNull();
    expect(nonsenseIn(document([...rest, code]), five)).toMatchObject({ is: 'kind-order', kind: 'recovery-code' });
    expect(nonsenseIn(document([{ ...code, id: 'AKIA1' }]), five)).toMatchObject({
      is: 'alien-id',
      kind: 'recovery-code',
    });
    expect(nonsenseIn(document([{ ...code, status: 'Active' }]), five)).toMatchObject({
      is: 'alien-field',
      kind: 'recovery-code',
    });
  });

  test('is removed, and looked for again', async () => {
    const { session, clock } = await member(1);
    const { shelf, kinds } = shelfOf('sheet-1');
    const plan = await planned([name]);
    const environment = {
      clock,
      record: { intend: async () => {}, answer: async () => {} },
      waitMs: 1_000,
      only: [name],
      wasAsked: () => false,
    };
    expect(await applyRemoval(plan, session, { ...environment, kinds })).toMatchObject({
      outcome: 'deleted',
      actions: [{ kind: 'recovery-code', id: 'sheet-1', result: 'deleted', requestId: 'req-5' }],
    });
    expect(shelf.size).toBe(0);

    const deaf = shelfOf('sheet-1');
    const all = deaf.kinds.map((one) => (one === deaf.kind ? { ...one, remove: async () => 'req-5' } : one));
    const kept = await applyRemoval(plan, session, { ...environment, kinds: all });
    expect(kept).toMatchObject({ outcome: 'unverified', error: { code: 'StillSeen' } });
  });

  test('is what --only can name', () => {
    const only = (text: string) =>
      new Command()
        .exitOverride()
        .addOption(onlyOption(en.help, five))
        .parse(['--only', text], { from: 'user' })
        .opts()['only'];
    expect(only('mfa-devices,recovery-codes')).toEqual(['recovery-code', 'mfa-device']);
    expect(() => only('recovery-code')).toThrow('UnknownKind');
    expect(onlyOption(en.help, five).description).toContain('signing-certificates, recovery-codes, login-profile');
  });

  test('has calls that a service control policy may deny', () => {
    const task = credentialsTask(shelfOf().kinds);
    const deny = policy({ Sid: 'Keep', Effect: 'Deny', Action: 'iam:DeleteRecoveryCode', Resource: '*' });
    const target = { id: 'r-exam', name: 'Root', kind: 'root' } as const;
    const policies = [
      { id: 'p-full', name: 'FullAWSAccess', document: fullAccess },
      { id: 'p-keep', name: 'Keep', document: deny },
    ];
    const subject = {
      accountId: mockedAccountId,
      partition: 'aws',
      organizationId: 'o-exampleorgid',
      path: null,
      joinedAt: null,
      joinedMethod: null,
    };
    const verdict = judgeRootSessionScps({ ...subject, levels: [{ target, policies }] }, [task]);
    expect(verdict).toMatchObject({ verdict: 'blocked', sid: 'Keep', blockedActions: ['iam:DeleteRecoveryCode'] });
  });
});

async function planned(only: readonly CredentialKindName[] = Object.values(five).map((one) => one.name)) {
  const { session, clock } = await member(1);
  const inventory = await readInventory(session, clock, undefined, { kinds: shelfOf('sheet-1').kinds });
  const decision = planRemoval(
    accountOf(mockedAccountId),
    inventory,
    { only, unusedForMs: null },
    story.nowMs,
    english.entryOf,
    five,
  );
  if (decision.decision !== 'remove') throw new Error(`nothing is planned: ${decision.decision}`);
  return decision.plan;
}

describe('a fifth kind is shown', () => {
  const kinds = invented<typeof en.shared.kinds>({ ...en.shared.kinds, 'recovery-code': { ...words, usedBy: null } });
  const speech = createSpeech({ ...en, shared: { ...en.shared, kinds } }, []);
  const view: View = {
    columns: 160,
    nowMs: story.nowMs,
    paint: noPaint,
    speech,
    english: speech,
    kinds: five,
  };
  const with5 = (account: AccountStatus, ...sheets: readonly string[]): AccountStatus => ({
    ...account,
    credentials: account.credentials && { ...account.credentials, ...holding(...sheets) },
  });
  const status = story.statusOf([with5(story.payments, 'sheet-1', 'sheet-2'), with5(story.dataLake)]);
  const lineOf = (text: string, id: string) => text.split('\n').find((line) => line.includes(id)) ?? '';

  test('in the table, beside the others and folded with them', () => {
    expect(formats.table.render(status, view)).toMatch(/PASSWORD +KEYS +CERTS +MFA +CODES +LAST USED/);
    const narrow = formats.table.render(status, { ...view, columns: 110 });
    expect(narrow).toContain('CERTS/MFA/CODES');
    expect(lineOf(narrow, story.payments.id)).toContain('1 / 2 / 2');
  });

  test('in csv, markdown and SARIF', () => {
    const [titles = [], row = []] = parseCsv(formats.csv.render(status, view));
    expect(row[titles.indexOf('recovery_codes')]).toBe('2');
    const markdown = formats.markdown.render(status, view);
    expect(markdown).toContain('| Password | Keys | Certificates | MFA | Codes | Last used |');
    expect(lineOf(markdown, story.payments.id)).toContain('| yes | 2 | 1 | 2 | 2 |');
    const { runs } = JSON.parse(formats.sarif.render(status, view));
    expect(runs[0].tool.driver.rules).toContainEqual(
      expect.objectContaining({ id: 'root-recovery-code', shortDescription: { text: 'Root recovery code' } }),
    );
    expect(runs[0].results).toContainEqual(
      expect.objectContaining({
        ruleId: 'root-recovery-code',
        level: 'error',
        message: { text: 'payments-prod (123456789012) holds 2 root recovery codes' },
      }),
    );
  });

  test('where it could not be read, as unknown', () => {
    const unread = invented<AccountCredentials>({ ...story.payments.credentials, recoveryCodes: null });
    const text = formats.table.render(story.statusOf([{ ...story.payments, credentials: unread }]), view);
    expect(lineOf(text, story.payments.id)).toMatch(/ 2 {2}.* \? /);
  });

  test('against a baseline: added, removed, and another one of the same id', () => {
    const before = story.statusOf([with5(story.payments, 'sheet-1')]);
    const now = story.statusOf([with5(story.payments, 'sheet-2')]);
    const changes = compareStatus(before, now, { kinds: five });
    const text = changeLines({ ...now, changes }, view).join('\n');
    expect(text).toContain('+ recovery code sheet-2');
    expect(text).toContain('− recovery code sheet-1');
    const again = story.statusOf([
      {
        ...story.payments,
        credentials: invented({
          ...story.payments.credentials,
          recoveryCodes: [{ sheet: 'sheet-1', printedAt: '2026-01-30T00:00:00.000Z' }],
        }),
      },
    ]);
    expect(compareStatus(before, again, { kinds: five })).toMatchObject([
      { change: 'changed', added: [{ kind: 'recovery-code', id: 'sheet-1', differsIn: 'createdAt' }] },
    ]);
  });

  test('in the plan and in what became of it', async () => {
    const plan = {
      schemaVersion: '1',
      kind: 'rootctl.plan',
      generatedAt: story.now,
      rootctlVersion: '1.0.0',
      complete: true,
      organization: story.organization,
      options: { only: [name] },
      accounts: [await planned([name])],
      hash: '',
    } as const;
    expect(formats.table.render(plan, view)).toMatch(/− recovery code +1 +since 2024-05-01/);
    const action = { kind: name, id: 'sheet-1', result: 'deleted', at: null, requestId: null, error: null } as const;
    const account = { id: mockedAccountId, name: 'payments', reason: null, error: null };
    const done = { ...deleted, accounts: [{ ...account, outcome: 'deleted', actions: [action, action] }] } as const;
    expect(formats.table.render(done, view)).toContain('2 recovery codes');
    expect(formats.csv.render(done, view)).toContain('recovery-code,sheet-1,deleted');
  });
});

test('a kind that leaves a piece out does not compile', () => {
  const { risk, csv, compared, column, ...rest } = traits;
  const { summary: _, ...uncounted } = traits;
  // @ts-expect-error: by what number does AWS count it?
  expect(() => describeKind(uncounted)).toBeDefined();
  // @ts-expect-error: nobody looks at what AWS answers to that
  const unlooked: CredentialKind['operations'] = { read: ['ListAccessKeys'], remove: 'DeleteRecoveryCode' };
  expect(unlooked).toBeDefined();
  // @ts-expect-error: nor whether that number is there
  const uncountedKey: SummaryKey = traits.summary.key;
  expect(uncountedKey).toBeDefined();
  // @ts-expect-error: how grave is it?
  expect(() => describeKind({ ...rest, csv, compared, column })).toBeDefined();
  // @ts-expect-error: what are its columns?
  expect(() => describeKind({ ...rest, risk, compared, column })).toBeDefined();
  // @ts-expect-error: what does a baseline compare?
  expect(() => describeKind({ ...rest, risk, csv, column })).toBeDefined();
  // @ts-expect-error: a baseline compares what the kind has only
  expect(() => describeKind({ ...rest, risk, csv, column, compared: ['status'] })).toBeDefined();
});

test.each(kindsInRemovalOrder.map((kind) => [nameOf(kind), kind] as const))(
  '%s: the task policies allow its calls, and the auditor deletes nothing',
  (_name, { operations: { read, remove } }) => {
    const root = `arn:aws:iam::${mockedAccountId}:root`;
    const keys = {
      'aws:PrincipalArn': root,
      'aws:PrincipalAccount': mockedAccountId,
      'aws:ResourceAccount': mockedAccountId,
    };
    const effectOf = (task: TaskPolicyName, operation: string) =>
      evaluatePolicy(taskPolicy(task), request(`iam:${operation}`, root, keys)).effect;
    for (const operation of read) expect(effectOf('IAMAuditRootUserCredentials', operation), operation).toBe('none');
    expect(effectOf('IAMDeleteRootUserCredentials', remove)).toBe('none');
    expect(effectOf('IAMAuditRootUserCredentials', remove)).toBe('deny');
  },
);
