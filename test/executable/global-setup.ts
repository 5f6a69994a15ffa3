import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

/** @throws Error where there is none, or one of an earlier build: nothing would be tested. */
export function setup({ provide }: TestProject): void {
  const executable = resolve('release/rootctl');
  const made = statSync(executable, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (made < statSync('dist/THIRD-PARTY-LICENSES').mtimeMs)
    throw new Error('no executable of this build: npm run executable');
  provide('program', executable);
}
