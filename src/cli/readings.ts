import { parseStatus, type StatusDocument } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import { readNamedFile } from '../process/named-files.ts';
import type { World } from '../process/world.ts';

/** A saved `status -o json`; `-` is stdin. @throws ProblemError `UnreadableFile`, `InvalidReading` */
export async function readReading(files: Pick<World, 'readFile' | 'readStdin'>, path: string): Promise<StatusDocument> {
  const parsed = parseStatus(path === '-' ? await files.readStdin() : await readNamedFile(files, path, 'reading'));
  if (parsed.ok) return parsed.document;
  throw problemError('InvalidReading', { path, flaw: parsed.problem.data.flaw });
}
