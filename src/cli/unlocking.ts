import { requireTargets } from '../actions/targets.ts';
import type { AwsError } from '../aws/failure.ts';
import { isAccountId } from '../org/account.ts';
import { requireFeature } from '../org/organization.ts';
import type { PolicyDocument } from '../policy/index.ts';
import { problem, problemError } from '../problems/index.ts';
import { renderLockedPolicy } from '../render/index.ts';
import {
  changePolicy,
  isSamePolicy,
  type PolicyChange,
  type PolicyHolder,
  policyWaitMs,
  requireAbout,
  requireUsablePolicy,
} from '../root/locked-policy.ts';
import type { SessionRequest } from '../root/session.ts';
import { stateFolderUnwritable } from '../run/files.ts';
import { journalled } from '../run/journalled.ts';
import { newRunId } from '../run/runs.ts';
import { confirm } from './confirm.ts';
import { requireConsent } from './consent.ts';
import type { Context } from './context.ts';
import { exitCodes, UsageError } from './errors.ts';
import { journalOf, runHeader } from './journalling.ts';
import { documentOf, inSession, type ServiceName, type Site, services, warnOfLock } from './unlock-site.ts';

export interface UnlockOptions {
  readonly account: string;
  readonly deletePolicy?: boolean;
  readonly putPolicy?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function unlock(
  context: Context,
  name: ServiceName,
  named: string | undefined,
  options: UnlockOptions,
): Promise<number> {
  context.formatFor('rootctl.unlock');
  const service = services[name];
  const replacement = await readChange(context, name, named, options);
  const aws = await context.connect();
  const { organization, access } = await context.readOrganization(aws);
  requireFeature('root-sessions', organization, access);
  const ids = isAccountId(options.account) ? [options.account] : [];
  const [account] = await requireTargets(context.environment(aws), organization, ids);
  if (account === undefined) throw new UsageError('InvalidAccountId', 'no account is named', 'give --account');
  const site: Site = { context, aws, organization, account, service, name };
  if (named === undefined) return listAll(site);

  const { holder, policy } = await inSession(site, null, null, async (policies) => {
    const found = await policies.find(named);
    return { holder: found, policy: await policies.read(found) };
  });
  const shown = documentOf(site, 'shown', holder, policy, null);
  if (replacement === null || (replacement.change.action === 'delete' && policy === null)) {
    context.print(shown);
    return exitCodes.done;
  }
  const { change } = replacement;
  if (replacement.document !== null) requireAbout(replacement.document, holder, options.putPolicy ?? 'the policy');
  if (change.action === 'put') warnOfLock(site, holder, change.policy);
  if (change.action === 'put' && policy !== null && isSamePolicy(change.policy, policy)) {
    context.notice('The policy is so already: nothing was changed.');
    context.print(shown);
    return exitCodes.done;
  }
  if (options.dryRun === true) {
    context.print({ ...shown, outcome: 'planned' });
    return exitCodes.done;
  }
  if (options.yes !== true) {
    const { stderr } = context.world;
    stderr.write(renderLockedPolicy(shown, context.view(stderr)));
    const what = change.action === 'delete' ? 'removed' : `replaced by ${options.putPolicy ?? 'the file'}`;
    context.warn(`The policy will be ${what}. The old one is kept under ${context.world.state.folder}/backups.`);
    await confirm(context, `Type the ${service.one}'s name to go on (${holder.name}):`, holder.name);
  }
  return carryOut(site, holder, policy, change, options.yes === true);
}

interface Replacement {
  readonly change: PolicyChange;
  readonly document: PolicyDocument | null;
}

/** Everything that can be wrong with the command line and the file, before AWS is asked anything. */
async function readChange(
  context: Context,
  name: ServiceName,
  named: string | undefined,
  options: UnlockOptions,
): Promise<Replacement | null> {
  const { deletePolicy, putPolicy } = options;
  if (deletePolicy !== true && putPolicy === undefined) return null;
  if (deletePolicy === true && putPolicy !== undefined) {
    throw problemError('ContradictingFlags', { flag: '--delete-policy', others: ['--put-policy'], why: 'either-or' });
  }
  if (named === undefined) throw problemError('NothingNamed', { service: name });
  requireConsent(context.world, 'unlock', options);
  if (putPolicy === undefined) return { change: { action: 'delete' }, document: null };
  const text = await context.world.readFile(putPolicy).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw problemError('UnreadableFile', { what: 'policy', path: putPolicy, code });
  });
  const policy = text.trim();
  return {
    change: { action: 'put', policy },
    document: requireUsablePolicy(policy, putPolicy, services[name].bytesMax),
  };
}

