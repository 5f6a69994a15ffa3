import { AwsError } from '../aws/failure.ts';
import { type RecoverAccount, type RecoverDocument, wasCutShort } from '../documents/index.ts';
import type { Account, AccountId } from '../org/account.ts';
import { type Organization, readOrganization, requireFeature } from '../org/organization.ts';
import { carries, type Problem, problem, problemOf } from '../problems/index.ts';
import { allowRecovery, hasLoginProfile } from '../root/recovery.ts';
import { openRootSession, type SessionRequest } from '../root/session.ts';
import type { Journal } from '../run/journal.ts';
import { journalled } from '../run/journalled.ts';
import { newRunId } from '../run/runs.ts';
import { consent } from './consent.ts';
import { explainDenials } from './denials.ts';
import type { Environment } from './environment.ts';
import { sessionOf } from './fleet.ts';
import { headingOf, organizationEntryOf } from './heading.ts';
import { journalOf, runHeader } from './journalling.ts';
import { requireTargets } from './targets.ts';

export interface RecoverRequest {
  /** Member accounts, in the order in which they are asked about. */
  readonly accounts: readonly AccountId[];
  /** Kept in the journal: a ticket, a name. */
  readonly reason?: string | undefined;
  /** Looks, and allows nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Whoever calls has agreed. Default: the id of each account must be given. */
  readonly isConfirmed?: boolean | undefined;
}

type RecoverEnvironment = Pick<
  Environment,
  | 'aws'
  | 'ask'
  | 'clock'
  | 'isTimeKnown'
  | 'entryOf'
  | 'processes'
  | 'product'
  | 'protections'
  | 'random'
  | 'report'
  | 'settling'
  | 'state'
  | 'stops'
>;

/**
 * Lets the owners of the accounts' root e-mail addresses set a password again. Deletes nothing; each is on record before AWS
 * is asked. Told beside the document: why its record could not be finished.
 * @throws ProblemError before anything was allowed.
 */
export async function recover(request: RecoverRequest, environment: RecoverEnvironment): Promise<RecoverDocument> {
  const { aws, report, stops } = environment;
  const { reason = null, dryRun = false, isConfirmed = false } = request;
  report({ event: 'working', on: 'organization' });
  const { organization, access } = await readOrganization(aws, stops.aborting);
  requireFeature('root-credentials-management', organization, access);
  const targets = await requireTargets(environment, organization, request.accounts);
  const looked = new Map<string, RecoverAccount>();
  for (const account of targets)
    looked.set(account.id, stops.stopping.aborted ? notTried(account) : await look(environment, organization, account));
  const wanted = targets.filter(({ id }) => looked.get(id)?.outcome === 'planned');
  const conclude = (runId: string | null) => documentOf(environment, organization, { runId, dryRun }, targets, looked);
  if (dryRun || wanted.length === 0) return conclude(null);
  for (const { id, name, email } of wanted) {
    await consent(environment, isConfirmed, {
      what: 'account',
      expected: id,
      consequence: { will: 'allow-recovery', account: { id, name, email } },
    });
  }
  const runId = newRunId(environment);
  const options = { reason, isConfirmedByFlag: isConfirmed };
  const header = runHeader(environment, organization, { runId, command: 'recover', options });
  const { result: stop, unwritten } = await journalled(journalOf(environment), runId, [header], async (journal) => {
    let unrecorded: Problem | null = null;
    for (const account of wanted) {
      const isLeftOut = stops.stopping.aborted || unrecorded !== null;
      const opened: Opened = isLeftOut
        ? { account: notTried(account), unrecorded }
        : await open(environment, organization, account, journal, reason);
      looked.set(account.id, opened.account);
      unrecorded = opened.unrecorded;
    }
    return { summary: countOutcomes([...looked.values()]), error: unrecorded, result: unrecorded };
  });
  const unfinished = stop ?? (unwritten === null ? null : problemOf(unwritten));
  if (unfinished !== null) report({ event: 'problem', weight: 'error', problem: unfinished });
  return conclude(runId);
}

