import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../src/aws/failure.ts';
import { createHttpTransport, type Transport } from '../../src/aws/transport.ts';

async function serving(listener: RequestListener, silenceMs = 30_000) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const transport = createHttpTransport({ socketsPerHost: 4, silenceMs });
  onTestFinished(() => {
    transport.destroy();
    server.closeAllConnections();
    server.close();
  });
  const ask = (more: object = {}, options: Parameters<Transport['handle']>[1] = {}) =>
    transport.handle(
      {
        protocol: 'http:',
        hostname: '127.0.0.1',
        port,
        method: 'POST',
        path: '/',
        query: {},
        headers: { 'content-type': 'text/plain' },
        body: 'hello',
        ...more,
      },
      options,
    );
  return { ask };
}

const kindOf = async (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => failureOf(error).kind,
  );

test('a request goes out whole, and its answer comes back whole', async () => {
  const { ask } = await serving((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      response.writeHead(201, { 'x-amzn-requestid': 'r-1' });
      response.write(`${request.method} ${request.url} ${body} `);
      setImmediate(() => response.end('監査'));
    });
  });
  const { response } = await ask({ path: '/a%20b', query: { policy: '', tag: ['x y', "it's"], flag: null } });
  expect(response).toMatchObject({ statusCode: 201, headers: { 'x-amzn-requestid': 'r-1' } });
  expect(Buffer.from(response.body as Uint8Array).toString()).toBe(
    'POST /a%20b?policy=&tag=x%20y&tag=it%27s&flag hello 監査',
  );
});

test('connections are kept, and no more are opened than asked for', async () => {
  const sockets = new Set<unknown>();
  const { ask } = await serving((request, response) => {
    sockets.add(request.socket);
    setImmediate(() => response.end());
  });
  await Promise.all(Array.from({ length: 40 }, () => ask()));
  expect(sockets.size).toBeLessThanOrEqual(4);
});

test.each<[string, RequestListener, string]>([
  ['hanging up before the answer', (request) => request.socket.destroy(), 'unreachable'],
  [
    'hanging up in the middle of it',
    (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => request.socket.destroy());
    },
    'unreachable',
  ],
])('%s is a lost answer', async (_name, listener, kind) => {
  const { ask } = await serving(listener);
  expect(await kindOf(ask())).toBe(kind);
});

test('silence is a lost answer', async () => {
  const { ask } = await serving(() => {}, 20);
  await expect(ask()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

test('an abort gives up the request: before it, while it waits, and not after it', async () => {
  const { ask } = await serving((request, response) => {
    if (request.url === '/answers') response.end('x');
  });
  const before = new AbortController();
  before.abort();
  expect(await kindOf(ask({}, { abortSignal: before.signal }))).toBe('aborted');
  const during = new AbortController();
  const waiting = kindOf(ask({}, { abortSignal: during.signal }));
  setImmediate(() => during.abort());
  expect(await waiting).toBe('aborted');
  const after = new AbortController();
  const { response } = await ask({ path: '/answers' }, { abortSignal: after.signal });
  after.abort();
  expect(response.statusCode).toBe(200);
});
