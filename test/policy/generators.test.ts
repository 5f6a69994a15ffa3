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
    for (const note of notes) expect(note.sid).toMatch(/^[A-Za-z0-9]+$/u); // all that IAM takes in a Sid
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
  const underGuard = () =>
    levels({ root: { FullAWSAccess: fullAccess, Guard: parsePolicy(guardrailScp({ partition: 'aws' }).document) } });
  const calls = [credentialsTask(), { task: 'recovery' } as const];

  it('lets every call of a root session through', () => {
    const under = underGuard();
    const account = { accountId, partition: 'aws', organizationId, path, levels: under };
    for (const call of calls.flatMap((task) => rootSessionRequests(account, task))) {
      expect([call.action, evaluateScps(under, call).verdict]).toEqual([call.action, 'clear']);
    }
  });

  it('denies the root user itself everything', () => {
    const inPerson = { 'aws:PrincipalArn': rootArn, 'aws:PrincipalAccount': accountId };
    for (const action of ['iam:CreateAccessKey', 's3:GetObject', 'account:CloseAccount', 'iam:GetAccountSummary']) {
      expect(evaluateScps(underGuard(), request(action, '*', inPerson))).toMatchObject({
        verdict: 'blocked',
        sid: 'DenyRootUserExceptRootSessions',
      });
    }
  });

  it('leaves users and roles alone, even one named root', () => {
    for (const name of ['role/admin', 'user/root', 'role/root']) {
      const keys = { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:${name}`, 'aws:PrincipalAccount': accountId };
      expect(evaluateScps(underGuard(), request('s3:GetObject', '*', keys)).verdict).toBe('clear');
    }
  });

  it('carries the partition', () => {
    expect(JSON.stringify(guardrailScp({ partition: 'aws-us-gov' }).document)).toContain('arn:aws-us-gov:iam::*:root');
  });
});

describe("the notes of a caller's policy", () => {
  const policyFor = (commands: readonly CallerCommand[], more = {}) =>
    callerPolicy({ commands, partition: 'aws', ...more });
  const bySid = (commands: readonly CallerCommand[], more = {}) =>
    new Map(policyFor(commands, more).notes.map((note) => [note.sid, note]));

  it('say what each statement is for', () => {
    expect(bySid(['status']).get('ReadOrganization')).toMatchObject({ note: 'reads' });
    expect(bySid(['enable']).get('ReadOrganization')).toMatchObject({ note: 'reads-and-switches' });
    expect(bySid(['enable']).get('ManageTrustedAccessForIam')).toMatchObject({ note: 'for-iam-only' });
    expect(bySid(['recover']).get('AssumeRootIAMCreateRootUserPassword')).toMatchObject({
      note: 'root-session',
      task: 'IAMCreateRootUserPassword',
    });
  });

  it('lead to the page of what they are about', () => {
    const assume = 'AssumeRootIAMAuditRootUserCredentials';
    expect(bySid(['status']).get('ReadOrganization')?.source).toContain('id_root-enable-root-access');
    expect(bySid(['status']).get(assume)?.source).toContain('list_awssecuritytokenservice');
    expect(bySid(['status'], { organizationId }).get(assume)?.source).toContain('condition-keys-resourceorgid');
    expect(bySid(['enable']).get('ManageTrustedAccessForIam')?.source).toContain('orgs_permissions_iam-policies');
  });

  it('a policy for nothing says nothing', () => {
    expect(policyFor([])).toEqual({ document: { Version: '2012-10-17', Statement: [] }, notes: [] });
  });

  it('is written so that two of the same are the same text: in order, each thing once', () => {
    const [one, other] = [
      policyFor(['delete', 'status'], { accounts: ['444455556666', accountId, accountId] }),
      policyFor(['status', 'delete'], { accounts: [accountId, '444455556666'] }),
    ];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    const [reads, audit] = one.document.Statement;
    expect(reads?.Action).toEqual([...new Set(reads?.Action)].sort());
    expect(audit).toEqual({
      Sid: 'AssumeRootIAMAuditRootUserCredentials',
      Effect: 'Allow',
      Action: 'sts:AssumeRoot',
      Resource: [`arn:aws:iam::${accountId}:root`, 'arn:aws:iam::444455556666:root'],
      Condition: { StringEquals: { 'sts:TaskPolicyArn': taskPolicyArn('aws', 'IAMAuditRootUserCredentials') } },
    });
  });
});

describe('what the trust policy says', () => {
  const trust = (more: object = {}) =>
    githubOidcTrustPolicy({ accountId, partition: 'aws', repo: 'acme/cloud', ...more });
  const issuer = 'token.actions.githubusercontent.com';

  it('is one statement, for one provider, one action and one audience', () => {
    expect(trust().document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TrustGithubActions',
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${issuer}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
            StringLike: { [`${issuer}:sub`]: 'repo:acme/cloud:*' },
          },
        },
      ],
    });
    expect(trust({ branch: 'main' }).document.Statement[0]?.Condition).toEqual({
      StringEquals: {
        [`${issuer}:aud`]: 'sts.amazonaws.com',
        [`${issuer}:sub`]: 'repo:acme/cloud:ref:refs/heads/main',
      },
    });
  });

  it('is explained', () => {
    const source = expect.stringMatching(/^https:\/\/docs\.github\.com\/.*oidc$/u);
    const note = { sid: 'TrustGithubActions', note: 'github', repo: 'acme/cloud', issuer, source };
    expect(trust().notes).toEqual([{ ...note, subject: null }]);
    expect(trust({ environment: 'a:b:c' }).notes).toEqual([
      { ...note, subject: 'repo:acme/cloud:environment:a%3Ab%3Ac' },
    ]);
  });

  it.each([
    [{ repo: 'acme' }, 'no-repository', 'acme'],
    [{ repo: '-acme/cloud' }, 'no-repository', '-acme/cloud'],
    [{ repo: 'x acme/cloud' }, 'no-repository', 'x acme/cloud'],
    [{ repo: 'acme/cloud x' }, 'no-repository', 'acme/cloud x'],
    [{ repo: 'acme@/cloud' }, 'no-repository', 'acme@/cloud'],
    [{ repo: 'acme/cloud@' }, 'no-repository', 'acme/cloud@'],
    [{ repo: 'acme@x/cloud' }, 'no-repository', 'acme@x/cloud'],
    [{ repo: 'acme/cloud@x' }, 'no-repository', 'acme/cloud@x'],
    [{ branch: '' }, 'no-name', ''],
    [{ branch: 'a$b' }, 'no-name', 'a$b'],
    [{ environment: '' }, 'no-name', ''],
    [{ environment: 'a$b' }, 'no-name', 'a$b'],
    [{ branch: 'main', environment: 'x' }, 'branch-and-environment', ''],
  ])('refuses %j and says why', (more, fault, word) => {
    expect(() => trust(more)).toThrow(
      expect.objectContaining({ problem: { from: 'rootctl', code: 'InvalidTrust', data: { fault, word } } }),
    );
  });

  it.each(['a/b', 'Acme-1/x.y_z', 'acme@12/cloud@34', 'acme@12/cloud', '9lives/-x'])(
    'takes %s for a repository',
    (repo) => {
      expect(trust({ repo }).notes[0]).toMatchObject({ repo });
    },
  );
});

it('the guardrail is the example that AWS gives for the key', () => {
  expect(guardrailScp({ partition: 'aws' })).toEqual({
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DenyRootUserExceptRootSessions',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: {
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' },
            Null: { 'aws:AssumedRoot': 'true' },
          },
        },
      ],
    },
    notes: [
      {
        sid: 'DenyRootUserExceptRootSessions',
        note: 'guardrail',
        source: expect.stringContaining('condition-keys-assumedroot'),
      },
    ],
  });
});
