import {
  DisableOrganizationsRootCredentialsManagementCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  ListOrganizationsFeaturesCommand,
} from '@aws-sdk/client-iam';
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import type { CentralizedRootAccess } from '../../src/documents/index.ts';
import { switchesIn } from '../../src/org/feature.ts';
import {
  type FeatureStep,
  planDisable,
  planEnable,
  readFeatures,
  requireSwitchingRights,
  takeStep,
} from '../../src/org/features.ts';
import type { Organization } from '../../src/org/organization.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import { refusalOf } from '../support/speech.ts';
import { managementId, memberId, organizationOf } from './answers.ts';

const delegate = memberId(1);
const both = ['root-credentials-management', 'root-sessions'] as const;
const access = (more: Partial<CentralizedRootAccess> = {}): CentralizedRootAccess => ({
  trustedAccess: true,
  rootCredentialsManagement: true,
  rootSessions: true,
  delegatedAdministrators: [delegate],
  ...more,
});
const off = access({
  trustedAccess: false,
  rootCredentialsManagement: false,
  rootSessions: false,
  delegatedAdministrators: [],
});
const untold = access({
  trustedAccess: null,
  rootCredentialsManagement: null,
  rootSessions: null,
  delegatedAdministrators: null,
});
const words = (steps: readonly FeatureStep[]) => steps.map(({ step, to }) => `${step} ${to}`);

describe('what is still to be switched on', () => {
  const enable = (
    given: CentralizedRootAccess,
    features: readonly (typeof both)[number][] = both,
    to: string | null = delegate,
  ) => planEnable(given, { features, delegatedAdministrator: to });
  const everything = [
    'trusted-access on',
    'root-credentials-management on',
    'root-sessions on',
    'delegated-administrator on',
  ];

  test('is nothing when all is on', () => {
    expect(enable(access())).toEqual([]);
  });

  test('is everything when all is off, trusted access first: AWS refuses the rest without it', () => {
    expect(words(enable(off))).toEqual(everything);
    expect(enable(off).at(-1)).toEqual({ step: 'delegated-administrator', to: 'on', accountId: delegate });
  });

  test('is also what nobody may read: what is not known is not taken for on', () => {
    expect(words(enable(untold))).toEqual(everything);
  });

  test('is only what was asked for, and trusted access', () => {
    expect(words(enable(off, ['root-sessions'], null))).toEqual(['trusted-access on', 'root-sessions on']);
    expect(words(enable(access({ rootSessions: false }), both, null))).toEqual(['root-sessions on']);
    expect(words(enable(access({ delegatedAdministrators: [memberId(2)] }), [], delegate))).toEqual([
      'delegated-administrator on',
    ]);
  });
});

describe('what is still to be switched off', () => {
  const disable = (given: CentralizedRootAccess, more: Partial<Parameters<typeof planDisable>[1]> = {}) =>
    planDisable(given, { features: both, delegatedAdministrator: delegate, trustedAccess: true, ...more });
  const everything = [
    'root-sessions off',
    'root-credentials-management off',
    'delegated-administrator off',
    'trusted-access off',
  ];

  test('is nothing when all is off', () => {
    expect(disable(off)).toEqual([]);
  });

  test('is everything when all is on, trusted access last: AWS keeps it while a delegate is registered', () => {
    expect(words(disable(access()))).toEqual(everything);
    expect(disable(access())[2]).toEqual({ step: 'delegated-administrator', to: 'off', accountId: delegate });
  });

  test('is also what nobody may read: what is not known is not taken for off', () => {
    expect(words(disable(untold))).toEqual(everything);
  });

  test('is only what was asked for', () => {
    const nothing = { features: [], delegatedAdministrator: null, trustedAccess: false };
    expect(disable(access(), nothing)).toEqual([]);
    expect(disable(untold, nothing)).toEqual([]);
    expect(words(disable(access(), { ...nothing, trustedAccess: true }))).toEqual(['trusted-access off']);
    expect(words(disable(access(), { ...nothing, features: ['root-sessions'] }))).toEqual(['root-sessions off']);
    expect(disable(access(), { ...nothing, delegatedAdministrator: memberId(2) })).toEqual([]);
  });
});

