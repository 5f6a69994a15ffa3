/**
 * What to type, as data. Which flags lead back to the same organization (`--sandbox`, `--profile`) is known where the
 * command is shown, and added there.
 */
export type Cure =
  | { readonly rootctl: readonly string[] }
  | { readonly aws: readonly string[] }
  | { readonly shell: string };

export const rootctl = (...words: readonly string[]): Cure => ({ rootctl: words });
export const aws = (...words: readonly string[]): Cure => ({ aws: words });
