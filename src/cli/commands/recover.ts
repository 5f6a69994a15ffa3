import { explainDenials } from '../../actions/denials.ts';
import { requireTargets } from '../../actions/targets.ts';
import type { Aws } from '../../aws/clients.ts';
import { AwsError } from '../../aws/failure.ts';
import { type RecoverAccount, type RecoverDocument, wasCutShort } from '../../documents/index.ts';
import type { Account } from '../../org/account.ts';
import { type Organization, requireFeature } from '../../org/organization.ts';
import { parseAccountList } from '../../org/selection.ts';
import { told } from '../../problems/index.ts';
import { visible } from '../../render/index.ts';
import { allowRecovery, hasLoginProfile } from '../../root/recovery.ts';
import { openRootSession, type SessionRequest } from '../../root/session.ts';
import type { Journal } from '../../run/journal.ts';
import { journalled } from '../../run/journalled.ts';
import { newRunId } from '../../run/runs.ts';
import type { CommandModule } from '../command.ts';
import { confirm } from '../confirm.ts';
import { requireConsent } from '../consent.ts';
import { type Context, organizationEntryOf } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { journalOf, runHeader } from '../journalling.ts';

interface RecoverOptions {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const recoverCommand: CommandModule<'recover'> = {
  name: 'recover',
  examples: {
    reason: 'rootctl recover 444444444444 --reason "INC-4711"',
    look: 'rootctl recover 444444444444 --dry-run',
    close: 'rootctl delete 444444444444',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.recover;
    command
      .argument('<account...>', help.accountIds)
      .option('--reason <text>', flags.reason)
      .option('--dry-run', flags['dry-run'])
      .option('--yes', help.yes)
      .action((accounts: string[], options: RecoverOptions) => run((context) => recover(context, accounts, options)));
  },
};

async function recover(context: Context, words: readonly string[], options: RecoverOptions): Promise<number> {
  const { stops, world } = context;
  context.formatFor('rootctl.recover');
  const ids = words.flatMap((word) => parseAccountList(word, null));
  const isDryRun = options.dryRun === true;
  requireConsent(world, 'recover', options);
  const aws = await context.connect();
  const { organization, access } = await context.readOrganization(aws);
  requireFeature('root-credentials-management', organization, access);
  const targets = await requireTargets(context.environment(aws), organization, ids);
  const looked = new Map<string, RecoverAccount>();
  for (const account of targets) looked.set(account.id, await look(context, aws, organization, account));
  const wanted = targets.filter(({ id }) => looked.get(id)?.outcome === 'planned');

  if (isDryRun || wanted.length === 0) return conclude(context, aws, organization, null, isDryRun, targets, looked);
  if (options.yes !== true) {
    for (const { id, name, email } of wanted) {
      context.warn(`${visible(name)} (${id}): whoever reads ${visible(email)} will be able to set a root password.`);
      await confirm(context, `Type the account id to go on (${id}):`, id);
    }
  }
  const runId = newRunId({ clock: context.clock, random: world.random });
  const about = { reason: options.reason ?? null, isConfirmedByFlag: options.yes === true };
  const header = runHeader(context, organization, { runId, command: 'recover', options: about });
  const { unwritten } = await journalled(journalOf(context), runId, [header], async (journal) => {
    for (const account of wanted) {
      const isStopped = stops.stopping.aborted;
      const done = isStopped ? notTried(account) : await open(context, aws, organization, account, journal, options);
      looked.set(account.id, done);
    }
    return { summary: countOutcomes([...looked.values()]), error: null, result: null };
  });
  if (unwritten !== null) throw unwritten;
  return conclude(context, aws, organization, runId, false, targets, looked);
}

const entryOf = (
  { id, name, email }: Account,
  outcome: RecoverAccount['outcome'],
  more: Partial<Pick<RecoverAccount, 'at' | 'requestId' | 'error'>> = {},
): RecoverAccount => ({ id, name, email, outcome, at: null, requestId: null, error: null, ...more });

const notTried = (account: Account): RecoverAccount =>
  entryOf(account, 'skipped', { error: told('NotTried', 'the run was stopped before', null) });

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
async function look(context: Context, aws: Aws, organization: Organization, account: Account): Promise<RecoverAccount> {
  const environment = { aws, clock: context.clock, settling: context.settling, signal: context.stops.aborting };
  try {
    const session = await openRootSession(sessionRequest(organization, account), environment);
    return entryOf(account, (await hasLoginProfile(session)) ? 'already-allowed' : 'planned');
  } catch (error) {
    if (!(error instanceof AwsError) || error.failure.kind === 'aborted') throw error;
    return entryOf(account, 'failed', { error: error.problem });
  }
}

/** A session of its own: the first may have expired while somebody was asked, and this one is in the journal. */
async function open(
  context: Context,
  aws: Aws,
  organization: Organization,
  account: Account,
  journal: Journal,
  { reason = null }: { readonly reason?: string | null },
): Promise<RecoverAccount> {
  const { clock } = context;
  const { id, name, email } = account;
  const request = sessionRequest(organization, account);
  const onOpened = (sessionAccessKeyId: string, requestId: string | null) =>
    journal.record({ event: 'session', account: id, taskPolicy: request.taskPolicy, sessionAccessKeyId, requestId });
  const environment = { aws, clock, settling: context.settling, signal: context.stops.aborting };
  try {
    const session = await openRootSession({ ...request, onOpened }, environment);
    const recovery = await allowRecovery(session, () =>
      journal.record({
        event: 'recovery-intent',
        account: id,
        name,
        email,
        reason,
        sessionAccessKeyId: session.accessKeyId(),
      }),
    );
    const at = new Date(clock.nowMs()).toISOString();
    const answer =
      recovery.outcome === 'failed'
        ? { outcome: recovery.outcome, at, requestId: recovery.error.failure.requestId, error: recovery.error.problem }
        : { outcome: recovery.outcome, at, requestId: recovery.requestId, error: null };
    // An intent without an answer stays an open door until it is seen closed: better one too many in the list.
    const isUnknown = recovery.outcome === 'failed' && recovery.isEffectUnknown;
    if (!isUnknown) await journal.record({ event: 'recovery-answer', account: id, ...answer });
    return entryOf(account, answer.outcome, answer);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return entryOf(account, 'failed', { error: error.problem });
  }
}

function countOutcomes(accounts: readonly RecoverAccount[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { accounts: accounts.length };
  for (const { outcome } of accounts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

async function conclude(
  context: Context,
  aws: Aws,
  organization: Organization,
  runId: string | null,
  isDryRun: boolean,
  targets: readonly Account[],
  looked: ReadonlyMap<string, RecoverAccount>,
): Promise<number> {
  const accounts = await explainDenials(aws, organization, [...looked.values()], targets, context.stops.aborting, [
    { task: 'recovery' },
  ]);
  const document: RecoverDocument = {
    ...context.heading('rootctl.recover', !accounts.some(wasLeftOut)),
    runId,
    dryRun: isDryRun,
    organization: organizationEntryOf(organization),
    accounts: [...accounts].sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
  context.print(document);
  const troubled = document.accounts.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
  for (const { id, error } of troubled) {
    if (error === null) continue;
    const { code, message, hint } = context.speech.entryOf(error);
    context.warn(`error: ${id}: ${message} (${code})${hintLine(hint)}`);
  }
  return context.stops.exitCode() ?? (troubled.length > 0 ? exitCodes.failed : exitCodes.done);
}

const hintLine = (hint: string | null): string => (hint === null ? '' : `\nhint: ${hint}`);
