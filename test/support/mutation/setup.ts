import { beforeAll } from 'vitest';

/** What Stryker counts by, in the thread that all files of tests share. */
declare global {
  var __stryker__: { readonly mutantCoverage?: { readonly perTest: Record<string, unknown> } } | undefined;
}

// Stryker adds up what each file of tests has met, and would count again what the files before it had.
beforeAll(() => {
  const met = globalThis.__stryker__?.mutantCoverage?.perTest ?? {};
  for (const name of Object.keys(met)) delete met[name];
});
