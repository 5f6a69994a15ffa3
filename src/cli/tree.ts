import { type Argument, type Command, Option } from 'commander';
import { defaults } from '../actions/defaults.ts';
import {
  accountsInFlight,
  durationAboveZero,
  httpUrl,
  languageName,
  regionName,
  repeated,
  sessionsPerSecond,
} from '../flags/options.ts';
import { CommandLine } from '../flags/parsing.ts';
import type { World } from '../process/world.ts';
import { formats, widthOf, wrap } from '../render/index.ts';
import { languages, type TopicName, type Words } from '../words/index.ts';
import type { AnyCommandModule, Help, Run } from './command.ts';
import { commands } from './commands/index.ts';
import { addHelpCommand } from './helping.ts';

interface Planting {
  readonly words: Words;
  readonly version: string;
  readonly env: World['env'];
  /** How wide the help may be. */
  readonly columns: number;
  readonly write: (text: string) => void;
  readonly run: Run;
  readonly showTopic: (name: TopicName) => Promise<void>;
}

/** Every command and flag, with their help in one language: what is parsed, helped, configured and printed as a manual. */
export function commandTree({ words: { help }, version, env, columns, write, run, showTopic }: Planting): Command {
  const program = new CommandLine('rootctl', env);
  inherit(program, help, Math.min(columns, 100), write)
    .description(help.about)
    .version(version, '--version', help.version);
  addGlobalOptions(program, help);
  for (const module of commands) addCommand(program, module, run, help);
  addHelpCommand(program, help, showTopic);
  program.addHelpText('after', () => {
    const lines = exampleLines(programExamples, help.examples);
    return `\n${help.examplesTitle}\n${lines}\n\n${help.exitCodes}\n${help.documents}`;
  });
  return program;
}

/** Of the whole program: what stands behind each is in the words, by the same key. */
export const programExamples = {
  doctor: 'rootctl doctor',
  status: 'rootctl status',
  delete: 'rootctl delete --all --dry-run',
};

function addGlobalOptions(program: Command, { global, durations }: Help): void {
  program
    .option('--profile <name>', global.profile)
    .option('--region <region>', global.region, regionName)
    .option('--endpoint-url <url>', global['endpoint-url'], httpUrl)
    .addOption(new Option('-o, --output <format>', global.output(Object.keys(formats))).default(undefined, 'table'))
    .option('--out <format=file>', global.out, repeated)
    .option('--query <expression>', global.query)
    .option('--lang <language>', global.lang(languages), languageName)
    .option('--concurrency <n>', global.concurrency(defaults.concurrency), accountsInFlight)
    .option('--rate <n>', global.rate, sessionsPerSecond)
    .option('--timeout <time>', global.timeout(durations), durationAboveZero)
    .option('-q, --quiet', global.quiet)
    .option('--debug', global.debug)
    .option('--no-color', global['no-color'])
    .option('--no-pager', global['no-pager'])
    .option('--config <file>', global.config)
    .option('--sandbox', global.sandbox);
}

function addCommand(program: Command, module: AnyCommandModule, run: Run, help: Help): void {
  const { summary, examples } = help.commands[module.name];
  const command = program.command(module.name).summary(summary).description(summary);
  module.define(command, run, help);
  describe(command, module.examples, examples, help);
}

type Lines = Readonly<Record<string, string>>;

/** A command's help begins with examples: a subcommand's with those of them that are its own. */
function describe(command: Command, examples: Lines, about: Lines, help: Help): void {
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
function exampleLines(lines: Lines, about: Lines): string {
  const explained = Object.entries(lines).filter(([key]) => about[key]);
  const columns = Math.max(0, ...explained.map(([, line]) => line.length).filter((one) => one < exampleColumnsMax));
  return Object.entries(lines)
    .map(([key, line]) => (about[key] ? `  ${line.padEnd(columns)}    ${about[key]}` : `  ${line}`))
    .join('\n');
}

/** Commander prints through the world's streams and in the language; an error of its own is ours to print. */
function inherit(command: Command, help: Help, columns: number, write: (text: string) => void): Command {
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
