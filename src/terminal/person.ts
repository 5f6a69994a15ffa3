import type { Words } from '../words/index.ts';
import type { Choice } from './multi-select.ts';
import type { Desk } from './prompts.ts';

/** Questions to the person at the terminal; null where there is nobody to ask. */
export interface Prompts {
  /** One line; null when none will come. @throws InterruptedError on Ctrl-C; the signal's reason. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | null>;
  /** The values that were marked; null where the terminal cannot draw a list. @throws as `ask`. */
  readonly choose:
    | ((question: string, choices: readonly Choice[], signal: AbortSignal) => Promise<readonly string[]>)
    | null;
}

/** Loaded only when somebody is asked: most runs ask nothing. */
export function promptsAt(desk: Desk, words: () => Words['terminal']): Prompts {
  const { isDumb } = desk;
  return {
    ask: async (question, signal) => (await import('./prompts.ts')).ask(desk, question, signal),
    choose: isDumb
      ? null
      : async (question, choices, signal) =>
          (await import('./multi-select.ts')).choose({ ...desk, words: words().list }, question, choices, signal),
  };
}
