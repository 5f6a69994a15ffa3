import { csv } from './formats/csv.ts';
import type { Format, OutputKind } from './formats/format.ts';
import { json } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import { ndjson } from './formats/ndjson.ts';
import { sarif } from './formats/sarif.ts';
import { table } from './formats/table.ts';

export type { Format, OutputDocument, OutputKind } from './formats/format.ts';
export { sarifFailure } from './formats/sarif.ts';

/** The choices of `--output`. A format is one file in `formats/` and one line here. */
export const formats = { table, json, ndjson, csv, markdown, sarif } satisfies Record<string, Format>;
export type FormatName = keyof typeof formats;

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name);

const formatNames: readonly FormatName[] = Object.keys(formats).filter(isFormatName);

/** What a command whose document is of this kind can offer. */
export const formatsFor = (kind: OutputKind): readonly FormatName[] =>
  formatNames.filter((name) => formats[name].kinds.includes(kind));
