import { ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { aborted } from '../../src/aws/failure.ts';
import type { CentralizedRootAccess } from '../../src/documents/index.ts';
import {
  allFeaturesError,
  identifyCaller,
  placeError,
  readManagementAccountRoot,
  readOrganization,
  requireFeature,
  surveyOrganization,
} from '../../src/org/organization.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import { english, refusalOf } from '../support/speech.ts';
import { managementId, memberId, organizationId, organizationOf, paged, unguarded } from './answers.ts';

const member = memberId(1);
const arnOf = (id: string, partition = 'aws') => `arn:${partition}:iam::${id}:user/somebody`;
const iam = 'iam.amazonaws.com';
const denied = refusal('AccessDeniedException', 400);

interface World {
  readonly caller?: string;
  readonly arn?: string;
  readonly organization?: object | Error;
  readonly trusted?: readonly (readonly string[])[] | Error;
  readonly features?: readonly string[] | Error;
  readonly delegates?: readonly (readonly string[])[] | Error;
}

function organization(world: World = {}) {
  const mocked = mockedAws();
  const { sts, organizations } = mocked;
  const caller = world.caller ?? managementId;
  sts.on(GetCallerIdentityCommand).resolves({ Account: caller, Arn: world.arn ?? arnOf(caller) });
  const described = world.organization ?? {};
  const describing = organizations.on(DescribeOrganizationCommand);
  if (described instanceof Error) describing.rejects(described);
  else {
    describing.resolves({
      Organization: { Id: organizationId, MasterAccountId: managementId, FeatureSet: 'ALL', ...described },
    });
  }
  const trusted = world.trusted ?? [[iam]];
  const trusting = organizations.on(ListAWSServiceAccessForOrganizationCommand);
  if (trusted instanceof Error) trusting.rejects(trusted);
  else {
    const pages = trusted.map((page) => page.map((ServicePrincipal) => ({ ServicePrincipal })));
    trusting.callsFake(paged('EnabledServicePrincipals', pages).answer);
  }
  const features = world.features ?? ['RootCredentialsManagement', 'RootSessions'];
  const listing = mocked.iam.on(ListOrganizationsFeaturesCommand);
  if (features instanceof Error) listing.rejects(features);
  else listing.resolves({ EnabledFeatures: features as never });
  const delegates = world.delegates ?? [[]];
  const delegating = organizations.on(ListDelegatedAdministratorsCommand);
  if (delegates instanceof Error) delegating.rejects(delegates);
  else
    delegating.callsFake(
      paged(
        'DelegatedAdministrators',
        delegates.map((page) => page.map((Id) => ({ Id }))),
      ).answer,
    );
  return mocked;
}

const read = (world?: World) => readOrganization(organization(world).aws);
const survey = (world?: World) => surveyOrganization(organization(world).aws);
const codeOf = async (reading: Promise<unknown>): Promise<string> => {
  const error: unknown = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Error && 'problem' in error)
    return (error as Error & { problem: { code: string } }).problem.code;
  throw new Error(`it was not refused: ${String(error)}`);
};

describe('the caller', () => {
  test('is whom STS names', async () => {
    expect(await identifyCaller(organization().aws)).toEqual({
      accountId: managementId,
      arn: arnOf(managementId),
      partition: 'aws',
    });
  });

  test.each(['aws-cn', 'aws-us-gov'])('of partition %s is refused: the feature is another there', async (partition) => {
    await expect(identifyCaller(organization({ arn: arnOf(managementId, partition) }).aws)).rejects.toMatchObject({
      problem: { code: 'UnsupportedPartition', data: { partition } },
    });
  });
});

