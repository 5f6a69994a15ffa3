import { describe, expect, test } from 'vitest';
import { type PolicyRequest, policy } from '../../src/actions/policy.ts';

const [partition, accountId] = ['aws', '999999999999'];
const requests: readonly [PolicyRequest, unknown][] = [
  [
    { policy: 'iam', commands: ['status'], partition },
    { Effect: 'Allow', Action: 'sts:AssumeRoot' },
  ],
  [
    { policy: 'github-trust', partition, accountId, repo: 'acme/cloud', branch: 'main' },
    { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity' },
  ],
  [{ policy: 'scp', partition }, { Effect: 'Deny' }],
];

describe('a policy that is written without AWS', () => {
  test.each(requests)('is the one that was asked for: %o', (request, statement) => {
    expect(policy(request).document.Statement).toContainEqual(expect.objectContaining(statement));
  });
});
