import type { Attributes, Element, Node } from './element.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

/** Elements that HTML ends by themselves. */
const voids = new Set(['meta', 'link', 'input', 'br', 'hr']);

/** HTML in which nothing but the elements and attributes of rootctl's own is markup. */
export function htmlOf(node: Node): string {
  if (typeof node === 'string') return escaped(node);
  const { tag, children } = node;
  return voids.has(tag) ? openingTag(node) : `${openingTag(node)}${children.map(htmlOf).join('')}</${tag}>`;
}

export const openingTag = ({ tag, attributes }: Element): string => `<${tag}${attributesOf(attributes)}>`;

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => {
      if (value === false || value === null || value === undefined) return '';
      return value === true ? ` ${name}` : ` ${name}="${escaped(`${value}`)}"`;
    })
    .join('');

/**
 * JSON as it may stand in a script element that is not run: there is no `<` in it, so it ends no element and begins no
 * comment, and no separator that old scripts take for the end of a line.
 */
export const jsonInHtml = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
