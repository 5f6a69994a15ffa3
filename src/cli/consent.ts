import { type DataOfCode, problemError } from '../problems/index.ts';
import type { World } from '../process/world.ts';
import type { Prompts } from '../terminal/person.ts';

interface Agreeing {
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/**
 * Without a terminal and without `--yes` nothing is done, not even read.
 * @throws ProblemError `NoConfirmation`
 */
export function requireConsent(
  { prompts }: Pick<World, 'prompts'>,
  command: DataOfCode<'NoConfirmation'>['command'],
  { yes = false, dryRun = false }: Agreeing,
): void {
  if (!dryRun && !yes && prompts === null) throw problemError('NoConfirmation', { command });
}

/**
 * Nobody said which accounts: a list of them is to be shown.
 * @throws ProblemError `EmptySelection` where there is nobody to show it to, or where it cannot be shown.
 */
export function requireChooser(prompts: World['prompts']): NonNullable<Prompts['choose']> {
  const choose = prompts?.choose;
  if (choose) return choose;
  throw problemError('EmptySelection', { of: 'delete', why: prompts === null ? 'not-said' : 'dumb-terminal' });
}
