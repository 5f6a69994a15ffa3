import { Option } from 'commander';
import { disable } from '../../actions/disable.ts';
import { type EnableRequest, enable } from '../../actions/enable.ts';
import type { EnableDocument } from '../../documents/index.ts';
import type { AccountId } from '../../org/account.ts';
import { type FeatureName, featureNames } from '../../org/feature.ts';
import type { CommandModule } from '../command.ts';
import { requireConsent } from '../consent.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { accountId } from '../options.ts';

interface SwitchOptions {
  readonly only?: FeatureName;
  readonly delegatedAdmin?: AccountId;
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
      .action((options: SwitchOptions) => run((context) => runEnable(context, options)));
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
      .action((options: SwitchOptions) => run((context) => runDisable(context, options)));
  },
};

async function runEnable(context: Context, options: SwitchOptions): Promise<number> {
  context.formatFor('rootctl.enable');
  const environment = context.environment(await context.connect());
  return conclude(context, await enable(requestOf(options), environment));
}

async function runDisable(context: Context, options: SwitchOptions): Promise<number> {
  context.formatFor('rootctl.disable');
  requireConsent(context.world, 'disable', options);
  const environment = context.environment(await context.connect());
  const { trustedAccess, yes: isConfirmed } = options;
  return conclude(context, await disable({ ...requestOf(options), trustedAccess, isConfirmed }, environment));
}

const requestOf = ({ only, delegatedAdmin, dryRun }: SwitchOptions): EnableRequest => ({
  features: only === undefined ? undefined : [only],
  delegatedAdministrator: delegatedAdmin,
  dryRun,
});

function conclude({ print, report }: Context, document: EnableDocument): number {
  print(document);
  const { error } = document;
  if (error == null) return exitCodes.done;
  report({ event: 'problem', weight: 'error', problem: error });
  return exitCodes.failed;
}
