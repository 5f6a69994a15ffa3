export function obstacles(release: {
  readonly tag: string;
  readonly manifest: unknown;
  readonly changelog: string;
  readonly repository: string;
}): readonly string[];
export function notesOf(changelog: string, version: string): string | null;
