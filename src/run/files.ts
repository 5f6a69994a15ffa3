import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import type { Obstacle, OwnCode } from '../problems/index.ts';
import { obstacleOf, ProblemError, problemError } from '../problems/thrown.ts';

/** A file that only grows; `append` returns when the text is on the disk. */
export interface AppendFile {
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * The state folder: journals, locks, backups, the sandbox. Names are relative to it. A parameter, so that a simulation can
 * run without a disk and with a full one.
 */
export interface StateFiles {
  /** Where it is, for people. */
  readonly folder: string;
  /** null when there is no such file. */
  read(name: string): Promise<string | null>;
  /** File names in a folder, sorted; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * Writes a new file, durably unless it is worth something only while this process lives (`passing`); false when there is
   * one already.
   */
  create(name: string, text: string, lifetime?: 'passing'): Promise<boolean>;
  /** Replaces a file's contents in one step: readers see the old or the new, never a part. */
  replace(name: string, text: string): Promise<void>;
  /** Opens a file to append to, creating it. */
  openAppend(name: string): Promise<AppendFile>;
  remove(name: string): Promise<void>;
  /** Leaves a file as it is, but for the time of its last change, epoch milliseconds; nothing where it is not there. */
  touch(name: string, atMs: number): Promise<void>;
  /** When it was changed last, as the disk says; null when there is no such file. */
  touchedAt(name: string): Promise<number | null>;
}

/** The state folder cannot be used: without a journal nothing may be deleted. What already says so stays what it is. */
export const stateFolderUnwritable = (folder: string, cause: unknown): ProblemError =>
  cause instanceof ProblemError && stateFolderCodes.has(cause.problem.code)
    ? cause
    : problemError('StateFolderUnwritable', { folder, why: obstacleOf(cause) }, cause);

const stateFolderCodes: ReadonlySet<string> = new Set<OwnCode>(['StateFolderUnwritable', 'StateFolderInsecure']);

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT');
const nullIfMissing = (error: unknown): null => {
  if (isMissing(error)) return null;
  throw error;
};

/** `fs.rm` with `force` does the same, and loads what removes folders first. */
async function removeFile(path: string): Promise<void> {
  await fs.unlink(path).catch(nullIfMissing);
}

/** Node's own `recursive` never returns where a folder exists and takes no entries (`/proc`). */
async function makeFolder(path: string): Promise<void> {
  const make = () =>
    fs.mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  try {
    await make();
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
}

async function writeNew(path: string, text: string | Iterable<string>, lifetime?: 'passing'): Promise<void> {
  const file = await fs.open(path, 'wx', 0o600);
  try {
    await fs.writeFile(file, text);
    if (lifetime !== 'passing') await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes a folder's new entry survive a power cut; some file systems cannot, and say so. */
async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await fs.open(path, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows cannot open a folder; the file itself is on the disk already.
  }
}

/**
 * Makes or replaces a file durably and in one step, mode 0600: readers see the old or the new, never a part.
 * @throws ProblemError `UnusableFile` where the name belongs to a folder, a link or a device: nothing is followed and nothing else replaced.
 */
export async function replaceFile(path: string, text: string | Iterable<string>): Promise<void> {
  const found = await fs.lstat(path).catch(nullIfMissing);
  if (found !== null && !found.isFile()) throw unusable({ is: whatItIs(found), path });
  const temporary = `${path}.new-${process.pid}`;
  await removeFile(temporary);
  try {
    await writeNew(temporary, text);
    await fs.rename(temporary, path);
  } catch (error) {
    await removeFile(temporary);
    // Of the file that is written first and put in its place nobody knows.
    throw namingFile(error, path);
  }
  await syncFolder(dirname(path));
}

/** The same error of the operating system's, of another file; worded as Node words it. */
function namingFile(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('errno' in error) || !('syscall' in error)) return error;
  const { errno, syscall } = error;
  const [code, reason] = getSystemErrorMap().get(Number(errno)) ?? [];
  if (code === undefined) return error;
  const message = `${code}: ${reason}, ${syscall} '${path}'`;
  return Object.assign(new Error(message, { cause: error }), { code, errno, syscall });
}

/**
 * Where `replaceFile` would put a file: the same for every way to write its path. Its folder must be there and take entries.
 * @throws as `replaceFile`, as far as it can be known before.
 */
export async function placeOfFile(path: string): Promise<string> {
  const found = await fs.lstat(path).catch(nullIfMissing);
  if (found !== null && !found.isFile()) throw unusable({ is: whatItIs(found), path });
  const folder = await fs.realpath(dirname(path));
  await fs.access(folder, constants.W_OK | constants.X_OK);
  return join(folder, basename(path));
}

const unusable = (why: Obstacle, cause?: unknown): ProblemError => problemError('UnusableFile', { why }, cause);

const whatItIs = (found: Stats): Extract<Obstacle['is'], 'link' | 'folder' | 'no-file'> =>
  found.isSymbolicLink() ? 'link' : found.isDirectory() ? 'folder' : 'no-file';

export interface DiskOptions {
  /** Whose the folder has to be; null where the system knows no users (Windows). */
  readonly userId?: number | null;
  /** Told once that a folder was open to others. */
  readonly onTightened?: (path: string, mode: number) => void;
}

/**
 * Folders 0700, files 0600: they tell who holds root credentials where. A plan in a journal is a plan to delete, so a
 * folder or file of another user is refused, and one that is open to others is closed before anything in it is believed.
 */
export function diskFiles(folder: string, options: DiskOptions = {}): StateFiles {
  const { userId = process.getuid?.() ?? null, onTightened } = options;
  const pathOf = (name: string): string => join(folder, name);
  const secured = new Set<string>();
  const isForeign = ({ uid }: Stats): boolean => userId !== null && uid !== userId;
  const isOpen = ({ mode }: Stats): boolean => userId !== null && (mode & 0o077) !== 0;

  async function secure(path: string): Promise<void> {
    if (secured.has(path)) return;
    const link = await fs.lstat(path).catch(nullIfMissing);
    if (link === null) return;
    const found = link.isSymbolicLink() ? await fs.stat(path) : link;
    if (!found.isDirectory()) return; // whoever looks below it hears ENOTDIR
    if (isForeign(link) || isForeign(found)) {
      const { uid } = isForeign(link) ? link : found;
      throw problemError('StateFolderInsecure', { folder: path, uid });
    }
    if (isOpen(found)) {
      await fs.chmod(path, 0o700).catch(() => {});
      if (isOpen(await fs.stat(path))) {
        throw problemError('StateFolderInsecure', { folder: path, uid: null });
      }
      onTightened?.(path, found.mode & 0o777);
    }
    secured.add(path);
  }

  const secureAbove = async (name: string): Promise<void> => {
    await secure(folder);
    await secure(dirname(pathOf(name)));
  };
  const makeParent = async (name: string): Promise<void> => {
    await secureAbove(name);
    await makeFolder(dirname(pathOf(name)));
  };

  /** @throws ProblemError `UnusableFile` that says what stands there instead of a file of ours. */
  async function openOwn(name: string, flags: number): Promise<fs.FileHandle> {
    // A pipe must not be waited for, nor a link followed out of the folder.
    const careful = flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const file = await fs.open(pathOf(name), careful, 0o600).catch((error: unknown) => {
      throw hasCode(error, 'ELOOP') ? unusable({ is: 'link', path: null }, error) : error;
    });
    try {
      const found = await file.stat();
      if (!found.isFile()) throw unusable({ is: whatItIs(found), path: null });
      if (isForeign(found)) throw unusable({ is: 'foreign', uid: found.uid });
      if (isOpen(found)) await file.chmod(0o600).catch(() => {}); // on a read-only disk the folder keeps others out
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  return {
    folder,
    read: async (name) => {
      await secureAbove(name);
      const file = await openOwn(name, constants.O_RDONLY).catch(nullIfMissing);
      if (file === null) return null;
      return file.readFile('utf8').finally(() => file.close());
    },
    list: async (name) => {
      await secureAbove(`${name}/x`);
      return ((await fs.readdir(pathOf(name)).catch(nullIfMissing)) ?? []).sort();
    },
    create: async (name, text, lifetime) => {
      await makeParent(name);
      const temporary = `${pathOf(name)}.new-${process.pid}`;
      await removeFile(temporary);
      try {
        await writeNew(temporary, text, lifetime);
        // Whole or not at all: a lock seen empty, between its creation and its writing, would look like a stale one.
        await fs.link(temporary, pathOf(name)).catch((error: unknown) => {
          if (hasCode(error, 'EEXIST')) throw error;
          return writeNew(pathOf(name), text, lifetime); // a file system without links
        });
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await removeFile(temporary);
      }
      if (lifetime !== 'passing') await syncFolder(dirname(pathOf(name)));
      return true;
    },
    replace: async (name, text) => {
      await makeParent(name);
      await replaceFile(pathOf(name), text);
    },
    openAppend: async (name) => {
      await makeParent(name);
      const file = await openOwn(name, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
      await syncFolder(dirname(pathOf(name)));
      return {
        append: async (text) => {
          await file.appendFile(text);
          await file.datasync();
        },
        close: () => file.close(),
      };
    },
    remove: async (name) => {
      await secureAbove(name);
      await removeFile(pathOf(name));
    },
    touch: async (name, atMs) => {
      const file = await openOwn(name, constants.O_WRONLY).catch(nullIfMissing);
      await file?.utimes(atMs / 1_000, atMs / 1_000).finally(() => file.close());
    },
    touchedAt: async (name) => {
      // Opened anew each time: a disk in the network tells then how the file is now.
      const file = await openOwn(name, constants.O_RDONLY).catch(nullIfMissing);
      if (file === null) return null;
      const { mtimeMs } = await file.stat().finally(() => file.close());
      return mtimeMs;
    },
  };
}
