/**
 * The library: all that a program can import from 'rootctl'. Nothing here prints, and nothing reads the environment or
 * a file that it is not handed. docs/library.md tells of each; what is not listed may change at any time.
 */
export { type PolicyRequest, policy } from './actions/policy.ts';
export {
  type AccessKeyEntry,
  type AccountCredentials,
  type ActionResult,
  type CentralizedRootAccess,
  type ChangedCredential,
  type CredentialKindName,
  credentialKindNames,
  type DeleteAccountLine,
  type DeleteOutcome,
  type DeleteSummary,
  type DeleteSummaryLine,
  type DocumentKind,
  type Documents,
  type ErrorEntry,
  isUnaccepted,
  type LockedResource,
  type LoginProfileEntry,
  type ManagementAccountEntry,
  type MFADeviceEntry,
  type OpenRecovery,
  type OrganizationEntry,
  type PlanAccount,
  type PlanAction,
  type PlanDocument,
  type PlanWarning,
  type RunEvent,
  type SandboxResetDocument,
  type SandboxShowDocument,
  type SigningCertificateEntry,
  type SimulatedAccount,
  type SkipReason,
  type StatusAccountLine,
  type StatusChange,
  type StatusSummary,
  type StatusSummaryLine,
  skipReasons,
} from './documents/index.ts';
export { doctor, type StatusRequest, status } from './library/actions.ts';
export {
  type AwsConnectionOptions,
  type CallerCredentials,
  type Connection,
  connectAws,
  connectSandbox,
  type SandboxConnectionOptions,
} from './library/connecting.ts';
export {
  type ApplyRequest,
  applyDeletion,
  type DeletionLimits,
  listRuns,
  type Planned,
  type PlanRequest,
  planDeletion,
  type ResumeRequest,
  resumeRun,
  showRun,
} from './library/deleting.ts';
export { describe } from './library/describing.ts';
export {
  type AccountStatus,
  compareStatus,
  type DeleteAccount,
  type DeleteAction,
  type DeleteDocument,
  type DisableDocument,
  type DoctorCheck,
  type DoctorDocument,
  type EnableDocument,
  type ErrorDocument,
  isPartlyUnknown,
  type Parsed,
  type PolicyStatement,
  parseDocument,
  parsePlan,
  parseStatus,
  type RecoverAccount,
  type RecoverDocument,
  type ReportDocument,
  type RunDetailDocument,
  type RunEntry,
  type RunsDocument,
  type ScpEntry,
  type StatusDocument,
  type UnlockDocument,
} from './library/documents.ts';
export type { ActionEvent, Answerers, Environment, Question, StatefulEnvironment } from './library/environment.ts';
export {
  type HoldersRequest,
  listPolicyHolders,
  type RecoverRequest,
  recover,
  type UnlockRequest,
  unlock,
} from './library/recovering.ts';
export { type FrameworkName, type ReportRequest, report } from './library/reporting.ts';
export { documentSchemas, type FurtherSchemaName, furtherSchemas, type JsonSchema } from './library/schemas.ts';
export type { AccountSelection } from './library/selecting.ts';
export { type DisableRequest, disable, type EnableRequest, enable } from './library/switching.ts';
export type {
  GeneratedPolicy,
  NoteReason,
  PolicyNote,
  PolicySource,
  StatementSource,
} from './policy/generated.ts';
export type { CallerCommand, TaskPolicyName } from './policy/index.ts';
export {
  type AwsData,
  type AwsProblem,
  type Cure,
  cureOf,
  type OwnProblem,
  type Problem,
  ProblemError,
  problemOf,
  type SystemProblem,
  type ToldProblem,
  type Where,
  type WithinProblem,
} from './problems/index.ts';
export type { Language } from './words/index.ts';
