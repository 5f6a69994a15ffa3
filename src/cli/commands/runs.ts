import { waitOption } from '../../flags/options.ts';
import type { CommandModule } from '../command.ts';

interface ShowOptions {
  readonly events?: boolean;
}

export interface ResumeOptions {
  readonly yes?: boolean;
  readonly wait: number;
}

const load = () => import('../work/runs.ts');

export const runsCommand: CommandModule<'runs'> = {
  name: 'runs',
  examples: {
    list: 'rootctl runs',
    show: 'rootctl runs show 20260131-0930-k3f9',
    resume: 'rootctl runs resume 20260131-0930-k3f9',
  },
  define: (command, run, help) => {
    const { show: showing, resume: resuming } = help.commands.runs;
    command.action(() => run(async (desk) => (await load()).list(desk, command)));
    command
      .command('show <id>')
      .summary(showing.summary)
      .option('--events', showing.flags.events)
      .action((id: string, { events = false }: ShowOptions) =>
        run(async (desk) => (await load()).show(desk, id, events)),
      );
    command
      .command('resume <id>')
      .summary(resuming.summary)
      .option('--yes', help.yes)
      .addOption(waitOption(help))
      .action((id: string, options: ResumeOptions) => run(async (desk) => (await load()).goOn(desk, id, options)));
    // A mistyped subcommand arrives as a word too many. Said last, since subcommands inherit it.
    command.allowExcessArguments();
  },
};
