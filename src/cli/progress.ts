import type { Clock } from '../clock.ts';
import { truncateEnd, visible } from '../render/index.ts';
import type { Words } from '../words/index.ts';
import type { Terminal } from './world.ts';

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

/** `812 / 2,140 accounts · 96 accounts/s · throttled: backing off · about 14 s left` */
export function createFleetMeter(
  clock: Clock,
  what: keyof Words['progress']['accounts'],
  { progress, grammar }: Pick<Words, 'progress' | 'grammar'>,
) {
  const beganMs = clock.monotonicMs();
  let isHeldBack = false;
  return {
    heldBack: () => {
      isHeldBack = true;
    },
    text: (listed: number, done: number): string => {
      const elapsedS = Math.max((clock.monotonicMs() - beganMs) / 1000, 0.001);
      const perSecond = done / elapsedS;
      const parts = [progress.accounts[what](done, listed)];
      if (elapsedS > 1 && done > 0) {
        parts.push(progress.rate(perSecond < 10 ? perSecond.toFixed(1) : grammar.number(Math.round(perSecond))));
      }
      if (isHeldBack) parts.push(progress.heldBack);
      const leftS = (listed - done) / perSecond;
      if (elapsedS > 2 && done > 0 && leftS >= 1) parts.push(progress.left(Math.ceil(leftS)));
      return parts.join(' · ');
    },
  };
}
