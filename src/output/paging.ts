import { exitCodes } from '../process/exit-codes.ts';
import type { Stopping } from '../process/stopping.ts';
import type { World } from '../process/world.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import { pagerIn } from '../terminal/pager.ts';

/**
 * What a pager shows is the result: whoever looks at it is asked nothing more, by no Ctrl-C and no `--timeout`. Who ends
 * the command, or closes the terminal, ends the pager with it.
 */
export function pageBy(
  { pager, env, onSignal, exitNow }: Pick<World, 'env' | 'pager' | 'onSignal' | 'exitNow'>,
  stops: Stopping,
): ((text: string) => Promise<boolean>) | null {
  const command = pagerIn(env);
  if (pager === null || command === null) return null;
  return async (text) => {
    // Who asked the command to end wants the prompt back.
    if (stops.exitCode() !== null) return false;
    stops.dispose();
    const closing = new AbortController();
    const unsubscribe = onSignal((signal) => {
      if (signal !== 'SIGINT') closing.abort(new InterruptedError(exitCodes.terminated));
    });
    try {
      return await pager(command, text, closing.signal);
    } catch (error) {
      if (!closing.signal.aborted) throw error;
      exitNow(exitCodes.terminated);
      return true;
    } finally {
      unsubscribe();
    }
  };
}
