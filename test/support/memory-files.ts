import type { StateFiles } from '../../src/run/files.ts';

export interface MemoryFiles extends StateFiles {
  readonly contents: Map<string, string>;
  /** The state of the disk may be changed under the program. */
  readonly disk: { onAppend?: (name: string, text: string) => void | Promise<void> };
}

/** The state folder without a disk. */
export function memoryFiles(): MemoryFiles {
  const contents = new Map<string, string>();
  const disk: MemoryFiles['disk'] = {};
  return {
    folder: '/memory',
    contents,
    disk,
    read: async (name) => contents.get(name) ?? null,
    list: async (folder) =>
      [...contents.keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .sort(),
    create: async (name, text) => {
      if (contents.has(name)) return false;
      contents.set(name, text);
      return true;
    },
    replace: async (name, text) => {
      contents.set(name, text);
    },
    openAppend: async (name) => {
      if (!contents.has(name)) contents.set(name, '');
      return {
        append: async (text) => {
          await disk.onAppend?.(name, text);
          contents.set(name, `${contents.get(name) ?? ''}${text}`);
        },
        close: async () => {},
      };
    },
    remove: async (name) => {
      contents.delete(name);
    },
  };
}