async function listAll(site: Site): Promise<number> {
  const holders = await inSession(site, null, null, (policies) => policies.list());
  site.context.print({
    ...documentOf(site, 'listed', null, null, null),
    region: site.name === 'sqs' ? site.aws.region : null,
    resources: holders.map(({ name, region, arn, url }) => ({
      name,
      region,
      arn,
      ...(url === undefined ? {} : { url }),
    })),
  });
  return exitCodes.done;
}

/** Saves the old policy, writes down what is to be done, does it in a session of its own and looks again. */
async function carryOut(
  site: Site,
  holder: PolicyHolder,
  policy: string | null,
  change: PolicyChange,
  isConfirmedByFlag: boolean,
): Promise<number> {
  const { context, organization, account, service, name } = site;
  const runId = newRunId({ clock: context.clock, random: context.world.random });
  const backup = policy === null ? null : await saveBackup(site, holder, policy, runId);
  const { action } = change;
  const about = { account: account.id, resource: holder.arn, action, backup };
  const options = { service: name, action, isConfirmedByFlag };
  const header = runHeader(context, organization, { runId, command: 'unlock', options });
  const { result: isSeen, unwritten } = await journalled(journalOf(context), runId, [header], async (journal) => {
    const onOpened: SessionRequest['onOpened'] = (sessionAccessKeyId, requestId) =>
      journal.record({
        event: 'session',
        account: account.id,
        taskPolicy: service.taskPolicy,
        sessionAccessKeyId,
        requestId,
      });
    const isChangeSeen = await inSession(site, holder.arn, onOpened, (policies, session) => {
      const record = (event: 'policy-intent' | 'policy-answer', requestId: string | null, error: AwsError | null) =>
        journal.record({
          event,
          ...about,
          requestId,
          error: error === null ? null : error.problem,
          sessionAccessKeyId: session.accessKeyId(),
        });
      return changePolicy(
        policies,
        holder,
        policy,
        change,
        {
          intend: () => record('policy-intent', null, null),
          answer: (requestId, error) => record('policy-answer', requestId, error),
        },
        { clock: context.clock, signal: context.stops.aborting },
      );
    });
    return { summary: { changed: 1, seen: isChangeSeen ? 1 : 0 }, error: null, result: isChangeSeen };
  });
  if (unwritten !== null) throw unwritten;
  context.print(documentOf(site, action === 'delete' ? 'deleted' : 'replaced', holder, policy, backup));
  if (isSeen) return exitCodes.done;
  const still = { service: name, account: account.id, name: holder.name, region: holder.region };
  context.report({
    event: 'problem',
    weight: 'error',
    problem: problem('PolicyStillSeen', { ...still, waitedMs: policyWaitMs }),
  });
  return exitCodes.failed;
}

/** Exactly AWS's text, so that `--put-policy` of the file restores exactly that. */
async function saveBackup({ context, account, name }: Site, holder: PolicyHolder, policy: string, runId: string) {
  const { state } = context.world;
  const file = `backups/${name}-${account.id}-${holder.name.replaceAll(/[^\w.-]/gu, '_')}-${runId}.json`;
  const isNew = await state.create(file, policy).catch((error: unknown) => {
    throw stateFolderUnwritable(state.folder, error);
  });
  if (!isNew) throw new Error(`${state.folder}/${file} exists already`);
  const path = `${state.folder}/${file}`;
  context.warn(`The old policy is saved in ${path}`);
  return path;
}
