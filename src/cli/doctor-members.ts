import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { isDeniedInSession } from '../actions/denials.ts';
import { select } from '../actions/selecting.ts';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import type { CentralizedRootAccess, ScpEntry } from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { readRoster } from '../org/roster.ts';
import { blockerOf, createScpReader, cureOf } from '../org/scp.ts';
import { checkSelection, emptySelection } from '../org/selecting.ts';
import type { ScpVerdict } from '../policy/index.ts';
import { type Problem, problemOf } from '../problems/index.ts';
import { credentialsTask } from '../root/kinds/index.ts';
import { isWrongAccount, openRootSession } from '../root/session.ts';
import { forEachItem } from '../run/fleet.ts';
import { en } from '../words/index.ts';
import type { Context } from './context.ts';
import { type Finding, failed, failedBefore, messageOf, unknownBecause } from './doctor-checks.ts';

/** Accounts whose policies are read at once: Organizations has one small quota, and others use it too. */
const readersAtOnce = 8;

interface MemberChecks {
  readonly findings: readonly Finding[];
  readonly scp: readonly ScpEntry[];
  /** False when the accounts could not be listed to the end, or the command was stopped before all were looked at. */
  readonly isComplete: boolean;
}

/** STS's region, a root session in one member, and the service control policies of all active members. */
export async function checkMembers(
  context: Context,
  aws: Aws,
  organization: Organization,
  access: CentralizedRootAccess,
  onProgress: (text: string) => void,
): Promise<MemberChecks> {
  const { aborting, stopping } = context.stops;
  let accounts: readonly Account[];
  try {
    accounts = await activeMembers(context, aws, organization);
  } catch (error) {
    aborting.throwIfAborted();
    const entry = problemOf(error);
    const session = failed('root-session', entry, 'no member is known to try it in: ');
    const why = failedBefore('root-session');
    return {
      findings: [unknownBecause('sts-region', why), session, unknownBecause('scp', why)],
      scp: [],
      isComplete: false,
    };
  }
  const reader = createScpReader(aws, organization);
  const verdicts = new Map<string, ScpVerdict | null>();
  let refusal: Problem | null = null;
  const judge = async (account: Account): Promise<void> => {
    if (refusal !== null) return;
    verdicts.set(account.id, await reader.judge(account, [credentialsTask()], aborting));
    onProgress(`${verdicts.size} / ${accounts.length} accounts: reading service control policies`);
  };
  await forEachItem(accounts, judge, {
    concurrency: readersAtOnce,
    stopping,
    isFatal: (error) => !(error instanceof AwsError),
    onOutcome: (outcome) => {
      if (outcome.status === 'failed') refusal ??= problemOf(outcome.error);
    },
  });
  aborting.throwIfAborted();
  // A refusal is an answer about the policies of all of them; an account without either was never looked at.
  const isUntried = ({ id }: Account): boolean => refusal === null && !verdicts.has(id);
  const scp = accounts.map((account) =>
    scpEntryOf(
      account,
      verdicts.get(account.id) ?? null,
      isUntried(account) ? notTried : refusal === null ? noPlace : messageOf(refusal),
    ),
  );
  const session = await checkRootSession(context, aws, organization, access, accounts, verdicts);
  const findings = [...session, checkScps(accounts, verdicts, refusal)];
  return { findings, scp, isComplete: !accounts.some(isUntried) };
}

async function activeMembers(context: Context, aws: Aws, organization: Organization): Promise<readonly Account[]> {
  const checked = checkSelection({ ...emptySelection, all: true }, context.config.protect ?? []);
  const { selection, purpose } = await select(context.environment(aws), checked, 'reading');
  const accounts: Account[] = [];
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, context.stops.aborting)) {
    if (skip === null) accounts.push(account);
  }
  return accounts.sort((left, right) => (left.id < right.id ? -1 : 1));
}

const noPlace = 'AWS does not tell where the account is in the organization';
const notTried = 'not looked at: the command was stopped before';

/** @param detail why there is no verdict, where there is none. */
function scpEntryOf(account: Account, verdict: ScpVerdict | null, detail: string): ScpEntry {
  if (verdict === null) {
    return {
      account: account.id,
      verdict: 'cannot-tell',
      policyId: null,
      policyName: null,
      sid: null,
      targetId: null,
      targetPath: null,
      detail,
    };
  }
  const { policy, sid, target } = verdict;
  return {
    account: account.id,
    verdict: verdict.verdict,
    policyId: policy?.id ?? null,
    policyName: policy?.name ?? null,
    sid,
    targetId: target?.id ?? null,
    targetPath: target?.name ?? null,
    ...(verdict.verdict === 'cannot-tell' ? { detail: en.policy.scp(verdict) } : {}),
  };
}

