import { repeated } from '../../flags/options.ts';
import { firmnessIn } from '../../flags/settings.ts';
import { type ArrangementOptions, addArrangementOptions } from '../arranging.ts';
import type { CommandModule } from '../command.ts';
import { addSelectionOptions, type SelectionOptions } from '../selecting.ts';

export interface StatusOptions extends SelectionOptions, ArrangementOptions {
  readonly check?: boolean;
  readonly baseline?: string;
  readonly from?: readonly string[];
}

export const statusCommand: CommandModule<'status'> = {
  name: 'status',
  examples: {
    all: 'rootctl status',
    ou: 'rootctl status --ou Workloads/Prod',
    check: 'rootctl status --check -o json',
    from: 'rootctl status --from status.json -o markdown',
    sandbox: 'rootctl status --sandbox',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.status;
    addSelectionOptions(command, help)
      .option('--check', flags.check)
      .option('--baseline <file>', flags.baseline)
      .option('--from <file>', flags.from, repeated);
    addArrangementOptions(command, help).action((accounts: string[], options: StatusOptions) =>
      run(async (desk) => (await import('../work/status.ts')).showStatus(desk, accounts, options, firmnessIn(command))),
    );
  },
};
