import type { outputProblems as entries } from '../../problems/output.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { obstacle } from './state-problems.ts';

/** `said`: empty where the parser has no words of its own. */
const saidOf = (said: string): string => said || 'it is incomplete or nested too deeply';

export const outputProblems: ProblemWordsOf<keyof typeof entries> = {
  FormatNotTold: {
    message: ({ out }) => `--out ${out} does not name a format`,
    hint: ({ offered, endings }) =>
      `write --out FORMAT=FILE (${offered.join(', ')}), or a file name that ends in ${endings.join(', ')}`,
  },
  SameOutput: {
    message: ({ first, second }) => `${first} and ${second} go to the same place`,
    hint: () => 'give each its own file; only one can go to stdout (-)',
  },
  OutNotOffered: {
    message: ({ command }) => `rootctl ${command} has no --out: its result has only one format`,
    hint: () => 'send stdout to a file instead',
  },
  InvalidQuery: {
    message: ({ query, said, unknown }) =>
      `--query ${query} is not JMESPath: ${unknown === null ? saidOf(said) : `there is no function ${unknown}`}`,
    hint: () => 'for example "accounts[?status==\'present\'].id"; see docs/formats.md',
  },
  QueryNotOffered: {
    message: ({ form }) => `--query selects from a JSON document, and ${form} has none`,
    hint: () => 'leave out one of them',
  },
  QueryFailed: {
    message: ({ query, said }) => `--query ${query} does not fit the result: ${saidOf(said)}`,
    hint: () => 'the command was carried out; to see the whole document, use -o json',
  },
  UnusableOutput: {
    message: ({ path, why }) => `cannot write ${path}: ${obstacle(why)}`,
    hint: () => 'nothing was done: create its folder, or name another file',
  },
  PlanNotWritten: {
    message: ({ path, why }) => `the plan could not be written to ${path}: ${obstacle(why)}`,
    hint: () => 'nothing was deleted: make room there, or name another file, and run it again',
  },
  OutputNotWritten: {
    message: ({ path, why }) => `the result could not be written to ${path}: ${obstacle(why)}`,
    hint: () => 'the command was carried out; see its other outputs',
  },
};
