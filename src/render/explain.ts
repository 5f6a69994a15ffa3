import type { Explanation, ExplanationWords } from '../words/index.ts';
import { padding, widthOf, wrap } from './text.ts';
import type { View } from './view.ts';

type Sight = Pick<View, 'columns' | 'paint'>;

/** One code: what it means, why it comes, what to do, whose move it is and how a command ends with it. */
export function renderExplanation(of: Explanation, words: ExplanationWords, { columns, paint }: Sight): string {
  const { labels } = words;
  const parts: readonly (readonly [string, string])[] = [
    [labels.cause, of.cause],
    [labels.cure, of.cure],
    [labels.move, words.moves[of.move]],
    [labels.exit, words.exits[of.exit]],
  ];
  const wide = Math.max(...parts.map(([label]) => widthOf(label)));
  const lines = parts.flatMap(([label, text]) => hanging(`${label}${padding(label, wide)}`, text, columns));
  return `${wrap(`${paint.bold(of.code)}: ${of.means}`, columns, '  ').join('\n')}\n\n${lines.join('\n')}\n`;
}

/** All codes, each with its meaning. */
export function renderExplanations(
  all: readonly Explanation[],
  words: ExplanationWords,
  { columns, paint }: Sight,
  more: string,
): string {
  const { heading } = words;
  // The longest codes of AWS would leave no room for what they mean.
  const wide = Math.min(Math.max(...all.map(({ code }) => code.length)), 36);
  const lines = all.flatMap(({ code, means }) => hanging(`${code}${padding(code, wide)}`, means, columns));
  const title = paint.bold(`${heading.code}${padding(heading.code, wide)}  ${heading.means}`);
  return `${title}\n${lines.join('\n')}\n\n${wrap(words.more(more), columns, '  ').join('\n')}\n`;
}

/** A label, and beside it a text that keeps to its column; where the label leaves no room, the text is below it. */
export function hanging(label: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(Math.min(widthOf(label), 36) + 2);
  const lines = wrap(text, Math.max(columns - indent.length, 20), '');
  const [first = '', ...rest] = lines;
  return widthOf(label) + 2 > indent.length
    ? [label.trimEnd(), ...lines.map((line) => `${indent}${line}`)]
    : [`${label}  ${first}`, ...rest.map((line) => `${indent}${line}`)];
}
