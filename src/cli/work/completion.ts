import type { Command } from 'commander';
import { type ShellName, shells } from '../../completion/shells.ts';
import { grammarOf } from '../../flags/grammar.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { explanationsIn, loadExplanations } from '../../words/index.ts';
import type { Desk } from '../desk.ts';
/** A script, whatever format the environment and the configuration prefer: a start-up file runs it. */
export async function writeScript(
  { output, speaker: { speech } }: Pick<Desk, 'output' | 'speaker'>,
  shell: ShellName,
  command: Command,
): Promise<number> {
  output.formOf('completion');
  const [explanations, write] = await Promise.all([
    loadExplanations('en'), // their codes, which are the same in every language
    shells[shell](),
  ]);
  const codes = explanationsIn(explanations, speech).map(({ code }) => code);
  output.write(write(grammarOf(command.parent ?? command, codes)));
  return exitCodes.done;
}
