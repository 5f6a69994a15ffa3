import { type NamedFile, ProblemError, problemError } from '../problems/index.ts';
import type { World } from './world.ts';

/**
 * Reads a file that a flag named.
 * @param what the file's part in the command.
 * @throws ProblemError before anything is done, with the error of the file system.
 */
export async function readNamedFile(world: Pick<World, 'readFile'>, path: string, what: NamedFile): Promise<string> {
  try {
    return await world.readFile(path);
  } catch (error) {
    if (error instanceof ProblemError) throw error; // the command was stopped
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw problemError('UnreadableFile', { what, path, code });
  }
}

/**
 * Files and stdin for one command: a stop waits for no pipe that nobody writes to, and stdin, which holds one text, is
 * read once.
 */
export function inputsOf(
  world: Pick<World, 'readFile' | 'readStdin' | 'writeFile'>,
  stopping: AbortSignal,
): Pick<World, 'readFile' | 'readStdin' | 'writeFile'> {
  let isStdinRead = false;
  return {
    writeFile: world.writeFile,
    readFile: (path) => world.readFile(path, stopping),
    readStdin: async () => {
      if (isStdinRead) throw problemError('ContradictingFlags', { flag: '-', others: ['-'], why: 'stdin-once' });
      isStdinRead = true;
      return world.readStdin(stopping);
    },
  };
}
