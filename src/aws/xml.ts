/** What an element holds: text, or elements by their names; those of one name that come several times are a list. */
type Value = string | Fields;
interface Fields {
  [name: string]: Value | Value[];
}

/**
 * Reads an answer's XML as the SDK's parser does, which takes a character at a time and for each of them a string: it was a
 * third of all the memory that a run asked for. Only the plain form that AWS writes is read here: elements, their text, and
 * the namespace of the outermost one.
 * @returns what the outermost element holds; null for anything else, which is left to the SDK's parser.
 */
export function readPlainXml(xml: string): Fields | null {
  const opening = /^[ \t\n]*(?:<\?xml[^>]*\?>[ \t\n]*)?<([A-Za-z][\w.-]*)(?: xmlns="([^"&<\r]*)")?>/u.exec(xml);
  if (opening === null || xml.includes('\r')) return null;
  const [{ length }, name = '', namespace] = opening;
  let at = length;
  let isPlain = true;
  const other = (): '' => {
    isPlain = false;
    return '';
  };
  /** From behind an element's opening tag to behind its closing one. */
  const read = (tag: string, depth: number): Value => {
    const closing = `</${tag}>`;
    let next = xml.indexOf('<', at);
    if (next < 0 || depth > depthMax) return other();
    if (isClosing(xml, next)) {
      const text = xml.slice(at, next);
      at = next + closing.length;
      return !xml.startsWith(closing, next) ? other() : isLayout(text) ? '' : (decoded(text) ?? other());
    }
    const fields: Fields = {};
    for (; ; next = xml.indexOf('<', at)) {
      if (next < 0 || (next > at && !isLayout(xml.slice(at, next)))) return other();
      if (isClosing(xml, next)) {
        at = next + closing.length;
        return xml.startsWith(closing, next) ? fields : other();
      }
      const end = xml.indexOf('>', next);
      if (end < 0) return other();
      const isEmpty = xml[end - 1] === '/';
      const child = xml.slice(next + 1, isEmpty ? end - 1 : end);
      if (!isName.test(child)) return other();
      at = end + 1;
      const value = isEmpty ? '' : read(child, depth + 1);
      const known = fields[child];
      if (!isPlain || (known !== undefined && !Object.hasOwn(fields, child))) return other();
      if (known === undefined) fields[child] = value;
      else if (Array.isArray(known)) known.push(value);
      else fields[child] = [known, value];
    }
  };
  const value = read(name, 0);
  if (!isPlain || typeof value === 'string') return null;
  if (namespace !== undefined) value['xmlns'] = namespace;
  return value;
}

/** Deeper than any answer of AWS's. */
const depthMax = 20;

const isClosing = (xml: string, at: number): boolean => xml.charCodeAt(at + 1) === 0x2f; // of `</`

const isName = /^[A-Za-z][\w.-]*$/u;

/** Blanks between elements are nothing where a line ends in them; else they are text, and that is not plain. */
const isLayout = (text: string): boolean => text.trim() === '' && text.includes('\n');

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text with XML's own entities in place; null where there are others. */
function decoded(text: string): string | null {
  if (!text.includes('&')) return text;
  if (/&(?!(?:amp|lt|gt|quot|apos);)/u.test(text)) return null;
  return text.replace(/&(\w+);/gu, (_, name: string) => entities[name] ?? '');
}
