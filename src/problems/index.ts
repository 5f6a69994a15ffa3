export { type Advice, type AdviceName, type AdviceOf, isUntrusted, type KnownAwsCode, moveOfAws } from './advice.ts';
export { type AwsData, type AwsProblem, awsProblem, type FailureKind } from './aws.ts';
export { aws, type Cure, rootctl } from './cure.ts';
export type { DocumentFlaw } from './document-flaw.ts';
export type { CredentialName } from './fields.ts';
export { cureOf, exitClassOf, isOwnCode, isProblem, namesItsCode, problemIn } from './known.ts';
export type { Obstacle } from './obstacle.ts';
export type { PolicyFault } from './policies.ts';
export {
  type OwnProblem,
  type Problem,
  type ProblemEntry,
  type ProblemWith,
  problem,
  type SystemProblem,
  type ToldProblem,
  told,
  type Where,
  type WithinProblem,
  within,
} from './problem.ts';
export { type DataOfCode, type ExitClass, type Move, type OwnCode, registry } from './registry.ts';
export type { RuleName } from './rules.ts';
export type { Saying, SayingName, SayingOf } from './sayings.ts';
export { shortened } from './shortened.ts';
export type { JournalFlaw } from './state.ts';
export { carries, obstacleOf, ProblemError, problemError, problemOf, systemCodeOf } from './thrown.ts';
export type { NamedFile } from './usage.ts';
