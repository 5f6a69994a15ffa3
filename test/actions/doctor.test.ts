import { describe, expect, it } from 'vitest';
import { doctor } from '../../src/actions/doctor.ts';
import type { Aws } from '../../src/aws/clients.ts';
import type { SdkCommand } from '../../src/aws/dispatch.ts';
import { AwsError, aborted, type Failure } from '../../src/aws/failure.ts';
import { type CheckId, checkIds, type DoctorDocument } from '../../src/documents/index.ts';
import { problemError } from '../../src/problems/index.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { refused } from '../support/aws-errors.ts';
import { createBench } from '../support/bench.ts';
import { denyRoot, managementId, memberId, organizationId, scenarioOf, withoutAccess } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const [first, second, third, fourth] = [0, 1, 2, 3].map(memberId) as [string, string, string, string];

/** What a call meets instead of its answer; null: AWS answers. */
type Met = Failure | Error;
/** By the operation's name. */
type Refusals = Readonly<Record<string, Met | ((input: object) => Met | null)>>;

const refusing =
  (refusals: Refusals) =>
  (aws: Aws): Aws => {
    const refuse = ({ constructor: { name }, input }: SdkCommand<object>): void => {
      const operation = name.replace(/Command$/u, '');
      const said = refusals[operation];
      const met = typeof said === 'function' ? said(input) : (said ?? null);
      if (met !== null) throw met instanceof Error ? met : new AwsError(operation, met);
    };
    const before =
      (send: Aws['iam']): Aws['iam'] =>
      async (command, signal) => {
        refuse(command);
        return send(command, signal);
      };
    return {
      ...aws,
      organizations: before(aws.organizations),
      iam: before(aws.iam),
      sts: before(aws.sts),
      asRoot: async (session, command, signal) => {
        refuse(command);
        return aws.asRoot(session, command, signal);
      },
    };
  };
/** What is met of some things alone, by the id that the call gives in this field. */
const about = (field: string, met: Readonly<Record<string, Met>>) => (input: object) =>
  met[String(Object.entries(input).find(([name]) => name === field)?.[1])] ?? null;
const denied = refused('denied', 'AccessDenied').failure;
const broken = refused('transient', 'ServiceException').failure;
const silent = refused('unreachable', 'ETIMEDOUT', { statusCode: null }).failure;

function patientOf(scenario: Scenario, refusals: Refusals = {}, options: Parameters<typeof createBench>[1] = {}) {
  const bench = createBench(scenario, { ...options, awsOf: refusing(refusals) });
  const environment = { ...bench.environment, connect: async () => bench.environment.aws };
  const asked = (operation: string) => bench.sandbox.requests.filter((request) => request.operation === operation);
  const examine = (more: Partial<typeof environment> = {}) => doctor({ ...environment, ...more });
  return { ...bench, examine, asked };
}

const checkOf = ({ checks }: DoctorDocument, id: CheckId) => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  return check;
};
/** Those that are not `ok`, each with its result. */
const amiss = ({ checks }: DoctorDocument) =>
  Object.fromEntries(checks.filter(({ result }) => result !== 'ok').map(({ id, result }) => [id, result]));
const notLookedAt = (...ids: readonly CheckId[]) => Object.fromEntries(ids.map((id) => [id, 'unknown']));
const why = (document: DoctorDocument, id: CheckId) => {
  const { finding } = checkOf(document, id);
  return 'why' in finding ? finding.why : null;
};
const failedBefore = (check: CheckId) => ({ because: 'check-failed', check });

const examined = (scenario: Scenario, refusals: Refusals = {}) => patientOf(scenario, refusals).examine();
const allowDoctor = { rootctl: ['policy', 'iam', '--for', 'doctor'] };
const billing = { organization: { featureSet: 'CONSOLIDATED_BILLING' } } as const;
const unit = { id: 'ou-test-aaaaaaaa', name: 'Prod', parentId: 'r-test' };
/** Of which nobody can tell whether it denies a root session. */
const elsewhere = (...targets: readonly string[]) => ({
  id: 'p-elsewhere1',
  name: 'OfficeOnly',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Office',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      },
    ],
  },
  targets: [...targets],
});
/** Called from a member's account, as the delegated administrator or not. */
const calledFrom = (accountId: string, isDelegate: boolean) =>
  scenarioOf([{}, {}], {
    callers: [{ name: 'management', accountId }],
    organization: {
      delegatedAdministrators: isDelegate
        ? [{ accountId, servicePrincipal: 'iam.amazonaws.com', registeredAt: '2d ago' }]
        : [],
    },
  });

