import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { type ConfigurationReader, configurationReader, noConfiguration } from '../configuration/reading.ts';
import { decisive, type Setting, strangeVariables, variableOf } from '../configuration/settings.ts';
import type { ErrorDocument } from '../documents/index.ts';
import { nearest } from '../org/nearest.ts';
import { obstacleOf, type Problem, problem, problemOf } from '../problems/index.ts';
import { exitCodeOf, exitCodes } from '../process/exit-codes.ts';
import type { World } from '../process/world.ts';
import {
  annotation,
  createPaint,
  formats,
  type Paint,
  renderFailure,
  renderTopic,
  sarifFailure,
  visible,
} from '../render/index.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import {
  createSpeech,
  en,
  type Language,
  type LeadBack,
  loadTopics,
  loadWords,
  type Speech,
  type TopicName,
} from '../words/index.ts';
import { type EarlyFlags, flagsIn, isOnGitHub, isSimulated, leadBackOf, withVariables } from './argv.ts';
import type { Run } from './command.ts';
import { type Desk, openDesk } from './desk.ts';
import { factsOf } from './helping.ts';
import { chooseLanguage, localeLanguage } from './language.ts';
import type { GlobalOptions } from './options.ts';
import { flagsOf, mistaken, unknownWord } from './parsing.ts';
import { isForgiving, nameOf, readFiles, settingsOf } from './settings.ts';
import { type FileTarget, formatOnStdout } from './targets.ts';
import { commandTree } from './tree.ts';

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
  const configurationOf = readerOf(world);
  let telling = await earlyTelling(argv, world, configurationOf);
  let configuration = noConfiguration;
  let unreadable: Problem | null = null;
  const run: Run = async (work) => {
    const options = program.opts<GlobalOptions>();
    const { desk, format, english, close } = await openDesk(world, {
      options,
      given: givenOptions(program),
      configured: { configuration, problem: unreadable, env: world.env, settings: () => knownSettings(world) },
    });
    const { speech } = desk.speaker;
    telling = { ...telling, format, waiting: desk.output.waiting, speech, english };
    try {
      tellVariables(desk, acting, world.env);
      exitCode = desk.output.exitCodeOf(await work(desk));
    } catch (error) {
      const interrupted = desk.stops.exitCode();
      throw interrupted !== null && problemOf(error).code === 'Aborted' ? new InterruptedError(interrupted) : error;
    } finally {
      await close();
    }
  };
  const program = programTree(world, telling.speech, run, async (name) => {
    const { language } = telling.speech.words;
    const topics = await loadTopics(language === 'ja' ? 'ja' : 'en');
    const paint = createPaint(withVariables(flagsIn(argv), world.env).color ? world.stdout.colorLevel : 0);
    world.stdout.write(renderTopic(topics[name](factsOf(program)), { columns: world.stdout.columns, paint }));
  });
  let acting = program;
  program
    .addHelpText('beforeAll', ({ command }) => {
      requireKnownWords(program, command);
      return '';
    })
    .hook('preAction', async (_, command) => {
      acting = command;
      const reading = configurationOf(program.opts<GlobalOptions>().config);
      if (isForgiving(command)) {
        configuration = await reading.catch((error: unknown) => {
          unreadable = problemOf(error);
          return noConfiguration;
        });
        return;
      }
      configuration = await reading;
      readFiles(command, configuration);
    });
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

const programTree = (world: World, { words }: Speech, run: Run, showTopic: ShowTopic): Command =>
  commandTree({
    words,
    version: world.version,
    env: world.env,
    columns: world.stdout.columns,
    write: (text) => world.stdout.write(text),
    run,
    showTopic,
  });

type ShowTopic = (name: TopicName) => Promise<void>;

/** In English, whatever is spoken. */
const knownSettings = (world: World): readonly Setting[] =>
  settingsOf(programTree(world, createSpeech(en, []), nothing, nothing));

const nothing = (): Promise<void> => Promise.resolve();

/** What a file may say is what the flags say; they are laid out for it only where there is a file. */
function readerOf(world: World): ConfigurationReader {
  const files = {
    home: join(world.configFolder, 'config.yaml'),
    locate: world.locate,
    readFile: world.readFile,
  };
  return configurationReader(files, () => knownSettings(world));
}

/** The global flags that the command line itself names. */
const givenOptions = (program: Command): Partial<GlobalOptions> =>
  Object.fromEntries(
    Object.entries(program.opts()).filter(([attribute]) => program.getOptionValueSource(attribute) === 'cli'),
  );

/**
 * What the environment decides is told, and so is what it seems to say and does not: neither a deletion that a variable
 * confirms nor a limit that a typing mistake leaves out is to go unseen.
 */
function tellVariables({ speaker }: Pick<Desk, 'speaker'>, acting: Command, env: World['env']): void {
  const { lines, terminal } = speaker.speech.words;
  const changesSomething = acting.options.some((option) => nameOf(option) === 'yes');
  const decided = acting.options.filter(
    (option) => decisive.includes(nameOf(option)) && acting.getOptionValueSource(option.attributeName()) === 'env',
  );
  if (changesSomething && decided.length > 0) {
    const said = decided.map((option) => ({ variable: variableOf({ flag: nameOf(option) }), flag: option.long ?? '' }));
    speaker.warn(lines.warning(terminal.variables.decide(said)));
  }
  const { strange, known } = strangeVariables(env, settingsOf(rootOf(acting)));
  for (const name of strange) {
    speaker.warn(lines.warning(terminal.variables.strange(name, nearest(bare(name), known, bare))));
  }
}

/** What all names begin with says nothing about how near they are. */
const bare = (name: string): string => name.replace(/^ROOTCTL_/u, '');

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));

/** As far as it can be known before the command line is parsed: the error may be that it cannot be. */
async function earlyTelling(
  argv: readonly string[],
  world: World,
  configurationOf: ConfigurationReader,
): Promise<Telling> {
  const given = flagsIn(argv);
  const flags = withVariables(given, world.env);
  const leadBack: LeadBack = leadBackOf(given, world.env);
  const english = createSpeech(en, leadBack);
  const words = await loadWords(await earlyLanguage(flags, world.env, configurationOf));
  world.speak(words.terminal);
  return {
    format: formatOnStdout(flags),
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
  configurationOf: ConfigurationReader,
): Promise<Language> {
  try {
    const isNamed = flag !== undefined || Boolean(env['ROOTCTL_LANG']);
    const config = isNamed ? undefined : (await configurationOf(named)).textOf('lang');
    return chooseLanguage({ flag, env, config });
  } catch {
    return localeLanguage(env);
  }
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
    const { hint } = speech.entryOf(of);
    const lines = [speech.phraseOf(of), ...(hint === null ? [] : [hint])];
    if (isOnGitHub(world.env)) world.stderr.write(`${annotation('error', 'rootctl', lines)}\n`);
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
