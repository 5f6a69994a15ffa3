import type { CommandModule } from '../program.ts';
import { deleteCommand } from './delete.ts';
import { disableCommand, enableCommand } from './enable.ts';
import { runsCommand } from './runs.ts';
import { sandboxCommand } from './sandbox.ts';
import { statusCommand } from './status.ts';

/** Every command, in the order in which they are used. */
export const commands: readonly CommandModule[] = [
  enableCommand,
  statusCommand,
  deleteCommand,
  disableCommand,
  runsCommand,
  sandboxCommand,
];
