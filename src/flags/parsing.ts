import { type Argument, Command, type Option } from 'commander';
import { inclusions, type Variables } from '../configuration/settings.ts';
import { withoutPassword } from '../configuration/values.ts';
import { nearest } from '../org/nearest.ts';
import type { DataOfCode, ProblemError } from '../problems/index.ts';
import { carries, problemError } from '../problems/thrown.ts';
import { isForgiving, nameOf, readValue, settingOf, valueOfVariable } from './settings.ts';

type Mistake = Pick<DataOfCode<'Usage'>, 'mistake' | 'word'> & Partial<DataOfCode<'Usage'>>;

/**
 * Commander, with what is wrong as data. What it does not offer to word are the methods in which it words a mistake
 * itself (commander 14, `lib/command.js`); should one of them be named otherwise some day, its English says what is wrong.
 */
export class CommandLine extends Command {
  readonly #env: Variables;

  constructor(name: string | undefined, env: Variables) {
    super(name);
    this.#env = env;
  }

  override createCommand(name?: string): Command {
    return new CommandLine(name, this.#env);
  }

  unknownOption(flag: string): never {
    throw unknownWord('unknown-option', flag, flagsOf(this), this);
  }

  unknownCommand(): never {
    const names = this.commands.map((command) => command.name());
    throw unknownWord('unknown-command', this.args[0] ?? '', names, this);
  }

  missingArgument(name: string): never {
    throw mistaken(this, { mistake: 'missing-argument', word: name });
  }

  optionMissingArgument({ flags }: Option): never {
    throw mistaken(this, { mistake: 'missing-value', word: flags });
  }

  /** Asked once, of the command that is meant, when its line is read and nobody wants its help: only then variables count. */
  _checkForMissingMandatoryOptions(): void {
    const chain = chainOf(this);
    if (!isForgiving(this)) for (const command of chain) readVariables(command, this.#env);
    for (const command of chain) {
      const missing = command.options.find(
        (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
      );
      if (missing !== undefined) throw mistaken(command, { mistake: 'missing-option', word: missing.flags });
    }
  }

  override error(message: string, options?: Parameters<Command['error']>[1]): never {
    if (options?.code !== 'commander.excessArguments') return super.error(message, options);
    const limits = [this.registeredArguments.length, this.args.length].map(String);
    throw mistaken(this, { mistake: 'too-many-arguments', word: this.parent === null ? '' : this.name(), limits });
  }

  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return readValue(target, value, previous);
    } catch (error) {
      if (!carries(error, 'InvalidValue')) throw error;
      const word = 'flags' in target ? target.flags : target.name();
      const { rule, limits } = error.problem.data;
      const near = rule === 'one-of' ? nearest(value, limits, (name) => name) : null;
      throw mistaken(this, { mistake: 'invalid-value', word, value: withoutPassword(value), rule, limits, near });
    }
  }
}

/**
 * What the environment says where the command line says nothing. Accounts that are named on the line are the whole
 * choice: a variable adds none to them.
 * @throws ProblemError naming the variable.
 */
function readVariables(command: Command, env: Variables): void {
  const isSaid = (option: Option): boolean => command.getOptionValueSource(option.attributeName()) === 'cli';
  const isChosen =
    command.registeredArguments.some(({ variadic }) => variadic) &&
    (command.args.length > 0 ||
      command.options.some((option) => inclusions.includes(nameOf(option)) && isSaid(option)));
  for (const option of command.options) {
    const setting = settingOf(command, option);
    if (setting === null || isSaid(option)) continue;
    if (isChosen && inclusions.includes(setting.flag)) continue;
    const said = valueOfVariable(command, option, setting, env);
    if (said !== null) command.setOptionValueWithSource(option.attributeName(), said.value, 'env');
  }
}

/** The mistake, and whose help says more. */
export function mistaken(command: Command, mistake: Mistake): ProblemError {
  const see = chainOf(command)
    .map((one) => one.name())
    .join(' ');
  return problemError('Usage', { value: null, rule: null, limits: [], near: null, see, ...mistake });
}

export const unknownWord = (
  mistake: 'unknown-command' | 'unknown-option',
  word: string,
  known: readonly string[],
  command: Command,
): ProblemError => mistaken(command, { mistake, word, near: nearest(word, known, (name) => name) });

/** From the program down to the command. */
const chainOf = (command: Command): readonly Command[] =>
  command.parent === null ? [command] : [...chainOf(command.parent), command];

/** Every flag that the command or one above it knows. */
export const flagsOf = (command: Command): readonly string[] =>
  chainOf(command).flatMap(({ options }) => options.flatMap(({ short, long }) => [long ?? '', short ?? '']));
