import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Aws, createAws } from '../../src/aws/clients.ts';
import { systemClock } from '../../src/clock.ts';
import { type Connection, connectAws, connectSandbox, status } from '../../src/index.ts';
import { wireOf } from '../../src/library/connecting.ts';
import { readOrganization } from '../../src/org/organization.ts';
import { createAdaptivePace } from '../../src/run/rate.ts';

const signal = new AbortController().signal;
const keys = { accessKeyId: 'AKIAEXAMPLEEXAMPLE11', secretAccessKey: 'not-a-secret' };

const awsOver = (connection: Connection): Aws =>
  createAws({
    ...wireOf(connection),
    pace: createAdaptivePace({ clock: systemClock, fixedStsRate: null }),
    clock: systemClock,
    random: () => 0.5,
    userAgent: 'rootctl/test',
  });

describe('a connection', () => {
  it('leads to the documented sandbox unless told otherwise', async () => {
    const connection = await connectSandbox();
    const { organization, access } = await readOrganization(awsOver(connection), signal);
    expect([connection.isSimulated, organization.id, access.rootSessions]).toEqual([true, 'o-exampleorgid', false]);
  });

  it('leads to the documented sandbox with a seed alone, too, whose credentials follow from it', async () => {
    const [one, other] = await Promise.all(
      [1, 8].map(async (seed) => status({}, { connection: await connectSandbox({ seed, enabled: true }) })),
    );
    expect(other?.accounts.map(({ name }) => name)).toEqual(one?.accounts.map(({ name }) => name));
    const keysOf = (document: typeof one) => document?.accounts.flatMap(({ credentials }) => credentials?.accessKeys);
    expect(keysOf(other)).not.toEqual(keysOf(one));
  });

  it('leads to another organization for another seed, and to the same one for the same', async () => {
    const ids = await Promise.all(
      [5, 5, 6].map(async (seed) => {
        const { organization, access } = await readOrganization(
          awsOver(await connectSandbox({ accounts: 12, seed, enabled: true })),
          signal,
        );
        expect(access).toMatchObject({ trustedAccess: true, rootCredentialsManagement: true, rootSessions: true });
        return organization.id;
      }),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('refuses what is no scenario, naming the field', async () => {
    await expect(connectSandbox({ scenario: '{"kind":"rootctl.sandbox","schemaVersion":"2"}' })).rejects.toThrow(
      /schemaVersion/u,
    );
  });

  it('is no object that somebody made', () => {
    expect(() => wireOf({ region: 'eu-west-1', isSimulated: false, close: () => {} })).toThrow(TypeError);
  });

  it.each([
    ['a proxy that is no address', { proxyUrl: 'ftp://proxy' }],
    ['certificates that are none', { caCertificates: 'hello' }],
    ['an endpoint that is no address', { endpointUrl: 'file:///etc' }],
  ])('is refused with %s', async (_, options) => {
    await expect(connectAws({ credentials: keys, region: 'eu-west-1', ...options })).rejects.toThrow();
  });

  it('asks for the credentials before each request, and sends it where it was told', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${/Credential=(\w+)/u.exec(request.headers.authorization ?? '')?.[1]}`);
      response.writeHead(400, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    let turn = 0;
    const connection = await connectAws({
      credentials: async () => {
        turn += 1;
        return { ...keys, accessKeyId: `AKIA${turn}` };
      },
      region: 'eu-west-1',
      endpointUrl: `http://127.0.0.1:${port}`,
    });
    const aws = awsOver(connection);
    await expect(readOrganization(aws, signal)).rejects.toThrow();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((id) => /^AKIA\d+$/u.test(id))).toBe(true);
    connection.close();
    server.close();
  });
});

describe('the surroundings', () => {
  const own = process.env;
  const read = new Set<string>();

  beforeAll(() => {
    process.env = new Proxy(
      { ...own },
      {
        get: (env, key) => {
          read.add(String(key));
          return Reflect.get(env, key);
        },
        has: (env, key) => {
          read.add(String(key));
          return Reflect.has(env, key);
        },
      },
    );
  });
  afterAll(() => {
    process.env = own;
  });

  it('do not count: no variable of AWS is read, and so no file that one names', async () => {
    const connection = await connectSandbox();
    const aws = awsOver(connection);
    await readOrganization(aws, signal);
    const { region, credentials } = wireOf(connection);
    const s3 = new S3Client({ ...aws.shared.clientFor('S3'), region, credentials, maxAttempts: 1 });
    const sqs = new SQSClient({ ...aws.shared.clientFor('SQS'), region, credentials, maxAttempts: 1 });
    for (const { middlewareStack } of [s3, sqs]) middlewareStack.remove('recursionDetectionMiddleware');
    await s3.send(new ListBucketsCommand({}));
    await sqs.send(new ListQueuesCommand({}));
    // These two are read where a client is made, and are constants in the bundle.
    const inBundle = ['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026'];
    expect([...read].filter((name) => !inBundle.includes(name))).toEqual([]);
  });
});
