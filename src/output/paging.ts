import type { Stopping } from '../process/stopping.ts';
import type { World } from '../process/world.ts';
import { pagerIn } from '../terminal/pager.ts';

/** What a pager shows is the result: whoever looks at it is asked nothing more, by no signal and no `--timeout`. */
export function pageBy(
  { pager, env }: Pick<World, 'env' | 'pager'>,
  stops: Stopping,
): ((text: string) => Promise<boolean>) | null {
  const command = pagerIn(env);
  if (pager === null || command === null) return null;
  return async (text) => {
    // Who asked the command to end wants the prompt back.
    if (stops.exitCode() !== null) return false;
    stops.dispose();
    return pager(command, text);
  };
}
