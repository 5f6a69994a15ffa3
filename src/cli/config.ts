import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { UsageError } from './errors.ts';
import type { World } from './world.ts';

/** `.rootctl.yaml`: defaults for flags, and the accounts that are never to be touched. Everything is read as text. */
const configSchema = z.strictObject({
  profile: z.optional(z.string()),
  region: z.optional(z.string()),
  endpointUrl: z.optional(z.string()),
  output: z.optional(z.string()),
  concurrency: z.optional(z.string().check(z.regex(/^[1-9]\d{0,3}$/u))),
  rate: z.optional(z.string().check(z.regex(/^\d+(\.\d+)?$/u))),
  /** Account ids, OU ids or name globs, as for `--exclude`. */
  protect: z.optional(z.array(z.string())),
});
export type Config = z.infer<typeof configSchema>;

/**
 * The file of `--config`, else `.rootctl.yaml` here, else `config.yaml` in the configuration folder.
 * @throws UsageError naming the file, line and column of what is wrong.
 */
export async function readConfig(world: World, named: string | undefined): Promise<Config> {
  const candidates = named === undefined ? ['.rootctl.yaml', join(world.configFolder, 'config.yaml')] : [named];
  for (const path of candidates) {
    const text = await readText(world, path, named !== undefined);
    if (text !== null) return parseConfig(text, path);
  }
  return {};
}

async function readText(world: World, path: string, isNamed: boolean): Promise<string | null> {
  try {
    return await world.readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!isNamed && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    throw new UsageError(
      'UnreadableFile',
      `cannot read the configuration ${path} (${code})`,
      'check the path and your rights',
    );
  }
}

/** Failsafe schema: an unquoted account id must not become a number and lose its leading zero. */
export function parseConfig(text: string, path: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new UsageError(
      'InvalidConfig',
      `${path}:${line}:${col} is not YAML: ${syntax.message.split('\n')[0]}`,
      'mend that line',
    );
  }
  const result = z.safeParse(configSchema, document.toJS() || {}); // an empty document is an empty text
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknownKey === undefined ? [...(issue?.path ?? [])] : [unknownKey];
  const node: unknown = document.getIn(field, true);
  const { line, col } = lines.linePos(isNode(node) && node.range ? node.range[0] : 0);
  const what = unknownKey === undefined ? wrongValue(field) : `unknown key ${unknownKey}`;
  const keys = 'keys: profile, region, endpointUrl, output, concurrency, rate, protect (a list)';
  throw new UsageError('InvalidConfig', `${path}:${line}:${col}: ${what}`, keys);
}

const wrongValue = (field: readonly PropertyKey[]): string =>
  field.length === 0 ? 'a configuration is a list of keys and values' : `${field.join('.')} has a value that cannot be`;
