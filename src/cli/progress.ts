import type { Ora } from 'ora';
import type { Clock } from '../clock.ts';
import type { Terminal } from './world.ts';

/** What is going on, on stderr: one live line in a terminal, a plain line now and then in a log, nothing with --quiet. */
export interface Progress {
  update(text: string): void;
  /** Ends the live line, so that something else can be printed. */
  stop(): void;
}

/** In a log a line every so often is enough, milliseconds. */
const logIntervalMs = 10_000;

export const noProgress: Progress = { update: () => {}, stop: () => {} };

export async function createProgress(terminal: Terminal, clock: Clock, isQuiet: boolean): Promise<Progress> {
  if (isQuiet) return noProgress;
  if (!terminal.isTTY) return logProgress(terminal, clock);
  const { default: ora } = await import('ora');
  let spinner: Ora | null = null;
  return {
    update: (text) => {
      spinner ??= ora({
        text,
        stream: process.stderr,
        discardStdin: false,
        color: terminal.colorLevel > 0 ? 'cyan' : false,
      }).start();
      spinner.text = text;
    },
    stop: () => {
      spinner?.stop();
      spinner = null;
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

const counts = new Intl.NumberFormat('en');

/** `812 / 2,140 accounts · 96 accounts/s · throttled: backing off · about 14 s left` */
export function createFleetMeter(clock: Clock, what: string) {
  const beganMs = clock.monotonicMs();
  let listed = 0;
  let done = 0;
  let isHeldBack = false;
  return {
    listed: (count: number) => {
      listed = count;
    },
    done: () => {
      done += 1;
    },
    heldBack: () => {
      isHeldBack = true;
    },
    text: (): string => {
      const elapsedS = Math.max((clock.monotonicMs() - beganMs) / 1000, 0.001);
      const perSecond = done / elapsedS;
      const parts = [`${counts.format(done)} / ${counts.format(listed)} accounts ${what}`];
      if (elapsedS > 1 && done > 0) {
        parts.push(`${perSecond < 10 ? perSecond.toFixed(1) : counts.format(Math.round(perSecond))} accounts/s`);
      }
      if (isHeldBack) parts.push('throttled: backing off');
      const leftS = (listed - done) / perSecond;
      if (elapsedS > 2 && done > 0 && leftS >= 1) parts.push(`about ${Math.ceil(leftS)} s left`);
      return parts.join(' · ');
    },
  };
}
