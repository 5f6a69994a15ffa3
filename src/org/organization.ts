import { GetAccountSummaryCommand, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { SummaryKey } from '../aws/answers.ts';
import type { Aws } from '../aws/clients.ts';
import { AwsError, type Failure, failureOf } from '../aws/failure.ts';
import {
  type CentralizedRootAccess,
  credentialKinds,
  type KindDescriptions,
  type ManagementAccountEntry,
  presenceOf,
} from '../documents/index.ts';
import { iamServicePrincipal } from '../policy/index.ts';
import { type ProblemError, problemError } from '../problems/index.ts';
import { type AccountId, isAccountId } from './account.ts';
import { features, switchesIn } from './feature.ts';
import type { FeatureName } from './feature-names.ts';
import { collectPages } from './pages.ts';

export interface Caller {
  readonly accountId: AccountId;
  readonly arn: string;
  readonly partition: string;
}

export interface Organization {
  readonly id: string;
  readonly managementAccountId: AccountId;
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING';
  readonly caller: Caller;
  readonly callerRole: 'management' | 'delegated-administrator' | 'unknown';
}

/** A switch as far as the caller may know it: null is "may not read it", never a guess. */
type Switch = boolean | null;

/** @throws AwsError when the credentials are missing, expired or refused; ProblemError for a partition where the feature is another. */
export async function identifyCaller(aws: Aws, signal?: AbortSignal): Promise<Caller> {
  const { Account: accountId = '', Arn: arn = '' } = await aws.sts(new GetCallerIdentityCommand({}), signal);
  const partition = arn.split(':')[1] ?? '';
  if (!isAccountId(accountId) || partition === '') {
    throw problemError('MalformedResponse', { missing: 'caller' });
  }
  if (partition !== 'aws') throw problemError('UnsupportedPartition', { partition });
  return { accountId, arn, partition };
}

/** Who calls, which organization it is, what is switched on, and why a switch could not be read. */
export interface OrganizationSurvey {
  readonly organization: Organization;
  readonly access: CentralizedRootAccess;
  readonly refusals: {
    readonly features: AwsError | null;
    readonly trustedAccess: AwsError | null;
    readonly delegatedAdministrators: AwsError | null;
  };
}

/**
 * Who calls, which organization it is and what is switched on. Four calls, side by side after the first.
 * @throws AwsError, or ProblemError when there is no organization or the caller is an ordinary member.
 */
export async function readOrganization(
  aws: Aws,
  signal?: AbortSignal,
): Promise<{ organization: Organization; access: CentralizedRootAccess }> {
  const survey = await surveyOrganization(aws, signal);
  const { features, trustedAccess, delegatedAdministrators } = survey.refusals;
  for (const refusal of [features, trustedAccess, delegatedAdministrators]) {
    const isFatal =
      refusal !== null && (fatalCodes.has(refusal.failure.code) || refusal.failure.kind === 'unreachable');
    if (isFatal) throw refusal;
  }
  if (features !== null && !tolerated.has(features.failure.code)) throw placeError(survey) ?? features;
  return survey;
}

/**
 * The same, for whoever wants to know which of the calls failed: only without an organization there is nothing to tell.
 * @throws AwsError when STS or `DescribeOrganization` failed; ProblemError when there is no organization.
 */
export async function surveyOrganization(aws: Aws, signal?: AbortSignal): Promise<OrganizationSurvey> {
  const [caller, described, trusted, features, delegates] = await Promise.all([
    identifyCaller(aws, signal),
    answer(aws.organizations(new DescribeOrganizationCommand({}), signal)),
    answer(listTrustedServices(aws, signal)),
    answer(aws.iam(new ListOrganizationsFeaturesCommand({}), signal)),
    answer(listDelegatedAdministrators(aws, signal)),
  ]);
  if ('failure' in described) {
    const isNone = described.failure.code === 'AWSOrganizationsNotInUseException';
    throw isNone ? noOrganization(caller, described.error) : described.error;
  }
  const {
    Id: id,
    MasterAccountId: managementAccountId = '',
    FeatureSet: featureSet,
  } = described.value.Organization ?? {};
  if (id === undefined || !isAccountId(managementAccountId)) {
    throw problemError('MalformedResponse', { missing: 'organization' });
  }
  const isManagement = caller.accountId === managementAccountId;
  const isDelegate = 'value' in delegates && delegates.value.includes(caller.accountId);
  const knowsFeatures =
    'value' in features || ('failure' in features && features.failure.code === 'ServiceAccessNotEnabledException');
  const organization: Organization = {
    id,
    managementAccountId,
    featureSet: featureSet === 'CONSOLIDATED_BILLING' ? 'CONSOLIDATED_BILLING' : 'ALL',
    caller,
    callerRole: isManagement ? 'management' : isDelegate || knowsFeatures ? 'delegated-administrator' : 'unknown',
  };
  const enabled = 'value' in features ? (features.value.EnabledFeatures ?? []) : null;
  const isTrusted = trustedAccessOf(trusted, features);
  const isOff = isTrusted === false;
  return {
    organization,
    access: {
      trustedAccess: isTrusted,
      ...switchesIn(enabled, isOff ? false : null),
      delegatedAdministrators: 'value' in delegates ? delegates.value : null,
    },
    refusals: {
      features: refusalIn(features),
      trustedAccess: refusalIn(trusted),
      delegatedAdministrators: refusalIn(delegates),
    },
  };
}

/** Credentials that AWS refuses altogether end the command whichever call found out. */
const fatalCodes = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
const tolerated = new Set(['AccessDenied', 'AccessDeniedException', 'ServiceAccessNotEnabledException']);

type Answer<T> = { readonly value: T } | { readonly failure: Failure; readonly error: AwsError };

/** A refusal as a value; anything that is not AWS's answer to this call still throws. */
async function answer<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await call };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const failure = failureOf(error);
    if (failure.kind === 'aborted') throw error;
    return { failure, error };
  }
}

