import type { CentralizedRootAccess, EnableDocument } from '../documents/index.ts';
import type { AccountId } from '../org/account.ts';
import { type FeatureName, featureNames } from '../org/feature-names.ts';
import { planDisable, requireSwitchingRights } from '../org/features.ts';
import { readOrganization } from '../org/organization.ts';
import { problemError } from '../problems/index.ts';
import { consent } from './consent.ts';
import type { Environment } from './environment.ts';
import { type SwitchingEnvironment, switchFeatures } from './switching.ts';

export interface DisableRequest {
  /** Default: both, or none when nothing but a delegated administrator is named. */
  readonly features?: readonly FeatureName[] | undefined;
  /** To be deregistered. */
  readonly delegatedAdministrator?: AccountId | undefined;
  /** Takes trusted access for IAM away too. Default: false. */
  readonly trustedAccess?: boolean | undefined;
  /** Tells what would change, and changes nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Whoever calls has agreed. Default: the organization's id must be given. */
  readonly isConfirmed?: boolean | undefined;
}

/**
 * Turns centralized root access off, what is off already left alone. Neither deletes nor restores a credential.
 * @returns how the switches were and are; `error` when AWS refused one half-way.
 * @throws ProblemError before anything is switched.
 */
export async function disable(
  request: DisableRequest,
  environment: SwitchingEnvironment & Pick<Environment, 'ask'>,
): Promise<EnableDocument> {
  const { delegatedAdministrator = null, trustedAccess = false, dryRun = false, isConfirmed = false } = request;
  const isDelegateAlone = delegatedAdministrator !== null && !trustedAccess;
  const { features = isDelegateAlone ? [] : featureNames } = request;
  environment.report({ event: 'working', on: 'organization' });
  const { organization, access } = await readOrganization(environment.aws, environment.stops.aborting);
  const steps = planDisable(access, { features, delegatedAdministrator, trustedAccess });
  requireSwitchingRights(organization, steps, 'disable');
  if (trustedAccess) requireNoDelegates(access, delegatedAdministrator);
  if (steps.length > 0 && !dryRun) {
    const off = steps.map((step) =>
      step.step === 'delegated-administrator'
        ? ({ what: step.step, account: step.accountId } as const)
        : ({ what: step.step } as const),
    );
    await consent(environment, isConfirmed, {
      what: 'organization',
      expected: organization.id,
      consequence: { will: 'turn-off', off },
    });
  }
  return switchFeatures(environment, { command: 'disable', organization, access, steps, dryRun });
}

/** AWS refuses to take trusted access away while a delegate is registered: said before anything is switched. */
function requireNoDelegates({ delegatedAdministrators }: CentralizedRootAccess, leaving: AccountId | null): void {
  const others = (delegatedAdministrators ?? []).filter((id) => id !== leaving);
  if (others.length > 0) throw problemError('ConstraintViolationException', { delegatedAdministrators: others });
}
