import { setMaxListeners } from 'node:events';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import type { Clock } from '../clock.ts';
import type { Account, AccountId } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { type RosterEntry, readRoster, undated } from '../org/roster.ts';
import type { Purpose, Selection, SkipReason } from '../org/selection.ts';
import { ProblemError, problemError } from '../problems/index.ts';
import { type Inventory, readInventory } from '../root/inventory.ts';
import { openRootSession, type Settling } from '../root/session.ts';
import { forEachItem } from './fleet.ts';

/** What became known of one selected account; exactly one per account. */
export type AccountReading =
  | { readonly account: Account; readonly status: 'read'; readonly inventory: Inventory }
  | { readonly account: Account; readonly status: 'unread'; readonly error: ProblemError }
  | { readonly account: Account; readonly status: 'skipped'; readonly reason: SkipReason | 'not-tried' };

export interface FleetEnvironment {
  readonly aws: Aws;
  readonly clock: Clock;
  readonly organization: Organization;
  readonly concurrency: number;
  readonly settling: Settling;
  /** Nothing new is begun from now on. */
  readonly stopping: AbortSignal;
  /** What is in flight is given up. */
  readonly aborting: AbortSignal;
}

/** Whether the accounts are all that the selection has: where the listing did not end, nobody knows how many there are. */
export type Listing =
  | { readonly state: 'ended' }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: AwsError };

export interface FleetReading<Kept> {
  /** One per account that was listed, in the order of their ids, but for those that were not kept. */
  readonly kept: readonly Kept[];
  readonly listing: Listing;
}

export interface ReadingProgress<Kept> {
  /** Accounts that it is false for are passed over: not read, not counted, not told. Default: none is. */
  readonly isWanted?: ((account: Account) => boolean) | undefined;
  readonly onListed?: (accountCount: number) => void;
  /** Every account of the organization, selected or not: all of them once the listing has ended. */
  readonly onMember?: (account: Account) => void;
  /** Whether the last use decides: of a password that is gone IAM still tells it, for two calls an account more. Default: no. */
  readonly isUseDecisive?: boolean;
  /** What is left to do for an account before it is told; its place among those in flight is held until then. */
  readonly finish?: (reading: AccountReading) => Promise<void>;
  /** What is kept of a reading, which of many accounts is what there is in memory; null: nothing. */
  readonly keep: (reading: AccountReading) => Kept | null;
}

/**
 * Reads the root credentials of every selected account. A pipeline: root sessions open while later pages of the
 * organization are still being listed. A listing that fails half-way does not take back what was read until then.
 * @throws ProblemError before any account is addressed; AwsError when the listing fails before anything was read.
 */
export async function readAccounts<Kept extends object>(
  environment: FleetEnvironment,
  selection: Selection,
  purpose: Purpose,
  progress: ReadingProgress<Kept>,
): Promise<FleetReading<Kept>> {
  const { aws, clock, organization, concurrency, settling, stopping, aborting } = environment;
  const all: { readonly id: AccountId; readonly kept: Kept }[] = [];
  let listed = 0;
  let hasRead = false;
  let hasTried = false;
  const add = (reading: AccountReading): void => {
    if (reading.status !== 'skipped') hasTried = true;
    const kept = progress.keep(reading);
    if (kept !== null) all.push({ id: reading.account.id, kept });
  };
  const { isUseDecisive = false } = progress;
  const end: { listing: Listing } = { listing: { state: 'ended' } };
  // Whoever stops the command stops the listing too: a page more would only be accounts that are not tried.
  const listingSignal = AbortSignal.any([stopping, aborting]);
  setMaxListeners(0, listingSignal); // as those two: it inherits no bound, and a page of accounts listens at once
  async function* selected(): AsyncGenerator<Account, void, undefined> {
    try {
      for await (const entry of abreast(
        readRoster(aws, organization, selection, purpose, listingSignal, progress.onMember),
      )) {
        const { account, skip } = entry;
        if (progress.isWanted?.(account) === false) continue;
        listed += 1;
        progress.onListed?.(listed);
        if (skip === null) yield account;
        else if (skip === 'undated') add({ account, status: 'unread', error: new ProblemError(undated(account)) });
        else add({ account, status: 'skipped', reason: skip });
      }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      end.listing = listingSignal.aborted ? { state: 'stopped' } : { state: 'failed', error };
    }
  }
  const readOne = async (account: Account): Promise<Inventory> => {
    const session = await openRootSession(
      {
        accountId: account.id,
        partition: organization.caller.partition,
        taskPolicy: 'IAMAuditRootUserCredentials',
        isProven: false,
      },
      { aws, clock, settling, signal: aborting },
    );
    return readInventory(session, clock, aborting, { isUseDecisive }).finally(() => aws.forgetAccount(account.id));
  };
  const readAndFinish = async (account: Account): Promise<AccountReading> => {
    const reading = await readOne(account).then(
      (inventory): AccountReading => ({ account, status: 'read', inventory }),
      (error: unknown): AccountReading => {
        if (!(error instanceof AwsError) || (!hasRead && isAboutTheCaller(error))) throw error;
        return { account, status: 'unread', error };
      },
    );
    if (reading.status === 'read') hasRead = true;
    await progress.finish?.(reading);
    return reading;
  };
  await forEachItem(selected(), readAndFinish, {
    concurrency,
    stopping,
    isFatal: () => true,
    onOutcome: (outcome) => {
      if (outcome.status === 'done') add(outcome.result);
      if (outcome.status === 'not-attempted') add({ account: outcome.item, status: 'skipped', reason: 'not-tried' });
    },
  });
  const { listing } = end;
  if (listing.state === 'failed' && !hasTried) throw listing.error;
  if (listed === 0 && !selection.all && listing.state === 'ended') {
    throw problemError('NothingSelected', { organizationId: organization.id });
  }
  all.sort((left, right) => (left.id < right.id ? -1 : 1));
  return { kept: all.map(({ kept }) => kept), listing };
}

const callerCodes: ReadonlySet<string> = new Set([
  'RegionDisabledException',
  'InvalidAction',
  'ExpiredToken',
  'InvalidClientTokenId',
]);

/** The very first session failed for a reason that every other will share: one error for the command, not one an account. */
const isAboutTheCaller = ({ operation, failure }: AwsError): boolean =>
  operation === 'AssumeRoot' && callerCodes.has(failure.code);

/** So many entries that were handed on are held before they are let go. */
const doneMax = 1_000;

/** Lets the source go on while its items are being worked on: AWS lists 20 accounts a page, one page after the other. */
async function* abreast(source: AsyncIterable<RosterEntry>): AsyncGenerator<RosterEntry, void, undefined> {
  const waiting: RosterEntry[] = [];
  let wake: () => void = () => {};
  let end: { readonly failure: unknown } | null = null;
  let isClosed = false;
  const pump = async (): Promise<void> => {
    try {
      for await (const entry of source) {
        waiting.push(entry);
        wake();
        if (isClosed) break;
      }
      end = { failure: null };
    } catch (error) {
      end = { failure: error };
    }
    wake();
  };
  const pumping = pump();
  try {
    for (let next = 0; ; ) {
      const entry = waiting[next];
      const ended = end as { readonly failure: unknown } | null;
      if (entry !== undefined) {
        next += 1;
        if (next === doneMax) waiting.splice(0, next);
        next %= doneMax;
        yield entry;
      } else if (ended === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (ended.failure === null) {
        return;
      } else {
        throw ended.failure;
      }
    }
  } finally {
    isClosed = true;
    await pumping;
  }
}
