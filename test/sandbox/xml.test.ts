import { parseXML } from '@aws-sdk/xml-builder';
import { expect, test } from 'vitest';
import { xml } from '../../src/sandbox/xml.ts';

test.each([
  ['markup', '<b>&amp;"\'</b>', '<b>&amp;"\'</b>'],
  ['text of any script', '監査 👩‍💻 é', '監査 👩‍💻 é'],
  ['control characters that XML cannot hold are dropped', 'a\u0000b\u001bc\ufffed', 'abcd'],
  ['control characters that it can hold stay', 'a\u0085b', 'a\u0085b'],
])('%s', (_what, given, expected) => {
  expect(parseXML(xml`<a>${given}</a>`.text)).toEqual({ a: expected });
});

test('XML inside XML is not escaped again', () => {
  expect(xml`<a>${xml`<b>${1}</b>`}</a>`.text).toBe('<a><b>1</b></a>');
});
