import { help } from './en/help.ts';
import { terminal } from './en/terminal.ts';
import type { Language, Words } from './words.ts';

/** What is said before a command begins: its help, and what goes wrong with the terminal itself. */
export type FirstWords = Pick<Words, 'help' | 'terminal'>;

/** Here without waiting: whatever is spoken, files and manuals are about the English help. */
export const firstEnglish: FirstWords = { help, terminal };

/** Loaded without the rest of the language, which most of what is typed wrong, and all help, has no use for. */
export const loadFirstWords = async (language: Language): Promise<FirstWords> =>
  language === 'en' ? firstEnglish : await import('./ja/first-words.ts');
