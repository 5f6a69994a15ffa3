import type { OrganizationEntry } from '../documents/index.ts';
import type { Organization } from '../org/organization.ts';
import type { Environment } from './environment.ts';

/** The fields that every document begins with. */
export function headingOf<Kind extends string, Complete extends boolean>(
  { clock, product }: Pick<Environment, 'clock' | 'product'>,
  kind: Kind,
  complete: Complete,
) {
  return {
    schemaVersion: '1',
    kind,
    generatedAt: new Date(clock.nowMs()).toISOString(),
    rootctlVersion: product.version,
    complete,
    ...(product.isSimulated ? { simulated: true as const } : {}),
  } as const;
}

/** Of what is told later it counts how it was done, not where it is looked at. */
export const doneWith = <Told extends Pick<Environment, 'product'>>(isSimulated: boolean, environment: Told): Told => ({
  ...environment,
  product: { ...environment.product, isSimulated },
});

export function organizationEntryOf(organization: Organization): OrganizationEntry {
  const { id, managementAccountId, caller, callerRole } = organization;
  return {
    id,
    managementAccountId,
    callerAccountId: caller.accountId,
    callerArn: caller.arn,
    callerRole,
    partition: caller.partition,
  };
}
