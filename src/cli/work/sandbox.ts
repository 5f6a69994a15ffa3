import { resetSandbox } from '../../actions/sandbox/reset.ts';

import type { ScenarioText } from '../../actions/sandbox/scenario.ts';
import type { Served } from '../../actions/sandbox/serve.ts';
import { serve } from '../../actions/sandbox/serve.ts';
import { showSandbox } from '../../actions/sandbox/show.ts';
import type { SandboxStartLine } from '../../documents/index.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { readNamedFile } from '../../process/named-files.ts';
import type { ResetOptions, StartOptions } from '../commands/sandbox.ts';
import type { Desk } from '../desk.ts';
export async function start(
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

export async function reset(
  { files, output, groundwork }: Pick<Desk, 'files' | 'output' | 'groundwork'>,
  { accounts, seed, scenario: path }: ResetOptions,
): Promise<number> {
  if (accounts !== undefined && path !== undefined) {
    throw problemError('ContradictingFlags', { flag: '--accounts', others: ['--scenario'], why: 'either-or' });
  }
  output.formatFor('rootctl.sandbox.reset');
  const scenario = await readScenario(files, path);
  await output.print(await resetSandbox({ accounts, seed, scenario }, groundwork));
  return exitCodes.done;
}

export async function show({ output, groundwork }: Pick<Desk, 'output' | 'groundwork'>): Promise<number> {
  output.formatFor('rootctl.sandbox.show');
  await output.print(await showSandbox(groundwork));
  return exitCodes.done;
}

async function readScenario(files: Desk['files'], path: string | undefined): Promise<ScenarioText | undefined> {
  return path === undefined ? undefined : { path, text: await readNamedFile(files, path, 'scenario') };
}
