import { type Command, CommanderError, Option } from 'commander';
import { defaults } from '../actions/defaults.ts';
import type { ErrorDocument } from '../documents/index.ts';
import { obstacleOf, type Problem, problem, problemOf } from '../problems/index.ts';
import {
  createPaint,
  formats,
  type Paint,
  renderFailure,
  sarifFailure,
  visible,
  widthOf,
  wrap,
} from '../render/index.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import { createSpeech, en, type Language, type LeadBack, languages, loadWords, type Speech } from '../words/index.ts';
import { type EarlyFlags, flagsIn, isSimulated, leadBackOf } from './argv.ts';
import type { AnyCommandModule, Help, Run } from './command.ts';
import { commands } from './commands/index.ts';
import { type ConfigReader, configReader } from './config.ts';
import { openDesk } from './desk.ts';
import { exitCodeOf, exitCodes } from './errors.ts';
import { chooseLanguage, localeLanguage } from './language.ts';
import {
  accountsInFlight,
  durationAboveZero,
  type GlobalOptions,
  httpUrl,
  languageName,
  regionName,
  repeated,
  sessionsPerSecond,
} from './options.ts';
import { CommandLine, flagsOf, mistaken, unknownWord } from './parsing.ts';
import { type FileTarget, formatOnStdout } from './targets.ts';
import type { World } from './world.ts';

/** How an error that ends the command is told. */
interface Telling {
  readonly format: string | null;
  /** Files that wait for a result. */
  readonly waiting: () => readonly FileTarget[];
  readonly speech: Speech;
  readonly english: Speech;
  readonly isSimulated: boolean;
  readonly paint: Paint;
  readonly isDebug: boolean;
}

/** Runs one command line to its end. Never throws: every error becomes a line on stderr and an exit code. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  let exitCode: number = exitCodes.done;
  const configOf = configReader(world);
  let telling = await earlyTelling(argv, world, configOf);
  const program = new CommandLine('rootctl');
  const run: Run = async (work) => {
    const options = program.opts<GlobalOptions>();
    const { desk, config, english, close } = await openDesk(world, options, configOf);
    const { speech } = desk.speaker;
    const format = formatOnStdout(options.output, options.out ?? []) ?? config.output ?? null;
    telling = { ...telling, format, waiting: desk.output.waiting, speech, english };
    try {
      exitCode = desk.output.exitCodeOf(await work(desk));
    } catch (error) {
      const interrupted = desk.stops.exitCode();
      throw interrupted !== null && problemOf(error).code === 'Aborted' ? new InterruptedError(interrupted) : error;
    } finally {
      await close();
    }
  };
  configure(program, world, telling.speech);
  for (const module of commands) addCommand(program, module, run, telling.speech);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      if (program.args.length > 0) return await report(noCommand(program), telling, world);
      program.outputHelp();
      return exitCodes.done;
    }
    return await report(error, telling, world);
  }
}

/** As far as it can be known before the command line is parsed: the error may be that it cannot be. */
async function earlyTelling(argv: readonly string[], world: World, configOf: ConfigReader): Promise<Telling> {
  const flags = flagsIn(argv);
  const leadBack: LeadBack = leadBackOf(flags, world.env);
  const english = createSpeech(en, leadBack);
  const words = await loadWords(await earlyLanguage(flags, world.env, configOf));
  world.speak(words.terminal);
  return {
    format: formatOnStdout(flags.output, flags.out ?? []),
    waiting: () => [],
    speech: words === en ? english : createSpeech(words, leadBack),
    english,
    isSimulated: isSimulated(flags, world.env),
    paint: createPaint(flags.color ? world.stderr.colorLevel : 0),
    isDebug: flags.debug === true,
  };
}

/**
 * The language of the help, and of errors before the command has begun. Where one that is named is not spoken, or the
 * configuration cannot be read, the terminal's: that error is told in it, and `--help` helps all the same.
 */
