import { defaults } from '../actions/defaults.ts';
import type { Environment } from '../actions/environment.ts';
import type { Report } from '../actions/events.ts';
import { openAws, settlingOf } from '../actions/opening.ts';
import type { Aws } from '../aws/clients.ts';
import { createAwsTime, onAwsTime } from '../aws/time.ts';
import type { Clock } from '../clock.ts';
import { problemError } from '../problems/index.ts';
import {
  createPaint,
  type FormatName,
  formats,
  formatsFor,
  incompleteSentence,
  type OutputDocument,
  type OutputKind,
  type View,
  visible,
} from '../render/index.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { createSpeech, en, loadWords, type Speech } from '../words/index.ts';
import { isSimulated as isSimulatedBy, leadBackOf } from './argv.ts';
import { createAsk } from './asking.ts';
import type { Config, ConfigReader } from './config.ts';
import { openConnection } from './connecting.ts';
import { chooseLanguage } from './language.ts';
import type { GlobalOptions } from './options.ts';
import { createReporter } from './reporting.ts';
import type { SandboxHost } from './sandbox.ts';
import { listenForStops, type Stopping } from './stopping.ts';
import type { Connection, World } from './world.ts';

/** What every command is given: the world, the flags that all have, and how to reach AWS and the person. */
export interface Context {
  readonly world: World;
  readonly options: GlobalOptions;
  readonly config: Config;
  readonly isSimulated: boolean;
  /** AWS's time of day as soon as it has answered, and waits that nobody's setting of a clock disturbs. */
  readonly clock: Clock;
  readonly stops: Stopping;
  /** Names the output format, refused before anything is done when the document has no such form. */
  readonly formatFor: (kind: OutputKind, what?: string) => FormatName;
  /** Prints the command's result on stdout. */
  readonly print: (document: OutputDocument, view?: Partial<View>) => void;
  /** One line on stderr, unless --quiet. */
  readonly notice: (text: string) => void;
  /** A line on stderr that --quiet keeps. */
  readonly warn: (text: string) => void;
  readonly view: (terminal: Terminal) => View;
  readonly speech: Speech;
  readonly english: Speech;
  readonly progress: () => Progress;
  /** What the actions are given. */
  readonly environment: (aws: Aws) => Environment;
  /** The same without a way to AWS. */
  readonly groundwork: Omit<Environment, 'aws'>;
  readonly report: Report;
  /** Whether an error was told beside the document: the command has failed then, whatever the document says. */
  readonly hasToldErrors: () => boolean;
  readonly connect: () => Promise<Aws>;
  /** Ends what the command opened. */
  readonly close: () => Promise<void>;
}

