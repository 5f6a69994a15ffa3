import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { configurationSchema } from '../src/configuration/schema.ts';
import { documentSchemas } from '../src/documents/index.ts';
import { journalLine } from '../src/documents/journal.ts';
import { sandboxStartLine } from '../src/documents/sandbox.ts';
import { settingsOf } from '../src/flags/settings.ts';
import { scenarioSchema } from '../src/sandbox/index.ts';
import { englishProgram } from './program.ts';

/** What is no document of a command: a line of a journal, the sandbox's scenario, the line that `sandbox start` begins with. */
const furtherSchemas = {
  'rootctl.journal': journalLine,
  'rootctl.sandbox.scenario': scenarioSchema,
  'rootctl.sandbox.start': sandboxStartLine,
};

/** The published JSON Schemas (draft 2020-12) by file name: what every output is tested against. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({ ...documentSchemas, ...furtherSchemas }).map(([kind, schema]) => {
      const { $schema, ...rules } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
      const published = { $schema, $id: `urn:rootctl:schema:1:${kind}`, title: kind, ...rules };
      return [`${kind}.schema.json`, rulePerLine(published)];
    }),
  );
}

/** Read by programs, and shipped: a line for each rule of the document is enough, and half as long. */
function rulePerLine(schema: object): string {
  const lines = (value: object, depth: number): string => {
    const rules = Object.entries(value).map(([name, rule]) => {
      const isOpened = depth > 0 && ['properties', '$defs'].includes(name);
      return `${JSON.stringify(name)}:${isOpened ? lines(rule, depth - 1) : JSON.stringify(rule)}`;
    });
    return `{\n${rules.join(',\n')}\n}`;
  };
  return `${lines(schema, 1)}\n`;
}

/** The schema of `.rootctl.yaml`, as `rootctl config schema` prints it. */
export function configurationSchemaText(): string {
  return `${JSON.stringify(configurationSchema(settingsOf(englishProgram())), null, 2)}\n`;
}

/**
 * Writes them. By hand, after a change of a document:
 * npx esbuild scripts/schemas.ts --bundle --platform=node --format=esm --footer:js="await writeSchemas('schemas')" | node --input-type=module
 */
export async function writeSchemas(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of schemaFiles()) await writeFile(path.join(folder, name), text);
  await writeFile(path.join(folder, 'config.json'), configurationSchemaText());
}
