import { type DataOfCode, problemError } from '../problems/index.ts';
import type { World } from './world.ts';

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
