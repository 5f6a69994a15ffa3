import { Option } from 'commander';
import { defaults } from '../../actions/defaults.ts';
import { duration, durationAboveZero, wholeNumber } from '../../configuration/values.ts';
import type { CredentialKindName } from '../../documents/index.ts';
import { kindNames, type NamedKind } from '../../documents/kinds/names.ts';
import { waitOption } from '../../flags/options.ts';
import { problemError } from '../../problems/thrown.ts';
import type { CommandModule, Help } from '../command.ts';
import { addSelectionOptions, type SelectionOptions } from '../selecting.ts';

export interface DeleteOptions extends SelectionOptions {
  readonly only?: readonly CredentialKindName[];
  readonly dryRun?: boolean;
  readonly planOut?: string;
  readonly plan?: string;
  readonly planMaxAge: number;
  readonly org?: string;
  readonly maxAccounts?: number;
  readonly unusedFor?: number;
  readonly maxFailures?: number;
  readonly wait: number;
  readonly yes?: boolean;
}

export const deleteCommand: CommandModule<'delete'> = {
  name: 'delete',
  examples: {
    look: 'rootctl delete --all --dry-run',
    all: 'rootctl delete --all',
    unused: 'rootctl delete --ou Workloads --unused-for 90d',
    planOut: 'rootctl delete --all --plan-out plan.json',
    plan: 'rootctl delete --plan plan.json --yes',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.delete;
    addSelectionOptions(command, help)
      .addOption(onlyOption(help))
      .option('--dry-run', flags['dry-run'])
      .option('--plan-out <file>', flags['plan-out'])
      .option('--plan <file>', flags.plan)
      .addOption(
        new Option('--plan-max-age <time>', flags['plan-max-age'](help.durations))
          .argParser(duration)
          .default(defaults.planAge.ms, defaults.planAge.text),
      )
      .option('--org <id>', flags.org)
      .option('--max-accounts <n>', flags['max-accounts'], wholeNumber(1, 1_000_000))
      .option('--unused-for <time>', flags['unused-for'](help.durations), durationAboveZero)
      .option('--max-failures <n>', flags['max-failures'], wholeNumber(1, 1_000_000))
      .addOption(waitOption(help))
      .option('--yes', help.yes)
      .action((accounts: string[], options: DeleteOptions) =>
        run(async (desk) => (await import('../work/delete.ts')).remove(desk, accounts, options)),
      );
  },
};

type KindsByName = Readonly<Record<string, NamedKind<CredentialKindName>>>;

/** `--only access-keys,mfa-devices`: names the kinds, in removal order. */
export function onlyOption(help: Help, kinds: KindsByName = kindNames): Option {
  const flags = Object.values(kinds).map(({ flag }) => flag);
  return new Option('--only <kinds>', help.only(flags)).argParser((text: string) => parseOnly(text, kinds));
}

function parseOnly(text: string, kinds: KindsByName): readonly CredentialKindName[] {
  const kindFlags = Object.values(kinds).map(({ flag }) => flag);
  const named = text.split(',').map((word) => word.trim());
  const wrong = named.find((word) => !kindFlags.includes(word));
  if (wrong !== undefined) throw problemError('UnknownKind', { word: wrong, offered: kindFlags });
  return Object.values(kinds)
    .filter(({ flag }) => named.includes(flag))
    .map(({ name }) => name);
}
