import { number, orNull, text, type VariantOf, variants } from './fields.ts';

const obstacles = {
  /** In the words of the file system. */
  system: { said: text },
  /** `path`: null where it is known anyway. */
  link: { path: orNull(text) },
  folder: { path: orNull(text) },
  'no-file': { path: orNull(text) },
  /** `uid`: whose it is. */
  foreign: { uid: number },
  'stuck-lock': { file: text },
  'no-journal': {},
} as const;

/** Why a file cannot be used. */
export const obstacle = variants('is', obstacles);
export type Obstacle = VariantOf<'is', typeof obstacles>;
