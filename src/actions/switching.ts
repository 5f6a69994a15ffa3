import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import type { CentralizedRootAccess, EnableDocument } from '../documents/index.ts';
import { features } from '../org/feature.ts';
import { isFeatureName } from '../org/feature-names.ts';
import { type FeatureStep, readFeatures, takeStep } from '../org/features.ts';
import type { Organization } from '../org/organization.ts';
import type { Problem } from '../problems/index.ts';
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

/** Takes the steps one after the other, up to the first that AWS refuses, and tells how the switches were and are. */
export async function switchFeatures(
  environment: SwitchingEnvironment,
  { command, organization, access, steps, dryRun }: Switching,
): Promise<EnableDocument> {
  let switched: Switched = { before: access, after: access };
  let error: Problem | null = null;
  for (const step of steps) {
    if (dryRun) {
      switched = { ...switched, after: applied(switched.after, step) };
      continue;
    }
    try {
      switched = await taken(environment.aws, switched, step, environment.stops.aborting);
    } catch (failure) {
      if (!(failure instanceof AwsError)) throw failure;
      error = failure.problem;
      break;
    }
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

/** @throws AwsError when AWS refused the step. */
async function taken(aws: Aws, { before, after }: Switched, step: FeatureStep, signal: AbortSignal): Promise<Switched> {
  const isAlreadySo = isFeatureName(step.step) && after[features[step.step].field] === (step.to === 'on');
  if (!isAlreadySo) await takeStep(aws, step, signal);
  const now = applied(after, step);
  if (step.step !== 'trusted-access' || step.to === 'off') return { before, after: now };
  // Only now can the features be read: they may have been on all along.
  const found = await readFeatures(aws, signal);
  return { before: { ...before, ...found }, after: { ...now, ...found } };
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
