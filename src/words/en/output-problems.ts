import type { outputProblems as entries } from '../../problems/output.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { obstacle } from './state-problems.ts';

export const outputProblems: ProblemWordsOf<keyof typeof entries> = {
  FormatNotTold: {
    message: ({ out }) => `--out ${out} does not say which format`,
    hint: ({ offered, endings }) =>
      `write --out FORMAT=FILE (${offered.join(', ')}), or a file that ends in ${endings.join(', ')}`,
  },
  SameOutput: {
    message: ({ first, second }) => `${first} and ${second} go to the same place`,
    hint: () => 'give each a file of its own; - is stdout, and takes one',
  },
  OutNotOffered: {
    message: ({ command }) => `rootctl ${command} has no --out: its result has one form`,
    hint: () => 'send stdout to a file instead',
  },
  InvalidQuery: {
    message: ({ query, said, unknown }) =>
      `--query ${query} is not JMESPath: ${unknown === null ? said : `there is no function ${unknown}`}`,
    hint: () => 'such as "accounts[?status==\'present\'].id"; the language: docs/formats.md',
  },
  QueryNotOffered: {
    message: ({ form }) => `--query asks JSON, and ${form} is none`,
    hint: () => 'leave out one of them',
  },
  QueryFailed: {
    message: ({ query, said }) => `--query ${query} does not fit the result: ${said}`,
    hint: () => 'what the command did is done; look at the whole document with -o json',
  },
  UnusableOutput: {
    message: ({ path, why }) => `cannot write ${path}: ${obstacle(why)}`,
    hint: () => 'nothing was done. Make its folder, or name another file',
  },
  OutputNotWritten: {
    message: ({ path, why }) => `the result could not be written to ${path}: ${obstacle(why)}`,
    hint: () => 'what the command did is done; the other outputs tell of it',
  },
};
