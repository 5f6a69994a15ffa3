import { setMaxListeners } from 'node:events';
import { aborted } from '../aws/failure.ts';
import type { Clock } from '../clock.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import type { Speaker } from '../terminal/speaker.ts';
import { exitCodes } from './exit-codes.ts';
import type { World } from './world.ts';

/** How a command is asked to end: first gently, then at once. */
export interface Stopping {
  /** Nothing new is begun. */
  readonly stopping: AbortSignal;
  /** What is in flight is given up. */
  readonly aborting: AbortSignal;
  /** The exit code that the interruption asks for; null while there was none. */
  readonly exitCode: () => number | null;
  /** Called once, at the first signal: says what goes on and what does not. */
  onStopping: (() => void) | null;
  readonly dispose: () => void;
}

/** After the time of `--timeout` what is in flight has this long to end, in milliseconds. */
const graceMs = 5_000;

/**
 * SIGINT, SIGTERM or SIGHUP once: stop gently. Twice: give up what is in flight; the journal still tells. Three times:
 * leave now. `--timeout` is the first of these, and after a grace the second.
 */
export function listenForStops(world: World, timeoutMs: number | null, onTimeout: (seconds: number) => void): Stopping {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const finished = new AbortController();
  // Every request in flight listens: hundreds are no leak, and Node's notice is not for the user's terminal.
  setMaxListeners(0, stopping.signal, aborting.signal);
  let count = 0;
  let exitCode: number | null = null;
  const state: Stopping = {
    stopping: stopping.signal,
    aborting: aborting.signal,
    exitCode: () => exitCode,
    onStopping: null,
    dispose: () => {
      finished.abort();
      unsubscribe();
      if (aborting.signal.aborted) world.letGo();
    },
  };
  const unsubscribe = world.onSignal((signal) => {
    // A terminal that is closed sends several (the kernel one, the shell another): nobody is impatient there.
    if (signal === 'SIGHUP' && count > 0) return;
    count += 1;
    exitCode = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
    if (count === 1) {
      state.onStopping?.();
      stopping.abort(aborted());
    } else if (count === 2) {
      aborting.abort(aborted());
    } else {
      world.exitNow(exitCode);
    }
  });
  if (timeoutMs !== null) {
    void expire(world.clock, timeoutMs, finished.signal).then((isDue) => {
      if (!isDue) return undefined;
      exitCode ??= exitCodes.failed; // a signal that came first says more
      onTimeout(timeoutMs / 1000);
      stopping.abort(aborted());
      return expire(world.clock, graceMs, finished.signal).then((isOver) => {
        if (isOver) aborting.abort(aborted());
      });
    });
  }
  return state;
}

/** Puts a question, or what it is about; whatever stops the command ends it too, before anything was changed. */
export async function untilStopped<Answer>(
  { stops, speaker: { speech, warn } }: { readonly stops: Stopping; readonly speaker: Speaker },
  put: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await put(stops.stopping);
  } catch (error) {
    const exitCode = error instanceof InterruptedError ? error.exitCode : stops.exitCode();
    if (exitCode === null) throw error;
    warn(speech.words.questions.interrupted);
    throw new InterruptedError(exitCode, 'change');
  }
}

async function expire(clock: Clock, durationMs: number, finished: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(durationMs, finished);
    return true;
  } catch {
    return false;
  }
}
