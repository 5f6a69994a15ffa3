import * as sdk from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultScenario, generateScenario, type Scenario } from '../../src/sandbox/index.ts';
import {
  dataLake,
  enabledScenario,
  legacyErp,
  management,
  network,
  openWorld,
  payments,
  refusalOf,
  suspended,
  transports,
  type World,
} from './world.ts';

const iamService = { ServicePrincipal: 'iam.amazonaws.com' };
const scps = { Filter: 'SERVICE_CONTROL_POLICY' } as const;

describe.each(transports)('Organizations %s', (transport) => {
  let world: World;
  let client: sdk.OrganizationsClient;
  const open = async (scenario?: Scenario) => {
    await world?.close();
    world = await openWorld(transport, scenario);
    client = world.clients().organizations;
  };
  beforeEach(() => open(defaultScenario()));
  afterEach(() => world.close());

  test('DescribeOrganization, ListRoots', async () => {
    const { Organization } = await client.send(new sdk.DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ Id: 'o-exampleorgid', FeatureSet: 'ALL', MasterAccountId: management });
    const { Roots } = await client.send(new sdk.ListRootsCommand({}));
    expect(Roots).toMatchObject([{ Id: 'r-exam', Name: 'Root' }]);
  });

  test('an account has State and Paths, and no Status since it was retired', async () => {
    const { Accounts = [] } = await client.send(new sdk.ListAccountsCommand({}));
    expect(Accounts).toHaveLength(7);
    const account = Accounts.find(({ Id }) => Id === payments);
    expect(account).toMatchObject({
      Name: 'payments-prod',
      Email: 'root@payments-prod.example',
      State: 'ACTIVE',
      Paths: [`o-exampleorgid/r-exam/ou-exam-workload/ou-exam-wrkprod1/${payments}/`],
    });
    expect(account).not.toHaveProperty('Status');
    expect(account?.JoinedTimestamp).toBeInstanceOf(Date);
    expect(Accounts.find(({ Id }) => Id === suspended)?.State).toBe('SUSPENDED');
    expect(Accounts.map(({ Name }) => Name)).toContain('監査ログ集約アカウント');
  });

  test('older partitions send Status only, without State and Paths', async () => {
    await open({ ...defaultScenario(), behaviour: { accountShape: 'status' } });
    const { Account } = await client.send(new sdk.DescribeAccountCommand({ AccountId: suspended }));
    expect(Account?.Status).toBe('SUSPENDED');
    expect(Account).not.toHaveProperty('State');
    expect(Account).not.toHaveProperty('Paths');
  });

  test('ListAccounts gives at most 20 accounts a page, each exactly once', async () => {
    await open(generateScenario({ accounts: 107, seed: 3 }));
    const ids: (string | undefined)[] = [];
    const sizes: number[] = [];
    for await (const { Accounts = [] } of sdk.paginateListAccounts({ client }, {})) {
      sizes.push(Accounts.length);
      ids.push(...Accounts.map(({ Id }) => Id));
    }
    expect(sizes).toEqual([20, 20, 20, 20, 20, 8]);
    expect(new Set(ids).size).toBe(108);
  });

  test('a page may be empty and still carry a token', async () => {
    await open(generateScenario({ accounts: 107, seed: 3, behaviour: { emptyPageEvery: 2 } }));
    const sizes: number[] = [];
    for await (const { Accounts = [] } of sdk.paginateListAccounts({ client }, {})) sizes.push(Accounts.length);
    expect(sizes).toEqual([20, 0, 20, 20, 0, 20, 20, 0, 8]);
  });

  test('a token that was not given out is refused', async () => {
    expect(await refusalOf(client.send(new sdk.ListAccountsCommand({ NextToken: 'x' })))).toMatchObject({
      name: 'InvalidInputException',
      status: 400,
    });
    expect(await refusalOf(client.send(new sdk.ListAccountsCommand({ MaxResults: 21 })))).toMatchObject({
      name: 'InvalidInputException',
    });
  });

  test('the tree can be walked down and up', async () => {
    const { OrganizationalUnits = [] } = await client.send(
      new sdk.ListOrganizationalUnitsForParentCommand({ ParentId: 'r-exam' }),
    );
    expect(OrganizationalUnits.map(({ Name }) => Name)).toEqual(['Workloads', 'Data', 'Security']);
    const ParentId = 'ou-exam-wrkprod1';
    const { Accounts } = await client.send(new sdk.ListAccountsForParentCommand({ ParentId }));
    expect(Accounts?.map(({ Id }) => Id)).toEqual([payments, network]);
    const { Children } = await client.send(new sdk.ListChildrenCommand({ ParentId, ChildType: 'ACCOUNT' }));
    expect(Children).toEqual([
      { Id: payments, Type: 'ACCOUNT' },
      { Id: network, Type: 'ACCOUNT' },
    ]);
    expect((await client.send(new sdk.ListParentsCommand({ ChildId: payments }))).Parents).toEqual([
      { Id: ParentId, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    expect((await client.send(new sdk.ListParentsCommand({ ChildId: management }))).Parents).toEqual([
      { Id: 'r-exam', Type: 'ROOT' },
    ]);
    const { OrganizationalUnit } = await client.send(
      new sdk.DescribeOrganizationalUnitCommand({ OrganizationalUnitId: ParentId }),
    );
    expect(OrganizationalUnit).toMatchObject({
      Name: 'Prod',
      Path: 'o-exampleorgid/r-exam/ou-exam-workload/ou-exam-wrkprod1/',
    });
  });

  test('tags', async () => {
    const { Tags } = await client.send(new sdk.ListTagsForResourceCommand({ ResourceId: payments }));
    expect(Tags).toEqual([
      { Key: 'environment', Value: 'production' },
      { Key: 'team', Value: 'payments' },
    ]);
  });

  test('service control policies and where they are attached', async () => {
    const { Policies = [] } = await client.send(new sdk.ListPoliciesCommand(scps));
    expect(Policies.map(({ Name }) => Name)).toEqual(['FullAWSAccess', 'DenyRootUser']);
    const target = async (TargetId: string) =>
      (await client.send(new sdk.ListPoliciesForTargetCommand({ TargetId, ...scps }))).Policies?.map(({ Id }) => Id);
    expect(await target('ou-exam-wrklegcy')).toEqual(['p-FullAWSAccess', 'p-denyroot1']);
    expect(await target(legacyErp)).toEqual(['p-FullAWSAccess']);
    const { Policy } = await client.send(new sdk.DescribePolicyCommand({ PolicyId: 'p-denyroot1' }));
    expect(JSON.parse(Policy?.Content ?? '')).toMatchObject({ Statement: [{ Sid: 'DenyRoot' }] });
    expect(Policy?.PolicySummary?.Arn).toBe(
      'arn:aws:organizations::111111111111:policy/o-exampleorgid/service_control_policy/p-denyroot1',
    );
    const { Targets } = await client.send(new sdk.ListTargetsForPolicyCommand({ PolicyId: 'p-denyroot1' }));
    expect(Targets).toMatchObject([{ TargetId: 'ou-exam-wrklegcy', Type: 'ORGANIZATIONAL_UNIT', Name: 'Legacy' }]);
  });

  test('trusted access is switched on and off, and listed', async () => {
    const listed = async () =>
      (await client.send(new sdk.ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals;
    expect(await listed()).toEqual([]);
    await client.send(new sdk.EnableAWSServiceAccessCommand(iamService));
    await client.send(new sdk.EnableAWSServiceAccessCommand(iamService));
    expect(await listed()).toMatchObject([iamService]);
    await client.send(new sdk.DisableAWSServiceAccessCommand(iamService));
    expect(await listed()).toEqual([]);
  });

  test('it has no policies of the other types, which are no mistake to ask for; of no type there is one', async () => {
    const others = Object.values(sdk.PolicyType).filter((type) => type !== 'SERVICE_CONTROL_POLICY');
    expect(others.length).toBeGreaterThan(10);
    for (const Filter of others) {
      expect((await client.send(new sdk.ListPoliciesCommand({ Filter }))).Policies).toEqual([]);
      const onAccount = new sdk.ListPoliciesForTargetCommand({ Filter, TargetId: network });
      expect((await client.send(onAccount)).Policies).toEqual([]);
    }
    for (const [Filter, Reason] of [
      ['scp', 'INVALID_ENUM_POLICY_TYPE'],
      [undefined, 'INPUT_REQUIRED'],
    ]) {
      const asked = client.send(new sdk.ListPoliciesCommand({ Filter: Filter as sdk.PolicyType }));
      await expect(asked).rejects.toMatchObject({ name: 'InvalidInputException', Reason });
    }
  });

  test('trusted access stays while a delegated administrator is registered', async () => {
    const delegate = { AccountId: network, ...iamService };
    expect(await refusalOf(client.send(new sdk.RegisterDelegatedAdministratorCommand(delegate)))).toMatchObject({
      name: 'ConstraintViolationException',
    });
    await client.send(new sdk.EnableAWSServiceAccessCommand(iamService));
    await client.send(new sdk.RegisterDelegatedAdministratorCommand(delegate));
    expect(await refusalOf(client.send(new sdk.RegisterDelegatedAdministratorCommand(delegate)))).toMatchObject({
      name: 'AccountAlreadyRegisteredException',
    });
    const { DelegatedAdministrators = [] } = await client.send(new sdk.ListDelegatedAdministratorsCommand(iamService));
    expect(DelegatedAdministrators).toMatchObject([{ Id: network, State: 'ACTIVE' }]);
    expect(DelegatedAdministrators[0]).not.toHaveProperty('Status'); // retired on 2026-09-09
    expect(
      (await client.send(new sdk.ListDelegatedServicesForAccountCommand({ AccountId: network }))).DelegatedServices,
    ).toMatchObject([iamService]);
    await expect(client.send(new sdk.DisableAWSServiceAccessCommand(iamService))).rejects.toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE',
      message:
        'You have delegated administrator/s for this service. De-register them in order to disable service access.',
    });
    await client.send(new sdk.DeregisterDelegatedAdministratorCommand(delegate));
    expect(await refusalOf(client.send(new sdk.DeregisterDelegatedAdministratorCommand(delegate)))).toMatchObject({
      name: 'AccountNotRegisteredException',
    });
    await client.send(new sdk.DisableAWSServiceAccessCommand(iamService));
  });

  test.each([
    [
      'DescribeAccount',
      () => new sdk.DescribeAccountCommand({ AccountId: '999999999999' }),
      'AccountNotFoundException',
    ],
    ['DescribeAccount of no id', () => new sdk.DescribeAccountCommand({ AccountId: 'x' }), 'InvalidInputException'],
    [
      'DescribeOrganizationalUnit',
      () => new sdk.DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-exam-nothing0' }),
      'OrganizationalUnitNotFoundException',
    ],
    [
      'ListAccountsForParent',
      () => new sdk.ListAccountsForParentCommand({ ParentId: 'ou-exam-nothing0' }),
      'ParentNotFoundException',
    ],
    ['ListParents', () => new sdk.ListParentsCommand({ ChildId: '999999999999' }), 'ChildNotFoundException'],
    [
      'ListTagsForResource',
      () => new sdk.ListTagsForResourceCommand({ ResourceId: '999999999999' }),
      'TargetNotFoundException',
    ],
    [
      'ListPoliciesForTarget',
      () => new sdk.ListPoliciesForTargetCommand({ TargetId: '999999999999', ...scps }),
      'TargetNotFoundException',
    ],
    ['DescribePolicy', () => new sdk.DescribePolicyCommand({ PolicyId: 'p-nothing00' }), 'PolicyNotFoundException'],
    [
      'ListTargetsForPolicy',
      () => new sdk.ListTargetsForPolicyCommand({ PolicyId: 'p-nothing00' }),
      'PolicyNotFoundException',
    ],
    [
      'ListDelegatedServicesForAccount',
      () => new sdk.ListDelegatedServicesForAccountCommand({ AccountId: payments }),
      'AccountNotRegisteredException',
    ],
    [
      'RegisterDelegatedAdministrator of management',
      () => new sdk.RegisterDelegatedAdministratorCommand({ AccountId: management, ...iamService }),
      'ConstraintViolationException',
    ],
    [
      'RegisterDelegatedAdministrator of nobody',
      () => new sdk.RegisterDelegatedAdministratorCommand({ AccountId: '999999999999', ...iamService }),
      'AccountNotFoundException',
    ],
  ])('%s of what does not exist or may not be is refused', async (_what, command, name) => {
    const asked: Promise<unknown> = Reflect.apply(client.send, client, [command()]);
    expect(await refusalOf(asked)).toMatchObject({ name, status: 400 });
  });

  test('an ordinary member may only describe the organization', async () => {
    const member = world.clients(world.sandbox.credentials().member).organizations;
    await member.send(new sdk.DescribeOrganizationCommand({}));
    expect(await refusalOf(member.send(new sdk.ListAccountsCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
    });
    expect(await refusalOf(member.send(new sdk.EnableAWSServiceAccessCommand(iamService)))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('a delegated administrator may read and not switch', async () => {
    await open(enabledScenario());
    await client.send(new sdk.RegisterDelegatedAdministratorCommand({ AccountId: dataLake, ...iamService }));
    const delegate = world.clients(world.sandbox.credentials().delegatedAdministrator).organizations;
    expect((await delegate.send(new sdk.ListAccountsCommand({}))).Accounts).toHaveLength(7);
    await delegate.send(new sdk.ListDelegatedAdministratorsCommand({}));
    await delegate.send(new sdk.ListAWSServiceAccessForOrganizationCommand({}));
    expect(await refusalOf(delegate.send(new sdk.DisableAWSServiceAccessCommand(iamService)))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('without an organization: AWSOrganizationsNotInUseException', async () => {
    const { organization: _none, ...scenario } = defaultScenario();
    await open(scenario);
    expect(world.sandbox.organizationId).toBe('');
    expect(await refusalOf(client.send(new sdk.DescribeOrganizationCommand({})))).toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
      status: 400,
    });
  });

  test('with consolidated billing only there is no trusted access', async () => {
    const scenario = defaultScenario();
    if (scenario.organization) scenario.organization.featureSet = 'CONSOLIDATED_BILLING';
    await open(scenario);
    expect((await client.send(new sdk.DescribeOrganizationCommand({}))).Organization?.FeatureSet).toBe(
      'CONSOLIDATED_BILLING',
    );
    expect(await refusalOf(client.send(new sdk.EnableAWSServiceAccessCommand(iamService)))).toMatchObject({
      name: 'ConstraintViolationException',
    });
  });
});
