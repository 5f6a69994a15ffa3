import fc from 'fast-check';

/** The same everywhere unless ROOTCTL_TEST_SEED says otherwise; fast-check prints it, and the path, when it fails. */
export const seed = Number(process.env['ROOTCTL_TEST_SEED'] ?? '20260131');

/** Mutation testing asks thousands of times, of each property a few runs. */
const runsMax = Number(process.env['ROOTCTL_TEST_RUNS'] ?? 'Infinity');

export const holds = <Input>(property: fc.IAsyncProperty<Input> | fc.IProperty<Input>, numRuns: number) =>
  fc.assert(property as fc.IAsyncProperty<Input>, { seed, numRuns: Math.min(numRuns, runsMax), endOnFailure: false });
