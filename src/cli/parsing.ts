import { type Argument, Command, InvalidArgumentError, type Option } from 'commander';
import { nearest } from '../org/nearest.ts';
import { carries, type DataOfCode, type ProblemError, problemError } from '../problems/index.ts';

type Mistake = Pick<DataOfCode<'Usage'>, 'mistake' | 'word'> & Partial<DataOfCode<'Usage'>>;

/**
 * Commander, with what is wrong as data. What it does not offer to word are the methods in which it words a mistake
 * itself (commander 14, `lib/command.js`); should one of them be named otherwise some day, its English says what is wrong.
 */
export class CommandLine extends Command {
  override createCommand(name?: string): Command {
    return new CommandLine(name);
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

  missingMandatoryOptionValue(): never {
    const isMissing = (option: Option): boolean =>
      option.mandatory && this.getOptionValue(option.attributeName()) === undefined;
    throw mistaken(this, { mistake: 'missing-option', word: this.options.find(isMissing)?.flags ?? '' });
  }

  override error(message: string, options?: Parameters<Command['error']>[1]): never {
    if (options?.code !== 'commander.excessArguments') return super.error(message, options);
    const limits = [this.registeredArguments.length, this.args.length].map(String);
    throw mistaken(this, { mistake: 'too-many-arguments', word: this.parent === null ? '' : this.name(), limits });
  }

  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return target.parseArg?.(value, previous) ?? value;
    } catch (error) {
      // The choices that commander is given are a rule, too.
      const broken = error instanceof InvalidArgumentError ? noneOf(target.argChoices ?? []) : error;
      if (!carries(broken, 'InvalidValue')) throw error;
      const word = 'flags' in target ? target.flags : target.name();
      const { rule, limits } = broken.problem.data;
      const near = rule === 'one-of' ? nearest(value, limits, (name) => name) : null;
      throw mistaken(this, { mistake: 'invalid-value', word, value, rule, limits, near });
    }
  }
}

const noneOf = (limits: readonly string[]): ProblemError => problemError('InvalidValue', { rule: 'one-of', limits });

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
