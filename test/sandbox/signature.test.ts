import { createHash, createHmac } from 'node:crypto';
import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type SandboxRequest } from '../../src/sandbox/index.ts';
import { clockFromNow, enabledScenario, openWorld, payments, refusalOf, transports } from './world.ts';

class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(bytes(secret)));
  }
  update(data: unknown): void {
    this.#hash.update(bytes(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function bytes(data: unknown): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new Error('neither text nor bytes');
}

const clock = clockFromNow();
const sandbox = createSandbox(enabledScenario(), { clock });
const credentials = sandbox.credentials().management;

/** A request signed by the SDK's signer, which is not the one that the sandbox checks with. */
async function signed(
  change: Partial<Record<'service' | 'region' | 'path' | 'accessKeyId' | 'secretAccessKey', string>> = {},
  at = new Date(clock.nowMs()),
): Promise<SandboxRequest> {
  const { service = 'iam', region = 'us-east-1', path = '/', ...key } = change;
  const signer = new SignatureV4({
    service,
    region,
    credentials: { ...credentials, ...key },
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: false,
  });
  const hostname = service === 's3' ? 's3.us-east-1.amazonaws.com' : 'iam.amazonaws.com';
  const body = service === 's3' ? '' : 'Action=GetAccountSummary&Version=2010-05-08';
  const request = {
    method: service === 's3' ? 'GET' : 'POST',
    protocol: 'https:',
    hostname,
    path,
    query: service === 's3' ? { policy: '', 'x-id': 'a b+ü/~*' } : {},
    headers: { host: hostname, 'content-type': 'application/x-www-form-urlencoded', 'x-spaces': '  a   b ' },
    body,
  };
  const { headers } = await signer.sign(request, { signingDate: at });
  return {
    ...request,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body),
  };
}

const answerTo = async (request: SandboxRequest) => {
  const { statusCode, body } = await sandbox.handle(request);
  return { statusCode, code: /<Code>([^<]*)/.exec(Buffer.from(body).toString())?.[1] };
};

describe('signatures', () => {
  let request: SandboxRequest;
  beforeEach(async () => {
    request = await signed();
  });

  test("the SDK's signer and the sandbox agree, on S3 paths with spaces and umlauts too", async () => {
    expect(await answerTo(request)).toEqual({ statusCode: 200, code: undefined });
    // A bucket that does not exist is only looked for when the signature is good.
    expect(await answerTo(await signed({ service: 's3', path: '/b%20%C3%BCcket' }))).toMatchObject({
      code: 'NoSuchBucket',
    });
  });

  test.each<[string, (good: SandboxRequest) => SandboxRequest, string]>([
    [
      'another body',
      (good) => ({ ...good, body: Buffer.from('Action=DeleteLoginProfile&Version=2010-05-08') }),
      'SignatureDoesNotMatch',
    ],
    ['another method', (good) => ({ ...good, method: 'GET' }), 'SignatureDoesNotMatch'],
    ['another query', (good) => ({ ...good, query: { UserName: 'x' } }), 'SignatureDoesNotMatch'],
    [
      'another signed header',
      (good) => ({ ...good, headers: { ...good.headers, 'content-type': 'text/plain' } }),
      'SignatureDoesNotMatch',
    ],
    [
      'an x-amz header slipped in',
      (good) => ({ ...good, headers: { ...good.headers, 'x-amz-target': 'x' } }),
      'SignatureDoesNotMatch',
    ],
    [
      'a flipped signature',
      (good) => ({ ...good, headers: { ...good.headers, authorization: flip(good.headers['authorization'] ?? '') } }),
      'SignatureDoesNotMatch',
    ],
    ['no signature', (good) => ({ ...good, headers: { host: 'iam.amazonaws.com' } }), 'MissingAuthenticationToken'],
    [
      'a token that nobody gave out',
      (good) => ({ ...good, headers: { ...good.headers, 'x-amz-security-token': 'x' } }),
      'SignatureDoesNotMatch',
    ],
  ])('%s is refused', async (_what, change, code) => {
    expect(await answerTo(change(request))).toEqual({ statusCode: 403, code });
  });

  test.each([
    ['the scope of another region', { region: 'eu-west-1' }, 'SignatureDoesNotMatch'],
    ['the scope of another service', { service: 'sts' }, 'SignatureDoesNotMatch'],
    ['another secret', { secretAccessKey: 'x' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }, 'InvalidClientTokenId'],
  ])('%s is refused', async (_what, change, code) => {
    expect(await answerTo(await signed(change))).toEqual({ statusCode: 403, code });
  });

  test.each([-16, 16])('a date %i minutes off is refused', async (minutes) => {
    const at = new Date(clock.nowMs() + minutes * 60_000);
    expect(await answerTo(await signed({}, at))).toEqual({ statusCode: 403, code: 'SignatureDoesNotMatch' });
  });

  test("a root user's own key signs until it is gone", async () => {
    const key = sandbox.accounts.find(({ id }) => id === payments)?.root.accessKeys;
    expect(key?.[0]?.status).toBe('Active');
    const accessKeyId = key?.[0]?.id ?? '';
    expect(await answerTo(await signed({ accessKeyId }))).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(await answerTo(await signed({ accessKeyId: key?.[1]?.id ?? '' }))).toMatchObject({
      code: 'InvalidClientTokenId',
    });
  });
});

const flip = (authorization: string): string => authorization.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

describe.each(transports)('credentials that are not good, %s', (transport) => {
  test.each([
    [
      'an unknown key',
      { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' },
      ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId'],
    ],
    [
      'a wrong secret',
      { secretAccessKey: 'x' },
      ['SignatureDoesNotMatch', 'InvalidSignatureException', 'SignatureDoesNotMatch'],
    ],
    [
      'a token too many',
      { sessionToken: 'x' },
      ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidToken'],
    ],
  ])('%s has its code in each service', async (_what, change, [query, json, rest]) => {
    const world = await openWorld(transport);
    const { iam, sts, organizations, s3, sqs } = world.clients({
      ...world.sandbox.credentials().management,
      ...change,
    });
    expect(await refusalOf(iam.send(new ListAccessKeysCommand({})))).toMatchObject({ name: query, status: 403 });
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ name: query, status: 403 });
    expect(await refusalOf(organizations.send(new ListAccountsCommand({})))).toMatchObject({ name: json, status: 400 });
    expect(await refusalOf(sqs.send(new ListQueuesCommand({})))).toMatchObject({ name: json, status: 400 });
    expect(await refusalOf(s3.send(new ListBucketsCommand({})))).toMatchObject({ name: rest });
    await world.close();
  });

  test("one session's token does not go with another session's key", async () => {
    const world = await openWorld(transport);
    const mixed = await world.rootSession(payments, 'IAMAuditRootUserCredentials');
    const other = await world.rootSession('444444444444', 'IAMAuditRootUserCredentials');
    const [one, two] = [await mixed.iam.config.credentials(), await other.iam.config.credentials()];
    const { iam } = world.clients({
      accessKeyId: one.accessKeyId,
      secretAccessKey: one.secretAccessKey,
      sessionToken: two.sessionToken ?? '',
    });
    expect(await refusalOf(iam.send(new ListAccessKeysCommand({})))).toMatchObject({ name: 'InvalidClientTokenId' });
    await world.close();
  });
});
