import type { Command } from 'commander';
import { isDone, type ResumeRequest, requireResumable, resume, toldAsItStands } from '../../actions/resume.ts';
import { listRuns, showRun } from '../../actions/runs.ts';
import { unitNamesAt } from '../../actions/unit-names.ts';
import { commandBelow } from '../../flags/known-words.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { deletionCode } from '../../process/result-codes.ts';
import type { ResumeOptions } from '../commands/runs.ts';
import { requireConsent } from '../consent.ts';
import { tellDeletion } from '../deleting.ts';
import type { Desk } from '../desk.ts';
import { showPlan } from '../plans.ts';

type Looking = Pick<Desk, 'output' | 'groundwork'>;

export async function list({ output, groundwork }: Looking, command: Command): Promise<number> {
  const [word] = command.args;
  if (word !== undefined) commandBelow(command, word);
  output.formatFor('rootctl.runs');
  await output.print(await listRuns(groundwork));
  return exitCodes.done;
}

export async function show({ output, groundwork }: Looking, id: string, withEvents: boolean): Promise<number> {
  output.formatFor('rootctl.run');
  const document = await showRun(id, groundwork);
  await output.print(document, { withEvents });
  return document.journal.intact ? exitCodes.done : exitCodes.failed;
}

export async function goOn(
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
