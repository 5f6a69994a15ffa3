import type { DeleteAccount, DeleteDocument, PlanAccount, PlanDocument } from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import { type Organization, readOrganization, requireFeature } from '../org/organization.ts';
import { readRoster, undated } from '../org/roster.ts';
import { checkSelection, emptySelection } from '../org/selecting.ts';
import { type Problem, problem, problemError, within } from '../problems/index.ts';
import type { JournalEvent } from '../run/journal.ts';
import { accountsOf, leftAlone, type Remainder, type RunRecord, remainderOf } from '../run/runs.ts';
import { consent } from './consent.ts';
import { deleteDocument, skippedFor } from './delete-document.ts';
import type { Environment } from './environment.ts';
import { type ExecutionEnvironment, execute } from './execution.ts';
import { requirePlanOf } from './plan-fit.ts';
import { requireRun } from './runs.ts';
import { select } from './selecting.ts';

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
  return { run, header, plan, decided };
}

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
  /** Told what is left of the plan, and which accounts of it may not be gone on with, before anybody is asked. */
  readonly onPlanned?: (planned: readonly PlanAccount[], left: readonly DeleteAccount[]) => Promise<void>;
}

type ResumeEnvironment = ExecutionEnvironment & Pick<Environment, 'ask' | 'isTimeKnown' | 'protections'>;

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
  const { places, left } = await lookUp(remainder, organization, environment);
  const planned = remainder.accounts.flatMap((account): readonly PlanAccount[] => {
    const place = places.get(account.id);
    return place === undefined ? [] : [{ ...account, name: place.name, path: place.path }];
  });
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
      places: [...places.values()],
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
  const isGone = ({ kind, id }: PlanAccount['actions'][number]) =>
    before.actions.some(
      (done) => done.kind === kind && done.id === id && (done.result === 'deleted' || done.result === 'already-gone'),
    );
  return { ...account, actions: account.actions.filter((action) => !isGone(action)) };
}

/** Where the accounts of the remainder are now, and which of them may not be gone on with. */
async function lookUp(
  remainder: Remainder,
  organization: Organization,
  environment: ResumeEnvironment,
): Promise<{ readonly places: ReadonlyMap<string, Account>; readonly left: readonly DeleteAccount[] }> {
  const { aws, protections, stops } = environment;
  // All accounts, and not those of the plan by name: one that has left must not keep the run from the others.
  const checked = checkSelection({ ...emptySelection, all: true }, protections);
  const { selection, purpose } = await select(environment, checked, 'change');
  const wanted = new Set(remainder.accounts.map(({ id }) => id));
  const places = new Map<string, Account>();
  const skipped = new Map<string, Parameters<typeof leftAlone>[1]>();
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, stops.aborting)) {
    if (!wanted.has(account.id)) continue;
    if (skip === null) places.set(account.id, account);
    else skipped.set(account.id, skip === 'undated' ? { error: undated(account) } : skippedFor(skip, account));
  }
  const left = remainder.accounts.flatMap((account): readonly DeleteAccount[] => {
    const earlier = remainder.earlier.get(account.id);
    if (earlier === undefined || places.has(account.id)) return [];
    return [leftAlone(earlier, skipped.get(account.id) ?? { error: departed(account, organization) })];
  });
  return { places, left };
}

const departed = ({ id }: PlanAccount, organization: Organization): Problem =>
  problem('AccountNotInOrganization', { account: id, organizationId: organization.id });