async function earlyLanguage(
  { lang: flag, config: named }: EarlyFlags,
  env: World['env'],
  configOf: ConfigReader,
): Promise<Language> {
  try {
    const isNamed = flag !== undefined || Boolean(env['ROOTCTL_LANG']);
    const config = isNamed ? undefined : (await configOf(named)).lang;
    return chooseLanguage({ flag, env, config });
  } catch {
    return localeLanguage(env);
  }
}

function configure(program: Command, world: World, { words }: Speech): void {
  const { help } = words;
  const { global, examples } = help;
  inherit(program, world, help)
    .description(help.about)
    .version(world.version, '--version', help.version)
    .addHelpText('beforeAll', ({ command }) => {
      requireKnownWords(program, command);
      return '';
    })
    .option('--profile <name>', global.profile)
    .option('--region <region>', global.region, regionName)
    .option('--endpoint-url <url>', global['endpoint-url'], httpUrl)
    .addOption(new Option('-o, --output <format>', global.output(Object.keys(formats))).default(undefined, 'table'))
    .option('--out <format=file>', global.out, repeated)
    .option('--lang <language>', global.lang(languages), languageName)
    .option('--concurrency <n>', global.concurrency(defaults.concurrency), accountsInFlight)
    .option('--rate <n>', global.rate, sessionsPerSecond)
    .option('--timeout <time>', global.timeout(help.durations), durationAboveZero)
    .option('-q, --quiet', global.quiet)
    .option('--debug', global.debug)
    .option('--no-color', global['no-color'])
    .option('--config <file>', global.config)
    .option('--sandbox', global.sandbox)
    .addHelpText('after', () => {
      const lines = exampleLines(
        {
          doctor: 'rootctl doctor',
          status: 'rootctl status',
          delete: 'rootctl delete --all --dry-run',
        },
        examples,
      );
      return `\n${help.examplesTitle}\n${lines}\n\n${help.exitCodes}\n${help.documents}`;
    });
}

function addCommand(program: Command, module: AnyCommandModule, run: Run, { words }: Speech): void {
  const { help } = words;
  const { summary, examples } = help.commands[module.name];
  const command = program.command(module.name).summary(summary).description(summary);
  module.define(command, run, help);
  command.addHelpText('before', () => `${exampleLines(module.examples, examples)}\n`);
  command.addHelpText('after', `\n${help.everywhere}`);
}

/** Beyond so many columns a command stands alone rather than push what is said of the others aside. */
const exampleColumnsMax = 80;

/** Commands to paste, and behind them in one column what each does. */
function exampleLines(commands: Readonly<Record<string, string>>, about: Readonly<Record<string, string>>): string {
  const explained = Object.entries(commands).filter(([key]) => about[key]);
  const columns = Math.max(...explained.map(([, command]) => command.length).filter((one) => one < exampleColumnsMax));
  return Object.entries(commands)
    .map(([key, command]) => (about[key] ? `  ${command.padEnd(columns)}    ${about[key]}` : `  ${command}`))
    .join('\n');
}

/** Commander prints through the world's streams and in the language; an error of its own is ours to print. */
function inherit(command: Command, world: World, help: Help): Command {
  return command
    .exitOverride()
    .configureHelp({
      helpWidth: Math.min(world.stdout.columns, 100),
      displayWidth: widthOf,
      boxWrap: (text, columns) => wrap(text, columns, '').join('\n'),
      styleTitle: (title) => help.titles[title] ?? title,
      optionDescription: (option) => optionDescription(option, help),
    })
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: () => {}, outputError: () => {} })
    .helpOption('-h, --help', help.helpFlag)
    .helpCommand('help [command]', help.helpCommand);
}

/** As commander's own, in the language. */
function optionDescription({ description, argChoices, defaultValue, defaultValueDescription }: Option, help: Help) {
  const quoted = (value: unknown): string => JSON.stringify(value);
  const extra = [
    ...(argChoices === undefined ? [] : [help.choices(argChoices.map(quoted))]),
    ...(defaultValue === undefined || typeof defaultValue === 'boolean'
      ? []
      : [help.preset(defaultValueDescription ?? quoted(defaultValue))]),
  ];
  return extra.length === 0 ? description : `${description} (${extra.join(', ')})`;
}

