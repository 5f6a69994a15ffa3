import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createCache } from './cache.ts';
import type { SandboxRequest } from './wire.ts';

/** The parts of an `Authorization: AWS4-HMAC-SHA256 …` header (IAM User Guide, "AWS Signature Version 4"). */
export interface Authorization {
  readonly accessKeyId: string;
  /** yyyymmdd */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const shape =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/;

/** Undefined when the header is missing or is not of that form. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  const match = header === undefined ? null : shape.exec(header);
  if (match === null) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

export type SignatureVerdict = 'good' | 'signature-differs' | 'payload-differs' | 'headers-unsigned';

/** Recomputes signatures; keeps the signing keys in use, because deriving one costs four of the six hashes. */
export function createSignatureCheck(): (
  request: SandboxRequest,
  authorization: Authorization,
  secretAccessKey: string,
  isPathSignedAsSent: boolean,
) => SignatureVerdict {
  const signingKeys = createCache<Buffer>();
  const signingKeyFor = ({ accessKeyId, date, region, service }: Authorization, secret: string): Buffer => {
    const name = `${accessKeyId}/${date}/${region}/${service}`;
    const known = signingKeys.get(name);
    if (known) return known;
    const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
      (above, part) => createHmac('sha256', above).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    );
    signingKeys.set(name, key);
    return key;
  };

  return (request, authorization, secretAccessKey, isPathSignedAsSent) => {
    const { signedHeaders, signature, date, region, service } = authorization;
    const amzDate = request.headers['x-amz-date'] ?? '';
    if (!signedHeaders.includes('host') || !amzDate.startsWith(date)) return 'headers-unsigned';
    // Every x-amz-* header must be signed, or a proxy could slip one in (same page, "SignedHeaders").
    for (const name in request.headers)
      if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) return 'headers-unsigned';
    const claimed = request.headers['x-amz-content-sha256'];
    const payload = claimed === 'UNSIGNED-PAYLOAD' ? claimed : sha256(request.body);
    if (claimed !== undefined && claimed !== payload) return 'payload-differs';
    const scope = `${date}/${region}/${service}/aws4_request`;
    const text = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha256(canonicalRequest(request, signedHeaders, payload, isPathSignedAsSent))}`;
    const expected = createHmac('sha256', signingKeyFor(authorization, secretAccessKey)).update(text).digest();
    return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? 'good' : 'signature-differs';
  };
}

function canonicalRequest(
  request: SandboxRequest,
  signedHeaders: readonly string[],
  payload: string,
  isPathSignedAsSent: boolean,
): string {
  let headers = '';
  for (const name of signedHeaders)
    headers += `${name}:${(request.headers[name] ?? '').trim().replace(/ {2,}/g, ' ')}\n`;
  const path = request.path === '' ? '/' : request.path;
  const canonicalPath = isPathSignedAsSent || path === '/' ? path : path.split('/').map(encode).join('/');
  return `${request.method}\n${canonicalPath}\n${canonicalQuery(request.query)}\n${headers}\n${signedHeaders.join(';')}\n${payload}`;
}

function canonicalQuery(query: SandboxRequest['query']): string {
  const pairs: string[] = [];
  for (const name in query) {
    const value = query[name];
    for (const one of Array.isArray(value) ? value : [value ?? '']) pairs.push(`${encode(name)}=${encode(one)}`);
  }
  return pairs.length === 0 ? '' : pairs.sort().join('&');
}

/** RFC 3986: everything but unreserved characters. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Epoch milliseconds of an `x-amz-date` (`20260131T093000Z`); NaN when it is none. */
export const amzDateMs = (text: string | undefined): number =>
  Date.parse((text ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
