import type { Problem } from '../problems/index.ts';
import type { SayingWords } from '../words/sayings.ts';
import type { Speech } from '../words/speech.ts';
import { visible } from './text.ts';
import type { View } from './view.ts';

interface Telling extends Pick<View, 'paint'> {
  readonly speech: Speech<SayingWords>;
}

/**
 * What stderr says when an error ends a command: one line `error: what (AWS code)`, then `hint: what to do`. Not
 * wrapped, because a line that somebody greps for must stay one line.
 * @param codeOf whose word the problem's code is; rootctl's own codes are for scripts and stand in JSON only.
 */
export function renderFailure(problem: Problem, { paint, speech }: Telling, codeOf: 'aws' | 'rootctl' = 'aws'): string {
  const { labels } = speech.words.lines;
  const { message, hint } = speech.entryOf(problem);
  const what = codeOf === 'rootctl' ? message : speech.phraseOf(problem);
  const first = `${paint.red(labels.error)} ${visible(what)}\n`;
  return hint === null ? first : `${first}${paint.bold(labels.hint)} ${visible(hint)}\n`;
}
