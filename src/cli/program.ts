import { Command, CommanderError, Option } from 'commander';
import type { ErrorDocument } from '../documents/index.ts';
import { nearest } from '../org/nearest.ts';
import { type Problem, problemOf, told } from '../problems/index.ts';
import { createPaint, formats, renderFailure, sarifFailure, visible } from '../render/index.ts';
import { createSpeech, en } from '../words/index.ts';
import type { Run } from './command.ts';
import { commands } from './commands/index.ts';
import { createContext } from './context.ts';
import { exitCodeOf, exitCodes, InterruptedError, UsageError } from './errors.ts';
import {
  accountsInFlight,
  durationAboveZero,
  durationForms,
  type GlobalOptions,
  httpUrl,
  regionName,
  sessionsPerSecond,
} from './options.ts';
import type { World } from './world.ts';

const exitCodeHelp = `Exit codes: 0 done · 1 something failed or is unknown · 2 --check found root credentials
            64 wrong usage, nothing done · 130 interrupted (143 SIGTERM, SIGHUP)`;

/** Runs one command line to its end. Never throws: every error becomes a line on stderr and an exit code. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  let exitCode: number = exitCodes.done;
  let format = formatIn(argv);
  const program = new Command('rootctl');
  const run: Run = async (action) => {
    const context = await createContext(world, program.opts<GlobalOptions>());
    format = context.options.output ?? context.config.output ?? null;
    try {
      exitCode = await action(context);
    } catch (error) {
      const interrupted = context.stops.exitCode();
      throw interrupted !== null && problemOf(error).code === 'Aborted' ? new InterruptedError(interrupted) : error;
    } finally {
      await context.close();
    }
  };
  configure(program, world);
  for (const module of commands) {
    const command = program.command(module.name).summary(module.summary).description(module.summary);
    inherit(command, world);
    module.define(command, run);
    command.addHelpText('before', () => `${module.examples.map((line) => `  ${line}`).join('\n')}\n`);
    command.addHelpText('after', `\nFlags that every command has: rootctl --help`);
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    if (error instanceof CommanderError && error.code === 'commander.help' && program.args.length === 0) {
      program.outputHelp();
      return exitCodes.done;
    }
    return report(error instanceof CommanderError ? usageErrorOf(error, program) : error, argv, format, world);
  }
}

function configure(program: Command, world: World): void {
  inherit(program, world)
    .description('Finds and removes AWS root-user credentials across a whole organization.')
    .version(world.version, '--version', 'print the version')
    .addHelpText('beforeAll', ({ command }) => {
      requireKnownWords(program, command);
      return '';
    })
    .option('--profile <name>', 'profile of the shared AWS configuration')
    .option('--region <region>', 'region of the STS endpoint', regionName)
    .option('--endpoint-url <url>', 'send every request there instead of to AWS', httpUrl)
    .addOption(
      new Option('-o, --output <format>', `one of ${Object.keys(formats).join(', ')}`).default(undefined, 'table'),
    )
    .option('--concurrency <n>', 'accounts in flight at once (default 100)', accountsInFlight)
    .option('--rate <n>', 'root sessions opened a second, instead of finding the limit', sessionsPerSecond)
    .option('--timeout <time>', `end the whole command after this time (${durationForms})`, durationAboveZero)
    .option('-q, --quiet', 'only results and errors')
    .option('--debug', 'retries and stack traces on stderr; never a secret')
    .option('--no-color', 'no colour')
    .option('--config <file>', 'configuration file instead of .rootctl.yaml; the home file counts too')
    .option('--sandbox', 'on a simulated organization: nothing leaves this machine')
    .addHelpText(
      'after',
      `
Examples:
  rootctl doctor                    is everything in place?
  rootctl status                    who holds root credentials, and when they were last used
  rootctl delete --all --dry-run    what would be removed

${exitCodeHelp}
Documents: README.md and docs/ of the package.`,
    );
}

/** Commander prints through the world's streams, and an error of its own is ours to print. */
function inherit(command: Command, world: World): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ helpWidth: Math.min(world.stdout.columns, 100) })
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: () => {}, outputError: () => {} });
}

/**
 * Commander answers `--help` whatever stands beside it; help for something else is no answer to a typing mistake.
 * @param helped the command whose help was asked for.
 * @throws UsageError for a word that is no command, and for a flag that nothing on the way to it knows.
 */
function requireKnownWords(program: Command, helped: Command): void {
  const chain: Command[] = [program];
  for (const word of program.args) {
    const command = chain.at(-1) ?? program;
    if (command.commands.length === 0) break; // what follows is for the command itself
    if (word.startsWith('-') || word === 'help') continue;
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) {
      const names = command.commands.map((one) => one.name());
      throw unknown('command', word, names, chain);
    }
    chain.push(next);
  }
  const flags = chain.flatMap(({ options }) => options.flatMap(({ short, long }) => [short ?? '', long ?? '']));
  const [wrong] = helped.args
    .filter((word) => /^--?[^-]/u.test(word) && word !== '-h' && word !== '--help')
    .map((word) => word.replace(/=.*$/u, ''))
    .filter((word) => !flags.includes(word));
  if (wrong !== undefined) throw unknown('option', wrong, flags, chain);
}

