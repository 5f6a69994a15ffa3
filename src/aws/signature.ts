import { createHmac, hash } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SigningScope {
  readonly service: string;
  readonly region: string;
}

const sha256Hex = (data: string): string => hash('sha256', data, 'hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/**
 * Makes a function that signs the POST requests of the Query and JSON protocols (Signature Version 4, IAM User Guide,
 * "Create a signed AWS API request"). One signer belongs to one set of credentials for its whole life, so a request
 * cannot be signed with another account's; the derived key is kept, which `@smithy/signature-v4` (the cross-check in
 * the tests) does for no more than fifty keys in the whole process.
 * @returns the headers to send: those given plus `x-amz-date`, `x-amz-security-token` and `authorization`.
 */
export function createSigner(credentials: Credentials) {
  let keyName = '';
  let key: Buffer = Buffer.alloc(0);
  return (
    request: { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
    scope: SigningScope,
    nowMs: number,
  ): Record<string, string> => {
    const timestamp = `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/gu, '')}Z`;
    const date = timestamp.slice(0, 8);
    const scopeText = `${date}/${scope.region}/${scope.service}/aws4_request`;
    if (keyName !== scopeText) {
      key = [date, scope.region, scope.service, 'aws4_request'].reduce<Buffer>(
        (derived, part) => hmac(derived, part),
        Buffer.from(`AWS4${credentials.secretAccessKey}`),
      );
      keyName = scopeText;
    }
    // Not spread: V8 keeps a description for each object that begins with what it takes over.
    const headers: Record<string, string> = Object.assign({}, request.headers, { 'x-amz-date': timestamp });
    if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
    const names = Object.keys(headers)
      .filter((name) => name !== 'user-agent')
      .sort();
    const signedHeaders = names.join(';');
    let canonicalHeaders = '';
    for (const name of names) canonicalHeaders += `${name}:${headers[name]}\n`; // ours: no blanks to fold
    const canonicalPath = request.path
      .split('/')
      .map((segment) => encodeURIComponent(segment))
      .join('/');
    const canonicalRequest = `POST\n${canonicalPath}\n\n${canonicalHeaders}\n${signedHeaders}\n${sha256Hex(request.body)}`;
    const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scopeText}\n${sha256Hex(canonicalRequest)}`;
    const signature = createHmac('sha256', key).update(toSign).digest('hex');
    headers['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scopeText}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
    return headers;
  };
}

export type Signer = ReturnType<typeof createSigner>;
