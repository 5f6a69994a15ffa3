import { type FormatName, formatNames } from './format-names.ts';
import { csv } from './formats/csv.ts';
import type { Format, OutputKind } from './formats/format.ts';
import { html } from './formats/html.ts';
import { json } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import { ndjson } from './formats/ndjson.ts';
import { sarif } from './formats/sarif.ts';
import { table } from './formats/table.ts';

export { type FormatName, formatNames, isFormatName } from './format-names.ts';
export { type Format, type OutputDocument, type OutputKind, piecesOf } from './formats/format.ts';
export { sarifFailure } from './formats/sarif.ts';

/** A format is one file in `formats/`, its name in `format-names.ts` and one word here. */
export const formats = { table, json, ndjson, csv, markdown, sarif, html } satisfies Record<FormatName, Format>;

const endings = formatNames.flatMap((name) => formats[name].endings.map((ending) => ({ ending, name })));
export const knownEndings: readonly string[] = endings.map(({ ending }) => ending);

/** What the name of a file says of its format; null: nothing. The longest ending decides: `.sarif.json` is no `.json`. */
export function formatOfFile(path: string): FormatName | null {
  const fitting = endings.filter(({ ending }) => path.toLowerCase().endsWith(ending));
  return fitting.sort((left, right) => right.ending.length - left.ending.length)[0]?.name ?? null;
}

/** What a command whose document is of this kind can offer. */
export const formatsFor = (kind: OutputKind): readonly FormatName[] =>
  formatNames.filter((name) => formats[name].kinds.includes(kind));
