import type { Aws } from '../../aws/clients.ts';
import type { DoctorCheck, DoctorDocument } from '../../documents/index.ts';
import { type Caller, identifyCaller, placeError, surveyOrganization } from '../../org/organization.ts';
import { problemOf } from '../../problems/index.ts';
import { openRecoveriesOf } from '../../run/runs.ts';
import type { CommandModule } from '../command.ts';
import { type Context, organizationEntryOf } from '../context.ts';
import {
  checkCaller,
  checkOrganization,
  checkSwitches,
  type Finding,
  failed,
  failedBefore,
  isBillingOnly,
  type OrganizationReading,
  unknownBecause,
} from '../doctor-checks.ts';
import { checkMembers } from '../doctor-members.ts';
import { exitCodeOf, exitCodes, InterruptedError } from '../errors.ts';
import { readRuns } from '../journalling.ts';

export const doctorCommand: CommandModule<'doctor'> = {
  name: 'doctor',
  examples: {
    checks: 'rootctl doctor',
    scripts: 'rootctl doctor -o json',
  },
  define: (command, run) => {
    command.action(() => run(doctor));
  },
};

/**
 * Every check is always there: what could not be looked at because something before it failed is `unknown` and says so.
 * The order is the order in which to mend.
 */
async function doctor(context: Context): Promise<number> {
  context.formatFor('rootctl.doctor');
  const { aborting } = context.stops;
  const progress = context.progress();
  progress.update('reading the organization');
  const connection = await connect(context);
  const reading: OrganizationReading | null =
    'aws' in connection ? await readOrganization(context, connection.aws, connection.caller) : null;
  const organization = reading?.organization ?? null;
  const members =
    'aws' in connection && reading !== null && reading.access !== null
      ? await checkMembers(context, connection.aws, reading.organization, reading.access, (text) =>
          progress.update(text),
        )
      : null;
  aborting.throwIfAborted();
  const broken = reading === null ? 'credentials' : isBillingOnly(reading) ? 'all-features' : 'organization';
  const why = failedBefore(broken);
  const findings: readonly Finding[] = [
    connection.finding,
    ...checkOrganization(reading, why),
    ...checkSwitches(reading, why),
    ...(members?.findings ?? ['sts-region', 'root-session', 'scp'].map((id) => unknownBecause(id, why))),
    await checkOpenRecoveries(context),
  ];
  const document: DoctorDocument = {
    ...context.heading('rootctl.doctor', members?.isComplete === true),
    organization: organization === null ? null : organizationEntryOf(organization),
    checks: findings.map((finding) => checkOf(context, finding)),
    scp: members?.scp ?? [],
  };
  context.print(document);
  return document.checks.some(({ result }) => result === 'fail') ? exitCodes.failed : exitCodes.done;
}

type Connecting =
  | { readonly aws: Aws; readonly caller: Caller; readonly finding: Finding }
  | { readonly finding: Finding };

async function connect(context: Context): Promise<Connecting> {
  try {
    const aws = await context.connect();
    const caller = await identifyCaller(aws, context.stops.aborting);
    const finding = checkCaller(caller);
    return finding.result === 'fail' ? { finding } : { aws, caller, finding };
  } catch (error) {
    context.stops.aborting.throwIfAborted();
    // Nothing was looked at: there is nothing to report.
    if (error instanceof InterruptedError || exitCodeOf(error) === exitCodes.usage) throw error;
    return { finding: failed('credentials', problemOf(error)) };
  }
}

async function readOrganization(context: Context, aws: Aws, caller: Caller): Promise<OrganizationReading> {
  try {
    const survey = await surveyOrganization(aws, context.stops.aborting);
    const place = placeError(survey);
    if (place !== null) {
      const isNone = place.problem.code === 'AWSOrganizationsNotInUseException';
      return { caller, organization: isNone ? null : survey.organization, access: null, error: place.problem };
    }
    return { caller, ...survey, error: null };
  } catch (error) {
    context.stops.aborting.throwIfAborted();
    return { caller, organization: null, access: null, error: problemOf(error) };
  }
}

async function checkOpenRecoveries(context: Context): Promise<Finding> {
  const id = 'open-recoveries';
  const open = openRecoveriesOf(await readRuns(context));
  if (open.length === 0) return { id, result: 'ok', message: 'none that this machine opened', cure: null };
  const shown = open.slice(0, 5).map(({ accountId, name, openedAt }) => `${name} (${accountId}, ${openedAt})`);
  const more = open.length > shown.length ? ` and ${open.length - shown.length} more` : '';
  return {
    id,
    result: 'warn',
    message: `opened on this machine and not seen closed: ${shown.join(', ')}${more}`,
    cure: { rootctl: `delete ${open.map(({ accountId }) => accountId).join(' ')}` },
  };
}

/** What is read in the sandbox is mended in the sandbox. */
function checkOf(context: Context, { id, result, message, cure }: Finding): DoctorCheck {
  const suffix = context.isSimulated ? ' --sandbox' : '';
  const command = cure === null ? null : 'rootctl' in cure ? `rootctl ${cure.rootctl}${suffix}` : cure.shell;
  return { id, result, message, cure: command };
}
