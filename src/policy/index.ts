/** Policies as AWS evaluates them, without AWS: reading, evaluating, judging and writing them. Pure: no I/O, no SDK. */
export {
  type CallerAction,
  type CallerCommand,
  type CallerNeeds,
  type CallerTask,
  callerCommands,
  commandActions,
  type TaskPolicyName,
} from './caller-actions.ts';
export { type CallerPolicyOptions, callerPolicy, taskPolicyArn } from './caller-policy.ts';
export type { AccessRequest } from './context.ts';
export {
  type Condition,
  type Patterns,
  type PolicyDocument,
  PolicySyntaxError,
  type Principal,
  type Principals,
  parsePolicy,
  type Statement,
} from './document.ts';
export { evaluatePolicy, type PolicyEffect } from './evaluate.ts';
export type { GeneratedPolicy, PolicyNote, PolicySource, StatementSource } from './generated.ts';
export { type GithubTrustOptions, githubOidcTrustPolicy } from './github-trust.ts';
export { type GlobOptions, matchesGlob } from './glob.ts';
export { guardrailScp } from './guardrail.ts';
export { judgeResourcePolicy, type LockedResource, type LockJudgement } from './lock.ts';
export {
  type JudgedAction,
  judgeRootSessionScps,
  type RootSessionAccount,
  type RootTask,
  rootSessionRequests,
  type ScpVerdict,
} from './root-session.ts';
export {
  evaluateScps,
  type Scp,
  type ScpDecision,
  type ScpLevel,
  type ScpName,
  type ScpTarget,
  type UnreadablePolicy,
} from './scp.ts';
