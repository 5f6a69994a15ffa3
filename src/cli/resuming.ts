import { select } from '../actions/selecting.ts';
import type { Aws } from '../aws/clients.ts';
import type { DeleteAccount, PlanAccount, PlanDocument } from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import { type Organization, requireFeature } from '../org/organization.ts';
import { readRoster } from '../org/roster.ts';
import { checkSelection, emptySelection } from '../org/selecting.ts';
import type { SkipReason } from '../org/selection.ts';
import { type Problem, problem, problemError } from '../problems/index.ts';
import type { JournalEvent } from '../run/journal.ts';
import { accountsOf, leftAlone, type Remainder, type RunRecord, remainderOf } from '../run/runs.ts';
import { confirm } from './confirm.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { execute, exitCodeFor } from './executing.ts';
import { requireOrganization } from './plans.ts';

export interface ResumeOptions {
  readonly yes?: boolean;
  readonly wait: number;
}

/**
 * Does what the plan of a run still lacks. The document tells of every account that the run concerned: what its plan
 * left alone stays as it was told then.
 * @param printRun tells a run that has nothing left to do, without asking AWS anything.
 * @throws UsageError before anything is asked of AWS when the run cannot be gone on with.
 */
export async function resume(
  context: Context,
  run: RunRecord,
  options: ResumeOptions,
  printRun: (run: RunRecord) => void,
): Promise<number> {
  const { world } = context;
  const { id } = run.entry;
  const { header, plan, decided } = resumable(run, context.isSimulated);
  if (options.yes !== true && world.prompts === null) {
    throw new UsageError('NoConfirmation', 'runs resume asks first, and there is no terminal to ask in', 'add --yes');
  }
  const remainder = remainderOf(run);
  if (remainder.accounts.length === 0 && run.entry.state === 'finished') {
    context.notice(`Run ${id} has nothing left to do.`);
    printRun(run);
    return exitCodeFor({ accounts: accountsOf(run) }, null);
  }
  const aws = await context.connect();
  const { organization, access } = await context.readOrganization(aws);
  requireOrganization(organization, undefined, plan, context.clock.nowMs(), Number.POSITIVE_INFINITY);
  requireFeature('root-credentials-management', organization, access);
  const { places, left } = await lookUp(context, aws, organization, remainder);
  const planned = remainder.accounts.flatMap((account): readonly PlanAccount[] => {
    const place = places.get(account.id);
    return place === undefined ? [] : [{ ...account, name: place.name, path: place.path }];
  });
  context.notice(`Run ${id}: ${remainder.settled.length} accounts are done, ${planned.length} are left.`);
  for (const { name, error } of left)
    if (error !== null) context.warn(`warning: ${name}: ${context.speech.entryOf(error).message}`);
  if (options.yes !== true && planned.length > 0)
    await confirm(context, `Type the organization id to go on (${organization.id}):`, organization.id);
  const failuresMax = header.options['failuresMax'];
  return execute(context, aws, organization, {
    runId: id,
    plan,
    planned,
    decided: [...decided, ...remainder.settled, ...left],
    places: [...places.values()],
    prologue: [
      { event: 'resumed', pid: world.processes.pid, rootctlVersion: world.version, callerArn: organization.caller.arn },
      ...left.map(
        ({ id: account, outcome, reason, error }): JournalEvent => ({
          event: 'account',
          account,
          outcome,
          reason,
          error,
        }),
      ),
    ],
    askedBefore: remainder.askedBefore,
    waitMs: options.wait,
    failuresMax: typeof failuresMax === 'number' ? failuresMax : null,
    earlier: remainder.earlier,
  });
}

interface Resumable {
  readonly header: NonNullable<RunRecord['header']>;
  readonly plan: PlanDocument;
  readonly decided: readonly DeleteAccount[];
}

function resumable(run: RunRecord, isSimulated: boolean): Resumable {
  const { header, plan, decided, damage } = run;
  const { id } = run.entry;
  if (damage !== null) {
    throw problemError('JournalDamaged', { runId: id, flaw: damage });
  }
  if (header?.command !== 'delete' || plan === null) {
    throw problemError('NothingToResume', { runId: id });
  }
  if (decided === null) {
    throw problemError('JournalOfEarlierVersion', { runId: id, version: header.rootctlVersion });
  }
  if (header.simulated !== isSimulated) {
    const is = header.simulated ? 'run-simulated' : 'run-not-simulated';
    throw problemError('OtherOrganization', { why: { is, runId: id } });
  }
  return { header, plan, decided };
}

/** Where the accounts of the remainder are now, and which of them may not be gone on with. */
async function lookUp(
  context: Context,
  aws: Aws,
  organization: Organization,
  remainder: Remainder,
): Promise<{ readonly places: ReadonlyMap<string, Account>; readonly left: readonly DeleteAccount[] }> {
  const { config, stops } = context;
  // All accounts, and not those of the plan by name: one that has left must not keep the run from the others.
  const checked = checkSelection({ ...emptySelection, all: true }, config.protect ?? []);
  const { selection, purpose } = await select(context.environment(aws), checked, 'change');
  const wanted = new Set(remainder.accounts.map(({ id }) => id));
  const places = new Map<string, Account>();
  const skipped = new Map<string, SkipReason>();
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, stops.aborting)) {
    if (!wanted.has(account.id)) continue;
    if (skip === null) places.set(account.id, account);
    else skipped.set(account.id, skip);
  }
  const left = remainder.accounts.flatMap((account): readonly DeleteAccount[] => {
    const earlier = remainder.earlier.get(account.id);
    if (earlier === undefined || places.has(account.id)) return [];
    const reason = skipped.get(account.id);
    return [leftAlone(earlier, reason === undefined ? { error: departed(account, organization) } : { reason })];
  });
  return { places, left };
}

const departed = ({ id }: PlanAccount, organization: Organization): Problem =>
  problem('AccountNotInOrganization', { account: id, organizationId: organization.id });
