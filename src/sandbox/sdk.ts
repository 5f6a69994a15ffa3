import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
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
