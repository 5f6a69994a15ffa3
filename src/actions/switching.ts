import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import type { CentralizedRootAccess, EnableDocument } from '../documents/index.ts';
import { features } from '../org/feature.ts';
import { isFeatureName } from '../org/feature-names.ts';
import { type FeatureStep, readFeatures, takeStep } from '../org/features.ts';
import type { Organization } from '../org/organization.ts';
import { type Problem, problem } from '../problems/index.ts';
import { requireUnstopped } from './consent.ts';
import type { Environment } from './environment.ts';
import { headingOf, organizationEntryOf } from './heading.ts';

export type SwitchingEnvironment = Pick<Environment, 'aws' | 'clock' | 'product' | 'report' | 'stops'>;

interface Switching {
  readonly command: 'enable' | 'disable';
  readonly organization: Organization;
  readonly access: CentralizedRootAccess;
  readonly steps: readonly FeatureStep[];
  readonly dryRun: boolean;
}

/**
 * Takes the steps one after the other, up to the first that AWS refuses or that a stop comes before, and tells how the
 * switches were and are: null where an answer was lost.
 * @throws ProblemError `Interrupted` when the command was stopped before the first.
 */
export async function switchFeatures(
  environment: SwitchingEnvironment,
  { command, organization, access, steps, dryRun }: Switching,
): Promise<EnableDocument> {
  const { aws, stops } = environment;
  let switched: Switched = { before: access, after: access };
  let error: Problem | null = null;
  if (!dryRun && steps.length > 0) requireUnstopped(environment);
  for (const step of steps) {
    if (dryRun) {
      switched = { ...switched, after: applied(switched.after, step) };
      continue;
    }
    if (stops.stopping.aborted) {
      error = problem('NotTried', {});
      break;
    }
    const taken = await take(aws, switched, step, stops.aborting);
    switched = taken.switched;
    error = taken.error;
    if (error !== null) break;
  }
  const { kind, ...heading } = headingOf(environment, `rootctl.${command}`, error === null);
  const change = {
    dryRun,
    organization: organizationEntryOf(organization),
    ...switched,
    ...(error === null ? {} : { error }),
  };
  return kind === 'rootctl.enable' ? { ...heading, kind, ...change } : { ...heading, kind, ...change };
}

interface Switched {
  readonly before: CentralizedRootAccess;
  readonly after: CentralizedRootAccess;
}

interface Taken {
  readonly switched: Switched;
  /** What kept the step from being taken, or from being seen. */
  readonly error: Problem | null;
}

async function take(aws: Aws, { before, after }: Switched, step: FeatureStep, signal: AbortSignal): Promise<Taken> {
  const isAlreadySo = isFeatureName(step.step) && after[features[step.step].field] === (step.to === 'on');
  if (isAlreadySo) return { switched: { before, after }, error: null };
  try {
    await takeStep(aws, step, signal);
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    const now = failure.mayHaveTakenEffect ? inDoubt(after, step) : after;
    return { switched: { before, after: now }, error: failure.problem };
  }
  const now = applied(after, step);
  if (step.step !== 'trusted-access' || step.to === 'off') return { switched: { before, after: now }, error: null };
  // Only now can the features be read: they may have been on all along.
  try {
    const found = await readFeatures(aws, signal);
    return { switched: { before: { ...before, ...found }, after: { ...now, ...found } }, error: null };
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    const unread = { rootCredentialsManagement: null, rootSessions: null };
    return { switched: { before, after: { ...now, ...unread } }, error: failure.problem };
  }
}

/** The answer to the step was lost. */
function inDoubt(access: CentralizedRootAccess, { step }: FeatureStep): CentralizedRootAccess {
  switch (step) {
    case 'trusted-access':
      return { ...access, trustedAccess: null };
    case 'delegated-administrator':
      return { ...access, delegatedAdministrators: null };
    default:
      return { ...access, [features[step].field]: null };
  }
}

function applied(access: CentralizedRootAccess, step: FeatureStep): CentralizedRootAccess {
  const isOn = step.to === 'on';
  switch (step.step) {
    case 'trusted-access':
      return { ...access, trustedAccess: isOn };
    case 'delegated-administrator': {
      const others = (access.delegatedAdministrators ?? []).filter((id) => id !== step.accountId);
      return { ...access, delegatedAdministrators: isOn ? [...others, step.accountId].sort() : others };
    }
    default:
      return { ...access, [features[step.step].field]: isOn };
  }
}
