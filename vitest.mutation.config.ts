import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { schemaDefines } from './scripts/packed-schemas.mjs';
import { pageDefines } from './scripts/page.mjs';
import { warmPool } from './test/support/mutation/warm-pool.ts';

/** Whose tests are asked of a mutant: those of what is mutated, and the whole program inside the process. */
const folders = process.env['ROOTCTL_TEST_FOLDERS']?.split(',') ?? [
  'actions',
  'cli',
  'controls',
  'documents',
  'journeys',
  'library',
  'org',
  'policy',
  'root',
  'run',
];

const starting = /'node:child_process'|'@lydell\/node-pty'|inject\('program'\)/u;
const known = new Map<string, boolean>();

/** Whether a test starts another process, itself or by what it imports of `test`: a mutant would not be in there. */
function spawns(file: string): boolean {
  const before = known.get(file);
  if (before !== undefined) return before;
  known.set(file, false);
  const text = readFileSync(file, 'utf8');
  const beside = [...text.matchAll(/from '(\.[^']+\.ts)'/gu)].map(([, path]) => join(dirname(file), path ?? ''));
  const answer =
    starting.test(text) || beside.filter((path) => path.startsWith('test/') && existsSync(path)).some(spawns);
  known.set(file, answer);
  return answer;
}

const include = folders
  .flatMap((folder) => readdirSync(`test/${folder}`).map((name) => `test/${folder}/${name}`))
  .filter((file) => file.endsWith('.test.ts') && !spawns(file))
  .concat('test/kinds.test.ts');

export default defineConfig({
  define: { ...(await pageDefines()), ...schemaDefines() },
  plugins: [
    {
      name: 'warm',
      configureVitest: ({ project }) => Object.assign(project.config, { pool: warmPool.name, poolRunner: warmPool }),
    },
  ],
  test: {
    include,
    // Compiles the declarations: no mutant is in there.
    exclude: ['test/library/declarations.test.ts'],
    isolate: false,
    setupFiles: ['test/support/mutation/setup.ts'],
    // Of a property few runs, or a mutant that nobody notices would take minutes: test/support/properties.ts.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ROOTCTL_TEST_RUNS: '10' },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
