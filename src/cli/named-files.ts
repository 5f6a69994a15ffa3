import { UsageError } from './errors.ts';
import type { World } from './world.ts';

/**
 * Reads a file that a flag named.
 * @param what the file's part in the command: `baseline`, `plan`, …
 * @throws UsageError before anything is done, with the error of the file system and the cure.
 */
export async function readNamedFile(world: World, path: string, what: string, hint: string): Promise<string> {
  try {
    return await world.readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UsageError('UnreadableFile', `cannot read the ${what} ${path}${code}`, hint);
  }
}
