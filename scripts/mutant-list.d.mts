/** A mistake that the simulation must notice: each edit replaces text that stands in the file exactly once. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly edits: readonly (readonly [before: string, after: string])[];
}
export const mutants: readonly Mutant[];
