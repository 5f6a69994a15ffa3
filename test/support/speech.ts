import { createSpeech, en } from '../../src/words/index.ts';

/** English, about an organization on AWS that no flag has to lead back to. */
export const english = createSpeech(en, []);
