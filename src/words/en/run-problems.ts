import type { runProblems as entries } from '../../problems/run.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const runProblems: ProblemWordsOf<keyof typeof entries> = {
  StillSeen: {
    message: ({ credentials, waitedMs }) =>
      `still seen ${waitedMs / 1000} s after the deletion: ${credentials.join(', ')}`,
    hint: (_, { cure }) => `look again: ${cure}`,
  },
  InternalError: { message: ({ what }) => what },
};
