import { leftAloneIn, type PlannedDeletion, plannedIn } from '../actions/plan-deletion.ts';
import { requirePlan } from '../actions/plan-fit.ts';
import { readUnitNames } from '../actions/unit-names.ts';
import type { PlanDocument } from '../documents/index.ts';
import { isEmptySelection, type SelectionRequest } from '../org/selecting.ts';
import { obstacleOf, problemError } from '../problems/index.ts';
import { readNamedFile } from '../process/named-files.ts';
import { formats, type View } from '../render/index.ts';
import type { Desk } from './desk.ts';

/** What the flags say beside `--plan`. */
interface Beside {
  readonly only?: unknown;
  readonly unusedFor?: number;
  readonly planOut?: string;
}

/** @throws ProblemError before anything is asked of AWS. */
export async function readPlan(
  { files, groundwork }: Pick<Desk, 'files' | 'groundwork'>,
  path: string,
  selection: SelectionRequest,
  options: Beside,
): Promise<PlanDocument> {
  const others = [
    isEmptySelection(selection) && selection.exclusions.length === 0 ? null : 'selection',
    options.only === undefined ? null : '--only',
    options.unusedFor === undefined ? null : '--unused-for',
    options.planOut === undefined ? null : '--plan-out',
  ].filter((flag) => flag !== null);
  if (others.length > 0) throw problemError('ContradictingFlags', { flag: '--plan', others, why: 'plan-says-all' });
  return requirePlan(await readNamedFile(files, path, 'plan'), path, groundwork.product.isSimulated);
}

export async function writePlan(
  { files, speaker: { notice, speech } }: Pick<Desk, 'files' | 'speaker'>,
  path: string,
  plan: PlanDocument,
): Promise<void> {
  await files.writeFile(path, `${JSON.stringify(plan, null, 2)}\n`).catch((error: unknown) => {
    throw problemError('UnwritableFile', { what: 'plan', why: obstacleOf(error) });
  });
  notice(speech.words.deletion.planWritten(path, speech.rootctl('delete', '--plan', path)));
}

/** What is done of the plan, as it is shown. */
export const shownPlan = (plan: PlanDocument, { decisions }: PlannedDeletion): PlanDocument => ({
  ...plan,
  accounts: [...plannedIn(decisions)],
});

/** Of so many accounts the OUs are named: each costs a call. */
const placedMax = 200;

export async function planView(
  { decisions }: PlannedDeletion,
  isDryRun: boolean,
  environment: Parameters<typeof readUnitNames>[1],
): Promise<Partial<View>> {
  const ouNames = await readUnitNames(plannedIn(decisions).slice(0, placedMax), environment);
  const notTouched = leftAloneIn(decisions).filter(({ outcome }) => outcome !== 'absent');
  return { ouNames, notTouched, dryRun: isDryRun };
}

/** What will be confirmed is what is shown: on stderr, because stdout is for the result. */
export async function showPlan(
  { options, prompts, show }: Pick<Desk, 'options' | 'prompts' | 'show'>,
  plan: PlanDocument,
  deletion: PlannedDeletion,
  environment: Parameters<typeof readUnitNames>[1],
): Promise<void> {
  if (options.quiet === true && prompts === null) return;
  const more = await planView(deletion, false, environment);
  show((view) => formats.table.render(shownPlan(plan, deletion), { ...view, ...more }));
}
