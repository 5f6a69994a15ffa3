import type { CredentialName } from '../../problems/index.ts';
import type { runProblems as entries } from '../../problems/run.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { kindWords } from './shared.ts';

export const credentialNames = (credentials: readonly CredentialName[]): string =>
  credentials.map(({ kind, id }) => (id === null ? kind : `${kind} ${id}`)).join(', ');

/** Kinds by their flags, and the last use. */
export const unreadNames = (what: readonly string[]): string =>
  what.map((one) => (one === 'last-use' ? 'the last use' : one)).join(', ');

export const runProblems: ProblemWordsOf<keyof typeof entries> = {
  NotRead: {
    message: ({ what }) => `could not read ${unreadNames(what)}, so nothing is deleted: AWS gave no answer`,
  },
  PasswordWithoutMFA: {
    message: ({ flag, guarded }) => `its password would stay without MFA: --only ${flag} leaves the ${guarded}`,
    hint: ({ flag, missing }) => `add ${missing} to --only, or leave out ${flag}`,
  },
  ChangedSincePlan: {
    message: ({ how }) => {
      switch (how.is) {
        case 'guarded-appeared':
          return `a ${kindWords(how.guarded).one} appeared since the plan was made, so its ${kindWords(how.kept).many} are kept`;
        case 'appeared':
          return `appeared since the plan was made, and left alone: ${credentialNames(how.credentials)}`;
        case 'created-anew':
          return `the ${how.kind} changed since the plan was made: it was created anew at ${how.at}`;
        case 'indistinct':
          return `the ${how.kind} changed since the plan was made: it cannot be told whether it is the same (created at ${how.at})`;
        case 'status':
          return `the ${how.kind} changed since the plan was made: it was ${how.before ?? 'unknown'} and is ${how.now ?? 'unknown'}`;
      }
    },
    hint: ({ how }, { cure }) =>
      how.is === 'appeared' || how.is === 'guarded-appeared'
        ? `make a new plan: ${cure}`
        : 'look at it, then make a new plan',
  },
  StillSeen: {
    message: ({ credentials, waitedMs, kept }) => {
      const [first] = credentials;
      return kept === null || first === undefined
        ? `still seen ${waitedMs / 1000} s after the deletion: ${credentialNames(credentials)}`
        : `the ${kindWords(first.kind).one} is still seen ${waitedMs / 1000} s after its deletion, so its ${kindWords(kept).many} are kept`;
    },
    hint: ({ kept }, { cure }) => `${kept === null ? 'look again' : 'run again'}: ${cure}`,
  },
  Unanswered: {
    message: () => 'asked for, and the run ended before the answer',
    hint: (_, { cure }) => cure,
  },
  AccountNotInOrganization: {
    message: ({ account, organizationId }) =>
      `account ${account} is no longer in organization ${organizationId}: from here nothing can be done in it`,
    hint: () => 'tell whoever owns the account now that its root credentials were not removed',
  },
  TooManyFailures: {
    message: ({ failed, areFirst }) =>
      areFirst
        ? `the first ${failed} accounts have all failed, so no other is begun`
        : `${failed} accounts have failed, so no further account is begun`,
    hint: (_, { cure }) => `look at the failures above; then go on with: ${cure}`,
  },
  WrongAccountSession: {
    message: ({ expectedArn, actualArn }) =>
      `a root session opened for ${expectedArn} answered as ${actualArn}: the run is stopped`,
    hint: () => 'nothing was deleted through this session; report it, with the journal, before you run rootctl again',
  },
  NotTried: { message: () => 'the run was stopped before' },
  InternalError: { message: ({ what }) => what },
};
