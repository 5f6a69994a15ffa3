import { join } from 'node:path';
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
  const transport = sandboxRequestHandler(sandbox);
  return {
    connection: { transport, credentials: sandbox.credentials().management, region: sandbox.region },
    save: () => store.save(() => sandbox.snapshot()),
  };
}
