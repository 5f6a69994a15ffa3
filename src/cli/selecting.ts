import type { Command } from 'commander';
import { repeated } from '../flags/options.ts';
import type { Help } from './command.ts';

/** The selection flags of `status`, `delete` and `report`. */
export interface SelectionOptions {
  readonly all?: boolean;
  readonly accounts?: readonly string[];
  readonly ou?: readonly string[];
  readonly tag?: readonly string[];
  readonly name?: readonly string[];
  readonly joinedSince?: string;
  readonly exclude?: readonly string[];
}

export function addSelectionOptions(command: Command, { accountIds, selection, durations }: Help): Command {
  return command
    .argument('[account...]', accountIds)
    .option('--all', selection.all)
    .option('--accounts <ids>', selection.accounts, repeated)
    .option('--ou <ou>', selection.ou, repeated)
    .option('--tag <key[=value]>', selection.tag, repeated)
    .option('--name <glob>', selection.name, repeated)
    .option('--joined-since <time>', selection['joined-since'](durations))
    .option('--exclude <account>', selection.exclude, repeated);
}
