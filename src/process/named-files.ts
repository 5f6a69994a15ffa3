import { type NamedFile, problemError } from '../problems/index.ts';
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw problemError('UnreadableFile', { what, path, code });
  }
}
