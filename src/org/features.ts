import { ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import type { CentralizedRootAccess } from '../documents/index.ts';
import { iamServicePrincipal } from '../policy/index.ts';
import { problemError } from '../problems/index.ts';
import { features, switchesIn } from './feature.ts';
import { type FeatureName, isFeatureName } from './feature-names.ts';
import { allFeaturesError, type Organization } from './organization.ts';

/** One thing to switch, in the order in which AWS accepts it. */
export type FeatureStep =
  | { readonly step: 'trusted-access'; readonly to: 'on' | 'off' }
  | { readonly step: FeatureName; readonly to: 'on' | 'off' }
  | { readonly step: 'delegated-administrator'; readonly to: 'on' | 'off'; readonly accountId: string };

export interface EnableRequest {
  readonly features: readonly FeatureName[];
  readonly delegatedAdministrator: string | null;
}

export interface DisableRequest extends EnableRequest {
  readonly trustedAccess: boolean;
}

/** What is still to be switched on; empty when all is as asked. Pure. */
export function planEnable(access: CentralizedRootAccess, request: EnableRequest): readonly FeatureStep[] {
  const steps: FeatureStep[] = [];
  if (access.trustedAccess !== true) steps.push({ step: 'trusted-access', to: 'on' });
  for (const feature of request.features) {
    if (switchOf(access, feature) !== true) steps.push({ step: feature, to: 'on' });
  }
  const accountId = request.delegatedAdministrator;
  if (accountId !== null && access.delegatedAdministrators?.includes(accountId) !== true) {
    steps.push({ step: 'delegated-administrator', to: 'on', accountId });
  }
  return steps;
}

/**
 * What is still to be switched off, features first, then the delegate, then trusted access: AWS refuses to take trusted
 * access away while a delegated administrator is registered. Pure.
 */
export function planDisable(access: CentralizedRootAccess, request: DisableRequest): readonly FeatureStep[] {
  const steps: FeatureStep[] = [];
  for (const feature of [...request.features].reverse()) {
    if (switchOf(access, feature) !== false) steps.push({ step: feature, to: 'off' });
  }
  const accountId = request.delegatedAdministrator;
  if (accountId !== null && access.delegatedAdministrators?.includes(accountId) !== false) {
    steps.push({ step: 'delegated-administrator', to: 'off', accountId });
  }
  if (request.trustedAccess && access.trustedAccess !== false) steps.push({ step: 'trusted-access', to: 'off' });
  return steps;
}

const switchOf = (access: CentralizedRootAccess, feature: FeatureName) => access[features[feature].field];

/**
 * Switching on needs the management account; switching off also works from a delegated administrator.
 * @throws ProblemError saying from where, before anything is touched.
 */
export function requireSwitchingRights(
  organization: Organization,
  steps: readonly FeatureStep[],
  command: 'enable' | 'disable',
): void {
  if (organization.featureSet === 'CONSOLIDATED_BILLING') throw allFeaturesError(organization);
  if (organization.callerRole === 'management') return;
  const isFeatureOnly = steps.every(({ step }) => isFeatureName(step));
  if (command === 'disable' && isFeatureOnly && organization.callerRole === 'delegated-administrator') return;
  throw problemError('CallerIsNotManagementAccountException', {
    wanted: command,
    account: organization.caller.accountId,
    managementAccount: organization.managementAccountId,
  });
}

/** @throws AwsError of the step that AWS refused; what was done before it stays done. */
export async function takeStep(aws: Aws, step: FeatureStep, signal?: AbortSignal): Promise<void> {
  const isOn = step.to === 'on';
  const principal = { ServicePrincipal: iamServicePrincipal };
  switch (step.step) {
    case 'trusted-access':
      await (isOn
        ? aws.organizations(new EnableAWSServiceAccessCommand(principal), signal)
        : aws.organizations(new DisableAWSServiceAccessCommand(principal), signal));
      return;
    case 'root-credentials-management':
    case 'root-sessions': {
      const { enable, disable } = features[step.step];
      await (isOn ? aws.iam(enable(), signal) : aws.iam(disable(), signal));
      return;
    }
    case 'delegated-administrator':
      await settle(
        isOn
          ? aws.organizations(
              new RegisterDelegatedAdministratorCommand({ AccountId: step.accountId, ...principal }),
              signal,
            )
          : aws.organizations(
              new DeregisterDelegatedAdministratorCommand({ AccountId: step.accountId, ...principal }),
              signal,
            ),
        isOn ? 'AccountAlreadyRegisteredException' : 'AccountNotRegisteredException',
      );
  }
}

/** A step whose lost answer was tried again finds itself done: that is success. */
async function settle(call: Promise<unknown>, alreadyDone: string): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof AwsError) || error.failure.code !== alreadyDone) throw error;
  }
}

/** The two features, read again after a step: with trusted access just on, AWS tells what was on before it went off. */
export async function readFeatures(
  aws: Aws,
  signal?: AbortSignal,
): Promise<Pick<CentralizedRootAccess, 'rootCredentialsManagement' | 'rootSessions'>> {
  const { EnabledFeatures = [] } = await aws.iam(new ListOrganizationsFeaturesCommand({}), signal);
  return switchesIn(EnabledFeatures, false);
}
