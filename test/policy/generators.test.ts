import { describe, expect, it } from 'vitest';
import {
  type AccessRequest,
  type CallerCommand,
  callerCommands,
  callerPolicy,
  commandActions,
  evaluatePolicy,
  evaluateScps,
  githubOidcTrustPolicy,
  guardrailScp,
  parsePolicy,
  rootSessionRequests,
  taskPolicyArn,
} from '../../src/policy/index.ts';
import { credentialsTask } from '../../src/root/kinds/index.ts';
import { accountId, fullAccess, levels, organizationId, path, request, rootArn } from './fixtures.ts';

/** The calls of a command as AWS would see them, walked off the table. */
function callsOf(command: CallerCommand): readonly AccessRequest[] {
  const { reads, forIamOnly, tasks } = commandActions[command];
  return [
    ...reads.map(({ action }) => request(action, '*')),
    ...forIamOnly.map(({ action }) => request(action, '*', { 'organizations:ServicePrincipal': 'iam.amazonaws.com' })),
    ...tasks.map(({ task }) => assumeRoot(task)),
  ];
}

function assumeRoot(task: Parameters<typeof taskPolicyArn>[1], target = rootArn, org = organizationId): AccessRequest {
  return request('sts:AssumeRoot', target, {
    'sts:TaskPolicyArn': taskPolicyArn('aws', task),
    'aws:ResourceOrgID': org,
  });
}

const allows = (commands: readonly CallerCommand[], call: AccessRequest, rest = {}) =>
  evaluatePolicy(parsePolicy(callerPolicy({ commands, partition: 'aws', ...rest }).document), call).effect === 'allow';

