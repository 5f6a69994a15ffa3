import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { failureOf } from '../../src/aws/failure.ts';
import { openNetwork } from '../../src/aws/network.ts';
import { createHttpTransport, type Transport, type TransportLimits } from '../../src/aws/transport.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

type Limits = Partial<TransportLimits>;
const serving = (listener: RequestListener, limits?: Limits, clock?: Clock) =>
  behind(createServer(listener), limits, clock);
/** A server that writes what it likes. */
const speaking = (onSocket: (socket: Socket) => void, limits?: Limits, clock?: Clock) =>
  behind(createTcpServer(onSocket), limits, clock);

async function behind(server: Server, limits: Limits = {}, clock: Clock = systemClock) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const transport = createHttpTransport(
    { socketsPerHost: 4, silenceMs: 30_000, deadlineMs: 60_000, bodyBytesMax: 2 ** 20, ...limits },
    clock,
    openNetwork,
  );
  onTestFinished(() => {
    transport.destroy();
    for (const socket of sockets) socket.destroy();
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
  return { ask, sockets, place: `127.0.0.1:${port}` };
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
  const { ask } = await serving((_request, _response) => {}, { silenceMs: 20 });
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

test('an answer that trickles ends at the deadline, however often it gives a sign of life, and its connection with it', async () => {
  const clock = virtualClock({ moves: 'by-hand' });
  const { ask, sockets, place } = await serving(
    (_request, response) => {
      response.writeHead(200);
      const trickle = setInterval(() => response.write('<'), 1);
      response.on('close', () => clearInterval(trickle));
      response.once('drain', () => {});
      setTimeout(() => clock.pass(59_999), 5);
      setTimeout(() => clock.pass(1), 10);
    },
    { deadlineMs: 60_000 },
    clock,
  );
  const error = await ask().catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code: 'ETIMEDOUT',
    problem: { data: { said: [{ say: 'past-deadline', host: place, seconds: 60 }] } },
  });
  expect(failureOf(error)).toMatchObject({ kind: 'unreachable', effectUnknown: true });
  await closedOf(sockets);
});

test('headers that never end, and interim answers that never end, end at the deadline', async () => {
  const clock = virtualClock({ moves: 'by-hand' });
  for (const line of ['x: y\r\n', 'HTTP/1.1 100 Continue\r\n\r\n']) {
    const { ask } = await speaking(
      (socket) => {
        socket.write(line.startsWith('x') ? 'HTTP/1.1 200 OK\r\n' : line);
        const drip = (): void => {
          clock.pass(1_000);
          if (!socket.destroyed) socket.write(line, () => setImmediate(drip));
        };
        drip();
      },
      {},
      clock,
    );
    await expect(ask()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  }
});

test('each request has its own deadline, and what is answered in time leaves no timer behind', async () => {
  const clock = virtualClock({ moves: 'by-hand' });
  const { ask } = await serving(
    (request, response) => {
      if (request.url === '/answers') response.end('x');
    },
    { deadlineMs: 1_000 },
    clock,
  );
  const first = ask();
  first.catch(() => {});
  clock.pass(600);
  const second = ask({ path: '/second' });
  const secondEnded = second.then(
    () => 'ended',
    () => 'ended',
  );
  await ask({ path: '/answers' });
  clock.pass(400);
  await expect(first).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  expect(await Promise.race([secondEnded, ask({ path: '/answers' }).then(() => 'still open')])).toBe('still open');
  clock.pass(600);
  await expect(second).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await ask({ path: '/answers' });
  expect(clock.sleeperCount()).toBe(0);
});

test.each<[string, Record<string, string>]>([
  ['that says so beforehand', { 'content-length': String(300 * 2 ** 20) }],
  ['that does not', {}],
])('a body above the limit %s is given up at the limit, not read to its end', async (_name, headers) => {
  let written = 0;
  const { ask, sockets, place } = await serving((_request, response) => {
    response.writeHead(200, headers);
    const chunk = Buffer.alloc(64 * 2 ** 10, 'x');
    const more = (): void => {
      while (!response.destroyed && written < 300 * 2 ** 20) {
        written += chunk.length;
        if (!response.write(chunk)) break;
      }
    };
    response.on('drain', more);
    more();
  });
  const error = await ask().catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    problem: {
      data: {
        said: [
          { say: 'not-aws', host: place, status: 200 },
          { say: 'body-too-long', mebibytes: 1 },
        ],
      },
    },
  });
  expect(failureOf(error)).toMatchObject({ kind: 'malformed', code: 'MalformedResponse', effectUnknown: true });
  await closedOf(sockets);
  expect(written).toBeLessThan(50 * 2 ** 20); // the limit, and what the two ends of a connection hold
});

test.each<[string, (socket: Socket) => void]>([
  ['headers of more than 16 KiB', (socket) => socket.write(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`)],
  ['what is not HTTP', (socket) => socket.write('220 mail.example.com ESMTP\r\n')],
  ['another protocol', (socket) => socket.write('HTTP/1.1 101 No\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')],
])('%s: a lost answer, whose request may have done its work', async (_name, listener) => {
  const { ask } = await speaking((socket) => {
    socket.once('data', () => listener(socket));
  });
  const failure = failureOf(await ask().catch((caught: unknown) => caught));
  expect(failure).toMatchObject({ kind: 'unreachable', effectUnknown: true });
});

test('a redirect is handed on, never followed', async () => {
  const asked: (string | undefined)[] = [];
  const { ask } = await serving((request, response) => {
    asked.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect((await ask()).response.statusCode).toBe(307);
  expect(asked).toEqual(['/']);
});

async function closedOf(sockets: ReadonlySet<Socket>): Promise<void> {
  await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
}
