import type { ShownPlan } from '../actions/plan-deletion.ts';
import { requirePlan } from '../actions/plan-fit.ts';
import type { UnitNames } from '../actions/unit-names.ts';
import type { PlanDocument } from '../documents/index.ts';
import { isUnsaid, type SelectionRequest } from '../org/selecting.ts';
import { problemError } from '../problems/index.ts';
import { readNamedFile } from '../process/named-files.ts';
import { formats, renderPlanTotals, type View } from '../render/index.ts';
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
    isUnsaid(selection) ? null : 'selection',
    options.only === undefined ? null : '--only',
    options.unusedFor === undefined ? null : '--unused-for',
    options.planOut === undefined ? null : '--plan-out',
  ].filter((flag) => flag !== null);
  if (others.length > 0) throw problemError('ContradictingFlags', { flag: '--plan', others, why: 'plan-says-all' });
  return requirePlan(await readNamedFile(files, path, 'plan'), path, groundwork.product.isSimulated);
}

export async function writePlan(
  { output, speaker: { notice, speech } }: Pick<Desk, 'output' | 'speaker'>,
  path: string,
  plan: PlanDocument,
): Promise<void> {
  if (await output.save(path, `${JSON.stringify(plan, null, 2)}\n`, 'PlanNotWritten'))
    notice(speech.words.deletion.planWritten(path, speech.rootctl('delete', '--plan', path)));
}

export const planView = async (
  { plan, notTouched, changed = [], goneCount = 0 }: ShownPlan,
  isDryRun: boolean,
  units: UnitNames,
): Promise<Partial<View>> => ({
  ouNames: await units(plan.accounts),
  notTouched,
  changed,
  goneCount,
  dryRun: isDryRun,
});

/**
 * What will be confirmed is what is shown: on stderr, because stdout is for the result.
 * @param isAsked whether a question about it comes next.
 */
export async function showPlan(
  { options, prompts, show, present }: Pick<Desk, 'options' | 'prompts' | 'show' | 'present'>,
  shown: ShownPlan,
  isAsked: boolean,
  units: UnitNames,
): Promise<void> {
  if (options.quiet === true && prompts === null) return;
  const more = await planView(shown, false, units);
  const whole = (view: View): string => formats.table.render(shown.plan, { ...view, ...more });
  if (!isAsked) show(whole);
  else await present(whole, (view) => renderPlanTotals(shown.plan, { ...view, ...more }));
}
