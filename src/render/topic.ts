import type { Topic } from '../words/index.ts';
import { hanging } from './explain.ts';
import { padding, widthOf, wrap } from './text.ts';
import type { View } from './view.ts';

/** The longest words that are explained would leave no room for what they mean. */
const termColumnsMax = 26;

/** A topic of the help, as the terminal shows it. */
export function renderTopic({ title, blocks }: Topic, { columns, paint }: Pick<View, 'columns' | 'paint'>): string {
  const width = Math.min(columns, 100);
  const parts = blocks.map((block): readonly string[] => {
    if (typeof block === 'string') return wrap(block, width, '');
    if ('lines' in block) return block.lines.map((line) => `  ${line}`);
    const wide = Math.min(Math.max(...block.terms.map(([term]) => widthOf(term))), termColumnsMax);
    return block.terms.flatMap(([term, text]) => hanging(`  ${term}${padding(term, wide)}`, text, width));
  });
  return `${[[paint.bold(title)], ...parts].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
