import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { type ConfigurationReader, configurationReader, noConfiguration } from '../configuration/reading.ts';
import type { Setting } from '../configuration/settings.ts';
import { flagsIn, isSimulated, leadBackOf, withVariables } from '../flags/argv.ts';
import { noCommand, requireKnownWords } from '../flags/known-words.ts';
import { earlyLanguage } from '../flags/language.ts';
import type { GlobalOptions } from '../flags/options.ts';
import { givenOptions, isForgiving, readFiles, settingsOf } from '../flags/settings.ts';
import { saidByVariables } from '../flags/variables.ts';
import { type Telling, tellFailure } from '../output/failing.ts';
import { formatOnStdout } from '../output/targets.ts';
import { type Problem, problemOf } from '../problems/index.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { isOnGitHub, type World } from '../process/world.ts';
import { createPaint, isOwnAnnotation, renderTopic, withoutCommands } from '../render/index.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import type { Speaker } from '../terminal/speaker.ts';
import { createSpeech, en, type LeadBack, loadTopics, loadWords, type Speech, type TopicName } from '../words/index.ts';
import type { Run } from './command.ts';
import { openDesk } from './desk.ts';
import { factsOf } from './helping.ts';
import { commandTree } from './tree.ts';

/** Runs one command line to its end. Never throws: every error becomes a line on stderr and an exit code. */
export async function runProgram(argv: readonly string[], outside: World): Promise<number> {
  const world = isOnGitHub(outside) ? unheard(outside) : outside;
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
      tellVariables(desk.speaker, acting, world.env);
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
      // A variable names the file too, also where variables are looked at one by one.
      const { config } = withVariables(flagsIn(argv), world.env);
      const reading = configurationOf(program.opts<GlobalOptions>().config ?? config);
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
      if (program.args.length > 0) return await tellFailure(noCommand(program), telling, world);
      program.outputHelp();
      return exitCodes.done;
    }
    return await tellFailure(error, telling, world);
  }
}

/** What is said beside the result quotes names: the runner of GitHub Actions takes none for a command. */
function unheard(world: World): World {
  const { stderr } = world;
  const write = (text: string): void => stderr.write(isOwnAnnotation(text) ? text : withoutCommands(text));
  return { ...world, stderr: { ...stderr, write } };
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

function tellVariables({ warn, speech }: Speaker, acting: Command, env: World['env']): void {
  const { lines, terminal } = speech.words;
  const { decided, strange } = saidByVariables(acting, env);
  if (decided.length > 0) warn(lines.warning(terminal.variables.decide(decided)));
  for (const { name, near } of strange) warn(lines.warning(terminal.variables.strange(name, near)));
}

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
