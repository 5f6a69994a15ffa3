import { IAMClient } from '@aws-sdk/client-iam';
import { parseXML } from '@aws-sdk/xml-builder';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDispatch } from '../../src/aws/dispatch.ts';
import { readPlainXml } from '../../src/aws/xml.ts';

const answer = `<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListAccessKeysResult>
    <IsTruncated>false</IsTruncated>
    <AccessKeyMetadata>
      <member><AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>Active</Status></member>
      <member><AccessKeyId>AKIAI44QH8DHBEXAMPLE</AccessKeyId><Status>Inactive</Status></member>
    </AccessKeyMetadata>
    <UserName></UserName>
    <Marker/>
  </ListAccessKeysResult>
  <ResponseMetadata>
    <RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId>
  </ResponseMetadata>
</ListAccessKeysResponse>`;

/** What the SDK's own parser makes of it; null where it refuses. */
function bySdk(xml: string): unknown {
  try {
    return Object.values(parseXML(xml))[0];
  } catch {
    return null;
  }
}

test("an answer as AWS writes it is read without the SDK's parser, and as it reads it", () => {
  expect(readPlainXml(answer)).toEqual(bySdk(answer));
  expect(readPlainXml(`<?xml version="1.0"?>\n${answer.replaceAll(/\n\s*/gu, '')}`)).toEqual(bySdk(answer));
  expect(readPlainXml(answer)).toMatchObject({
    ListAccessKeysResult: { AccessKeyMetadata: { member: [{ Status: 'Active' }, { Status: 'Inactive' }] }, Marker: '' },
  });
});

test.each([
  ['comments', '<a><!-- b --><b>1</b></a>'],
  ['CDATA', '<a><b><![CDATA[<c>]]></b></a>'],
  ['attributes', '<a><b c="1">2</b></a>'],
  ['text beside elements', '<a>1<b>2</b></a>'],
  ['blanks beside elements', '<a> <b>2</b></a>'],
  ['other entities', '<a><b>&eacute;&#65;</b></a>'],
  ['names that every object has', '<a><constructor>1</constructor></a>'],
  ['a document type', '<!DOCTYPE a><a><b>1</b></a>'],
  ['carriage returns', '<a>\r\n<b>1</b>\r\n</a>'],
  ['other closing tags', '<a><b>1</b ></a>'],
  ['no closing tag', '<a><b>1</b>'],
  ['half a tag', '<a><bc'],
  ['nothing but text', '<a>1</a>'],
  ['no end of depth', '<a>'.repeat(5_000)],
  ['nothing', ''],
])("%s are left to the SDK's parser", (_what, xml) => {
  expect(readPlainXml(xml)).toBeNull();
});

test('what is read is what the SDK reads, whatever stands there', () => {
  const name = fc.constantFrom('a', 'b', 'member', 'Key-1.x', 'constructor', '__proto__', 'xmlns', 'é');
  const text = fc.string({
    unit: fc.constantFrom('x', '1', ' ', '\n', '&amp;', '&lt;', '&#65;', '&b;', '>', '"', '<!--', ']]>'),
  });
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc
      .tuple(
        name,
        fc.oneof({ depthSize: 'small' }, text, fc.array(fc.tuple(fc.constantFrom('', '\n', ' '), tie('element')))),
      )
      .map(([tag, inner]) => `<${tag}>${typeof inner === 'string' ? inner : inner.flat().join('')}</${tag}>`),
  }));
  const spoilt = fc
    .tuple(
      fc.oneof(fc.constant(answer), element),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', '<', '>', '/', ' ', '\n', '&', 'x', '\r', '</member>', '<Marker/>'),
    )
    .map(([xml, at, cut, put]) => {
      const place = at % (xml.length + 1);
      return xml.slice(0, place) + put + xml.slice(place + cut);
    });
  fc.assert(
    fc.property(fc.oneof(element, spoilt), (xml) => {
      const read = readPlainXml(xml);
      if (read !== null) expect(read).toEqual(bySdk(xml));
    }),
    { numRuns: 3_000 },
  );
});

test('a client reads so, and no other client of the process does for its sake', () => {
  const options = { region: 'us-east-1', credentials: { accessKeyId: 'A', secretAccessKey: 'B' } };
  const transport = { handle: () => Promise.reject(new Error('not sent')), destroy: () => {} };
  const [ours, other] = [new IAMClient(options), new IAMClient(options)];
  createDispatch(ours, transport, 'test');
  expect(ours.config.protocol).toHaveProperty('deserializer.parseXml');
  const isOwn = ({ config }: IAMClient) =>
    'deserializer' in config.protocol && Object.hasOwn(Object(config.protocol.deserializer), 'parseXml');
  expect([isOwn(ours), isOwn(other)]).toEqual([true, false]);
});
