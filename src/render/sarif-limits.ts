/**
 * What GitHub's code scanning takes of one run, and shows of it (GitHub Docs, "SARIF results exceed one or more limits" and
 * "Validating your SARIF file"): a file with more is refused as a whole.
 */
export const sarifLimits = { results: 25_000, shown: 5_000 } as const;

export interface Weighed {
  /** `security-severity` of the rule. */
  readonly severity: number;
}

/** The gravest first, in the order given where they are alike, and no more than are taken. */
export function withinLimits<Result extends Weighed>(
  results: readonly Result[],
): { readonly kept: readonly Result[]; readonly leftOut: readonly Result[] } {
  const inOrder = [...results].sort((left, right) => right.severity - left.severity);
  return { kept: inOrder.slice(0, sarifLimits.results), leftOut: inOrder.slice(sarifLimits.results) };
}
