import type { AwsError } from '../../aws/failure.ts';
import type { CheckId, DoctorCheck, NotMade, SwitchId } from '../../documents/index.ts';
import type { Caller, Organization, OrganizationSurvey } from '../../org/organization.ts';
import { aws, type Problem, rootctl } from '../../problems/index.ts';
import { failed, failedBefore, notLookedAt, ok } from './findings.ts';

/** `access` is null when the caller's place in the organization does not allow to go on. */
export type OrganizationReading =
  | (OrganizationSurvey & { readonly caller: Caller; readonly error: null })
  | {
      readonly caller: Caller;
      readonly organization: Organization | null;
      readonly access: null;
      readonly error: Problem;
    };

/** AWS opens root sessions to roles and users only. */
export function checkCaller({ arn }: Caller): DoctorCheck {
  const isRoot = arn.endsWith(':root');
  const check = ok('credentials', { finding: 'caller', arn, isRoot });
  return isRoot ? { ...check, result: 'fail', cure: aws('configure', 'sso') } : check;
}

const needsAllFeatures = 'OrganizationNotInAllFeaturesModeException';

export const isBillingOnly = ({ organization, error }: OrganizationReading): boolean =>
  error?.code === needsAllFeatures || organization?.featureSet === 'CONSOLIDATED_BILLING';

/** The organization, and its feature set. */
export function checkOrganization(reading: OrganizationReading | null, why: NotMade): readonly DoctorCheck[] {
  if (reading === null) return [notLookedAt('organization', why), notLookedAt('all-features', why)];
  const { organization, error } = reading;
  const allFeatures = checkFeatureSet(reading);
  if (error !== null && error.code !== needsAllFeatures) return [failed('organization', error), allFeatures];
  return [checkPlace(organization), allFeatures];
}

function checkFeatureSet(reading: OrganizationReading): DoctorCheck {
  const id = 'all-features';
  if (isBillingOnly(reading)) {
    const finding = { finding: 'feature-set', hasAllFeatures: false } as const;
    return { id, result: 'fail', finding, cure: aws('organizations', 'enable-all-features') };
  }
  if (reading.organization === null) return notLookedAt(id, failedBefore('organization'));
  return ok(id, { finding: 'feature-set', hasAllFeatures: true });
}

function checkPlace(organization: Organization | null): DoctorCheck {
  if (organization === null) return notLookedAt('organization', { because: 'not-described' });
  const { callerRole: role, caller, managementAccountId } = organization;
  const check = ok('organization', {
    finding: 'place',
    organization: organization.id,
    role,
    caller: caller.accountId,
    managementAccount: managementAccountId,
  });
  return role === 'unknown' ? { ...check, result: 'unknown', cure: allowDoctor } : check;
}

const allowDoctor = rootctl('policy', 'iam', '--for', 'doctor');

/** Trusted access and the two features. */
export function checkSwitches(reading: OrganizationReading | null, why: NotMade): readonly DoctorCheck[] {
  if (reading?.access == null) return switchIds.map((id) => notLookedAt(id, why));
  const { access, organization, refusals } = reading;
  const from = organization.callerRole === 'management' ? null : organization.managementAccountId;
  const check = (id: SwitchId, isOn: boolean | null, refusal: AwsError | null): DoctorCheck => {
    if (isOn === true) return ok(id, { finding: 'switch', id, isOn, from });
    if (isOn === false)
      return { id, result: 'fail', finding: { finding: 'switch', id, isOn, from }, cure: switchingOn[id] };
    if (refusal !== null && refusal.failure.kind !== 'denied') return failed(id, refusal.problem);
    return { id, result: 'unknown', finding: { finding: 'may-not-be-read' }, cure: allowDoctor };
  };
  const management = check('root-credentials-management', access.rootCredentialsManagement, refusals.features);
  // Both features come from one call: what failed is said once.
  const isSaid = management.result === 'fail' && access.rootSessions === null;
  return [
    check('trusted-access', access.trustedAccess, refusals.trustedAccess),
    management,
    isSaid
      ? notLookedAt('root-sessions', failedBefore(management.id))
      : check('root-sessions', access.rootSessions, refusals.features),
  ];
}

const switchIds: readonly SwitchId[] = ['trusted-access', 'root-credentials-management', 'root-sessions'];
const switchingOn = {
  'trusted-access': rootctl('enable'),
  'root-credentials-management': rootctl('enable', '--only', 'root-credentials-management'),
  'root-sessions': rootctl('enable', '--only', 'root-sessions'),
} satisfies Partial<Record<CheckId, unknown>>;
