import type { Environment } from '../actions/environment.ts';
import type { ActionEvent, Report } from '../actions/events.ts';
import type { UnitNames } from '../actions/unit-names.ts';
import { type DeleteDocument, isTrouble } from '../documents/index.ts';
import { annotateDeletion } from '../output/annotating.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { deletionCode } from '../process/result-codes.ts';
import { type Format, manyAccounts, type View } from '../render/index.ts';
import type { Desk } from './desk.ts';

type Begun = Extract<ActionEvent, { readonly event: 'run-begun' }>;
type Ended = Extract<ActionEvent, { readonly event: 'run-ended' }>;

/** Where the accounts of a deletion are: id → AWS's path; and what people call those places. */
export interface Whereabouts {
  readonly places: ReadonlyMap<string, string | null>;
  readonly units: UnitNames;
}

/** Lets a deletion happen, prints what became of it, and says how the command ends. */
export async function tellDeletion(
  { output, speaker, errors, stops }: Pick<Desk, 'output' | 'speaker' | 'errors' | 'stops'>,
  environment: Environment,
  whereabouts: Whereabouts,
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
  /** What was left alone before anybody agreed has no actions, and is not taken up by resuming either. */
  const mustResume = (): boolean =>
    ended !== null &&
    (ended.state === 'interrupted' ||
      document.accounts.some(
        ({ outcome, reason, actions }) =>
          reason === 'not-tried' || (stops.exitCode() !== null && actions.length > 0 && isTrouble(outcome)),
      ));
  annotateDeletion(document, output, speaker);
  await output.print(document, {
    listing: 'ended',
    isResumeTold: mustResume(),
    ...(await placedView(document, whereabouts, { output, stops })),
    ...(begun === null ? {} : { journalPath: begun.journalPath }),
  });
  if (ended === null) return deletionCode(document);
  const { problem, runId } = ended;
  if (problem !== null) errors.tell(problem);
  const { speech, warn } = speaker;
  const words = speech.words.deletion;
  await environment.clock.sleep(0); // that it could not be written is known a moment later
  if (output.isLost()) warn(words.lostResult(runId, speech.rootctl('runs', 'show', runId)));
  if (mustResume()) warn(words.resumeWith(speech.rootctl('runs', 'resume', runId)));
  else if (stops.exitCode() !== null) warn(words.allDone);
  return stops.exitCode() ?? (problem === null ? deletionCode(document) : exitCodes.failed);
}

/** Where it is shown where the accounts are. Whoever asked the command to end waits for no names. */
async function placedView(
  { accounts }: DeleteDocument,
  { places, units }: Whereabouts,
  { output, stops }: Pick<Desk, 'output' | 'stops'>,
): Promise<Partial<View>> {
  const isCounted = output.forms().some(({ countsByUnit = false }: Format) => countsByUnit);
  if (!isCounted || accounts.length < manyAccounts) return {};
  const touched = accounts.filter(({ actions }) => actions.length > 0);
  const named = stops.exitCode() === null ? touched.map(({ id }) => ({ path: places.get(id) ?? null })) : [];
  return { places, ouNames: await units(named) };
}
