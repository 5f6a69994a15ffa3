import { setMaxListeners } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { createSecureContext } from 'node:tls';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Clock } from '../clock.ts';
import type { Saying } from '../problems/index.ts';
import { createDeadlines } from './deadlines.ts';
import { ConnectionError, ForeignAnswerError, wordsOf } from './failure.ts';
import { type Network, type ProxyServer, proxyFor } from './network.ts';

/** What carries a request to AWS: the network, or the sandbox inside the process. An SDK `requestHandler`. */
export interface Transport {
  handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<{ response: HttpResponse }>;
  destroy(): void;
}

export interface TransportLimits {
  /** Open connections to one host; further requests wait for a free one. */
  readonly socketsPerHost: number;
  /** Milliseconds of silence on a connection after which the request counts as lost. */
  readonly silenceMs: number;
  /** Milliseconds from asking for a connection to the answer's last byte: an answer that trickles is never silent. */
  readonly deadlineMs: number;
  /** Bytes that an answer's body may have: it is kept in memory whole. */
  readonly bodyBytesMax: number;
}

export const usualLimits = {
  silenceMs: 30_000,
  /** The AWS CLI waits as long for an answer (`--cli-read-timeout`, 60 s); those that are asked for here take under one. */
  deadlineMs: 60_000,
  /** The longest answers are pages of a hundred accounts and policies of 20 KB: far below 1 MiB. */
  bodyBytesMax: 8 * 2 ** 20,
} satisfies Partial<TransportLimits>;

/**
 * HTTP(S) with kept connections and whole bodies. The SDK's own handler does the same with four timers a request and a
 * stream a body; measured in `docs/performance.md`. A redirect is an answer like any other and never followed.
 */
export function createHttpTransport(limits: TransportLimits, clock: Clock, network: Network): Transport {
  const agents = createAgents(limits, network);
  const deadlines = createDeadlines(clock, limits.deadlineMs);
  return {
    handle: (request, { abortSignal } = {}) =>
      new Promise((resolve, reject) => {
        if (abortSignal?.aborted === true) {
          reject(abortError()); // before there is a request, whose own error nobody would hear
          return;
        }
        const place = placeOf(request);
        const proxy = proxyFor(network, request);
        let isProxyPassed = proxy === null;
        // A proxy of http: is handed the request itself, and may have handed it on.
        let isSent = false;
        const outgoing = (request.protocol === 'http:' ? http : https).request({
          agent: agents.for(request, proxy),
          ...agents.trust,
          protocol: request.protocol, // the agents of proxies would have to guess it, and keep connections under another
          host: request.hostname.replace(/^\[(.*)\]$/u, '$1'),
          port: request.port,
          method: request.method,
          path: pathOf(request),
          headers: request.headers,
          timeout: limits.silenceMs,
        });
        let isSettled = false;
        const fail = (error: Error): void => {
          if (isSettled) return;
          done();
          outgoing.destroy();
          reject(isProxyPassed || proxy === null ? error : atProxy(error, proxy, isSent));
        };
        const onAbort = () => fail(abortError());
        if (abortSignal && 'addEventListener' in abortSignal) abortSignal.addEventListener('abort', onAbort);
        const forget = deadlines.start(() =>
          fail(timeout({ say: 'past-deadline', host: place, seconds: limits.deadlineMs / 1000 })),
        );
        const done = () => {
          isSettled = true;
          forget();
          if (abortSignal && 'removeEventListener' in abortSignal) abortSignal.removeEventListener('abort', onAbort);
        };
        outgoing.on('timeout', () => fail(timeout({ say: 'silent', host: place, seconds: limits.silenceMs / 1000 })));
        outgoing.on('error', fail);
        // Whatever ended the connection (an upgrade that nobody asked for has no error of its own): no answer came.
        outgoing.on('close', () => {
          // Every request closes in the end: an error for each would be a stack for each.
          if (!isSettled) fail(new ConnectionError('ECONNRESET', [{ say: 'closed', host: place }]));
        });
        if (proxy !== null) {
          outgoing.on('socket', (socket) => {
            if (request.protocol !== 'http:') {
              // Of a tunnel that is used again nothing is told: it was let through before.
              if (outgoing.reusedSocket) isProxyPassed = true;
            } else if (socket.connecting) socket.once('connect', () => (isSent = true));
            else isSent = true;
          });
        }
        outgoing.on('proxyConnect', ({ statusCode = 200 }: { readonly statusCode?: number }) => {
          if (statusCode === 200) isProxyPassed = true;
          else fail(new ConnectionError('ProxyRefused', [refusal(statusCode)]));
        });
        outgoing.on('response', (incoming) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          const statusCode = incoming.statusCode ?? 0;
          const refuseAbove = (size: number): void => {
            if (size <= limits.bodyBytesMax) return;
            fail(
              new ForeignAnswerError(place, statusCode, {
                say: 'body-too-long',
                mebibytes: inMiB(limits.bodyBytesMax),
              }),
            );
          };
          refuseAbove(Number(incoming.headers['content-length'] ?? 0));
          incoming.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes <= limits.bodyBytesMax) chunks.push(chunk);
            else refuseAbove(bytes);
          });
          incoming.on('error', fail);
          incoming.on('end', () => {
            done();
            const only = chunks.length === 1 ? chunks[0] : undefined;
            resolve({
              response: new HttpResponse({
                statusCode,
                headers: headersOf(incoming),
                body: only ?? Buffer.concat(chunks),
              }),
            });
          });
        });
        outgoing.end(request.body);
      }),
    destroy: () => {
      deadlines.close();
      agents.destroy();
    },
  };
}

