import { problemError } from '../../problems/index.ts';
import { parseScenario, type Scenario } from '../../sandbox/index.ts';

/** A scenario as somebody wrote it, and the name of its file. */
export interface ScenarioText {
  readonly path: string;
  readonly text: string;
}

/** @throws ProblemError `InvalidScenario` */
export function scenarioOf({ path, text }: ScenarioText): Scenario {
  try {
    return parseScenario(text);
  } catch (error) {
    throw problemError('InvalidScenario', { path, said: error instanceof Error ? error.message : String(error) });
  }
}
