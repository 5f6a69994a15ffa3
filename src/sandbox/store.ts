import * as nodeFiles from 'node:fs/promises';
import { join } from 'node:path';
import { parseScenario, type Scenario } from './scenario.ts';

/** The calls of `node:fs/promises` that the store makes; tests give others. */
export type StoreFiles = Pick<typeof nodeFiles, 'mkdir' | 'readFile' | 'open' | 'rename' | 'rm'>;

export interface SandboxStore {
  readonly path: string;
  /** Undefined when nothing was saved yet. @throws Error when the file is not a state. */
  load(): Promise<Scenario | undefined>;
  /** Takes the snapshot when it can write it: calls that come while one is being written share the next one. */
  save(snapshot: () => Scenario): Promise<void>;
  /** Forgets the state. */
  clear(): Promise<void>;
}

/** The state file in `folder` (mode 0600 in a folder of mode 0700), always whole: written beside it, then renamed. */
export function openSandboxStore(folder: string, files: StoreFiles = nodeFiles): SandboxStore {
  const path = join(folder, 'sandbox.json');
  let writing: Promise<void> | undefined;
  let next: { snapshot: () => Scenario; done: Promise<void> } | undefined;
  let counter = 0;

  async function write(snapshot: () => Scenario): Promise<void> {
    await files.mkdir(folder, { recursive: true, mode: 0o700 });
    counter += 1;
    const beside = `${path}.${process.pid}.${counter}`;
    try {
      const file = await files.open(beside, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(snapshot()));
        await file.datasync();
      } finally {
        await file.close();
      }
      await files.rename(beside, path);
    } catch (error) {
      await files.rm(beside, { force: true });
      throw error;
    }
  }

  async function save(snapshot: () => Scenario): Promise<void> {
    if (writing === undefined) {
      writing = write(snapshot).finally(() => {
        writing = undefined;
      });
      return writing;
    }
    if (next === undefined) next = { snapshot, done: saveAfter(writing) };
    else next.snapshot = snapshot;
    return next.done;
  }

  async function saveAfter(current: Promise<void>): Promise<void> {
    // Whoever asked for that write hears of its failure.
    await current.catch(() => {});
    const latest = next?.snapshot;
    next = undefined;
    if (latest) await save(latest);
  }

  return {
    path,
    save,
    async load() {
      let text: string;
      try {
        text = await files.readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
      return parseScenario(text);
    },
    clear: () => files.rm(path, { force: true }),
  };
}
