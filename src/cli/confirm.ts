import { visible } from '../render/index.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';

/** Asks until the very words are typed, once: a wrong answer is a no. @throws UsageError when it is not confirmed. */
export async function confirm(context: Context, question: string, expected: string): Promise<void> {
  const { prompts } = context.world;
  (await context.progress()).stop();
  const answer = prompts === null ? '' : await prompts.ask(visible(question));
  if (answer.trim() === expected) return;
  throw new UsageError('NotConfirmed', 'not confirmed: nothing was changed', `type ${expected} exactly, or use --yes`);
}
