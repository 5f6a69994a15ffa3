import { Option } from 'commander';
import { disable } from '../../actions/disable.ts';
import { type EnableRequest, enable } from '../../actions/enable.ts';
import { accountId } from '../../configuration/values.ts';
import type { EnableDocument } from '../../documents/index.ts';
import type { AccountId } from '../../org/account.ts';
import { type FeatureName, featureNames } from '../../org/feature.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { CommandModule } from '../command.ts';
import { requireConsent } from '../consent.ts';
import type { Desk } from '../desk.ts';

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
      .action((options: SwitchOptions) => run((desk) => runEnable(desk, options)));
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
      .action((options: SwitchOptions) => run((desk) => runDisable(desk, options)));
  },
};

type Switching = Pick<Desk, 'output' | 'errors' | 'environment'>;

async function runEnable(desk: Switching, options: SwitchOptions): Promise<number> {
  desk.output.formatFor('rootctl.enable');
  return conclude(desk, await enable(requestOf(options), await desk.environment()));
}

async function runDisable(desk: Switching & Pick<Desk, 'prompts'>, options: SwitchOptions): Promise<number> {
  desk.output.formatFor('rootctl.disable');
  requireConsent(desk, 'disable', options);
  const { trustedAccess, yes: isConfirmed } = options;
  const request = { ...requestOf(options), trustedAccess, isConfirmed };
  return conclude(desk, await disable(request, await desk.environment()));
}

const requestOf = ({ only, delegatedAdmin, dryRun }: SwitchOptions): EnableRequest => ({
  features: only === undefined ? undefined : [only],
  delegatedAdministrator: delegatedAdmin,
  dryRun,
});

async function conclude({ output, errors }: Switching, document: EnableDocument): Promise<number> {
  await output.print(document);
  const { error } = document;
  if (error == null) return exitCodes.done;
  errors.tell(error);
  return exitCodes.failed;
}
