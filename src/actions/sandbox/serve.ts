import { problemError } from '../../problems/index.ts';
import { createSandbox, type Sandbox, serveSandbox } from '../../sandbox/index.ts';
import { openSavedSandbox, type SandboxEnvironment, type SavedSandbox } from './saved.ts';
import { type ScenarioText, scenarioOf } from './scenario.ts';

export interface ServeRequest {
  /** 0: any that is free. */
  readonly port: number;
  /** Served instead of the saved organization, and not saved. */
  readonly scenario?: ScenarioText | undefined;
  /** Told to callers instead of the organization's own. */
  readonly region?: string | undefined;
}

/** How callers reach the organization: AWS's words, and credentials that are good nowhere else. */
export interface Served {
  readonly endpoint: string;
  readonly region: string;
  readonly organizationId: string;
  readonly credentials: ReturnType<Sandbox['credentials']>;
}

/**
 * Serves a simulated organization over HTTP on loopback until `stops.stopping`. Nobody else works on the saved one
 * meanwhile.
 * @param onServing called once requests are answered.
 * @throws ProblemError `PortInUse`, `InvalidScenario`, `SandboxServed`
 */
export async function serve(
  request: ServeRequest,
  environment: SandboxEnvironment,
  onServing: (served: Served) => void,
): Promise<void> {
  const { scenario } = request;
  const { sandbox, close } =
    scenario === undefined ? await openSavedSandbox(environment, 'server') : described(scenario, environment);
  try {
    await serveUntilStopped(sandbox, request, environment, onServing);
  } finally {
    await close();
  }
}

function described(scenario: ScenarioText, { clock }: SandboxEnvironment): SavedSandbox {
  return { sandbox: createSandbox(scenarioOf(scenario), { clock, recordRequests: true }), close: async () => {} };
}

async function serveUntilStopped(
  sandbox: Sandbox,
  { port, region = sandbox.region }: ServeRequest,
  { stops }: SandboxEnvironment,
  onServing: (served: Served) => void,
): Promise<void> {
  const server = await serveSandbox(sandbox, { port }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw problemError('PortInUse', { port, code });
  });
  const { organizationId } = sandbox;
  onServing({ endpoint: server.endpoint, region, organizationId, credentials: sandbox.credentials() });
  await new Promise<void>((resolve) => {
    stops.stopping.addEventListener('abort', () => resolve());
    if (stops.stopping.aborted) resolve();
  });
  await server.close();
}
