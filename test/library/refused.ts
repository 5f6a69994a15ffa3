import { expect } from 'vitest';
import { ProblemError } from '../../src/index.ts';

/** The problem that a call of the library is rejected with. */
export async function problemOf(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return error instanceof ProblemError ? error.problem : null;
}
