import type { EnableDocument } from '../documents/index.ts';
import type { AccountId } from '../org/account.ts';
import { listAccounts } from '../org/discovery.ts';
import { type FeatureName, featureNames } from '../org/feature-names.ts';
import { planEnable, requireSwitchingRights } from '../org/features.ts';
import { type Organization, readOrganization } from '../org/organization.ts';
import { requireKnownIds } from '../org/selection.ts';
import { problemError } from '../problems/index.ts';
import { type SwitchingEnvironment, switchFeatures } from './switching.ts';

export interface EnableRequest {
  /** Default: both. */
  readonly features?: readonly FeatureName[] | undefined;
  /** A member account, to be registered as delegated administrator too. */
  readonly delegatedAdministrator?: AccountId | undefined;
  /** Tells what would change, and changes nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Turns on centralized root access: trusted access for IAM and the features, what is on already left alone. Deletes nothing.
 * @returns how the switches were and are; `error` when AWS refused one half-way.
 * @throws ProblemError before anything is switched.
 */
export async function enable(request: EnableRequest, environment: SwitchingEnvironment): Promise<EnableDocument> {
  const { aws, report, stops } = environment;
  const { features = featureNames, delegatedAdministrator = null, dryRun = false } = request;
  report({ event: 'working', on: 'organization' });
  const { organization, access } = await readOrganization(aws, stops.aborting);
  const steps = planEnable(access, { features, delegatedAdministrator });
  requireSwitchingRights(organization, steps, 'enable');
  if (delegatedAdministrator !== null) await requireMember(environment, organization, delegatedAdministrator);
  return switchFeatures(environment, { command: 'enable', organization, access, steps, dryRun });
}

async function requireMember(
  { aws, report, stops }: SwitchingEnvironment,
  organization: Organization,
  id: AccountId,
): Promise<void> {
  const as = 'delegated-administrator';
  if (id === organization.managementAccountId) {
    throw problemError('ManagementAccount', { id, name: id, as, others: 0 });
  }
  const accounts = [];
  for await (const page of listAccounts(aws, organization, stops.aborting)) accounts.push(...page);
  report({ event: 'organization', organizationId: organization.id, accounts });
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) return requireKnownIds(new Set([id]), accounts, organization.id);
  const { name, state } = account;
  if (state !== 'ACTIVE' && state !== 'UNKNOWN')
    throw problemError('AccountNotActive', { id, name, state, as, others: 0 });
}