function checkScps(
  accounts: readonly Account[],
  verdicts: ReadonlyMap<string, ScpVerdict | null>,
  refusal: Problem | null,
): Finding {
  const id = 'scp';
  const known = accounts.map((account) => verdicts.get(account.id) ?? null).filter((verdict) => verdict !== null);
  const blocked = known.filter(({ verdict }) => verdict === 'blocked');
  const doubtful = accounts.length - known.filter(({ verdict }) => verdict !== 'cannot-tell').length;
  const [first] = blocked;
  if (first !== undefined) {
    const count = blocked.filter((one) => blockerOf(one) === blockerOf(first) && one.sid === first.sid).length;
    const others = blocked.length - count;
    const more = others === 0 ? '' : `, other policies ${plural(others)}; all are listed below`;
    const message = `${blockerOf(first)} blocks ${plural(count)}${more}: ${cureOf(first)}`;
    return { id, result: 'warn', message, cure: { rootctl: 'policy scp' } };
  }
  if (refusal !== null) {
    return { ...failed(id, refusal, 'could not be read: '), result: 'unknown' };
  }
  if (doubtful > 0) return { id, result: 'unknown', message: `cannot tell for ${plural(doubtful)}`, cure: null };
  const message = `none blocks root sessions in ${plural(accounts.length)}`;
  return { id, result: 'ok', message, cure: null };
}

const plural = (count: number): string => `${count} account${count === 1 ? '' : 's'}`;

/** Opens one session and asks one question in it, in a member that no policy blocks if there is one. */
async function checkRootSession(
  context: Context,
  aws: Aws,
  organization: Organization,
  access: CentralizedRootAccess,
  accounts: readonly Account[],
  verdicts: ReadonlyMap<string, ScpVerdict | null>,
): Promise<readonly Finding[]> {
  const region = (message: string, result: Finding['result'] = 'ok', cure: Finding['cure'] = null): Finding => ({
    id: 'sts-region',
    result,
    message: `${aws.region}: ${message}`,
    cure,
  });
  const untried = (why: string): readonly Finding[] => [
    region(`answers; whether it opens root sessions was not tried: ${why}`, 'unknown'),
    unknownBecause('root-session', why),
  ];
  if (access.trustedAccess === false) return untried('trusted access is off');
  if (access.rootCredentialsManagement === false) return untried('root credentials management is off');
  const rank = (account: Account): number =>
    ['clear', 'cannot-tell', 'blocked'].indexOf(verdicts.get(account.id)?.verdict ?? 'cannot-tell');
  const [account] = [...accounts].sort((left, right) => rank(left) - rank(right));
  if (account === undefined) return untried('there is no active member account that may be touched');
  const { clock } = context;
  const beganMs = clock.monotonicMs();
  try {
    const session = await openRootSession(
      {
        accountId: account.id,
        partition: organization.caller.partition,
        taskPolicy: 'IAMAuditRootUserCredentials',
        isProven: false,
      },
      { aws, clock, settling: context.settling, signal: context.stops.aborting },
    );
    await session.ask(new GetAccountSummaryCommand({}));
    const seconds = ((clock.monotonicMs() - beganMs) / 1_000).toFixed(1);
    const message = `opened in ${account.name} (${account.id}) in ${seconds} s`;
    return [region('opens root sessions'), { id: 'root-session', result: 'ok', message, cure: null }];
  } catch (error) {
    context.stops.aborting.throwIfAborted();
    if (isWrongAccount(error)) throw error;
    const entry = problemOf(error);
    const where = `in ${account.name} (${account.id}): `;
    if (error instanceof AwsError && error.operation === 'AssumeRoot' && regionCodes.has(entry.code)) {
      const region = { ...failed('sts-region', entry), cure: { rootctl: 'doctor --region us-east-1' } };
      return [region, unknownBecause('root-session', failedBefore(region.id))];
    }
    if (error instanceof AwsError && error.failure.statusCode === null) {
      return [region('did not answer', 'unknown'), failed('root-session', entry, where)];
    }
    const isBlocked = isDeniedInSession(entry);
    const finding = failed('root-session', entry, where);
    return [region('answers AssumeRoot'), isBlocked ? { ...finding, cure: { rootctl: 'policy scp' } } : finding];
  }
}

const regionCodes: ReadonlySet<string> = new Set(['RegionDisabledException', 'InvalidAction']);
