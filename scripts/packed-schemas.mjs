// The published schemas as one text for src/library/schemas.ts: written out they would be in the package twice, a
// twentieth of it. Whatever builds or runs the library defines this name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../schemas');
const ending = '.schema.json';

export function schemaDefines() {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const schemas = Object.fromEntries(names.sort().map((name) => [name.slice(0, -ending.length), read(name)]));
  return { __SCHEMAS__: JSON.stringify(brotliCompressSync(JSON.stringify(schemas)).toString('base64')) };
}
