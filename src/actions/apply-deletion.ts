import type { DeleteDocument } from '../documents/index.ts';
import type { JournalEvent } from '../run/journal.ts';
import { newRunId } from '../run/runs.ts';
import { accountStatusOf } from './account-status.ts';
import { consent } from './consent.ts';
import type { Environment } from './environment.ts';
import { type ExecutionEnvironment, execute } from './execution.ts';
import { runHeader } from './journalling.ts';
import { type Decision, leftAloneIn, notBegun, type PlannedDeletion, plannedIn } from './plan-deletion.ts';

export interface ApplyRequest {
  /** From `planDeletion`: what was shown is what is done. */
  readonly deletion: PlannedDeletion;
  /** Whoever calls has agreed to the plan; else it is asked for. */
  readonly isConfirmed: boolean;
  /** How long to wait for a deletion to be seen, in milliseconds. */
  readonly waitMs: number;
  /** No further account is begun once so many have failed. Default: a tenth, at least five. */
  readonly failuresMax?: number | undefined;
}

export type ApplyEnvironment = ExecutionEnvironment & Pick<Environment, 'ask' | 'random'>;

/**
 * Deletes what the plan holds, verifies that it is gone, and keeps a journal of it. Where the plan holds nothing, or the
 * reading behind it was cut short, nothing is done.
 * @throws ProblemError `NotConfirmed`; `RunInProgress`; what `execute` throws. Nothing was deleted then.
 */
export async function applyDeletion(request: ApplyRequest, environment: ApplyEnvironment): Promise<DeleteDocument> {
  const { deletion, isConfirmed, waitMs, failuresMax = null } = request;
  const { organization, decisions, plan, unusedForMs } = deletion;
  const planned = plannedIn(decisions);
  if (plan === null || planned.length === 0) return notBegun(deletion, false, environment);
  await consent(environment, isConfirmed, { what: 'organization', expected: organization.id });
  const runId = newRunId(environment);
  const decided = leftAloneIn(decisions);
  const options = { only: plan.options.only, unusedForMs, waitMs, failuresMax, isConfirmedByFlag: isConfirmed };
  return execute(
    {
      organization,
      runId,
      plan,
      planned,
      decided,
      places: decisions.map(({ reading }) => reading.account),
      prologue: [
        runHeader(environment, organization, { runId, command: 'delete', options }),
        ...decisions.map(inventoryEvent),
        { event: 'plan', hash: plan.hash, plan, decided },
      ],
      askedBefore: new Set(),
      isFresh: true,
      waitMs,
      failuresMax,
    },
    environment,
  );
}

function inventoryEvent({ reading }: Decision): JournalEvent {
  const { id: account, name, ...seen } = accountStatusOf(reading);
  return { event: 'inventory', account, name, ...seen };
}
