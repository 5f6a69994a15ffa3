import type { CheckId, DoctorCheck, Finding, FindingOf, NotMade } from '../../documents/index.ts';
import { aws, type Cure, type Problem, rootctl } from '../../problems/index.ts';

export const ok = (id: CheckId, finding: Finding): DoctorCheck => ({ id, result: 'ok', finding, cure: null });

export const failedBefore = (check: CheckId): NotMade => ({ because: 'check-failed', check });

export const notLookedAt = (id: CheckId, why: NotMade): DoctorCheck => ({
  id,
  result: 'unknown',
  finding: { finding: 'not-looked-at', why },
  cure: null,
});

/** What to paste for a problem's code; where no command mends it, what to do is part of what is said. */
const cures: Readonly<Record<string, Cure>> = {
  CredentialsProviderError: aws('configure', 'sso'),
  TokenProviderError: aws('sso', 'login'),
  ExpiredToken: aws('sso', 'login'),
  ExpiredTokenException: aws('sso', 'login'),
  InvalidClientTokenId: aws('configure', 'list'),
  UnrecognizedClientException: aws('configure', 'list'),
  SignatureDoesNotMatch: aws('configure', 'list'),
  AWSOrganizationsNotInUseException: aws('organizations', 'create-organization', '--feature-set', 'ALL'),
  OrganizationNotInAllFeaturesModeException: aws('organizations', 'enable-all-features'),
  AccessDenied: rootctl('policy', 'iam', '--for', 'doctor'),
  AccessDeniedException: rootctl('policy', 'iam', '--for', 'doctor'),
};

/** @param met where, when that is part of what must be said. */
export function failed(id: CheckId, problem: Problem, met: FindingOf<'problem'>['met'] = null): DoctorCheck {
  const cure = cures[problem.code] ?? null;
  return { id, result: 'fail', finding: { finding: 'problem', problem, met, isHinted: cure === null }, cure };
}
