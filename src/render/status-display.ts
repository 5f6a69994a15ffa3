import { type AccountStatus, type KindDescriptions, kindsAsShown } from '../documents/index.ts';
import { accountStates } from './status-names.ts';
import type { View } from './view.ts';

/** The columns of csv that a name stands for. */
export function csvTitlesOf(name: string, kinds: KindDescriptions): readonly string[] {
  const kind = kindsAsShown(kinds).find(({ flag }) => flag === name);
  return kind === undefined ? (ownTitles.get(name) ?? []) : Object.keys(kind.csv);
}

const ownTitles: ReadonlyMap<string, readonly string[]> = new Map([
  ['account', ['account_id']],
  ['name', ['name']],
  ['email', ['email']],
  ['ou', ['path']],
  ['joined', ['joined_at', 'joined_method']],
  ['state', ['state']],
  ['root', ['status']],
  ['last-used', ['last_used_at']],
  ['reason', ['reason', 'error_code', 'error_message']],
]);

/** The accounts that are shown, where only some states are. */
export const inStates = (
  accounts: readonly AccountStatus[],
  { states }: Pick<View, 'states'>,
): readonly AccountStatus[] =>
  states === undefined ? accounts : accounts.filter(({ status }) => states.includes(status));

/** What is read and not shown; null where everything is. */
export function notShownSentence(
  accounts: readonly AccountStatus[],
  view: Pick<View, 'states' | 'speech'>,
): string | null {
  const hidden = accounts.length - inStates(accounts, view).length;
  return hidden === 0 ? null : view.speech.words.status.notShown(hidden);
}

/** A unit of the organization, with what is in it and below. */
export interface UnitRow {
  /** The id of the unit; null for accounts whose place is not known. */
  readonly unit: string | null;
  readonly depth: number;
  readonly name: string;
  readonly within: readonly AccountStatus[];
}

export interface AccountRow {
  readonly depth: number;
  readonly account: AccountStatus;
}

/**
 * The accounts by their units, from the root down: a unit, its own accounts in the order given, then the units in it by
 * name; last the accounts whose place is not known.
 */
export function treeRows(accounts: readonly AccountStatus[], view: View): readonly (UnitRow | AccountRow)[] {
  const { compare } = view.speech.words.grammar;
  const words = view.speech.words.status;
  const placed = accounts.flatMap((account) => {
    const units = (account.path ?? '').split('/').filter((id) => /^(?:r|ou)-/u.test(id));
    return units.length === 0 ? [] : [{ account, units }];
  });
  const nameOf = (id: string): string => (id.startsWith('r-') ? words.root : (view.ouNames?.get(id) ?? id));
  const below = (prefix: readonly string[]): readonly (UnitRow | AccountRow)[] => {
    const depth = prefix.length;
    const inside = placed.filter(({ units }) => prefix.every((id, at) => units[at] === id));
    const own = inside.filter(({ units }) => units.length === depth);
    const children = [...new Set(inside.flatMap(({ units }) => units[depth] ?? []))].sort((left, right) =>
      compare(nameOf(left), nameOf(right)),
    );
    return [
      ...own.map(({ account }) => ({ depth, account })),
      ...children.flatMap((id): readonly (UnitRow | AccountRow)[] => {
        const within = inside.filter(({ units }) => units[depth] === id).map(({ account }) => account);
        return [{ unit: id, depth, name: nameOf(id), within }, ...below([...prefix, id])];
      }),
    ];
  };
  const placeless = accounts.filter((account) => !placed.some((one) => one.account === account));
  if (placeless.length === 0) return below([]);
  const unknown: UnitRow = { unit: null, depth: 0, name: words.placeless, within: placeless };
  return [...below([]), unknown, ...placeless.map((account) => ({ depth: 1, account }))];
}

/** `3 accounts: 1 present, 2 absent` */
export function unitTotals(within: readonly AccountStatus[], { speech }: Pick<View, 'speech'>): string {
  const { status, shared, grammar } = speech.words;
  const counts = accountStates.flatMap((state) => {
    const count = within.filter((account) => account.status === state).length;
    return count === 0 ? [] : [status.counted(grammar.number(count), status.states[state])];
  });
  return `${shared.accounts(within.length)}: ${counts.join(shared.comma)}`;
}