function unknown(what: 'command' | 'option', word: string, known: readonly string[], chain: readonly Command[]) {
  const near = nearest(word, known, (name) => name);
  const where = chain.map((command) => command.name()).join(' ');
  return new UsageError(
    'Usage',
    `unknown ${what} '${word}'`,
    near === null ? `see ${where} --help` : `did you mean ${near}?`,
  );
}

/** `error: unknown option '--foo'\n(Did you mean --for?)` becomes an error and a hint. */
function usageErrorOf(error: CommanderError, program: Command): UsageError {
  const { args } = program;
  if (error.code === 'commander.help') {
    return new UsageError('Usage', 'say what to do', `rootctl ${args[0] ?? ''} --help lists the commands`);
  }
  const [first = '', ...rest] = error.message.replace(/^error: /u, '').split('\n');
  const suggestion = /\((Did you mean .*\?)\)/u.exec(rest.join(' '))?.[1];
  return new UsageError(
    'Usage',
    first.replace(/ is invalid\. (?=[a-z])/u, ' is invalid: '),
    suggestion === undefined ? `see ${usedCommand(program)} --help` : suggestion.replace('Did', 'did'),
  );
}

/** The words of the command that was meant, as far as they are known: its help is where the cure is. */
function usedCommand(program: Command): string {
  const names = [program.name()];
  let command: Command | undefined = program;
  for (const word of program.args) {
    command = command.commands.find((one) => one.name() === word);
    if (command === undefined) break;
    names.push(command.name());
  }
  return names.join(' ');
}

function report(error: unknown, argv: readonly string[], format: string | null, world: World): number {
  const exitCode = exitCodeOf(error);
  const isSimulated = argv.includes('--sandbox') || world.env['ROOTCTL_SANDBOX'] === '1';
  const speech = createSpeech(en, isSimulated ? ['--sandbox'] : []);
  const of = isSimulated ? forSandbox(problemOf(error)) : problemOf(error);
  const entry = speech.entryOf(of);
  const isColoured = !argv.includes('--no-color');
  const paint = createPaint(isColoured ? world.stderr.colorLevel : 0);
  // Usage errors are rootctl's own words: a code in brackets would be noise to the person who mistyped.
  // Whoever interrupted knows it, and the notice of --timeout has been given; a program that waits for a document has neither.
  if (!(error instanceof InterruptedError)) {
    world.stderr.write(renderFailure(entry, paint, exitCode === exitCodes.usage ? 'rootctl' : 'aws'));
  }
  if (format === 'sarif' && entry.code !== 'FormatNotOffered')
    world.stdout.write(sarifFailure(of, { rootctlVersion: world.version, simulated: isSimulated }, speech));
  if (format === 'json') {
    const document: ErrorDocument = {
      schemaVersion: '1',
      kind: 'rootctl.error',
      complete: false,
      ...(isSimulated ? { simulated: true as const } : {}),
      error: of,
    };
    world.stdout.write(formats.json.render(document, { columns: 160, nowMs: 0, paint, speech, english: speech }));
  }
  if (argv.includes('--debug')) for (const line of stackLines(error)) world.stderr.write(`${visible(line)}\n`);
  return exitCode;
}

/** The stack of an error and of what caused it. A stack begins with a message, which may be AWS's: data, like all it says. */
function stackLines(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > causesMax) return [];
  const own = (error.stack ?? String(error)).split('\n');
  return [
    ...own.map((line, index) => (index === 0 && depth > 0 ? `caused by ${line}` : line)),
    ...stackLines(error.cause, depth + 1),
  ];
}

/** A chain of causes may be a ring. */
const causesMax = 5;

/** A command to paste must lead back to the sandbox. */
const forSandbox = (of: Problem): Problem =>
  of.from !== 'told'
    ? of
    : told(
        of.code,
        of.data.message,
        of.data.hint?.replace(
          /(: rootctl (?:enable|status|doctor|delete|disable|runs)\b[^(]*?)(?=$| \()/u,
          '$1 --sandbox',
        ) ?? null,
      );

/** The format that was asked for, read from the words themselves: the error may be that they cannot be parsed. */
function formatIn(argv: readonly string[]): string | null {
  for (const [index, word] of argv.entries()) {
    if (word === '-o' || word === '--output') return argv[index + 1] ?? null;
    const joined = /^(?:-o=?|--output=)(.+)$/u.exec(word)?.[1];
    if (joined !== undefined) return joined;
  }
  return null;
}
