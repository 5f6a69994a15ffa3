import {
  type DeleteAccount,
  type DeleteDocument,
  type PlanAccount,
  type PlanDocument,
  wasCutShort,
} from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { problemOf } from '../problems/index.ts';
import { defaultFailuresMax, executePlan } from '../run/deletion.ts';
import type { Journal, JournalEvent } from '../run/journal.ts';
import { journalled, type Worked } from '../run/journalled.ts';
import { lockOrganization } from '../run/lock.ts';
import { deleteDocument } from './delete-document.ts';
import { explainDenials } from './denials.ts';
import type { Environment } from './environment.ts';
import { counted } from './events.ts';
import { type FleetParts, fleetOf } from './fleet.ts';
import { organizationEntryOf } from './heading.ts';
import { journalOf } from './journalling.ts';

/** What is left to do of a plan that somebody agreed to. */
export interface Execution {
  readonly organization: Organization;
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
  /** No earlier part of the run has asked for anything. */
  readonly isFresh: boolean;
  /** Of a resumed run: what its earlier part did in the accounts that this part may not reach. */
  readonly earlier?: ReadonlyMap<string, DeleteAccount>;
  /** How long to wait for a deletion to be seen, in milliseconds. */
  readonly waitMs: number;
  readonly failuresMax: number | null;
  /** Asked when nobody else can work on the organization any more. @throws where what all this comes from holds no longer. */
  readonly requireStill?: () => Promise<void>;
}

export type ExecutionEnvironment = FleetParts &
  Pick<Environment, 'entryOf' | 'processes' | 'product' | 'report' | 'state'>;

/**
 * Carries a confirmed plan out under the organization's lock, journalled. Whatever ends it before its time, the document
 * tells all that was done; what ended it is reported beside it (`run-ended`).
 * @throws ProblemError `RunInProgress`, or when nothing can be recorded: then nothing was done.
 */
export async function execute(execution: Execution, environment: ExecutionEnvironment): Promise<DeleteDocument> {
  const { state, processes, clock, report } = environment;
  const { organization, runId, prologue } = execution;
  const { release, requireHeld } = await lockOrganization(state, processes, clock, organization.id, runId);
  try {
    await execution.requireStill?.();
    const ended = await journalled(journalOf(environment), runId, prologue, (journal) => {
      const record: Journal['record'] = async (event) => {
        // Nothing is asked for any more where another run works on the organization by now.
        if (event.event === 'intent') await requireHeld();
        return journal.record(event);
      };
      return carryOut(execution, environment, { ...journal, record });
    });
    const { document, stop } = ended.result;
    const unwritten = ended.unwritten === null ? null : problemOf(ended.unwritten);
    report({ event: 'run-ended', runId, state: ended.state, problem: stop === null ? unwritten : problemOf(stop) });
    return document;
  } finally {
    await release();
  }
}

interface CarriedOut {
  readonly document: DeleteDocument;
  /** What ended the run before its time. */
  readonly stop: Error | null;
}

async function carryOut(
  execution: Execution,
  environment: ExecutionEnvironment,
  journal: Journal,
): Promise<Worked<CarriedOut>> {
  const { aws, report, stops } = environment;
  const { organization, runId, planned, places, decided, earlier } = execution;
  report({ event: 'run-begun', runId, journalPath: journal.path });
  const { onReading: onAccount } = counted(report, 'done', planned.length);
  report({ event: 'accounts', what: 'done', listed: planned.length, finished: 0 });
  report({ event: 'phase', phase: 'deleting' });
  const { accounts, stop } = await executePlan(
    planned,
    journal,
    fleetOf(environment, organization),
    {
      runId,
      only: execution.plan.options.only,
      waitMs: execution.waitMs,
      failuresMax: execution.failuresMax ?? defaultFailuresMax(planned.length),
      askedBefore: execution.askedBefore,
      isFresh: execution.isFresh,
    },
    { onAccount },
  );
  const explained = await explainDenials(aws, organization, [...accounts.values()], places, stops.aborting).catch(
    () => [...accounts.values()], // what was deleted is told, whatever else goes wrong
  );
  const told = explained.map((account) => untriedAsBefore(account, earlier));
  const document = deleteDocument(environment, {
    organization: organizationEntryOf(organization),
    runId,
    isDryRun: false,
    accounts: [...decided, ...told],
    // An account that this part of a resumed run did not reach is told as it was left, and is not dealt with for that.
    isComplete: ![...decided, ...explained].some(wasCutShort),
  });
  return {
    summary: document.summary,
    error: stop === null ? null : problemOf(stop),
    result: { document, stop },
    isWhole: !explained.some(wasCutShort),
  };
}

/** An account that a resumed run did not reach is as the earlier part left it. */
const untriedAsBefore = (account: DeleteAccount, earlier: Execution['earlier']): DeleteAccount =>
  account.reason === 'not-tried' ? (earlier?.get(account.id) ?? account) : account;