const refusalIn = (answered: Answer<unknown>): AwsError | null => ('failure' in answered ? answered.error : null);

function trustedAccessOf(trusted: Answer<readonly string[]>, features: Answer<unknown>): Switch {
  if ('failure' in features && features.failure.code === 'ServiceAccessNotEnabledException') return false;
  if ('value' in trusted) return trusted.value.includes(iamServicePrincipal);
  return 'value' in features ? true : null;
}

export async function listTrustedServices(aws: Aws, signal?: AbortSignal): Promise<readonly string[]> {
  const principals = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListAWSServiceAccessForOrganizationCommand({ NextToken }), signal);
    return { items: page.EnabledServicePrincipals ?? [], next: page.NextToken };
  });
  return principals.map(({ ServicePrincipal }) => ServicePrincipal ?? '');
}

export async function listDelegatedAdministrators(aws: Aws, signal?: AbortSignal): Promise<readonly string[]> {
  const administrators = await collectPages(async (NextToken) => {
    const page = await aws.organizations(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: iamServicePrincipal, NextToken }),
      signal,
    );
    return { items: page.DelegatedAdministrators ?? [], next: page.NextToken };
  });
  return administrators.map(({ Id }) => Id ?? '').sort();
}

const noOrganization = ({ accountId: account }: Caller, cause: AwsError): ProblemError =>
  problemError('AWSOrganizationsNotInUseException', { account }, cause);

/** The caller's place in the organization, as the refusal of `ListOrganizationsFeatures` tells it; null when it tells none. */
export function placeError({ organization, refusals }: OrganizationSurvey): ProblemError | null {
  const { caller, managementAccountId: managementAccount, id } = organization;
  const refusal = refusals.features;
  switch (refusal?.failure.code) {
    case 'AccountNotManagementOrDelegatedAdministratorException':
      return problemError(
        'AccountNotManagementOrDelegatedAdministratorException',
        { account: caller.accountId, organization: id, managementAccount },
        refusal,
      );
    case 'OrganizationNotInAllFeaturesModeException':
      return allFeaturesError(organization, refusal);
    case 'OrganizationNotFoundException':
      return noOrganization(caller, refusal);
    default:
      return null;
  }
}

export const allFeaturesError = ({ id }: Organization, cause?: AwsError): ProblemError =>
  problemError('OrganizationNotInAllFeaturesModeException', { organization: id }, cause);

/**
 * Refuses, once for the whole command, what no account could be read with.
 * @throws ProblemError naming the switch that is off and its cure.
 */
export function requireFeature(feature: FeatureName, organization: Organization, access: CentralizedRootAccess): void {
  if (organization.featureSet === 'CONSOLIDATED_BILLING') throw allFeaturesError(organization);
  const { id, managementAccountId, callerRole } = organization;
  const off = { organization: id, managementAccount: callerRole === 'management' ? null : managementAccountId };
  if (access.trustedAccess === false) throw problemError('ServiceAccessNotEnabledException', off);
  const { field, awsName } = features[feature];
  if (access[field] === false) throw problemError(`${awsName}NotEnabled`, off);
}

/**
 * What one `GetAccountSummary` at home says of the management account's own root user, which is outside the feature.
 * @returns null when the caller is elsewhere, AWS did not answer, or left a number out: the members are told all the same.
 */
export async function readManagementAccountRoot(
  aws: Aws,
  organization: Organization,
  signal?: AbortSignal,
  kinds: KindDescriptions = credentialKinds,
): Promise<ManagementAccountEntry | null> {
  if (organization.callerRole !== 'management') return null;
  const summary = await aws.iam(new GetAccountSummaryCommand({}), signal).catch((error: unknown) => {
    if (error instanceof AwsError) return null;
    throw error;
  });
  const counts: Partial<Readonly<Record<SummaryKey, number>>> = summary?.SummaryMap ?? {};
  const presence = presenceOf(({ summary: { key } }) => counts[key], kinds);
  return presence === null ? null : { id: organization.managementAccountId, ...presence };
}
