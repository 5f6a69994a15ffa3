import { type Baseline, requireComplete } from '../actions/baseline.ts';
import { parseEarlier, parseStatus, type StatusDocument } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import { readNamedFile } from './named-files.ts';
import type { World } from './world.ts';

/** A saved `status -o json`; `-` is stdin. @throws ProblemError `UnreadableFile`, `InvalidReading` */
export async function readReading(files: Pick<World, 'readFile' | 'readStdin'>, path: string): Promise<StatusDocument> {
  const parsed = parseStatus(path === '-' ? await files.readStdin() : await readNamedFile(files, path, 'reading'));
  if (parsed.ok) return parsed.document;
  throw problemError('InvalidReading', { path, flaw: parsed.problem.data.flaw });
}

/** The status that a newer one is compared with. @throws ProblemError `UnreadableFile`, `InvalidBaseline`, `IncompleteBaseline` */
export async function readBaseline(files: Pick<World, 'readFile'>, path: string): Promise<Baseline> {
  const parsed = parseEarlier(await readNamedFile(files, path, 'baseline'));
  if (!parsed.ok) throw problemError('InvalidBaseline', { path, flaw: parsed.problem.data.flaw });
  const baseline = { document: parsed.document, path };
  requireComplete(baseline);
  return baseline;
}
