import { type ProblemEntry, problemOf } from '../../src/problems/index.ts';
import { createSpeech, en } from '../../src/words/index.ts';

/** English, about an organization on AWS that no flag has to lead back to. */
export const english = createSpeech(en, []);

/** What an action that fails says, in English. */
export function refusalOf(action: () => unknown): ProblemEntry {
  try {
    action();
  } catch (error) {
    return english.entryOf(problemOf(error));
  }
  throw new Error('it was not refused');
}
