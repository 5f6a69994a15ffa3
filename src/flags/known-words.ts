import type { Command } from 'commander';
import type { ProblemError } from '../problems/index.ts';
import { flagsOf, mistaken, unknownWord } from './parsing.ts';

export const helpName = 'help';

/** @throws ProblemError `Usage` for a word that is none of the command's commands. @param others what may be said as well. */
export function commandBelow(command: Command, word: string, others: readonly string[] = []): Command {
  const next = command.commands.find((one) => one.name() === word);
  if (next !== undefined) return next;
  const names = command.commands.map((one) => one.name());
  throw unknownWord('unknown-command', word, [...names, ...others], command);
}

/**
 * Commander answers `--help` whatever stands beside it; help for something else is no answer to a typing mistake.
 * @param helped the command whose help was asked for.
 * @throws ProblemError `Usage` for a word that is no command, and for a flag that nothing on the way to it knows.
 */
export function requireKnownWords(program: Command, helped: Command): void {
  let command = program;
  for (const word of program.args) {
    if (command.commands.length === 0) break; // what follows is for the command itself
    if (word.startsWith('-') || word === helpName) continue;
    command = commandBelow(command, word);
  }
  const flags = flagsOf(command);
  const [wrong] = helped.args
    .filter((word) => /^--?[^-]/u.test(word) && word !== '-h' && word !== '--help')
    .map((word) => word.replace(/=.*$/u, ''))
    .filter((word) => !flags.includes(word));
  if (wrong !== undefined) throw unknownWord('unknown-option', wrong, flags, command);
}

/** `rootctl sandbox`, and no more. */
export function noCommand(program: Command): ProblemError {
  const command = program.commands.find((one) => one.name() === program.args[0]) ?? program;
  return mistaken(command, { mistake: 'no-command', word: command.name() });
}
