import type { SandboxEnvironment } from '../actions/sandbox/saved.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import type { Connection, Needs } from './network-way.ts';

/** The way to AWS: what the world hands over, the saved sandbox, or the network. */
export async function openWay(needs: Needs & SandboxEnvironment, isSimulated: boolean): Promise<Way> {
  const { world, stops } = needs;
  if (!isSimulated) return { connection: world.connection ?? (await overNetwork(needs)), close: () => {} };
  // Loaded only when asked for: the sandbox is no part of a run on AWS. Its time is this machine's.
  const { connectSavedSandbox } = await import('../actions/sandbox/saved.ts');
  return connectSavedSandbox({ ...needs, clock: world.clock }).catch((error: unknown) => {
    const exitCode = stops.exitCode();
    // Before there is anything that a command could tell of.
    throw exitCode === null || error !== stops.stopping.reason ? error : new InterruptedError(exitCode);
  });
}

interface Way {
  readonly connection: Connection;
  readonly close: () => Promise<void> | void;
}

async function overNetwork(needs: Needs): Promise<Connection> {
  const { openConnection } = await import('./network-way.ts');
  return openConnection(needs);
}
