import { type Argument, type Command, InvalidArgumentError, type Option } from 'commander';
import type { Configuration } from '../configuration/reading.ts';
import { placeOf, type Setting, type Variables, variableOf } from '../configuration/settings.ts';
import { oneOf, switchedOn, withoutPassword } from '../configuration/values.ts';
import { nearest } from '../org/nearest.ts';
import type { RuleName } from '../problems/index.ts';
import { within } from '../problems/problem.ts';
import { carries, ProblemError, problemError } from '../problems/thrown.ts';
import { formatNames } from '../render/format-names.ts';
import type { GlobalOptions } from './options.ts';

/** Such as `max-accounts` or `no-color`. */
export const nameOf = (option: Option): string => (option.long ?? '').replace(/^--/u, '');

/** Such as `runs resume`; null: the program itself. */
export function commandOf(command: Command): string | null {
  if (command.parent === null) return null;
  const above = commandOf(command.parent);
  return above === null ? command.name() : `${above} ${command.name()}`;
}

/** These help with what is wrong in the environment and the files: neither keeps them from beginning. */
export const isForgiving = (command: Command): boolean => {
  const [first = ''] = commandOf(command)?.split(' ') ?? [];
  return ['help', 'config'].includes(first);
};

/** As commander reads a value, with what it must be as data. @throws ProblemError */
export function readValue(target: Option | Argument, value: string, previous: unknown): unknown {
  try {
    return target.parseArg?.(value, previous) ?? value;
  } catch (error) {
    // The choices that commander is given are a rule, too.
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw problemError('InvalidValue', { rule: 'one-of', limits: target.argChoices ?? [] });
  }
}

/** No command line says these of a format; files and variables are told where they stand. */
const formatName = oneOf(formatNames);

/** A flag as a setting; null for those that ask for something else than the command. */
export function settingOf(command: Command, option: Option): Setting | null {
  const flag = nameOf(option);
  if (flag === 'version' || flag === 'help') return null;
  const takes = !option.required && !option.optional ? 'nothing' : isRepeated(option) ? 'values' : 'a-value';
  const isFormat = command.parent === null && flag === 'output';
  return {
    command: commandOf(command),
    flag,
    takes,
    rule: isFormat ? ruleIn(formatName) : takes === 'nothing' ? ruleIn(switchedOn) : ruleOf(option),
    about: option.description,
    preset: presetOf(option),
    read: (text) => {
      if (takes === 'nothing') return switchedOn(text);
      return isFormat ? formatName(text) : readValue(option, text, undefined);
    },
  };
}

const isRepeated = ({ parseArg }: Option): boolean => parseArg !== undefined && 'isRepeated' in parseArg;

const ruleIn = ({
  rule,
  limits,
}: {
  readonly rule: RuleName;
  readonly limits: readonly string[];
}): Setting['rule'] => ({
  name: rule,
  limits,
});

function ruleOf({ argChoices, parseArg }: Option): Setting['rule'] {
  if (argChoices !== undefined) return { name: 'one-of', limits: argChoices };
  return parseArg !== undefined && isRuled(parseArg) ? ruleIn(parseArg) : null;
}

const isRuled = (read: object): read is Parameters<typeof ruleIn>[0] => 'rule' in read && 'limits' in read;

function presetOf({ negate, defaultValue, defaultValueDescription }: Option): string | null {
  if (negate || (defaultValue === undefined && defaultValueDescription === undefined)) return null;
  return defaultValueDescription ?? String(defaultValue);
}

/** The program's own flags that the command line itself names. */
export const givenOptions = (program: Command): Partial<GlobalOptions> =>
  Object.fromEntries(
    Object.entries(program.opts()).filter(([attribute]) => program.getOptionValueSource(attribute) === 'cli'),
  );

/** From the least firm to the firmest: files and variables have preferences, a flag is a demand. */
const saying = ['config', 'env', 'cli'];

/** How firmly an option is said. Higher is firmer; `demanded` is a flag's. */
export const firmnessIn =
  (command: Command) =>
  (attribute: string): number =>
    saying.indexOf(command.getOptionValueSource(attribute) ?? '');

export const demanded = saying.indexOf('cli');

/** Every setting of a program, the program's own first. */
export const settingsOf = (command: Command): readonly Setting[] => [
  ...command.options.flatMap((option) => settingOf(command, option) ?? []),
  ...command.commands.flatMap(settingsOf),
];

/** A switch that a variable or a file turns off is as if it were not there. */
function heldValue(option: Option, setting: Setting, text: string): unknown {
  const value = setting.read(text);
  if (setting.takes !== 'nothing') return value;
  const isOn = value === true;
  return option.negate ? !isOn : isOn || undefined;
}

/** The text of a variable that says something. */
export const textOfVariable = (setting: Setting, env: Variables): string | undefined =>
  env[variableOf(setting)] || undefined;

/** One a line: names and tags may have commas in them. Blanks alone leave nothing out, which somebody may rely on. */
function valuesIn(text: string, option: Option): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw problemError('EmptyValue', { flag: option.long ?? '' });
  return lines.reduce<unknown>((before, line) => readValue(option, line, before), undefined);
}

/**
 * What a variable makes of an option; null: it says nothing.
 * @throws ProblemError naming the variable, and what it must be.
 */
export function valueOfVariable(
  command: Command,
  option: Option,
  setting: Setting,
  env: Variables,
): { readonly value: unknown } | null {
  const text = textOfVariable(setting, env);
  if (text === undefined) return null;
  const variable = variableOf(setting);
  try {
    if (setting.takes === 'values') return { value: valuesIn(text, option) };
    return { value: heldValue(option, setting, text) };
  } catch (error) {
    if (carries(error, 'InvalidValue')) {
      const see = ['rootctl', commandOf(command)].filter((word) => word !== null).join(' ');
      const { rule, limits } = error.problem.data;
      throw problemError('Usage', {
        mistake: 'invalid-variable',
        word: variable,
        value: withoutPassword(text),
        near: rule === 'one-of' ? nearest(text, limits, (name) => name) : null,
        rule,
        limits,
        see,
      });
    }
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(within('setting', [variable], error.problem), error);
  }
}

/** What others decide as well: AWS's variables stand above a file, and a command may not have the format of a file. */
const decidedLater: readonly string[] = ['profile', 'region', 'endpoint-url', 'output', 'lang'];

/** What the configuration files say where neither the command line nor the environment does. */
export function readFiles(command: Command, configuration: Configuration): void {
  if (command.parent !== null) readFiles(command.parent, configuration);
  for (const option of command.options) {
    const setting = settingOf(command, option);
    if (setting === null || placeOf(setting) === null) continue;
    if (setting.command === null && decidedLater.includes(setting.flag)) continue;
    const source = command.getOptionValueSource(option.attributeName());
    const entry = configuration.entryOf(setting);
    if (entry === null || source === 'cli' || source === 'env') continue;
    command.setOptionValueWithSource(option.attributeName(), heldValue(option, setting, entry.text), 'config');
  }
}
