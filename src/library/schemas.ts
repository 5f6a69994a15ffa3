import { brotliDecompressSync } from 'node:zlib';
import { type DocumentKind, documentSchemas as documentRules } from '../documents/index.ts';

/** A JSON Schema, draft 2020-12, as an object. */
export interface JsonSchema {
  readonly $schema: string;
  /** A name (`urn:rootctl:schema:1:…`), no address: nothing is fetched. */
  readonly $id: string;
  readonly title: string;
  readonly [keyword: string]: unknown;
}

/** Put in by the build: the files of `schemas/` by their names, packed by `scripts/packed-schemas.mjs`. */
declare const __SCHEMAS__: string;
const published: Readonly<Record<string, JsonSchema>> = JSON.parse(
  brotliDecompressSync(Buffer.from(__SCHEMAS__, 'base64')).toString('utf8'),
);

/** @throws Error for one that was not there when the library was built. */
function publishedOf(name: string): JsonSchema {
  const schema = published[name];
  if (schema === undefined) throw new Error(`no schema ${name} was built in: npm run schemas, then npm run build`);
  return schema;
}

const schemasOf = <Name extends string>(names: readonly Name[]): Readonly<Record<Name, JsonSchema>> =>
  Object.fromEntries(names.map((name) => [name, publishedOf(name)])) as Record<Name, JsonSchema>; // each name, once

/** The JSON Schema of each kind of document; the same as `rootctl/schemas/<kind>.schema.json`. */
export const documentSchemas: Readonly<Record<DocumentKind, JsonSchema>> = schemasOf(
  Object.keys(documentRules) as readonly DocumentKind[], // they are its keys
);

/** What is no document: a line of a run's journal, a scenario of the sandbox, the line that `sandbox start -o json` prints first. */
export type FurtherSchemaName = 'rootctl.journal' | 'rootctl.sandbox.scenario' | 'rootctl.sandbox.start';

/** The JSON Schema of each of them; the same as `rootctl/schemas/<name>.schema.json`. */
export const furtherSchemas: Readonly<Record<FurtherSchemaName, JsonSchema>> = schemasOf([
  'rootctl.journal',
  'rootctl.sandbox.scenario',
  'rootctl.sandbox.start',
]);
