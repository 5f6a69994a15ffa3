import {
  DescribeOrganizationalUnitCommand,
  DescribePolicyCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import type { Blocker } from '../../src/documents/index.ts';
import type { Account, AccountId } from '../../src/org/account.ts';
import type { Organization } from '../../src/org/organization.ts';
import { blockerOf, createScpReader, isSameBlocker } from '../../src/org/scp.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import { memberId, organizationOf, paged, pathOf, rootId, sandboxes, workloads } from './answers.ts';

const [first, second] = [memberId(1), memberId(2)];
const account = (id: AccountId, path: string | null = pathOf(workloads, sandboxes)): Account => ({
  id,
  name: `name-of-${id}`,
  email: '',
  state: 'ACTIVE',
  path,
  joinedAt: null,
  joinedMethod: null,
});
const statement = (more: object) => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more });
const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map(statement) });
const full = document({ Effect: 'Allow' });
const deny = document({ Sid: 'NoIam', Action: 'iam:*' });
const denied = refusal('AccessDeniedException');
const tasks = [{ task: 'credentials', actions: ['iam:GetAccountSummary', 'iam:ListAccessKeys'] }] as const;

/** Every target has FullAWSAccess (`p-full`) and what `attached` says; `contents` are the policies by id. */
function reading(
  attached: Readonly<Record<string, readonly string[]>> = {},
  contents: Readonly<Record<string, string | Error>> = {},
  more: Partial<Organization> = {},
) {
  const mocked = mockedAws();
  const { aws, organizations } = mocked;
  organizations.on(ListPoliciesForTargetCommand).callsFake(async ({ TargetId, NextToken }) => {
    const pages = (attached[TargetId] ?? ['p-full']).map((Id) => [{ Id, Name: `Name of ${Id}` }]);
    return paged('Policies', pages).answer({ NextToken });
  });
  organizations.on(DescribePolicyCommand).callsFake(async ({ PolicyId }) => {
    const content = PolicyId === 'p-full' ? full : contents[PolicyId];
    if (content instanceof Error) throw content;
    return { Policy: { Content: content } };
  });
  organizations.on(DescribeOrganizationalUnitCommand).callsFake(async ({ OrganizationalUnitId: Id }) => ({
    OrganizationalUnit: { Id, Name: Id === workloads ? 'Workloads' : 'Sandboxes' },
  }));
  const reader = createScpReader(aws, organizationOf(more));
  const targets = () =>
    organizations.commandCalls(ListPoliciesForTargetCommand).map(({ args: [{ input }] }) => input.TargetId);
  return { ...mocked, judge: (one: Account) => reader.judge(one, tasks), targets };
}

