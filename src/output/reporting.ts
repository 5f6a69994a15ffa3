import type { Note, Phase, Report } from '../actions/events.ts';
import type { Clock } from '../clock.ts';
import type { Problem } from '../problems/index.ts';
import type { Stopping } from '../process/stopping.ts';
import { createFleetMeter } from '../terminal/meter.ts';
import type { Speaker } from '../terminal/speaker.ts';
import type { Words } from '../words/index.ts';

interface Needs {
  readonly clock: Clock;
  readonly speaker: Speaker;
  readonly stops: Stopping;
  readonly concurrency: number;
}

/** Words what an action tells: progress on one line, notes unless `--quiet`, problems always. */
export function createReporter({ clock, speaker, stops, concurrency }: Needs): Report {
  const { notice, warn, progress, pause, annotate } = speaker;
  const { words, entryOf } = speaker.speech;
  let meter: { readonly of: string; readonly meter: ReturnType<typeof createFleetMeter> } | null = null;
  let isHeldBack = false;
  let left = 0;
  const stopping = (phase: Exclude<Phase, 'asking'>) => () => notice(words.stopping[phase](left));
  stops.onStopping = () => notice(words.stopping.working);
  return (event) => {
    switch (event.event) {
      case 'working':
        progress().update(words.progress.working[event.on]);
        return;
      // What the document tells, told by whoever prints it.
      case 'listing':
      case 'organization':
      case 'unit-names':
      case 'account-status':
      case 'run-begun':
      case 'run-ended':
        return;
      case 'saved':
        warn(words.lines.saved[event.what](event.path));
        return;
      case 'held-back':
        isHeldBack = true;
        meter?.meter.heldBack();
        return;
      case 'accounts': {
        const { what, listed, finished } = event;
        if (meter?.of !== what) meter = { of: what, meter: createFleetMeter(clock, what, words) };
        if (isHeldBack) meter.meter.heldBack();
        left = Math.max(listed - finished - concurrency, 0);
        progress().update(meter.meter.text(listed, finished));
        return;
      }
      case 'phase':
        if (event.phase === 'asking') pause();
        stops.onStopping = event.phase === 'asking' ? null : stopping(event.phase);
        return;
      case 'note':
        notice(noteText(event.note, words));
        return;
      case 'problem': {
        const { code, message, hint } = entryOf(event.problem);
        annotate(event.weight, [speaker.speech.phraseOf(event.problem), ...(hint === null ? [] : [hint])]);
        warn(
          event.weight === 'warning'
            ? words.lines.warning(message)
            : [words.lines.error(message, code), ...(hint === null ? [] : [words.lines.hint(hint)])].join('\n'),
        );
      }
    }
  };
}

function noteText(note: Note, { notes }: Words): string {
  switch (note.note) {
    case 'waiting-for-root-sessions':
    case 'policy-is-so-already':
      return notes[note.note]();
    case 'waiting-for-sandbox':
      return notes[note.note](note.pid, note.startedAt);
    case 'default-region':
      return notes[note.note](note.region);
    case 'resuming':
      return notes[note.note](note);
  }
}

/** What is told beside the document. The command has failed then, whatever the document says. */
export interface Errors {
  readonly tell: (problem: Problem) => void;
  readonly wereTold: () => boolean;
}

/** Remembers whether an error was told. */
export function reporterOf(tell: Report): { readonly report: Report; readonly errors: Errors } {
  let wereTold = false;
  const report: Report = (event) => {
    if (event.event === 'problem' && event.weight === 'error') wereTold = true;
    tell(event);
  };
  return {
    report,
    errors: {
      tell: (problem) => report({ event: 'problem', weight: 'error', problem }),
      wereTold: () => wereTold,
    },
  };
}