/** An agent for each way out: straight, and through each proxy. Names that proxies resolve are none of ours. */
function createAgents(limits: TransportLimits, network: Network) {
  // Made once: the list of certificates as an option would be parsed for each connection, and compared for each request.
  const trust =
    network.caCertificates === null ? {} : { secureContext: createSecureContext({ ca: network.caCertificates }) };
  // A proxy that takes a connection and then says nothing has no request yet that could be ended with it.
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // one for each connection
  const options = { keepAlive: true, maxSockets: limits.socketsPerHost, scheduling: 'lifo' as const };
  const straight = { 'http:': new http.Agent(options), 'https:': new https.Agent({ ...options, ...trust }) };
  const throughProxy = new Map<string, http.Agent>();
  const agentThrough = (protocol: 'http:' | 'https:', { url, authorization }: ProxyServer): http.Agent => {
    const key = `${protocol} ${url.href}`;
    const known = throughProxy.get(key);
    if (known !== undefined) return known;
    const headers: Record<string, string> = authorization === null ? {} : { 'Proxy-Authorization': authorization };
    const how = { ...options, ...trust, headers, signal: closing.signal };
    const agent = protocol === 'http:' ? new HttpProxyAgent(url, how) : new HttpsProxyAgent(url, how);
    throughProxy.set(key, agent);
    return agent;
  };
  return {
    trust,
    for: ({ protocol }: HttpRequest, proxy: ProxyServer | null): http.Agent => {
      const plain = protocol === 'http:' ? 'http:' : 'https:';
      return proxy === null ? straight[plain] : agentThrough(plain, proxy);
    },
    destroy: () => {
      closing.abort();
      for (const agent of [straight['http:'], straight['https:'], ...throughProxy.values()]) agent.destroy();
    },
  };
}

const abortError = (): Error => Object.assign(new Error('the request was given up'), { name: 'AbortError' });
const timeout = (said: Saying): Error => new ConnectionError('ETIMEDOUT', [said]);
const refusal = (status: number): Saying =>
  status === 407 ? { say: 'proxy-wants-user' } : { say: 'proxy-refused', status };

/**
 * What failed before the proxy had let the request through is the proxy's, and is told as such.
 * @param isSent the proxy has the request: what became of it is not known.
 */
function atProxy(error: Error, { url, variable }: ProxyServer, isSent: boolean): Error {
  if (error.name === 'AbortError') return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'ECONNRESET';
  const { said, message } = wordsOf(error);
  return new ConnectionError(
    code,
    [{ say: 'proxy', host: url.host, variable }, ...said],
    message,
    isSent ? 'endpoint' : 'proxy',
  );
}

const placeOf = ({ hostname, port }: HttpRequest): string => (port === undefined ? hostname : `${hostname}:${port}`);
const inMiB = (bytes: number): number => bytes / 2 ** 20;

function headersOf(incoming: http.IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return headers;
}

function pathOf(request: HttpRequest): string {
  const pairs = Object.entries(request.query ?? {}).flatMap(([name, value]) => {
    const encoded = encodeQuery(name);
    if (value === null) return [encoded];
    return (Array.isArray(value) ? value : [value]).map((one) => `${encoded}=${encodeQuery(one)}`);
  });
  return pairs.length === 0 ? request.path : `${request.path}?${pairs.join('&')}`;
}

const encodeQuery = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
