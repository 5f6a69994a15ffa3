import { problemError } from '../problems/index.ts';
import { type Claims, createClaims } from '../process/claims.ts';
import type { World } from '../process/world.ts';
import { type FormatName, formatOfFile, formats, isFormatName, knownEndings } from '../render/index.ts';
import type { Query } from '../render/query.ts';

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
  /** What is asked of the document. */
  readonly query: { readonly said: string; readonly ask: Extract<Query, { ok: true }>['ask'] } | null;
  /** What of it flags say. The rest is what variables and files prefer. */
  readonly demanded: Said;
  /** Holds one more file that a command is to write against all of these. @throws ProblemError as `targetsOf` does. */
  readonly claim: Claims['file'];
}

/** What is said of it, wherever. `preset`: the environment's or the configuration's format, which any flag outweighs. */
interface Wishes {
  readonly demanded: Said;
  readonly outs: readonly string[];
  readonly preset: string | undefined;
  /** A JMESPath expression, which is asked of JSON: stdout's form is then JSON. */
  readonly query: string | undefined;
}

const offered = Object.keys(formats);

/**
 * Holds the wishes against each other and against the disk, before anything is done.
 * @throws ProblemError `UnknownFormat`, `FormatNotTold`, `SameOutput`, `UnusableOutput`, `InvalidQuery`, `QueryNotOffered`
 */
export async function targetsOf({ demanded, outs, preset, query }: Wishes, place: World['place']): Promise<Targets> {
  const { output } = demanded;
  const wanted = outs.map((out) => ({ out, ...parseOut(out) }));
  const files: FileTarget[] = [];
  const claims = createClaims(place);
  if (output !== undefined) claims.stdout(`--output ${output}`);
  for (const { out, format, path } of wanted) {
    const said = `--out ${out}`;
    if (path === '-') {
      claims.stdout(said);
      continue;
    }
    await claims.file(path, said);
    files.push({ format, path });
  }
  const onStdout = wanted.find(({ path }) => path === '-')?.format;
  const stdout = onStdout ?? known(output ?? (query === undefined ? preset : 'json') ?? 'table');
  const claim = claims.file;
  if (query === undefined) return { stdout, files, query: null, demanded, claim };
  const other = [stdout, ...files.map(({ format }) => format)].find((format) => format !== 'json');
  if (other !== undefined) throw problemError('QueryNotOffered', { form: other });
  // Loaded only when there is a query.
  const read = (await import('../render/query.ts')).readQuery(query);
  if (!read.ok) throw problemError('InvalidQuery', { query, said: read.said, unknown: read.unknown });
  return { stdout, files, query: { said: query, ask: read.ask }, demanded, claim };
}

/** What the words say, right or wrong. */
interface Said {
  readonly output?: string;
  readonly out?: readonly string[];
  readonly query?: string;
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
