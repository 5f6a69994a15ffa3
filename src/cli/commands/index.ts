import type { AnyCommandModule } from '../command.ts';
import { completionCommand } from './completion.ts';
import { configCommand } from './config.ts';
import { deleteCommand } from './delete.ts';
import { doctorCommand } from './doctor.ts';
import { disableCommand, enableCommand } from './enable.ts';
import { explainCommand } from './explain.ts';
import { policyCommand } from './policy.ts';
import { recoverCommand } from './recover.ts';
import { reportCommand } from './report.ts';
import { runsCommand } from './runs.ts';
import { sandboxCommand } from './sandbox.ts';
import { statusCommand } from './status.ts';
import { unlockCommand } from './unlock.ts';

/** Every command, in the order in which they are used. */
export const commands: readonly AnyCommandModule[] = [
  doctorCommand,
  enableCommand,
  statusCommand,
  deleteCommand,
  recoverCommand,
  unlockCommand,
  policyCommand,
  reportCommand,
  runsCommand,
  disableCommand,
  explainCommand,
  configCommand,
  sandboxCommand,
  completionCommand,
];
