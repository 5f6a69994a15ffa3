import { leftAloneIn, type PlannedDeletion, plannedIn } from '../actions/plan-deletion.ts';
import { requirePlan } from '../actions/plan-fit.ts';
import { readUnitNames } from '../actions/unit-names.ts';
import type { PlanDocument } from '../documents/index.ts';
import { isEmptySelection, type SelectionRequest } from '../org/selecting.ts';
import { obstacleOf, problemError } from '../problems/index.ts';
import { formats, type View } from '../render/index.ts';
import type { Context } from './context.ts';
import { readNamedFile } from './named-files.ts';

/** What the flags say beside `--plan`. */
interface Beside {
  readonly only?: unknown;
  readonly unusedFor?: number;
  readonly planOut?: string;
}

/** @throws ProblemError before anything is asked of AWS. */
export async function readPlan(
  { world, isSimulated }: Context,
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
  return requirePlan(await readNamedFile(world, path, 'plan'), path, isSimulated);
}

export async function writePlan({ world, notice, speech }: Context, path: string, plan: PlanDocument): Promise<void> {
  await world.writeFile(path, `${JSON.stringify(plan, null, 2)}\n`).catch((error: unknown) => {
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
  context: Context,
  plan: PlanDocument,
  deletion: PlannedDeletion,
  environment: Parameters<typeof readUnitNames>[1],
): Promise<void> {
  const { options, world } = context;
  if (options.quiet === true && world.prompts === null) return;
  const view = { ...context.view(world.stderr), ...(await planView(deletion, false, environment)) };
  context.progress().stop();
  world.stderr.write(formats.table.render(shownPlan(plan, deletion), view));
}