/**
 * Commander answers `--help` whatever stands beside it; help for something else is no answer to a typing mistake.
 * @param helped the command whose help was asked for.
 * @throws ProblemError `Usage` for a word that is no command, and for a flag that nothing on the way to it knows.
 */
function requireKnownWords(program: Command, helped: Command): void {
  let command = program;
  for (const word of program.args) {
    if (command.commands.length === 0) break; // what follows is for the command itself
    if (word.startsWith('-') || word === 'help') continue;
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) {
      const names = command.commands.map((one) => one.name());
      throw unknownWord('unknown-command', word, names, command);
    }
    command = next;
  }
  const flags = flagsOf(command);
  const [wrong] = helped.args
    .filter((word) => /^--?[^-]/u.test(word) && word !== '-h' && word !== '--help')
    .map((word) => word.replace(/=.*$/u, ''))
    .filter((word) => !flags.includes(word));
  if (wrong !== undefined) throw unknownWord('unknown-option', wrong, flags, command);
}

/** `rootctl sandbox`, and no more. */
function noCommand(program: Command): unknown {
  const command = program.commands.find((one) => one.name() === program.args[0]) ?? program;
  return mistaken(command, { mistake: 'no-command', word: command.name() });
}

async function report(error: unknown, telling: Telling, world: World): Promise<number> {
  const { speech, paint } = telling;
  const exitCode = exitCodeOf(error);
  const of = problemOf(error);
  // Usage errors are rootctl's own words: a code in brackets would be noise to the person who mistyped.
  // Whoever interrupted knows it, and the notice of --timeout has been given; a program that waits for a document has neither.
  if (!(error instanceof InterruptedError)) {
    const codeOf = exitCode === exitCodes.usage ? 'rootctl' : 'aws';
    world.stderr.write(renderFailure(of, { paint, speech }, codeOf));
  }
  const onStdout = failureText(of, telling.format, telling, world);
  if (onStdout !== '') world.stdout.write(onStdout);
  // Where nothing was done, what an earlier run left in a file stays true.
  for (const { format, path } of exitCode === exitCodes.usage ? [] : telling.waiting()) {
    const text = failureText(of, format, telling, world);
    if (text === '') continue;
    await world.writeFile(path, text).catch((why: unknown) => {
      const unwritten = problem('OutputNotWritten', { path, why: obstacleOf(why) });
      world.stderr.write(renderFailure(unwritten, { paint, speech }));
    });
  }
  if (telling.isDebug) for (const line of stackLines(error, speech)) world.stderr.write(`${visible(line)}\n`);
  return exitCode;
}

/** What a program that waits for a document is told in its place; empty where the format has no form of it. */
function failureText(of: Problem, format: string | null, telling: Telling, world: World): string {
  const { speech, english, isSimulated: simulated, paint } = telling;
  if (format === 'sarif' && of.code !== 'FormatNotOffered')
    return sarifFailure(of, { rootctlVersion: world.version, simulated }, english);
  if (format !== 'json') return '';
  const document: ErrorDocument = {
    schemaVersion: '1',
    kind: 'rootctl.error',
    complete: false,
    ...(simulated ? { simulated } : {}),
    error: of,
  };
  return formats.json.render(document, { columns: 160, nowMs: 0, paint, speech, english });
}

/** The stack of an error and of what caused it. A stack begins with a message, which may be AWS's: data, like all it says. */
function stackLines(error: unknown, speech: Speech, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > causesMax) return [];
  const own = (error.stack ?? String(error)).split('\n');
  return [
    ...own.map((line, index) => (index === 0 && depth > 0 ? speech.words.terminal.debug.causedBy(line) : line)),
    ...stackLines(error.cause, speech, depth + 1),
  ];
}

/** A chain of causes may be a ring. */
const causesMax = 5;