describe('an organization in which all is in place', () => {
  it('is told check by check, in the order in which to mend; nothing is wrong and nothing to type', async () => {
    const { examine, events } = patientOf(scenarioOf([{}, {}]));
    const document = await examine();
    expect(document).toMatchObject({ kind: 'rootctl.doctor', complete: true, organization: { id: organizationId } });
    expect(document.checks.map(({ id }) => id)).toEqual([...checkIds]);
    expect(document.checks.filter(({ result, cure }) => result !== 'ok' || cure !== null)).toEqual([]);
    expect(document.checks.map(({ finding }) => finding)).toEqual([
      { finding: 'caller', arn: expect.stringContaining(managementId), isRoot: false },
      {
        finding: 'place',
        organization: organizationId,
        role: 'management',
        caller: managementId,
        managementAccount: managementId,
      },
      { finding: 'feature-set', hasAllFeatures: true },
      { finding: 'switch', id: 'trusted-access', isOn: true, from: null },
      { finding: 'switch', id: 'root-credentials-management', isOn: true, from: null },
      { finding: 'switch', id: 'root-sessions', isOn: true, from: null },
      { finding: 'region', region: 'us-east-1', answer: 'opens' },
      { finding: 'session-opened', account: { id: first, name: 'member-0' }, tookMs: 0 },
      { finding: 'not-blocked', accounts: 2 },
      { finding: 'no-open-recovery' },
    ]);
    expect(events[0]).toEqual({ event: 'working', on: 'organization' });
    expect(events).toContainEqual({ event: 'accounts', what: 'judged', listed: 2, finished: 2 });
  });

  it('has clear accounts in the order of their ids, however AWS lists them, and no more words of them', async () => {
    const ids = [third, first, fourth, second];
    const { scp } = await examined(scenarioOf(ids.map((id) => ({ id }))));
    const none = { policyId: null, policyName: null, sid: null, targetId: null, targetPath: null };
    expect(scp).toEqual([first, second, third, fourth].map((account) => ({ account, verdict: 'clear', ...none })));
  });

  it('without a member has nothing in which to open a session', async () => {
    const document = await examined(scenarioOf([{ state: 'SUSPENDED' }]));
    expect(amiss(document)).toEqual(notLookedAt('sts-region', 'root-session'));
    for (const id of ['sts-region', 'root-session'] as const)
      expect(why(document, id)).toEqual({ because: 'no-member' });
    expect(checkOf(document, 'sts-region').finding).toMatchObject({ finding: 'region-not-tried', region: 'us-east-1' });
    expect(checkOf(document, 'scp').finding).toEqual({ finding: 'not-blocked', accounts: 0 });
  });
});

