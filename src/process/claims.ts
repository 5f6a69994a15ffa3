import { obstacleOf, problemError } from '../problems/index.ts';
import type { World } from './world.ts';

/** Where results are to go. No two may go to one place: the second would take the place of the first. */
export interface Claims {
  /** @throws ProblemError `SameOutput`. @param said how a person named it. */
  readonly stdout: (said: string) => void;
  /** @throws ProblemError `UnusableOutput` for a file that cannot be written, as far as it can be known before; `SameOutput`. */
  readonly file: (path: string, said: string) => Promise<void>;
}

export function createClaims(place: World['place']): Claims {
  const taken = new Map<string, string>();
  const take = (where: string, second: string): void => {
    const first = taken.get(where);
    if (first !== undefined) throw problemError('SameOutput', { first, second });
    taken.set(where, second);
  };
  return {
    stdout: (said) => take('-', said),
    file: async (path, said) => {
      const where = await place(path).catch((error: unknown) => {
        throw problemError('UnusableOutput', { path, why: obstacleOf(error) }, error);
      });
      take(where, said);
    },
  };
}
