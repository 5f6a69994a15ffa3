import { AwsError } from '../../aws/failure.ts';
import type { CentralizedRootAccess, DoctorCheck, ScpDetail, ScpEntry } from '../../documents/index.ts';
import type { Account } from '../../org/account.ts';
import type { Organization } from '../../org/organization.ts';
import { readRoster } from '../../org/roster.ts';
import { blockerOf, createScpReader, isSameBlocker } from '../../org/scp.ts';
import { checkSelection, emptySelection } from '../../org/selecting.ts';
import type { ScpVerdict } from '../../policy/index.ts';
import { type Problem, ProblemError, rootctl } from '../../problems/index.ts';
import { credentialsTask } from '../../root/kinds/index.ts';
import { forEachItem } from '../../run/fleet.ts';
import type { Environment } from '../environment.ts';
import { select } from '../selecting.ts';
import { failed, failedBefore, notLookedAt, ok } from './findings.ts';
import { checkRootSession } from './root-session.ts';

/** Accounts whose policies are read at once: Organizations has one small quota, and others use it too. */
const readersAtOnce = 8;

interface MemberChecks {
  readonly checks: readonly DoctorCheck[];
  readonly scp: readonly ScpEntry[];
  /** False when the accounts could not be listed to the end, or the command was stopped before all were looked at. */
  readonly isComplete: boolean;
}

export type MembersEnvironment = Pick<
  Environment,
  'aws' | 'clock' | 'isTimeKnown' | 'protections' | 'report' | 'settling' | 'stops'
>;

/** STS's region, a root session in one member, and the service control policies of all active members. */
export async function checkMembers(
  organization: Organization,
  access: CentralizedRootAccess,
  environment: MembersEnvironment,
): Promise<MemberChecks> {
  let accounts: readonly Account[];
  try {
    accounts = await activeMembers(organization, environment);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const session = failed('root-session', error.problem, { at: 'listing' });
    const why = failedBefore(session.id);
    return {
      checks: [notLookedAt('sts-region', why), session, notLookedAt('scp', why)],
      scp: [],
      isComplete: false,
    };
  }
  const { verdicts, refusal } = await judgeAll(accounts, organization, environment);
  // A refusal is an answer about the policies of all of them; an account without either was never looked at.
  const isUntried = ({ id }: Account): boolean => refusal === null && !verdicts.has(id);
  const detailOf = (account: Account): ScpDetail => {
    if (isUntried(account)) return { detail: 'not-tried' };
    return refusal === null ? { detail: 'no-place' } : { detail: 'refused', problem: refusal };
  };
  const session = await checkRootSession({ organization, access, accounts, verdicts }, environment);
  return {
    checks: [...session, checkScps(accounts, verdicts, refusal)],
    scp: accounts.map((account) => scpEntryOf(account, verdicts.get(account.id) ?? null, detailOf(account))),
    isComplete: !accounts.some(isUntried),
  };
}

async function activeMembers(organization: Organization, environment: MembersEnvironment): Promise<readonly Account[]> {
  const { aws, protections, stops } = environment;
  const checked = checkSelection({ ...emptySelection, all: true }, protections);
  const { selection, purpose } = await select(environment, checked, 'reading');
  const accounts: Account[] = [];
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, stops.aborting)) {
    if (skip === null) accounts.push(account);
  }
  return accounts.sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** By account id; null where AWS does not tell where the account is. */
export type Verdicts = ReadonlyMap<string, ScpVerdict | null>;

async function judgeAll(
  accounts: readonly Account[],
  organization: Organization,
  { aws, report, stops }: MembersEnvironment,
): Promise<{ readonly verdicts: Verdicts; readonly refusal: Problem | null }> {
  const { aborting, stopping } = stops;
  const reader = createScpReader(aws, organization);
  const verdicts = new Map<string, ScpVerdict | null>();
  let refusal: Problem | null = null;
  const judge = async (account: Account): Promise<void> => {
    if (refusal !== null) return;
    verdicts.set(account.id, await reader.judge(account, [credentialsTask()], aborting));
    report({ event: 'accounts', what: 'judged', listed: accounts.length, finished: verdicts.size });
  };
  await forEachItem(accounts, judge, {
    concurrency: readersAtOnce,
    stopping,
    isFatal: (error) => !(error instanceof AwsError),
    onOutcome: (outcome) => {
      if (outcome.status === 'failed' && outcome.error instanceof AwsError) refusal ??= outcome.error.problem;
    },
  });
  return { verdicts, refusal };
}

/** @param untold why there is no verdict, where there is none. */
function scpEntryOf(account: Account, verdict: ScpVerdict | null, untold: ScpDetail): ScpEntry {
  const { policy, sid, target } = verdict ?? { policy: null, sid: null, target: null };
  const entry = {
    account: account.id,
    verdict: verdict?.verdict ?? 'cannot-tell',
    policyId: policy?.id ?? null,
    policyName: policy?.name ?? null,
    sid,
    targetId: target?.id ?? null,
    targetPath: target?.name ?? null,
  } as const;
  if (verdict === null) return { ...entry, detail: untold };
  return entry.verdict === 'cannot-tell' ? { ...entry, detail: { detail: 'policy', verdict } } : entry;
}

function checkScps(accounts: readonly Account[], verdicts: Verdicts, refusal: Problem | null): DoctorCheck {
  const id = 'scp';
  const known = accounts.map((account) => verdicts.get(account.id) ?? null).filter((verdict) => verdict !== null);
  const blockers = known.filter(({ verdict }) => verdict === 'blocked').map(blockerOf);
  const [by] = blockers;
  if (by !== undefined) {
    const count = blockers.filter((one) => isSameBlocker(one, by)).length;
    const finding = { finding: 'blocked', by, accounts: count, others: blockers.length - count } as const;
    return { id, result: 'warn', finding, cure: rootctl('policy', 'scp') };
  }
  if (refusal !== null) return { ...failed(id, refusal, { at: 'policies' }), result: 'unknown' };
  const doubtful = accounts.length - known.filter(({ verdict }) => verdict !== 'cannot-tell').length;
  if (doubtful > 0)
    return { id, result: 'unknown', finding: { finding: 'cannot-tell', accounts: doubtful }, cure: null };
  return ok(id, { finding: 'not-blocked', accounts: accounts.length });
}
