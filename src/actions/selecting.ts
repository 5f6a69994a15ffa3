import { type CheckedSelection, resolveSelection } from '../org/selecting.ts';
import type { Purpose, Selection } from '../org/selection.ts';
import { problemError } from '../problems/index.ts';
import type { Environment } from './environment.ts';

/**
 * Rules that match nothing, or that cannot be decided, are told: what does nothing is not what its author believes. So is
 * what becomes known of the organization by the way.
 */
const purposeOf = ({ report }: Pick<Environment, 'report'>, purpose: Purpose['purpose']): Purpose => ({
  purpose,
  tell: (problem) => report({ event: 'problem', weight: 'warning', problem }),
  onListed: (organizationId, accounts) => report({ event: 'organization', organizationId, accounts }),
  onUnits: (units) => report({ event: 'unit-names', units }),
});

/**
 * Compares what was asked for with the organization.
 * @throws ProblemError for an OU that is not there, for a path that is empty or leads to several, and for an age when AWS
 * has not told its time: on a machine that is behind, everybody is a newcomer.
 */
export async function select(
  environment: Pick<Environment, 'aws' | 'clock' | 'isTimeKnown' | 'report' | 'stops'>,
  checked: CheckedSelection,
  why: Purpose['purpose'],
): Promise<{ readonly selection: Selection; readonly purpose: Purpose }> {
  const purpose = purposeOf(environment, why);
  const { aws, clock, isTimeKnown, stops } = environment;
  const isByAge = checked.joinedSince !== null && 'agoMs' in checked.joinedSince;
  if (isByAge && !isTimeKnown()) throw problemError('UnknownTime', { flag: '--joined-since' });
  const selection = await resolveSelection(aws, checked, purpose, clock.nowMs(), stops.aborting);
  return { selection, purpose };
}
