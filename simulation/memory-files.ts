import type { AppendFile, StateFiles } from '../src/run/files.ts';

/** A disk in memory: what survives a killed process, and nothing else does. */
export interface MemoryDisk {
  readonly files: Map<string, string>;
  /** Bytes that still fit. */
  freeBytes: number;
}

export const createDisk = (): MemoryDisk => ({ files: new Map(), freeBytes: Number.POSITIVE_INFINITY });

/** How one process sees the disk. */
export interface DiskWatch {
  /** Called before each durable append; its answer says what becomes of it. */
  readonly beforeAppend: (name: string) => 'write' | 'die-before' | 'die-torn' | 'die-after';
  /** Called when text has become durable. */
  readonly onDurable: (name: string, text: string) => void;
  readonly isDead: () => boolean;
  readonly die: () => void;
  /** The time that a flush takes. */
  readonly flush: () => Promise<void>;
}

const never = <T>(): Promise<T> => new Promise<T>(() => {});
const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

export function openDisk(disk: MemoryDisk, watch: DiskWatch): StateFiles {
  const alive = <T>(work: () => T): Promise<T> =>
    watch.isDead() ? never() : new Promise((resolve) => resolve(work()));
  const takeRoom = (text: string): void => {
    const bytes = Buffer.byteLength(text);
    if (bytes > disk.freeBytes) throw full();
    disk.freeBytes -= bytes;
  };
  const extend = (name: string, text: string): void => {
    disk.files.set(name, (disk.files.get(name) ?? '') + text);
    watch.onDurable(name, text);
  };
  const append = async (name: string, text: string): Promise<void> => {
    if (watch.isDead()) return never();
    const fate = watch.beforeAppend(name);
    if (fate !== 'write') {
      if (fate === 'die-torn') extend(name, text.slice(0, Math.max(1, text.length >> 1)));
      if (fate === 'die-after') extend(name, text);
      watch.die();
      return never();
    }
    await watch.flush();
    if (watch.isDead()) return never();
    if (Buffer.byteLength(text) > disk.freeBytes) {
      // What fits is written, as a file system does; the rest is an error.
      extend(name, text.slice(0, Math.max(0, Math.floor(disk.freeBytes))));
      disk.freeBytes = 0;
      throw full();
    }
    takeRoom(text);
    extend(name, text);
  };
  return {
    folder: '/state/rootctl',
    read: (name) => alive(() => disk.files.get(name) ?? null),
    list: (folder) =>
      alive(() =>
        [...disk.files.keys()]
          .filter((name) => name.startsWith(`${folder}/`))
          .map((name) => name.slice(folder.length + 1))
          .sort(),
      ),
    create: (name, text) =>
      alive(() => {
        if (disk.files.has(name)) return false;
        takeRoom(text);
        disk.files.set(name, text);
        return true;
      }),
    replace: (name, text) =>
      alive(() => {
        takeRoom(text);
        disk.files.set(name, text);
      }),
    openAppend: (name) =>
      alive((): AppendFile => {
        if (!disk.files.has(name)) disk.files.set(name, '');
        return { append: (text) => append(name, text), close: () => alive(() => {}) };
      }),
    remove: (name) =>
      alive(() => {
        disk.files.delete(name);
      }),
  };
}
