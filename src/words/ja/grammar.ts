import { createGrammar } from '../grammar.ts';

export const grammar = createGrammar('ja', { formOf: () => 'other', between: '、', beforeLast: '、' });
