import { type Child, type Element, h } from './element.ts';

export interface Heading {
  readonly text: string;
  readonly isNumber?: boolean;
}

/** A table whose first column names the row. The caption is for whoever does not see what stands around it. */
export function plainTable(
  caption: string,
  headings: readonly Heading[],
  rows: readonly (readonly Child[])[],
  name = 'small',
): Element {
  const classOf = (index: number) => (headings[index]?.isNumber ? 'number' : null);
  return h(
    'table',
    { class: name },
    h('caption', { class: 'aside' }, caption),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        headings.map(({ text }, index) => h('th', { scope: 'col', class: classOf(index) }, text)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map(([first = null, ...others]) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, first),
          others.map((cell, index) => h('td', { class: classOf(index + 1) }, cell)),
        ),
      ),
    ),
  );
}

/** A table of several columns: it may be wider than a telephone, and is then moved inside its own frame. */
export const listTable = (
  caption: string,
  headings: readonly Heading[],
  rows: readonly (readonly Child[])[],
): Element =>
  h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    plainTable(caption, headings, rows, 'list'),
  );

/** A section of the page, with its place in the contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: readonly Child[];
}

export const sectionElement = ({ id, title, content }: Section): Element =>
  h('section', { id, 'aria-labelledby': `${id}-heading` }, h('h2', { id: `${id}-heading` }, title), content);
