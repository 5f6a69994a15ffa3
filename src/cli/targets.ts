import { obstacleOf, problemError } from '../problems/index.ts';
import { type FormatName, formatOfFile, formats, isFormatName, knownEndings } from '../render/index.ts';
import type { World } from './world.ts';

/** A file that is to hold one form of the result. */
export interface FileTarget {
  readonly format: FormatName;
  /** As it was named. */
  readonly path: string;
}

/** Where the forms of one result go. */
export interface Targets {
  readonly stdout: FormatName;
  readonly files: readonly FileTarget[];
}

/** What the command line says of it. `preset`: the environment's or the configuration's format, which any flag outweighs. */
interface Wishes {
  readonly output: string | undefined;
  readonly outs: readonly string[];
  readonly preset: string | undefined;
}

const offered = Object.keys(formats);

/**
 * Holds the wishes against each other and against the disk, before anything is done.
 * @throws ProblemError `UnknownFormat`, `FormatNotTold`, `SameOutput`, `UnusableOutput`
 */
export async function targetsOf({ output, outs, preset }: Wishes, place: World['place']): Promise<Targets> {
  const wanted = outs.map((out) => ({ out, ...parseOut(out) }));
  const files: FileTarget[] = [];
  const taken = new Map<string, string>(output === undefined ? [] : [['-', `--output ${output}`]]);
  for (const { out, format, path } of wanted) {
    const where = path === '-' ? path : await placeOf(path, place);
    const first = taken.get(where);
    if (first !== undefined) throw problemError('SameOutput', { first, second: `--out ${out}` });
    taken.set(where, `--out ${out}`);
    if (path !== '-') files.push({ format, path });
  }
  const onStdout = wanted.find(({ path }) => path === '-')?.format;
  return { stdout: onStdout ?? known(output ?? preset ?? 'table'), files };
}

/** The format of stdout as far as the words say one, right or wrong: an error may be that they are wrong. */
export function formatOnStdout(output: string | undefined, outs: readonly string[]): string | null {
  const here = outs.find((out) => out.endsWith('=-'));
  return here === undefined ? (output ?? null) : here.slice(0, -'=-'.length);
}

function known(format: string): FormatName {
  if (isFormatName(format)) return format;
  throw problemError('UnknownFormat', { format, offered });
}

/** `FORMAT=FILE`, or a file whose ending says the format. */
function parseOut(out: string): FileTarget {
  const [, named, rest = ''] = /^([a-z]+)=(.*)$/su.exec(out) ?? [];
  if (named !== undefined && rest !== '') return { format: known(named), path: rest };
  const format = formatOfFile(out);
  if (named === undefined && format !== null) return { format, path: out };
  throw problemError('FormatNotTold', { out, offered, endings: knownEndings });
}

const placeOf = (path: string, place: World['place']): Promise<string> =>
  place(path).catch((error: unknown) => {
    throw problemError('UnusableOutput', { path, why: obstacleOf(error) }, error);
  });
