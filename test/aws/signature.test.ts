import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Credentials, createSigner } from '../../src/aws/signature.ts';
import { holds } from '../support/properties.ts';

/** SHA-256 as the SDK wants it handed over. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

type Request = { readonly path: string; readonly headers: Record<string, string>; readonly body: string };

/** AWS's own signer on the same request. */
async function reference(
  credentials: Credentials,
  request: Request,
  scope: { service: string; region: string },
  nowMs: number,
) {
  const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256 as never, applyChecksum: false });
  const signed = await signer.sign(
    { method: 'POST', protocol: 'https:', hostname: 'host', query: {}, ...request, headers: { ...request.headers } },
    { signingDate: new Date(nowMs) },
  );
  return signed.headers;
}

const nowMs = Date.parse('2026-01-31T09:30:00.000Z');
const scope = { service: 'iam', region: 'us-east-1' };
const headers = { host: 'iam.amazonaws.com', 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'x' };

test('the signature is the one that @smithy/signature-v4 makes', async () => {
  for (const sessionToken of [undefined, 'a/token+with=signs']) {
    const credentials = { accessKeyId: 'AKIA1', secretAccessKey: 's', ...(sessionToken ? { sessionToken } : {}) };
    const request = { path: '/', headers, body: 'Action=GetUser&Version=2010-05-08' };
    const mine = createSigner(credentials)(request, scope, nowMs);
    const theirs = await reference(credentials, request, scope, nowMs);
    expect(mine['authorization']).toBe(theirs['authorization']);
    expect(mine['x-amz-date']).toBe(theirs['x-amz-date']);
    expect(mine['x-amz-security-token']).toBe(sessionToken);
  }
});

test('the same for any body, path, credentials, scope and time', async () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/u);
  await holds(
    fc.asyncProperty(
      fc.record({
        credentials: fc.record({
          accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/u),
          secretAccessKey: fc.string({ minLength: 1, maxLength: 40 }),
        }),
        token: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
        segments: fc.array(fc.stringMatching(/^[A-Za-z0-9_~ -]{1,8}$/u), { maxLength: 3 }),
        body: fc.string({ unit: 'grapheme', maxLength: 200 }),
        target: word,
        service: word,
        region: word,
        atMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      }),
      async ({ credentials, token, segments, body, target, service, region, atMs }) => {
        const given = { ...credentials, ...(token === undefined ? {} : { sessionToken: token }) };
        const path = `/${segments.map(encodeURIComponent).join('/')}`;
        const request = { path, headers: { ...headers, 'x-amz-target': target }, body };
        const sign = createSigner(given);
        const mine = sign(request, { service, region }, atMs);
        const theirs = await reference(given, request, { service, region }, atMs);
        expect(mine['authorization']).toBe(theirs['authorization']);
        // The key that was kept from one day and scope is not used for another.
        const later = atMs + 86_400_000;
        const other = await reference(given, request, scope, later);
        expect(sign(request, scope, later)['authorization']).toBe(other['authorization']);
      },
    ),
    200,
  );
});

test('what was given is not changed', () => {
  const given = Object.freeze({ ...headers });
  createSigner({ accessKeyId: 'A', secretAccessKey: 's' })({ path: '/', headers: given, body: '' }, scope, nowMs);
  expect(given).toEqual(headers);
});
