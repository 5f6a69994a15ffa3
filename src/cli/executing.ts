import { explainDenials } from '../actions/denials.ts';
import { counted } from '../actions/events.ts';
import type { Aws } from '../aws/clients.ts';
import {
  type DeleteAccount,
  type DeleteDocument,
  type DeleteOutcome,
  type DeleteSummary,
  type OrganizationEntry,
  type PlanAccount,
  type PlanDocument,
  wasCutShort,
} from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { problemOf } from '../problems/index.ts';
import { type DeletionOptions, defaultFailuresMax, executePlan } from '../run/deletion.ts';
import type { Journal, JournalEvent } from '../run/journal.ts';
import { journalled, type Worked } from '../run/journalled.ts';
import { lockOrganization } from '../run/lock.ts';
import { type Context, fleetOf, organizationEntryOf } from './context.ts';
import { exitCodes } from './errors.ts';
import { journalOf } from './journalling.ts';

export interface Execution {
  readonly runId: string;
  readonly plan: PlanDocument;
  /** What of the plan is to be done now. */
  readonly planned: readonly PlanAccount[];
  /** Accounts that are already decided: skipped, absent, failed to read, or done by an earlier part of the run. */
  readonly decided: readonly DeleteAccount[];
  /** Where the accounts are in the organization: which policies apply to one that is denied. */
  readonly places: readonly Account[];
  /** Written to the journal before the first session is opened. */
  readonly prologue: readonly JournalEvent[];
  readonly askedBefore: ReadonlySet<string>;
  /** Of a resumed run: what its earlier part did in the accounts that this part may not reach. */
  readonly earlier?: ReadonlyMap<string, DeleteAccount>;
  readonly waitMs: number;
  readonly failuresMax: number | null;
}

/** Carries a confirmed plan out under the organization's lock, prints the result and says how it ended. */
export async function execute(
  context: Context,
  aws: Aws,
  organization: Organization,
  execution: Execution,
): Promise<number> {
  const { world, stops } = context;
  const { runId } = execution;
  const release = await lockOrganization(world.state, world.processes, context.clock, organization.id, runId);
  try {
    const { result, state, unwritten } = await journalled(journalOf(context), runId, execution.prologue, (journal) =>
      carryOut(context, aws, organization, execution, journal),
    );
    const { document, stop, journalPath } = result;
    context.print(document, { journalPath, listing: 'ended' });
    if (stop !== null) context.warnOf(stop);
    if (unwritten !== null && stop === null) {
      context.warnOf(unwritten);
      return exitCodes.failed;
    }
    if (state === 'interrupted' || document.accounts.some(({ reason }) => reason === 'not-tried')) {
      context.warn(`resume with: rootctl runs resume ${runId}${context.isSimulated ? ' --sandbox' : ''}`);
    }
    return stops.exitCode() ?? exitCodeFor(document, stop);
  } finally {
    await release();
  }
}

interface CarriedOut {
  readonly document: DeleteDocument;
  /** What ended the run before its time. */
  readonly stop: Error | null;
  readonly journalPath: string;
}

async function carryOut(
  context: Context,
  aws: Aws,
  organization: Organization,
  execution: Execution,
  journal: Journal,
): Promise<Worked<CarriedOut>> {
  const { stops } = context;
  const { planned, places, decided, earlier } = execution;
  const counting = counted(context.report, 'done', planned.length);
  let begun = 0;
  stops.onStopping = () => {
    const left = Math.max(planned.length - begun - context.concurrency, 0);
    context.notice(
      `Stopping: the accounts in flight are being finished${left > 0 ? `, about ${left} will not be started` : ''}. Press again to stop at once.`,
    );
  };
  const options: DeletionOptions = {
    runId: execution.runId,
    only: execution.plan.options.only,
    waitMs: execution.waitMs,
    failuresMax: execution.failuresMax ?? defaultFailuresMax(planned.length),
    askedBefore: execution.askedBefore,
  };
  const { accounts, stop } = await executePlan(planned, journal, fleetOf(context, aws, organization), options, {
    onAccount: () => {
      begun += 1;
      counting.onReading();
    },
  });
  const explained = await explainDenials(aws, organization, [...accounts.values()], places, stops.aborting).catch(
    () => [...accounts.values()], // what was deleted is told, whatever else goes wrong
  );
  const told = explained.map((account) => untriedAsBefore(account, earlier));
  // An account that this part of a resumed run did not reach is told as it was left, and is not dealt with for that.
  const isComplete = ![...decided, ...explained].some(wasCutShort);
  const heading = organizationEntryOf(organization);
  const document = deleteDocument(context, heading, execution.runId, false, [...decided, ...told], isComplete);
  return {
    summary: document.summary,
    error: stop === null ? null : problemOf(stop),
    result: { document, stop, journalPath: journal.path },
  };
}

/** An account that a resumed run did not reach is as the earlier part left it. */
const untriedAsBefore = (account: DeleteAccount, earlier: Execution['earlier']): DeleteAccount =>
  account.reason === 'not-tried' ? (earlier?.get(account.id) ?? account) : account;

const troubled: ReadonlySet<DeleteOutcome> = new Set(['failed', 'partial', 'unverified'] as const);

export function exitCodeFor(document: Pick<DeleteDocument, 'accounts'>, stop: Error | null): number {
  const isTroubled = document.accounts.some(
    ({ outcome, reason }) => troubled.has(outcome) || reason === 'changed-since-plan' || reason === 'not-tried',
  );
  return isTroubled || stop !== null ? exitCodes.failed : exitCodes.done;
}

export function deleteDocument(
  context: Context,
  organization: OrganizationEntry,
  runId: string | null,
  isDryRun: boolean,
  accounts: readonly DeleteAccount[],
  isComplete = !accounts.some(wasCutShort),
): DeleteDocument {
  const sorted = [...accounts].sort((left, right) => (left.id < right.id ? -1 : 1));
  return {
    ...context.heading('rootctl.delete', isComplete),
    runId,
    dryRun: isDryRun,
    organization,
    summary: summaryOf(sorted),
    accounts: sorted,
  };
}

function summaryOf(accounts: readonly DeleteAccount[]): DeleteSummary {
  const summary = {
    accounts: accounts.length,
    deleted: 0,
    absent: 0,
    partial: 0,
    failed: 0,
    unverified: 0,
    skipped: 0,
    planned: 0,
  };
  for (const { outcome } of accounts) summary[outcome] += 1;
  return summary;
}
