import { type Command, Option } from 'commander';
import { someOf } from '../configuration/values.ts';
import type { AccountStatus } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import {
  type Arrangement,
  accountStates,
  type Format,
  formats,
  type RowsOf,
  rowsChoices,
  type SortOrder,
  sortOrders,
  statusColumnNames,
  type View,
} from '../render/index.ts';
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

const arrangements: readonly Arrangement[] = ['rows', 'columns', 'state', 'wide', 'tree'];

/**
 * What the flags make of the view. How accounts are shown means something to some forms alone, and a word too many is a
 * misunderstanding.
 * @throws ProblemError `ContradictingFlags`
 */
export function arrangementOf(options: ArrangementOptions, forms: readonly Format[]): Partial<View> {
  const { sort, rows, columns, state, wide, tree } = options;
  const { arranges: ofTable = [] }: Format = formats.table;
  const useless = arrangements.find(
    (name) => options[name] !== undefined && !forms.some(({ arranges }) => arranges?.includes(name)),
  );
  if (useless !== undefined) {
    const others = [ofTable.includes(useless) ? '--output table' : '--output csv'];
    throw problemError('ContradictingFlags', { flag: `--${useless}`, others, why: 'part-of' });
  }
  const twice = wide === true ? '--wide' : rows === 'credentials' ? '--rows' : null;
  if (columns !== undefined && twice !== null)
    throw problemError('ContradictingFlags', { flag: '--columns', others: [twice], why: 'either-or' });
  return {
    sort,
    rows: rows ?? 'accounts',
    ...(state === undefined ? {} : { states: state }),
    ...(columns === undefined ? {} : { shownColumns: columns }),
    isWide: wide === true,
    isTree: tree === true,
  };
}
