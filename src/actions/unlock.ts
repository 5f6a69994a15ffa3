import type { AwsError } from '../aws/failure.ts';
import type { PolicyStatement, UnlockDocument } from '../documents/index.ts';
import type { AccountId } from '../org/account.ts';
import type { PolicyDocument } from '../policy/index.ts';
import { problem, problemError, problemOf } from '../problems/index.ts';
import {
  changePolicy,
  isSamePolicy,
  judgePolicy,
  type PolicyHolder,
  policyWaitMs,
  requireAbout,
  requireUsablePolicy,
  standingOf,
} from '../root/locked-policy.ts';
import type { SessionRequest } from '../root/session.ts';
import { stateFolderUnwritable } from '../run/files.ts';
import { journalled } from '../run/journalled.ts';
import { newRunId } from '../run/runs.ts';
import { consent, requireUnstopped } from './consent.ts';
import type { Environment } from './environment.ts';
import { journalOf, runHeader } from './journalling.ts';
import {
  documentOf,
  inSession,
  openSite,
  type ServiceName,
  type Site,
  type SiteEnvironment,
  services,
} from './unlock-site.ts';

export interface ListHoldersRequest {
  readonly service: ServiceName;
  /** The member account that owns them. */
  readonly account: AccountId;
}

/** The buckets of a member account, or its queues in the region of the connection. @throws ProblemError */
export async function listHolders(
  { service, account }: ListHoldersRequest,
  environment: SiteEnvironment,
): Promise<UnlockDocument> {
  const site = await openSite(service, account, environment);
  const holders = await inSession(site, environment, null, null, (policies) => policies.list());
  return {
    ...documentOf(site, environment, 'listed', null, null, null),
    region: service === 'sqs' ? environment.aws.region : null,
    resources: holders.map(({ name, region, arn, url }) => ({
      name,
      region,
      arn,
      ...(url === undefined ? {} : { url }),
    })),
  };
}

/** A policy that AWS will take, from a file of the person's. */
export interface Replacement {
  readonly action: 'put';
  readonly policy: string;
  readonly document: PolicyDocument;
  /** How problems name the file. */
  readonly path: string;
}

/** Everything that can be wrong with a policy before AWS is asked anything. @throws ProblemError */
export function replacementOf(service: ServiceName, text: string, path: string): Replacement {
  const policy = text.trim();
  return { action: 'put', policy, document: requireUsablePolicy(policy, path, services[service].bytesMax), path };
}

export interface UnlockRequest extends ListHoldersRequest {
  /** A bucket by its name; a queue by its name, ARN or URL. */
  readonly named: string;
  /** Default: the policy is shown, and nothing is changed. */
  readonly change?: { readonly action: 'delete' } | Replacement | undefined;
  /** Looks, and changes nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Whoever calls has agreed. Default: the name of the bucket or queue must be given. */
  readonly isConfirmed?: boolean | undefined;
}

type UnlockEnvironment = SiteEnvironment & Pick<Environment, 'ask' | 'entryOf' | 'processes' | 'random' | 'state'>;

/**
 * Shows the policy of a bucket or queue, which statements lock everybody out, and removes or replaces it. The old one is
 * saved first, and all is on record. Told beside the document: that the change is not seen, that the record is not whole.
 * @throws ProblemError
 */
export async function unlock(request: UnlockRequest, environment: UnlockEnvironment): Promise<UnlockDocument> {
  const { service, account, named, change, dryRun = false, isConfirmed = false } = request;
  const site = await openSite(service, account, environment);
  const { holder, policy } = await inSession(site, environment, null, null, async (policies) => {
    const found = await policies.find(named);
    return { holder: found, policy: await policies.read(found) };
  });
  const shown = documentOf(site, environment, 'shown', holder, policy, null);
  if (change === undefined || (change.action === 'delete' && policy === null)) return shown;
  if (change.action === 'put') {
    requireAbout(change.document, holder, change.path);
    warnOfLock(site, environment, holder, change.policy);
    if (isSamePolicy(change.policy, policy)) {
      environment.report({ event: 'note', note: { note: 'policy-is-so-already' } });
      return shown;
    }
  }
  if (dryRun) return { ...shown, outcome: 'planned' };
  await consent(environment, isConfirmed, {
    what: site.service.holder,
    expected: holder.name,
    consequence: {
      will: 'change-policy',
      found: shown,
      file: change.action === 'put' ? change.path : null,
      backups: `${environment.state.folder}/${backupFolder}`,
    },
  });
  requireUnstopped(environment);
  return carryOut(site, environment, { holder, policy, change, isConfirmedByFlag: isConfirmed });
}

