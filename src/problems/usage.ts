import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { documentFlaw } from './document-flaw.ts';
import { number, oneOf, orNull, text, texts } from './fields.ts';
import { rule } from './rules.ts';

/** Files that a person names, by their part in the command. */
const files = ['account-list', 'baseline', 'configuration', 'plan', 'policy', 'reading', 'scenario'] as const;
export type NamedFile = (typeof files)[number];

const newBaseline = () => rootctl('status', '-o', 'json');

/** The command line, its files, or the configuration: nothing was done. */
export const usageProblems = {
  /**
   * A command line that says nothing. `word`: the command, flag or argument that it is about; `near`: what may have been
   * meant; `rule` and `limits`: what a value must be; `see`: the command whose help says more.
   */
  Usage: define(
    {
      mistake: oneOf(
        'unknown-command',
        'unknown-option',
        'no-command',
        'missing-argument',
        'missing-value',
        'missing-option',
        'too-many-arguments',
        'invalid-value',
        'invalid-variable',
      ),
      word: text,
      value: orNull(text),
      near: orNull(text),
      rule: orNull(rule),
      limits: texts,
      see: text,
    },
    { move: 'caller', exit: 'usage' },
  ),
  /** What a value must be, and is not. Whose value it is, a flag's or the configuration's, is known further up. */
  InvalidValue: define({ rule, limits: texts }, { move: 'caller', exit: 'usage' }),
  /** `at`: file, line and column. `said`: the words of the parser of YAML. `near`: the key that may have been meant; `keys`: those that there are. */
  InvalidConfig: define(
    {
      at: text,
      fault: oneOf(
        'not-yaml',
        'unresolvable',
        'key-twice',
        'unknown-key',
        'no-keys',
        'no-single-value',
        'no-list',
        'no-single-account',
        'invalid-value',
        'endpoint-url-here',
        'home-only',
        'never-in-a-file',
      ),
      key: text,
      said: text,
      rule: orNull(rule),
      limits: texts,
      near: orNull(text),
      keys: texts,
    },
    { move: 'caller', exit: 'usage' },
  ),
  /**
   * Flags that cannot stand together. `either-or`; `sandbox-inside`: the sandbox answers inside the process;
   * `plan-says-all`: a plan is carried out as it is, `selection` among the others is any of a selection; `part-of`: `flag`
   * means something beside the other alone; `stdin-once`: both are stdin, which holds one text.
   */
  ContradictingFlags: define(
    { flag: text, others: texts, why: oneOf('either-or', 'sandbox-inside', 'plan-says-all', 'part-of', 'stdin-once') },
    { move: 'caller', exit: 'usage' },
  ),
  UnknownFormat: define({ format: text, offered: texts }, { move: 'caller', exit: 'usage' }),
  FormatNotOffered: define({ format: text, command: text, offered: texts }, { move: 'caller', exit: 'usage' }),
  UnreadableFile: define({ what: oneOf(...files), path: text, code: text }, { move: 'caller', exit: 'usage' }),
  /** A text that is no document of the kind that was expected. */
  InvalidDocument: define({ flaw: documentFlaw }, { move: 'caller', exit: 'usage' }),
  InvalidBaseline: define({ path: text, flaw: documentFlaw }, { move: 'caller', exit: 'usage', cure: newBaseline }),
  /** A reading that was cut short: `missing` of the `accounts` that it lists were not read. `path`: null where it is no file. */
  IncompleteBaseline: define(
    { path: orNull(text), missing: number, accounts: number },
    { move: 'caller', exit: 'usage', cure: newBaseline },
  ),
  /** It was made after the status that is compared with it. `path`: null where it is no file. */
  LaterBaseline: define({ path: orNull(text), generatedAt: text, readAt: text }, { move: 'caller', exit: 'usage' }),
  /** A reading to report on that is no status document. */
  InvalidReading: define({ path: text, flaw: documentFlaw }, { move: 'caller', exit: 'usage', cure: newBaseline }),
  /** Nothing to report on was given. */
  NoReadings: define({}, { move: 'caller', exit: 'usage', cure: newBaseline }),
  /** A period is one organization's. */
  SeveralOrganizations: define({ organizations: texts }, { move: 'caller', exit: 'usage' }),
  ReadingTwice: define({ generatedAt: text }, { move: 'caller', exit: 'usage' }),
  /** A run of a command that deletes nothing has no before and after. */
  NothingDeleted: define({ runId: text, command: text }, { move: 'caller', exit: 'usage' }),
  /** What had to be typed was not; null: accounts had to be chosen, and none was. */
  NotConfirmed: define({ expected: orNull(text) }, { move: 'caller', exit: 'usage' }),
  /** The command asks before it changes something, and there is nobody to ask. */
  NoConfirmation: define(
    { command: oneOf('delete', 'runs resume', 'recover', 'unlock', 'disable') },
    { move: 'caller', exit: 'usage' },
  ),
} as const;
