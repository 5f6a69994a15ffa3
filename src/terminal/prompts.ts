import { createInterface } from 'node:readline';
import type { Clock } from '../clock.ts';
import { InterruptedError } from './interruption.ts';
import { signalCodes } from './signal-codes.ts';

/** Where a person is asked. */
export interface Desk {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** `TERM=dumb`: nothing may move the cursor, so the terminal's own line editing must do. */
  readonly isDumb: boolean;
  readonly clock: Clock;
}

/**
 * Asks for one line.
 * @returns null when no line will come: Ctrl-D, or the terminal went away.
 * @throws InterruptedError on Ctrl-C; the signal's reason.
 */
export async function ask(desk: Desk, question: string, signal: AbortSignal): Promise<string | null> {
  const { input, output, isDumb } = desk;
  await forgetTyped(desk, signal);
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input, output, terminal: !isDumb, historySize: 0 });
    // A terminal that was closed is an error of the stream, and then the end of it.
    const onGone = (): void => end(() => resolve(null));
    const onAbort = (): void => end(() => reject(signal.reason), true);
    let hasEnded = false;
    const end = (settle: () => void, isBroken = false): void => {
      if (hasEnded) return;
      hasEnded = true;
      settle();
      signal.removeEventListener('abort', onAbort);
      if (isBroken) output.write('\n');
      lines.close();
      input.off('error', onGone);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    input.on('error', onGone);
    lines.on('error', onGone); // readline hears the input's errors, and passes them on to whoever listens here
    lines.on('SIGCONT', () => lines.resume()); // after Ctrl-Z and `fg` it waits to be told
    lines.on('SIGINT', () => end(() => reject(new InterruptedError(signalCodes.interrupted)), true));
    lines.on('close', () => end(() => resolve(null), true));
    lines.question(`${question} `, (answer) => end(() => resolve(answer)));
  });
}

const forget = (): void => {};

/** What was typed before the question could be seen is no answer to it. */
export async function forgetTyped({ input, clock }: Desk, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // A terminal that is closed is told by its end. Its errors come at any time from here on, also when nobody is asked.
  if (!input.listeners('error').includes(forget)) input.on('error', forget);
  input.setRawMode(true); // a line that was not ended would otherwise wait for its end
  input.on('data', forget);
  try {
    await clock.sleep(0, signal);
    // The first may be over before the terminal was looked at even once; Node does that before the second.
    await clock.sleep(0, signal);
  } finally {
    input.off('data', forget);
    input.pause();
    input.setRawMode(false);
  }
}
