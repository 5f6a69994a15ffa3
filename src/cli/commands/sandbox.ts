import { defaults } from '../../actions/defaults.ts';
import type { ScenarioText } from '../../actions/sandbox/scenario.ts';
import type { Served } from '../../actions/sandbox/serve.ts';
import { wholeNumber } from '../../configuration/values.ts';
import type { SandboxStartLine } from '../../documents/index.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { readNamedFile } from '../../process/named-files.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';

interface StartOptions {
  readonly port: number;
  readonly scenario?: string;
}

interface ResetOptions {
  readonly accounts?: number;
  readonly seed: number;
  readonly scenario?: string;
}

export const sandboxCommand: CommandModule<'sandbox'> = {
  name: 'sandbox',
  examples: {
    start: 'rootctl sandbox start --port 4580',
    reset: 'rootctl sandbox reset --accounts 1000 --seed 7',
    show: 'rootctl sandbox show',
    use: 'rootctl status --sandbox',
  },
  define: (command, run, { commands }) => {
    const words = commands.sandbox;
    command
      .command('start')
      .summary(words.start.summary)
      .option('--port <n>', words.start.flags.port, wholeNumber(0, 65_535), 4580)
      .option('--scenario <file>', words.start.flags.scenario)
      .action((options: StartOptions) => run((desk) => start(desk, options)));
    command
      .command('reset')
      .summary(words.reset.summary)
      .option('--accounts <n>', words.reset.flags.accounts, wholeNumber(1, 100_000))
      .option('--seed <n>', words.reset.flags.seed, wholeNumber(0, 2_147_483_647), defaults.sandboxSeed)
      .option('--scenario <file>', words.reset.flags.scenario)
      .action((options: ResetOptions) => run((desk) => reset(desk, options)));
    command
      .command('show')
      .summary(words.show.summary)
      .action(() => run((desk) => show(desk)));
  },
};

// The sandbox is loaded only when asked for.

async function start(
  {
    files,
    options,
    output,
    speaker,
    groundwork,
  }: Pick<Desk, 'files' | 'options' | 'output' | 'speaker' | 'groundwork'>,
  { port, scenario: path }: StartOptions,
): Promise<number> {
  const isJson = output.formOf('sandbox start', ['table', 'json']) === 'json';
  const request = { port, region: options.region, scenario: await readScenario(files, path) };
  const { serve } = await import('../../actions/sandbox/serve.ts');
  await serve(request, groundwork, (served) => {
    output.write(isJson ? `${JSON.stringify(startLine(served))}\n` : shellLines(served));
    speaker.notice(speaker.speech.words.terminal.sandbox.serving(served.organizationId, served.endpoint));
  });
  return exitCodes.done;
}

const startLine = (served: Served): SandboxStartLine => ({
  schemaVersion: '1',
  kind: 'rootctl.sandbox.start',
  simulated: true,
  ...served,
});

/** To be read by `eval`. */
const shellLines = ({ endpoint, region, credentials: { management } }: Served): string =>
  [
    `export AWS_ENDPOINT_URL=${endpoint}`,
    `export AWS_REGION=${region}`,
    // The AWS CLI v1, and what else builds on botocore, reads no other.
    `export AWS_DEFAULT_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${management.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${management.secretAccessKey}`,
    'unset AWS_SESSION_TOKEN AWS_PROFILE',
    '',
  ].join('\n');

async function reset(
  { files, output, groundwork }: Pick<Desk, 'files' | 'output' | 'groundwork'>,
  { accounts, seed, scenario: path }: ResetOptions,
): Promise<number> {
  if (accounts !== undefined && path !== undefined) {
    throw problemError('ContradictingFlags', { flag: '--accounts', others: ['--scenario'], why: 'either-or' });
  }
  output.formatFor('rootctl.sandbox.reset');
  const scenario = await readScenario(files, path);
  const { resetSandbox } = await import('../../actions/sandbox/reset.ts');
  await output.print(await resetSandbox({ accounts, seed, scenario }, groundwork));
  return exitCodes.done;
}

async function show({ output, groundwork }: Pick<Desk, 'output' | 'groundwork'>): Promise<number> {
  output.formatFor('rootctl.sandbox.show');
  const { showSandbox } = await import('../../actions/sandbox/show.ts');
  await output.print(await showSandbox(groundwork));
  return exitCodes.done;
}

async function readScenario(files: Desk['files'], path: string | undefined): Promise<ScenarioText | undefined> {
  return path === undefined ? undefined : { path, text: await readNamedFile(files, path, 'scenario') };
}
