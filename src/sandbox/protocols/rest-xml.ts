import type { Operation, Protocol } from '../services/service.ts';
import { type Refusal, type SandboxRequest, type SandboxResponse, utf8 } from '../wire.ts';
import { type Xml, xml } from '../xml.ts';

/** The body of an answer, or nothing (204). */
export type RestXmlAnswer = { readonly xml: Xml } | { readonly text: string } | undefined;

/** REST XML as S3 speaks it: method, address and query ask, and an error has no wrapper (S3 API Reference, "Error responses"). */
export function restXmlProtocol(read: (request: SandboxRequest, subdomain: string | undefined) => Operation): Protocol {
  return { protocol: 'rest-xml', read, refused };
}

const idsOf = (requestId: string) => ({ 'x-amz-request-id': requestId, 'x-amz-id-2': requestId });

export function restXmlAnswer(body: RestXmlAnswer, requestId: string): SandboxResponse {
  const headers = idsOf(requestId);
  if (body === undefined) return { statusCode: 204, headers, body: new Uint8Array() };
  if ('text' in body)
    return { statusCode: 200, headers: { ...headers, 'content-type': 'application/json' }, body: utf8(body.text) };
  return { statusCode: 200, headers: { ...headers, 'content-type': 'application/xml' }, body: utf8(body.xml.text) };
}

function refused({ code, statusCode, message, fields, headers }: Refusal, requestId: string): SandboxResponse {
  let more = '';
  for (const [name, value] of Object.entries(fields)) more += `<${name}>${xml`${value}`.text}</${name}>`;
  return {
    statusCode,
    headers: { ...headers, 'content-type': 'application/xml', ...idsOf(requestId) },
    body: utf8(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml`<Code>${code}</Code><Message>${message}</Message>`.text}${more}<RequestId>${requestId}</RequestId></Error>`,
    ),
  };
}
