import { kindNames } from '../../documents/kinds/names.ts';
import type { CredentialName } from '../../problems/index.ts';
import type { runProblems as entries } from '../../problems/run.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { kindWords } from './shared.ts';

export const credentialNames = (credentials: readonly CredentialName[]): string =>
  credentials.map(({ kind, id }) => (id === null ? kindWords(kind).one : `${kindWords(kind).one} ${id}`)).join(', ');

/** Kinds by their flags, and the last use. */
export const unreadNames = (what: readonly string[]): string => what.map(unreadName).join(', ');

function unreadName(one: string): string {
  if (one === 'last-use') return 'the last use';
  const kind = Object.values(kindNames).find(({ flag }) => flag === one);
  return kind === undefined ? one : `the ${kindWords(kind.name).all}`;
}

export const runProblems: ProblemWordsOf<keyof typeof entries> = {
  NotRead: {
    message: ({ what }) => `could not read ${unreadNames(what)}, so nothing is deleted: AWS did not answer`,
  },
  PasswordWithoutMFA: {
    message: ({ flag, guarded }) =>
      `the password would be left without MFA: --only ${flag} does not include the ${kindWords(guarded).one}`,
    hint: ({ flag, missing }) => `add ${missing} to --only, or leave out ${flag}`,
  },
  ChangedSincePlan: {
    message: ({ how }) => {
      switch (how.is) {
        case 'guarded-appeared':
          return `a ${kindWords(how.guarded).one} was added after the plan was made, so the ${kindWords(how.kept).many} were kept`;
        case 'appeared':
          return `added after the plan was made, and not deleted: ${credentialNames(how.credentials)}`;
        case 'created-anew':
          return `the ${kindWords(how.kind).one} changed since the plan was made: it was created again at ${how.at}`;
        case 'indistinct':
          return `the ${kindWords(how.kind).one} may have changed since the plan was made: it is not clear whether it is the same one (created at ${how.at})`;
        case 'status':
          return `the ${kindWords(how.kind).one} changed since the plan was made: it was ${how.before ?? 'unknown'} and is now ${how.now ?? 'unknown'}`;
      }
    },
    hint: ({ how }, { cure }) =>
      how.is === 'appeared' || how.is === 'guarded-appeared'
        ? `create a new plan: ${cure}`
        : 'check the account, then create a new plan',
  },
  StillSeen: {
    message: ({ credentials, waitedMs, kept }) => {
      const [first] = credentials;
      return kept === null || first === undefined
        ? `AWS still shows these ${waitedMs / 1000} s after their deletion: ${credentialNames(credentials)}`
        : `AWS still shows the ${kindWords(first.kind).one} ${waitedMs / 1000} s after its deletion, so the ${kindWords(kept).many} were kept`;
    },
    hint: ({ kept }, { cure }) => `${kept === null ? 'check again' : 'run again'}: ${cure}`,
  },
  Unanswered: {
    message: () => 'deletion requested, but the run ended before its result was confirmed',
    hint: (_, { cure }) => `resume it, which checks again: ${cure}`,
  },
  AccountNotInOrganization: {
    message: ({ account, organizationId }) =>
      `account ${account} is no longer in organization ${organizationId}: rootctl can no longer work in it`,
    hint: () => 'tell the present owner of the account which of its root credentials may be left',
  },
  TooManyFailures: {
    message: ({ failed, areFirst }) =>
      areFirst
        ? `the first ${failed} accounts all failed, so no more were started`
        : `${failed} accounts failed, so no more were started`,
    hint: (_, { cure }) => `fix what caused the failures above, then resume: ${cure}`,
  },
  WrongAccountSession: {
    message: ({ expectedArn, actualArn }) =>
      `a root session opened for ${expectedArn} turned out to be for ${actualArn}: the run was stopped`,
    hint: () => 'nothing was deleted through this session; report this, with the journal, before you run rootctl again',
  },
  NotTried: { message: () => 'the run was stopped first' },
  InternalError: { message: ({ what }) => what },
};
