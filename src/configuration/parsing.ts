import { nearest } from '../org/nearest.ts';
import { carries, type DataOfCode, ProblemError, problemError, shortened, within } from '../problems/index.ts';
import { keyOf, keyPathOf, placeOf, type Setting } from './settings.ts';
import type { Document } from './yaml.ts';

/** `home` is the person's own file; `near` comes with the working folder, or is named for one command. */
export type Layer = 'home' | 'near';

/** What a file says, and where: file, line and column. */
export interface Entry {
  readonly text: string;
  readonly at: string;
}

/** What one file says. */
export interface ParsedFile {
  readonly entries: ReadonlyMap<Setting, Entry>;
  /** Account ids, name globs, and OUs by id or path, as for `--exclude`. */
  readonly protections: readonly Entry[];
}

const listKey = 'protect';
const commandsKey = 'commands';

type Fault = Pick<DataOfCode<'InvalidConfig'>, 'at' | 'fault'> & Partial<DataOfCode<'InvalidConfig'>>;

const faulty = (fault: Fault): ProblemError =>
  problemError('InvalidConfig', { key: '', said: '', rule: null, limits: [], near: null, keys: [], ...fault });

/**
 * Failsafe schema: an unquoted account id must not become a number and lose its leading zero. The YAML parser is loaded
 * here only: most commands start without a configuration.
 * @throws ProblemError `InvalidConfig` naming the file, line and column of what is wrong.
 */
export async function parseConfiguration(
  text: string,
  path: string,
  layer: Layer,
  settings: readonly Setting[],
): Promise<ParsedFile> {
  const { isNode, isScalar, LineCounter, parseDocument, visit } = await import('./yaml.ts');
  const lines = new LineCounter();
  // The parser compares each key of a map with all the others: a file of a megabyte would take minutes.
  const rules = { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' } as const;
  const document = parseDocument(text, { ...rules, lineCounter: lines, prettyErrors: false });
  const at = (position: number): string => {
    const { line, col } = lines.linePos(position);
    return `${path}:${line}:${col}`;
  };
  const [syntax] = [...document.errors, ...document.warnings];
  if (syntax !== undefined) {
    throw faulty({ at: at(syntax.pos[0]), fault: 'not-yaml', said: inParserWords(syntax.message) });
  }
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (isScalar(key) && seen.has(name))
          throw faulty({ at: at(key.range?.[0] ?? 0), fault: 'key-twice', key: shortened(name, 60) });
        seen.add(name);
      }
    },
  });
  const placeAt = (keys: readonly (string | number)[]): string => {
    const node: unknown = document.getIn(keys, true);
    return at(isNode(node) && node.range ? node.range[0] : 0);
  };
  return readContent(contentOf(document, path), layer, settings, placeAt);
}

/** The parser works by recursion, and hands on what the engine says when that goes too deep. */
const inParserWords = (said: string): string => (/call stack/u.test(said) ? '' : said);

/** An empty document is an empty text. */
function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS() || {};
  } catch (error) {
    throw faulty({
      at: path,
      fault: 'unresolvable',
      said: inParserWords(error instanceof Error ? error.message : String(error)),
    });
  }
}

type PlaceAt = (keys: readonly (string | number)[]) => string;

function readContent(content: unknown, layer: Layer, settings: readonly Setting[], placeAt: PlaceAt): ParsedFile {
  const entries = new Map<Setting, Entry>();
  let protections: readonly Entry[] = [];
  const wrong = (keys: readonly (string | number)[], fault: Omit<Fault, 'at'>): ProblemError =>
    faulty({ at: placeAt(keys), key: keys.map((key) => shortened(String(key), 60)).join('.'), ...fault });
  const unknown = (keys: readonly string[], known: readonly string[]): ProblemError =>
    wrong(keys, { fault: 'unknown-key', keys: known, near: nearest(keys.at(-1) ?? '', known, (key) => key) });

  const readSettings = (command: string | null, keys: readonly string[], map: object, others: readonly string[]) => {
    const own = settings.filter((one) => one.command === command);
    const known = [...own.filter((one) => placeOf(one) !== null).map(keyOf), ...others];
    for (const [key, value] of Object.entries(map)) {
      if (others.includes(key)) continue;
      const path = [...keys, key];
      const setting = own.find((one) => keyOf(one) === key);
      if (setting === undefined) throw unknown(path, known);
      const place = placeOf(setting);
      if (place === null) throw wrong(path, { fault: 'never-in-a-file', keys: known });
      if (typeof value !== 'string') throw wrong(path, { fault: 'no-single-value', keys: known });
      if (place === 'home' && layer === 'near') {
        throw wrong(path, { fault: setting.flag === 'endpoint-url' ? 'endpoint-url-here' : 'home-only', keys: known });
      }
      entries.set(setting, readEntry(setting, { text: value, at: placeAt(path) }));
    }
  };

  const top = [...settings.filter((one) => one.command === null && placeOf(one) !== null).map(keyOf)];
  const known = [...top, listKey, commandsKey];
  if (!isMap(content)) throw wrong([], { fault: 'no-keys', keys: known });
  readSettings(null, [], content, [listKey, commandsKey]);
  if (listKey in content) {
    const list = content[listKey];
    if (!Array.isArray(list)) throw wrong([listKey], { fault: 'no-list', keys: known });
    protections = list.map((item: unknown, index) => {
      if (typeof item !== 'string') throw wrong([listKey, index], { fault: 'no-single-account', keys: known });
      return { text: item, at: placeAt([listKey, index]) };
    });
  }
  if (commandsKey in content) {
    const commands = content[commandsKey];
    const names = commandsIn(settings);
    if (!isMap(commands)) throw wrong([commandsKey], { fault: 'no-keys', keys: names });
    for (const [command, map] of Object.entries(commands)) {
      if (!names.includes(command)) throw unknown([commandsKey, command], names);
      if (!isMap(map)) throw wrong([commandsKey, command], { fault: 'no-keys' });
      readSettings(command, [commandsKey, command], map, []);
    }
  }
  return { entries, protections };
}

/** The commands that have a flag of their own. */
export const commandsIn = (settings: readonly Setting[]): readonly string[] => [
  ...new Set(settings.flatMap(({ command }) => command ?? [])),
];

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values are held to what their flags are held to. */
function readEntry(setting: Setting, entry: Entry): Entry {
  const key = keyPathOf(setting).join('.');
  try {
    setting.read(entry.text);
    return entry;
  } catch (error) {
    if (carries(error, 'InvalidValue')) {
      throw faulty({ at: entry.at, key, fault: 'invalid-value', ...error.problem.data });
    }
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(within('setting', [`${entry.at}: ${key}`], error.problem), error);
  }
}
