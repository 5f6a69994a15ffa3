import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { type ConfigurationReader, configurationReader, noConfiguration } from '../configuration/reading.ts';
import type { Setting } from '../configuration/settings.ts';
import { type EarlyFlags, flagsIn, formatOnStdout, isSimulated, leadBackOf, withVariables } from '../flags/argv.ts';
import { noCommand, requireKnownWords } from '../flags/known-words.ts';
import { earlyLanguage } from '../flags/language.ts';
import type { GlobalOptions } from '../flags/options.ts';
import { givenOptions, isForgiving, readFiles, settingsOf } from '../flags/settings.ts';
import { saidByVariables } from '../flags/variables.ts';
import type { Telling } from '../output/failing.ts';
import type { Problem } from '../problems/index.ts';
import { problemOf } from '../problems/thrown.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { isOnGitHub, type World } from '../process/world.ts';
import { isOwnAnnotation, withoutCommands } from '../render/annotation.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import type { Speaker } from '../terminal/speaker.ts';
import { firstEnglish, loadFirstWords } from '../words/first-words.ts';
import { loadSayings } from '../words/sayings.ts';
import { loadTopics, type TopicName } from '../words/topics.ts';
import type { Language } from '../words/words.ts';
import type { Help, Run } from './command.ts';
import { factsOf } from './helping.ts';
import { commandTree } from './tree.ts';

/**
 * Runs one command line to its end. Never throws: every error becomes a line on stderr and an exit code. What only a
 * command at work needs is loaded when one begins: help and a typing mistake are answered without it.
 */
export async function runProgram(argv: readonly string[], outside: World): Promise<number> {
  const world = isOnGitHub(outside) ? unheard(outside) : outside;
  let exitCode: number = exitCodes.done;
  const configurationOf = readerOf(world);
  const flags = withVariables(flagsIn(argv), world.env);
  const language = await earlyLanguage(flags, world.env, configurationOf);
  const { help, terminal } = await loadFirstWords(language);
  world.speak(terminal);
  let begun: Partial<Telling> = {};
  const fail = async (error: unknown): Promise<number> => {
    const { tellFailure } = await import('../output/failing.ts');
    return tellFailure(error, { ...(await earlyTelling(argv, flags, language, world)), ...begun }, world);
  };
  let configuration = noConfiguration;
  let unreadable: Problem | null = null;
  const run: Run = async (work) => {
    const options = program.opts<GlobalOptions>();
    const { openDesk } = await import('./desk.ts');
    const { desk, format, english, close } = await openDesk(world, {
      options,
      given: givenOptions(program),
      configured: { configuration, problem: unreadable, env: world.env, settings: () => knownSettings(world) },
    });
    const { speech } = desk.speaker;
    begun = { format, waiting: desk.output.waiting, speech, whole: async () => ({ speech, english }) };
    try {
      tellVariables(desk.speaker, acting, world);
      exitCode = desk.output.exitCodeOf(await work(desk));
    } catch (error) {
      const interrupted = desk.stops.exitCode();
      if (interrupted === null || error instanceof InterruptedError) throw error;
      const { code } = problemOf(error);
      if (code !== 'Interrupted') throw code === 'Aborted' ? new InterruptedError(interrupted) : error;
      desk.speaker.warn(speech.words.questions.interrupted);
      throw new InterruptedError(interrupted, 'change');
    } finally {
      await close();
    }
  };
  const program = programTree(world, help, { run, isMeant: meantBy(argv) }, async (name) => {
    const [{ createPaint }, { renderTopic }, topics] = await Promise.all([
      import('../render/style.ts'),
      import('../render/topic.ts'),
      loadTopics(language),
    ]);
    const paint = createPaint(flags.color ? world.stdout.colorLevel : 0);
    world.stdout.write(
      renderTopic(topics[name](factsOf(knownSettings(world))), { columns: world.stdout.columns, paint }),
    );
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
      const reading = configurationOf(program.opts<GlobalOptions>().config ?? flags.config);
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
      if (program.args.length > 0) return await fail(noCommand(program));
      program.outputHelp();
      return exitCodes.done;
    }
    return await fail(error);
  }
}

/** What is said beside the result quotes names: the runner of GitHub Actions takes none for a command. */
function unheard(world: World): World {
  const { stderr } = world;
  const write = (text: string): void => stderr.write(isOwnAnnotation(text) ? text : withoutCommands(text));
  return { ...world, stderr: { ...stderr, write } };
}

/** What is carried out of a tree: where nothing is, it is laid out to be looked at. */
interface Carrying {
  readonly run: Run;
  readonly isMeant?: ((name: string) => boolean) | undefined;
}

/** These look at all commands; the others only at what the words name, wherever it stands. */
const aboutAll: readonly string[] = ['config', 'completion'];

const meantBy =
  (argv: readonly string[]): Carrying['isMeant'] =>
  (name) =>
    argv.some((word) => word === name || aboutAll.includes(word));

const programTree = (world: World, help: Help, { run, isMeant }: Carrying, showTopic: ShowTopic): Command =>
  commandTree({
    help,
    version: world.version,
    env: world.env,
    columns: world.stdout.columns,
    write: (text) => world.stdout.write(text),
    run,
    showTopic,
    isMeant,
  });

type ShowTopic = (name: TopicName) => Promise<void>;

/** In English, whatever is spoken. */
const knownSettings = (world: World): readonly Setting[] =>
  settingsOf(programTree(world, firstEnglish.help, { run: nothing }, nothing));

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

function tellVariables({ warn, speech }: Speaker, acting: Command, world: World): void {
  const { lines, terminal } = speech.words;
  const { decided, strange } = saidByVariables(acting, world.env, () => knownSettings(world));
  if (decided.length > 0) warn(lines.warning(terminal.variables.decide(decided)));
  for (const { name, near } of strange) warn(lines.warning(terminal.variables.strange(name, near)));
}

/** As far as it can be known before the command line is parsed: the error may be that it cannot be. */
async function earlyTelling(
  argv: readonly string[],
  flags: EarlyFlags,
  language: Language,
  world: World,
): Promise<Telling> {
  const [{ createPaint }, { createSpeech }, words] = await Promise.all([
    import('../render/style.ts'),
    import('../words/speech.ts'),
    loadSayings(language),
  ]);
  const leadBack = leadBackOf(flagsIn(argv), world.env);
  return {
    format: formatOnStdout(flags),
    waiting: () => [],
    speech: createSpeech(words, leadBack),
    whole: async () => {
      const { en, loadWords } = await import('../words/index.ts');
      return { speech: createSpeech(await loadWords(language), leadBack), english: createSpeech(en, leadBack) };
    },
    isSimulated: isSimulated(flags, world.env),
    paint: createPaint(flags.color ? world.stderr.colorLevel : 0),
    isDebug: flags.debug === true,
  };
}
