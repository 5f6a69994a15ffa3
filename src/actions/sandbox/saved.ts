import { delaysOf, poll } from '../../poll.ts';
import { problemError } from '../../problems/index.ts';
import { type Holder, type LockAttempt, takeLock } from '../../run/lock.ts';
import {
  createSandbox,
  defaultScenario,
  leavingRoom,
  openSandboxStore,
  type Sandbox,
  type SandboxStore,
  sandboxRequestHandler,
} from '../../sandbox/index.ts';
import type { Environment } from '../environment.ts';

/** `clock`: this machine's. A simulated AWS has its time from there, and tells it. */
export type SandboxEnvironment = Pick<Environment, 'state' | 'processes' | 'clock' | 'stops' | 'report'>;

/** What holds the saved organization: a command until its end, or `sandbox start` until somebody ends it. */
type SandboxWork = 'command' | 'server';

/** So long a command that waits for its turn looks away, in milliseconds. */
const turnMs = 50;

/**
 * Takes the saved organization for one process: two that work on it would each write over what the other changed. Waits
 * while another command has it.
 * @returns how to give it back.
 * @throws ProblemError `SandboxServed` at once while it is being served; the signal's reason when a stop ends the wait.
 */
async function takeTurn(environment: SandboxEnvironment, work: SandboxWork): Promise<() => Promise<void>> {
  const { state, processes, clock, stops, report } = environment;
  const isServed = ({ work: other }: Holder): boolean => other === 'server';
  let isTold = false;
  const look = async (): Promise<LockAttempt> => {
    const lock = await takeLock(state, processes, clock, 'sandbox', work);
    if (lock.state === 'taken' || isServed(lock.holder) || isTold) return lock;
    const { pid, startedAt } = lock.holder;
    report({ event: 'note', note: { note: 'waiting-for-sandbox', pid, startedAt } });
    isTold = true;
    return lock;
  };
  const isDecided = (lock: LockAttempt): boolean => lock.state === 'taken' || isServed(lock.holder);
  const lock = await poll(look, isDecided, delaysOf(turnMs), { clock, signal: stops.stopping });
  if (lock.state === 'taken') return lock.release;
  const { pid, startedAt } = lock.holder;
  throw problemError('SandboxServed', { pid, since: startedAt });
}

/** Works on the saved organization's file alone, in its turn. */
export async function withSandboxStore<T>(
  environment: SandboxEnvironment,
  work: (store: SandboxStore) => Promise<T>,
): Promise<T> {
  const giveBack = await takeTurn(environment, 'command');
  try {
    return await work(openSandboxStore(environment.state));
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
export async function openSavedSandbox(environment: SandboxEnvironment, work: SandboxWork): Promise<SavedSandbox> {
  const giveBack = await takeTurn(environment, work);
  try {
    const store = openSandboxStore(environment.state);
    const saved = await store.load();
    const sandbox: Sandbox = createSandbox(saved ?? defaultScenario(), {
      clock: environment.clock,
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
export async function connectSavedSandbox(environment: SandboxEnvironment) {
  const { sandbox, close } = await openSavedSandbox(environment, 'command');
  const transport = leavingRoom(sandboxRequestHandler(sandbox), environment.clock);
  return {
    connection: { transport, credentials: sandbox.credentials().management, region: sandbox.region },
    close,
  };
}
