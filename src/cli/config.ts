import { join } from 'node:path';
import * as z from 'zod/mini';
import { carries, type DataOfCode, type ProblemError, problemError } from '../problems/index.ts';
import { accountsInFlight, httpUrl, languageName, regionName, sessionsPerSecond } from './options.ts';
import type { World } from './world.ts';
import type { Document } from './yaml.ts';

/** `.rootctl.yaml`: defaults for flags, and the accounts that are never to be touched. Everything is read as text. */
const configSchema = z.strictObject({
  profile: z.optional(z.string()),
  region: z.optional(z.string()),
  endpointUrl: z.optional(z.string()),
  output: z.optional(z.string()),
  lang: z.optional(z.string()),
  concurrency: z.optional(z.string()),
  rate: z.optional(z.string()),
  /** Account ids, name globs, and OUs by id or path, as for `--exclude`. */
  protect: z.optional(z.array(z.string())),
});
export type Config = z.infer<typeof configSchema>;

/** `protect`, the only list, last. */
const keys = ['profile', 'region', 'endpointUrl', 'output', 'lang', 'concurrency', 'rate', 'protect'];
/** Values are held to what their flags are held to. */
const checks = {
  concurrency: accountsInFlight,
  rate: sessionsPerSecond,
  region: regionName,
  endpointUrl: httpUrl,
  lang: languageName,
};

/** `home` is the person's own file; `near` comes with the working folder, or is named for one command. */
type Layer = 'home' | 'near';

/**
 * What `config.yaml` in the configuration folder says, and over it, key by key, the file of `--config`, else
 * `.rootctl.yaml` here. `protect` is what all of them say together, `.rootctl.yaml` beside `--config` too: no file takes a
 * protection away. A nearer file that is a link to the home file is the home file.
 * @throws ProblemError `InvalidConfig` naming the file, line and column of what is wrong; a file that is there and cannot be read is wrong.
 */
async function readConfig(world: World, named: string | undefined): Promise<Config> {
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

/** Reads the configuration, with this file of `--config` if one is named. @throws as `readConfig`. */
export type ConfigReader = (named: string | undefined) => Promise<Config>;

/** Reads it once for each name: the language of the help may hang on it before the command does. */
export function configReader(world: World): ConfigReader {
  const read = new Map<string | undefined, Promise<Config>>();
  return (named) => {
    const reading = read.get(named) ?? readConfig(world, named);
    read.set(named, reading);
    return reading;
  };
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
    throw problemError('UnreadableFile', { what: 'configuration', path, code });
  }
}

/**
 * Failsafe schema: an unquoted account id must not become a number and lose its leading zero. The YAML parser is loaded
 * here only: most commands start without a configuration.
 */
export async function parseConfig(text: string, path: string, layer: Layer): Promise<Config> {
  const { isNode, LineCounter, parseDocument } = await import('./yaml.ts');
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const at = (position: number): string => {
    const { line, col } = lines.linePos(position);
    return `${path}:${line}:${col}`;
  };
  const [syntax] = [...document.errors, ...document.warnings];
  if (syntax !== undefined) {
    throw faulty({ at: at(syntax.pos[0]), fault: 'not-yaml', said: syntax.message });
  }
  const wrong = (field: readonly PropertyKey[], fault: Omit<Fault, 'at'>): ProblemError => {
    const node: unknown = document.getIn(field, true);
    return faulty({
      at: at(isNode(node) && node.range ? node.range[0] : 0),
      key: field.map(String).join('.'),
      ...fault,
    });
  };
  const result = z.safeParse(configSchema, contentOf(document, path));
  if (!result.success) {
    const [issue] = result.error.issues;
    const [unknownKey] = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    if (unknownKey !== undefined) throw wrong([unknownKey], { fault: 'unknown-key' });
    const field = issue?.path ?? [];
    throw wrong(field, { fault: wrongShape(field) });
  }
  const config = result.data;
  if (config.endpointUrl !== undefined && layer === 'near') {
    throw wrong(['endpointUrl'], { fault: 'endpoint-url-here' });
  }
  for (const key of ['concurrency', 'rate', 'region', 'endpointUrl', 'lang'] as const) {
    const value = config[key];
    try {
      if (value !== undefined) checks[key](value);
    } catch (error) {
      if (!carries(error, 'InvalidValue')) throw error;
      throw wrong([key], { fault: 'invalid-value', ...error.problem.data });
    }
  }
  return config;
}

type Fault = Pick<DataOfCode<'InvalidConfig'>, 'at' | 'fault'> & Partial<DataOfCode<'InvalidConfig'>>;

const faulty = (fault: Fault): ProblemError =>
  problemError('InvalidConfig', { key: '', said: '', rule: null, limits: [], keys, ...fault });

/** An empty document is an empty text. */
function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS() || {};
  } catch (error) {
    throw faulty({ at: path, fault: 'unresolvable', said: error instanceof Error ? error.message : String(error) });
  }
}

function wrongShape([key, item]: readonly PropertyKey[]): Fault['fault'] {
  if (key === undefined) return 'no-keys';
  if (key !== 'protect') return 'no-single-value';
  return item === undefined ? 'no-list' : 'no-single-account';
}
