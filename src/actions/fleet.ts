import type { Organization } from '../org/organization.ts';
import type { SessionEnvironment } from '../root/session.ts';
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

/** What one root session needs of the environment. */
export const sessionOf = ({
  aws,
  clock,
  settling,
  stops,
}: Pick<Environment, 'aws' | 'clock' | 'settling' | 'stops'>): SessionEnvironment => ({
  aws,
  clock,
  settling,
  signal: stops.aborting,
});

export type FleetParts = Pick<Environment, 'aws' | 'clock' | 'concurrency' | 'settling' | 'stops'>;
