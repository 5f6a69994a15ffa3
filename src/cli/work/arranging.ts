import { demanded } from '../../flags/settings.ts';
import { problemError } from '../../problems/index.ts';
import { type Arrangement, type Format, formats, type View } from '../../render/index.ts';
import type { ArrangementOptions } from '../arranging.ts';

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
