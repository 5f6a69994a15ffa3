import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { flag, number, oneOf, orNull, text, texts } from './fields.ts';

const listAccounts = () => rootctl('status', '--all');

/** A path of names that leads nowhere. `missing` is not in `place`, which has `there`; `near`: what may have been meant. */
const deadEnd = { named: text, missing: text, place: text, there: texts, near: orNull(text) };

/** For what an account was named, or several. */
const namedFor = oneOf('target', 'delegated-administrator');

/** The person's words about accounts do not fit, or do not fit the organization: nothing was done. */
export const selectionProblems = {
  EmptyValue: define({ flag: text }, { move: 'caller', exit: 'usage' }),
  InvalidTag: define({ tag: text }, { move: 'caller', exit: 'usage' }),
  InvalidJoinedSince: define({ word: text }, { move: 'caller', exit: 'usage' }),
  /** `--all`, and a part. */
  ContradictingSelection: define({}, { move: 'caller', exit: 'usage' }),
  /** `line`: of a list of several ids. `source`: a file, a flag or `protect:`; null: the arguments. */
  InvalidAccountId: define(
    { word: text, source: orNull(text), line: orNull(number) },
    { move: 'caller', exit: 'usage' },
  ),
  /**
   * Nobody said which accounts. `of`: the command, or the list that is empty (empty text: the arguments).
   * `dumb-terminal`: there is a terminal, which cannot show a list of them.
   */
  EmptySelection: define(
    { of: text, why: oneOf('not-said', 'dumb-terminal', 'empty-list') },
    { move: 'caller', exit: 'usage' },
  ),
  /** `accounts`: all that the organization does not have. `rule`: where the first comes from, when nobody typed it for this command. */
  UnknownAccount: define(
    { accounts: texts, rule: orNull(text), organizationId: text, nearId: orNull(text), nearName: orNull(text) },
    { move: 'caller', exit: 'usage', cure: ({ nearId }) => (nearId === null ? listAccounts() : null) },
  ),
  NothingSelected: define({ organizationId: text }, { move: 'caller', exit: 'usage', cure: listAccounts }),
  /** `cannot-tell`: whether `named`, an exclusion, is the path of an OU, because the `operation` is denied. */
  UnknownOrganizationalUnit: define(
    { why: oneOf('no-root', 'no-such-id', 'no-such-path', 'cannot-tell'), ...deadEnd, operation: orNull(text) },
    { move: 'caller', exit: 'usage' },
  ),
  InvalidPath: define({ path: text }, { move: 'caller', exit: 'usage' }),
  /** `ids` and `paths` belong together; an empty path is the root. */
  AmbiguousPath: define({ path: text, ids: texts, paths: texts }, { move: 'caller', exit: 'usage' }),
  UnmatchedExclusion: define(
    {
      rule: text,
      organizationId: text,
      why: oneOf('empty-unit', 'no-such-unit', 'no-such-name'),
      ...deadEnd,
      nearId: orNull(text),
    },
    {
      move: 'caller',
      exit: 'usage',
      cure: ({ why, near }) => (why === 'no-such-name' && near === null ? listAccounts() : null),
    },
  ),
  /** An OU decides, and where the account is in the organization is not known. `rule`: the exclusion; null: `--ou`. */
  UnknownPlace: define(
    { id: text, name: text, rule: orNull(text) },
    { move: 'administrator', exit: 'usage', cure: () => rootctl('policy', 'iam') },
  ),
  /**
   * Newcomers are meant, and AWS does not tell of so many `accounts` when they joined. `isTaken`: they are looked at all
   * the same; else they are left alone.
   */
  UnknownJoinTime: define({ accounts: number, first: text, isTaken: flag }, { move: 'caller', exit: 'none' }),
  /** `others`: so many more that were named are none either. */
  ManagementAccount: define({ id: text, name: text, as: namedFor, others: number }, { move: 'caller', exit: 'usage' }),
  AccountNotActive: define(
    { id: text, name: text, state: text, as: namedFor, others: number },
    { move: 'owner', exit: 'usage' },
  ),
  AccountExcluded: define({ id: text, name: text, others: number }, { move: 'caller', exit: 'usage' }),
  AccountProtected: define({ id: text, name: text, others: number }, { move: 'caller', exit: 'usage' }),
} as const;
