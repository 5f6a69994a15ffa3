import { constants, createReadStream, open } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/**
 * A status of 50,000 accounts is a quarter of it. A device that never ends, or a file that was never meant, is an error
 * like any other of the file system's before it takes the memory.
 */
const inputBytesMax = 256 * 2 ** 20;

const openDescriptor = promisify<string, number, number>(open);

/**
 * Reads a file, pipe or device that somebody named, as UTF-8.
 * @param signal ends the wait for a pipe that nobody writes to. @throws the signal's reason; the error of the file system.
 */
export async function readText(path: string, signal?: AbortSignal): Promise<string> {
  // A pipe is opened without waiting for its writer: what waits in the system's `open` no signal can end.
  if (!(await stat(path)).isFIFO()) return textOf(createReadStream(path, { highWaterMark: 2 ** 20 }), signal);
  const descriptor = await openDescriptor(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  return textOf(new Socket({ fd: descriptor, readable: true, writable: false }), signal);
}

/** The same of a stream that is there. */
export async function textOf(stream: Readable, signal?: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stop = (): void => void stream.destroy(signal?.reason);
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > inputBytesMax)
        throw Object.assign(new Error('EFBIG: file too large, read'), { code: 'EFBIG', syscall: 'read' });
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks).toString('utf8');
}
