import type { Aws } from '../aws/clients.ts';
import type { DoctorCheck, DoctorDocument } from '../documents/index.ts';
import { type Caller, identifyCaller, placeError, surveyOrganization } from '../org/organization.ts';
import { type ExitClass, exitClassOf, ProblemError, problemOf, rootctl } from '../problems/index.ts';
import { openRecoveriesOf } from '../run/runs.ts';
import { failed, failedBefore, notLookedAt, ok } from './doctor/findings.ts';
import { checkMembers, type MembersEnvironment } from './doctor/members.ts';
import {
  checkCaller,
  checkOrganization,
  checkSwitches,
  isBillingOnly,
  type OrganizationReading,
} from './doctor/organization.ts';
import type { Environment } from './environment.ts';
import { headingOf, organizationEntryOf } from './heading.ts';
import { readRuns } from './journalling.ts';

export type DoctorEnvironment = Omit<MembersEnvironment, 'aws'> &
  Pick<Environment, 'processes' | 'product' | 'state'> & {
    /** Asked for here: credentials that cannot be had are something to find out. */
    readonly connect: () => Promise<Aws>;
  };

/**
 * Looks whether everything is in place, and changes nothing. Every check is always there: what could not be looked at
 * because something before it failed is `unknown` and says so. The order is the order in which to mend.
 * @throws ProblemError when the way to AWS is set up as it cannot be, or the command was stopped, so that nothing was
 * looked at.
 */
export async function doctor(environment: DoctorEnvironment): Promise<DoctorDocument> {
  const { report, stops } = environment;
  report({ event: 'working', on: 'organization' });
  const connection = await connect(environment);
  const reading = 'aws' in connection ? await readOrganization(connection, environment) : null;
  const members =
    'aws' in connection && reading !== null && reading.access !== null
      ? await checkMembers(reading.organization, reading.access, { ...environment, aws: connection.aws })
      : null;
  stops.aborting.throwIfAborted();
  const broken = reading === null ? 'credentials' : isBillingOnly(reading) ? 'all-features' : 'organization';
  const why = failedBefore(broken);
  const organization = reading?.organization ?? null;
  return {
    ...headingOf(environment, 'rootctl.doctor', members?.isComplete === true),
    organization: organization === null ? null : organizationEntryOf(organization),
    checks: [
      connection.check,
      ...checkOrganization(reading, why),
      ...checkSwitches(reading, why),
      ...(members?.checks ?? (['sts-region', 'root-session', 'scp'] as const).map((id) => notLookedAt(id, why))),
      await checkOpenRecoveries(environment),
    ],
    scp: members?.scp ?? [],
  };
}

/** Ways to end that are none of AWS's: the setting is wrong, or somebody stopped it at the first question. */
const endsBefore: ReadonlySet<ExitClass> = new Set(['usage', 'interrupted']);

type Connecting =
  | { readonly aws: Aws; readonly caller: Caller; readonly check: DoctorCheck }
  | { readonly check: DoctorCheck };

async function connect({ connect: open, stops }: DoctorEnvironment): Promise<Connecting> {
  try {
    const aws = await open();
    const caller = await identifyCaller(aws, stops.aborting);
    const check = checkCaller(caller);
    return check.result === 'fail' ? { check } : { aws, caller, check };
  } catch (error) {
    stops.aborting.throwIfAborted();
    // Nothing was looked at: there is nothing to tell of.
    if (!(error instanceof ProblemError) || endsBefore.has(exitClassOf(error.problem))) throw error;
    return { check: failed('credentials', error.problem) };
  }
}

async function readOrganization(
  { aws, caller }: { readonly aws: Aws; readonly caller: Caller },
  { stops }: DoctorEnvironment,
): Promise<OrganizationReading> {
  try {
    const survey = await surveyOrganization(aws, stops.aborting);
    const place = placeError(survey);
    if (place === null) return { caller, ...survey, error: null };
    const isNone = place.problem.code === 'AWSOrganizationsNotInUseException';
    return { caller, organization: isNone ? null : survey.organization, access: null, error: place.problem };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { caller, organization: null, access: null, error: error.problem };
  }
}

const namedAtMost = 5;

/** Recoveries that this machine opened, from its own journals. */
async function checkOpenRecoveries(environment: DoctorEnvironment): Promise<DoctorCheck> {
  const id = 'open-recoveries';
  let found: Awaited<ReturnType<typeof readRuns>>;
  try {
    found = await readRuns(environment);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.from !== 'system') throw error;
    // A folder that cannot be read here takes back nothing of what was found at AWS.
    return { ...failed(id, problem), result: 'unknown' };
  }
  const { runs, doubt } = found;
  const open = openRecoveriesOf(runs, environment.product.isSimulated);
  if (open.length === 0 && doubt !== null) {
    const problem = { finding: 'problem', problem: doubt, met: null, isHinted: false } as const;
    return { id, result: 'unknown', finding: problem, cure: rootctl('runs') };
  }
  if (open.length === 0) return ok(id, { finding: 'no-open-recovery' });
  const recoveries = open
    .slice(0, namedAtMost)
    .map(({ accountId, name, openedAt }) => ({ id: accountId, name, openedAt }));
  const finding = { finding: 'open-recoveries', recoveries, more: open.length - recoveries.length } as const;
  return { id, result: 'warn', finding, cure: rootctl('delete', ...open.map(({ accountId }) => accountId)) };
}
