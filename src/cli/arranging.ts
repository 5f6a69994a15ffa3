import { type Command, Option } from 'commander';
import { someOf } from '../configuration/values.ts';
import type { AccountStatus } from '../documents/index.ts';
import {
  accountStates,
  type RowsOf,
  rowsChoices,
  type SortOrder,
  sortOrders,
  statusColumnNames,
} from '../render/status-names.ts';
import type { Help } from './command.ts';

/** The flags by which `status` is arranged: what of it is shown, and how. Nothing of it changes what is read. */
export interface ArrangementOptions {
  readonly sort: SortOrder;
  readonly rows?: RowsOf;
  readonly columns?: readonly string[];
  readonly state?: readonly AccountStatus['status'][];
  readonly wide?: boolean;
  readonly tree?: boolean;
}

export function addArrangementOptions(command: Command, { commands }: Help): Command {
  const { flags } = commands.status;
  return command
    .addOption(new Option('--sort <order>', flags.sort).choices(sortOrders).default('default'))
    .addOption(
      new Option('--columns <names>', flags.columns(statusColumnNames())).argParser(someOf(statusColumnNames())),
    )
    .addOption(new Option('--state <states>', flags.state(accountStates)).argParser(someOf(accountStates)))
    .option('--wide', flags.wide)
    .option('--tree', flags.tree)
    .addOption(new Option('--rows <what>', flags.rows).choices(rowsChoices));
}
