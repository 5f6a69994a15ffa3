import { AwsError } from '../aws/failure.ts';
import { type CredentialKindName, type DeleteAccount, isTrouble, type PlanAccount } from '../documents/index.ts';
import { isAccountId } from '../org/account.ts';
import { problemError, problemOf } from '../problems/index.ts';
import { applyRemoval, keyOf, type Removal } from '../root/removal.ts';
import { openRootSession } from '../root/session.ts';
import { forEachItem, type Outcome } from './fleet.ts';
import type { Journal } from './journal.ts';
import type { FleetEnvironment } from './reading.ts';

export interface DeletionOptions {
  readonly runId: string;
  readonly only: readonly CredentialKindName[];
  readonly waitMs: number;
  /** No further account is begun once so many have failed. */
  readonly failuresMax: number;
  /** Deletions that an earlier, interrupted part of the run had asked for: `account kind id`. */
  readonly askedBefore: ReadonlySet<string>;
  /** False where an earlier part of the run has asked for deletions, and so shown that its assumptions hold. */
  readonly isFresh: boolean;
}

export interface DeletionProgress {
  readonly onAccount?: (account: DeleteAccount) => void;
}

export interface Deletion {
  /** One per planned account, by id. */
  readonly accounts: ReadonlyMap<string, DeleteAccount>;
  /** What ended the run before its time: a full disk, a session of the wrong account, too many failures. */
  readonly stop: Error | null;
}

/** The first accounts, alone: a wrong assumption meets three accounts and not three thousand. */
const firstWave = 3;

/** "default 10 %, at least 5". */
export const defaultFailuresMax = (accountCount: number): number => Math.max(5, Math.ceil(accountCount / 10));

/**
 * Carries out a plan: a small wave first, then the rest, every deletion written to the journal before it is asked for
 * and after it is answered. Never throws for one account's sake; whatever ends the run leaves a full account of it.
 */
export async function executePlan(
  planned: readonly PlanAccount[],
  journal: Journal,
  environment: FleetEnvironment,
  options: DeletionOptions,
  progress: DeletionProgress = {},
): Promise<Deletion> {
  const accounts = new Map<string, DeleteAccount>();
  const halting = new AbortController();
  const stopping = AbortSignal.any([environment.stopping, halting.signal]);
  let failureCount = 0;
  let stop: Error | null = null;
  /** Why nothing may be asked for any more, in no account. */
  let alarm: Error | null = null;
  const halt = (error: Error): void => {
    stop ??= error;
    halting.abort();
  };

  /** Not AWS's doing: the journal, a session of the wrong account, a mistake of ours. We no longer know what we do. */
  const settle = (outcome: Outcome<PlanAccount, Removal>): void => {
    const account = accountOf(outcome);
    accounts.set(account.id, account);
    if (outcome.status === 'not-attempted') return;
    const fatal = outcome.status === 'failed' && !(outcome.error instanceof AwsError) ? outcome.error : null;
    const ending = outcome.status === 'done' ? outcome.result.fatal : fatal;
    if (ending !== null) {
      alarm ??= ending instanceof Error ? ending : new Error(String(ending));
      halt(alarm);
    }
    // After a stop nothing is begun anyway, and what is given up then failed because of the stop.
    if (isTrouble(account.outcome) && !environment.stopping.aborted) failureCount += 1;
    if (failureCount >= options.failuresMax) {
      halt(problemError('TooManyFailures', { failed: failureCount, areFirst: false, runId: options.runId }));
    }
    progress.onAccount?.(account);
  };
  const requireCalm = (): void => {
    if (alarm !== null) throw alarm;
  };
  const removeFrom = (plan: PlanAccount): Promise<Removal> =>
    removeAccount(plan, journal, environment, options, requireCalm);
  const waves = [planned.slice(0, firstWave), planned.slice(firstWave)];
  for (const [index, wave] of waves.entries()) {
    await forEachItem(wave, removeFrom, { concurrency: environment.concurrency, stopping, onOutcome: settle });
    // What still fails in a resumed run must not keep it from the rest.
    const isFirstLost = options.isFresh && index === 0 && planned.length > firstWave && failureCount === wave.length;
    if (isFirstLost)
      halt(problemError('TooManyFailures', { failed: failureCount, areFirst: true, runId: options.runId }));
  }
  return { accounts, stop };
}

async function removeAccount(
  plan: PlanAccount,
  journal: Journal,
  environment: FleetEnvironment,
  options: DeletionOptions,
  requireCalm: () => void,
): Promise<Removal> {
  const { aws, clock, organization, settling, aborting } = environment;
  const accountId = plan.id;
  if (!isAccountId(accountId) || accountId === organization.managementAccountId) {
    throw new Error(`the plan holds ${accountId}, which is never a target`);
  }
  const taskPolicy = 'IAMDeleteRootUserCredentials';
  const session = await openRootSession(
    {
      accountId,
      partition: organization.caller.partition,
      taskPolicy,
      isProven: true,
      onOpened: (sessionAccessKeyId, requestId) =>
        journal.record({ event: 'session', account: accountId, taskPolicy, sessionAccessKeyId, requestId }),
    },
    { aws, clock, settling, signal: aborting },
  );
  const removal = await applyRemoval(plan, session, {
    clock,
    waitMs: options.waitMs,
    only: options.only,
    signal: aborting,
    wasAsked: (action) => options.askedBefore.has(`${accountId} ${keyOf(action)}`),
    record: {
      intend: async ({ kind, id }) => {
        requireCalm();
        return journal.record({
          event: 'intent',
          account: accountId,
          kind,
          id,
          sessionAccessKeyId: session.accessKeyId(),
        });
      },
      answer: (action) =>
        journal.record({ event: 'answer', account: accountId, sessionAccessKeyId: session.accessKeyId(), ...action }),
    },
  });
  if (removal.fatal !== null) return removal;
  const { outcome, reason, error } = removal;
  // What was done is told even when this line cannot be written; the run ends all the same.
  const fatal = await journal.record({ event: 'account', account: accountId, outcome, reason, error }).then(
    () => null,
    (failure: unknown) => failure,
  );
  aws.forgetAccount(accountId);
  return { ...removal, fatal };
}

function accountOf(outcome: Outcome<PlanAccount, Removal>): DeleteAccount {
  const { id, name } = outcome.item;
  if (outcome.status === 'done') {
    const removal = outcome.result;
    return {
      id,
      name,
      outcome: removal.outcome,
      reason: removal.reason,
      error: removal.error,
      actions: [...removal.actions],
    };
  }
  const actions = outcome.item.actions.map(({ kind, id: credentialId }) => ({
    kind,
    id: credentialId,
    result: 'not-attempted' as const,
    at: null,
    requestId: null,
    error: null,
  }));
  // Given up before its session was open: nothing in it was asked for.
  const isGivenUp =
    outcome.status === 'failed' && outcome.error instanceof AwsError && outcome.error.failure.kind === 'aborted';
  if (outcome.status === 'not-attempted' || isGivenUp) {
    return { id, name, outcome: 'skipped', reason: 'not-tried', error: null, actions };
  }
  return {
    id,
    name,
    outcome: 'failed',
    reason: null,
    error: problemOf(outcome.error),
    actions,
  };
}
