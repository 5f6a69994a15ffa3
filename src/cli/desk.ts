import { createListingKeeper } from '../actions/completion-listing.ts';
import { defaults } from '../actions/defaults.ts';
import type { Environment } from '../actions/environment.ts';
import { openAws, settlingOf } from '../actions/opening.ts';
import type { Aws } from '../aws/clients.ts';
import { createAwsTime, onAwsTime } from '../aws/time.ts';
import type { Configuration } from '../configuration/reading.ts';
import type { Setting } from '../configuration/settings.ts';
import { isSimulated as isSimulatedBy, leadBackOf } from '../flags/argv.ts';
import { chooseLanguage } from '../flags/language.ts';
import type { GlobalOptions } from '../flags/options.ts';
import { createOutput, type Output } from '../output/output.ts';
import { pageBy } from '../output/paging.ts';
import { createPresent, type Present } from '../output/presenting.ts';
import { createReporter, type Errors, reporterOf } from '../output/reporting.ts';
import { targetsOf } from '../output/targets.ts';
import { type Problem, problemError } from '../problems/index.ts';
import { openWay } from '../process/connecting.ts';
import { inputsOf } from '../process/named-files.ts';
import { listenForStops, type Stopping } from '../process/stopping.ts';
import { isOnGitHub, type World } from '../process/world.ts';
import { createPaint, type FormatName, type View } from '../render/index.ts';
import { createSpeaker, type Speaker } from '../terminal/speaker.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { createSpeech, en, loadWords } from '../words/index.ts';
import { createAsk } from './asking.ts';

/** The parts that commands are made of. Each command names, by `Pick`, those that it uses. */
export interface Desk {
  /** Files that flags name, and stdin. */
  readonly files: Pick<World, 'readFile' | 'readStdin' | 'writeFile'>;
  /** null where there is nobody to ask. */
  readonly prompts: World['prompts'];
  readonly options: GlobalOptions;
  readonly output: Output;
  readonly speaker: Speaker;
  readonly errors: Errors;
  readonly stops: Stopping;
  /** What actions are given, but for the way to AWS. */
  readonly groundwork: Omit<Environment, 'aws'>;
  /** What actions are given. Opens the way to AWS. */
  readonly environment: () => Promise<Environment>;
  readonly connect: () => Promise<Aws>;
  /** Where settings come from, for whoever asks after them. */
  readonly configured: Configured;
  readonly saveMemory: World['saveMemory'];
  /** Shows on stderr what a question is about. */
  readonly show: (render: (view: View) => string) => void;
  /** The same of what may be longer than the screen. */
  readonly present: Present;
}

/** A desk, and how it is left. */
interface OpenDesk {
  readonly desk: Desk;
  /** The form of stdout. */
  readonly format: FormatName;
  readonly english: View['english'];
  /** Ends what the command opened. */
  readonly close: () => Promise<void>;
}

/** What the files say; the problem, where it cannot be told; every setting that there is, in English. */
interface Configured {
  readonly configuration: Configuration;
  readonly problem: Problem | null;
  readonly env: World['env'];
  readonly settings: () => readonly Setting[];
}

/** What the command line, the environment and the files say together, and what the line alone. */
interface Asked {
  readonly options: GlobalOptions;
  readonly given: Partial<GlobalOptions>;
  readonly configured: Configured;
}

