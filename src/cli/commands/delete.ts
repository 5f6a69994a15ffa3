import { Option } from 'commander';
import { accountStatusOf } from '../../actions/account-status.ts';
import { explainDenials } from '../../actions/denials.ts';
import { counted } from '../../actions/events.ts';
import { select } from '../../actions/selecting.ts';
import { requireOneTarget } from '../../actions/targets.ts';
import type { Aws } from '../../aws/clients.ts';
import {
  type CredentialKindName,
  credentialKindNames,
  credentialKinds,
  type DeleteAccount,
  type KindDescriptions,
  type PlanAccount,
  type PlanDocument,
  wasCutShort,
} from '../../documents/index.ts';
import { spanOf } from '../../duration.ts';
import { type Organization, requireFeature } from '../../org/organization.ts';
import { checkSelection, isEmptySelection, namesIdsOnly, type SelectionRequest } from '../../org/selecting.ts';
import { createUnitNames } from '../../org/units.ts';
import { problemError } from '../../problems/index.ts';
import { holdings, ouPath } from '../../render/index.ts';
import { planRemoval, type RemovalPolicy } from '../../root/planning.ts';
import type { JournalEvent } from '../../run/journal.ts';
import { type AccountReading, readAccounts } from '../../run/reading.ts';
import { newRunId } from '../../run/runs.ts';
import type { CommandModule, Help } from '../command.ts';
import { confirm, untilStopped } from '../confirm.ts';
import { type Context, fleetOf, organizationEntryOf } from '../context.ts';
import { cutShortCode, exitCodes, UsageError } from '../errors.ts';
import { deleteDocument, execute, exitCodeFor } from '../executing.ts';
import { runHeader } from '../journalling.ts';
import type { Choice } from '../multi-select.ts';
import { duration, durationAboveZero, waitOption, wholeNumber } from '../options.ts';
import {
  departedIn,
  idsOf,
  planDocument,
  planView,
  readPlan,
  requireFreshPlan,
  requireOrganization,
  requireSize,
  showPlan,
  writePlan,
} from '../plans.ts';
import { addSelectionOptions, parseSelection, type SelectionOptions } from '../selecting.ts';

interface DeleteOptions extends SelectionOptions {
  readonly only?: readonly CredentialKindName[];
  readonly dryRun?: boolean;
  readonly planOut?: string;
  readonly plan?: string;
  readonly planMaxAge: number;
  readonly org?: string;
  readonly maxAccounts?: number;
  readonly unusedFor?: number;
  readonly maxFailures?: number;
  readonly wait: number;
  readonly yes?: boolean;
}

const dayMs = 86_400_000;

export const deleteCommand: CommandModule<'delete'> = {
  name: 'delete',
  examples: {
    look: 'rootctl delete --all --dry-run',
    all: 'rootctl delete --all',
    unused: 'rootctl delete --ou Workloads --unused-for 90d',
    planOut: 'rootctl delete --all --plan-out plan.json',
    plan: 'rootctl delete --plan plan.json --yes',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.delete;
    addSelectionOptions(command, help)
      .addOption(onlyOption(help))
      .option('--dry-run', flags['dry-run'])
      .option('--plan-out <file>', flags['plan-out'])
      .option('--plan <file>', flags.plan)
      .addOption(
        new Option('--plan-max-age <time>', flags['plan-max-age'](help.durations))
          .argParser(duration)
          .default(dayMs, '24h'),
      )
      .option('--org <id>', flags.org)
      .option('--max-accounts <n>', flags['max-accounts'], wholeNumber(1, 1_000_000))
      .option('--unused-for <time>', flags['unused-for'](help.durations), durationAboveZero)
      .option('--max-failures <n>', flags['max-failures'], wholeNumber(1, 1_000_000))
      .addOption(waitOption(help))
      .option('--yes', help.yes)
      .action((accounts: string[], options: DeleteOptions) => run((context) => remove(context, accounts, options)));
  },
};

/** `--only access-keys,mfa-devices`: names the kinds, in removal order. */
export function onlyOption(help: Help, kinds: KindDescriptions = credentialKinds): Option {
  const flags = Object.values(kinds).map(({ flag }) => flag);
  return new Option('--only <kinds>', help.only(flags)).argParser((text: string) => parseOnly(text, kinds));
}

