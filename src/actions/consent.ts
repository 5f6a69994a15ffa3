import { problemError } from '../problems/index.ts';
import type { Environment } from './environment.ts';
import type { Question } from './questions.ts';

type Confirmation = Extract<Question, { readonly question: 'type-to-confirm' }>;

/**
 * The one way to what changes something: whoever called has agreed already, or is asked.
 * @param isGiven as `--yes` says it.
 * @throws ProblemError `NotConfirmed`: nothing was changed.
 */
export async function consent(
  { ask }: Pick<Environment, 'ask'>,
  isGiven: boolean,
  confirmation: Omit<Confirmation, 'question'>,
): Promise<void> {
  if (isGiven || (await ask({ question: 'type-to-confirm', ...confirmation }))) return;
  throw problemError('NotConfirmed', { expected: confirmation.expected });
}

/**
 * Whoever has stopped the command wants nothing changed any more, whatever was agreed to before.
 * @throws ProblemError `Interrupted`: nothing was changed.
 */
export function requireUnstopped({ stops: { stopping, aborting } }: Pick<Environment, 'stops'>): void {
  aborting.throwIfAborted();
  if (stopping.aborted) throw problemError('Interrupted', { before: 'change' });
}
