import { delaysOf, poll } from '../poll.ts';
import { problemError } from '../problems/index.ts';
import { type Holder, type LockAttempt, takeLock } from '../run/lock.ts';
import {
  createSandbox,
  defaultScenario,
  leavingRoom,
  openSandboxStore,
  type Sandbox,
  type SandboxStore,
  sandboxRequestHandler,
} from '../sandbox/index.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import type { Context } from './context.ts';
import type { Connection } from './world.ts';

/** What a command that works on the saved organization needs of its context. */
export type SandboxHost = Pick<Context, 'world' | 'stops' | 'notice' | 'speech'>;

/** What holds the saved organization: a command until its end, or `sandbox start` until somebody ends it. */
type SandboxWork = 'command' | 'server';

/** So long a command that waits for its turn looks away, in milliseconds. */
const turnMs = 50;

/**
 * Takes the saved organization for one process: two that work on it would each write over what the other changed. Waits
 * while another command has it.
 * @returns how to give it back. @throws ProblemError `SandboxServed` at once while it is being served; InterruptedError when a stop ends the
 * wait; StateFolderError.
 */
async function takeTurn(host: SandboxHost, work: SandboxWork): Promise<() => Promise<void>> {
  const { state, processes, clock } = host.world;
  const signal = host.stops.stopping;
  const isServed = ({ work: other }: Holder): boolean => other === 'server';
  let isTold = false;
  const look = async (): Promise<LockAttempt> => {
    const lock = await takeLock(state, processes, clock, 'sandbox', work);
    if (lock.state === 'taken' || isServed(lock.holder) || isTold) return lock;
    const { pid, startedAt } = lock.holder;
    host.notice(host.speech.words.terminal.sandbox.waiting(pid, startedAt));
    isTold = true;
    return lock;
  };
  const isDecided = (lock: LockAttempt): boolean => lock.state === 'taken' || isServed(lock.holder);
  const lock = await poll(look, isDecided, delaysOf(turnMs), { clock, signal }).catch((error: unknown) => {
    const exitCode = host.stops.exitCode();
    throw exitCode === null || error !== signal.reason ? error : new InterruptedError(exitCode);
  });
  if (lock.state === 'taken') return lock.release;
  const { pid, startedAt } = lock.holder;
  throw problemError('SandboxServed', { pid, since: startedAt });
}

/** Works on the saved organization's file alone, in its turn. */
export async function withSandboxStore<T>(host: SandboxHost, work: (store: SandboxStore) => Promise<T>): Promise<T> {
  const giveBack = await takeTurn(host, 'command');
  try {
    return await work(openSandboxStore(host.world.state));
  } finally {
    await giveBack();
  }
}

export interface SavedSandbox {
  readonly sandbox: Sandbox;
  /** Saves what is not saved yet, and gives the saved organization back. */
  readonly close: () => Promise<void>;
}

/** The saved organization, or the default one where none was saved; every change is saved before it is answered. */
export async function openSavedSandbox(host: SandboxHost, work: SandboxWork): Promise<SavedSandbox> {
  const giveBack = await takeTurn(host, work);
  try {
    const store = openSandboxStore(host.world.state);
    const saved = await store.load();
    const sandbox: Sandbox = createSandbox(saved ?? defaultScenario(), {
      clock: host.world.clock,
      onChange: () => store.save(() => sandbox.snapshot()),
    });
    const close = async (): Promise<void> => {
      try {
        if (saved === undefined || sandbox.hasChanged()) await store.save(() => sandbox.snapshot());
      } finally {
        await store.close();
        await giveBack();
      }
    };
    return { sandbox, close };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

/** The sandbox inside the process: no request can leave the machine, because nothing here opens a connection. */
export async function connectSandbox(
  host: SandboxHost,
): Promise<{ readonly connection: Connection; readonly close: () => Promise<void> }> {
  const { sandbox, close } = await openSavedSandbox(host, 'command');
  const transport = leavingRoom(sandboxRequestHandler(sandbox), host.world.clock);
  return {
    connection: { transport, credentials: sandbox.credentials().management, region: sandbox.region },
    close,
  };
}
