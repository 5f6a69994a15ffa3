import { type Command, Option } from 'commander';
import { someOf } from '../configuration/values.ts';
import type { AccountStatus } from '../documents/index.ts';
import { demanded } from '../flags/settings.ts';
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
 * What is said, as a view has it. How accounts are shown means something to some forms alone: there a flag too many is a
 * misunderstanding, and what a variable or a file prefers is passed over. Of two that exclude each other the firmer one
 * counts; of two preferences of one place, the columns.
 * @throws ProblemError `ContradictingFlags` for flags
 */
export function arrangementOf(
  options: ArrangementOptions,
  firmnessOf: (name: Arrangement) => number,
  forms: readonly Format[],
): Partial<View> {
  const isOfUse = (name: Arrangement): boolean => forms.some(({ arranges }) => arranges?.includes(name));
  const isDemanded = (name: Arrangement): boolean => firmnessOf(name) === demanded;
  const said = arrangements.filter((name) => options[name] !== undefined);
  const useless = said.find((name) => isDemanded(name) && !isOfUse(name));
  if (useless !== undefined) {
    const { arranges: ofTable = [] }: Format = formats.table;
    const others = [ofTable.includes(useless) ? '--output table' : '--output csv'];
    throw problemError('ContradictingFlags', { flag: `--${useless}`, others, why: 'part-of' });
  }
  const kept = said.filter(isOfUse);
  const everyColumn = kept.filter((name) => name === 'wide' || options[name] === 'credentials');
  const [contradicting] = kept.includes('columns') && isDemanded('columns') ? everyColumn.filter(isDemanded) : [];
  if (contradicting !== undefined)
    throw problemError('ContradictingFlags', { flag: '--columns', others: [`--${contradicting}`], why: 'either-or' });
  const isChosen = kept.includes('columns') && everyColumn.every((name) => firmnessOf(name) <= firmnessOf('columns'));
  const { sort, rows = 'accounts', columns, state } = options;
  return {
    sort,
    rows: kept.includes('rows') && !isChosen ? rows : 'accounts',
    ...(kept.includes('state') ? { states: state } : {}),
    ...(isChosen ? { shownColumns: columns } : {}),
    isWide: kept.includes('wide') && !isChosen,
    isTree: kept.includes('tree'),
    isArranged: said.some((name) => name !== 'rows' && isDemanded(name)),
  };
}
