import type { NotSimulated, SandboxRequest, SandboxResponse } from './wire.ts';
import { xml } from './xml.ts';

/** How a client words its requests and reads its errors (Smithy, "AWS Protocols"). `s3` is REST XML whose errors have no wrapper. */
type Protocol = 'json' | 'cbor' | 'query' | 'ec2' | 's3' | 'rest-xml' | 'rest-json';

/** Not one of AWS's codes, so that nobody takes it for an answer of AWS's. */
const code = 'NotSimulated';
/** Said of what a server does not know how to do; no SDK tries it again. */
const statusCode = 501;

/** Tells a client over HTTP, in the error shape of its own protocol, that the sandbox does not know what it asks for. */
export function notSimulatedAnswer(
  request: SandboxRequest,
  { message }: NotSimulated,
  requestId: string,
): SandboxResponse {
  const protocol = protocolOf(request);
  const ids = protocol === 's3' ? { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId } : {};
  const headers = { 'x-amzn-requestid': requestId, ...ids };
  const answer = (contentType: string, body: string | Uint8Array, more: Readonly<Record<string, string>> = {}) => ({
    statusCode,
    headers: { ...headers, 'content-type': contentType, ...more },
    body: Buffer.from(body),
  });
  switch (protocol) {
    case 'json':
      return answer(request.headers['content-type'] ?? 'application/x-amz-json-1.1', jsonError(message), {
        // What clients of the older Query protocol look for the code in (Smithy, awsQueryCompatible).
        ...(request.headers['x-amzn-query-mode'] === 'true' ? { 'x-amzn-query-error': `${code};Receiver` } : {}),
      });
    case 'rest-json':
      return answer('application/json', jsonError(message), { 'x-amzn-errortype': code });
    case 'cbor':
      return answer('application/cbor', cborError(message), { 'smithy-protocol': 'rpc-v2-cbor' });
    case 'query':
    case 'rest-xml':
      return answer(
        'text/xml',
        xml`<ErrorResponse><Error><Type>Receiver</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
          .text,
      );
    case 'ec2':
      return answer(
        'text/xml',
        xml`<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`
          .text,
      );
    case 's3':
      return answer(
        'application/xml',
        xml`<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`.text,
      );
  }
}

/** Services speak one protocol each, newer ones several: the request itself says which, before the service's name does. */
function protocolOf(request: SandboxRequest): Protocol {
  const { headers, path } = request;
  const contentType = headers['content-type'] ?? '';
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'cbor';
  if (headers['x-amz-target'] !== undefined || contentType.startsWith('application/x-amz-json')) return 'json';
  const service = signingNameIn(request);
  if (hasAction(request)) return service === 'ec2' ? 'ec2' : 'query';
  // S3 Control signs as s3, under this prefix (S3 API Reference, "Amazon S3 Control"); s3tables and the like speak JSON.
  if (service === 's3' || service === 's3express' || service === 's3-object-lambda')
    return path.startsWith('/v20180820/') ? 'rest-xml' : 's3';
  if (service === 'cloudfront' || service === 'route53') return 'rest-xml';
  return service === undefined && !isRestJson(request) ? 's3' : 'rest-json';
}

/** The service that a request is signed for, in its header or its address; undefined when it is not signed. */
export function signingNameIn({ headers, query }: SandboxRequest): string | undefined {
  const presigned = query['X-Amz-Credential'];
  const scope = /\bCredential=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1] ?? presigned;
  return typeof scope === 'string' ? scope.split('/').at(-2) : undefined;
}

/** The Query protocol: a form, in the body or in the address. */
export function hasAction({ headers, query, body }: SandboxRequest): boolean {
  if (typeof query['Action'] === 'string') return true;
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm && new URLSearchParams(Buffer.from(body).toString()).has('Action');
}

/** Of an unsigned request: services that sign people in take JSON, or a bearer token. */
export const isRestJson = ({ headers }: SandboxRequest): boolean =>
  headers['content-type']?.startsWith('application/json') === true ||
  headers['x-amz-sso_bearer_token'] !== undefined ||
  headers['authorization']?.startsWith('Bearer ') === true;

const jsonError = (message: string): string => JSON.stringify({ __type: code, message });

/** A map of two texts (RFC 8949, 3.1; Smithy RPC v2 CBOR, "Error responses"). */
function cborError(message: string): Uint8Array {
  const text = (value: string): Uint8Array => {
    const bytes = Buffer.from(value);
    const length = bytes.byteLength;
    return Buffer.concat([length < 24 ? [0x60 + length] : [0x79, length >> 8, length & 0xff], bytes].map(asBytes));
  };
  return Buffer.concat([asBytes([0xa2]), text('__type'), text(code), text('message'), text(message)]);
}

const asBytes = (bytes: Uint8Array | readonly number[]): Uint8Array => Uint8Array.from(bytes);
