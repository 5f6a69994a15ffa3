import { visible } from '../render/index.ts';
import type { Context } from './context.ts';
import { InterruptedError, UsageError } from './errors.ts';

/** A slip of the finger does not throw away a reading of thousands; who cannot type it in three tries has not read it. */
const triesMax = 3;

/**
 * Asks until the very words are typed, three times.
 * @throws UsageError when they were not, InterruptedError on Ctrl-C, a signal or `--timeout`; both say that nothing was changed.
 */
export async function confirm(context: Context, question: string, expected: string): Promise<void> {
  const { prompts } = context.world;
  context.progress().stop();
  for (let triesLeft = triesMax - 1; triesLeft >= 0 && prompts !== null; triesLeft -= 1) {
    const answer = await untilStopped(context, (signal) => prompts.ask(visible(question), signal));
    if (answer === null) break;
    if (answer.trim() === expected) return;
    if (triesLeft === 0) break;
    context.warn(
      `That is not ${expected}. ${triesLeft === 1 ? '1 try is' : `${triesLeft} tries are`} left; Ctrl-C ends without a change.`,
    );
  }
  throw new UsageError('NotConfirmed', 'not confirmed: nothing was changed', `type ${expected} exactly, or use --yes`);
}

/** Puts a question; whatever stops the command ends it too, before anything was changed. */
export async function untilStopped<Answer>(
  { stops, warn }: Context,
  put: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  stops.onStopping = null; // what it would say goes on is over
  try {
    return await put(stops.stopping);
  } catch (error) {
    const exitCode = error instanceof InterruptedError ? error.exitCode : stops.exitCode();
    if (exitCode === null) throw error;
    const what = 'interrupted: nothing was changed';
    warn(what);
    throw new InterruptedError(exitCode, 'change');
  }
}
