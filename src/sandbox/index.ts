/** A simulated AWS behind the SDK's `requestHandler` or over HTTP on loopback; see README.md. */
export type { Behaviour, Fault, FaultKind } from './behaviour.ts';
export { defaultScenario } from './defaults.ts';
export { type GenerateOptions, generateScenario, seededScenario, switchRootAccess } from './generate.ts';
export { createSandbox, type Sandbox } from './handler.ts';
export type { Credential } from './keys.ts';
export type { Counters, RequestRecord } from './record.ts';
export { parseScenario, type Scenario, type ScenarioAccount, type ScenarioEvent, scenarioSchema } from './scenario.ts';
export { leavingRoom, sandboxRequestHandler } from './sdk.ts';
export { serveSandbox } from './server.ts';
export type { AccountState } from './state.ts';
export { openSandboxStore, type SandboxStore } from './store.ts';
export { NotSimulated, type SandboxRequest, type SandboxResponse } from './wire.ts';
