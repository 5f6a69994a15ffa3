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
      return `the lock ${what.file} cannot be taken: look at it, and remove it`;
    case 'no-journal':
      return 'it holds no journal of a run';
  }
}

function flaw(what: JournalFlaw): string {
  switch (what.is) {
    case 'alien':
      return `line ${what.line} is not a journal line`;
    case 'torn':
      return `line ${what.line} does not follow the line before it: the journal was cut or edited`;
    case 'no-header':
      return 'its first line is missing';
    case 'no-plan':
      return `its plan is not a plan of rootctl: ${documentFlaw(what.flaw)}`;
    case 'other-plan':
      return 'its plan is of another organization';
    case 'cut':
      return 'its last line is cut off: the run was killed while it wrote, or lines were cut off';
    case 'no-end':
      return 'it has no end: the run was killed, or lines were cut off at its end';
  }
}

export const stateProblems: ProblemWordsOf<keyof typeof entries> = {
  StateFolderUnwritable: {
    message: ({ folder, why }) => `the state folder ${folder} cannot be written: ${obstacle(why)}`,
    hint: () => 'make room or give rights in the state folder, or choose another with XDG_STATE_HOME',
  },
  StateFolderInsecure: {
    message: ({ folder, uid }) =>
      uid === null
        ? `the state folder ${folder} is open to other users and cannot be closed`
        : `the state folder ${folder} belongs to another user (uid ${uid})`,
    hint: ({ uid }) =>
      uid === null
        ? 'choose another with XDG_STATE_HOME'
        : 'what lies in it may not be yours: choose another with XDG_STATE_HOME',
  },
  JournalUnwritable: {
    message: ({ path, why }) => `the journal ${path} cannot be written: ${obstacle(why)}`,
    hint: ({ runId }, { cure }) =>
      `make room or give rights in the state folder (XDG_STATE_HOME)${runId === null ? '' : `, then: ${cure}`}`,
  },
  RunInProgress: {
    message: ({ runId, organizationId, pid, since }) =>
      `run ${runId} is working on organization ${organizationId} (pid ${pid}, since ${since})`,
    hint: (_, { cure }) => `wait for it, or watch it: ${cure}`,
  },
  JournalFlaw: { message: ({ flaw: what }) => flaw(what) },
  UnusableFile: { message: ({ why }) => obstacle(why) },
  NoJournal: { message: ({ path, why }) => `${path} is not the journal of a run: ${obstacle(why)}` },
  UnreadableJournal: {
    message: ({ runId, why }) => `the journal of run ${runId} cannot be read: ${obstacle(why)}`,
    hint: (_, { cure }) => `all: ${cure}`,
  },
  UnknownRun: {
    message: ({ runId, folder }) => `there is no run ${runId} in ${folder}`,
    hint: ({ last }, { cure }) =>
      last === null ? 'no run has been recorded on this machine yet' : `the last one is ${last}; all: ${cure}`,
  },
  JournalDamaged: {
    message: ({ runId, flaw: what }) => `the journal of run ${runId} cannot be relied on: ${flaw(what)}`,
    hint: (_, { cure }) => `make a new plan: ${cure}`,
  },
  NothingToResume: {
    message: ({ runId }) => `run ${runId} is not a deletion with a plan`,
    hint: () => 'only a delete can be resumed',
  },
  JournalOfEarlierVersion: {
    message: ({ runId, version }) =>
      `run ${runId} is of rootctl ${version}, which did not write down the accounts that it left alone`,
    hint: (_, { cure }) => `make a new plan: ${cure}`,
  },
};
