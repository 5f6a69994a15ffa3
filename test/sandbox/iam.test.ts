import * as sdk from '@aws-sdk/client-iam';
import { RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultScenario, type Scenario } from '../../src/sandbox/index.ts';
import {
  dataLake,
  enabledScenario,
  legacyErp,
  management,
  network,
  openWorld,
  payments,
  refusalOf,
  transports,
  type World,
} from './world.ts';

const auditTask = 'IAMAuditRootUserCredentials';
const deleteTask = 'IAMDeleteRootUserCredentials';
const createTask = 'IAMCreateRootUserPassword';

describe.each(transports)('IAM %s', (transport) => {
  let world: World;
  const open = async (scenario?: Scenario) => {
    await world?.close();
    world = await openWorld(transport, scenario);
  };
  beforeEach(() => open());
  afterEach(() => world.close());
  const truth = (id: string) => world.sandbox.accounts.find((account) => account.id === id)?.root;

  test('GetAccountSummary shows what the root user holds', async () => {
    const summary = async (id: string) =>
      (await (await world.rootSession(id, auditTask)).iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap;
    const flags = (value: number) => ({
      AccountPasswordPresent: value,
      AccountAccessKeysPresent: value,
      AccountMFAEnabled: value,
      AccountSigningCertificatesPresent: value,
    });
    expect(await summary(payments)).toMatchObject(flags(1));
    expect(await summary(network)).toMatchObject(flags(0));
    expect(await summary(dataLake)).toMatchObject({ ...flags(0), AccountPasswordPresent: 1 });
  });

  test('the detail calls show ids, times and last uses', async () => {
    const { iam } = await world.rootSession(payments, auditTask);
    const { AccessKeyMetadata = [] } = await iam.send(new sdk.ListAccessKeysCommand({}));
    expect(AccessKeyMetadata.map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
    const used = await iam.send(
      new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: AccessKeyMetadata[0]?.AccessKeyId }),
    );
    expect(used.AccessKeyLastUsed).toMatchObject({ ServiceName: 's3', Region: 'eu-west-1' });
    const agoMs = world.clock.nowMs() - (used.AccessKeyLastUsed?.LastUsedDate?.getTime() ?? 0);
    expect(agoMs).toBeGreaterThanOrEqual(3_600_000);
    expect(agoMs).toBeLessThan(3_602_000);
    const never = await iam.send(
      new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: AccessKeyMetadata[1]?.AccessKeyId }),
    );
    expect(never.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    const { Certificates } = await iam.send(new sdk.ListSigningCertificatesCommand({}));
    expect(Certificates).toMatchObject([{ Status: 'Active' }]);
    const { MFADevices = [] } = await iam.send(new sdk.ListMFADevicesCommand({}));
    expect(MFADevices.map(({ SerialNumber }) => SerialNumber?.split(':')[5]?.split('/')[0])).toEqual(['mfa', 'u2f']);
    const { LoginProfile } = await iam.send(new sdk.GetLoginProfileCommand({}));
    expect(LoginProfile?.PasswordResetRequired).toBe(false);
    expect(LoginProfile?.UserName).toBeUndefined();
    expect((await iam.send(new sdk.GetUserCommand({}))).User?.PasswordLastUsed).toBeInstanceOf(Date);
  });

  test('a clean account answers with empty lists and NoSuchEntity', async () => {
    const { iam } = await world.rootSession(network, auditTask);
    expect(await iam.send(new sdk.ListAccessKeysCommand({}))).toMatchObject({
      AccessKeyMetadata: [],
      IsTruncated: false,
    });
    expect((await iam.send(new sdk.ListMFADevicesCommand({}))).MFADevices).toEqual([]);
    expect((await iam.send(new sdk.ListSigningCertificatesCommand({}))).Certificates).toEqual([]);
    expect(await refusalOf(iam.send(new sdk.GetLoginProfileCommand({})))).toEqual({
      name: 'NoSuchEntityException',
      status: 404,
      message: 'Login Profile for User null cannot be found.',
    });
    expect((await iam.send(new sdk.GetUserCommand({}))).User?.PasswordLastUsed).toBeUndefined();
  });

  test('pages of one item are followed by their markers', async () => {
    await open(enabledScenario({ iamPageSize: 1 }));
    const { iam } = await world.rootSession(payments, auditTask);
    const first = await iam.send(new sdk.ListMFADevicesCommand({}));
    expect(first).toMatchObject({ IsTruncated: true });
    expect(first.MFADevices).toHaveLength(1);
    const ids: (string | undefined)[] = [];
    for await (const page of sdk.paginateListAccessKeys({ client: iam }, {}))
      ids.push(...(page.AccessKeyMetadata ?? []).map(({ AccessKeyId }) => AccessKeyId));
    expect(new Set(ids).size).toBe(2);
  });

  test('everything can be deleted once; again it is NoSuchEntity', async () => {
    const { iam } = await world.rootSession(payments, deleteTask);
    const { AccessKeyMetadata = [] } = await iam.send(new sdk.ListAccessKeysCommand({}));
    const { Certificates = [] } = await iam.send(new sdk.ListSigningCertificatesCommand({}));
    const { MFADevices = [] } = await iam.send(new sdk.ListMFADevicesCommand({}));
    const deletions = [
      ...AccessKeyMetadata.map(
        ({ AccessKeyId }) =>
          () =>
            iam.send(new sdk.DeleteAccessKeyCommand({ AccessKeyId })),
      ),
      ...Certificates.map(
        ({ CertificateId }) =>
          () =>
            iam.send(new sdk.DeleteSigningCertificateCommand({ CertificateId })),
      ),
      () => iam.send(new sdk.DeleteLoginProfileCommand({})),
      ...MFADevices.map(
        ({ SerialNumber }) =>
          () =>
            iam.send(new sdk.DeactivateMFADeviceCommand({ SerialNumber })),
      ),
    ];
    expect(deletions).toHaveLength(6);
    for (const deletion of deletions) {
      await deletion();
      expect(await refusalOf(deletion())).toMatchObject({ name: 'NoSuchEntityException', status: 404 });
    }
    expect(truth(payments)).toMatchObject({
      loginProfile: undefined,
      accessKeys: [],
      signingCertificates: [],
      mfaDevices: [],
    });
  });

  test('the account summary has the names that AWS sends, all of them and no other', async () => {
    const { iam } = await world.rootSession(network, auditTask);
    const { SummaryMap = {} } = await iam.send(new sdk.GetAccountSummaryCommand({}));
    // As recorded on 2026-09-12 (radkawar/stackd, testdata/aws/iam/root_sessions.json).
    expect(Object.keys(SummaryMap).sort()).toEqual(Object.values(sdk.SummaryKeyType).sort());
    expect(SummaryMap.AttachedPoliciesPerRoleQuota).toBe(20);
  });

  test('recovery can be allowed once and shows as a password at once', async () => {
    const { iam } = await world.rootSession(network, createTask);
    const { LoginProfile } = await iam.send(new sdk.CreateLoginProfileCommand({}));
    expect(LoginProfile).toMatchObject({ PasswordResetRequired: false });
    expect(await refusalOf(iam.send(new sdk.CreateLoginProfileCommand({})))).toMatchObject({
      name: 'EntityAlreadyExistsException',
      status: 409,
      message: `Login Profile for account ${network} already exists.`,
    });
    const { SummaryMap } = await (await world.rootSession(network, auditTask)).iam.send(
      new sdk.GetAccountSummaryCommand({}),
    );
    expect(SummaryMap?.AccountPasswordPresent).toBe(1);
  });

  test.each([
    [
      auditTask,
      [
        'GetAccountSummary',
        'GetUser',
        'GetLoginProfile',
        'ListAccessKeys',
        'GetAccessKeyLastUsed',
        'ListMFADevices',
        'ListSigningCertificates',
      ],
    ],
    [
      deleteTask,
      [
        'GetUser',
        'GetLoginProfile',
        'ListAccessKeys',
        'GetAccessKeyLastUsed',
        'ListMFADevices',
        'ListSigningCertificates',
        'DeleteLoginProfile',
        'DeleteAccessKey',
        'DeleteSigningCertificate',
        'DeactivateMFADevice',
      ],
    ],
    [createTask, ['CreateLoginProfile', 'GetLoginProfile']],
    ['S3UnlockBucketPolicy', []],
    ['SQSUnlockQueuePolicy', []],
  ])('a session for %s may call exactly its own IAM operations', async (task, allowed) => {
    const { iam } = await world.rootSession(payments, task);
    const AccessKeyId = truth(payments)?.accessKeys[0]?.id ?? '';
    const SerialNumber = `arn:aws:iam::${payments}:mfa/root-account-mfa-device`;
    const CertificateId = truth(payments)?.signingCertificates[0]?.id ?? '';
    const calls: Record<string, () => Promise<unknown>> = {
      GetAccountSummary: () => iam.send(new sdk.GetAccountSummaryCommand({})),
      GetUser: () => iam.send(new sdk.GetUserCommand({})),
      GetLoginProfile: () => iam.send(new sdk.GetLoginProfileCommand({})),
      ListAccessKeys: () => iam.send(new sdk.ListAccessKeysCommand({})),
      GetAccessKeyLastUsed: () => iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId })),
      ListMFADevices: () => iam.send(new sdk.ListMFADevicesCommand({})),
      ListSigningCertificates: () => iam.send(new sdk.ListSigningCertificatesCommand({})),
      DeleteLoginProfile: () => iam.send(new sdk.DeleteLoginProfileCommand({})),
      CreateLoginProfile: () => iam.send(new sdk.CreateLoginProfileCommand({})),
      DeleteAccessKey: () => iam.send(new sdk.DeleteAccessKeyCommand({ AccessKeyId })),
      DeleteSigningCertificate: () => iam.send(new sdk.DeleteSigningCertificateCommand({ CertificateId })),
      DeactivateMFADevice: () => iam.send(new sdk.DeactivateMFADeviceCommand({ SerialNumber })),
      DeleteVirtualMFADevice: () => iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber })),
    };
    const passed: string[] = [];
    for (const [name, call] of Object.entries(calls)) {
      try {
        await call();
        passed.push(name);
      } catch (error) {
        if (error instanceof Error && error.name === 'AccessDenied') continue;
        passed.push(name);
      }
    }
    expect(passed.sort()).toEqual([...allowed].sort());
  });

  test('a root session is about the root user: another UserName is denied', async () => {
    const { iam } = await world.rootSession(payments, auditTask);
    expect(await refusalOf(iam.send(new sdk.ListAccessKeysCommand({ UserName: 'alice' })))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
  });

  test('an SCP that denies root denies root sessions too', async () => {
    const { iam } = await world.rootSession(legacyErp, auditTask);
    expect(await refusalOf(iam.send(new sdk.GetAccountSummaryCommand({})))).toEqual({
      name: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::${legacyErp}:root is not authorized to perform: iam:GetAccountSummary on resource: * with an explicit deny in a service control policy`,
    });
  });

  test('at home GetAccountSummary and GetUser answer for the management account', async () => {
    const { iam } = world.clients();
    expect((await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap).toMatchObject({
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 0,
    });
    expect((await iam.send(new sdk.GetUserCommand({}))).User).toMatchObject({ UserName: 'rootctl' });
  });

  test('the switches go on and off, idempotently, each for itself', async () => {
    const scenario = enabledScenario();
    if (scenario.organization)
      Object.assign(scenario.organization, { rootCredentialsManagement: false, rootSessions: false });
    await open(scenario);
    const { iam } = world.clients();
    const enabled = async () => (await iam.send(new sdk.ListOrganizationsFeaturesCommand({}))).EnabledFeatures;
    expect(await enabled()).toEqual([]);
    await iam.send(new sdk.EnableOrganizationsRootSessionsCommand({}));
    expect(await enabled()).toEqual(['RootSessions']);
    const answer = await iam.send(new sdk.EnableOrganizationsRootCredentialsManagementCommand({}));
    expect(answer).toMatchObject({
      OrganizationId: 'o-exampleorgid',
      EnabledFeatures: ['RootSessions', 'RootCredentialsManagement'], // recorded: in this order, whichever was first
    });
    await iam.send(new sdk.EnableOrganizationsRootCredentialsManagementCommand({}));
    await iam.send(new sdk.DisableOrganizationsRootSessionsCommand({}));
    expect(await enabled()).toEqual(['RootCredentialsManagement']);
    await iam.send(new sdk.DisableOrganizationsRootCredentialsManagementCommand({}));
    expect(await enabled()).toEqual([]);
  });

  test('a delegated administrator may list and disable the switches, and not enable them', async () => {
    await world
      .clients()
      .organizations.send(
        new RegisterDelegatedAdministratorCommand({ AccountId: network, ServicePrincipal: 'iam.amazonaws.com' }),
      );
    const { iam } = world.clients(world.sandbox.credentials().delegatedAdministrator);
    expect((await iam.send(new sdk.ListOrganizationsFeaturesCommand({}))).EnabledFeatures).toHaveLength(2);
    await iam.send(new sdk.DisableOrganizationsRootSessionsCommand({}));
    expect(await refusalOf(iam.send(new sdk.EnableOrganizationsRootSessionsCommand({})))).toMatchObject({
      name: 'CallerIsNotManagementAccountException',
      status: 400,
      message: `Caller account ${network} is not management account of the organization and cannot enable IAM features.`,
    });
  });

  test.each([
    ['ServiceAccessNotEnabledException', defaultScenario, 'management'],
    ['AccountNotManagementOrDelegatedAdministratorException', enabledScenario, 'member'],
    ['OrganizationNotInAllFeaturesModeException', consolidatedBilling, 'management'],
    ['OrganizationNotFoundException', noOrganization, 'management'],
  ] as const)('the switches answer %s where it is due', async (name, scenario, who) => {
    await open(scenario());
    const { iam } = world.clients(world.sandbox.credentials()[who]);
    expect(await refusalOf(iam.send(new sdk.ListOrganizationsFeaturesCommand({})))).toMatchObject({
      name,
      status: 400,
    });
    expect(await refusalOf(iam.send(new sdk.EnableOrganizationsRootSessionsCommand({})))).toMatchObject({
      name,
      status: 400,
    });
  });

  test('the management account has no member whose root it could be', () => {
    expect(truth(management)?.loginProfile).toBeDefined();
  });
});

function consolidatedBilling(): Scenario {
  const scenario = enabledScenario();
  if (scenario.organization) scenario.organization.featureSet = 'CONSOLIDATED_BILLING';
  return scenario;
}

function noOrganization(): Scenario {
  const { organization: _none, ...scenario } = defaultScenario();
  return scenario;
}
