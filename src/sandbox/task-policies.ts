import type { PolicyDocument } from '../policy/index.ts';
import { parsePolicy } from '../policy/index.ts';

/**
 * The five managed policies under `arn:aws:iam::aws:policy/root-task/`, word for word (AWS Managed Policy Reference Guide). They only
 * deny: what they do not deny, the root user may do.
 */
const documents = {
  IAMAuditRootUserCredentials: {
    Version: '2012-10-17',
    Statement: [
      {
        NotAction: [
          'iam:ListAccessKeys',
          'iam:ListSigningCertificates',
          'iam:GetLoginProfile',
          'iam:ListMFADevices',
          'iam:GetAccountSummary',
          'iam:GetUser',
          'iam:GetAccessKeyLastUsed',
        ],
        Resource: '*',
        Effect: 'Deny',
        Sid: 'DenyAllOtherActionsOnAnyResource',
      },
      {
        Action: [
          'iam:ListAccessKeys',
          'iam:ListSigningCertificates',
          'iam:GetLoginProfile',
          'iam:ListMFADevices',
          'iam:GetUser',
          'iam:GetAccessKeyLastUsed',
        ],
        NotResource: 'arn:aws:iam::*:root',
        Effect: 'Deny',
        Sid: 'DenyAuditingCredentialsOnNonRootUserResource',
      },
    ],
  },
  IAMCreateRootUserPassword: {
    Version: '2012-10-17',
    Statement: [
      {
        NotAction: ['iam:CreateLoginProfile', 'iam:GetLoginProfile'],
        Resource: '*',
        Effect: 'Deny',
        Sid: 'DenyAllOtherActionsOnAnyResource',
      },
      {
        Action: ['iam:CreateLoginProfile', 'iam:GetLoginProfile'],
        NotResource: 'arn:aws:iam::*:root',
        Effect: 'Deny',
        Sid: 'DenyCreatingPasswordOnNonRootUserResource',
      },
    ],
  },
  IAMDeleteRootUserCredentials: {
    Version: '2012-10-17',
    Statement: [
      {
        NotAction: [
          'iam:DeleteAccessKey',
          'iam:DeleteSigningCertificate',
          'iam:DeleteLoginProfile',
          'iam:DeactivateMFADevice',
          'iam:DeleteVirtualMFADevice',
          'iam:ListAccessKeys',
          'iam:ListSigningCertificates',
          'iam:GetLoginProfile',
          'iam:ListMFADevices',
          'iam:GetUser',
          'iam:GetAccessKeyLastUsed',
        ],
        Resource: '*',
        Effect: 'Deny',
        Sid: 'DenyAllOtherActionsOnAnyResource',
      },
      {
        Action: [
          'iam:DeleteAccessKey',
          'iam:DeleteSigningCertificate',
          'iam:DeleteLoginProfile',
          'iam:DeactivateMFADevice',
          'iam:DeleteVirtualMFADevice',
          'iam:ListAccessKeys',
          'iam:ListSigningCertificates',
          'iam:GetLoginProfile',
          'iam:ListMFADevices',
          'iam:GetUser',
          'iam:GetAccessKeyLastUsed',
        ],
        NotResource: 'arn:aws:iam::*:root',
        Effect: 'Deny',
        Sid: 'DenyDeletingRootUserCredentialsOnNonRootUserResource',
      },
    ],
  },
  S3UnlockBucketPolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        NotAction: ['s3:DeleteBucketPolicy', 's3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:ListAllMyBuckets'],
        Resource: '*',
        Effect: 'Deny',
        Sid: 'DenyAllOtherActionsOnAnyResource',
      },
      {
        Action: ['s3:DeleteBucketPolicy', 's3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:ListAllMyBuckets'],
        Resource: '*',
        Effect: 'Deny',
        Condition: {
          StringNotLike: {
            'aws:PrincipalArn': 'arn:aws:iam::*:root',
          },
        },
        Sid: 'DenyManagingBucketPolicyForNonRootCallers',
      },
    ],
  },
  SQSUnlockQueuePolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        NotAction: ['sqs:SetQueueAttributes', 'sqs:GetQueueAttributes', 'sqs:ListQueues', 'sqs:GetQueueUrl'],
        Resource: '*',
        Effect: 'Deny',
        Sid: 'DenyAllOtherActionsOnAnyResource',
      },
      {
        Action: ['sqs:GetQueueAttributes'],
        Resource: 'arn:aws:sqs:*:*:*',
        Effect: 'Deny',
        Condition: {
          StringNotEqualsIfExists: {
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
            'aws:ResourceAccount': ['${aws:PrincipalAccount}'],
          },
        },
        Sid: 'DenyGettingQueueAttributesOnNonOwnQueue',
      },
      {
        Action: ['sqs:SetQueueAttributes', 'sqs:GetQueueAttributes', 'sqs:ListQueues', 'sqs:GetQueueUrl'],
        Resource: '*',
        Effect: 'Deny',
        Condition: {
          StringNotLike: {
            'aws:PrincipalArn': 'arn:aws:iam::*:root',
          },
        },
        Sid: 'DenyActionsForNonRootUser',
      },
    ],
  },
};

/** Which of the two features AssumeRoot needs for a task (IAM User Guide, "Centrally manage root access for member accounts"). */
export interface TaskPolicy {
  readonly name: string;
  readonly feature: 'rootCredentialsManagement' | 'rootSessions';
  readonly document: PolicyDocument;
}

const taskPolicies: ReadonlyMap<string, TaskPolicy> = new Map(
  Object.entries(documents).map(([name, document]) => [
    name,
    {
      name,
      feature: name.startsWith('IAM') ? 'rootCredentialsManagement' : 'rootSessions',
      document: parsePolicy(document),
    },
  ]),
);

export const taskPolicyNamed = (name: string): TaskPolicy | undefined => taskPolicies.get(name);