describe('credentials', () => {
  const everythingElse = checkIds.slice(1, -1);

  it('that cannot be had are a finding, and nothing else was looked at; a setting that cannot be ends it', async () => {
    const { examine } = patientOf(scenarioOf([{}]));
    const abroad = problemError('UnsupportedPartition', { partition: 'aws-cn' });
    const document = await examine({ connect: () => Promise.reject(abroad) });
    expect(document).toMatchObject({ complete: false, organization: null, scp: [] });
    expect(checkOf(document, 'credentials')).toEqual({
      id: 'credentials',
      result: 'fail',
      finding: { finding: 'problem', problem: abroad.problem, met: null, isHinted: true },
      cure: null,
    });
    expect(amiss(document)).toEqual({ credentials: 'fail', ...notLookedAt(...everythingElse) });
    for (const id of everythingElse) expect(why(document, id)).toEqual(failedBefore('credentials'));
    for (const ends of [
      problemError('NoMfaCode', { device: 'arn:aws:iam::111111111111:mfa/me' }),
      problemError('Interrupted', { before: 'result' }),
      new Error('a mistake of ours'),
    ]) {
      await expect(examine({ connect: () => Promise.reject(ends) })).rejects.toBe(ends);
    }
  });

  it('of a root user open no root session: that fails, and AWS is asked for nothing more', async () => {
    const arn = `arn:aws:iam::${managementId}:root`;
    const { examine, sandbox } = patientOf(
      scenarioOf([{}], { callers: [{ name: 'management', accountId: managementId, arn }] }),
    );
    const document = await examine();
    expect(checkOf(document, 'credentials')).toEqual({
      id: 'credentials',
      result: 'fail',
      finding: { finding: 'caller', arn, isRoot: true },
      cure: { aws: ['configure', 'sso'] },
    });
    expect(why(document, 'organization')).toEqual(failedBefore('credentials'));
    expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  it('that ran out are mended by signing in again', async () => {
    const document = await examined(scenarioOf([{}]), {
      GetCallerIdentity: refused('expired-session', 'ExpiredToken').failure,
    });
    expect(checkOf(document, 'credentials')).toMatchObject({
      result: 'fail',
      finding: { problem: { code: 'ExpiredToken' }, isHinted: false },
      cure: { aws: ['sso', 'login'] },
    });
  });
});

describe('the organization', () => {
  const { organization: _none, ...alone } = scenarioOf([]);
  const createOne = { aws: ['organizations', 'create-organization', '--feature-set', 'ALL'] };
  const after = checkIds.slice(3, -1);

  it.each<[string, Scenario, Refusals, string, object | null, CheckId[]]>([
    ['that is none', alone, {}, 'AWSOrganizationsNotInUseException', createOne, ['all-features']],
    [
      'that IAM does not find',
      scenarioOf([{}]),
      { ListOrganizationsFeatures: refused('other', 'OrganizationNotFoundException').failure },
      'AWSOrganizationsNotInUseException',
      createOne,
      ['all-features'],
    ],
    [
      'that may not be described',
      scenarioOf([{}]),
      { DescribeOrganization: denied },
      'AccessDenied',
      allowDoctor,
      ['all-features'],
    ],
    [
      'of which the caller is an ordinary member',
      calledFrom(first, false),
      {},
      'AccountNotManagementOrDelegatedAdministratorException',
      null,
      [],
    ],
  ])('%s fails, and no more is looked at', async (_what, scenario, refusals, code, cure, alsoUnknown) => {
    const { examine, asked } = patientOf(scenario, refusals);
    const document = await examine();
    expect(checkOf(document, 'organization')).toMatchObject({
      result: 'fail',
      finding: { finding: 'problem', problem: { code }, met: null, isHinted: cure === null },
      cure,
    });
    expect(amiss(document)).toEqual({ organization: 'fail', ...notLookedAt(...alsoUnknown, ...after) });
    for (const id of [...alsoUnknown, ...after]) expect(why(document, id)).toEqual(failedBefore('organization'));
    expect(document.organization?.id ?? null).toBe(alsoUnknown.length > 0 ? null : organizationId);
    expect(document.complete).toBe(false);
    expect(asked('ListAccounts')).toEqual([]);
  });

  it('with consolidated billing alone is told, and what to switch on first', async () => {
    const document = await examined(scenarioOf([{}], billing));
    expect(document.organization?.id).toBe(organizationId);
    expect(checkOf(document, 'all-features')).toEqual({
      id: 'all-features',
      result: 'fail',
      finding: { finding: 'feature-set', hasAllFeatures: false },
      cure: { aws: ['organizations', 'enable-all-features'] },
    });
    expect(amiss(document)).toEqual({ 'all-features': 'fail', ...notLookedAt(...after) });
    for (const id of after) expect(why(document, id)).toEqual(failedBefore('all-features'));
  });

  it('with consolidated billing alone is known by its description, whatever IAM says', async () => {
    const document = await examined(scenarioOf([{}], billing), { ListOrganizationsFeatures: denied });
    expect(checkOf(document, 'all-features').result).toBe('fail');
  });

  it('that AWS does not describe for want of all features was not looked at, and the features fail', async () => {
    const document = await examined(scenarioOf([{}]), {
      DescribeOrganization: refused('other', 'OrganizationNotInAllFeaturesModeException').failure,
    });
    expect(amiss(document)).toEqual({ 'all-features': 'fail', ...notLookedAt('organization', ...after) });
    expect(why(document, 'organization')).toEqual({ because: 'not-described' });
    expect(why(document, 'scp')).toEqual(failedBefore('all-features'));
  });

  it('in which nobody may know what the caller is, is neither right nor wrong', async () => {
    const refusals = { ListDelegatedAdministrators: denied, ListOrganizationsFeatures: denied };
    expect(checkOf(await examined(calledFrom(first, false), refusals), 'organization')).toMatchObject({
      result: 'unknown',
      finding: { finding: 'place', role: 'unknown', caller: first, managementAccount: managementId },
      cure: allowDoctor,
    });
  });
});

describe('the switches', () => {
  const only = (feature: string) => ({ rootctl: ['enable', '--only', feature] });
  const switches = ['trusted-access', 'root-credentials-management', 'root-sessions'] as const;
  const told = (document: DoctorDocument) =>
    switches.map((id) => {
      const { result, finding, cure } = checkOf(document, id);
      return [result, finding.finding === 'switch' ? finding.isOn : finding.finding, cure];
    });
  const [ok, unread] = [
    ['ok', true, null],
    ['unknown', 'may-not-be-read', allowDoctor],
  ];
  const [rootCredentialsManagement, rootSessions] = [only('root-credentials-management'), only('root-sessions')];

  it.each<[string, object, Refusals, unknown[], string | null]>([
    [
      'all off',
      withoutAccess,
      {},
      [
        ['fail', false, { rootctl: ['enable'] }],
        ['fail', false, rootCredentialsManagement],
        ['fail', false, rootSessions],
      ],
      'trusted-access-off',
    ],
    [
      'the management of credentials off',
      { rootCredentialsManagement: false },
      {},
      [ok, ['fail', false, rootCredentialsManagement], ok],
      'root-credentials-management-off',
    ],
    ['root sessions off', { rootSessions: false }, {}, [ok, ok, ['fail', false, rootSessions]], null],
    ['features that may not be read', {}, { ListOrganizationsFeatures: denied }, [ok, unread, unread], null],
    [
      'none that may be read',
      {},
      { ListOrganizationsFeatures: denied, ListAWSServiceAccessForOrganization: denied },
      [unread, unread, unread],
      null,
    ],
    [
      'features that cannot be read: what failed is said once',
      {},
      { ListOrganizationsFeatures: broken, ListAWSServiceAccessForOrganization: silent },
      [
        ['fail', 'problem', null],
        ['fail', 'problem', null],
        ['unknown', 'not-looked-at', null],
      ],
      null,
    ],
  ])('%s', async (_what, organization, refusals, expected, untried) => {
    const { examine, asked } = patientOf(scenarioOf([{}], { organization }), refusals);
    const document = await examine();
    expect(told(document)).toEqual(expected);
    // A switch that nobody knows to be off keeps nobody from trying.
    expect(asked('AssumeRoot')).toHaveLength(untried === null ? 1 : 0);
    expect(checkOf(document, 'root-session').result).toBe(untried === null ? 'ok' : 'unknown');
    expect([why(document, 'root-session'), why(document, 'sts-region')]).toEqual(
      untried === null ? [null, null] : [{ because: untried }, { because: untried }],
    );
    expect(checkOf(document, 'scp').result).toBe('ok');
  });

  it('that cannot be read are told by the problem of each', async () => {
    const document = await examined(scenarioOf([{}]), {
      ListOrganizationsFeatures: broken,
      ListAWSServiceAccessForOrganization: silent,
    });
    expect(checkOf(document, 'trusted-access').finding).toMatchObject({ problem: { code: 'ETIMEDOUT' } });
    expect(checkOf(document, 'root-credentials-management').finding).toMatchObject({
      problem: { code: 'ServiceException' },
    });
    expect(why(document, 'root-sessions')).toEqual(failedBefore('root-credentials-management'));
  });

  it('are switched elsewhere when a delegated administrator asks', async () => {
    const document = await examined(calledFrom(first, true));
    expect(amiss(document)).toEqual({});
    for (const id of switches) expect(checkOf(document, id).finding).toMatchObject({ from: managementId });
  });
});

describe('a root session on trial', () => {
  const sessionOf = (refusals: Refusals) => examined(scenarioOf([{}, {}]), refusals);
  const region = refused('other', 'RegionDisabledException').failure;
  const noAction = refused('other', 'InvalidAction').failure;

  it('is a session to look, asks one harmless question, and is told with the time that it took', async () => {
    const { examine, sandbox } = patientOf(
      scenarioOf([{}], { behaviour: { latencyMs: { sts: 200, iam: 50, organizations: 10 } } }),
    );
    expect(checkOf(await examine(), 'root-session').finding).toMatchObject({ tookMs: 250 });
    const asked = sandbox.requests.filter(({ targetAccount, callerAccount }) =>
      [targetAccount, callerAccount].includes(first),
    );
    expect(asked.map(({ operation }) => operation)).toEqual(['AssumeRoot', 'GetAccountSummary']);
    expect(JSON.stringify(asked[0]?.parameters)).toContain('IAMAuditRootUserCredentials');
    expect(sandbox.requests.filter(({ changed }) => changed)).toEqual([]);
  });

  it.each<[string, Partial<Record<'blocked' | 'doubtful' | 'unplaced', string[]>>, string]>([
    ['a clear one, before one in doubt and one that is blocked', { blocked: [first], doubtful: [second] }, third],
    ['one in doubt where none is clear', { blocked: [first, third], doubtful: [second] }, second],
    ['a clear one before one whose place nobody knows', { unplaced: [first], blocked: [second] }, third],
    [
      'one whose place nobody knows before one that is blocked',
      { blocked: [first, third], unplaced: [second] },
      second,
    ],
    ['the first where all are blocked', { blocked: [first, second, third] }, first],
  ])('is tried in %s', async (_what, { blocked = [], doubtful = [], unplaced = [] }, expected) => {
    const ids = [first, second, third];
    const { examine, asked } = patientOf(
      scenarioOf(
        ids.map((id) => (unplaced.includes(id) ? { parentId: unit.id } : {})),
        {
          behaviour: { accountShape: 'no-paths' },
          organization: { organizationalUnits: [unit], policies: [denyRoot(blocked), elsewhere(...doubtful)] },
        },
      ),
      { ListChildren: about('ParentId', { [unit.id]: denied }) },
    );
    await examine();
    expect(asked('AssumeRoot').map(({ targetAccount }) => targetAccount)).toEqual([expected]);
  });

  it.each<[string, Refusals]>([
    ['is not enabled', { AssumeRoot: region }],
    ['does not serve root sessions', { AssumeRoot: noAction }],
  ])('whose region %s fails for the region, with another one to try', async (_what, refusals) => {
    const document = await sessionOf(refusals);
    expect(checkOf(document, 'sts-region')).toMatchObject({
      result: 'fail',
      finding: { finding: 'problem', met: null },
      cure: { rootctl: ['doctor', '--region', 'us-east-1'] },
    });
    expect(why(document, 'root-session')).toEqual(failedBefore('sts-region'));
  });

  it.each<[string, Refusals, string, string, object | null]>([
    ['the caller may not open', { AssumeRoot: denied }, 'ok', 'denies', allowDoctor],
    ['an SCP denies its question', { GetAccountSummary: denied }, 'ok', 'denies', { rootctl: ['policy', 'scp'] }],
    ['knows no such question', { GetAccountSummary: noAction }, 'ok', 'denies', null],
    ['gets no answer from STS', { AssumeRoot: silent }, 'unknown', 'silent', null],
    ['gets no answer from IAM', { GetAccountSummary: silent }, 'unknown', 'silent', null],
  ])('that %s fails, and the region is told apart', async (_what, refusals, result, answer, cure) => {
    const document = await sessionOf(refusals);
    expect(checkOf(document, 'sts-region')).toEqual({
      id: 'sts-region',
      result,
      finding: { finding: 'region', region: 'us-east-1', answer },
      cure: null,
    });
    expect(checkOf(document, 'root-session')).toMatchObject({
      result: 'fail',
      finding: { finding: 'problem', met: { at: 'member', account: { id: first, name: 'member-0' } } },
      cure,
    });
  });

  it("that is somebody else's ends everything", async () => {
    const fault = { kind: 'wrong-account', rate: 1, operation: 'AssumeRoot' } as const;
    await expect(examined(scenarioOf([{}, {}], { behaviour: { faults: [fault] } }))).rejects.toMatchObject({
      problem: { code: 'WrongAccountSession' },
    });
  });
});

describe('the policies', () => {
  const listing = (met: Readonly<Record<string, Met>>) => ({ ListPoliciesForTarget: about('TargetId', met) });
  const entryOf = ({ scp }: DoctorDocument, id: string) => scp.find(({ account }) => account === id);
  const under = (...policies: NonNullable<Scenario['organization']>['policies'] & object) =>
    scenarioOf([{ parentId: unit.id }, {}, { parentId: unit.id }, {}], {
      organization: { organizationalUnits: [unit], policies },
    });
  const own = { ...denyRoot([second]), id: 'p-denyroot2', name: 'DenyHere' };

  it('that block are told by the first, with how many it blocks and how many others do', async () => {
    const document = await examined(under(denyRoot([unit.id]), own));
    expect(checkOf(document, 'scp')).toEqual({
      id: 'scp',
      result: 'warn',
      finding: {
        finding: 'blocked',
        by: expect.objectContaining({ policyId: 'p-denyroot1', sid: 'DenyRoot', target: 'Prod' }),
        accounts: 2,
        others: 1,
      },
      cure: { rootctl: ['policy', 'scp'] },
    });
    expect(entryOf(document, first)).toEqual({
      account: first,
      verdict: 'blocked',
      policyId: 'p-denyroot1',
      policyName: 'DenyRootUser',
      sid: 'DenyRoot',
      targetId: unit.id,
      targetPath: 'Prod',
    });
  });

  it('may block because there is none that allows: then there is no policy to name', async () => {
    const { organization, ...rest } = scenarioOf([{}, {}]);
    const policies = organization?.policies?.map((policy) => ({ ...policy, targets: ['r-test', first] }));
    const document = await examined({ ...rest, organization: { ...organization, policies } } as Scenario);
    expect(checkOf(document, 'scp').finding).toMatchObject({ by: { policyId: null }, accounts: 1, others: 0 });
    expect(entryOf(document, second)).toMatchObject({
      verdict: 'blocked',
      policyId: null,
      policyName: null,
      sid: null,
      targetId: second,
      targetPath: 'member-1',
    });
  });

  it('that leave it open, and places that nobody knows, are counted, each account with its reason', async () => {
    const scenario = scenarioOf([{ parentId: unit.id }, {}, {}], {
      behaviour: { accountShape: 'no-paths' },
      organization: { organizationalUnits: [unit], policies: [elsewhere(second)] },
    });
    const document = await examined(scenario, { ListChildren: about('ParentId', { [unit.id]: denied }) });
    expect(checkOf(document, 'scp')).toEqual({
      id: 'scp',
      result: 'unknown',
      finding: { finding: 'cannot-tell', accounts: 2 },
      cure: null,
    });
    expect(document.scp).toMatchObject([
      { verdict: 'cannot-tell', policyId: null, sid: null, targetId: null, detail: { detail: 'no-place' } },
      { verdict: 'cannot-tell', policyId: 'p-elsewhere1', sid: 'Office', detail: { detail: 'policy' } },
      { verdict: 'clear' },
    ]);
    expect(document.complete).toBe(true);
  });

  it('that may not be read are unknown, with the first refusal and how to be allowed', async () => {
    const document = await examined(scenarioOf([{}, {}, {}]), listing({ [second]: denied, [third]: broken }));
    expect(checkOf(document, 'scp')).toMatchObject({
      result: 'unknown',
      finding: { finding: 'problem', problem: { code: 'AccessDenied' }, met: { at: 'policies' } },
      cure: allowDoctor,
    });
    expect(document.scp).toMatchObject([
      { verdict: 'clear' },
      ...[second, third].map((account) => ({
        account,
        verdict: 'cannot-tell',
        detail: { detail: 'refused', problem: { code: 'AccessDenied' } },
      })),
    ]);
    expect(document.complete).toBe(true);
    expect(checkOf(document, 'root-session').result).toBe('ok');
  });

  it('that block are told although others may not be read', async () => {
    const document = await examined(under(denyRoot([unit.id])), listing({ [fourth]: denied }));
    expect(checkOf(document, 'scp')).toMatchObject({ result: 'warn', finding: { accounts: 2, others: 0 } });
  });

  it('are not asked about again where AWS refused them', async () => {
    const asked = new Set<string>();
    const everybody = Array.from({ length: 20 }, () => ({}));
    await examined(scenarioOf(everybody), {
      ListPoliciesForTarget: (input) => {
        const target = 'TargetId' in input ? String(input.TargetId) : '';
        if (!/^\d/u.test(target)) return null;
        asked.add(target);
        return denied;
      },
    });
    expect(asked.size).toBeLessThan(10);
  });

  it('of accounts that a stop left out are not told, and the document is not complete', async () => {
    const bench = patientOf(
      scenarioOf(Array.from({ length: 12 }, () => ({}))),
      {},
      {
        onEvent: (event) => {
          if (event.event === 'accounts') bench.stopping.abort(aborted());
        },
      },
    );
    const document = await bench.examine();
    const left = document.scp.filter(({ detail }) => detail?.detail === 'not-tried').map(({ account }) => account);
    expect(left).toContain(memberId(11));
    expect(left).not.toContain(first);
    expect(checkOf(document, 'scp').finding).toEqual({ finding: 'cannot-tell', accounts: left.length });
    expect(document.complete).toBe(false);
  });
});

describe('accounts', () => {
  it('that may not be listed fail the root session; the region and the policies were not looked at', async () => {
    const document = await examined(scenarioOf([{}]), { ListAccounts: denied });
    expect(checkOf(document, 'root-session')).toMatchObject({
      result: 'fail',
      finding: { finding: 'problem', problem: { code: 'AccessDenied' }, met: { at: 'listing' } },
      cure: allowDoctor,
    });
    expect(amiss(document)).toEqual({ 'root-session': 'fail', ...notLookedAt('sts-region', 'scp') });
    for (const id of ['sts-region', 'scp'] as const) expect(why(document, id)).toEqual(failedBefore('root-session'));
    expect(document).toMatchObject({ complete: false, scp: [] });
  });

  it('that are protected are left out, also as the one in which a session is tried', async () => {
    const { examine, asked } = patientOf(scenarioOf([{}, {}]));
    const document = await examine({ protections: ['member-0'] });
    expect(document.scp.map(({ account }) => account)).toEqual([second]);
    expect(asked('AssumeRoot').map(({ targetAccount }) => targetAccount)).toEqual([second]);
  });
});

/** Journals that say that they are of AWS are not the sandbox's. */
const onAWS = { product: { version: '0.0.0', isSimulated: false } };

describe('recoveries that were allowed from here', () => {
  const opened = async (count: number) => {
    const scenario = scenarioOf(Array.from({ length: count }, () => ({})));
    const bench = patientOf(scenario);
    const scene = createScene(scenario, { files: bench.files, clock: bench.clock });
    const ids = Array.from({ length: count }, (_, index) => memberId(index));
    expect((await scene.run(['recover', ...ids, '--yes'])).code).toBe(0);
    return checkOf(await bench.examine(onAWS), 'open-recoveries');
  };

  it('are named with when, and closed by deleting', async () => {
    expect(await opened(1)).toEqual({
      id: 'open-recoveries',
      result: 'warn',
      finding: {
        finding: 'open-recoveries',
        recoveries: [{ id: first, name: 'member-0', openedAt: expect.stringMatching(/^2026-01-31T/u) }],
        more: 0,
      },
      cure: { rootctl: ['delete', first] },
    });
  });

  it('are named up to five and counted from there; the cure names all', async () => {
    const { finding, cure } = await opened(7);
    expect(finding).toMatchObject({ more: 2, recoveries: [0, 1, 2, 3, 4].map((index) => ({ id: memberId(index) })) });
    expect(cure).toEqual({ rootctl: ['delete', ...Array.from({ length: 7 }, (_, index) => memberId(index))] });
  });
});

describe('records of this machine that cannot be read', () => {
  it.each<[string, string, (text: string) => string]>([
    ['lines that are gone', 'JournalDamaged', (text) => text],
    ['a header that is gone', 'JournalDamaged', () => ''],
    ['what is no journal', 'NoJournal', () => 'buy milk\n'],
  ])('are no proof that no recovery is open: %s', async (_name, code, spoil) => {
    const scenario = scenarioOf([{}]);
    const bench = patientOf(scenario);
    const scene = createScene(scenario, { files: bench.files, clock: bench.clock });
    await scene.run(['recover', first, '--yes']);
    const [name = ''] = [...bench.files.contents.keys()].filter((one) => one.endsWith('.jsonl'));
    const text = (bench.files.contents.get(name) ?? '').replaceAll(/^.*"event":"recovery-.*\n/gmu, '');
    if (code === 'NoJournal') bench.files.contents.delete(name);
    bench.files.contents.set(code === 'NoJournal' ? 'runs/notes.jsonl' : name, spoil(text));
    expect(checkOf(await bench.examine(), 'open-recoveries')).toEqual({
      id: 'open-recoveries',
      result: 'unknown',
      finding: expect.objectContaining({ finding: 'problem', problem: expect.objectContaining({ code }) }),
      cure: { rootctl: ['runs'] },
    });
  });

  const unlisted = (error: Error) => {
    const bench = patientOf(scenarioOf([{}]));
    return { ...bench, state: { ...bench.files, list: () => Promise.reject(error) } };
  };

  it('take nothing back of a recovery that is known to be open', async () => {
    const scenario = scenarioOf([{}]);
    const bench = patientOf(scenario);
    const scene = createScene(scenario, { files: bench.files, clock: bench.clock });
    await scene.run(['recover', first, '--yes']);
    bench.files.contents.set('runs/notes.jsonl', 'buy milk\n');
    expect(checkOf(await bench.examine(onAWS), 'open-recoveries')).toMatchObject({
      result: 'warn',
      finding: { finding: 'open-recoveries', recoveries: [{ id: first }] },
    });
  });

  it('leave the recoveries unknown, and take nothing back of what was found at AWS', async () => {
    const error = Object.assign(new Error("EACCES: permission denied, scandir '/state/runs'"), {
      code: 'EACCES',
      syscall: 'scandir',
    });
    const { examine, state } = unlisted(error);
    const document = await examine({ state });
    expect(document.complete).toBe(true);
    expect(document.checks.map(({ result }) => result)).toEqual([...Array(9).fill('ok'), 'unknown']);
    expect(checkOf(document, 'open-recoveries')).toMatchObject({
      finding: { finding: 'problem', problem: { code: 'EACCES' } },
      cure: null,
    });
  });

  it('by a mistake of ours end the command', async () => {
    const { examine, state } = unlisted(new TypeError('not a function'));
    await expect(examine({ state })).rejects.toThrow('not a function');
  });
});

describe('whatever is no answer', () => {
  it.each(['DescribeOrganization', 'ListAccounts', 'ListPoliciesForTarget', 'AssumeRoot', 'GetAccountSummary'])(
    'of %s ends it: a mistake of ours is no finding',
    async (operation) => {
      const mistake = new Error('a mistake of ours');
      await expect(examined(scenarioOf([{}]), { [operation]: mistake })).rejects.toBe(mistake);
    },
  );
});

describe('a stop at once', () => {
  it.each([
    'GetCallerIdentity',
    'DescribeOrganization',
    'ListAccounts',
    'ListPoliciesForTarget',
    'AssumeRoot',
    'GetAccountSummary',
  ])('at %s is no finding either: there is no document, and nothing more is asked', async (operation) => {
    let count = 0;
    const bench = patientOf(scenarioOf([{}, {}]), {
      [operation]: () => {
        count = bench.sandbox.requests.length;
        bench.aborting.abort(aborted());
        return null;
      },
    });
    await expect(bench.examine()).rejects.toMatchObject({ problem: { code: 'Aborted' } });
    expect(bench.sandbox.requests.slice(count).filter(({ operation: asked }) => asked === 'AssumeRoot')).toEqual([]);
  });

  it('while credentials are looked for is told as a stop, whatever else they met', async () => {
    const { examine, aborting } = patientOf(scenarioOf([{}]));
    const connect = async () => {
      aborting.abort(aborted());
      throw new Error('the process that knows them was killed');
    };
    await expect(examine({ connect })).rejects.toMatchObject({ problem: { code: 'Aborted' } });
  });
});
