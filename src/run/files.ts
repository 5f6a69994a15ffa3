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

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Folders 0700, files 0600: they tell who holds root credentials where. */
export function diskFiles(folder: string): StateFiles {
  const pathOf = (name: string): string => join(folder, name);
  const makeParent = (name: string) => fs.mkdir(dirname(pathOf(name)), { recursive: true, mode: 0o700 });
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
      try {
        await writeNew(pathOf(name), text);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
        throw error;
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
