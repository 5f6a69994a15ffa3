import type { DeleteAccount, DeleteDocument, PlanAccount, PlanDocument } from '../documents/index.ts';
import { type Organization, readOrganization, requireFeature } from '../org/organization.ts';
import { checkSelection, emptySelection } from '../org/selecting.ts';
import { type Problem, type ProblemError, problem, problemError, within } from '../problems/index.ts';
import type { RemovalPolicy } from '../root/planning.ts';
import type { JournalEvent } from '../run/journal.ts';
import { accountsOf, leftAlone, type Remainder, type RunRecord, remainderOf } from '../run/runs.ts';
import { consent, requireUnstopped } from './consent.ts';
import { deleteDocument } from './delete-document.ts';
import type { Environment } from './environment.ts';
import { type ExecutionEnvironment, execute } from './execution.ts';
import {
  type Decision,
  decider,
  explained,
  limitedTo,
  type PlanningEnvironment,
  plannedIn,
  readForPlan,
  requireTimeOfAws,
} from './plan-deletion.ts';
import { requirePlanOf } from './plan-fit.ts';
import { requireRun } from './runs.ts';

/** A run that can be gone on with. */
export interface ResumableRun {
  readonly run: RunRecord;
  readonly header: NonNullable<RunRecord['header']>;
  readonly plan: PlanDocument;
  /** The accounts that the plan left alone. */
  readonly decided: readonly DeleteAccount[];
}

/**
 * Looks a run up, and whether it can be gone on with; asks nothing of AWS.
 * @throws ProblemError that says why not.
 */
export async function requireResumable(
  runId: string,
  environment: Pick<Environment, 'processes' | 'product' | 'report' | 'state'>,
): Promise<ResumableRun> {
  const run = await requireRun(runId, environment);
  const { header, plan, decided, damage } = run;
  if (damage !== null) throw problemError('JournalDamaged', { runId, flaw: damage });
  if (header?.command !== 'delete' || plan === null) throw problemError('NothingToResume', { runId });
  if (decided === null) {
    throw problemError('JournalOfEarlierVersion', { runId, version: header.rootctlVersion });
  }
  if (header.simulated !== environment.product.isSimulated) {
    const is = header.simulated ? 'run-simulated' : 'run-not-simulated';
    throw problemError('OtherOrganization', { why: { is, runId } });
  }
  if (run.entry.state === 'running') throw inProgress(runId, header);
  return { run, header, plan, decided };
}

const inProgress = (runId: string, { organization, pid, at }: ResumableRun['header']): ProblemError =>
  problemError('RunInProgress', { runId, organizationId: organization.id, pid, since: at });

/** Whether the plan lacks nothing any more: then the run is told as it stands (`toldAsItStands`), and AWS is not asked. */
export const isDone = ({ run }: ResumableRun): boolean =>
  run.entry.state === 'finished' && remainderOf(run).accounts.length === 0;

/** A run that lacks nothing, as its journal tells it. */
export const toldAsItStands = (
  { run, header }: ResumableRun,
  environment: Pick<Environment, 'clock' | 'product'>,
): DeleteDocument =>
  deleteDocument(environment, {
    organization: header.organization,
    runId: run.entry.id,
    isDryRun: false,
    accounts: accountsOf(run),
  });

export interface ResumeRequest {
  readonly resumable: ResumableRun;
  /** Whoever calls has agreed to what is left; else it is asked for. */
  readonly isConfirmed: boolean;
  /** How long to wait for a deletion to be seen, in milliseconds. */
  readonly waitMs: number;
  /** Told what is left of the plan, used as it is now, and which accounts may not be gone on with, before anybody is asked. */
  readonly onPlanned?: (planned: readonly PlanAccount[], left: readonly DeleteAccount[]) => Promise<void>;
}

type ResumeEnvironment = ExecutionEnvironment & PlanningEnvironment;

/**
 * Does what the plan of a run still lacks, which may be nothing. The document tells of every account that the run concerned: what its plan
 * left alone stays as it was told then.
 * @throws ProblemError when the run is another organization's; what `applyDeletion` throws.
 */