describe.each(callerCommands)("the caller's policy for %s", (command) => {
  it('allows every call of the command', () => {
    for (const call of callsOf(command)) expect([call.action, allows([command], call)]).toEqual([call.action, true]);
  });

  it('allows nothing that another command alone needs', () => {
    const own = new Set(callsOf(command).map((call) => JSON.stringify(call)));
    const others = callerCommands.flatMap(callsOf).filter((call) => !own.has(JSON.stringify(call)));
    for (const call of others) expect([call, allows([command], call)]).toEqual([call, false]);
  });

  it('has no action to spare: with one taken out, a call is refused', () => {
    const { document } = callerPolicy({ commands: [command], partition: 'aws' });
    document.Statement.forEach((statement, index) => {
      for (const action of [statement.Action].flat()) {
        const left = [statement.Action].flat().filter((other) => other !== action);
        const Statement = document.Statement.flatMap((other, at) =>
          at !== index ? [other] : left.length === 0 ? [] : [{ ...statement, Action: left }],
        );
        const without = parsePolicy({ ...document, Statement });
        const refused = callsOf(command).filter((call) => evaluatePolicy(without, call).effect !== 'allow');
        expect([action, refused.length]).toEqual([action, 1]);
      }
    });
  });

  it('explains each statement and says where its facts come from', () => {
    const { document, notes } = callerPolicy({ commands: [command], partition: 'aws' });
    expect(notes.map(({ sid }) => sid)).toEqual(document.Statement.map(({ Sid }) => Sid));
    for (const note of notes) expect(note.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});

describe("the caller's policy", () => {
  it('for status alone cannot delete', () => {
    expect(allows(['status'], assumeRoot('IAMDeleteRootUserCredentials'))).toBe(false);
    expect(allows(['status'], request('sts:AssumeRoot', rootArn))).toBe(false);
  });

  it('restricted to accounts reaches these and no others', () => {
    const accounts = [accountId];
    expect(allows(['status'], assumeRoot('IAMAuditRootUserCredentials'), { accounts })).toBe(true);
    const other = assumeRoot('IAMAuditRootUserCredentials', 'arn:aws:iam::444455556666:root');
    expect(allows(['status'], other, { accounts })).toBe(false);
    expect(allows(['status'], other)).toBe(true);
    expect(allows(['status'], assumeRoot('IAMAuditRootUserCredentials'), { accounts: [] })).toBe(false);
  });

  it('restricted to an organization does not reach out of it', () => {
    const call = (org: string) => assumeRoot('IAMAuditRootUserCredentials', rootArn, org);
    expect(allows(['status'], call(organizationId), { organizationId })).toBe(true);
    expect(allows(['status'], call('o-otherorg123'), { organizationId })).toBe(false);
  });

  it('never opens trusted access for another service', () => {
    const other = request('organizations:EnableAWSServiceAccess', '*', {
      'organizations:ServicePrincipal': 'sso.amazonaws.com',
    });
    expect(allows(['enable'], other)).toBe(false);
  });

  it('of several commands is the union, each statement once', () => {
    const { document } = callerPolicy({ commands: ['doctor', 'delete', 'status'], partition: 'aws' });
    expect(document.Statement.map(({ Sid }) => Sid)).toEqual([
      'ReadOrganization',
      'AssumeRootIAMAuditRootUserCredentials',
      'AssumeRootIAMDeleteRootUserCredentials',
    ]);
  });

  it('carries the partition in every ARN', () => {
    const text = JSON.stringify(callerPolicy({ commands: [...callerCommands], partition: 'aws-us-gov' }).document);
    expect(text).toContain('arn:aws-us-gov:iam::aws:policy/root-task/IAMAuditRootUserCredentials');
    expect(text).not.toContain('arn:aws:');
  });

  it('fits into a managed policy (6,144 characters without white space), all commands together', () => {
    const { document } = callerPolicy({ commands: [...callerCommands], partition: 'aws', organizationId });
    expect(JSON.stringify(document).length).toBeLessThan(6144);
  });
});

describe('the trust policy for GitHub Actions', () => {
  const issuer = 'token.actions.githubusercontent.com';
  const provider = `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;
  const token = (sub: string, aud = 'sts.amazonaws.com', federated = provider) =>
    request('sts:AssumeRoleWithWebIdentity', `arn:aws:iam::${accountId}:role/rootctl`, {
      'aws:FederatedProvider': federated,
      [`${issuer}:sub`]: sub,
      [`${issuer}:aud`]: aud,
    });
  const trusts = (call: AccessRequest, options: { repo?: string; branch?: string; environment?: string } = {}) => {
    const { document } = githubOidcTrustPolicy({ accountId, partition: 'aws', repo: 'acme/cloud', ...options });
    return evaluatePolicy(parsePolicy(document), call).effect === 'allow';
  };

  it.each<[string, AccessRequest, object, boolean]>([
    ['any job of the repository', token('repo:acme/cloud:pull_request'), {}, true],
    ['another repository', token('repo:acme/other:ref:refs/heads/main'), {}, false],
    ['a repository whose name begins alike', token('repo:acme/cloud-x:ref:refs/heads/main'), {}, false],
    ['the branch', token('repo:acme/cloud:ref:refs/heads/main'), { branch: 'main' }, true],
    ['another branch', token('repo:acme/cloud:ref:refs/heads/dev'), { branch: 'main' }, false],
    ['a branch with a star is no pattern', token('repo:acme/cloud:ref:refs/heads/main'), { branch: 'm*' }, false],
    ['the environment', token('repo:acme/cloud:environment:production'), { environment: 'production' }, true],
    ['an environment with a colon', token('repo:acme/cloud:environment:a%3Ab'), { environment: 'a:b' }, true],
    [
      'the branch where an environment is asked for',
      token('repo:acme/cloud:ref:refs/heads/main'),
      { environment: 'x' },
      false,
    ],
    [
      'an immutable subject',
      token('repo:acme@1/cloud@2:ref:refs/heads/main'),
      { repo: 'acme@1/cloud@2', branch: 'main' },
      true,
    ],
    [
      'an immutable subject, asked for by name',
      token('repo:acme@1/cloud@2:ref:refs/heads/main'),
      { branch: 'main' },
      false,
    ],
    ['a token for somebody else', token('repo:acme/cloud:pull_request', 'https://github.com/acme'), {}, false],
    [
      'another provider',
      token('repo:acme/cloud:pull_request', 'sts.amazonaws.com', 'arn:aws:iam::1:oidc-provider/x'),
      {},
      false,
    ],
  ])('%s: %#', (_name, call, options, expected) => {
    expect(trusts(call, options)).toBe(expected);
  });

  it.each<[object]>([
    [{ repo: 'acme' }],
    [{ repo: 'acme/*' }],
    [{ repo: 'acme/cloud:ref' }],
    [{ repo: 'a/b/c' }],
    [{ branch: '' }],
    [{ branch: '$x' }],
    [{ branch: 'main', environment: 'production' }],
  ])('refuses %j', (options) => {
    expect(() => githubOidcTrustPolicy({ accountId, partition: 'aws', repo: 'acme/cloud', ...options })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'InvalidTrust' }) }),
    );
  });
});

describe('the guardrail', () => {
  const under = levels({
    root: { FullAWSAccess: fullAccess, Guard: parsePolicy(guardrailScp({ partition: 'aws' }).document) },
  });
  const account = { accountId, partition: 'aws', organizationId, path, levels: under };
  const calls = [credentialsTask(), { task: 'recovery' } as const];

  it('lets every call of a root session through', () => {
    for (const call of calls.flatMap((task) => rootSessionRequests(account, task))) {
      expect([call.action, evaluateScps(under, call).verdict]).toEqual([call.action, 'clear']);
    }
  });

  it('denies the root user itself everything', () => {
    const inPerson = { 'aws:PrincipalArn': rootArn, 'aws:PrincipalAccount': accountId };
    for (const action of ['iam:CreateAccessKey', 's3:GetObject', 'account:CloseAccount', 'iam:GetAccountSummary']) {
      expect(evaluateScps(under, request(action, '*', inPerson))).toMatchObject({
        verdict: 'blocked',
        sid: 'DenyRootUserExceptRootSessions',
      });
    }
  });

  it('leaves users and roles alone, even one named root', () => {
    for (const name of ['role/admin', 'user/root', 'role/root']) {
      const keys = { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:${name}`, 'aws:PrincipalAccount': accountId };
      expect(evaluateScps(under, request('s3:GetObject', '*', keys)).verdict).toBe('clear');
    }
  });

  it('carries the partition', () => {
    expect(JSON.stringify(guardrailScp({ partition: 'aws-us-gov' }).document)).toContain('arn:aws-us-gov:iam::*:root');
  });
});
