import * as iamSdk from '@aws-sdk/client-iam';
import * as organizationsSdk from '@aws-sdk/client-organizations';
import * as stsSdk from '@aws-sdk/client-sts';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { createDispatch, type SdkCommand } from '../../src/aws/dispatch.ts';
import { type Credentials, createSigner } from '../../src/aws/signature.ts';
import { createAwsTime } from '../../src/aws/time.ts';
import type { Transport } from '../../src/aws/transport.ts';
import { type Behaviour, createSandbox, type Sandbox, sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { everything, managementId, memberId, scenarioOf } from '../support/scenarios.ts';

const first = memberId(0);
const service = { ServicePrincipal: 'iam.amazonaws.com' };
const assume = (task: string, TargetPrincipal = first) =>
  new stsSdk.AssumeRootCommand({
    TargetPrincipal,
    TaskPolicyArn: { arn: `arn:aws:iam::aws:policy/root-task/${task}` },
  });

const clients = { iam: iamSdk.IAMClient, sts: stsSdk.STSClient, organizations: organizationsSdk.OrganizationsClient };
type Service = keyof typeof clients;
type Way = (
  sandbox: Sandbox,
  credentials: Credentials,
  service: Service,
  command: SdkCommand<object>,
) => Promise<unknown>;

const clientOf = (sandbox: Sandbox, credentials: Credentials, name: Service) =>
  new clients[name]({
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    requestHandler: sandboxRequestHandler(sandbox),
  });

const bySdk: Way = (sandbox, credentials, name, command) =>
  (clientOf(sandbox, credentials, name) as { send(command: unknown): Promise<unknown> }).send(command);
const byDispatch: Way = (sandbox, credentials, name, command) => {
  const transport = sandboxRequestHandler(sandbox) as unknown as Transport;
  const dispatch = createDispatch(clientOf(sandbox, credentials, name), transport, 'rootctl/test');
  return dispatch(command, { signer: createSigner(credentials), nowMs: Date.now() });
};

/** What a caller sees of an answer or an error, without how it was carried. */
async function seen(asked: Promise<unknown>): Promise<unknown> {
  const withoutMetadata = (value: object) => {
    const { $metadata, $response: _response, $retryable: _retryable, ...rest } = value as Record<string, unknown>;
    const { httpStatusCode, requestId } = ($metadata ?? {}) as Record<string, unknown>;
    return { ...rest, httpStatusCode, requestId };
  };
  try {
    return withoutMetadata((await asked) as object);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { class: error.constructor.name, name: error.name, message: error.message, ...withoutMetadata(error) };
  }
}

const startMs = Date.now();
const fresh = (behaviour: Behaviour = {}) =>
  createSandbox(
    scenarioOf([{ root: everything(first), tags: { team: 'a' }, parentId: 'ou-test-prod0001' }, {}], {
      behaviour,
      organization: { organizationalUnits: [{ id: 'ou-test-prod0001', name: 'Prod', parentId: 'r-test' }] },
    }),
    { clock: virtualClock({ startMs }) },
  );

async function session(sandbox: Sandbox, task: string): Promise<Credentials> {
  const opened = await bySdk(sandbox, sandbox.credentials().management, 'sts', assume(task));
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken = '',
  } = (opened as stsSdk.AssumeRootCommandOutput).Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

const asCaller: readonly [string, Service, SdkCommand<object>][] = [
  ['GetCallerIdentity', 'sts', new stsSdk.GetCallerIdentityCommand({})],
  ['AssumeRoot', 'sts', assume('IAMAuditRootUserCredentials')],
  ['AssumeRoot on the management account', 'sts', assume('IAMAuditRootUserCredentials', managementId)],
  ['AssumeRoot on nobody', 'sts', assume('IAMAuditRootUserCredentials', 'x')],
  ['AssumeRoot with another policy', 'sts', assume('AdministratorAccess')],
  ['GetAccountSummary at home', 'iam', new iamSdk.GetAccountSummaryCommand({})],
  ['ListOrganizationsFeatures', 'iam', new iamSdk.ListOrganizationsFeaturesCommand({})],
  ['EnableOrganizationsRootSessions', 'iam', new iamSdk.EnableOrganizationsRootSessionsCommand({})],
  ['DisableOrganizationsRootSessions', 'iam', new iamSdk.DisableOrganizationsRootSessionsCommand({})],
  [
    'EnableOrganizationsRootCredentialsManagement',
    'iam',
    new iamSdk.EnableOrganizationsRootCredentialsManagementCommand({}),
  ],
  [
    'DisableOrganizationsRootCredentialsManagement',
    'iam',
    new iamSdk.DisableOrganizationsRootCredentialsManagementCommand({}),
  ],
  ['DescribeOrganization', 'organizations', new organizationsSdk.DescribeOrganizationCommand({})],
  ['ListAccounts', 'organizations', new organizationsSdk.ListAccountsCommand({})],
  [
    'ListAccounts with a token of nobody',
    'organizations',
    new organizationsSdk.ListAccountsCommand({ NextToken: 'x' }),
  ],
  ['ListRoots', 'organizations', new organizationsSdk.ListRootsCommand({})],
  [
    'ListChildren',
    'organizations',
    new organizationsSdk.ListChildrenCommand({ ParentId: 'r-test', ChildType: 'ACCOUNT' }),
  ],
  ['ListParents', 'organizations', new organizationsSdk.ListParentsCommand({ ChildId: first })],
  [
    'DescribeOrganizationalUnit',
    'organizations',
    new organizationsSdk.DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-test-prod0001' }),
  ],
  [
    'DescribeOrganizationalUnit of none',
    'organizations',
    new organizationsSdk.DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-test-none0001' }),
  ],
  [
    'ListOrganizationalUnitsForParent',
    'organizations',
    new organizationsSdk.ListOrganizationalUnitsForParentCommand({ ParentId: 'r-test' }),
  ],
  ['ListTagsForResource', 'organizations', new organizationsSdk.ListTagsForResourceCommand({ ResourceId: first })],
  [
    'ListAWSServiceAccessForOrganization',
    'organizations',
    new organizationsSdk.ListAWSServiceAccessForOrganizationCommand({}),
  ],
  ['ListDelegatedAdministrators', 'organizations', new organizationsSdk.ListDelegatedAdministratorsCommand(service)],
  ['EnableAWSServiceAccess', 'organizations', new organizationsSdk.EnableAWSServiceAccessCommand(service)],
  [
    'RegisterDelegatedAdministrator',
    'organizations',
    new organizationsSdk.RegisterDelegatedAdministratorCommand({ AccountId: first, ...service }),
  ],
  [
    'DeregisterDelegatedAdministrator of none',
    'organizations',
    new organizationsSdk.DeregisterDelegatedAdministratorCommand({ AccountId: first, ...service }),
  ],
  ['DisableAWSServiceAccess', 'organizations', new organizationsSdk.DisableAWSServiceAccessCommand(service)],
];
const keyId = everything(first).accessKeys?.[0]?.id;
const asRoot: readonly [string, string, SdkCommand<object>][] = [
  ['GetAccountSummary', 'IAMAuditRootUserCredentials', new iamSdk.GetAccountSummaryCommand({})],
  ['GetUser', 'IAMAuditRootUserCredentials', new iamSdk.GetUserCommand({})],
  ['GetLoginProfile', 'IAMAuditRootUserCredentials', new iamSdk.GetLoginProfileCommand({})],
  ['ListAccessKeys', 'IAMAuditRootUserCredentials', new iamSdk.ListAccessKeysCommand({})],
  [
    'GetAccessKeyLastUsed',
    'IAMAuditRootUserCredentials',
    new iamSdk.GetAccessKeyLastUsedCommand({ AccessKeyId: keyId }),
  ],
  ['ListMFADevices', 'IAMAuditRootUserCredentials', new iamSdk.ListMFADevicesCommand({})],
  ['ListSigningCertificates', 'IAMAuditRootUserCredentials', new iamSdk.ListSigningCertificatesCommand({})],
  ['DeleteLoginProfile in an audit session', 'IAMAuditRootUserCredentials', new iamSdk.DeleteLoginProfileCommand({})],
  ['DeleteLoginProfile', 'IAMDeleteRootUserCredentials', new iamSdk.DeleteLoginProfileCommand({})],
  ['DeleteAccessKey', 'IAMDeleteRootUserCredentials', new iamSdk.DeleteAccessKeyCommand({ AccessKeyId: keyId })],
  [
    'DeleteAccessKey of none',
    'IAMDeleteRootUserCredentials',
    new iamSdk.DeleteAccessKeyCommand({ AccessKeyId: 'AKIANONEAAAAAAAAAAAA' }),
  ],
  [
    'DeleteSigningCertificate of none',
    'IAMDeleteRootUserCredentials',
    new iamSdk.DeleteSigningCertificateCommand({ CertificateId: 'A'.repeat(24) }),
  ],
  [
    'DeactivateMFADevice',
    'IAMDeleteRootUserCredentials',
    new iamSdk.DeactivateMFADeviceCommand({ SerialNumber: everything(first).mfaDevices?.[0]?.serialNumber }),
  ],
  ['CreateLoginProfile', 'IAMCreateRootUserPassword', new iamSdk.CreateLoginProfileCommand({})],
];

describe('the dispatcher answers what the SDK client answers', () => {
  test.each(asCaller)('%s', async (_name, name, command) => {
    const [left, right] = await Promise.all(
      [bySdk, byDispatch].map(async (way) => {
        const sandbox = fresh();
        return seen(way(sandbox, sandbox.credentials().management, name, command));
      }),
    );
    expect(right).toEqual(left);
  });

  test.each(asRoot)('%s, in a root session', async (_name, task, command) => {
    const [left, right] = await Promise.all(
      [bySdk, byDispatch].map(async (way) => {
        const sandbox = fresh();
        return seen(way(sandbox, await session(sandbox, task), 'iam', command));
      }),
    );
    expect(right).toEqual(left);
  });

  test.each([
    ['throttle', 'sts'],
    ['http-500', 'iam'],
    ['http-503', 'organizations'],
    ['access-denied', 'organizations'],
    ['access-denied', 'iam'],
    ['throttle', 'organizations'],
    ['drop-before', 'iam'],
  ] as const)('the fault %s of %s', async (kind, name) => {
    const command = {
      sts: new stsSdk.GetCallerIdentityCommand({}),
      iam: new iamSdk.GetAccountSummaryCommand({}),
      organizations: new organizationsSdk.DescribeOrganizationCommand({}),
    }[name];
    const [left, right] = await Promise.all(
      [bySdk, byDispatch].map(async (way) => {
        const sandbox = fresh({ faults: [{ kind, rate: 1 }] });
        return seen(way(sandbox, sandbox.credentials().management, name, command));
      }),
    );
    expect(right).toEqual(left);
  });

  test('credentials of nobody', async () => {
    const nobody = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    for (const [, name, command] of asCaller.filter((_, index) => index % 5 === 0)) {
      const [left, right] = await Promise.all(
        [bySdk, byDispatch].map((way) => seen(way(fresh(), nobody, name, command))),
      );
      expect(right).toEqual(left);
    }
  });
});

test('a clock that is off is corrected from the answer, and the call then signed anew', async () => {
  const sandbox = fresh();
  const transport = sandboxRequestHandler(sandbox) as unknown as Transport;
  const credentials = sandbox.credentials().management;
  const time = createAwsTime(virtualClock({ startMs: startMs - 3_600_000 }));
  const dispatch = createDispatch(clientOf(sandbox, credentials, 'sts'), transport, 'x', time);
  const ask = () =>
    dispatch(new stsSdk.GetCallerIdentityCommand({}), { signer: createSigner(credentials), nowMs: time.nowMs() });
  await expect(ask()).rejects.toMatchObject({ $metadata: { clockSkewCorrected: true } });
  expect(await ask()).toMatchObject({ Account: managementId });
});

test.each([
  ['an answer', 200, 'GetUserResponse', '<GetUserResult><User><Arn>a</Arn></User></GetUserResult>'],
  ['an error', 404, 'ErrorResponse', '<Error><Code>NoSuchEntity</Code></Error>'],
])("the request's id of %s is found where AWS documents it, in the body", async (_what, statusCode, root, inside) => {
  const body = `<${root} xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${inside}<ResponseMetadata><RequestId>7a62-x</RequestId></ResponseMetadata></${root}>`;
  const transport: Transport = {
    handle: async () => ({ response: new HttpResponse({ statusCode, headers: {}, body: Buffer.from(body) }) }),
    destroy: () => {},
  };
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
  const client = new iamSdk.IAMClient({ region: 'us-east-1', credentials });
  const asked = createDispatch(
    client,
    transport,
    'x',
  )(new iamSdk.GetUserCommand({}), {
    signer: createSigner(credentials),
    nowMs: startMs,
  });
  const answer = await asked.catch((error: unknown) => error);
  expect(answer).toMatchObject({ $metadata: { requestId: '7a62-x' } });
});