function parseOnly(text: string, kinds: KindDescriptions): readonly CredentialKindName[] {
  const kindFlags = Object.values(kinds).map(({ flag }) => flag);
  const named = text.split(',').map((word) => word.trim());
  const wrong = named.find((word) => !kindFlags.includes(word));
  if (wrong !== undefined) {
    throw new UsageError(
      'UnknownKind',
      `--only ${JSON.stringify(wrong)} is not a kind of credential`,
      `choose from: ${kindFlags.join(', ')}`,
    );
  }
  return Object.values(kinds)
    .filter(({ flag }) => named.includes(flag))
    .map(({ name }) => name);
}

async function remove(context: Context, positional: readonly string[], options: DeleteOptions): Promise<number> {
  const { world, stops } = context;
  context.formatFor('rootctl.delete');
  const isDryRun = options.dryRun === true || options.planOut !== undefined;
  const parsed = await parseSelection(positional, options, context.config.protect ?? [], world);
  const plan = options.plan === undefined ? null : await readPlan(context, options.plan, parsed, options);
  const isChoosing = plan === null && isEmptySelection(parsed);
  requireAnswerable(context, isDryRun, options.yes === true, isChoosing);
  if (options.unusedFor !== undefined) sayUnusedFor(context, options.unusedFor);

  const aws = await context.connect();
  const progress = context.progress();
  progress.update('reading the organization');
  const { organization, access } = await context.readOrganization(aws);
  requireOrganization(organization, options.org, plan, context.clock.nowMs(), options.planMaxAge);
  requireFeature('root-credentials-management', organization, access);
  const wanted: SelectionRequest =
    plan === null ? { ...parsed, all: parsed.all || isChoosing } : { ...parsed, accounts: [...idsOf(plan)] };
  const checked = checkSelection(wanted, context.config.protect ?? []);
  const { selection, purpose } = await select(context.environment(aws), checked, 'change');
  stops.onStopping = () => context.notice('Stopping before anything is deleted. Press again to stop at once.');
  const { readings, listing } = await readAccounts(fleetOf(context, aws, organization), selection, purpose, {
    ...counted(context.report, 'read'),
  }).catch((error: unknown) => {
    throw plan === null ? error : departedIn(plan, organization, error);
  });
  progress.stop();
  requireTimeOfAws(context, plan, options);
  // Again: at the beginning the time may have been this machine's.
  if (plan !== null) requireFreshPlan(plan, context.clock.nowMs(), options.planMaxAge);
  if (plan === null && listing.state === 'ended' && namesIdsOnly(wanted)) requireOneTarget(readings);

  const only = plan?.options.only ?? options.only ?? credentialKindNames;
  const policy: RemovalPolicy = { only, unusedForMs: options.unusedFor ?? null };
  const decisions = readings.map((reading) => decide(reading, policy, plan, context.clock.nowMs()));
  let planned = decisions.flatMap(({ planned: account }) => (account === null ? [] : [account]));
  if (isChoosing && stops.exitCode() === null && listing.state === 'ended')
    planned = await chooseAccounts(context, aws, planned);
  const plannedIds = new Set(planned.map(({ id }) => id));
  const chosen = isChoosing
    ? decisions.filter(({ planned: account }) => account === null || plannedIds.has(account.id))
    : decisions;
  const decided = await explainDenials(
    aws,
    organization,
    chosen.flatMap(({ decided: account }) => (account === null ? [] : [account])),
    readings.map(({ account }) => account),
    stops.aborting,
  );
  const document = plan ?? planDocument(context, organization, only, planned);

  const interrupted = cutShortCode(listing.state === 'ended', stops.exitCode());
  if (interrupted !== null) {
    const untried = planned.map((account) => accountWithout(account, 'not-attempted', 'skipped', 'not-tried'));
    const accounts = [...decided, ...untried];
    const isComplete = listing.state === 'ended' && !accounts.some(wasCutShort);
    context.print(deleteDocument(context, organizationEntryOf(organization), null, isDryRun, accounts, isComplete), {
      listing: listing.state === 'ended' ? 'ended' : 'cut',
    });
    if (listing.state === 'failed') context.warnOf(listing.error);
    context.warn(
      `${listing.state === 'failed' ? 'the accounts could not be listed' : 'interrupted while reading'}: nothing was deleted`,
    );
    return interrupted;
  }
  requireSize(planned, options.maxAccounts);
  if (options.planOut !== undefined) await writePlan(context, options.planOut, document);
  if (isDryRun) return printDryRun(context, aws, organization, document, planned, decided);
  if (planned.length === 0) {
    const result = deleteDocument(context, organizationEntryOf(organization), null, false, decided);
    context.print(result);
    return exitCodeFor(result, null);
  }
  await showPlan(context, aws, { ...document, accounts: [...planned] }, decided);
  if (options.yes !== true)
    await confirm(context, `Type the organization id to go on (${organization.id}):`, organization.id);
  const runId = newRunId({ clock: context.clock, random: world.random });
  return execute(context, aws, organization, {
    runId,
    plan: document,
    planned,
    decided,
    places: readings.map(({ account }) => account),
    prologue: prologueOf(context, organization, runId, document, readings, decided, options),
    askedBefore: new Set(),
    waitMs: options.wait,
    failuresMax: options.maxFailures ?? null,
  });
}

