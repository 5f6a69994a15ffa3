import * as http from 'node:http';
import * as https from 'node:https';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';

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
}

/**
 * HTTP(S) with kept connections and whole bodies. The SDK's own handler does the same with four timers a request and a
 * stream a body; measured in `docs/performance.md`.
 */
export function createHttpTransport(limits: TransportLimits): Transport {
  const options = { keepAlive: true, maxSockets: limits.socketsPerHost, scheduling: 'lifo' as const };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return {
    handle: (request, { abortSignal } = {}) =>
      new Promise((resolve, reject) => {
        if (abortSignal?.aborted === true) {
          reject(abortError()); // before there is a request, whose own error nobody would hear
          return;
        }
        const plain = request.protocol === 'http:';
        const outgoing = (plain ? http : https).request({
          agent: plain ? agents['http:'] : agents['https:'],
          host: request.hostname.replace(/^\[(.*)\]$/u, '$1'),
          port: request.port,
          method: request.method,
          path: pathOf(request),
          headers: request.headers,
          timeout: limits.silenceMs,
        });
        const onAbort = () => outgoing.destroy(abortError());
        if (abortSignal && 'addEventListener' in abortSignal) abortSignal.addEventListener('abort', onAbort);
        const done = () => {
          if (abortSignal && 'removeEventListener' in abortSignal) abortSignal.removeEventListener('abort', onAbort);
        };
        outgoing.on('timeout', () => outgoing.destroy(silenceError(limits.silenceMs)));
        outgoing.on('error', (error) => {
          done();
          reject(error);
        });
        outgoing.on('response', (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', (error) => {
            done();
            reject(error);
          });
          incoming.on('end', () => {
            done();
            const only = chunks.length === 1 ? chunks[0] : undefined;
            resolve({
              response: new HttpResponse({
                statusCode: incoming.statusCode ?? 0,
                headers: headersOf(incoming),
                body: only ?? Buffer.concat(chunks),
              }),
            });
          });
        });
        outgoing.end(request.body);
      }),
    destroy: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

const abortError = (): Error => Object.assign(new Error('the request was given up'), { name: 'AbortError' });
const silenceError = (silenceMs: number): Error =>
  Object.assign(new Error(`no answer within ${silenceMs / 1000} s`), { code: 'ETIMEDOUT' });

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