describe('who may switch', () => {
  const feature: FeatureStep = { step: 'root-sessions', to: 'off' };
  const trusted: FeatureStep = { step: 'trusted-access', to: 'off' };
  const from = (callerRole: Organization['callerRole'], more: Partial<Organization> = {}) =>
    organizationOf({
      callerRole,
      caller: { accountId: delegate, arn: `arn:aws:iam::${delegate}:root`, partition: 'aws' },
      ...more,
    });

  test.each<[string, Organization['callerRole'], readonly FeatureStep[], 'enable' | 'disable', boolean]>([
    ['the management account, on', 'management', [trusted, feature], 'enable', true],
    ['the management account, off', 'management', [trusted, feature], 'disable', true],
    ['a delegate, features off', 'delegated-administrator', [feature], 'disable', true],
    ['a delegate, features and more off', 'delegated-administrator', [feature, trusted], 'disable', false],
    ['a delegate, on', 'delegated-administrator', [feature], 'enable', false],
    ['anybody else, off', 'unknown', [feature], 'disable', false],
  ])('%s', (_who, role, steps, command, isAllowed) => {
    const ask = () => requireSwitchingRights(from(role), steps, command);
    if (isAllowed) expect(ask).not.toThrow();
    else {
      const { code, message } = refusalOf(ask);
      expect(code).toBe('CallerIsNotManagementAccountException');
      expect(message).toContain(delegate);
      expect(ask).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            data: expect.objectContaining({ wanted: command, account: delegate, managementAccount: managementId }),
          }),
        }),
      );
    }
  });

  test('nobody in an organization without all features, which has no such switches', () => {
    const billing = from('management', { featureSet: 'CONSOLIDATED_BILLING' });
    expect(refusalOf(() => requireSwitchingRights(billing, [feature], 'enable')).code).toBe(
      'OrganizationNotInAllFeaturesModeException',
    );
  });
});

describe('a step', () => {
  const accountId = delegate;
  const forIam = { ServicePrincipal: 'iam.amazonaws.com' };

  test.each([
    [{ step: 'trusted-access', to: 'on' } as const, EnableAWSServiceAccessCommand, forIam],
    [{ step: 'trusted-access', to: 'off' } as const, DisableAWSServiceAccessCommand, forIam],
    [
      { step: 'delegated-administrator', to: 'on', accountId } as const,
      RegisterDelegatedAdministratorCommand,
      { ...forIam, AccountId: delegate },
    ],
    [
      { step: 'delegated-administrator', to: 'off', accountId } as const,
      DeregisterDelegatedAdministratorCommand,
      { ...forIam, AccountId: delegate },
    ],
    [
      { step: 'root-credentials-management', to: 'on' } as const,
      EnableOrganizationsRootCredentialsManagementCommand,
      {},
    ],
    [
      { step: 'root-credentials-management', to: 'off' } as const,
      DisableOrganizationsRootCredentialsManagementCommand,
      {},
    ],
    [{ step: 'root-sessions', to: 'on' } as const, EnableOrganizationsRootSessionsCommand, {}],
    [{ step: 'root-sessions', to: 'off' } as const, DisableOrganizationsRootSessionsCommand, {}],
  ])('%j is one call, for IAM alone', async (step, command, input) => {
    const { aws, iam, organizations } = mockedAws();
    iam.onAnyCommand().resolves({});
    organizations.onAnyCommand().resolves({});
    await takeStep(aws, step);
    const calls = [...iam.calls(), ...organizations.calls()].map(({ args: [sent] }) => sent);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBeInstanceOf(command);
    expect(calls[0]?.input).toEqual(input);
  });

  test.each([
    ['on', 'AccountAlreadyRegisteredException', true],
    ['off', 'AccountNotRegisteredException', true],
    ['on', 'AccountNotRegisteredException', false],
    ['off', 'AccountAlreadyRegisteredException', false],
    ['on', 'AccessDeniedException', false],
  ] as const)('a delegate, %s, that AWS answers with %s is done: %s', async (to, code, isDone) => {
    const { aws, organizations } = mockedAws();
    organizations.onAnyCommand().rejects(refusal(code));
    const taken = takeStep(aws, { step: 'delegated-administrator', to, accountId });
    if (isDone) await taken;
    else await expect(taken).rejects.toMatchObject({ failure: { code } });
  });

  test('that AWS refuses is not taken', async () => {
    const { aws, iam } = mockedAws();
    iam.onAnyCommand().rejects(refusal('AccessDenied', 403));
    await expect(takeStep(aws, { step: 'root-sessions', to: 'on' })).rejects.toMatchObject({
      failure: { code: 'AccessDenied' },
    });
  });
});

describe('the two features', () => {
  test.each([
    [['RootCredentialsManagement', 'RootSessions'], true, true],
    [['RootCredentialsManagement'], true, false],
    [['RootSessions'], false, true],
    [[], false, false],
  ])('are on as AWS lists them: %j', async (EnabledFeatures, rootCredentialsManagement, rootSessions) => {
    const { aws, iam } = mockedAws();
    iam.on(ListOrganizationsFeaturesCommand).resolves({ EnabledFeatures: EnabledFeatures as never });
    expect(await readFeatures(aws)).toEqual({ rootCredentialsManagement, rootSessions });
    expect(switchesIn(EnabledFeatures, null)).toEqual({ rootCredentialsManagement, rootSessions });
  });

  test('are neither on nor off where AWS said nothing', () => {
    expect(switchesIn(null, null)).toEqual({ rootCredentialsManagement: null, rootSessions: null });
  });
});
