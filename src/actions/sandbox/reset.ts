import type { SandboxResetDocument } from '../../documents/index.ts';
import { createSandbox, seededScenario } from '../../sandbox/index.ts';
import type { Environment } from '../environment.ts';
import { headingOf } from '../heading.ts';
import { type SandboxEnvironment, withSandboxStore } from './saved.ts';
import { type ScenarioText, scenarioOf } from './scenario.ts';

/** The documented seven accounts unless one of the two says otherwise. */
export interface ResetRequest {
  readonly accounts?: number | undefined;
  readonly scenario?: ScenarioText | undefined;
  /** The same seed gives the same organization. */
  readonly seed: number;
}

/** Puts a new simulated organization in place of the saved one. @throws ProblemError `InvalidScenario` before it does. */
export async function resetSandbox(
  request: ResetRequest,
  environment: SandboxEnvironment & Pick<Environment, 'product'>,
): Promise<SandboxResetDocument> {
  const { scenario, accounts, seed } = request;
  const chosen = scenario === undefined ? seededScenario(accounts, seed) : scenarioOf(scenario);
  const sandbox = createSandbox(chosen, { clock: environment.clock });
  const path = await withSandboxStore(environment, async (store) => {
    await store.save(() => sandbox.snapshot());
    return store.path;
  });
  return {
    ...headingOf(environment, 'rootctl.sandbox.reset', true),
    simulated: true,
    organizationId: sandbox.organizationId || null,
    accountCount: sandbox.accounts.length,
    path,
  };
}