export async function resume(
  { resumable, isConfirmed, waitMs, onPlanned }: ResumeRequest,
  environment: ResumeEnvironment,
): Promise<DeleteDocument> {
  if (isDone(resumable)) return toldAsItStands(resumable, environment);
  const { aws, clock, processes, product, report, stops } = environment;
  const { run, header, plan, decided } = resumable;
  const { id } = run.entry;
  const remainder = remainderOf(run);
  const { organization, access } = await readOrganization(aws, stops.aborting);
  requirePlanOf(organization, plan, clock.nowMs(), Number.POSITIVE_INFINITY);
  requireFeature('root-credentials-management', organization, access);
  const { decisions, left } = await lookAgain(resumable, remainder, organization, environment);
  const planned = plannedIn(decisions);
  report({
    event: 'note',
    note: { note: 'resuming', runId: id, settled: remainder.settled.length, left: planned.length },
  });
  for (const { name, error } of left)
    if (error !== null) report({ event: 'problem', weight: 'warning', problem: within('account', [name], error) });
  if (planned.length > 0)
    await onPlanned?.(
      planned.map((account) => stillThere(account, remainder)),
      left,
    );
  await consent(environment, isConfirmed || planned.length === 0, { what: 'organization', expected: organization.id });
  const failuresMax = header.options['failuresMax'];
  return execute(
    {
      organization,
      runId: id,
      plan,
      planned,
      decided: [...decided, ...remainder.settled, ...left],
      places: decisions.map(({ reading }) => reading.account),
      prologue: [
        {
          event: 'resumed',
          pid: processes.pid,
          rootctlVersion: product.version,
          callerArn: organization.caller.arn,
        },
        ...left.map(
          ({ id: account, outcome, reason, state, error }): JournalEvent => ({
            event: 'account',
            account,
            outcome,
            reason,
            ...(state === undefined ? {} : { state }),
            error,
          }),
        ),
      ],
      askedBefore: remainder.askedBefore,
      isFresh: remainder.isFresh,
      waitMs,
      failuresMax: typeof failuresMax === 'number' ? failuresMax : null,
      earlier: remainder.earlier,
      // While it was read and asked about, somebody else may have gone on with it.
      requireStill: async () => {
        const now = await requireRun(id, environment);
        if (now.lines.length !== run.lines.length) throw inProgress(id, header);
      },
    },
    environment,
  );
}

/** What of an account's plan was not seen to be gone when the run ended. All of it is looked at again nonetheless. */
function stillThere(account: PlanAccount, { earlier }: Remainder): PlanAccount {
  const before = earlier.get(account.id);
  if (before === undefined) return account;
  // Where the run was only cut short, what AWS said it had deleted is not what it still showed afterwards.
  if (before.outcome === 'unverified' && before.error?.code !== 'Unanswered') return account;
  return limitedTo(
    account,
    ({ kind, id }) =>
      !before.actions.some(
        (done) => done.kind === kind && done.id === id && (done.result === 'deleted' || done.result === 'already-gone'),
      ),
  );
}

/**
 * Reads the accounts of the remainder again, as for a plan that was made before, and decides which of them may not be
 * gone on with: one whose root was used meanwhile is left alone where the run was to leave such accounts alone.
 */
async function lookAgain(
  { header, plan }: ResumableRun,
  remainder: Remainder,
  organization: Organization,
  environment: ResumeEnvironment,
): Promise<{ readonly decisions: readonly Decision[]; readonly left: readonly DeleteAccount[] }> {
  // All accounts, and not those of the plan by name: one that has left must not keep the run from the others.
  const checked = checkSelection({ ...emptySelection, all: true }, environment.protections);
  const wanted = new Set(remainder.accounts.map(({ id }) => id));
  const unusedForMs = header.options['unusedForMs'];
  const policy: RemovalPolicy = {
    only: plan.options.only,
    // Earlier versions did not write it down.
    unusedForMs: typeof unusedForMs === 'number' ? unusedForMs : null,
  };
  const { kept, listing } = await readForPlan(checked, organization, environment, policy, ({ id }) => wanted.has(id));
  requireUnstopped(environment);
  if (listing.state === 'failed') throw listing.error;
  requireTimeOfAws(policy, environment);
  const decide = decider(policy, plan, environment.clock.nowMs(), environment);
  const decisions = await explained(kept.map(decide), organization, environment);
  const now = new Map<string, Decision>(decisions.map((one) => [one.reading.account.id, one]));
  const left = remainder.accounts.flatMap((account): readonly DeleteAccount[] => {
    const earlier = remainder.earlier.get(account.id);
    const decision = now.get(account.id);
    if (earlier === undefined || decision?.decision === 'remove') return [];
    return [leftAlone(earlier, whyLeft(decision) ?? { error: departed(account, organization) })];
  });
  return { decisions, left };
}

/** null: it is not there at all. */
function whyLeft(decision: Decision | undefined): Parameters<typeof leftAlone>[1] | null {
  if (decision?.decision !== 'leave') return null;
  const { reason, state, error } = decision.account;
  if (error !== null) return { error };
  return reason === null ? null : { reason, ...(state === undefined ? {} : { state }) };
}

const departed = ({ id }: PlanAccount, organization: Organization): Problem =>
  problem('AccountNotInOrganization', { account: id, organizationId: organization.id });
