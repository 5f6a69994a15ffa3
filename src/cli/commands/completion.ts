import { Argument, type Command } from 'commander';
import { type ShellName, shellNames, shells } from '../../completion/shells.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { explanationsIn, loadExplanations } from '../../words/index.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';

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
      .action((shell: ShellName) => run((desk) => writeScript(desk, shell, command)));
  },
};

/** A script, whatever format the environment and the configuration prefer: a start-up file runs it. */
async function writeScript(
  { output, speaker: { speech } }: Pick<Desk, 'output' | 'speaker'>,
  shell: ShellName,
  command: Command,
): Promise<number> {
  output.formOf('completion');
  // Loaded only when asked for: no other command needs them.
  const [{ grammarOf }, explanations, write] = await Promise.all([
    import('../../flags/grammar.ts'),
    loadExplanations('en'), // their codes, which are the same in every language
    shells[shell](),
  ]);
  const codes = explanationsIn(explanations, speech).map(({ code }) => code);
  output.write(write(grammarOf(command.parent ?? command, codes)));
  return exitCodes.done;
}
