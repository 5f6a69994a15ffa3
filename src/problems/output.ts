import { define } from './define.ts';
import { orNull, text, texts } from './fields.ts';
import { obstacle } from './obstacle.ts';

/** Where a result goes, and in which forms. */
export const outputProblems = {
  /** Neither `--out` nor the file's ending says the format. */
  FormatNotTold: define({ out: text, offered: texts, endings: texts }, { move: 'caller', exit: 'usage' }),
  /** Two results for one place; `-` is stdout. */
  SameOutput: define({ first: text, second: text }, { move: 'caller', exit: 'usage' }),
  /** The command's result is no document: it has one form, and that is stdout's. */
  OutNotOffered: define({ command: text }, { move: 'caller', exit: 'usage' }),
  /** `said`: the words of the parser of JMESPath; `unknown`: a function that JMESPath does not have. */
  InvalidQuery: define({ query: text, said: text, unknown: orNull(text) }, { move: 'caller', exit: 'usage' }),
  /** `form`: a format that is no JSON, or a command whose result is no document. */
  QueryNotOffered: define({ form: text }, { move: 'caller', exit: 'usage' }),
  /** Seen when the result was there. */
  QueryFailed: define({ query: text, said: text }, { move: 'caller', exit: 'failed' }),
  /** Seen before anything was done. */
  UnusableOutput: define({ path: text, why: obstacle }, { move: 'caller', exit: 'usage' }),
  /** Seen when the result was there: what the command did is done. */
  PlanNotWritten: define({ path: text, why: obstacle }, { move: 'caller', exit: 'failed' }),
  OutputNotWritten: define({ path: text, why: obstacle }, { move: 'caller', exit: 'failed' }),
} as const;
