import { problemError } from '../problems/index.ts';
import type { GeneratedPolicy } from './generated.ts';

export interface GithubTrustOptions {
  /** Of the account that has the role and the OIDC provider. */
  readonly accountId: string;
  readonly partition: string;
  /**
   * `owner/name`, or `owner@123/name@456` for a repository with immutable subject claims (created, renamed or moved since
   * summer 2026): `gh api repos/owner/name/actions/oidc/customization/sub` shows which. The two never match each other.
   */
  readonly repo: string;
  /** A job in an environment carries the environment instead of its branch: give one or the other, or neither for any job. */
  readonly branch?: string | undefined;
  readonly environment?: string | undefined;
}

const issuer = 'token.actions.githubusercontent.com';

/**
 * The trust policy of a role for GitHub Actions: tokens of GitHub's OIDC provider, made for STS, for this repository alone.
 * @throws ProblemError `InvalidTrust` when `repo` is no repository, or when branch and environment are both given or no names.
 */
export function githubOidcTrustPolicy({
  accountId,
  partition,
  repo,
  branch,
  environment,
}: GithubTrustOptions): GeneratedPolicy {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(?:@\d+)?\/[A-Za-z0-9._-]+(?:@\d+)?$/u.test(repo)) {
    throw problemError('InvalidTrust', { fault: 'no-repository', word: repo });
  }
  if (branch !== undefined && environment !== undefined) {
    throw problemError('InvalidTrust', { fault: 'branch-and-environment', word: '' });
  }
  const sid = 'TrustGithubActions';
  const subject = subjectOf(repo, branch, environment);
  const exact = { [`${issuer}:aud`]: 'sts.amazonaws.com' };
  return {
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: sid,
          Effect: 'Allow',
          Principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition:
            subject === null
              ? { StringEquals: exact, StringLike: { [`${issuer}:sub`]: `repo:${repo}:*` } }
              : { StringEquals: { ...exact, [`${issuer}:sub`]: subject } },
        },
      ],
    },
    notes: [
      {
        sid,
        note: 'github',
        repo,
        subject,
        issuer,
        source: 'https://docs.github.com/en/actions/reference/security/oidc',
      },
    ],
  };
}

/** Null: any job of the repository. */
function subjectOf(repo: string, branch: string | undefined, environment: string | undefined): string | null {
  if (environment !== undefined) return `repo:${repo}:environment:${nameOf(environment).replaceAll(':', '%3A')}`;
  if (branch !== undefined) return `repo:${repo}:ref:refs/heads/${nameOf(branch)}`;
  return null;
}

/** Names are compared exactly, so only IAM's variables, which begin with a dollar sign, could change their meaning. */
function nameOf(text: string): string {
  if (text === '' || text.includes('$')) throw problemError('InvalidTrust', { fault: 'no-name', word: text });
  return text;
}
