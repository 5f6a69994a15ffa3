export function formulaOf(release: {
  readonly repository: string;
  readonly url: string;
  readonly sha256: string;
}): string;
