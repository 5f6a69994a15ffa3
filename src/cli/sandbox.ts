import { join } from 'node:path';
import type { Transport } from '../aws/transport.ts';
import type { Clock } from '../clock.ts';
import {
  createSandbox,
  defaultScenario,
  openSandboxStore,
  type Sandbox,
  type SandboxStore,
  sandboxRequestHandler,
} from '../sandbox/index.ts';
import type { Connection, World } from './world.ts';

export const sandboxStore = (world: World): SandboxStore => openSandboxStore(join(world.stateFolder, 'sandbox'));

/** The saved organization, or the default one where none was saved; every change is saved before it is answered. */
export async function openSavedSandbox(
  world: World,
): Promise<{ readonly sandbox: Sandbox; readonly store: SandboxStore }> {
  const store = sandboxStore(world);
  const scenario = (await store.load()) ?? defaultScenario();
  const sandbox: Sandbox = createSandbox(scenario, {
    clock: world.clock,
    onChange: () => store.save(() => sandbox.snapshot()),
  });
  return { sandbox, store };
}

/** The sandbox inside the process: no request can leave the machine, because nothing here opens a connection. */
export async function connectSandbox(
  world: World,
): Promise<{ readonly connection: Connection; readonly save: () => Promise<void> }> {
  const { sandbox, store } = await openSavedSandbox(world);
  const transport = leavingRoom(sandboxRequestHandler(sandbox), world.clock);
  return {
    connection: { transport, credentials: sandbox.credentials().management, region: sandbox.region },
    save: () => store.save(() => sandbox.snapshot()),
  };
}

/** So long the sandbox may answer without a pause, in milliseconds. */
const unbrokenMs = 25;

/**
 * Its answers are there at once, and a promise that is kept already never lets Node look at a timer, a signal or a key:
 * now and then all answers wait for one turn of the event loop, as answers of a network do.
 */
function leavingRoom(transport: Transport, clock: Clock): Transport {
  let turnedMs = clock.monotonicMs();
  let turning: Promise<void> | null = null;
  const turn = async (): Promise<void> => {
    await clock.sleep(0);
    turnedMs = clock.monotonicMs();
    turning = null;
  };
  return {
    ...transport,
    handle: async (request, options) => {
      if (turning === null && clock.monotonicMs() - turnedMs >= unbrokenMs) turning = turn();
      // One for all: whoever went on alone would keep the loop from turning for the others.
      if (turning !== null) await turning;
      return transport.handle(request, options);
    },
  };
}
