import { type Element as Described, type Node as DescribedNode, isSvg } from '../element.ts';

/** The only way by which data becomes part of the page: text as text, attributes as attributes, never as markup. */
export function elementOf({ tag, attributes, children }: Described): Element {
  const element = isSvg(tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : `${value}`);
  }
  element.append(...children.map(nodeOf));
  return element;
}

const nodeOf = (node: DescribedNode): Node | string => (typeof node === 'string' ? node : elementOf(node));

/** What the page was written with; without it there is no page, only its first rows. */
export function part<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(id);
  return found;
}

export const all = (selector: string, within: ParentNode = document): readonly HTMLElement[] => [
  ...within.querySelectorAll<HTMLElement>(selector),
];
