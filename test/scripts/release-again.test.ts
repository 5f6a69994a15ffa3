import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { bash, readYaml, type Step } from '../support/runner.ts';

const version = '1.2.3';

interface Rehearsal {
  readonly folder: string;
  /** A step of the release workflow, by its job and what its name or id begins with; its outputs are in the file `outputs`. */
  readonly step: (job: string, name: string, env?: Readonly<Record<string, string>>) => Promise<Step>;
  /** Puts a program in the PATH of the steps, which writes down how it is called. */
  readonly command: (name: string, script: string) => Promise<void>;
  readonly calls: () => Promise<readonly string[]>;
}

/** A folder with the artefacts of a release, in which steps of the workflow are run as they stand. */
async function rehearse(): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-release-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'artefacts'));
  const { jobs } = await readYaml('.github/workflows/release.yml');
  const step: Rehearsal['step'] = async (job, name, env = {}) => {
    const found = jobs[job].steps.find(
      (one: { readonly id?: string; readonly name?: string }) => one.id === name || one.name?.startsWith(name),
    );
    return bash(found.run, folder, {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      HOME: folder,
      VERSION: version,
      GITHUB_OUTPUT: join(folder, 'outputs'),
      GITHUB_REF_NAME: `v${version}`,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: 'abc',
      ...env,
    });
  };
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const command: Rehearsal['command'] = async (name, script) => {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\n${script}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  };
  return { folder, step, command, calls };
}

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse();
});

describe('the package, when its job is run again', () => {
  /** npm as it is asked here. @param theirs the integrity of what it has; null: it has none. */
  async function npmWith(theirs: string | null): Promise<Step> {
    const { folder, command, step } = rehearsal;
    await writeFile(join(folder, 'artefacts', `rootctl-${version}.tgz`), 'the package');
    const view = theirs === null ? 'exit 1' : `echo ${theirs}`;
    await command('npm', `case $1 in --version) echo 11.6.0 ;; view) ${view} ;; esac`);
    return step('npm', 'Publish');
  }
  const ours = `sha512-${createHash('sha512').update('the package').digest('base64')}`;
  const wasPublished = async () => (await rehearsal.calls()).some((call) => call.startsWith('npm publish'));

  test.each([
    ['is published where npm has none', null, 0, true],
    ['passes where npm has this very file', ours, 0, false],
    ['fails where npm has another one', 'sha512-other', 1, false],
  ])('%s', async (_name, theirs, code, published) => {
    expect([(await npmWith(theirs)).code, await wasPublished()]).toEqual([code, published]);
  });
});

describe('the action, when its job is run again', () => {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  async function pushed(): Promise<{ readonly code: number; readonly commits: readonly string[] }> {
    const { folder, step } = rehearsal;
    await rm(join(folder, 'action'), { recursive: true, force: true });
    await mkdir(join(folder, 'action'));
    const when = '2026-11-27T12:00:00+00:00';
    const dates = { GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when };
    const { code } = await step('github', 'action', { ...dates, GITHUB_SERVER_URL: `file://${folder}`, GH_TOKEN: 't' });
    const refs = [`refs/tags/action-v${version}`, 'refs/tags/v1'];
    return { code, commits: refs.map((ref) => git('-C', join(folder, 'o/r'), 'rev-parse', ref)) };
  }

  test('is the same commit, and its tag is not moved', async () => {
    const { folder } = rehearsal;
    git('init', '--quiet', '--bare', join(folder, 'o/r'));
    await writeFile(join(folder, 'action.yml'), 'name: rootctl\n');
    execFileSync('tar', [
      '-czf',
      join(folder, 'artefacts', `rootctl-action-${version}.tar.gz`),
      '-C',
      folder,
      'action.yml',
    ]);
    const first = await pushed();
    expect(first.code).toBe(0);
    expect(new Set(first.commits).size).toBe(1);
    expect(await pushed()).toEqual(first);
  });

  test('moves v0 forwards only: an old release whose job is run again leaves it', async () => {
    const { folder } = rehearsal;
    git('init', '--quiet', '--bare', join(folder, 'o/r'));
    await writeFile(join(folder, 'action.yml'), 'name: rootctl\n');
    const archive = join(folder, 'artefacts', `rootctl-action-${version}.tar.gz`);
    execFileSync('tar', ['-czf', archive, '-C', folder, 'action.yml']);
    const { commits } = await pushed();
    const outputs = async () =>
      (await readFile(join(folder, 'outputs'), 'utf8')).split('\n').filter((line) => line === 'newest=true');
    expect(await outputs()).toHaveLength(1);
    git('-C', join(folder, 'o/r'), 'tag', 'action-v1.10.0', commits[0] ?? '');
    git('-C', join(folder, 'o/r'), 'tag', '--force', 'v1', commits[0] ?? '');
    git('-C', join(folder, 'o/r'), 'update-ref', '-d', `refs/tags/action-v${version}`);
    await writeFile(join(folder, 'action.yml'), 'name: another\n');
    execFileSync('tar', ['-czf', archive, '-C', folder, 'action.yml']);
    const again = await pushed();
    expect(again.commits[0]).not.toBe(commits[0]);
    expect(again.commits[1]).toBe(commits[0]);
    expect(await outputs()).toHaveLength(1);
  });

  test('has the time of the commit that is released', async () => {
    const { jobs } = await readYaml('.github/workflows/release.yml');
    const { env } = jobs.github.steps.find(({ id }: { readonly id?: string }) => id === 'action');
    const time = `$\{{ github.event.head_commit.timestamp }}`;
    expect(env).toEqual({ GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time });
  });
});

describe('the release, when its job is run again', () => {
  test.each([
    ['is made where there is none', 'exit 1', ['create']],
    ['is left where it is there', 'echo false', []],
    ['is made anew of a draft that an upload left', 'echo true', ['delete', 'create']],
  ])('%s', async (_name, view, expected) => {
    const { folder, command, step, calls } = rehearsal;
    await writeFile(join(folder, 'artefacts', 'notes.md'), 'notes\n');
    await writeFile(join(folder, 'artefacts', 'rootctl.rb'), '');
    await writeFile(join(folder, 'artefacts', 'SHA256SUMS'), '');
    await command('gh', `case $2 in view) ${view} ;; esac`);
    expect((await step('github', 'The release', { COMMIT: 'def' })).code).toBe(0);
    const asked = (await calls()).map((call) => call.split(' ')[2]).filter((verb) => verb !== 'view');
    expect(asked).toEqual(expected);
  });
});
