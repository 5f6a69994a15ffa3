import { Option } from 'commander';
import { accountId } from '../../configuration/values.ts';
import type { AccountId } from '../../org/account.ts';
import { type FeatureName, featureNames } from '../../org/feature-names.ts';
import type { CommandModule } from '../command.ts';

export interface SwitchOptions {
  readonly only?: FeatureName;
  readonly delegatedAdmin?: AccountId;
  readonly dryRun?: boolean;
  readonly trustedAccess?: boolean;
  readonly yes?: boolean;
}

const load = () => import('../work/enable.ts');

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
      .action((options: SwitchOptions) => run(async (desk) => (await load()).runEnable(desk, options)));
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
      .action((options: SwitchOptions) => run(async (desk) => (await load()).runDisable(desk, options)));
  },
};
