import { parseScenario, type Scenario } from './scenario.ts';

/** The state folder as far as the store needs it. `replace` is durable, and readers see the old or the new. */
export interface StoreFiles {
  readonly folder: string;
  /** null when there is no such file. */
  read(name: string): Promise<string | null>;
  replace(name: string, text: string): Promise<void>;
}

/** The saved organization. It belongs to one process at a time: whoever opens the store has locked it. */
export interface SandboxStore {
  readonly path: string;
  /** Undefined when nothing was saved yet. @throws Error when the file is not a state. */
  load(): Promise<Scenario | undefined>;
  /** Takes the snapshot when it can write it: calls that come while one is being written share the next one. */
  save(snapshot: () => Scenario): Promise<void>;
  /**
   * Waits for what is being written. What changes afterwards is not saved: nobody is told of it any more (its request was
   * given up), and the saved organization is another process's by then.
   */
  close(): Promise<void>;
}

const fileName = 'sandbox/sandbox.json';

export function openSandboxStore(files: StoreFiles): SandboxStore {
  let writing: Promise<void> | undefined;
  let next: { snapshot: () => Scenario; done: Promise<void> } | undefined;
  let isClosed = false;

  async function save(snapshot: () => Scenario): Promise<void> {
    if (isClosed) return;
    if (writing === undefined) {
      writing = files.replace(fileName, JSON.stringify(snapshot())).finally(() => {
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
    path: `${files.folder}/${fileName}`,
    save,
    async load() {
      const text = await files.read(fileName);
      return text === null ? undefined : parseScenario(text);
    },
    async close() {
      isClosed = true;
      await writing?.catch(() => {});
    },
  };
}