describe('the organization', () => {
  test('is told with its switches, from every page', async () => {
    const { organization: found, access } = await read({
      trusted: [['sso.amazonaws.com'], [iam]],
      features: ['RootSessions'],
      delegates: [[memberId(2)], [member]],
    });
    expect(found).toEqual({
      id: organizationId,
      managementAccountId: managementId,
      featureSet: 'ALL',
      caller: { accountId: managementId, arn: arnOf(managementId), partition: 'aws' },
      callerRole: 'management',
    });
    expect(access).toEqual({
      trustedAccess: true,
      rootCredentialsManagement: false,
      rootSessions: true,
      delegatedAdministrators: [member, memberId(2)],
    });
  });

  test('trusts IAM when any page says so', async () => {
    const { access } = await read({ trusted: [['sso.amazonaws.com'], [iam]], features: denied });
    expect(access.trustedAccess).toBe(true);
  });

  test('asks for the delegates of IAM alone', async () => {
    const mocked = organization();
    await readOrganization(mocked.aws);
    expect(mocked.organizations.commandCalls(ListDelegatedAdministratorsCommand)[0]?.args[0].input).toMatchObject({
      ServicePrincipal: iam,
    });
  });

  test('may have consolidated billing only', async () => {
    expect((await read({ organization: { FeatureSet: 'CONSOLIDATED_BILLING' } })).organization.featureSet).toBe(
      'CONSOLIDATED_BILLING',
    );
  });

  test.each<[string, World, string]>([
    ['the management account', {}, 'management'],
    [
      'a delegate that finds itself among them',
      { caller: member, delegates: [[member]], features: denied },
      'delegated-administrator',
    ],
    ['whoever may list the features', { caller: member, delegates: denied }, 'delegated-administrator'],
    [
      'whoever is told that trusted access is off: others are told their place instead',
      { caller: member, delegates: denied, features: refusal('ServiceAccessNotEnabledException') },
      'delegated-administrator',
    ],
    ['whoever may read nothing', { caller: member, delegates: denied, features: denied }, 'unknown'],
    ['whoever is not among the delegates', { caller: member, delegates: [[memberId(2)]], features: denied }, 'unknown'],
  ])('is called by %s', async (_who, world, role) => {
    expect((await read(world)).organization.callerRole).toBe(role);
  });

  test.each<[string, World, Partial<CentralizedRootAccess>]>([
    [
      'trusted access is off',
      { trusted: [['sso.amazonaws.com']], features: refusal('ServiceAccessNotEnabledException') },
      { trustedAccess: false, rootCredentialsManagement: false, rootSessions: false },
    ],
    [
      'trusted access is off, and its list may not be read',
      { trusted: denied, features: refusal('ServiceAccessNotEnabledException') },
      { trustedAccess: false, rootCredentialsManagement: false, rootSessions: false },
    ],
    [
      'trusted access is just being switched',
      { trusted: [[iam]], features: refusal('ServiceAccessNotEnabledException') },
      { trustedAccess: false },
    ],
    [
      'trusted access is not in its list',
      { trusted: [[]], features: denied },
      { trustedAccess: false, rootCredentialsManagement: false, rootSessions: false },
    ],
    [
      'its list may not be read, and the features may: they need it',
      { trusted: denied },
      { trustedAccess: true, rootSessions: true },
    ],
    [
      'nothing may be read',
      { trusted: denied, features: denied, delegates: denied },
      { trustedAccess: null, rootCredentialsManagement: null, rootSessions: null, delegatedAdministrators: null },
    ],
    [
      'the features may not be read: unknown is not off',
      { features: denied },
      { trustedAccess: true, rootCredentialsManagement: null, rootSessions: null },
    ],
  ])('%s', async (_what, world, access) => {
    expect((await read(world)).access).toMatchObject(access);
  });
});

describe('what ends the command', () => {
  test('there is no organization', async () => {
    await expect(read({ organization: refusal('AWSOrganizationsNotInUseException') })).rejects.toMatchObject({
      problem: { code: 'AWSOrganizationsNotInUseException', data: { account: managementId } },
    });
  });

  test('it may not be described', async () => {
    expect(await codeOf(read({ organization: denied }))).toBe('AccessDeniedException');
  });

  test.each(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException'])(
    'credentials that AWS refuses (%s), whichever call found out',
    async (code) => {
      expect(await codeOf(read({ trusted: refusal(code, 403) }))).toBe(code);
      expect(await codeOf(read({ delegates: refusal(code, 403) }))).toBe(code);
      expect(await codeOf(read({ features: refusal(code, 403) }))).toBe(code);
    },
  );

  test('an endpoint that nobody answers at', async () => {
    const gone = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    await expect(read({ trusted: gone })).rejects.toMatchObject({ failure: { kind: 'unreachable' } });
  });

  test('a refusal of the features that is not one of permission', async () => {
    expect(await codeOf(read({ features: refusal('ServiceFailureException', 400) }))).toBe('ServiceFailureException');
    expect(await codeOf(read({ features: refusal('OrganizationNotFoundException') }))).toBe(
      'AWSOrganizationsNotInUseException',
    );
  });

  test.each(['AccessDenied', 'AccessDeniedException', 'ServiceAccessNotEnabledException'])(
    'but not that the features may not be read: %s',
    async (code) => {
      await expect(read({ features: refusal(code, 403) })).resolves.toBeDefined();
    },
  );

  test('but not that another list may not be read, whatever AWS calls it', async () => {
    await expect(read({ trusted: refusal('ConstraintViolationException') })).resolves.toBeDefined();
  });

  test('a run that was stopped: that is no answer', async () => {
    await expect(read({ trusted: aborted() })).rejects.toMatchObject({ failure: { kind: 'aborted' } });
  });
});

