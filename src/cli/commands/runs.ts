import { type Command, Option } from 'commander';
import { type DeleteAccount, type RunDetailDocument, type RunsDocument, wasCutShort } from '../../documents/index.ts';
import { type Account, isAccountId } from '../../org/account.ts';
import { requireFeature } from '../../org/organization.ts';
import { readRoster } from '../../org/roster.ts';
import {
  accountsOf,
  cloudTrailQueryOf,
  eventsOf,
  listRuns,
  openRecoveriesOf,
  type RunRecord,
  readRun,
  remainderOf,
} from '../../run/runs.ts';
import type { CommandModule } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { execute } from '../executing.ts';
import { duration, durationForms } from '../options.ts';
import { parseSelection, purposeOf, resolveSelection } from '../selecting.ts';

export const runsCommand: CommandModule = {
  name: 'runs',
  summary: 'what was done, and going on with what was interrupted',
  examples: [
    'rootctl runs                                list the runs of this machine',
    'rootctl runs show 20260131-0930-k3f9        one run, with its evidence',
    'rootctl runs resume 20260131-0930-k3f9      do what its plan still lacks',
  ],
  define: (command: Command, run) => {
    command.action(() => run((context) => list(context, command.args)));
    command
      .command('show <id>')
      .summary('one run: accounts, events, the CloudTrail query')
      .action((id: string) => run((context) => show(context, id)));
    command
      .command('resume <id>')
      .summary('do what the plan of a run still lacks')
      .option('--yes', 'do not ask')
      .addOption(
        new Option('--wait <time>', `how long to wait for a deletion to be seen (${durationForms})`)
          .argParser(duration)
          .default(60_000, '60s'),
      )
      .action((id: string, options: ResumeOptions) => run((context) => resume(context, id, options)));
    // A mistyped subcommand arrives as a word too many. Said last, since subcommands inherit it.
    command.allowExcessArguments();
  },
};

interface ResumeOptions {
  readonly yes?: boolean;
  readonly wait: number;
}

async function list(context: Context, [word]: readonly string[]): Promise<number> {
  if (word !== undefined) {
    throw new UsageError(
      'Usage',
      `unknown command runs ${word}`,
      'there are: rootctl runs, runs show ID, runs resume ID',
    );
  }
  context.formatFor('rootctl.runs');
  const runs = await listRuns(context.world.state, context.world.processes);
  const document: RunsDocument = {
    ...context.heading('rootctl.runs', true),
    runs: runs.map(({ entry }) => entry),
    openRecoveries: openRecoveriesOf(runs),
  };
  context.print(document);
  return exitCodes.done;
}

/** @throws UsageError with the nearest run there is. */
async function requireRun(context: Context, id: string): Promise<RunRecord> {
  const { state, processes } = context.world;
  const run = /^[\w-]+$/u.test(id) ? await readRun(state, processes, id) : null;
  if (run !== null) return run;
  const last = (await listRuns(state, processes)).at(-1);
  const hint =
    last === undefined
      ? 'no run has been recorded on this machine yet'
      : `the last one is ${last.entry.id}; all: rootctl runs`;
  throw new UsageError('UnknownRun', `there is no run ${id} in ${state.folder}/runs`, hint);
}

async function show(context: Context, id: string): Promise<number> {
  context.formatFor('rootctl.run');
  const run = await requireRun(context, id);
  const accounts = accountsOf(run);
  const isComplete = run.entry.state === 'finished' && run.problem === null && !accounts.some(wasCutShort);
  const document: RunDetailDocument = {
    ...context.heading('rootctl.run', isComplete),
    run: run.entry,
    journal: { path: run.path, intact: run.problem === null, problem: run.problem },
    accounts,
    events: eventsOf(run),
    cloudTrailQuery: cloudTrailQueryOf(run),
  };
  context.print(document);
  return run.problem === null ? exitCodes.done : exitCodes.failed;
}

async function resume(context: Context, id: string, options: ResumeOptions): Promise<number> {
  const { world, stops } = context;
  context.formatFor('rootctl.delete');
  const run = await requireRun(context, id);
  const { plan } = run;
  if (run.header.command !== 'delete' || plan === null) {
    throw new UsageError('NothingToResume', `run ${id} is not a deletion with a plan`, 'only a delete can be resumed');
  }
  if (run.problem !== null) {
    throw new UsageError(
      'JournalDamaged',
      `the journal of run ${id} cannot be relied on: ${run.problem}`,
      'make a new plan: rootctl delete',
    );
  }
  if (run.header.simulated !== context.isSimulated) {
    const hint = run.header.simulated ? 'add --sandbox' : 'leave --sandbox out';
    throw new UsageError(
      'OtherOrganization',
      `run ${id} ${run.header.simulated ? 'was simulated' : 'was not simulated'}`,
      hint,
    );
  }
  if (options.yes !== true && world.prompts === null) {
    throw new UsageError('NoConfirmation', 'runs resume asks first, and there is no terminal to ask in', 'add --yes');
  }
  const remainder = remainderOf(run);
  if (remainder.accounts.length === 0) {
    context.notice(`Run ${id} has nothing left to do.`);
    return show(context, id);
  }
  const aws = await context.connect();
  const { organization, access } = await context.readOrganization(aws);
  if (organization.id !== plan.organization.id) {
    throw new UsageError(
      'PlanRefused',
      `run ${id} is of organization ${plan.organization.id}, and these credentials belong to ${organization.id}`,
      'check --profile',
    );
  }
  requireFeature('rootCredentialsManagement', organization, access);
  const parsed = await parseSelection([], {}, context.config.protect ?? [], world);
  const accountIds = new Set(remainder.accounts.map((account) => account.id).filter(isAccountId));
  const purpose = purposeOf(context, 'change');
  const selection = await resolveSelection(aws, { ...parsed, accountIds }, purpose, stops.aborting);
  const skipped: DeleteAccount[] = [];
  const places: Account[] = [];
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, stops.aborting)) {
    if (skip === null) places.push(account);
    else
      skipped.push({ id: account.id, name: account.name, outcome: 'skipped', reason: skip, error: null, actions: [] });
  }
  const eligible = new Set<string>(places.map(({ id }) => id));
  const planned = remainder.accounts.filter((account) => eligible.has(account.id));
  context.notice(`Run ${id}: ${remainder.settled.length} accounts are done, ${planned.length} are left.`);
  if (options.yes !== true)
    await confirm(context, `Type the organization id to go on (${organization.id}):`, organization.id);
  const failuresMax = run.header.options['failuresMax'];
  return execute(context, aws, organization, {
    runId: id,
    plan,
    planned,
    decided: [...remainder.settled, ...skipped],
    places,
    prologue: [
      { event: 'resumed', pid: world.processes.pid, rootctlVersion: world.version, callerArn: organization.caller.arn },
    ],
    askedBefore: remainder.askedBefore,
    waitMs: options.wait,
    failuresMax: typeof failuresMax === 'number' ? failuresMax : null,
    earlier: new Map(accountsOf(run).map((account) => [account.id, account])),
  });
}
