/**
 * AWS's five task policies, which bound root sessions, by the name after `policy/root-task/` (IAM User Guide, "Perform a
 * privileged task on a member account").
 */
export type TaskPolicyName =
  | 'IAMAuditRootUserCredentials'
  | 'IAMDeleteRootUserCredentials'
  | 'IAMCreateRootUserPassword'
  | 'S3UnlockBucketPolicy'
  | 'SQSUnlockQueuePolicy';

export const taskPolicyArn = (partition: string, name: TaskPolicyName): string =>
  `arn:${partition}:iam::aws:policy/root-task/${name}`;

/** Trusted access and delegated administration of centralized root access both go by IAM's service principal. */
export const iamServicePrincipal = 'iam.amazonaws.com';
