import { createGrammar } from '../grammar.ts';

/** British English, for its lists: `a, b and c`. Numbers and plurals are the same in all of English. */
export const grammar = createGrammar('en-GB', {
  formOf: (value) => (value === 1 ? 'one' : 'other'),
  between: ', ',
  beforeLast: ' and ',
});
