import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Clock } from '../clock.ts';
import { ConnectionError, ForeignAnswerError } from './failure.ts';
import { type TransportLimits, usualLimits } from './transport.ts';

/** Node publishes each request of its HTTP client here as it is sent (Node.js, "Diagnostics Channel", "HTTP"). */
const channel = 'http.client.request.start';
/** How often the requests are looked at, in milliseconds. */
const lookMs = 50;

/** As much of Node's `ClientRequest` as is needed here. */
interface SentRequest {
  readonly host: string;
  readonly socket: { readonly bytesRead: number } | null;
  destroy(): void;
}

/** The requests that are sent on behalf of the one who asks, and of nobody else at the same time. */
const sent = new AsyncLocalStorage<Set<SentRequest>>();
const onStart = (published: unknown): void => {
  if (typeof published === 'object' && published !== null && 'request' in published)
    sent.getStore()?.add(published.request as SentRequest); // documented for this channel
};

/**
 * The SDK's providers for containers and instances open connections of their own, and end them after a second of silence
 * only: an answer that trickles, or has no end, would be read for ever. Here they have as long, and as many bytes, as any
 * request of ours.
 * @throws the provider's error; `ConnectionError`, `ForeignAnswerError` where it took longer or sent more.
 */
export async function withinLimits<Value>(
  clock: Clock,
  provide: () => Promise<Value>,
  { deadlineMs, bodyBytesMax }: Pick<TransportLimits, 'deadlineMs' | 'bodyBytesMax'> = usualLimits,
): Promise<Value> {
  const requests = new Set<SentRequest>();
  const over = new AbortController();
  const watch = async (): Promise<never> => {
    const endsAtMs = clock.monotonicMs() + deadlineMs;
    for (;;) {
      await clock.sleep(lookMs, over.signal);
      for (const request of requests) {
        const read = request.socket?.bytesRead ?? 0;
        if (read > bodyBytesMax)
          throw new ForeignAnswerError(request.host, 200, {
            say: 'body-too-long',
            mebibytes: bodyBytesMax / 2 ** 20,
          });
      }
      if (clock.monotonicMs() >= endsAtMs) {
        const host = [...requests].at(-1)?.host ?? '';
        throw new ConnectionError('ETIMEDOUT', [{ say: 'past-deadline', host, seconds: deadlineMs / 1000 }]);
      }
    }
  };
  subscribe(channel, onStart);
  try {
    return await Promise.race([sent.run(requests, provide), watch()]);
  } finally {
    unsubscribe(channel, onStart);
    over.abort();
    for (const request of requests) request.destroy(); // what is still read would keep the process alive
  }
}
