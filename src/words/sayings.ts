import type { Language, Words } from './words.ts';

/** What problems are told with: all that an error needs which ends a command. */
export type SayingWords = Pick<Words, 'language' | 'grammar' | 'problems' | 'within' | 'aws' | 'lines' | 'terminal'>;

/** Loaded without what results are told with. */
export const loadSayings = async (language: Language): Promise<SayingWords> =>
  (language === 'en' ? await import('./en/sayings.ts') : await import('./ja/sayings.ts')).sayings;
