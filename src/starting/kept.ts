import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/** What V8 made of one file's text, and what it was made by. */
export interface Compiled {
  readonly data: Buffer;
  /** What had run when it was made: it holds the functions that were called, and only the names of the others. */
  readonly runs: readonly string[];
}

/** A folder of them. Whatever is wrong with it, the program starts without it: nothing here throws. */
export interface CompiledFiles {
  /** null where there is none of this text, by this Node. */
  readonly read: (name: string, text: Buffer) => Compiled | null;
  readonly write: (name: string, text: Buffer, compiled: Compiled) => void;
  /** Removes what is of none of these files, such as what an earlier version left. */
  readonly tidy: (names: readonly string[]) => void;
}

interface Header {
  readonly node: string;
  readonly text: number;
  readonly data: number;
  readonly runs: readonly string[];
}

/** No link is followed, and no named pipe waited for. Windows has neither word. */
const readingFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The user this process acts for; undefined where the system knows none (Windows). */
export type UserId = number | undefined;

/**
 * Whoever can write here has rootctl run what they like, so it is used where nobody but the user can: a folder and
 * files of their own that are no links.
 * @param node what V8 is inside of: version and architecture. What another one made is not looked at.
 */
export function compiledFilesIn(folder: string, node: string, user: UserId): CompiledFiles {
  const pathOf = (name: string): string => join(folder, `${name}.compiled`);
  return {
    read: (name, text) =>
      orNull(() => {
        if (!isClosed(user, lstatSync(folder))) return null;
        const file = openSync(pathOf(name), readingFlags);
        try {
          const found = fstatSync(file);
          if (!found.isFile() || !isOfOnly(user, found)) return null;
          const bytes = readFileSync(file);
          const end = bytes.indexOf('\n');
          const header = headerOf(bytes.subarray(0, end).toString());
          const data = bytes.subarray(end + 1);
          const isIt = header.node === node && header.text === crc32(text) && header.data === crc32(data);
          return isIt ? { data, runs: header.runs } : null;
        } finally {
          closeSync(file);
        }
      }),
    write: (name, text, { data, runs }) => {
      orNull(() => {
        if (!isUsable(folder, user)) return;
        const header: Header = { node, text: crc32(text), data: crc32(data), runs };
        const aside = `${pathOf(name)}.${process.pid}`;
        const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), data]);
        rmSync(aside, { force: true }); // of a process that had this number, and was ended
        try {
          writeFileSync(aside, bytes, { flag: 'wx', mode: 0o600 });
          renameSync(aside, pathOf(name));
        } finally {
          rmSync(aside, { force: true });
        }
      });
    },
    tidy: (names) => {
      const ours = new Set(names.map((name) => basename(pathOf(name))));
      orNull(() => {
        if (!isUsable(folder, user)) return;
        for (const name of readdirSync(folder))
          if (name.includes('.compiled') && !ours.has(name)) rmSync(join(folder, name), { force: true });
      });
    },
  };
}

/** Whether the folder is there, or can be, for the user alone. Nothing is made in a home that is somebody else's, or none. */
export function isUsable(folder: string, user: UserId): boolean {
  const found = orNull(() => lstatSync(folder));
  if (found !== null) return isClosed(user, found);
  const above = dirname(folder);
  const missing = [folder];
  if (orNull(() => statSync(above)) === null) missing.unshift(above);
  const home = orNull(() => statSync(dirname(missing[0] ?? folder)));
  if (home === null || (user !== undefined && home.uid !== user)) return false;
  return orNull(() => missing.map((path) => mkdirSync(path, { mode: 0o700 }))) !== null;
}

/** A folder that nobody else looks into: what is in one that was open to others may be theirs. */
const isClosed = (user: UserId, found: Stats): boolean =>
  found.isDirectory() && isOfOnly(user, found) && (user === undefined || (found.mode & 0o077) === 0);

const isOfOnly = (user: UserId, { uid, mode }: Stats): boolean =>
  user === undefined || (uid === user && (mode & 0o022) === 0);

function headerOf(line: string): Header {
  const { node, text, data, runs } = JSON.parse(line);
  return { node, text, data, runs: Array.isArray(runs) ? runs.map(String) : [] };
}

export function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
