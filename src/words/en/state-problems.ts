import type { JournalFlaw, Obstacle } from '../../problems/index.ts';
import type { stateProblems as entries } from '../../problems/state.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';

/** Why a file cannot be used: a clause. */
export function obstacle(what: Obstacle): string {
  switch (what.is) {
    case 'system':
      return what.said;
    case 'link':
      return `${what.path ?? 'it'} is a symbolic link`;
    case 'folder':
      return `${what.path ?? 'it'} is a folder`;
    case 'no-file':
      return `${what.path ?? 'it'} is not a file`;
    case 'foreign':
      return `it belongs to another user (uid ${what.uid})`;
    case 'stuck-lock':
      return `the lock ${what.file} cannot be taken: make sure that no other rootctl is running, then remove it`;
    case 'no-journal':
      return 'it does not contain the journal of a run';
  }
}

function flaw(what: JournalFlaw): string {
  switch (what.is) {
    case 'alien':
      return `line ${what.line} is not a journal line`;
    case 'torn':
      return `line ${what.line} does not follow from the line before it: the journal was truncated or edited`;
    case 'no-header':
      return 'its first line is missing';
    case 'no-plan':
      return `its plan is not a rootctl plan: ${documentFlaw(what.flaw)}`;
    case 'other-plan':
      return 'its plan is for another organization';
    case 'other-run':
      return 'it is the journal of another run: the file was copied or renamed';
    case 'cut':
      return 'its last line is incomplete: the run was killed while writing, or the end of the file was cut off';
    case 'no-end':
      return 'its end is missing: the run was killed, or the last lines were removed';
  }
}

export const stateProblems: ProblemWordsOf<keyof typeof entries> = {
  StateFolderUnwritable: {
    message: ({ folder, why }) => `the state folder ${folder} cannot be used: ${obstacle(why)}`,
    hint: () => 'free disk space or allow access to the state folder, or choose another one with XDG_STATE_HOME',
  },
  StateFolderInsecure: {
    message: ({ folder, uid }) =>
      uid === null
        ? `the state folder ${folder} is open to other users, and its permissions cannot be changed`
        : `the state folder ${folder} belongs to another user (uid ${uid})`,
    hint: ({ uid }) =>
      uid === null
        ? 'choose another folder with XDG_STATE_HOME'
        : 'its files may not be yours: choose another folder with XDG_STATE_HOME',
  },
  JournalUnwritable: {
    message: ({ path, why }) => `the journal ${path} cannot be written: ${obstacle(why)}`,
    hint: ({ runId }, { cure }) =>
      `free disk space or allow writing to the state folder (XDG_STATE_HOME)${runId === null ? '' : `, then resume: ${cure}`}`,
  },
  RunInProgress: {
    message: ({ runId, organizationId, pid, since }) =>
      `run ${runId} is working on organization ${organizationId} (pid ${pid}, since ${since})`,
    hint: (_, { cure }) => `wait for it to end, or see how far it is: ${cure}`,
  },
  JournalFlaw: { message: ({ flaw: what }) => flaw(what) },
  UnusableFile: { message: ({ why }) => obstacle(why) },
  NoJournal: { message: ({ path, why }) => `${path} is not the journal of a run: ${obstacle(why)}` },
  UnreadableJournal: {
    message: ({ runId, why }) => `the journal of run ${runId} cannot be read: ${obstacle(why)}`,
    hint: (_, { cure }) => `list the runs: ${cure}`,
  },
  UnknownRun: {
    message: ({ runId, folder }) => `there is no run ${runId} in ${folder}`,
    hint: ({ last }, { cure }) =>
      last === null ? 'no run has been recorded on this machine yet' : `the last run is ${last}; list all: ${cure}`,
  },
  JournalDamaged: {
    message: ({ runId, flaw: what }) => `the journal of run ${runId} cannot be trusted: ${flaw(what)}`,
    hint: (_, { cure }) => `create a new plan: ${cure}`,
  },
  NothingToResume: {
    message: ({ runId }) => `run ${runId} is not a deletion with a plan`,
    hint: () => 'only delete runs can be resumed',
  },
  JournalOfEarlierVersion: {
    message: ({ runId, version }) =>
      `run ${runId} was made by rootctl ${version}, which did not record the accounts that it skipped`,
    hint: (_, { cure }) => `create a new plan: ${cure}`,
  },
};
