import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Document } from 'yaml';
import * as z from 'zod/mini';
import { UsageError } from './errors.ts';
import { accountsInFlight, httpUrl, regionName, sessionsPerSecond } from './options.ts';
import type { World } from './world.ts';

/** `.rootctl.yaml`: defaults for flags, and the accounts that are never to be touched. Everything is read as text. */
const configSchema = z.strictObject({
  profile: z.optional(z.string()),
  region: z.optional(z.string()),
  endpointUrl: z.optional(z.string()),
  output: z.optional(z.string()),
  concurrency: z.optional(z.string()),
  rate: z.optional(z.string()),
  /** Account ids, name globs, and OUs by id or path, as for `--exclude`. */
  protect: z.optional(z.array(z.string())),
});
export type Config = z.infer<typeof configSchema>;

const keys = 'keys: profile, region, endpointUrl, output, concurrency, rate, protect (a list)';
/** Values are held to what their flags are held to. */
const checks = { concurrency: accountsInFlight, rate: sessionsPerSecond, region: regionName, endpointUrl: httpUrl };

/** `home` is the person's own file; `near` comes with the working folder, or is named for one command. */
type Layer = 'home' | 'near';

/**
 * What `config.yaml` in the configuration folder says, and over it, key by key, the file of `--config`, else
 * `.rootctl.yaml` here. `protect` is what all of them say together, `.rootctl.yaml` beside `--config` too: no file takes a
 * protection away. A nearer file that is a link to the home file is the home file.
 * @throws UsageError naming the file, line and column of what is wrong; a file that is there and cannot be read is wrong.
 */
export async function readConfig(world: World, named: string | undefined): Promise<Config> {
  const homePath = join(world.configFolder, 'config.yaml');
  const homeFile = await readLayer(world, homePath, false);
  const home = homeFile === null ? {} : await parseConfig(homeFile.text, homePath, 'home');
  const readNear = async (path: string, isNamed: boolean): Promise<Config> => {
    const file = await readLayer(world, path, isNamed);
    return file === null || file.place === homeFile?.place ? {} : await parseConfig(file.text, path, 'near');
  };
  const here = await readNear('.rootctl.yaml', false);
  const near = named === undefined ? here : await readNear(named, true);
  const protections = [home, here, near].flatMap(({ protect }) => protect ?? []);
  return { ...home, ...near, ...(protections.length > 0 ? { protect: [...new Set(protections)] } : {}) };
}

/** Null where there is no such file. */
async function readLayer(
  world: World,
  path: string,
  isNamed: boolean,
): Promise<{ readonly place: string; readonly text: string } | null> {
  try {
    const place = await world.locate(path);
    if (place !== null || isNamed) return { place: place ?? path, text: await world.readFile(path) };
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageError(
      'UnreadableFile',
      `cannot read the configuration ${path} (${code})`,
      'check the path and your rights',
    );
  }
}

/**
 * Failsafe schema: an unquoted account id must not become a number and lose its leading zero. The YAML parser is loaded
 * here only: most commands start without a configuration.
 */
export async function parseConfig(text: string, path: string, layer: Layer): Promise<Config> {
  const { isNode, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const at = (position: number): string => {
    const { line, col } = lines.linePos(position);
    return `${path}:${line}:${col}`;
  };
  const [syntax] = [...document.errors, ...document.warnings];
  if (syntax !== undefined) {
    const what = syntax.message.split('\n')[0] ?? '';
    throw new UsageError('InvalidConfig', `${at(syntax.pos[0])} is not YAML: ${what}`, 'mend that line');
  }
  const wrong = (field: readonly PropertyKey[], what: string, hint = keys): UsageError => {
    const node: unknown = document.getIn(field, true);
    return new UsageError('InvalidConfig', `${at(isNode(node) && node.range ? node.range[0] : 0)}: ${what}`, hint);
  };
  const result = z.safeParse(configSchema, contentOf(document, path));
  if (!result.success) {
    const [issue] = result.error.issues;
    const [unknownKey] = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    if (unknownKey !== undefined) throw wrong([unknownKey], `unknown key ${unknownKey}`);
    const field = issue?.path ?? [];
    throw wrong(field, wrongShape(field));
  }
  const config = result.data;
  if (config.endpointUrl !== undefined && layer === 'near') {
    const what = 'endpointUrl counts in the home configuration only: this file would send every request elsewhere';
    throw wrong(['endpointUrl'], what, 'take it out, and use --endpoint-url or AWS_ENDPOINT_URL');
  }
  for (const key of ['concurrency', 'rate', 'region', 'endpointUrl'] as const) {
    const value = config[key];
    try {
      if (value !== undefined) checks[key](value);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw wrong([key], `${key}: ${error.message}`);
    }
  }
  return config;
}

/** An empty document is an empty text. */
function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS() || {};
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError('InvalidConfig', `${path} cannot be read: ${why}`, 'write the values out, without aliases');
  }
}

function wrongShape([key, item]: readonly PropertyKey[]): string {
  if (key === undefined) return 'a configuration is a list of keys and values';
  if (key !== 'protect') return `${String(key)} must be one value`;
  return item === undefined ? 'protect must be a list of accounts' : `protect.${String(item)} must be one account`;
}
