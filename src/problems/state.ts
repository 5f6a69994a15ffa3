import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { documentFlaw } from './document-flaw.ts';
import { number, orNull, text, type VariantOf, variants } from './fields.ts';
import { obstacle } from './obstacle.ts';

const flaws = {
  /** A line that no rootctl has written. */
  alien: { line: number },
  /** A line that does not follow from the one before it. */
  torn: { line: number },
  'no-header': {},
  /** `flaw`: what is wrong with the plan in it. */
  'no-plan': { flaw: documentFlaw },
  'other-plan': {},
  /** Its header is that of another run: the file was copied or renamed. */
  'other-run': {},
  cut: {},
  'no-end': {},
} as const;
const flaw = variants('is', flaws);
/** Why a journal, or its end, cannot be relied on. */
export type JournalFlaw = VariantOf<'is', typeof flaws>;

/** The state folder: journals, locks, backups. Without a record nothing may be changed. */
export const stateProblems = {
  StateFolderUnwritable: define({ folder: text, why: obstacle }, { move: 'caller', exit: 'failed' }),
  /** `uid`: whose it is; null where it is ours, open to others, and cannot be closed. */
  StateFolderInsecure: define({ folder: text, uid: orNull(number) }, { move: 'caller', exit: 'failed' }),
  /** `runId`: of a run that can be resumed; null: it cannot. */
  JournalUnwritable: define(
    { path: text, why: obstacle, runId: orNull(text) },
    {
      move: 'caller',
      exit: 'failed',
      cure: ({ runId }) => (runId === null ? null : rootctl('runs', 'resume', runId)),
    },
  ),
  /** Somebody else works on the organization right now. */
  RunInProgress: define(
    { runId: text, organizationId: text, pid: number, since: text },
    { move: 'caller', exit: 'failed', cure: ({ runId }) => rootctl('runs', 'show', runId) },
  ),
  /** What a document says of a journal that cannot be relied on. */
  JournalFlaw: define({ flaw }, { move: 'caller', exit: 'none' }),
  /** Something else stands where a file of ours should. Whoever wanted the file says what for. */
  UnusableFile: define({ why: obstacle }, { move: 'caller', exit: 'none' }),
  /** A file among the journals that is none. */
  NoJournal: define({ path: text, why: obstacle }, { move: 'caller', exit: 'none' }),
  UnreadableJournal: define(
    { runId: text, why: obstacle },
    { move: 'caller', exit: 'usage', cure: () => rootctl('runs') },
  ),
  /** `last`: the latest run there is. */
  UnknownRun: define(
    { runId: text, folder: text, last: orNull(text) },
    { move: 'caller', exit: 'usage', cure: () => rootctl('runs') },
  ),
  JournalDamaged: define({ runId: text, flaw }, { move: 'caller', exit: 'usage', cure: () => rootctl('delete') }),
  NothingToResume: define({ runId: text }, { move: 'caller', exit: 'usage' }),
  /** `version`: of the rootctl that wrote it. */
  JournalOfEarlierVersion: define(
    { runId: text, version: text },
    { move: 'caller', exit: 'usage', cure: () => rootctl('delete') },
  ),
} as const;
