import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
import type { Clock } from '../clock.ts';
import type { Sandbox } from './handler.ts';
import type { SandboxRequest } from './wire.ts';

/** What an SDK client hands to its request handler. */
interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

export type SandboxHandler = RequestHandler<SdkRequest, SdkResponse, HttpHandlerOptions> & {
  destroy(): void;
  updateHttpClientConfig(key: string, value: unknown): void;
  httpHandlerConfigs(): Record<string, unknown>;
};

/**
 * The sandbox as the `requestHandler` of SDK clients: every request is answered inside the process, whatever its host; there is no
 * code path that opens a connection.
 */
export function sandboxRequestHandler(sandbox: Pick<Sandbox, 'handle'>): SandboxHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options) {
      const signal = options?.abortSignal;
      const answer = await sandbox.handle(toSandbox(request), signal instanceof AbortSignal ? signal : undefined);
      return { response: answer };
    },
    destroy() {},
    // Timeouts and sockets mean nothing here.
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** So long the sandbox may answer without a pause, in milliseconds. */
const unbrokenMs = 25;

/**
 * Its answers are there at once, and a promise that is kept already never lets Node look at a timer, a signal or a key:
 * now and then all answers wait for one turn of the event loop, as answers of a network do.
 */
export function leavingRoom(handler: SandboxHandler, clock: Pick<Clock, 'monotonicMs' | 'sleep'>): SandboxHandler {
  let turnedMs = clock.monotonicMs();
  let turning: Promise<void> | null = null;
  const turn = async (): Promise<void> => {
    await clock.sleep(0);
    turnedMs = clock.monotonicMs();
    turning = null;
  };
  return {
    ...handler,
    handle: async (request, options) => {
      if (turning === null && clock.monotonicMs() - turnedMs >= unbrokenMs) turning = turn();
      // One for all: whoever went on alone would keep the loop from turning for the others.
      if (turning !== null) await turning;
      return handler.handle(request, options);
    },
  };
}

function toSandbox({ method, hostname, path, query, headers, body }: SdkRequest): SandboxRequest {
  const lower: Record<string, string> = {};
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? '';
  return { method, hostname, path, query: query ?? {}, headers: lower, body: bytesOf(body) };
}

/** The SDK's own serializers give text or bytes; a stream would be a request that rootctl does not make. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  throw new Error('the sandbox takes request bodies of text or bytes only');
}