/** Lays out what a command line asks for, whatever the command. @throws ProblemError before anything is done. */
export async function openDesk(world: World, { options, given, configured }: Asked): Promise<OpenDesk> {
  const { configuration } = configured;
  const lang = configuration.textOf('lang');
  const words = await loadWords(chooseLanguage({ flag: options.lang, env: world.env, config: lang }));
  const isSimulated = isSimulatedBy(options, world.env);
  if (isSimulated && options.endpointUrl !== undefined) {
    const others = ['--endpoint-url'];
    throw problemError('ContradictingFlags', { flag: '--sandbox', others, why: 'sandbox-inside' });
  }
  const leadBack = leadBackOf(given, world.env);
  const english = createSpeech(en, leadBack);
  const speech = words === en ? english : createSpeech(words, leadBack);
  world.speak(words.terminal);
  const { out: outs = [], query } = options;
  const preset = options.output ?? configuration.textOf('output');
  const targets = await targetsOf({ demanded: given, outs, query, preset }, world.place);
  const speaker = createSpeaker({
    stderr: world.stderr,
    clock: world.clock,
    speech,
    isQuiet: options.quiet === true,
    isDebug: options.debug === true,
    isOnGitHub: isOnGitHub(world),
    isStreaming: targets.stdout === 'ndjson' && world.stdout.isLive,
  });
  // Said once, whatever --quiet says: times that people compare by hand are then another clock's.
  const time = createAwsTime(world.clock, (aheadMs) => speaker.warn(words.terminal.skew(aheadMs)));
  const clock = onAwsTime(world.clock, time);
  const viewOf = (terminal: Pick<Terminal, 'columns' | 'colorLevel'>): View => ({
    columns: terminal.columns,
    nowMs: clock.nowMs(),
    paint: createPaint(options.color ? terminal.colorLevel : 0),
    speech,
    english,
  });
  const show: Desk['show'] = (render) => {
    speaker.pause();
    world.stderr.write(render(viewOf(world.stderr)));
  };
  const stops = listenForStops(world, options.timeout ?? null, (seconds) =>
    speaker.notice(words.terminal.timeIsOver(seconds)),
  );
  const concurrency = options.concurrency ?? defaults.concurrency;
  const tell = createReporter({ clock, speaker, stops, concurrency });
  const listing = createListingKeeper();
  const { report, errors } = reporterOf((event) => {
    listing.hear(event);
    tell(event);
  });
  const output = createOutput({
    stdout: world.stdout,
    writeFile: world.writeFile,
    targets,
    isSimulated,
    isOnGitHub: isOnGitHub(world),
    viewOf,
    speaker,
    tell: errors.tell,
    page: options.pager ? pageBy(world, stops) : null,
  });
  const groundwork: Desk['groundwork'] = {
    clock,
    isTimeKnown: time.isKnown,
    random: world.random,
    stops,
    concurrency,
    settling: settlingOf({ clock, report }),
    state: world.state,
    processes: world.processes,
    protections: configuration.protections.map(({ text }) => text),
    product: { version: world.version, isSimulated },
    entryOf: english.entryOf,
    report,
    ask: createAsk({ prompts: world.prompts, speaker, stops, report, nowMs: clock.nowMs, show }),
  };
  const present = createPresent({
    world,
    isPaged: options.pager,
    speaker,
    stops,
    report,
    view: () => viewOf(world.stderr),
  });
  const closing: (() => Promise<void> | void)[] = [() => stops.dispose(), () => listing.keep(groundwork)];
  const connect = async (): Promise<Aws> => {
    const needs = { ...groundwork, world, options, configuration, speaker, stops };
    const { connection: way, close } = await openWay(needs, isSimulated);
    closing.push(close, () => way.transport.destroy());
    return openAws(
      {
        ...way,
        ...(options.region === undefined ? {} : { region: options.region }),
        onRetry: (operation, failure, delayMs) =>
          speaker.debug(words.terminal.debug.retry(operation, failure.code, delayMs)),
      },
      { ...groundwork, time, rate: options.rate ?? null },
    );
  };
  return {
    desk: {
      files: inputsOf(world, stops.stopping),
      prompts: world.prompts,
      options,
      output,
      speaker,
      errors,
      stops,
      groundwork,
      environment: async () => ({ aws: await connect(), ...groundwork }),
      connect,
      configured,
      saveMemory: world.saveMemory,
      show,
      present,
    },
    format: targets.stdout,
    english,
    close: async () => {
      speaker.pause();
      for (const close of closing.reverse()) await close();
    },
  };
}