export async function createContext(world: World, options: GlobalOptions, configOf: ConfigReader): Promise<Context> {
  const config = await configOf(options.config);
  const words = await loadWords(chooseLanguage({ flag: options.lang, env: world.env, config: config.lang }));
  const isSimulated = isSimulatedBy(options, world.env);
  if (isSimulated && options.endpointUrl !== undefined) {
    const others = ['--endpoint-url'];
    throw problemError('ContradictingFlags', { flag: '--sandbox', others, why: 'sandbox-inside' });
  }
  const leadBack = leadBackOf(options, world.env);
  const english = createSpeech(en, leadBack);
  const speech = words === en ? english : createSpeech(words, leadBack);
  world.speak(words.terminal);
  let progress: Progress | null = null;
  /** Lines of ours that may quote AWS: what it says cannot steer the terminal. */
  const write = (lines: string): void => {
    progress?.stop();
    world.stderr.write(`${lines.split('\n').map(visible).join('\n')}\n`);
  };
  const notice = (text: string): void => {
    if (options.quiet !== true) write(text);
  };
  // Said once, whatever --quiet says: times that people compare by hand are then another clock's.
  const time = createAwsTime(world.clock, (aheadMs) => write(speech.words.terminal.skew(aheadMs)));
  const clock = onAwsTime(world.clock, time);
  const stops = listenForStops(world, options.timeout ?? null, (seconds) =>
    notice(speech.words.terminal.timeIsOver(seconds)),
  );
  const concurrency =
    options.concurrency ?? (config.concurrency === undefined ? defaults.concurrency : Number(config.concurrency));
  const closing: (() => Promise<void> | void)[] = [() => stops.dispose()];
  const chosenFormat = options.output ?? config.output ?? 'table';
  if (!(chosenFormat in formats))
    throw problemError('UnknownFormat', { format: chosenFormat, offered: Object.keys(formats) });

  const view = (terminal: Terminal): View => ({
    columns: terminal.columns,
    nowMs: clock.nowMs(),
    paint: createPaint(options.color ? terminal.colorLevel : 0),
    speech,
    english,
  });
  const formatFor = (kind: OutputKind, what = kind.slice('rootctl.'.length).replace('.', ' ')): FormatName => {
    const offered = formatsFor(kind);
    const format = offered.find((name) => name === chosenFormat);
    if (format === undefined) throw problemError('FormatNotOffered', { format: chosenFormat, command: what, offered });
    return format;
  };
  /** null where there is nobody to ask. */
  const { prompts } = world;
  const askMfaCode =
    prompts === null
      ? null
      : (device: string): Promise<string | null> => {
          progress?.stop();
          return prompts.ask(visible(speech.words.questions.mfaCode(device)), stops.aborting);
        };
  const debug = (text: string): void => {
    if (options.debug === true) write(text);
  };

  const progressOf = (): Progress => {
    // Where the result itself streams into the terminal, it is the progress.
    const isStreaming = chosenFormat === 'ndjson' && world.stdout.isLive;
    progress ??= createProgress(world.stderr, clock, options.quiet === true || isStreaming);
    return progress;
  };
  const tell = createReporter({ clock, speech, stops, concurrency, progress: progressOf, notice, warn: write });
  let hasToldErrors = false;
  const report: Report = (event) => {
    if (event.event === 'problem' && event.weight === 'error') hasToldErrors = true;
    tell(event);
  };
  const groundwork: Omit<Environment, 'aws'> = {
    clock,
    isTimeKnown: time.isKnown,
    random: world.random,
    stops,
    concurrency,
    settling: settlingOf({ clock, report }),
    state: world.state,
    processes: world.processes,
    protections: config.protect ?? [],
    product: { version: world.version, isSimulated },
    entryOf: english.entryOf,
    report,
    ask: createAsk({
      prompts,
      speech,
      stops,
      report,
      warn: write,
      nowMs: clock.nowMs,
      show: (render) => world.stderr.write(render(view(world.stderr))),
    }),
  };

  return {
    world,
    options,
    config,
    isSimulated,
    clock,
    stops,
    report,
    hasToldErrors: () => hasToldErrors,
    formatFor,
    print: (document, more = {}) => {
      progress?.stop();
      const format = formatFor(document.kind);
      const shown = { ...view(world.stdout), ...more };
      world.stdout.write(formats[format].render(document, shown));
      // Rows and nothing else have no place to say it.
      const incomplete = format === 'csv' ? incompleteSentence(document, shown) : null;
      if (incomplete !== null) write(incomplete);
    },
    notice,
    warn: write,
    view,
    speech,
    english,
    progress: progressOf,
    groundwork,
    environment: (aws) => ({ aws, ...groundwork }),
    connect: async () => {
      const connection = isSimulated ? await openSandbox({ world, stops, notice, speech }, closing) : world.connection;
      const way =
        connection ?? (await openConnection({ world, options, config, concurrency, clock, report, askMfaCode }));
      closing.push(() => way.transport.destroy());
      const rate = options.rate ?? (config.rate === undefined ? null : Number(config.rate));
      return openAws(
        {
          ...way,
          ...(options.region === undefined ? {} : { region: options.region }),
          onRetry: (operation, failure, delayMs) =>
            debug(speech.words.terminal.debug.retry(operation, failure.code, delayMs)),
        },
        { ...groundwork, time, rate },
      );
    },
    close: async () => {
      progress?.stop();
      for (const close of closing.reverse()) await close();
    },
  };
}

/** Loaded only when asked for: the sandbox is no part of a run on AWS. */
async function openSandbox(host: SandboxHost, closing: (() => Promise<void> | void)[]): Promise<Connection> {
  const { connectSandbox } = await import('./sandbox.ts');
  const { connection, close } = await connectSandbox(host);
  closing.push(close);
  return connection;
}
