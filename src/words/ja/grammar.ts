import { createGrammar } from '../grammar.ts';

export const grammar = createGrammar('ja', () => 'other');
