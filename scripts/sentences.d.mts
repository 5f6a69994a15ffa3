export interface Sentence {
  readonly line: number;
  /** `…` stands for what a template fills in. */
  readonly text: string;
}
export function isPhrase(text: string): boolean;
export function sentencesIn(file: string, code: string): readonly Sentence[];
export function allSentences(
  root: string,
): readonly { readonly file: string; readonly sentences: readonly Sentence[] }[];
