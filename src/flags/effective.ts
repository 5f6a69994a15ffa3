import type { Command, Option } from 'commander';
import { defaults } from '../actions/defaults.ts';
import type { Configuration } from '../configuration/reading.ts';
import { type Setting, type Variables, variableOf } from '../configuration/settings.ts';
import { withoutPassword } from '../configuration/values.ts';
import type { EffectiveSetting } from '../documents/index.ts';
import { type Problem, problemOf } from '../problems/index.ts';
import { localeLanguage } from './language.ts';
import { settingOf, textOfVariable, valueOfVariable } from './settings.ts';

type Found = Pick<EffectiveSetting, 'value' | 'source' | 'from'>;

/** What holds for every flag, and what is wrong with what the environment says. */
export function effectiveSettings(
  program: Command,
  configuration: Configuration,
  env: Variables,
): { readonly settings: readonly EffectiveSetting[]; readonly errors: readonly Problem[] } {
  const errors = new Map<string, Problem>();
  const settings = optionsIn(program).map(({ command, option, setting }): EffectiveSetting => {
    const found = fromFlag(command, option, setting) ??
      fromVariable(command, option, setting, env, errors) ??
      fromAws(setting, env) ??
      fromFile(setting, configuration) ?? { value: presetOf(setting, env), source: 'default', from: null };
    return { command: setting.command, name: setting.flag, variable: variableOf(setting), ...found };
  });
  const protections = configuration.protections.map(
    ({ text, at }): EffectiveSetting => ({
      command: null,
      name: 'protect',
      variable: null,
      value: text,
      source: 'file',
      from: at,
    }),
  );
  return { settings: [...settings, ...protections], errors: [...errors.values()] };
}

interface Known {
  readonly command: Command;
  readonly option: Option;
  readonly setting: Setting;
}

const optionsIn = (command: Command): readonly Known[] => [
  ...command.options.flatMap((option) => {
    const setting = settingOf(command, option);
    return setting === null ? [] : [{ command, option, setting }];
  }),
  ...command.commands.flatMap(optionsIn),
];

function fromFlag(command: Command, option: Option, { flag, takes, rule }: Setting): Found | null {
  if (command.getOptionValueSource(option.attributeName()) !== 'cli') return null;
  const held: unknown = command.getOptionValue(option.attributeName());
  const isTime = rule?.name.startsWith('duration') === true;
  const value = takes === 'nothing' ? 'true' : isTime ? `${Number(held) / 1_000}s` : String(held);
  return { value: withoutPassword(value), source: 'flag', from: `--${flag}` };
}

function fromVariable(
  command: Command,
  option: Option,
  setting: Setting,
  env: Variables,
  errors: Map<string, Problem>,
): Found | null {
  const text = textOfVariable(setting, env);
  if (text === undefined) return null;
  const variable = variableOf(setting);
  try {
    valueOfVariable(command, option, setting, env);
  } catch (error) {
    errors.set(variable, problemOf(error));
  }
  return { value: withoutPassword(text), source: 'variable', from: variable };
}

/** AWS's own variables, which a file comes after. */
const awsVariables: Readonly<Record<string, string>> = {
  profile: 'AWS_PROFILE',
  region: 'AWS_REGION',
  'endpoint-url': 'AWS_ENDPOINT_URL',
};

function fromAws({ command, flag }: Setting, env: Variables): Found | null {
  const variable = command === null ? awsVariables[flag] : undefined;
  const text = variable === undefined ? undefined : env[variable];
  return variable === undefined || !text ? null : { value: withoutPassword(text), source: 'variable', from: variable };
}

function fromFile(setting: Setting, configuration: Configuration): Found | null {
  const entry = configuration.entryOf(setting);
  return entry === null ? null : { value: withoutPassword(entry.text), source: 'file', from: entry.at };
}

function presetOf({ command, flag, preset }: Setting, env: Variables): string | null {
  if (command === null && flag === 'concurrency') return String(defaults.concurrency);
  if (command === null && flag === 'lang') return localeLanguage(env);
  return preset;
}
