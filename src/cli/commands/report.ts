import { Option } from 'commander';
import { type FrameworkName, frameworkNames, isFrameworkName } from '../../controls/framework-names.ts';
import { repeated, repeatedAs } from '../../flags/options.ts';
import { problemError } from '../../problems/thrown.ts';
import type { CommandModule } from '../command.ts';
import { addSelectionOptions, type SelectionOptions } from '../selecting.ts';

export interface ReportOptions extends SelectionOptions {
  readonly from?: readonly string[];
  readonly run?: string;
  readonly framework?: readonly FrameworkName[];
}

export const reportCommand: CommandModule<'report'> = {
  name: 'report',
  examples: {
    live: 'rootctl report --out report.html',
    period: 'rootctl report --from january.json --from june.json',
    run: 'rootctl report --run 20260131-0930-k3f9 -o markdown',
    framework: 'rootctl report --framework cis-7.0.0 -o csv',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.report;
    addSelectionOptions(command, help)
      .option('--from <file>', flags.from, repeated)
      .option('--run <id>', flags.run)
      .addOption(
        new Option('--framework <name>', flags.framework(frameworkNames)).argParser(repeatedAs(frameworkNamed)),
      )
      .action((accounts: string[], options: ReportOptions) =>
        run(async (desk) => (await import('../work/report.ts')).tell(desk, accounts, options)),
      );
  },
};

/** @throws ProblemError `InvalidValue` */
function frameworkNamed(text: string): FrameworkName {
  if (isFrameworkName(text)) return text;
  throw problemError('InvalidValue', { rule: 'one-of', limits: frameworkNames });
}