/** Putting a policy that locks is allowed, because a restored one may, but not in silence. */
function warnOfLock(
  { account, organization }: Site,
  { report }: SiteEnvironment,
  holder: PolicyHolder,
  policy: string,
): void {
  const owner = { accountId: account.id, partition: organization.caller.partition };
  const locking = judgePolicy(policy, holder, owner).filter(({ locks }) => locks === 'yes');
  const nameOf = ({ index, sid }: PolicyStatement): string => sid ?? `Statement[${index}]`;
  if (locking.length === 0) return;
  report({
    event: 'problem',
    weight: 'warning',
    problem: problem('NewPolicyLocks', { statements: locking.map(nameOf) }),
  });
}

interface Change {
  readonly holder: PolicyHolder;
  readonly policy: string | null;
  readonly change: { readonly action: 'delete' } | Replacement;
  readonly isConfirmedByFlag: boolean;
}

interface Done extends Pick<UnlockDocument, 'outcome'> {
  readonly policy: string | null;
  readonly backup: string | null;
  /** null: the policy was already so, and AWS was not asked to change it. */
  readonly isSeen: boolean | null;
}

/** In a session of its own: reads the policy again, saves it, writes down what is to be done, does it and looks again. */
async function carryOut(
  site: Site,
  environment: UnlockEnvironment,
  { holder, policy, change, isConfirmedByFlag }: Change,
): Promise<UnlockDocument> {
  const { organization, account, service, name } = site;
  const { clock, report, stops } = environment;
  const runId = newRunId(environment);
  const { action } = change;
  const options = { service: name, action, isConfirmedByFlag };
  const header = runHeader(environment, organization, { runId, command: 'unlock', options });
  const place = { service: name, account: account.id, name: holder.name, region: holder.region };
  let isInDoubt = false;
  const { result: done, unwritten } = await journalled(journalOf(environment), runId, [header], async (journal) => {
    const onOpened: SessionRequest['onOpened'] = (sessionAccessKeyId, requestId) =>
      journal.record({
        event: 'session',
        account: account.id,
        taskPolicy: service.taskPolicy,
        sessionAccessKeyId,
        requestId,
      });
    const result = await inSession<Done>(site, environment, holder.arn, onOpened, async (policies, session) => {
      const now = await policies.read(holder);
      const standing = standingOf(now, policy, change);
      if (standing === 'changed') throw problemError('PolicyChanged', place);
      if (standing === 'done') {
        if (action === 'put') report({ event: 'note', note: { note: 'policy-is-so-already' } });
        return { outcome: 'shown', policy: now, backup: null, isSeen: null };
      }
      const backup = policy === null ? null : await saveBackup(site, environment, holder, policy, runId);
      const about = { account: account.id, resource: holder.arn, action, backup };
      const record = (event: 'policy-intent' | 'policy-answer', requestId: string | null, error: AwsError | null) =>
        journal.record({
          event,
          ...about,
          requestId,
          error: error === null ? null : error.problem,
          sessionAccessKeyId: session.accessKeyId(),
        });
      const recording = {
        intend: () => record('policy-intent', null, null),
        // A journal that cannot be written once is not written again: its end is told as unwritten, and so is the change.
        answer: (requestId: string | null, error: AwsError | null) => {
          isInDoubt = error === null || error.mayHaveTakenEffect;
          return record('policy-answer', requestId, error).catch(() => {});
        },
      };
      const waiting = { clock, signal: stops.aborting };
      const isSeen = await changePolicy(policies, holder, policy, change, recording, waiting);
      return { outcome: action === 'delete' ? 'deleted' : 'replaced', policy, backup, isSeen };
    });
    const { isSeen } = result;
    return { summary: { changed: isSeen === null ? 0 : 1, seen: isSeen ? 1 : 0 }, error: null, result };
  }).catch((error: unknown) => {
    if (isInDoubt) report({ event: 'problem', weight: 'error', problem: problem('PolicyInDoubt', place) });
    throw error;
  });
  if (done.isSeen === false) {
    const notSeen = problem('PolicyStillSeen', { ...place, waitedMs: policyWaitMs });
    report({ event: 'problem', weight: 'error', problem: notSeen });
  }
  if (unwritten !== null) report({ event: 'problem', weight: 'error', problem: problemOf(unwritten) });
  return documentOf(site, environment, done.outcome, holder, done.policy, done.backup);
}

const backupFolder = 'backups';

/** Exactly AWS's text, so that a replacement by the file restores exactly that. */
async function saveBackup(
  { account, name }: Site,
  { state, report }: UnlockEnvironment,
  holder: PolicyHolder,
  policy: string,
  runId: string,
): Promise<string> {
  const safeName = holder.name.replaceAll(/[^\w.-]/gu, '_');
  const file = `${backupFolder}/${name}-${account.id}-${safeName}-${runId}.json`;
  const isNew = await state.create(file, policy).catch((error: unknown) => {
    throw stateFolderUnwritable(state.folder, error);
  });
  const path = `${state.folder}/${file}`;
  if (!isNew) throw new Error(`${path} exists already`);
  report({ event: 'saved', what: 'policy', path });
  return path;
}
