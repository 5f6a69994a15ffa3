import { applyDeletion } from '../../actions/apply-deletion.ts';
import {
  notBegun,
  type PlannedDeletion,
  planDeletion,
  type ShownPlan,
  shownPlan,
} from '../../actions/plan-deletion.ts';
import { type UnitNames, unitNamesAt } from '../../actions/unit-names.ts';
import type { DeleteDocument } from '../../documents/index.ts';
import { spanOf } from '../../duration.ts';
import { isEmptySelection } from '../../org/selecting.ts';
import { annotateDeletion } from '../../output/annotating.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { deletionCode } from '../../process/result-codes.ts';
import type { Speaker } from '../../terminal/speaker.ts';
import type { DeleteOptions } from '../commands/delete.ts';
import { requireChooser, requireConsent } from '../consent.ts';
import { tellDeletion } from '../deleting.ts';
import type { Desk } from '../desk.ts';
import { planView, readPlan, showPlan, writePlan } from '../plans.ts';
import { parseSelection } from './selecting.ts';

const dayMs = 86_400_000;

export async function remove(desk: Desk, positional: readonly string[], options: DeleteOptions): Promise<number> {
  const { files, prompts, groundwork } = desk;
  desk.output.formatFor('rootctl.delete');
  const isDryRun = options.dryRun === true || options.planOut !== undefined;
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  const plan = options.plan === undefined ? null : await readPlan(desk, options.plan, selection, options);
  if (plan === null && isEmptySelection(selection)) requireChooser(prompts);
  if (options.planOut !== undefined) await desk.output.claim(options.planOut, `--plan-out ${options.planOut}`);
  requireConsent(desk, 'delete', { ...options, dryRun: isDryRun });
  if (options.unusedFor !== undefined) sayUnusedFor(desk.speaker, options.unusedFor);

  const { environment, units } = unitNamesAt(await desk.environment());
  const deletion = await planDeletion(
    {
      ...(plan === null
        ? { selection, only: options.only, unusedForMs: options.unusedFor }
        : { plan, ageMaxMs: options.planMaxAge }),
      organizationId: options.org,
      accountsMax: options.maxAccounts,
    },
    environment,
  );
  if (deletion.plan === null) return tellCutShort(desk, deletion, isDryRun);
  if (options.planOut !== undefined) await writePlan(desk, options.planOut, deletion.plan);
  const shown = shownPlan(deletion.plan, deletion);
  if (isDryRun) return tellDryRun(desk, shown, notBegun(deletion, true, environment), units);
  if (shown.plan.accounts.length > 0) await showPlan(desk, shown, options.yes !== true, units);
  const request = {
    deletion,
    isConfirmed: options.yes === true,
    waitMs: options.wait,
    failuresMax: options.maxFailures,
  };
  const places = new Map(deletion.decisions.map(({ reading: { account } }) => [account.id, account.path]));
  return tellDeletion(desk, environment, { places, units }, (told) => applyDeletion(request, told));
}

/** A time in the wrong unit protects nothing, so it is said in words; one below a day is hardly what somebody meant. */
function sayUnusedFor({ notice, warn, speech }: Speaker, unusedForMs: number): void {
  const { deletion, lines, times } = speech.words;
  const { count, unit } = spanOf(unusedForMs);
  const span = times.span(count, unit);
  if (unusedForMs >= dayMs) notice(deletion.unusedFor(span));
  else warn(lines.warning(deletion.unusedForShort(span)));
}

/** The reading did not come to its end: what it told is told, and nothing is deleted. */
async function tellCutShort(
  { output, speaker, errors, stops, groundwork }: Desk,
  deletion: PlannedDeletion,
  isDryRun: boolean,
): Promise<number> {
  const { listing } = deletion;
  await output.print(notBegun(deletion, isDryRun, groundwork), {
    listing: listing.state === 'ended' ? 'ended' : 'cut',
  });
  if (listing.state === 'failed') errors.tell(listing.error.problem);
  speaker.warn(speaker.speech.words.deletion.cutShort[listing.state === 'failed' ? 'listing-failed' : 'interrupted']);
  return stops.exitCode() ?? exitCodes.failed;
}

async function tellDryRun(
  { output, speaker, stops }: Pick<Desk, 'output' | 'speaker' | 'stops'>,
  shown: ShownPlan,
  document: DeleteDocument,
  units: UnitNames,
): Promise<number> {
  annotateDeletion(document, output, speaker);
  if (shown.plan.accounts.length === 0) await output.print(document);
  else await output.print(document, await planView(shown, true, units), shown.plan);
  return stops.exitCode() ?? deletionCode(document);
}
