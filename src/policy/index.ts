/** Policies as AWS evaluates them, without AWS: reading, evaluating, judging and writing them. Pure: no I/O, no SDK. */
export { commandActions } from './caller-actions.ts';
export { type CallerCommand, callerCommands } from './caller-commands.ts';
export { callerPolicy } from './caller-policy.ts';
export type { AccessRequest } from './context.ts';
export { type PolicyDocument, parsePolicy, policyFaultOf } from './document.ts';
export type { Doubt } from './doubt.ts';
export { evaluatePolicy } from './evaluate.ts';
export type { GeneratedPolicy, PolicySource } from './generated.ts';
export { githubOidcTrustPolicy } from './github-trust.ts';
export { matchesGlob } from './glob.ts';
export { guardrailScp } from './guardrail.ts';
export { judgeResourcePolicy, type LockReason, type Whom } from './lock.ts';
export {
  judgeRootSessionScps,
  type RootTask,
  rootSessionRequests,
  type ScpVerdict,
} from './root-session.ts';
export {
  evaluateScps,
  type Scp,
  type ScpLevel,
  type ScpTarget,
  type Unreadable,
} from './scp.ts';
export { iamServicePrincipal, type TaskPolicyName, taskPolicyArn } from './task-policy.ts';
