import type { Environment } from '../actions/environment.ts';
import type { ActionEvent, Report } from '../actions/events.ts';
import type { DeleteDocument } from '../documents/index.ts';
import { annotateDeletion } from '../output/annotating.ts';
import { deletionCode, exitCodes, isTroubled } from '../process/exit-codes.ts';
import type { Desk } from './desk.ts';

type Begun = Extract<ActionEvent, { readonly event: 'run-begun' }>;
type Ended = Extract<ActionEvent, { readonly event: 'run-ended' }>;

/** Lets a deletion happen, prints what became of it, and says how the command ends. */
export async function tellDeletion(
  { output, speaker, errors, stops }: Pick<Desk, 'output' | 'speaker' | 'errors' | 'stops'>,
  environment: Environment,
  work: (environment: Environment) => Promise<DeleteDocument>,
): Promise<number> {
  const run: { begun: Begun | null; ended: Ended | null } = { begun: null, ended: null };
  const report: Report = (event) => {
    if (event.event === 'run-begun') run.begun = event;
    if (event.event === 'run-ended') run.ended = event;
    environment.report(event);
  };
  const document = await work({ ...environment, report });
  const { begun, ended } = run;
  annotateDeletion(document, isTroubled, speaker);
  await output.print(document, { listing: 'ended', ...(begun === null ? {} : { journalPath: begun.journalPath }) });
  if (ended === null) return deletionCode(document);
  const { problem, runId, state } = ended;
  if (problem !== null) errors.tell(problem);
  if (state === 'interrupted' || document.accounts.some(({ reason }) => reason === 'not-tried'))
    speaker.warn(speaker.speech.words.deletion.resumeWith(speaker.speech.rootctl('runs', 'resume', runId)));
  return stops.exitCode() ?? (problem === null ? deletionCode(document) : exitCodes.failed);
}
