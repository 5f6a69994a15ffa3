import type { en } from './en.ts';

/** Everything that a language must say. A missing or a superfluous key does not compile. */
export type Words = typeof en;

export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];
