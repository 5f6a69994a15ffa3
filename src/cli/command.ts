import type { Command } from 'commander';
import type { Context } from './context.ts';

/** Runs a command's action with its context, once commander has read the flags. */
export type Run = (action: (context: Context) => Promise<number>) => Promise<void>;

/** One command: one file in `commands/`, one line in `commands/index.ts`. Help and completion read that list. */
export interface CommandModule {
  readonly name: string;
  readonly summary: string;
  /** Shown first in the command's help. */
  readonly examples: readonly string[];
  readonly define: (command: Command, run: Run) => void;
}
