// Shows that the simulation can fail: builds it with one mistake at a time and expects an invariant to break.
// The sources are changed on their way into a bundle in a temporary folder; the working tree is only read.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { mutants } from './mutant-list.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '600' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: String(Math.max(2, cpus().length)) },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'rootctl-mutants-'));
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));

/** The text with every edit made. @throws Error when an edit does not fit: the mutant must follow the code. */
function mutate({ name, file, edits }) {
  let text = readFileSync(file, 'utf8');
  for (const [before, after] of edits) {
    if (text.split(before).length !== 2) throw new Error(`mutant "${name}" no longer fits ${file}: ${before.trim()}`);
    text = text.replace(before, () => after);
  }
  return text;
}

async function bundle(mutant, outfile) {
  const contents = mutate(mutant);
  const path = resolve(mutant.file);
  await build({
    entryPoints: ['simulation/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['esbuild', 'vitest'],
    define: { __VERSION__: JSON.stringify('0.0.0-mutant') },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, (file) => (file.path === path ? { contents, loader: 'ts' } : undefined)),
      },
    ],
  });
}

/** Runs the mutated simulation until the first broken seed. */
function run(outfile) {
  return new Promise((done, fail) => {
    const words = ['--seeds', values.seeds, '--workers', '1', '--stop-at-first'];
    const child = spawn(process.execPath, [outfile, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', fail);
    child.on('exit', () =>
      done({
        seeds: Number(/^(\d+) seeds in /mu.exec(output)?.[1] ?? 0),
        broken: /^ {2}(invariant .*)$/mu.exec(output)?.[1] ?? null,
        output,
      }),
    );
  });
}

const waiting = mutants.filter(({ name }) => name.includes(values.only)).map((mutant, index) => ({ mutant, index }));
const survivors = [];
const beganMs = performance.now();
say(`${'mutant'.padEnd(58)} red after  by`);
async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { mutant, index } = next;
    const outfile = join(folder, `${index}.mjs`);
    await bundle(mutant, outfile);
    const { seeds, broken, output } = await run(outfile);
    rmSync(outfile);
    if (broken === null) survivors.push(mutant.name);
    const verdict =
      broken === null ? `SURVIVED ${seeds} seeds ${seeds === 0 ? output : ''}` : `${seeds} seeds`.padEnd(10);
    say(`${mutant.name.padEnd(58)} ${verdict} ${(broken ?? '').slice(0, 120)}`);
  }
}
try {
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(
  `${mutants.length} mutants in ${((performance.now() - beganMs) / 1_000).toFixed(0)} s, ${survivors.length} survived`,
);
process.exitCode = survivors.length > 0 ? 1 : 0;
