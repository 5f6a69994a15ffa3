import type { ErrorEntry } from '../documents/index.ts';
import { isProblem, type Problem, problemOf } from '../problems/index.ts';
import { createSpeech, type Language, loadWords } from '../words/index.ts';

/**
 * A problem, or whatever was thrown, for people: `message` says what happened, `hint` what to do, or null. Commands in it
 * are the command line's.
 */
export async function describe(problem: Problem | unknown, language: Language = 'en'): Promise<ErrorEntry> {
  const { entryOf } = createSpeech(await loadWords(language), []);
  const { data, ...entry } = entryOf(isProblem(problem) ? problem : problemOf(problem));
  return data === undefined ? entry : { ...entry, data: { ...data } };
}
