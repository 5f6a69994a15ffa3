import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Identity } from './certificates.ts';

export interface TestProxy {
  /** `HOST:PORT`. */
  readonly address: string;
  /** What it was asked for, in order: `CONNECT sts.us-east-1.amazonaws.com:443`, `POST http://…`. */
  readonly asked: readonly string[];
  /** The `Proxy-Authorization` of each. */
  readonly authorizations: readonly (string | undefined)[];
}

export interface ProxyBehaviour {
  /** The address to go to instead of the one that was asked for: no test looks a name up. */
  readonly leadsTo?: string;
  readonly identity?: Identity;
  /** How it answers instead of doing what it is asked. */
  readonly refuses?: number | 'silence' | 'hang-up';
  /** Of a request of http: with this text, so many answers come here and go no further. */
  readonly loses?: { readonly text: string; readonly times: number };
}

/** A proxy as companies have them, on loopback: CONNECT for https://, the absolute form for http:// (RFC 9110, 9112). */
export async function startProxy({ leadsTo, identity, refuses, loses }: ProxyBehaviour = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  let lost = 0;
  const sockets = new Set<Duplex>();
  const note = (request: IncomingMessage): void => {
    asked.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers['proxy-authorization']);
  };
  const server: Server = identity === undefined ? createServer() : createTlsServer(identity);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    note(request);
    client.on('error', () => {});
    if (refuses === 'silence') return;
    if (refuses === 'hang-up') {
      client.destroy();
      return;
    }
    if (refuses !== undefined) {
      client.end(`HTTP/1.1 ${refuses} No\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nno!\n`);
      return;
    }
    const [, host = '', port = ''] = /^(.*):(\d+)$/u.exec(leadsTo ?? request.url ?? '') ?? [];
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
  });
  server.on('request', (request, response) => {
    note(request);
    if (typeof refuses === 'number') {
      response.writeHead(refuses, { 'content-type': 'text/html' }).end('no!');
      return;
    }
    const { hostname, port, pathname, search } = new URL(request.url ?? '');
    const [, host = hostname, ownPort = port] = /^(.*):(\d+)$/u.exec(leadsTo ?? '') ?? [];
    const { 'proxy-authorization': _kept, 'proxy-connection': _own, ...headers } = request.headers;
    const onward = httpRequest(
      { host, port: ownPort, method: request.method, path: `${pathname}${search}`, headers },
      (answer) => {
        if (loses !== undefined && lost < loses.times && body.includes(loses.text)) {
          lost += 1;
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, authorizations };
}