describe('an answer of which nobody has looked whether it is whole', () => {
  const caller = { Account: managementId, Arn: arnOf(managementId) };
  const told = { Id: organizationId, MasterAccountId: managementId, FeatureSet: 'ALL' };
  const ask = (answers: Readonly<Record<string, unknown>>) =>
    surveyOrganization(
      unguarded(mockedAws().aws, {
        GetCallerIdentity: caller,
        DescribeOrganization: { Organization: told },
        ...answers,
      }),
    );

  test.each([
    {},
    { ...caller, Account: '1' },
    { ...caller, Account: undefined },
    { ...caller, Arn: 'x' },
    { ...caller, Arn: undefined },
  ])('does not tell who calls: %j', async (answer) => {
    await expect(ask({ GetCallerIdentity: answer })).rejects.toMatchObject({
      problem: { code: 'MalformedResponse', data: { missing: 'caller' } },
    });
  });

  test.each([
    {},
    { Organization: { ...told, Id: undefined } },
    { Organization: { ...told, MasterAccountId: undefined } },
  ])('does not tell which organization it is: %j', async (answer) => {
    await expect(ask({ DescribeOrganization: answer })).rejects.toMatchObject({
      problem: { code: 'MalformedResponse', data: { missing: 'organization' } },
    });
  });

  test('that lists nothing lists nobody', async () => {
    expect((await ask({})).access).toEqual({
      trustedAccess: false,
      rootCredentialsManagement: false,
      rootSessions: false,
      delegatedAdministrators: [],
    });
  });

  test('a mistake of the program is not taken for a refusal of AWS', async () => {
    await expect(ask({ ListAWSServiceAccessForOrganization: new TypeError('mistake') })).rejects.toThrow(TypeError);
    const aws = unguarded(mockedAws().aws, { GetAccountSummary: new TypeError('mistake') });
    await expect(readManagementAccountRoot(aws, organizationOf())).rejects.toThrow(TypeError);
  });
});

test('a survey tells of each call whether AWS refused it', async () => {
  const { refusals } = await survey({ trusted: denied, features: refusal('ServiceFailureException', 400) });
  expect(refusals.trustedAccess?.failure.code).toBe('AccessDeniedException');
  expect(refusals.features?.failure.code).toBe('ServiceFailureException');
  expect(refusals.delegatedAdministrators).toBeNull();
});

async function placeErrorAfter(code: string) {
  return placeError(await survey({ caller: member, features: refusal(code) }));
}

describe("the caller's place, as a refusal tells it", () => {
  test('an ordinary member is told who may', async () => {
    const error = await placeErrorAfter('AccountNotManagementOrDelegatedAdministratorException');
    expect(error?.problem).toMatchObject({
      code: 'AccountNotManagementOrDelegatedAdministratorException',
      data: { account: member, organization: organizationId, managementAccount: managementId },
    });
    expect(error?.cause).toMatchObject({ operation: 'ListOrganizationsFeatures' });
  });

  test.each([
    [
      'OrganizationNotInAllFeaturesModeException',
      'OrganizationNotInAllFeaturesModeException',
      { organization: organizationId },
    ],
    ['OrganizationNotFoundException', 'AWSOrganizationsNotInUseException', { account: member }],
  ])('%s', async (refused, code, data) => {
    expect((await placeErrorAfter(refused))?.problem).toMatchObject({ code, data });
  });

  test('another refusal tells none', async () => {
    expect(await placeErrorAfter('AccessDenied')).toBeNull();
    expect(placeError(await survey())).toBeNull();
  });
});

describe('a feature that a command needs', () => {
  const on: CentralizedRootAccess = {
    trustedAccess: true,
    rootCredentialsManagement: true,
    rootSessions: true,
    delegatedAdministrators: [],
  };
  const need = (access: Partial<CentralizedRootAccess>, more: Parameters<typeof organizationOf>[0] = {}) =>
    requireFeature('root-credentials-management', organizationOf(more), { ...on, ...access });

  test('may be on, or nobody may know', () => {
    expect(() => need({})).not.toThrow();
    expect(() => need({ trustedAccess: null, rootCredentialsManagement: null })).not.toThrow();
    expect(() => need({ rootSessions: false })).not.toThrow();
  });

  test.each<[string, Partial<CentralizedRootAccess>, string]>([
    ['trusted access', { trustedAccess: false }, 'ServiceAccessNotEnabledException'],
    ['the feature itself', { rootCredentialsManagement: false }, 'RootCredentialsManagementNotEnabled'],
  ])(
    'is refused once where %s is off, naming the management account to whoever is elsewhere',
    (_what, access, code) => {
      const from = (role: 'management' | 'unknown') => () => need(access, { callerRole: role });
      expect(refusalOf(from('management')).code).toBe(code);
      const dataFrom = (role: 'management' | 'unknown', managementAccount: string | null) =>
        expect(from(role)).toThrow(
          expect.objectContaining({
            problem: expect.objectContaining({ data: { organization: organizationId, managementAccount } }),
          }),
        );
      dataFrom('management', null);
      dataFrom('unknown', managementId);
    },
  );

  test('does not exist in an organization without all features', () => {
    expect(refusalOf(() => need({}, { featureSet: 'CONSOLIDATED_BILLING' })).code).toBe(
      'OrganizationNotInAllFeaturesModeException',
    );
    expect(english.entryOf(allFeaturesError(organizationOf()).problem).message).toContain(organizationId);
  });
});
