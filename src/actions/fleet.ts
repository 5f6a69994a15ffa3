import type { Organization } from '../org/organization.ts';
import type { FleetEnvironment } from '../run/reading.ts';
import type { Environment } from './environment.ts';

/** What work on many accounts needs of the environment. */
export const fleetOf = (
  { aws, clock, concurrency, settling, stops }: Pick<Environment, keyof FleetParts>,
  organization: Organization,
): FleetEnvironment => ({
  aws,
  clock,
  organization,
  concurrency,
  settling,
  stopping: stops.stopping,
  aborting: stops.aborting,
});

export type FleetParts = Pick<Environment, 'aws' | 'clock' | 'concurrency' | 'settling' | 'stops'>;
