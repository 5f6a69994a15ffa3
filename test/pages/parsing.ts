import type { Command } from 'commander';
import { program } from '../support/settings.ts';

const tree = program();

const childOf = (command: Command, word: string): Command | undefined =>
  command.commands.find((one) => one.name() === word);

export const isCommandName = (word: string): boolean => childOf(tree, word) !== undefined;

const flagsOf = (command: Command | null): readonly string[] =>
  command === null
    ? ['--help', '-h']
    : [...command.options.flatMap(({ long, short }) => [long ?? '', short ?? '']), ...flagsOf(command.parent)];

/** Every flag of every command. */
const allFlags: ReadonlySet<string> = new Set(
  (function within(command: Command): readonly string[] {
    return [...flagsOf(command), ...command.commands.flatMap(within)];
  })(tree),
);

export const isFlag = (word: string): boolean => allFlags.has(word);

/** @returns what rootctl would not know among the words behind its name: a subcommand, or flags. */
export function unknownWords(words: readonly string[]): readonly string[] {
  let command = tree;
  let depth = 0;
  for (const word of words) {
    const next = childOf(command, word);
    if (next === undefined) break;
    command = next;
    depth += 1;
  }
  const rest = words.slice(depth);
  const [first = ''] = rest;
  const isGroup = command.commands.length > 0 && command.registeredArguments.length === 0;
  const missing = isGroup && /^[a-z]/u.test(first) && command.name() !== 'help' ? [first] : [];
  const known = flagsOf(command);
  return [...missing, ...rest.filter((word) => /^--?[a-z]/u.test(word) && !known.includes(word.replace(/=.*$/u, '')))];
}
