import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { theProgram } from './the-program.ts';

/** As much of a runner as the examples need: steps in bash, this repository's action, artefacts between jobs. */
export interface Runner {
  readonly folder: string;
  /** What every step finds in its environment. */
  readonly env: NodeJS.ProcessEnv;
}

export interface Step {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A clean machine: an empty folder, rootctl on the PATH, the sandbox in place of AWS, and no network tools. */
export async function makeRunner(): Promise<Runner> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-runner-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['bin', 'temp', 'state', 'artefacts']) await mkdir(join(folder, name));
  const program = theProgram();
  await command(folder, 'rootctl', `exec ${process.execPath} ${program} "$@"`);
  await command(folder, 'npm', 'exit 0');
  // Of the command line of GitHub what the examples ask: the last run, and its artefact.
  const last = join(folder, 'artefacts', 'reading');
  await command(
    folder,
    'gh',
    `case "$2" in list) if [ -d ${last} ]; then echo 1; fi ;; download) cp -r ${last} yesterday ;; esac`,
  );
  const env = {
    PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    ROOTCTL_SANDBOX: '1',
    RUNNER_TEMP: join(folder, 'temp'),
  };
  return { folder, env };
}

async function command(folder: string, name: string, script: string): Promise<void> {
  const path = join(folder, 'bin', name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

export function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Step> {
  return new Promise((resolve) => {
    execFile(file, [...args], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

export const bash = (script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Step> =>
  run('/bin/bash', ['-e', '-o', 'pipefail', '-c', script], cwd, env);

/** The action as the runner starts it. @param given the `with` of the step. @param more what the environment has in place of the usual. */
export async function runAction(
  runner: Runner,
  cwd: string,
  given: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Promise<Step & { readonly outputs: Readonly<Record<string, string>>; readonly summary: string }> {
  const { inputs } = await readYaml('action.yml');
  const files = {
    GITHUB_OUTPUT: join(runner.folder, 'temp/output'),
    GITHUB_STEP_SUMMARY: join(runner.folder, 'temp/summary'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');
  const env = { ...runner.env, ...files, GITHUB_ACTIONS: 'true', ...more } as NodeJS.ProcessEnv;
  for (const [name, { default: preset }] of Object.entries<{ readonly default?: string }>(inputs)) {
    env[`INPUT_${name.toUpperCase()}`] = given[name] ?? preset ?? '';
  }
  const step = await run(process.execPath, [join(dirname(theProgram()), '../dist/action.js')], cwd, env);
  const lines = (await readFile(files.GITHUB_OUTPUT, 'utf8')).split('\n').filter((line) => line !== '');
  const outputs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { ...step, outputs, summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8') };
}

export const readYaml = async (path: string) => parse(await readFile(path, 'utf8'));

interface WorkflowStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/**
 * The jobs of a workflow, one after the other, each in an empty folder.
 * @param inputs of whoever started it. @returns the first step that failed, or null.
 */
export async function runWorkflow(
  runner: Runner,
  path: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Step | null> {
  const { jobs } = await readYaml(path);
  for (const { steps } of Object.values<{ readonly steps: readonly WorkflowStep[] }>(jobs)) {
    const cwd = await mkdtemp(join(runner.folder, 'job-'));
    const failed = await runSteps(runner, cwd, steps, inputs);
    if (failed !== null) return failed;
  }
  return null;
}

async function runSteps(
  runner: Runner,
  cwd: string,
  steps: readonly WorkflowStep[],
  inputs: Readonly<Record<string, string>>,
): Promise<Step | null> {
  const environmentFile = join(cwd, '.environment');
  await writeFile(environmentFile, '');
  let failed: Step | null = null;
  for (const { uses = '', run: script, with: given = {} } of steps) {
    const text = await readFile(environmentFile, 'utf8');
    const env = Object.fromEntries(
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('=') as [string, string]),
    );
    const values: Readonly<Record<string, string>> = {
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value])),
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [`env.${name}`, value])),
    };
    const filled = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        String(value).replace(/\$\{\{ *([\w.]+) *\}\}/gu, (_, key: string) => values[key] ?? ''),
      ]),
    );
    if (script !== undefined) {
      const more = { GITHUB_ENV: environmentFile, GITHUB_REPOSITORY: 'o/r', GITHUB_WORKFLOW: 'w' };
      failed ??= failure(await bash(script, cwd, { ...runner.env, ...more }));
    } else if (uses.includes('/rootctl@') || uses === './') {
      failed ??= failure(await runAction(runner, cwd, filled));
    } else if (uses.startsWith('actions/upload-artifact')) {
      const target = join(runner.folder, 'artefacts', filled['name'] ?? '');
      await rm(target, { recursive: true, force: true });
      await mkdir(target);
      for (const file of (filled['path'] ?? '').split('\n').filter((line) => line !== '')) {
        const source = file.startsWith('~')
          ? file.replace('~/.local/state', `${runner.folder}/state`)
          : join(cwd, file);
        await cp(source, join(target, file.split('/').at(-1) ?? ''), { recursive: true });
      }
    } else if (uses.startsWith('actions/download-artifact')) {
      await cp(join(runner.folder, 'artefacts', filled['name'] ?? ''), cwd, { recursive: true });
    }
  }
  return failed;
}

const failure = (step: Step): Step | null => (step.code === 0 ? null : step);
