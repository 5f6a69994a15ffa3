import { problemError } from '../problems/thrown.ts';
import type { Entry, Layer, ParsedFile } from './parsing.ts';
import type { Setting } from './settings.ts';

/** How the files are reached. */
export interface ConfigurationFiles {
  /** The path of the home file. */
  readonly home: string;
  /** The file that a path leads to; null where there is nothing. @throws the error of the file system. */
  readonly locate: (path: string) => Promise<string | null>;
  /** @throws the error of the file system. */
  readonly readFile: (path: string) => Promise<string>;
}

/** What the files say together. */
export interface Configuration {
  /** The files that were found, from the home to the nearest. */
  readonly files: readonly string[];
  readonly entryOf: (setting: Pick<Setting, 'command' | 'flag'>) => Entry | null;
  /** What they say of a flag that every command has. */
  readonly textOf: (flag: string) => string | undefined;
  /** What no file takes away from another. */
  readonly protections: readonly Entry[];
}

/** Nobody said anything. */
export const noConfiguration: Configuration = {
  files: [],
  entryOf: () => null,
  textOf: () => undefined,
  protections: [],
};

/** The file of the working folder. */
export const nearPath = '.rootctl.yaml';

/**
 * What `config.yaml` in the configuration folder says, and over it, key by key, the file of `--config`, else
 * `.rootctl.yaml` here. `protect` is what all of them say together, `.rootctl.yaml` beside `--config` too: no file takes a
 * protection away. A nearer file that is a link to the home file is the home file.
 * @throws ProblemError `InvalidConfig` naming the file, line and column of what is wrong; a file that is there and cannot be read is wrong.
 */
async function readConfiguration(
  files: ConfigurationFiles,
  named: string | undefined,
  settings: () => readonly Setting[],
): Promise<Configuration> {
  const found: string[] = [];
  const parse = async (text: string, path: string, layer: Layer): Promise<ParsedFile> => {
    found.push(path);
    const { parseConfiguration } = await import('./parsing.ts');
    return parseConfiguration(text, path, layer, settings());
  };
  const homeFile = await readFile(files, files.home, false);
  const home = homeFile === null ? empty : await parse(homeFile.text, files.home, 'home');
  const readNear = async (path: string, isNamed: boolean): Promise<ParsedFile> => {
    const file = await readFile(files, path, isNamed);
    return file === null || file.place === homeFile?.place ? empty : await parse(file.text, path, 'near');
  };
  const here = await readNear(nearPath, false);
  const near = named === undefined ? here : await readNear(named, true);
  const protections = [home, here, near].flatMap((file) => file.protections);
  const entries = new Map([...home.entries, ...near.entries].map(([setting, entry]) => [nameOf(setting), entry]));
  return {
    files: found,
    entryOf: (setting) => entries.get(nameOf(setting)) ?? null,
    textOf: (flag) => entries.get(nameOf({ command: null, flag }))?.text,
    protections: [...new Map(protections.map((entry) => [entry.text, entry])).values()],
  };
}

const empty: ParsedFile = { entries: new Map(), protections: [] };

const nameOf = ({ command, flag }: Pick<Setting, 'command' | 'flag'>): string => `${command ?? ''} --${flag}`;

/** Reads the configuration, with this file of `--config` if one is named. @throws as `readConfiguration`. */
export type ConfigurationReader = (named: string | undefined) => Promise<Configuration>;

/**
 * Reads it once for each name: the language of the help may hang on it before the command does.
 * @param settings asked for only where there is a file.
 */
export function configurationReader(
  files: ConfigurationFiles,
  settings: () => readonly Setting[],
): ConfigurationReader {
  const read = new Map<string | undefined, Promise<Configuration>>();
  return (named) => {
    const reading = read.get(named) ?? readConfiguration(files, named, settings);
    read.set(named, reading);
    return reading;
  };
}

/** Thousands of protected accounts have room in it; a file of the working folder keeps nobody waiting for longer. */
const charactersMax = 2 ** 20;

/** Null where there is no such file. */
async function readFile(
  files: ConfigurationFiles,
  path: string,
  isNamed: boolean,
): Promise<{ readonly place: string; readonly text: string } | null> {
  try {
    const place = await files.locate(path);
    if (place === null && !isNamed) return null;
    const text = await files.readFile(path);
    if (text.length > charactersMax) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
    return { place: place ?? path, text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw problemError('UnreadableFile', { what: 'configuration', path, code });
  }
}
