import type { Command } from 'commander';
import { isDone, type ResumeRequest, requireResumable, resume, toldAsItStands } from '../../actions/resume.ts';
import { listRuns, showRun } from '../../actions/runs.ts';
import { unitNamesAt } from '../../actions/unit-names.ts';
import { commandBelow } from '../../flags/known-words.ts';
import { waitOption } from '../../flags/options.ts';
import { deletionCode, exitCodes } from '../../process/exit-codes.ts';
import type { CommandModule } from '../command.ts';
import { requireConsent } from '../consent.ts';
import { tellDeletion } from '../deleting.ts';
import type { Desk } from '../desk.ts';
import { showPlan } from '../plans.ts';

interface ShowOptions {
  readonly events?: boolean;
}

interface ResumeOptions {
  readonly yes?: boolean;
  readonly wait: number;
}

export const runsCommand: CommandModule<'runs'> = {
  name: 'runs',
  examples: {
    list: 'rootctl runs',
    show: 'rootctl runs show 20260131-0930-k3f9',
    resume: 'rootctl runs resume 20260131-0930-k3f9',
  },
  define: (command, run, help) => {
    const { show: showing, resume: resuming } = help.commands.runs;
    command.action(() => run((desk) => list(desk, command)));
    command
      .command('show <id>')
      .summary(showing.summary)
      .option('--events', showing.flags.events)
      .action((id: string, { events = false }: ShowOptions) => run((desk) => show(desk, id, events)));
    command
      .command('resume <id>')
      .summary(resuming.summary)
      .option('--yes', help.yes)
      .addOption(waitOption(help))
      .action((id: string, options: ResumeOptions) => run((desk) => goOn(desk, id, options)));
    // A mistyped subcommand arrives as a word too many. Said last, since subcommands inherit it.
    command.allowExcessArguments();
  },
};

type Looking = Pick<Desk, 'output' | 'groundwork'>;

async function list({ output, groundwork }: Looking, command: Command): Promise<number> {
  const [word] = command.args;
  if (word !== undefined) commandBelow(command, word);
  output.formatFor('rootctl.runs');
  await output.print(await listRuns(groundwork));
  return exitCodes.done;
}

async function show({ output, groundwork }: Looking, id: string, withEvents: boolean): Promise<number> {
  output.formatFor('rootctl.run');
  const document = await showRun(id, groundwork);
  await output.print(document, { withEvents });
  return document.journal.intact ? exitCodes.done : exitCodes.failed;
}

async function goOn(
  desk: Pick<
    Desk,
    | 'options'
    | 'output'
    | 'speaker'
    | 'errors'
    | 'stops'
    | 'prompts'
    | 'groundwork'
    | 'environment'
    | 'show'
    | 'present'
  >,
  id: string,
  options: ResumeOptions,
): Promise<number> {
  const { output, speaker, groundwork } = desk;
  output.formatFor('rootctl.delete');
  const resumable = await requireResumable(id, groundwork);
  requireConsent(desk, 'runs resume', options);
  if (isDone(resumable)) {
    speaker.notice(speaker.speech.words.deletion.nothingLeft(id));
    const document = toldAsItStands(resumable, groundwork);
    await output.print(document, { listing: 'ended', journalPath: resumable.run.path });
    return deletionCode(document);
  }
  const { environment, units } = unitNamesAt(await desk.environment());
  const { plan } = resumable;
  const isConfirmed = options.yes === true;
  const request: ResumeRequest = {
    resumable,
    isConfirmed,
    waitMs: options.wait,
    onPlanned: (accounts, notTouched) =>
      showPlan(desk, { plan: { ...plan, accounts: [...accounts] }, notTouched }, !isConfirmed, units),
  };
  const places = new Map(plan.accounts.map(({ id: account, path }) => [account, path]));
  return tellDeletion(desk, environment, { places, units }, (told) => resume(request, told));
}
