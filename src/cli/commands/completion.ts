import { Argument } from 'commander';
import { type ShellName, shellNames } from '../../completion/shells.ts';
import type { CommandModule } from '../command.ts';

export const completionCommand: CommandModule<'completion'> = {
  name: 'completion',
  examples: {
    bash: 'eval "$(rootctl completion bash)"',
    zsh: 'eval "$(rootctl completion zsh)"',
    fish: 'rootctl completion fish > ~/.config/fish/completions/rootctl.fish',
    powershell: 'rootctl completion powershell | Out-String | Invoke-Expression',
  },
  define: (command, run, { commands }) => {
    command
      .addArgument(new Argument('<shell>', commands.completion.shell).choices(shellNames))
      .action((shell: ShellName) =>
        run(async (desk) => (await import('../work/completion.ts')).writeScript(desk, shell, command)),
      );
  },
};
