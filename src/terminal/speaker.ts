import type { Clock } from '../clock.ts';
import { type AnnotationLevel, annotation, visible } from '../render/index.ts';
import type { Speech } from '../words/index.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What is said beside the result, on stderr. It may quote AWS: what AWS says cannot steer the terminal. */
export interface Speaker {
  readonly speech: Speech;
  /** One line, unless `--quiet`. */
  readonly notice: (text: string) => void;
  /** A line that `--quiet` keeps. */
  readonly warn: (text: string) => void;
  /** Beside the run, where GitHub Actions runs it; the same is told in the lines that people read. */
  readonly annotate: (level: AnnotationLevel, lines: readonly string[]) => void;
  /** Beside a result that is data: a notice, or where GitHub Actions runs it an annotation. */
  readonly point: (level: AnnotationLevel, text: string) => void;
  /** A line for `--debug`. */
  readonly debug: (text: string) => void;
  /** The width of a line there. */
  readonly columns: () => number;
  /** The live line, which ends before anything else is printed. */
  readonly progress: () => Progress;
  /** Ends the live line. */
  readonly pause: () => void;
}

interface Setting {
  readonly stderr: Terminal;
  readonly clock: Clock;
  readonly speech: Speech;
  readonly isQuiet: boolean;
  readonly isDebug: boolean;
  readonly isOnGitHub: boolean;
  /** The result itself streams into the terminal: it is the progress. */
  readonly isStreaming: boolean;
}

export function createSpeaker(setting: Setting): Speaker {
  const { stderr, clock, speech, isQuiet, isDebug, isOnGitHub, isStreaming } = setting;
  let progress: Progress | null = null;
  const pause = (): void => progress?.stop();
  const warn = (lines: string): void => {
    pause();
    stderr.write(`${lines.split('\n').map(visible).join('\n')}\n`);
  };
  const notice = (text: string): void => {
    if (!isQuiet) warn(text);
  };
  const annotate = (level: AnnotationLevel, lines: readonly string[]): void => {
    pause();
    if (isOnGitHub) stderr.write(`${annotation(level, 'rootctl', lines)}\n`);
  };
  return {
    speech,
    warn,
    notice,
    annotate,
    point: (level, text) => {
      if (isOnGitHub) annotate(level, [text]);
      else notice(text);
    },
    debug: (text) => {
      if (isDebug) warn(text);
    },
    progress: () => {
      progress ??= createProgress(stderr, clock, isQuiet || isStreaming);
      return progress;
    },
    pause,
    columns: () => stderr.columns,
  };
}
