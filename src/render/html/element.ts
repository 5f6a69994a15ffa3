/**
 * HTML as data: the renderer writes it as text (`write.ts`), the page's script makes elements of it (`page/dom.ts`). A
 * child that is a string is text and nothing else, wherever it comes from.
 */
export interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Node[];
}
export type Node = Element | string;

/** `true` is an attribute without a value; `false`, `null` and `undefined` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A child that is not there is `null`: conditions read as such. */
export type Child = Node | null | readonly Child[];

export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Element {
  return { tag, attributes, children: flat(children) };
}

function flat(children: readonly Child[]): readonly Node[] {
  return children.flatMap((child): readonly Node[] => {
    if (child === null) return [];
    return typeof child === 'string' || 'tag' in child ? [child] : flat(child);
  });
}

/** A symbol of the page's own, drawn in the text's colour; what it means is said in words beside it. */
export const icon = (name: string): Element =>
  h(
    'svg',
    { class: `icon icon-${name}`, 'aria-hidden': 'true', focusable: 'false' },
    h('use', { href: `#icon-${name}` }),
  );

export const isSvg = (tag: string): boolean => svgTags.has(tag);

const svgTags = new Set(['svg', 'use', 'symbol', 'defs', 'pattern', 'rect', 'path', 'circle', 'line', 'text', 'g']);
