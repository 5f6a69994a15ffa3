import type { Argument, Command, Option } from 'commander';
import type { Described, Grammar, Offer, Place } from '../completion/grammar.ts';
import { frameworkNames } from '../controls/index.ts';
import { credentialKinds } from '../documents/index.ts';
import { callerCommands } from '../policy/index.ts';
import { accountStates, formats, statusColumnNames } from '../render/index.ts';
import { languages, topicNames } from '../words/index.ts';

import { helpName } from './known-words.ts';

/** A value that nobody can guess. */
const nothing: Offer = { offer: 'nothing' };

/**
 * What stands for a value in the help says what can be offered for it. A flag is named where its values are more than the
 * help has a word for.
 */
export const offers: Readonly<Record<string, Offer>> = {
  '--exclude <account>': { offer: 'exclusions' },
  '--framework <name>': { offer: 'words', words: frameworkNames },
  '--org <id>': { offer: 'organization' },
  '--run <id>': { offer: 'runs' },
  '<account>': { offer: 'accounts' },
  '<branch>': nothing,
  '<commands>': { offer: 'list', words: callerCommands },
  '<expression>': nothing,
  '<file>': { offer: 'files' },
  '<format>': { offer: 'words', words: Object.keys(formats) },
  '<format=file>': { offer: 'written', words: Object.keys(formats) },
  '<glob>': { offer: 'names' },
  '<ids>': { offer: 'account-lists' },
  '<key[=value]>': nothing,
  '<kinds>': { offer: 'list', words: Object.values(credentialKinds).map(({ flag }) => flag) },
  '<language>': { offer: 'words', words: languages },
  '<n>': nothing,
  '<name>': nothing,
  '<names>': { offer: 'list', words: statusColumnNames() },
  '<ou>': { offer: 'units' },
  '<owner/name>': nothing,
  '<queue>': nothing,
  '<region>': nothing,
  '<states>': { offer: 'list', words: accountStates },
  '<text>': nothing,
  '<time>': nothing,
  '<url>': nothing,
};

/**
 * All that can be typed, from the tree that `--help` is made of.
 * @param codes what `explain` explains.
 */
export function grammarOf(program: Command, codes: readonly string[]): Grammar {
  const help = program.createHelp();
  const commandsOf = (command: Command): readonly Described[] =>
    help.visibleCommands(command).map((one) => ({ name: one.name(), about: help.subcommandDescription(one) }));
  const placeOf = (command: Command, path: string): Place => ({
    path,
    commands: commandsOf(command),
    flags: help.visibleOptions(command).map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
      about: option.description,
      takes: option.required || option.optional ? offerOf(option) : null,
    })),
    operand: operandOf(command, codes),
  });
  const placesBelow = (command: Command, path: string): readonly Place[] =>
    help.visibleCommands(command).flatMap((one) => {
      const name = path === '' ? one.name() : `${path} ${one.name()}`;
      return one.name() === helpName ? helpedBy(command, name) : [placeOf(one, name), ...placesBelow(one, name)];
    });
  /** What follows `help` is what it helps with. */
  const helpedBy = (command: Command, path: string): readonly Place[] => {
    const helped = help.visibleCommands(command).filter((one) => one.name() !== helpName);
    const topics = command === program ? topicNames.map((name) => ({ name, about: '' })) : [];
    const own = commandsOf(command).filter(({ name }) => name !== helpName);
    const bare = { flags: [], operand: null };
    return [
      { path, commands: [...own, ...topics], ...bare },
      ...helped.map((one) => ({ path: `${path} ${one.name()}`, commands: commandsOf(one), ...bare })),
    ];
  };
  return [placeOf(program, ''), ...placesBelow(program, '')];
}

function offerOf({ argChoices, flags }: Option): Offer {
  if (argChoices !== undefined) return { offer: 'words', words: argChoices };
  const [value = ''] = /<.+>$/u.exec(flags) ?? [];
  return offers[flags] ?? offers[value] ?? nothing;
}

function operandOf(command: Command, codes: readonly string[]): Place['operand'] {
  const [argument] = command.registeredArguments;
  return argument === undefined ? null : { takes: operandOffer(argument, codes), isRepeated: argument.variadic };
}

function operandOffer(argument: Argument, codes: readonly string[]): Offer {
  if (argument.argChoices !== undefined) return { offer: 'words', words: argument.argChoices };
  switch (argument.name()) {
    case 'account':
      return { offer: 'accounts' };
    case 'code':
      return { offer: 'words', words: codes };
    case 'id':
      return { offer: 'runs' };
    default:
      return nothing;
  }
}