/**
 * Where an age decides what is deleted it must be AWS's: by a machine's clock that is ahead, everything is long unused.
 * @throws UsageError
 */
function requireTimeOfAws({ time }: Context, plan: PlanDocument | null, { unusedFor }: DeleteOptions): void {
  const flag = plan !== null ? '--plan' : unusedFor !== undefined ? '--unused-for' : null;
  if (flag === null || time.isKnown()) return;
  throw problemError('UnknownTime', { flag });
}

/** A time in the wrong unit protects nothing, so it is said in words; one below a day is hardly what somebody meant. */
function sayUnusedFor(context: Context, unusedForMs: number): void {
  const { count, unit } = spanOf(unusedForMs);
  const span = context.speech.words.times.span(count, unit);
  if (unusedForMs >= dayMs) context.notice(`Accounts whose root was used in the last ${span} are left alone.`);
  else context.warn(`warning: --unused-for leaves alone only what was used in the last ${span} (90 days are 90d)`);
}

/** Without a terminal and without --yes nothing is done, not even read. */
function requireAnswerable(context: Context, isDryRun: boolean, isConfirmed: boolean, isChoosing: boolean): void {
  const { prompts } = context.world;
  if (isChoosing && (prompts === null || prompts.choose === null)) {
    throw new UsageError(
      'EmptySelection',
      `delete does not know which accounts${prompts === null ? '' : ', and this terminal (TERM=dumb) cannot show a list of them'}`,
      'name them: --all, account ids, --accounts, --ou, --tag or --name',
    );
  }
  if (!isDryRun && !isConfirmed && prompts === null) {
    throw new UsageError(
      'NoConfirmation',
      'delete asks for confirmation, and there is no terminal to ask in',
      'add --yes, or look at the plan first with --dry-run',
    );
  }
}

interface Decision {
  readonly planned: PlanAccount | null;
  readonly decided: DeleteAccount | null;
}

function decide(reading: AccountReading, policy: RemovalPolicy, plan: PlanDocument | null, nowMs: number): Decision {
  const { id, name, path } = reading.account;
  const concluded = (account: Partial<DeleteAccount> & Pick<DeleteAccount, 'outcome'>): Decision => ({
    planned: null,
    decided: { id, name, reason: null, error: null, actions: [], ...account },
  });
  const reviewed = plan?.accounts.find((account) => account.id === id);
  // Who it is and where, the organization says, not a file.
  const planAccount = reviewed === undefined ? undefined : { ...reviewed, name, path };
  if (reading.status === 'skipped') return concluded({ outcome: 'skipped', reason: reading.reason });
  if (reading.status === 'unread') return concluded({ outcome: 'failed', error: reading.error.problem });
  const decision = planRemoval(reading.account, reading.inventory, policy, nowMs);
  switch (decision.decision) {
    case 'remove':
      return { planned: planAccount ?? decision.plan, decided: null };
    case 'absent':
      return planAccount === undefined ? concluded({ outcome: 'absent' }) : { planned: planAccount, decided: null };
    case 'skip':
      return concluded({ outcome: 'skipped', reason: decision.reason });
    case 'refuse':
      return concluded({ outcome: 'failed', error: decision.error });
  }
}

