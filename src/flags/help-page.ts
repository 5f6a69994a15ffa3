import type { Argument, Command, Option } from 'commander';
import { widthOf, wrap } from '../render/text.ts';
import type { Words } from '../words/index.ts';

type Help = Words['help'];

/** Commander prints through the world's streams and in the language; an error of its own is ours to print. */
export function inherit(command: Command, help: Help, columns: number, write: (text: string) => void): Command {
  return command
    .exitOverride()
    .configureHelp({
      helpWidth: columns,
      displayWidth: widthOf,
      boxWrap: (text, width) => wrap(text, width, '').join('\n'),
      styleTitle: (title) => help.titles[title] ?? title,
      optionDescription: (option) => described(option, help),
      argumentDescription: (argument) => described(argument, help),
    })
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
    .helpOption('-h, --help', help.helpFlag)
    .helpCommand('help [command]', help.helpFlag);
}

/** As commander's own, in the language. */
function described({ description, argChoices, defaultValue, defaultValueDescription }: Argument | Option, help: Help) {
  const quoted = (value: unknown): string => JSON.stringify(value);
  const extra = [
    ...(argChoices === undefined ? [] : [help.choices(argChoices.map(quoted))]),
    ...(defaultValue === undefined || typeof defaultValue === 'boolean'
      ? []
      : [help.preset(defaultValueDescription ?? quoted(defaultValue))]),
  ];
  return extra.length === 0 ? description : `${description} (${extra.join(', ')})`;
}

type Lines = Readonly<Record<string, string>>;

/** A command's help begins with examples: a subcommand's with those of them that are its own. */
export function describe(command: Command, examples: Lines, about: Lines, help: Help): void {
  command.addHelpText('before', () => `${exampleLines(examples, about)}\n`);
  command.addHelpText('after', `\n${help.everywhere}`);
  for (const one of command.commands) {
    one.description(one.summary());
    const begins = `rootctl ${command.name()} ${one.name()}`;
    const own = Object.entries(examples).filter(([, line]) => line === begins || line.startsWith(`${begins} `));
    describe(one, Object.fromEntries(own), about, help);
  }
}

/** Beyond so many columns a command stands alone rather than push what is said of the others aside. */
const exampleColumnsMax = 80;

/** Commands to paste, and behind them in one column what each does. */
export function exampleLines(lines: Lines, about: Lines): string {
  const explained = Object.entries(lines).filter(([key]) => about[key]);
  const columns = Math.max(0, ...explained.map(([, line]) => line.length).filter((one) => one < exampleColumnsMax));
  return Object.entries(lines)
    .map(([key, line]) => (about[key] ? `  ${line.padEnd(columns)}    ${about[key]}` : `  ${line}`))
    .join('\n');
}
