import type { SkipReason } from '../src/documents/index.ts';
import type { Chance } from './chance.ts';
import { managementId, type SimulatedOrganization } from './organization.ts';

/** One entry of `--exclude`, or of `protect:` in the file of the working folder (`here`) or of the home (`home`). */
export interface Rule {
  readonly where: 'exclude' | 'here' | 'home';
  readonly word: string;
  /** The accounts that it means; empty: it is a mistake. */
  readonly ids: readonly string[];
}

export interface Inclusion {
  readonly flags: readonly string[];
  readonly ids: ReadonlySet<string>;
  /** Newcomers are meant, and nobody can tell whether these are. */
  readonly undated?: ReadonlySet<string>;
}

/** Flags of a selection, and what they mean, worked out apart from the product. */
export interface SimulatedSelection {
  readonly included: Inclusion;
  readonly rules: readonly Rule[];
  readonly flags: readonly string[];
  /** Path → contents of the configuration files that there are. */
  readonly files: ReadonlyMap<string, string>;
  /** Accounts that the document must list, selected or skipped. */
  readonly listed: ReadonlySet<string>;
  /** Accounts that may be meant: a reading looks at them, a deletion only tells why it leaves them alone anyway. */
  readonly undated: ReadonlySet<string>;
  /** Accounts that must not be addressed whatever their state, and the reasons that may be given. */
  readonly barred: ReadonlyMap<string, SkipReason>;
}

/** The configuration of the working folder, and that of the home. */
export const paths = { here: '.rootctl.yaml', home: '/config/config.yaml' } as const;

/** The accounts that a command of the story must list by its flags. */
export const listedBy = ({ listed, undated }: SimulatedSelection, argv: readonly string[]): ReadonlySet<string> =>
  argv[0] === 'status' ? new Set([...listed, ...undated]) : listed;

/** Whether a command of the story must list an account: `--all` means everybody. */
export function selects(selection: SimulatedSelection, argv: readonly string[]): (id: string) => boolean {
  const listed = listedBy(selection, argv);
  const isEverything = argv.includes('--all');
  return (id) => isEverything || listed.has(id);
}

/** Selects accounts in every way that the flags allow, with exclusions and protections on top. */
export function randomSelection(
  chance: Chance,
  organization: SimulatedOrganization,
  where: () => 'here' | 'home',
): SimulatedSelection {
  const included = inclusion(chance, organization);
  const rules: Rule[] = [];
  if (chance.is(0.3)) rules.push({ where: 'exclude', ...restriction(chance, organization) });
  if (chance.is(0.25)) rules.push({ where: where(), ...restriction(chance, organization) });
  return selectionOf(included, rules);
}

/** The flags and files that say so, and what they mean: protections win over exclusions, and both over all else. */
export function selectionOf(included: Inclusion, rules: readonly Rule[]): SimulatedSelection {
  const barred = new Map<string, SkipReason>([[managementId, 'management-account']]);
  const files = new Map<string, string>();
  for (const { where, word, ids } of rules) {
    for (const id of ids) {
      const isStronger = where !== 'exclude' && id !== managementId;
      if (isStronger || !barred.has(id)) barred.set(id, where === 'exclude' ? 'excluded' : 'protected');
    }
    if (where === 'exclude') continue;
    files.set(paths[where], `${files.get(paths[where]) ?? 'protect:\n'}  - ${JSON.stringify(word)}\n`);
  }
  const exclusions = rules.filter(({ where }) => where === 'exclude');
  return {
    included,
    rules,
    flags: [...included.flags, ...exclusions.flatMap(({ word }) => ['--exclude', word])],
    files,
    listed: included.ids,
    undated: included.undated ?? new Set(),
    barred,
  };
}

function inclusion(chance: Chance, { members, units, scenario }: SimulatedOrganization): Inclusion {
  const accounts = scenario.accounts;
  const way = chance.whole(0, 9);
  if (way < 5) return { flags: ['--all'], ids: new Set(accounts.map(({ id }) => id)) };
  const flags: string[] = [];
  const ids = new Set<string>();
  const isUnit = way === 7 && units.length > 0;
  if (!isUnit && way !== 8) {
    const named = chance.some(accounts, 0.6);
    if (named.length === 0) named.push(chance.pick(accounts));
    for (const { id } of named) ids.add(id);
    if (chance.is(0.5)) flags.push('--accounts', [...ids].join(','));
    else flags.push(...ids);
  }
  if (isUnit) {
    const unit = chance.pick(units);
    flags.push('--ou', chance.is(0.5) ? unit.id : pathOf(unit.id, units));
    for (const id of below(unit.id, units, accounts)) ids.add(id);
  }
  if (way === 8 || chance.is(0.15)) {
    const prefix =
      chance
        .pick(members)
        .account.name.slice(0, 4)
        .replaceAll(/[^a-z-]/gu, '') || 'data';
    flags.push('--name', `${prefix}*`);
    for (const { id, name } of accounts) if (name.startsWith(prefix)) ids.add(id);
  }
  return { flags, ids };
}

/** An account, an OU or a glob, as `--exclude` and `protect:` take them; it means one account at least. */
export function restriction(
  chance: Chance,
  { members, units, scenario }: SimulatedOrganization,
): { readonly word: string; readonly ids: readonly string[] } {
  const { accounts } = scenario;
  const way = chance.whole(0, 2);
  const { id } = chance.pick(members).account;
  const itself = { word: id, ids: [id] };
  if (way === 1 && units.length > 0) {
    const unit = chance.pick(units);
    const ids = below(unit.id, units, accounts);
    const word = chance.is(0.5) ? unit.id : pathOf(unit.id, units);
    return ids.length === 0 ? itself : { word, ids };
  }
  if (way === 2) {
    const glob = chance.pick(['PAY', 'data', 'Net', 'legacy']);
    const ids = accounts.filter(({ name }) => name.toLowerCase().startsWith(glob.toLowerCase())).map((one) => one.id);
    return ids.length === 0 ? itself : { word: `${glob}*`, ids };
  }
  return itself;
}

type Units = SimulatedOrganization['units'];

export function below(unitId: string, units: Units, accounts: SimulatedOrganization['scenario']['accounts']): string[] {
  const isBelow = (id: string | undefined): boolean =>
    id === unitId || (id !== undefined && isBelow(units.find((unit) => unit.id === id)?.parentId));
  return accounts.filter(({ parentId }) => isBelow(parentId)).map(({ id }) => id);
}

export function pathOf(unitId: string, units: Units): string {
  const unit = units.find(({ id }) => id === unitId);
  if (unit === undefined) return '';
  const above = pathOf(unit.parentId, units);
  return above === '' ? unit.name : `${above}/${unit.name}`;
}
