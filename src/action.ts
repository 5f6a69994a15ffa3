import { runProgram } from './cli/program.ts';
import { isPartlyUnknown, isUnaccepted, parseStatus } from './documents/index.ts';
import { obstacleOf, problemError, problemOf } from './problems/index.ts';
import { createClaims } from './process/claims.ts';
import { exitCodeOf } from './process/error-codes.ts';
import { systemWorld, type World } from './process/world.ts';
import { annotation, isOwnAnnotation } from './render/index.ts';
import { createSpeech, en } from './words/index.ts';

declare const __VERSION__: string;

/** What `action.yml` describes: GitHub hands an input over as `INPUT_NAME`, what was not given as an empty text. */
const inputNames = ['command', 'arguments', 'baseline', 'fail-on', 'json-file', 'sarif-file', 'summary'] as const;
type Inputs = Readonly<Record<(typeof inputNames)[number], string>>;

const failures = ['present', 'unknown'] as const;
type Failure = (typeof failures)[number];

interface Outcome {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string | number | boolean>>;
  /** For the page of the job. */
  readonly summary: string;
}

/**
 * The GitHub Action: one command of rootctl, its JSON and SARIF as files, its Markdown as the summary of the job, its
 * totals as outputs.
 * @returns the exit code of the step.
 */
async function act(world: World): Promise<number> {
  const inputs = Object.fromEntries(
    inputNames.map((name) => [name, (world.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()]),
  ) as Inputs; // each of the names
  const said = inputs['fail-on'].split(/[\s,]+/u).filter((word) => word !== '');
  // An expression that came to nothing is not somebody who said `never`.
  const failOn = said.length === 0 ? failures : said.filter((word) => word !== 'never');
  const wrong = failOn.find((word) => failures.every((failure) => failure !== word));
  if (wrong !== undefined) {
    const { failOnUnknown } = en.annotations;
    world.stdout.write(`${annotation('error', 'rootctl', [failOnUnknown(wrong, [...failures, 'never'])])}\n`);
    return 64;
  }
  const kept = failures.filter((failure) => failOn.includes(failure));
  const outcome = await run(inputs, kept, world).catch((error: unknown) => failed(error, world));
  const { outputs, summary } = outcome;
  let { exitCode } = outcome;
  const told = [
    append(world, 'GITHUB_OUTPUT', Object.entries(outputs).map(outputLines).join('')),
    appendSummary(world, summary),
  ];
  for (const one of await Promise.allSettled(told)) {
    if (one.status === 'fulfilled') continue;
    const { exitCode: failure } = failed(one.reason, world);
    exitCode ||= failure;
  }
  return exitCode;
}

/** A file that was named and cannot be written. */
function failed(error: unknown, world: World): Outcome {
  const exitCode = exitCodeOf(error);
  world.stdout.write(`${annotation('error', 'rootctl', [createSpeech(en, []).phraseOf(problemOf(error))])}\n`);
  return { exitCode, outputs: { 'exit-code': exitCode }, summary: '' };
}

async function run(inputs: Inputs, failOn: readonly Failure[], world: World): Promise<Outcome> {
  const folder = world.env['RUNNER_TEMP'] || '.';
  const token = [0, 1].map(() => Math.floor(world.random() * 2 ** 48).toString(36)).join('');
  const [command = 'status', ...more] = (inputs.command || 'status').split(/\s+/u);
  const isStatus = command === 'status';
  const fresh = (ending: string): string => `${folder}/rootctl-${token}.${ending}`;
  // What an earlier step left in a file that is named is not this one's: each form is written where nothing is.
  const results: readonly Result[] = [
    { format: 'json', from: fresh('json'), to: inputs['json-file'] || fresh('json') },
    ...(inputs['sarif-file'] === '' ? [] : [{ format: 'sarif', from: fresh('sarif'), to: inputs['sarif-file'] }]),
  ];
  const claims = createClaims(world.place);
  for (const { format, to } of results) await claims.file(to, `${format}-file ${to}`);
  const words = [
    command,
    ...more,
    ...argumentsIn(inputs.arguments),
    ...(isStatus && failOn.length > 0 ? ['--check'] : []),
    ...(inputs.baseline === '' ? [] : ['--baseline', inputs.baseline]),
    ...results.flatMap(({ format, from }) => ['--out', `${format}=${from}`]),
    ...(inputs.summary === 'false' ? [] : ['--out', `markdown=${fresh('md')}`]),
  ];
  const code = await runQuietly(words, world, token);
  const written = new Map<string, string>();
  for (const { format, from, to } of results) {
    const text = await read(world, from);
    if (text === null) continue;
    if (from !== to) await hand(to, text, world);
    written.set(format, text);
  }
  const summary = (await read(world, fresh('md'))) ?? '';
  const places = Object.fromEntries(
    (['json', 'sarif'] as const).map((format) => {
      const to = written.has(format) ? results.find((result) => result.format === format)?.to : undefined;
      return [`${format}-file`, to ?? ''];
    }),
  );
  const status = isStatus ? parseStatus(written.get('json') ?? '') : null;
  if (status === null || !status.ok) return { exitCode: code, outputs: { ...places, 'exit-code': code }, summary };
  const { accounts, summary: totals, complete, changes } = status.document;
  const isCompared = inputs.baseline !== '';
  const found = isCompared ? (changes?.some(isUnaccepted) ?? true) : totals.present > 0;
  const hasUnknown = totals.unknown > 0 || (isCompared && accounts.some(isPartlyUnknown));
  const isWhole = complete && written.size === results.length;
  return {
    exitCode: isAccepted({ code, isWhole, hasUnknown, found }, failOn) ? 0 : code,
    outputs: { ...places, 'exit-code': code, ...totals, complete },
    summary,
  };
}

const hand = (path: string, text: string, world: World): Promise<void> =>
  world.writeFile(path, text).catch((error: unknown) => {
    throw problemError('OutputNotWritten', { path, why: obstacleOf(error) }, error);
  });

/** A form of the result: where rootctl writes it, and where it is wanted. */
interface Result {
  readonly format: string;
  readonly from: string;
  readonly to: string;
}

/** Whether the step passes all the same. What ended a command is never accepted; a reading or a result in part neither. */
function isAccepted({ code, isWhole, hasUnknown, found }: Reading, failOn: readonly Failure[]): boolean {
  if (found && failOn.includes('present')) return false;
  return code === 2 || (code === 1 && isWhole && hasUnknown && !failOn.includes('unknown'));
}

interface Reading {
  /** Of rootctl: an account that could not be read outweighs what was found. */
  readonly code: number;
  /** It came to its end, and every form of it was written. */
  readonly isWhole: boolean;
  readonly hasUnknown: boolean;
  readonly found: boolean;
}

/** One a line; of `--flag value` the blank parts them. No shell reads it, so nothing in it is run. */
const argumentsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, flag, value] = /^(--?[\w-]+)\s+(.*)$/u.exec(line) ?? [];
      return flag === undefined || value === undefined ? [line] : [flag, value];
    });

