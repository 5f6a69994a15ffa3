import { input } from '@inquirer/prompts';
import { InterruptedError } from './errors.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

const context = { input: process.stdin, output: process.stderr };

/** Ctrl-C at a question is an interruption like any other. */
async function answered<Answer>(prompt: Promise<Answer>): Promise<Answer> {
  try {
    return await prompt;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new InterruptedError(130);
    throw error;
  }
}

export const ask = (question: string): Promise<string> => answered(input({ message: question }, context));

export async function choose(question: string, choices: readonly Choice[]): Promise<readonly string[]> {
  const { multiSelect } = await import('./multi-select.ts');
  return answered(multiSelect({ message: question, choices }, context));
}
