import type { AppendFile, StateFiles } from '../src/run/files.ts';

/** The state folder on a disk in memory: what survives a killed process, and nothing else does. */
export interface MemoryDisk extends StateFiles {
  readonly contents: Map<string, string>;
  /** Bytes that still fit. */
  freeBytes: number;
  /** Called before text is appended, which waits for it; what it throws is the disk's answer. */
  onAppend?: (name: string, text: string) => void | Promise<void>;
}

export function memoryDisk(): MemoryDisk {
  const disk = { contents: new Map<string, string>(), freeBytes: Number.POSITIVE_INFINITY };
  return Object.assign(disk, openDisk(disk, immortal));
}

/** How one process uses the disk, and may end at it. */
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

/** A process that is never killed, on a disk that takes no time. */
const immortal: DiskWatch = {
  beforeAppend: () => 'write',
  onDurable: () => {},
  isDead: () => false,
  die: () => {},
  flush: async () => {},
};

const never = <T>(): Promise<T> => new Promise<T>(() => {});
const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

/** The disk as one process sees it. */
export function openDisk(disk: Omit<MemoryDisk, keyof StateFiles>, watch: DiskWatch): StateFiles {
  const alive = <T>(work: () => T): Promise<T> =>
    watch.isDead() ? never() : new Promise((resolve) => resolve(work()));
  const takeRoom = (text: string): void => {
    const bytes = Buffer.byteLength(text);
    if (bytes > disk.freeBytes) throw full();
    disk.freeBytes -= bytes;
  };
  const extend = (name: string, text: string): void => {
    disk.contents.set(name, (disk.contents.get(name) ?? '') + text);
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
    await disk.onAppend?.(name, text);
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
    folder: '/state',
    read: (name) => alive(() => disk.contents.get(name) ?? null),
    touch: () => alive(() => {}),
    touchedAt: (name) => alive(() => (disk.contents.has(name) ? 0 : null)),
    list: (folder) =>
      alive(() =>
        [...disk.contents.keys()]
          .filter((name) => name.startsWith(`${folder}/`))
          .map((name) => name.slice(folder.length + 1))
          .sort(),
      ),
    create: (name, text) =>
      alive(() => {
        if (disk.contents.has(name)) return false;
        takeRoom(text);
        disk.contents.set(name, text);
        return true;
      }),
    replace: (name, text) =>
      alive(() => {
        takeRoom(text);
        disk.contents.set(name, text);
      }),
    openAppend: (name) =>
      alive((): AppendFile => {
        if (!disk.contents.has(name)) disk.contents.set(name, '');
        return { append: (text) => append(name, text), close: () => alive(() => {}) };
      }),
    remove: (name) =>
      alive(() => {
        disk.contents.delete(name);
      }),
  };
}
