import { problemError } from '../problems/index.ts';
import {
  type FormatName,
  formats,
  formatsFor,
  incompleteSentence,
  type OutputDocument,
  type OutputKind,
  type View,
} from '../render/index.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Speaker } from './speaker.ts';

/** The result of a command, on stdout. */
export interface Output {
  /**
   * Names the format for the command's document.
   * @param what the command, where its document does not say it.
   * @throws ProblemError `FormatNotOffered`, before anything is done, where the document has no such form.
   */
  readonly formatFor: (kind: OutputKind, what?: string) => FormatName;
  readonly print: (document: OutputDocument, view?: Partial<View>) => void;
  /** What is no document. */
  readonly write: (text: string) => void;
  /** How things are shown there. */
  readonly view: () => View;
}

interface Setting {
  readonly stdout: Terminal;
  /** As the flag or the configuration names it. */
  readonly chosen: string;
  readonly viewOf: (terminal: Terminal) => View;
  readonly speaker: Speaker;
}

/** @throws ProblemError `UnknownFormat` */
export function createOutput({ stdout, chosen, viewOf, speaker }: Setting): Output {
  if (!(chosen in formats)) throw problemError('UnknownFormat', { format: chosen, offered: Object.keys(formats) });
  const formatFor = (kind: OutputKind, what = kind.slice('rootctl.'.length).replace('.', ' ')): FormatName => {
    const offered = formatsFor(kind);
    const format = offered.find((name) => name === chosen);
    if (format === undefined) throw problemError('FormatNotOffered', { format: chosen, command: what, offered });
    return format;
  };
  const view = (): View => viewOf(stdout);
  return {
    formatFor,
    view,
    write: (text) => stdout.write(text),
    print: (document, more = {}) => {
      speaker.pause();
      const format = formatFor(document.kind);
      const shown = { ...view(), ...more };
      stdout.write(formats[format].render(document, shown));
      // Rows and nothing else have no place to say it.
      const incomplete = format === 'csv' ? incompleteSentence(document, shown) : null;
      if (incomplete !== null) speaker.warn(incomplete);
    },
  };
}
