import type { Argument, Command, Option } from 'commander';
import type { Grammar, Offer, Place } from '../completion/grammar.ts';
import { frameworkNames } from '../controls/index.ts';
import { credentialKinds } from '../documents/index.ts';
import { callerCommands } from '../policy/index.ts';
import { formats } from '../render/index.ts';
import { languages } from '../words/index.ts';

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
  '<ou>': { offer: 'units' },
  '<owner/name>': nothing,
  '<queue>': nothing,
  '<region>': nothing,
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
  const placeOf = (command: Command, parent: Command, path: string): Place => {
    const commands = help.visibleCommands(command);
    return {
      path,
      commands: commands.map((one) => ({ name: one.name(), about: help.subcommandDescription(one) })),
      flags: help.visibleOptions(command).map((option) => ({
        names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
        about: option.description,
        takes: option.required || option.optional ? offerOf(option) : null,
      })),
      operand: operandOf(command, parent, codes),
    };
  };
  const placesBelow = (command: Command, path: string): readonly Place[] =>
    help.visibleCommands(command).flatMap((one) => {
      const name = path === '' ? one.name() : `${path} ${one.name()}`;
      return [placeOf(one, command, name), ...placesBelow(one, name)];
    });
  return [placeOf(program, program, ''), ...placesBelow(program, '')];
}

function offerOf({ argChoices, flags }: Option): Offer {
  if (argChoices !== undefined) return { offer: 'words', words: argChoices };
  const [value = ''] = /<.+>$/u.exec(flags) ?? [];
  return offers[flags] ?? offers[value] ?? nothing;
}

/** @param parent what `help` helps with: commander's own stands in no tree. */
function operandOf(command: Command, parent: Command, codes: readonly string[]): Place['operand'] {
  const [argument] = command.registeredArguments;
  if (argument === undefined) return null;
  return { takes: operandOffer(argument, parent, codes), isRepeated: argument.variadic };
}

function operandOffer(argument: Argument, parent: Command, codes: readonly string[]): Offer {
  if (argument.argChoices !== undefined) return { offer: 'words', words: argument.argChoices };
  switch (argument.name()) {
    case 'account':
      return { offer: 'accounts' };
    case 'code':
      return { offer: 'words', words: codes };
    case 'command':
      return { offer: 'words', words: parent.commands.map((one) => one.name()) };
    case 'id':
      return { offer: 'runs' };
    default:
      return nothing;
  }
}
