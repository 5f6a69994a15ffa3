import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../../aws/failure.ts';
import type { CentralizedRootAccess, DoctorCheck, FindingOf, NotMade } from '../../documents/index.ts';
import type { Account } from '../../org/account.ts';
import type { Organization } from '../../org/organization.ts';
import { ProblemError, rootctl } from '../../problems/index.ts';
import { isWrongAccount, openRootSession } from '../../root/session.ts';
import { isDeniedInSession } from '../denials.ts';
import type { Environment } from '../environment.ts';
import { sessionOf } from '../fleet.ts';
import { failed, failedBefore, notLookedAt, ok } from './findings.ts';
import type { Verdicts } from './members.ts';

interface Members {
  readonly organization: Organization;
  readonly access: CentralizedRootAccess;
  readonly accounts: readonly Account[];
  readonly verdicts: Verdicts;
}

/** Opens one session and asks one question in it, in a member that no policy blocks if there is one. */
export async function checkRootSession(
  { organization, access, accounts, verdicts }: Members,
  environment: Pick<Environment, 'aws' | 'clock' | 'settling' | 'stops'>,
): Promise<readonly DoctorCheck[]> {
  const { aws, clock } = environment;
  const { region } = aws;
  const untried = (why: NotMade): readonly DoctorCheck[] => [
    { id: 'sts-region', result: 'unknown', finding: { finding: 'region-not-tried', region, why }, cure: null },
    notLookedAt('root-session', why),
  ];
  if (access.trustedAccess === false) return untried({ because: 'trusted-access-off' });
  if (access.rootCredentialsManagement === false) return untried({ because: 'root-credentials-management-off' });
  const account = mostPromising(accounts, verdicts);
  if (account === undefined) return untried({ because: 'no-member' });

  const answering = (answer: FindingOf<'region'>['answer']): DoctorCheck =>
    ok('sts-region', { finding: 'region', region, answer });
  const beganMs = clock.monotonicMs();
  try {
    const session = await openRootSession(
      {
        accountId: account.id,
        partition: organization.caller.partition,
        taskPolicy: 'IAMAuditRootUserCredentials',
        isProven: false,
      },
      sessionOf(environment),
    );
    await session.ask(new GetAccountSummaryCommand({}));
    const tookMs = clock.monotonicMs() - beganMs;
    return [
      answering('opens'),
      ok('root-session', { finding: 'session-opened', account: { id: account.id, name: account.name }, tookMs }),
    ];
  } catch (error) {
    if (isWrongAccount(error) || !(error instanceof ProblemError)) throw error;
    const { problem } = error;
    if (error instanceof AwsError && error.operation === 'AssumeRoot' && regionCodes.has(problem.code)) {
      const check = { ...failed('sts-region', problem), cure: rootctl('doctor', '--region', 'us-east-1') };
      return [check, notLookedAt('root-session', failedBefore(check.id))];
    }
    const check = failed('root-session', problem, {
      at: 'member',
      account: { id: account.id, name: account.name },
    });
    if (error instanceof AwsError && error.failure.statusCode === null)
      return [{ ...answering('silent'), result: 'unknown' }, check];
    return [answering('denies'), isDeniedInSession(problem) ? { ...check, cure: rootctl('policy', 'scp') } : check];
  }
}

const regionCodes: ReadonlySet<string> = new Set(['RegionDisabledException', 'InvalidAction']);

function mostPromising(accounts: readonly Account[], verdicts: Verdicts): Account | undefined {
  const rank = ({ id }: Account): number =>
    ['clear', 'cannot-tell', 'blocked'].indexOf(verdicts.get(id)?.verdict ?? 'cannot-tell');
  return [...accounts].sort((left, right) => rank(left) - rank(right))[0];
}
