import type { Clock } from '../clock.ts';
import { truncateEnd, visible } from '../render/index.ts';
import type { Terminal } from './terminal.ts';

/** What is going on, on stderr: one live line in a terminal, a plain line now and then in a log, nothing with --quiet. */
export interface Progress {
  update(text: string): void;
  /** Ends the live line, so that something else can be printed. */
  stop(): void;
}

/** In a log a line every so often is enough, milliseconds. */
const logIntervalMs = 10_000;
/** Between two frames of the live line, milliseconds. */
const frameMs = 80;
/** A spinner of one column and a blank stand before the text. */
const spinnerColumns = 2;
const eraseLine = '\u001b[2K';

export const noProgress: Progress = { update: () => {}, stop: () => {} };

export function createProgress(terminal: Terminal, clock: Clock, isQuiet: boolean): Progress {
  if (isQuiet) return noProgress;
  return terminal.isLive ? liveProgress(terminal, clock) : logProgress(terminal, clock);
}

/**
 * One line, drawn over itself, cut so that the terminal never breaks it: nothing has to be counted back upwards, however
 * narrow the terminal is or whatever it claims to be. ora makes the frames and draws none: what it would clear it counts by
 * dividing by the columns, and in a terminal of 0 × 0 that has no end. The cursor is not hidden, so that no way to die
 * leaves it hidden.
 */
function liveProgress(terminal: Terminal, clock: Clock): Progress {
  let shown = '';
  let drawing: AbortController | null = null;
  const draw = async (signal: AbortSignal): Promise<void> => {
    const { default: ora } = await import('ora');
    const spinner = ora({ isEnabled: false, color: terminal.colorLevel > 0 ? 'cyan' : false });
    while (!signal.aborted) {
      const room = terminal.columns - 1 - spinnerColumns;
      spinner.text = truncateEnd(visible(shown), Math.max(room, 0));
      terminal.write(`\r${eraseLine}${room < 0 ? '' : spinner.frame()}`);
      await clock.sleep(frameMs, signal).catch(() => {});
    }
  };
  return {
    update: (text) => {
      shown = text;
      if (drawing !== null) return;
      drawing = new AbortController();
      void draw(drawing.signal);
    },
    stop: () => {
      if (drawing === null) return;
      drawing.abort();
      drawing = null;
      terminal.write(`\r${eraseLine}`);
    },
  };
}

function logProgress(terminal: Terminal, clock: Clock): Progress {
  let lastMs = clock.monotonicMs();
  return {
    update: (text) => {
      const nowMs = clock.monotonicMs();
      if (nowMs - lastMs < logIntervalMs) return;
      lastMs = nowMs;
      terminal.write(`${text}\n`);
    },
    stop: () => {},
  };
}
