import { runProgram } from './cli/program.ts';
import { isUnaccepted, parseStatus } from './documents/index.ts';
import { systemWorld, type World } from './process/world.ts';
import { annotation } from './render/index.ts';
import { en } from './words/index.ts';

declare const __VERSION__: string;

/** What `action.yml` describes: GitHub hands an input over as `INPUT_NAME`, what was not given as an empty text. */
const inputNames = ['command', 'arguments', 'baseline', 'fail-on', 'json-file', 'sarif-file', 'summary'] as const;
type Inputs = Readonly<Record<(typeof inputNames)[number], string>>;

const failures = ['present', 'unknown'] as const;
type Failure = (typeof failures)[number];

interface Outcome {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string | number | boolean>>;
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
  const failOn = inputs['fail-on'].split(/[\s,]+/u).filter((word) => word !== '' && word !== 'never');
  const wrong = failOn.find((word) => failures.every((failure) => failure !== word));
  if (wrong !== undefined) {
    const { failOnUnknown } = en.annotations;
    world.stdout.write(`${annotation('error', 'rootctl', [failOnUnknown(wrong, [...failures, 'never'])])}\n`);
    return 64;
  }
  const { exitCode, outputs } = await run(
    inputs,
    failures.filter((failure) => failOn.includes(failure)),
    world,
  );
  await append(world, 'GITHUB_OUTPUT', Object.entries(outputs).map(outputLines).join(''));
  return exitCode;
}

async function run(inputs: Inputs, failOn: readonly Failure[], world: World): Promise<Outcome> {
  const folder = world.env['RUNNER_TEMP'] || '.';
  const token = [0, 1].map(() => Math.floor(world.random() * 2 ** 48).toString(36)).join('');
  const command = inputs.command || 'status';
  const isStatus = command === 'status';
  const json = inputs['json-file'] || `${folder}/rootctl-${token}.json`;
  const sarif = inputs['sarif-file'];
  const markdown = inputs.summary === 'false' ? '' : `${folder}/rootctl-${token}.md`;
  const words = [
    ...command.split(/\s+/u),
    ...argumentsIn(inputs.arguments),
    ...(isStatus && failOn.length > 0 ? ['--check'] : []),
    ...(inputs.baseline === '' ? [] : ['--baseline', inputs.baseline]),
    '--out',
    `json=${json}`,
    ...(sarif === '' ? [] : ['--out', `sarif=${sarif}`]),
    ...(markdown === '' ? [] : ['--out', `markdown=${markdown}`]),
  ];
  const code = await runQuietly(words, world, token);
  const text = await read(world, json);
  if (markdown !== '') await append(world, 'GITHUB_STEP_SUMMARY', (await read(world, markdown)) ?? '');
  const status = isStatus && text !== null ? parseStatus(text) : null;
  const files = { 'json-file': text === null ? '' : json, 'sarif-file': sarif };
  if (status === null || !status.ok) return { exitCode: code, outputs: { ...files, 'exit-code': code } };
  const { summary, complete, changes } = status.document;
  const found = inputs.baseline === '' ? summary.present > 0 : (changes?.some(isUnaccepted) ?? true);
  const outputs = { ...files, 'exit-code': code, ...summary, complete };
  return {
    exitCode: isAccepted({ code, isComplete: complete, hasUnknown: summary.unknown > 0, found }, failOn) ? 0 : code,
    outputs,
  };
}

/** Whether the step passes all the same. What ended a command is never accepted; a reading in part neither. */
function isAccepted({ code, isComplete, hasUnknown, found }: Reading, failOn: readonly Failure[]): boolean {
  if (found && failOn.includes('present')) return false;
  return code === 2 || (code === 1 && isComplete && hasUnknown && !failOn.includes('unknown'));
}

interface Reading {
  /** Of rootctl: an account that could not be read outweighs what was found. */
  readonly code: number;
  readonly isComplete: boolean;
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
      if (/^::(?:error|warning) title=rootctl::/u.test(text)) annotations.push(text);
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

const read = (world: World, path: string): Promise<string | null> => world.readFile(path).catch(() => null);

/** The files that the runner reads after the step; outside of one there are none. */
async function append(world: World, variable: string, text: string): Promise<void> {
  const path = world.env[variable];
  if (path === undefined || path === '' || text === '') return;
  await world.writeFile(path, `${(await read(world, path)) ?? ''}${text}`);
}

const outputLines = ([name, value]: readonly [string, string | number | boolean]): string =>
  `${name}=${String(value).replace(/[\r\n]/gu, ' ')}\n`;

process.exitCode = await act(systemWorld(__VERSION__));
