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

/** Something else stands where a file of ours should. Whoever wanted the file says what for. */
export class ObstacleError extends Error {
  override readonly name = 'ObstacleError';
  readonly obstacle: Obstacle;

  constructor(what: Obstacle, cause?: unknown) {
    super(JSON.stringify(what), { cause });
    this.obstacle = what;
  }
}

/** Why a file could not be used, from what was thrown. */
export const obstacleOf = (error: unknown): Obstacle =>
  error instanceof ObstacleError
    ? error.obstacle
    : { is: 'system', said: error instanceof Error ? error.message : String(error) };
