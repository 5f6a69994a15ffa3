import { inject } from 'vitest';
import { getCurrentTest } from 'vitest/suite';

/**
 * The path of the built program. Where mutants are asked (`vitest.mutation.config.ts`) there is none, since no mutant would
 * be in it: a test that wants to start it is left out there.
 */
export function theProgram(): string {
  if (process.env['ROOTCTL_TEST_INSIDE'] === 'true') getCurrentTest()?.context.skip('starts the program');
  return inject('program');
}

/** Where it may keep what V8 has compiled of it. */
export const theCache = (): string => inject('cache');
