import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';

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
  /** Writes a new file durably; false when there is one already. */
  create(name: string, text: string): Promise<boolean>;
  /** Replaces a file's contents in one step: readers see the old or the new, never a part. */
  replace(name: string, text: string): Promise<void>;
  /** Opens a file to append to, creating it. */
  openAppend(name: string): Promise<AppendFile>;
  remove(name: string): Promise<void>;
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT');

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

/** Folders 0700, files 0600: they tell who holds root credentials where. */
export function diskFiles(folder: string): StateFiles {
  const pathOf = (name: string): string => join(folder, name);
  const makeParent = (name: string) => makeFolder(dirname(pathOf(name)));
  const writeNew = async (path: string, text: string): Promise<void> => {
    const file = await fs.open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
  };
  /** Makes the folder's new entry survive a power cut; some file systems cannot, and say so. */
  const syncFolder = async (name: string): Promise<void> => {
    try {
      const handle = await fs.open(dirname(pathOf(name)), constants.O_RDONLY);
      await handle.sync().finally(() => handle.close());
    } catch {
      // Windows cannot open a folder; the file itself is on the disk already.
    }
  };
  return {
    folder,
    read: async (name) => {
      try {
        return await fs.readFile(pathOf(name), 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    list: async (name) => {
      try {
        return (await fs.readdir(pathOf(name))).sort();
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    create: async (name, text) => {
      await makeParent(name);
      const temporary = `${pathOf(name)}.new-${process.pid}`;
      await fs.rm(temporary, { force: true });
      await writeNew(temporary, text);
      try {
        // Whole or not at all: a lock seen empty, between its creation and its writing, would look like a stale one.
        await fs.link(temporary, pathOf(name)).catch((error: unknown) => {
          if (hasCode(error, 'EEXIST')) throw error;
          return writeNew(pathOf(name), text); // a file system without links
        });
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await fs.rm(temporary, { force: true });
      }
      await syncFolder(name);
      return true;
    },
    replace: async (name, text) => {
      await makeParent(name);
      const temporary = `${pathOf(name)}.new-${process.pid}`;
      await fs.rm(temporary, { force: true });
      await writeNew(temporary, text);
      await fs.rename(temporary, pathOf(name));
      await syncFolder(name);
    },
    openAppend: async (name) => {
      await makeParent(name);
      const file = await fs.open(pathOf(name), 'a', 0o600);
      await syncFolder(name);
      return {
        append: async (text) => {
          await file.appendFile(text);
          await file.datasync();
        },
        close: () => file.close(),
      };
    },
    remove: (name) => fs.rm(pathOf(name), { force: true }),
  };
}
