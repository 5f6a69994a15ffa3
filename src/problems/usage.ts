import { define } from './define.ts';
import { flag, oneOf, text, texts } from './fields.ts';

/** The command line, its files, or the configuration: nothing was done. */
export const usageProblems = {
  UnknownFormat: define({ format: text, offered: texts }, { move: 'caller', exit: 'usage' }),
  FormatNotOffered: define({ format: text, command: text, offered: texts }, { move: 'caller', exit: 'usage' }),
  UnreadableFile: define({ what: text, path: text, code: text }, { move: 'caller', exit: 'usage' }),
  /** What had to be typed was not. */
  NotConfirmed: define({ expected: text }, { move: 'caller', exit: 'usage' }),
  /** The command asks before it changes something, and there is nobody to ask. */
  NoConfirmation: define(
    { command: oneOf('delete', 'runs resume', 'recover', 'unlock', 'disable') },
    { move: 'caller', exit: 'usage' },
  ),
  /** Nobody said which accounts. `isDumb`: there is a terminal, which cannot show a list of them. */
  EmptySelection: define({ command: text, isDumb: flag }, { move: 'caller', exit: 'usage' }),
} as const;
