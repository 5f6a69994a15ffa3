import { Option } from 'commander';
import type { Aws } from '../../aws/clients.ts';
import { AwsError } from '../../aws/failure.ts';
import type { CentralizedRootAccess, EnableDocument } from '../../documents/index.ts';
import { isAccountId } from '../../org/account.ts';
import { listAccounts } from '../../org/discovery.ts';
import { type FeatureName, featureNames, features, isFeatureName } from '../../org/feature.ts';
import {
  type DisableRequest,
  type EnableRequest,
  type FeatureStep,
  planDisable,
  planEnable,
  readFeatures,
  requireSwitchingRights,
  takeStep,
} from '../../org/features.ts';
import type { Organization } from '../../org/organization.ts';
import { requireKnownIds } from '../../org/selection.ts';
import { type Problem, ProblemError, problemError } from '../../problems/index.ts';
import type { CommandModule } from '../command.ts';
import { confirm } from '../confirm.ts';
import { requireConsent } from '../consent.ts';
import { type Context, organizationEntryOf } from '../context.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { accountId } from '../options.ts';

interface SwitchOptions {
  readonly only?: FeatureName;
  readonly delegatedAdmin?: string;
  readonly dryRun?: boolean;
  readonly trustedAccess?: boolean;
  readonly yes?: boolean;
}

const onlyOption = (about: string) => new Option('--only <feature>', about).choices(featureNames);

export const enableCommand: CommandModule<'enable'> = {
  name: 'enable',
  examples: {
    all: 'rootctl enable',
    one: 'rootctl enable --only root-sessions',
    delegated: 'rootctl enable --delegated-admin 111122223333',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.enable;
    command
      .addOption(onlyOption(flags.only))
      .option('--delegated-admin <account>', flags['delegated-admin'], accountId)
      .option('--dry-run', flags['dry-run'])
      .action((options: SwitchOptions) => run((context) => enable(context, options)));
  },
};

export const disableCommand: CommandModule<'disable'> = {
  name: 'disable',
  examples: {
    both: 'rootctl disable',
    delegated: 'rootctl disable --delegated-admin 111122223333',
    trusted: 'rootctl disable --trusted-access',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.disable;
    command
      .addOption(onlyOption(flags.only))
      .option('--delegated-admin <account>', flags['delegated-admin'], accountId)
      .option('--trusted-access', flags['trusted-access'])
      .option('--dry-run', flags['dry-run'])
      .option('--yes', help.yes)
      .action((options: SwitchOptions) => run((context) => disable(context, options)));
  },
};

async function enable(context: Context, options: SwitchOptions): Promise<number> {
  context.formatFor('rootctl.enable');
  const aws = await context.connect();
  const { organization, access } = await context.readOrganization(aws);
  const request: EnableRequest = {
    features: options.only === undefined ? featureNames : [options.only],
    delegatedAdministrator: options.delegatedAdmin ?? null,
  };
  const steps = planEnable(access, request);
  requireSwitchingRights(organization, steps, 'enable');
  if (request.delegatedAdministrator !== null) await requireMember(aws, organization, request.delegatedAdministrator);
  return carryOut(context, aws, 'enable', organization, access, steps, options.dryRun === true);
}

async function disable(context: Context, options: SwitchOptions): Promise<number> {
  context.formatFor('rootctl.disable');
  const isDryRun = options.dryRun === true;
  requireConsent(context.world, 'disable', options);
  const aws = await context.connect();
  const { organization, access } = await context.readOrganization(aws);
  const isDelegateAlone =
    options.delegatedAdmin !== undefined && options.only === undefined && options.trustedAccess !== true;
  const request: DisableRequest = {
    features: options.only !== undefined ? [options.only] : isDelegateAlone ? [] : featureNames,
    delegatedAdministrator: options.delegatedAdmin ?? null,
    trustedAccess: options.trustedAccess === true,
  };
  const steps = planDisable(access, request);
  requireSwitchingRights(organization, steps, 'disable');
  refuseLeftoverDelegates(access, request);
  if (steps.length > 0 && !isDryRun && options.yes !== true) {
    const what = steps.map(describeStep).join(', ');
    context.notice(`This will turn off: ${what}. No credential is deleted or restored by it.`);
    await confirm(context, `Type the organization id to go on (${organization.id}):`, organization.id);
  }
  return carryOut(context, aws, 'disable', organization, access, steps, isDryRun);
}

/** AWS refuses to take trusted access away while a delegate is registered: said before anything is switched. */
function refuseLeftoverDelegates(access: CentralizedRootAccess, request: DisableRequest): void {
  if (!request.trustedAccess) return;
  const others = (access.delegatedAdministrators ?? []).filter((id) => id !== request.delegatedAdministrator);
  if (others.length > 0) throw problemError('ConstraintViolationException', { delegatedAdministrators: others });
}

async function requireMember(aws: Aws, organization: Organization, id: string): Promise<void> {
  if (!isAccountId(id)) return;
  if (id === organization.managementAccountId) {
    throw new UsageError(
      'ManagementAccount',
      `${id} is the management account: it needs no delegation`,
      'name a member account',
    );
  }
  const accounts = [];
  for await (const page of listAccounts(aws, organization)) accounts.push(...page);
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) return requireKnownIds(new Set([id]), accounts, organization.id);
  if (account.state === 'ACTIVE' || account.state === 'UNKNOWN') return;
  throw new UsageError(
    'AccountNotActive',
    `${account.name} (${id}) is ${account.state.toLowerCase().replaceAll('_', ' ')}: AWS takes active accounts only`,
    'name an active member account',
  );
}

async function carryOut(
  context: Context,
  aws: Aws,
  command: 'enable' | 'disable',
  organization: Organization,
  access: CentralizedRootAccess,
  steps: readonly FeatureStep[],
  isDryRun: boolean,
): Promise<number> {
  let before = access;
  let after = access;
  let error: Problem | null = null;
  for (const step of steps) {
    if (isDryRun) {
      after = applied(after, step);
      continue;
    }
    try {
      const isAlreadySo = isFeatureName(step.step) && after[features[step.step].field] === (step.to === 'on');
      if (!isAlreadySo) await takeStep(aws, step, context.stops.aborting);
      after = applied(after, step);
      if (step.step === 'trusted-access' && step.to === 'on') {
        // Only now can the features be read: they may have been on all along.
        const found = await readFeatures(aws, context.stops.aborting);
        before = { ...before, ...found };
        after = { ...after, ...found };
      }
    } catch (failure) {
      if (!(failure instanceof AwsError)) throw failure;
      error = failure.problem;
      break;
    }
  }
  const document: EnableDocument = {
    ...context.heading(command === 'enable' ? 'rootctl.enable' : 'rootctl.disable', error === null),
    dryRun: isDryRun,
    organization: organizationEntryOf(organization),
    before,
    after,
    ...(error === null ? {} : { error }),
  } as EnableDocument;
  context.print(document);
  if (error === null) return exitCodes.done;
  context.warnOf(new ProblemError(error));
  return exitCodes.failed;
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

function describeStep(step: FeatureStep): string {
  switch (step.step) {
    case 'trusted-access':
      return 'trusted access for IAM';
    case 'delegated-administrator':
      return `delegated administrator ${step.accountId}`;
    default:
      return step.step.replaceAll('-', ' ');
  }
}