describe('where an SCP stands', () => {
  test.each([
    [rootId, { id: rootId, name: 'Root', kind: 'root' }],
    [workloads, { id: workloads, name: 'Workloads', kind: 'ou' }],
    [sandboxes, { id: sandboxes, name: 'Workloads/Sandboxes', kind: 'ou' }],
    [first, { id: first, name: `name-of-${first}`, kind: 'account' }],
  ])('%s is told with its kind and the path of its names', async (at, target) => {
    const { judge } = reading({ [at]: ['p-full', 'p-deny'] }, { 'p-deny': deny });
    expect(await judge(account(first))).toMatchObject({
      account: first,
      verdict: 'blocked',
      policy: { id: 'p-deny', name: 'Name of p-deny' },
      sid: 'NoIam',
      target,
    });
    const elsewhere = await judge(account(second));
    expect(elsewhere?.verdict).toBe(at === first ? 'clear' : 'blocked');
  });

  test('an OU whose name may not be read is told by its id', async () => {
    const { judge, organizations } = reading({ [sandboxes]: ['p-full', 'p-deny'] }, { 'p-deny': deny });
    organizations.on(DescribeOrganizationalUnitCommand, { OrganizationalUnitId: workloads }).rejects(denied);
    expect((await judge(account(first)))?.target?.name).toBe(`${workloads}/Sandboxes`);
  });

  test('an OU that cannot be asked about ends the reading: that is no refusal', async () => {
    const { judge, organizations } = reading();
    organizations.on(DescribeOrganizationalUnitCommand).rejects(refusal('ServiceException'));
    await expect(judge(account(first))).rejects.toMatchObject({ failure: { code: 'ServiceException' } });
  });

  test('what is above blocks whatever hangs on the account, which is not asked about then', async () => {
    const { judge, targets } = reading({ [workloads]: ['p-full', 'p-deny'] }, { 'p-deny': deny });
    await judge(account(first));
    expect([...new Set(targets())]).toEqual([rootId, workloads, sandboxes]);
  });

  test('SCPs alone are asked for', async () => {
    const { judge, organizations } = reading();
    await judge(account(first));
    for (const { args } of organizations.commandCalls(ListPoliciesForTargetCommand)) {
      expect(args[0].input.Filter).toBe('SERVICE_CONTROL_POLICY');
    }
  });

  test("the account's place is part of what policies may ask about", async () => {
    const only = (path: string) =>
      document({ Condition: { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': path } } });
    const verdictOf = async (path: string) =>
      (await reading({ [rootId]: ['p-full', 'p-path'] }, { 'p-path': only(path) }).judge(account(first)))?.verdict;
    expect(await verdictOf(pathOf(workloads, sandboxes))).toBe('blocked');
    expect(await verdictOf(pathOf(workloads))).toBe('clear');
  });
});

describe('what cannot be read is never clear', () => {
  test.each<[string, string | Error, object]>([
    ['may not be read', denied, { unreadable: 'denied', operation: 'organizations:DescribePolicy' }],
    [
      'is not understood',
      '{"Version":"2012-10-17","Statement":[{}]}',
      { unreadable: 'not-understood', fault: { place: 'Statement[0].Effect', fault: 'no-effect' } },
    ],
  ])('a policy that %s', async (_what, content, why) => {
    const { judge } = reading({ [workloads]: ['p-full', 'p-odd'] }, { 'p-odd': content });
    expect(await judge(account(first))).toMatchObject({
      verdict: 'cannot-tell',
      policy: { id: 'p-odd', name: 'Name of p-odd' },
      why,
    });
  });

  test('a policy that cannot be asked for ends the reading', async () => {
    const { judge } = reading({ [workloads]: ['p-full', 'p-odd'] }, { 'p-odd': refusal('ServiceException') });
    await expect(judge(account(first))).rejects.toMatchObject({ failure: { code: 'ServiceException' } });
  });

  test('policies that may not be listed end the reading, and are asked for once', async () => {
    const { judge, organizations, targets } = reading();
    organizations.on(ListPoliciesForTargetCommand).rejects(denied);
    for (const id of [first, second]) {
      await expect(judge(account(id))).rejects.toMatchObject({ failure: { kind: 'denied' } });
    }
    expect(targets()).toEqual([rootId]);
  });

  test('what failed otherwise is asked again for the next account', async () => {
    const { judge, organizations } = reading({ [rootId]: ['p-full', 'p-deny'] }, { 'p-deny': deny });
    const answer = organizations.on(DescribePolicyCommand, { PolicyId: 'p-deny' });
    answer.rejects(refusal('ServiceException'));
    await expect(judge(account(first))).rejects.toMatchObject({ failure: { code: 'ServiceException' } });
    answer.resolves({ Policy: { Content: deny } });
    expect((await judge(account(second)))?.verdict).toBe('blocked');
  });

  test('an account without a place has no verdict, and nothing is asked', async () => {
    const { judge, organizations } = reading();
    expect(await judge(account(first, null))).toBeNull();
    expect(organizations.calls()).toEqual([]);
  });
});

describe('where no SCP applies', () => {
  test('an organization without all features has none: nothing is asked', async () => {
    const { judge, organizations } = reading({}, {}, { featureSet: 'CONSOLIDATED_BILLING' });
    expect((await judge(account(first)))?.verdict).toBe('clear');
    expect(organizations.calls()).toEqual([]);
  });

  test.each([
    ['they are on', [['SERVICE_CONTROL_POLICY', 'ENABLED']], 'blocked'],
    ['they are just being switched on', [['SERVICE_CONTROL_POLICY', 'PENDING_ENABLE']], 'blocked'],
    ['they are just being switched off', [['SERVICE_CONTROL_POLICY', 'PENDING_DISABLE']], 'clear'],
    ['only other policies are on', [['TAG_POLICY', 'ENABLED']], 'clear'],
    [
      'they are on beside others',
      [
        ['TAG_POLICY', 'ENABLED'],
        ['SERVICE_CONTROL_POLICY', 'ENABLED'],
      ],
      'blocked',
    ],
    ['none are', [], 'clear'],
  ])('a root without any tells by its switches: %s', async (_what, types, verdict) => {
    const { judge, organizations } = reading({ [rootId]: [] });
    organizations.on(ListRootsCommand).resolves({
      Roots: [{ Id: rootId, PolicyTypes: types.map(([Type, Status]) => ({ Type, Status })) as never }],
    });
    expect((await judge(account(first)))?.verdict).toBe(verdict);
    expect((await judge(account(second)))?.verdict).toBe(verdict);
    expect(organizations.commandCalls(ListRootsCommand)).toHaveLength(1);
  });

  test('a page without a root has a successor, and an organization without a root is none', async () => {
    const on = [{ Id: rootId, PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] as never }];
    const paged = reading({ [rootId]: [] });
    paged.organizations
      .on(ListRootsCommand)
      .resolves({ Roots: [], NextToken: 'more' })
      .on(ListRootsCommand, { NextToken: 'more' })
      .resolves({ Roots: on });
    expect((await paged.judge(account(first)))?.verdict).toBe('blocked');
    const rootless = reading({ [rootId]: [] });
    rootless.organizations.on(ListRootsCommand).resolves({ Roots: [] });
    await expect(rootless.judge(account(first))).rejects.toMatchObject({ failure: { kind: 'malformed' } });
  });

  test('a root that has some is not asked for its switches', async () => {
    const { judge, organizations } = reading();
    expect((await judge(account(first)))?.verdict).toBe('clear');
    expect(organizations.commandCalls(ListRootsCommand)).toEqual([]);
  });
});

describe('what blocks', () => {
  const blocker: Blocker = { policyId: 'p-1', policyName: 'One', sid: 'S', target: 'Root', action: 'iam:GetUser' };

  test('is the policy with its statement, or only the place where nothing allows it', async () => {
    const verdict = await reading({ [rootId]: ['p-full', 'p-deny'] }, { 'p-deny': deny }).judge(account(first));
    const nowhere = await reading(
      { [workloads]: ['p-s3'] },
      { 'p-s3': document({ Effect: 'Allow', Action: 's3:*' }) },
    ).judge(account(first));
    if (verdict === null || nowhere === null) throw new Error('no verdict');
    const action = 'iam:GetAccountSummary';
    expect(blockerOf(verdict)).toEqual({
      policyId: 'p-deny',
      policyName: 'Name of p-deny',
      sid: 'NoIam',
      target: 'Root',
      action,
    });
    expect(blockerOf(nowhere)).toEqual({ policyId: null, policyName: null, sid: null, target: 'Workloads', action });
  });

  test.each<[Partial<Blocker>, boolean]>([
    [{}, true],
    [{ action: 'iam:ListAccessKeys' }, true],
    [{ policyId: 'p-2' }, false],
    [{ sid: null }, false],
    [{ target: 'Workloads' }, false],
  ])('is the same whichever action it denies: %j', (more, is) => {
    expect(isSameBlocker(blocker, { ...blocker, ...more })).toBe(is);
  });
});
