import { isDone, requireResumable, resume, toldAsItStands } from '../../actions/resume.ts';
import { listRuns, showRun } from '../../actions/runs.ts';
import { nearest } from '../../org/nearest.ts';
import { problemError } from '../../problems/index.ts';
import type { CommandModule } from '../command.ts';
import { requireConsent } from '../consent.ts';
import type { Context } from '../context.ts';
import { deletionCode, tellDeletion } from '../deleting.ts';
import { exitCodes } from '../errors.ts';
import { waitOption } from '../options.ts';

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
      .action((id: string, options: ResumeOptions) => run((context) => goOn(context, id, options)));
    // A mistyped subcommand arrives as a word too many. Said last, since subcommands inherit it.
    command.allowExcessArguments();
  },
};

const unknownCommand = (word: string) =>
  problemError('Usage', {
    mistake: 'unknown-command',
    word,
    value: null,
    near: nearest(word, ['show', 'resume'], (name) => name),
    rule: null,
    limits: [],
    see: 'rootctl runs',
  });

async function list(context: Context, [word]: readonly string[]): Promise<number> {
  if (word !== undefined) throw unknownCommand(word);
  context.formatFor('rootctl.runs');
  context.print(await listRuns(context.groundwork));
  return exitCodes.done;
}

async function show(context: Context, id: string): Promise<number> {
  context.formatFor('rootctl.run');
  const document = await showRun(id, context.groundwork);
  context.print(document);
  return document.journal.intact ? exitCodes.done : exitCodes.failed;
}

async function goOn(context: Context, id: string, options: ResumeOptions): Promise<number> {
  context.formatFor('rootctl.delete');
  const resumable = await requireResumable(id, context.groundwork);
  requireConsent(context.world, 'runs resume', options);
  if (isDone(resumable)) {
    context.notice(context.speech.words.deletion.nothingLeft(id));
    const document = toldAsItStands(resumable, context.groundwork);
    context.print(document, { listing: 'ended', journalPath: resumable.run.path });
    return deletionCode(document);
  }
  const request = { resumable, isConfirmed: options.yes === true, waitMs: options.wait };
  const environment = context.environment(await context.connect());
  return tellDeletion(context, environment, (told) => resume(request, told));
}
