import { readdirSync, readFileSync } from 'node:fs';
import { getEnvironmentData } from 'node:worker_threads';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { schemaDefines } from './scripts/packed-schemas.mjs';
import { pageDefines } from './scripts/page.mjs';
import { mutatedName } from './test/support/mutation/names.ts';
import { warmPool } from './test/support/mutation/warm-pool.ts';

/** Whose tests are asked of a mutant: those of what is mutated, and the whole program inside the process. */
const units = ['actions', 'controls', 'documents', 'org', 'policy', 'root', 'run'];
const wholePrograms = ['cli', 'journeys', 'library'];
/** Of these only so much: folders, or how the names of files begin. */
const asked = process.env['ROOTCTL_TEST_FOLDERS']?.split(',') ?? [''];

/**
 * A test that starts another process by itself, which cannot be left out alone (`test/support/the-program.ts`): a mutant would
 * not be in there.
 */
const starting = /\bspawn\(|inject\('program'\)/u;

/** How far the tests of a file are from the mutant: 0 for those that are called as it is, 3 for the whole program. */
function distanceOf(testFile: string): number {
  const [, folder = '', name = ''] = /\/test\/([^/]+)\/([^/]+)\.test\.ts$/u.exec(testFile) ?? [];
  if (wholePrograms.includes(folder)) return 3;
  const mutated = String(getEnvironmentData(mutatedName) ?? '');
  const [, home, inside = ''] = /\/src\/([^/]+)\/(.+)\.ts$/u.exec(mutated) ?? [];
  if (folder !== home) return 2;
  return inside.split('/').some((part) => name.startsWith(part)) ? 0 : 1;
}

/** A mutant is done with at the first test that fails: the nearest tests come first. Of the same distance vitest begins with the longest. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => distanceOf(one.moduleId) - distanceOf(other.moduleId));
  }
}

const include = [...units, ...wholePrograms]
  .flatMap((folder) => readdirSync(`test/${folder}`).map((name) => `test/${folder}/${name}`))
  .filter((file) => file.endsWith('.test.ts') && !starting.test(readFileSync(file, 'utf8')))
  .filter((file) => asked.some((one) => file.startsWith(`test/${one}`)))
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
    exclude: [
      // Compiles the declarations: no mutant is in there.
      'test/library/declarations.test.ts',
      // Run the whole program by the hundreds, and so would they for each mutant that nobody notices.
      'test/cli/policy.test.ts',
      'test/journeys/properties.test.ts',
      'test/journeys/spoilt-answers.test.ts',
    ],
    isolate: false,
    sequence: { sequencer: NearestFirst },
    setupFiles: ['test/support/mutation/setup.ts'],
    // Of a property few runs, or a mutant that nobody notices would take minutes: test/support/properties.ts.
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ROOTCTL_TEST_RUNS: '10',
      ROOTCTL_TEST_INSIDE: 'true',
    },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
