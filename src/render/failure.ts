import type { ProblemEntry } from '../problems/index.ts';
import { withCode } from '../words/index.ts';
import { visible } from './text.ts';
import type { View } from './view.ts';

/**
 * What stderr says when an error ends a command: one line `error: what (AWS code)`, then `hint: what to do`. Not
 * wrapped, because a line that somebody greps for must stay one line.
 * @param codeOf whose word `error.code` is; rootctl's own codes are for scripts and stand in JSON only.
 */
export function renderFailure(
  error: ProblemEntry,
  { paint, speech }: Pick<View, 'paint' | 'speech'>,
  codeOf: 'aws' | 'rootctl' = 'aws',
): string {
  const { labels } = speech.words.lines;
  const what = codeOf === 'rootctl' ? error.message : withCode(error);
  const first = `${paint.red(labels.error)} ${visible(what)}\n`;
  return error.hint === null ? first : `${first}${paint.bold(labels.hint)} ${visible(error.hint)}\n`;
}
