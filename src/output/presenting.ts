import type { Report } from '../actions/events.ts';
import { type Stopping, untilStopped } from '../process/stopping.ts';
import type { World } from '../process/world.ts';
import type { View } from '../render/index.ts';
import { isTooLong, pagerIn } from '../terminal/pager.ts';
import type { Speaker } from '../terminal/speaker.ts';

interface Needs {
  readonly world: Pick<World, 'env' | 'questionPager' | 'stderr'>;
  readonly isPaged: boolean;
  readonly speaker: Speaker;
  readonly stops: Stopping;
  readonly report: Report;
  readonly view: () => View;
}

type Render = (view: View) => string;

/** Shows what the next question is about; `short` is its sum, told where the question would not stand below it. */
export type Present = (whole: Render, short: Render) => Promise<void>;

/**
 * What does not fit the screen goes through the pager, on stderr like the question: stdout is for the result.
 * @throws InterruptedError on Ctrl-C, a signal or `--timeout` while the pager is there, which says that nothing was changed.
 */
export function createPresent({ world, isPaged, speaker, stops, report, view: viewNow }: Needs): Present {
  const { env, questionPager, stderr } = world;
  const command = isPaged ? pagerIn(env) : null;
  return async (whole, short) => {
    speaker.pause();
    const view = viewNow();
    const text = whole(view);
    if (questionPager !== null && command !== null && isTooLong(text, stderr)) {
      report({ event: 'phase', phase: 'asking' });
      const wasSeen = await untilStopped({ stops, speaker }, (signal) => questionPager(command, text, signal));
      stderr.write(wasSeen ? short(view) : text);
      return;
    }
    stderr.write(text);
  };
}