/** @throws UsageError when none is chosen; InterruptedError. */
async function chooseAccounts(context: Context, aws: Aws, planned: readonly PlanAccount[]): Promise<PlanAccount[]> {
  const { prompts } = context.world;
  if (prompts === null || prompts.choose === null || planned.length === 0) return [...planned];
  const { choose } = prompts;
  const choices = await choicesOf(context, aws, planned);
  const chosen = new Set(await untilStopped(context, (signal) => choose('Which accounts?', choices, signal)));
  if (chosen.size === 0)
    throw new UsageError(
      'NotConfirmed',
      'no account was chosen: nothing was changed',
      'mark accounts with the space bar',
    );
  return planned.filter(({ id }) => chosen.has(id));
}

/** By organizational unit, then by name, as people look for them. */
async function choicesOf(context: Context, aws: Aws, planned: readonly PlanAccount[]): Promise<readonly Choice[]> {
  const progress = context.progress();
  progress.update('reading the names of the organizational units');
  const unitIds = planned.flatMap(({ path }) => (path ?? '').split('/').filter((id) => id.startsWith('ou-')));
  const ouNames = await createUnitNames(aws)(unitIds, context.stops.stopping);
  progress.stop();
  const nowMs = context.clock.nowMs();
  const choices = planned.map((account) => ({
    value: account.id,
    name: account.name,
    group: ouPath(account.path, ouNames) ?? 'place not known',
    detail: holdings(account, { nowMs, speech: context.speech }),
  }));
  const inOrder = new Intl.Collator('en').compare;
  return choices.sort((left, right) => inOrder(left.group, right.group) || inOrder(left.name, right.name));
}

const accountWithout = (
  account: PlanAccount,
  result: 'planned' | 'not-attempted',
  outcome: 'planned' | 'skipped',
  reason: 'not-tried' | null,
): DeleteAccount => ({
  id: account.id,
  name: account.name,
  outcome,
  reason,
  error: null,
  actions: account.actions.map(({ kind, id }) => ({ kind, id, result, at: null, requestId: null, error: null })),
});

async function printDryRun(
  context: Context,
  aws: Aws,
  organization: Organization,
  plan: PlanDocument,
  planned: readonly PlanAccount[],
  decided: readonly DeleteAccount[],
): Promise<number> {
  const accounts = planned.map((account) => accountWithout(account, 'planned', 'planned', null));
  const document = deleteDocument(context, organizationEntryOf(organization), null, true, [...decided, ...accounts]);
  if (context.formatFor('rootctl.delete') === 'table' && planned.length > 0) {
    context.print({ ...plan, accounts: [...planned] }, await planView(context, aws, plan, decided, true));
  } else {
    context.print(document);
  }
  return document.summary.failed > 0 ? exitCodes.failed : exitCodes.done;
}

function prologueOf(
  context: Context,
  organization: Organization,
  runId: string,
  plan: PlanDocument,
  readings: readonly AccountReading[],
  decided: readonly DeleteAccount[],
  options: DeleteOptions,
): readonly JournalEvent[] {
  const inventory = readings.map((reading): JournalEvent => {
    const { id, name, status, reason, credentials, lastUsedAt, error } = accountStatusOf(reading);
    return { event: 'inventory', account: id, name, status, reason, credentials, lastUsedAt, error };
  });
  return [
    runHeader(context, organization, {
      runId,
      command: 'delete',
      options: {
        only: plan.options.only,
        waitMs: options.wait,
        failuresMax: options.maxFailures ?? null,
        isConfirmedByFlag: options.yes === true,
      },
    }),
    ...inventory,
    { event: 'plan', hash: plan.hash, plan, decided },
  ];
}
