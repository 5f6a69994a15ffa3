import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox } from './handler.ts';
import { ConnectionDropped, NotSimulated, type SandboxRequest, type SandboxResponse } from './wire.ts';

export interface SandboxServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  close(): Promise<void>;
}

const bodyBytesMax = 1024 * 1024;
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Serves the sandbox over HTTP for other programs on this machine.
 * @param port 0: any free one.
 * @throws Error for a host that is not the loopback interface: the sandbox's control routes know no secrets and no signature.
 */
export async function serveSandbox(
  sandbox: Sandbox,
  { port, host = '127.0.0.1' }: { port: number; host?: string },
): Promise<SandboxServer> {
  if (!loopbackHosts.has(host)) throw new Error(`the sandbox listens on loopback only, not on ${host}`);
  // Read by whoever serves: most sandboxes are asked in their own process.
  const { createServer } = await import('node:http');
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= bodyBytesMax) chunks.push(chunk);
    });
    message.on('end', () => {
      // A client that is cut off in the middle of its request hears of nothing: it is listened to, and then told.
      if (length > bodyBytesMax) chunks.length = 0;
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      if (message.url?.startsWith('/_sandbox/')) reply(response, ...control(sandbox, message, body));
      else void answer(sandbox, requestFrom(message, body), length, message, response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  let closing: Promise<void> | undefined;
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () => {
      closing ??= new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

async function answer(
  sandbox: Sandbox,
  request: SandboxRequest,
  bodyBytes: number,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = ({ statusCode, headers, body }: SandboxResponse): void => {
    response.writeHead(statusCode, { ...headers, 'content-length': body.byteLength });
    response.end(body);
  };
  try {
    if (bodyBytes > bodyBytesMax) throw new NotSimulated(`requests of ${bodyBytes} bytes, only up to ${bodyBytesMax}`);
    send(await sandbox.handle(request));
  } catch (error) {
    if (error instanceof ConnectionDropped) message.socket.destroy();
    else if (error instanceof NotSimulated) send(sandbox.answerNotSimulated(request, error));
    else reply(response, 500, { error: error instanceof Error ? error.message : String(error) });
  }
}

function requestFrom(message: IncomingMessage, body: Uint8Array): SandboxRequest {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const name in message.headers) {
    const value = message.headers[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(',');
  }
  const query: Record<string, string | string[] | null> = {};
  if (mark >= 0)
    for (const [name, value] of new URLSearchParams(url.slice(mark + 1))) {
      const earlier = query[name];
      query[name] =
        typeof earlier === 'string' ? [earlier, value] : Array.isArray(earlier) ? [...earlier, value] : value;
    }
  return {
    method: message.method ?? 'GET',
    hostname: (headers['host'] ?? '').replace(/:\d+$/, ''),
    path: mark < 0 ? url : url.slice(0, mark),
    query,
    headers,
    body,
  };
}

/** Unsigned routes for tests and benches; see README.md. They show and change the simulation, whose secrets open nothing real. */
function control(
  sandbox: Sandbox,
  message: IncomingMessage,
  body: Buffer,
): readonly [statusCode: number, content: object] {
  // A web page must not be able to reach them through the user's browser.
  if (message.headers.origin !== undefined || !isLoopbackName(message.headers.host))
    return [403, { error: 'for programs on this machine only' }];
  switch (`${message.method} ${message.url}`) {
    case 'GET /_sandbox/state':
      return [
        200,
        {
          accounts: sandbox.accounts.map(({ id, name, state, root }) => ({ id, name, state, root })),
        },
      ];
    case 'GET /_sandbox/snapshot':
      return [200, sandbox.snapshot()];
    case 'GET /_sandbox/counters':
      return [200, sandbox.counters()];
    case 'GET /_sandbox/requests':
      return [200, { requests: sandbox.requests }];
    case 'POST /_sandbox/reset-counters':
      sandbox.resetCounters();
      return [200, {}];
    case 'POST /_sandbox/behaviour':
      try {
        sandbox.setBehaviour(JSON.parse(body.toString()));
        return [200, {}];
      } catch (error) {
        return [400, { error: error instanceof Error ? error.message : String(error) }];
      }
    default:
      return [404, { error: `no control route ${message.method} ${message.url}` }];
  }
}

const isLoopbackName = (host: string | undefined): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '');

function reply(response: ServerResponse, statusCode: number, content: object): void {
  response.writeHead(statusCode, { 'content-type': 'application/json' });
  response.end(JSON.stringify(content));
}
