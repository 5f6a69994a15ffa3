import { type RunDetailDocument, type RunsDocument, wasCutShort } from '../../documents/index.ts';
import { obstacleOf, ProblemError, problemError } from '../../problems/index.ts';
import { accountsOf, cloudTrailQueryOf, eventsOf, openRecoveriesOf, type RunRecord, readRun } from '../../run/runs.ts';
import type { CommandModule } from '../command.ts';
import type { Context } from '../context.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { readRuns } from '../journalling.ts';
import { waitOption } from '../options.ts';
import { type ResumeOptions, resume } from '../resuming.ts';

export const runsCommand: CommandModule<'runs'> = {
  name: 'runs',
  examples: {
    list: 'rootctl runs',
    show: 'rootctl runs show 20260131-0930-k3f9',
    resume: 'rootctl runs resume 20260131-0930-k3f9',
  },
  define: (command, run, help) => {
    const { show: showing, resume: resuming } = help.commands.runs;
    command.action(() => run((context) => list(context, command.args)));
    command
      .command('show <id>')
      .summary(showing.summary)
      .action((id: string) => run((context) => show(context, id)));
    command
      .command('resume <id>')
      .summary(resuming.summary)
      .option('--yes', help.yes)
      .addOption(waitOption(help))
      .action((id: string, options: ResumeOptions) =>
        run(async (context) => {
          context.formatFor('rootctl.delete');
          return resume(context, await requireRun(context, id), options, (known) => printRun(context, known));
        }),
      );
    // A mistyped subcommand arrives as a word too many. Said last, since subcommands inherit it.
    command.allowExcessArguments();
  },
};

async function list(context: Context, [word]: readonly string[]): Promise<number> {
  if (word !== undefined) {
    throw new UsageError(
      'Usage',
      `unknown command runs ${word}`,
      'there are: rootctl runs, runs show ID, runs resume ID',
    );
  }
  context.formatFor('rootctl.runs');
  const runs = await readRuns(context);
  const document: RunsDocument = {
    ...context.heading('rootctl.runs', true),
    runs: runs.map(({ entry }) => entry),
    openRecoveries: openRecoveriesOf(runs),
  };
  context.print(document);
  return exitCodes.done;
}

/** @throws UsageError with the nearest run there is, or with what the file of that name is instead. */
async function requireRun(context: Context, id: string): Promise<RunRecord> {
  const { state, processes } = context.world;
  const run = /^[\w-]+$/u.test(id)
    ? await readRun(state, processes, id).catch((error: unknown) => {
        throw error instanceof ProblemError
          ? error
          : problemError('UnreadableJournal', { runId: id, why: obstacleOf(error) });
      })
    : null;
  if (run !== null) return run;
  const last = (await readRuns(context)).at(-1);
  throw problemError('UnknownRun', { runId: id, folder: `${state.folder}/runs`, last: last?.entry.id ?? null });
}

async function show(context: Context, id: string): Promise<number> {
  context.formatFor('rootctl.run');
  const run = await requireRun(context, id);
  printRun(context, run);
  return run.entry.problem === null ? exitCodes.done : exitCodes.failed;
}

function printRun(context: Context, run: RunRecord): void {
  const accounts = accountsOf(run);
  const { problem, state } = run.entry;
  const isComplete = state === 'finished' && problem === null && !accounts.some(wasCutShort);
  const document: RunDetailDocument = {
    ...context.heading('rootctl.run', isComplete),
    run: run.entry,
    journal: { path: run.path, intact: problem === null, problem },
    accounts,
    events: eventsOf(run),
    cloudTrailQuery: cloudTrailQueryOf(run),
  };
  context.print(document);
}
