import type { AwsError } from '../aws/failure.ts';
import type { DoctorCheck } from '../documents/index.ts';
import type { Caller, Organization, OrganizationSurvey } from '../org/organization.ts';
import { iamServicePrincipal } from '../policy/index.ts';
import type { Problem } from '../problems/index.ts';
import { createSpeech, en } from '../words/index.ts';

/** A check's result; its cure is a command of rootctl's or of another program. */
export interface Finding {
  readonly id: string;
  readonly result: DoctorCheck['result'];
  readonly message: string;
  readonly cure: { readonly rootctl: string } | { readonly shell: string } | null;
}

/** `access` is null when the caller's place in the organization does not allow to go on. */
export type OrganizationReading =
  | (OrganizationSurvey & { readonly caller: Caller; readonly error: null })
  | {
      readonly caller: Caller;
      readonly organization: Organization | null;
      readonly access: null;
      readonly error: Problem;
    };

/** Why a check was not made: one before it failed, which says itself what happened. */
export const failedBefore = (id: string): string => `the check "${id.replaceAll('-', ' ')}" failed`;

export const unknownBecause = (id: string, why: string): Finding => ({
  id,
  result: 'unknown',
  message: `not looked at: ${why}`,
  cure: null,
});

/** What to paste for an error's code; where no command mends it, the error's own hint is part of the message. */
const cures: Readonly<Record<string, Finding['cure']>> = {
  CredentialsProviderError: { shell: 'aws configure sso' },
  TokenProviderError: { shell: 'aws sso login' },
  ExpiredToken: { shell: 'aws sso login' },
  ExpiredTokenException: { shell: 'aws sso login' },
  InvalidClientTokenId: { shell: 'aws configure list' },
  UnrecognizedClientException: { shell: 'aws configure list' },
  SignatureDoesNotMatch: { shell: 'aws configure list' },
  AWSOrganizationsNotInUseException: { shell: 'aws organizations create-organization --feature-set ALL' },
  OrganizationNotInAllFeaturesModeException: { shell: 'aws organizations enable-all-features' },
  AccessDenied: { rootctl: 'policy iam --for doctor' },
  AccessDeniedException: { rootctl: 'policy iam --for doctor' },
};

const english = createSpeech(en, []);
export const messageOf = (of: Problem): string => english.entryOf(of).message;

export function failed(id: string, of: Problem, before = ''): Finding {
  const error = english.entryOf(of);
  const cure = cures[error.code] ?? null;
  const hint = cure === null && error.hint !== null ? `; ${error.hint}` : '';
  const code = error.message.includes(error.code) ? '' : ` (${error.code})`;
  return { id, result: 'fail', message: `${before}${error.message}${code}${hint}`, cure };
}

export function checkCaller({ arn }: Caller): Finding {
  const id = 'credentials';
  if (!arn.endsWith(':root')) return { id, result: 'ok', message: `${arn} (not a root user)`, cure: null };
  return {
    id,
    result: 'fail',
    message: `${arn} is a root user, and AWS opens root sessions to roles and users only; its access key should go`,
    cure: { shell: 'aws configure sso' },
  };
}

const needsAllFeatures = 'OrganizationNotInAllFeaturesModeException';

export const isBillingOnly = ({ organization, error }: OrganizationReading): boolean =>
  error?.code === needsAllFeatures || organization?.featureSet === 'CONSOLIDATED_BILLING';

/** The organization, and its feature set. */
export function checkOrganization(reading: OrganizationReading | null, why: string): readonly Finding[] {
  if (reading === null) return ['organization', 'all-features'].map((id) => unknownBecause(id, why));
  const { organization, error } = reading;
  const allFeatures: Finding = isBillingOnly(reading)
    ? {
        id: 'all-features',
        result: 'fail',
        message: 'consolidated billing only: centralized root access needs all features',
        cure: { shell: 'aws organizations enable-all-features' },
      }
    : organization === null
      ? unknownBecause('all-features', failedBefore('organization'))
      : { id: 'all-features', result: 'ok', message: 'all features', cure: null };
  if (error !== null && error.code !== needsAllFeatures) return [failed('organization', error), allFeatures];
  return [placeOf(organization), allFeatures];
}

function placeOf(organization: Organization | null): Finding {
  const id = 'organization';
  if (organization === null) return unknownBecause(id, 'AWS did not describe it');
  const { callerRole, caller, managementAccountId } = organization;
  switch (callerRole) {
    case 'management':
      return { id, result: 'ok', message: `${organization.id}, called from its management account`, cure: null };
    case 'delegated-administrator': {
      const limits = `enable and disable need its management account ${managementAccountId}`;
      const message = `${organization.id}, called from its delegated administrator ${caller.accountId}; ${limits}`;
      return { id, result: 'ok', message, cure: null };
    }
    case 'unknown': {
      const who = `${caller.accountId}, which is not its management account ${managementAccountId}`;
      const message = `${organization.id}, called from ${who}; whether it is a delegated administrator could not be read`;
      return { id, result: 'unknown', message, cure: { rootctl: 'policy iam --for doctor' } };
    }
  }
}

/** Trusted access and the two features. */
export function checkSwitches(reading: OrganizationReading | null, why: string): readonly Finding[] {
  const ids = ['trusted-access', 'root-credentials-management', 'root-sessions'];
  if (reading?.access == null) return ids.map((id) => unknownBecause(id, why));
  const { access, organization, refusals } = reading;
  const from =
    organization.callerRole === 'management'
      ? ''
      : ` (from the management account ${organization.managementAccountId})`;
  const check = (
    id: string,
    isOn: boolean | null,
    on: string,
    off: string,
    cure: string,
    refusal: AwsError | null,
  ): Finding => {
    if (isOn === true) return { id, result: 'ok', message: on, cure: null };
    if (isOn === false) return { id, result: 'fail', message: `${off}${from}`, cure: { rootctl: cure } };
    if (refusal !== null && refusal.failure.kind !== 'denied') return failed(id, refusal.problem);
    return { id, result: 'unknown', message: 'may not be read', cure: { rootctl: 'policy iam --for doctor' } };
  };
  const management = check(
    'root-credentials-management',
    access.rootCredentialsManagement,
    'on',
    'off: no root credential can be read or deleted, and no recovery allowed',
    'enable --only root-credentials-management',
    refusals.features,
  );
  return [
    check(
      'trusted-access',
      access.trustedAccess,
      iamServicePrincipal,
      'off: nothing works without it',
      'enable',
      refusals.trustedAccess,
    ),
    management,
    // Both features come from one call: what failed is said once.
    management.result === 'fail' && access.rootSessions === null
      ? unknownBecause('root-sessions', failedBefore(management.id))
      : check(
          'root-sessions',
          access.rootSessions,
          'on',
          'off: S3 and SQS unlock will not work',
          'enable --only root-sessions',
          refusals.features,
        ),
  ];
}