/**
 * What rootctl prints is not read for commands by the runner meanwhile: an account may be called `::error::`. Annotations
 * are rootctl's own, and wait until it is.
 */
async function runQuietly(words: readonly string[], world: World, token: string): Promise<number> {
  const annotations: string[] = [];
  const stderr: World['stderr'] = {
    ...world.stderr,
    write: (text) => {
      if (isOwnAnnotation(text)) annotations.push(text);
      else world.stderr.write(text);
    },
  };
  world.stdout.write(`::stop-commands::${token}\n`);
  try {
    return await runProgram(words, { ...world, stderr });
  } finally {
    world.stdout.write(`::${token}::\n${annotations.join('')}`);
  }
}

/** GitHub shows none of a summary that is longer, in bytes (GitHub Docs, "Step isolation and limits"). */
const summaryMax = 1 << 20;

async function appendSummary(world: World, text: string): Promise<void> {
  const file = world.env['GITHUB_STEP_SUMMARY'] || null;
  const before = file === null ? '' : ((await read(world, file)) ?? '');
  const cut = `\n**⚠ ${en.annotations.summaryCut}**\n`;
  const room = summaryMax - bytesOf(before);
  await append(
    world,
    'GITHUB_STEP_SUMMARY',
    bytesOf(text) <= room ? text : `${linesWithin(text, room - bytesOf(cut))}${cut}`,
  );
}

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** As many of the lines as fit: a row of a table is shown whole or not at all. */
function linesWithin(text: string, bytes: number): string {
  const whole = Buffer.from(text).subarray(0, Math.max(bytes, 0));
  return whole.subarray(0, whole.lastIndexOf('\n') + 1).toString();
}

const read = (world: World, path: string): Promise<string | null> => world.readFile(path).catch(() => null);

/** The files that the runner reads after the step; outside of one there are none. */
async function append(world: World, variable: string, text: string): Promise<void> {
  const path = world.env[variable];
  if (path === undefined || path === '' || text === '') return;
  await world.writeFile(path, `${(await read(world, path)) ?? ''}${text}`);
}

const outputLines = ([name, value]: readonly [string, string | number | boolean]): string =>
  `${name}=${String(value).replace(/[\r\n]/gu, ' ')}\n`;

// As Node says it of a module that waits at its top for what never comes.
process.exitCode = 13;
void act(systemWorld(__VERSION__)).then((exitCode) => {
  process.exitCode = exitCode;
});
