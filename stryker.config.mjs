// Mutation testing, run by `npm run bite` (scripts/bite.mjs). How to use it: docs/testing.md. What it found: docs/mutation.md.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  // `related`: Stryker names the tests of a mutant; which of them import its file, vitest need not look up again.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['./scripts/bite-runner.mjs', './scripts/bite-reporter.mjs'],
  reporters: ['bite', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  mutate: ['src/{root,run,org,policy,actions}/**/*.ts'],
  ignorePatterns: ['/.git', '/dist', '/coverage', '/bench', '/reports'],
  coverageAnalysis: 'perTest',
  // What runs while a module loads: lists and schemas, mostly. Each would have to load all again, for every test.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 5_000,
  timeoutFactor: 1.5,
  // A mutant that cannot be understood by its types is none here: esbuild only strips them.
  checkers: [],
  allowConsoleColors: false,
  logLevel: 'warn',
  incrementalFile: 'reports/mutation-incremental.json',
  tempDirName: '.stryker-tmp',
};
