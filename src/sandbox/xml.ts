/**
 * Writing XML. Raw UTF-8 with the five escapes; control characters that XML 1.0 cannot hold are dropped, as AWS drops them.
 * Own templates instead of `@aws-sdk/xml-builder`: an answer is a line or two, and this is the sandbox's hottest path.
 */
export function xml(strings: TemplateStringsArray, ...values: readonly (string | number | boolean | Xml)[]): Xml {
  let text = strings[0] ?? '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    text += value instanceof Xml ? value.text : escapeXml(String(value));
    text += strings[index + 1] ?? '';
  }
  return new Xml(text);
}

/** Text that is XML already and is not escaped again. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export const noXml = new Xml('');

export const joinXml = (parts: readonly Xml[]): Xml => new Xml(parts.map(({ text }) => text).join(''));

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '\t',
  '\n': '\n',
  '\r': '&#13;',
};

const special = /[&<>"'\p{Cc}\ufffe\uffff]/u;
const specials = /[&<>"'\p{Cc}\ufffe\uffff]/gu;

/** XML 1.0 allows the control characters from U+007F on, and of those before it only these three. */
const escapeOne = (letter: string): string =>
  escapes[letter] ?? (letter >= '\u007f' && letter < '\ufffe' ? letter : '');

const escapeXml = (text: string): string => (special.test(text) ? text.replace(specials, escapeOne) : text);
