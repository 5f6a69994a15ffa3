import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The built program's `bin/rootctl.js`. */
    readonly program: string;
    /** Where it may keep what V8 has compiled of it. */
    readonly cache: string;
  }
}

const repository = join(import.meta.dirname, '../..');

/**
 * Builds the program once, with the repository's own build script, into a folder of this test run's own: a build or an
 * edit beside it does not change what is being tested.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-built-'));
  for (const name of ['src', 'node_modules', 'package.json', 'tsconfig.json', 'schemas', 'man']) {
    await symlink(join(repository, name), join(folder, name));
  }
  // A copy, because Node follows a link to where `dist` is another one.
  await cp(join(repository, 'bin'), join(folder, 'bin'), { recursive: true });
  await promisify(execFile)(process.execPath, [join(repository, 'scripts/build.mjs'), '--code-only'], { cwd: folder });
  provide('program', join(folder, 'bin/rootctl.js'));
  provide('cache', join(folder, 'cache'));
  return () => rm(folder, { recursive: true, force: true });
}
