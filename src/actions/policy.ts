import {
  type CallerCommand,
  callerPolicy,
  type GeneratedPolicy,
  githubOidcTrustPolicy,
  guardrailScp,
} from '../policy/index.ts';

/** Which policy is wanted. `partition`: of its ARNs. */
export type PolicyRequest =
  /** What the caller of these commands must be allowed, and nothing more. */
  | {
      readonly policy: 'iam';
      readonly commands: readonly CallerCommand[];
      readonly partition: string;
      /** Root sessions in these member accounts alone. */
      readonly accounts?: readonly string[] | undefined;
      /** Root sessions in members of this organization alone. */
      readonly organizationId?: string | undefined;
    }
  /** Who may take the role of a workflow of GitHub Actions. */
  | {
      readonly policy: 'github-trust';
      readonly accountId: string;
      readonly partition: string;
      readonly repo: string;
      readonly branch?: string | undefined;
      readonly environment?: string | undefined;
    }
  /** Denies members' root users everything but root sessions. */
  | { readonly policy: 'scp'; readonly partition: string };

/** Writes a policy, without AWS. @throws ProblemError `InvalidTrust`. */
export function policy(request: PolicyRequest): GeneratedPolicy {
  switch (request.policy) {
    case 'iam':
      return callerPolicy(request);
    case 'scp':
      return guardrailScp(request);
    case 'github-trust':
      return githubOidcTrustPolicy(request);
  }
}
