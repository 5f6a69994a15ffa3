import type { GeneratedPolicy } from './generated.ts';

/**
 * A service control policy that denies members' root users everything except in root sessions: `aws:AssumedRoot` is in the
 * request's context only there, so a request without it is made with a root user's own credentials. It is the example that
 * AWS gives for the key. It binds members only: SCPs never reach the management account.
 */
export function guardrailScp({ partition }: { readonly partition: string }): GeneratedPolicy {
  const sid = 'DenyRootUserExceptRootSessions';
  return {
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: sid,
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: {
            ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::*:root` },
            Null: { 'aws:AssumedRoot': 'true' },
          },
        },
      ],
    },
    notes: [
      {
        sid,
        note: 'guardrail',
        source:
          'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot',
      },
    ],
  };
}