const entryOf = (
  { id, name, email }: Account,
  outcome: RecoverAccount['outcome'],
  more: Partial<Pick<RecoverAccount, 'at' | 'requestId' | 'error'>> = {},
): RecoverAccount => ({ id, name, email, outcome, at: null, requestId: null, error: null, ...more });

const notTried = (account: Account): RecoverAccount => entryOf(account, 'skipped', { error: problem('NotTried', {}) });

const wasLeftOut = (account: RecoverAccount): boolean => account.error?.code === 'NotTried' || wasCutShort(account);

/**
 * The task policy denies `GetUser`, so the session proves whose it is by STS's `GetCallerIdentity` instead: recovery
 * deletes nothing, but a door opened in the wrong account is as bad.
 */
const sessionRequest = (organization: Organization, account: Account): SessionRequest => ({
  accountId: account.id,
  partition: organization.caller.partition,
  taskPolicy: 'IAMCreateRootUserPassword',
  isProven: true,
});

/** Whether there is anything to allow, read before anybody is asked. */
async function look(
  environment: RecoverEnvironment,
  organization: Organization,
  account: Account,
): Promise<RecoverAccount> {
  try {
    const session = await openRootSession(sessionRequest(organization, account), sessionOf(environment));
    return entryOf(account, (await hasLoginProfile(session)) ? 'already-allowed' : 'planned');
  } catch (error) {
    if (!(error instanceof AwsError) || error.failure.kind === 'aborted') throw error;
    return entryOf(account, 'failed', { error: error.problem });
  }
}

interface Opened {
  readonly account: RecoverAccount;
  /** Why the record could not be gone on with: nothing more may be allowed then. */
  readonly unrecorded: Problem | null;
}

/** A session of its own: the first may have expired while somebody was asked, and this one is in the journal. */
async function open(
  environment: RecoverEnvironment,
  organization: Organization,
  account: Account,
  journal: Journal,
  reason: string | null,
): Promise<Opened> {
  const { id, name, email } = account;
  const request = sessionRequest(organization, account);
  const onOpened = (sessionAccessKeyId: string, requestId: string | null) =>
    journal.record({ event: 'session', account: id, taskPolicy: request.taskPolicy, sessionAccessKeyId, requestId });
  try {
    const session = await openRootSession({ ...request, onOpened }, sessionOf(environment));
    const intend = () =>
      journal.record({
        event: 'recovery-intent',
        account: id,
        name,
        email,
        reason,
        sessionAccessKeyId: session.accessKeyId(),
      });
    const recovery = await allowRecovery(session, intend, sessionOf(environment));
    const at = new Date(environment.clock.nowMs()).toISOString();
    const answer =
      'error' in recovery
        ? { at, requestId: recovery.error.failure.requestId, error: recovery.error.problem }
        : { at, requestId: recovery.requestId, error: null };
    const { outcome } = recovery;
    const unrecorded = await journal
      .record({ event: 'recovery-answer', account: id, outcome, ...answer })
      .then(() => null, problemOf);
    return { account: entryOf(account, outcome, answer), unrecorded };
  } catch (error) {
    if (error instanceof AwsError) {
      return { account: entryOf(account, 'failed', { error: error.problem }), unrecorded: null };
    }
    // Without a record nothing was asked for.
    if (!carries(error, 'JournalUnwritable')) throw error;
    return { account: entryOf(account, 'failed', { error: error.problem }), unrecorded: error.problem };
  }
}

function countOutcomes(accounts: readonly RecoverAccount[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { accounts: accounts.length };
  for (const { outcome } of accounts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

async function documentOf(
  environment: RecoverEnvironment,
  organization: Organization,
  run: Pick<RecoverDocument, 'runId' | 'dryRun'>,
  targets: readonly Account[],
  looked: ReadonlyMap<string, RecoverAccount>,
): Promise<RecoverDocument> {
  const { aws, stops } = environment;
  const tasks = [{ task: 'recovery' }] as const;
  const found = [...looked.values()];
  const accounts = await explainDenials(aws, organization, found, targets, stops.aborting, tasks);
  return {
    ...headingOf(environment, 'rootctl.recover', !accounts.some(wasLeftOut)),
    ...run,
    organization: organizationEntryOf(organization),
    accounts: [...accounts].sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
}
