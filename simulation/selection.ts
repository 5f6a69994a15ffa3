import type { SkipReason } from '../src/documents/index.ts';
import type { Chance } from './chance.ts';
import { managementId, type SimulatedOrganization } from './organization.ts';

/** Flags of a selection, and what they mean, worked out apart from the product. */
export interface SimulatedSelection {
  readonly flags: readonly string[];
  /** Contents of `.rootctl.yaml`; null: there is no such file. */
  readonly config: string | null;
  /** Accounts that the document must list, selected or skipped. */
  readonly listed: ReadonlySet<string>;
  /** Accounts that must not be addressed whatever their state, and the reasons that may be given. */
  readonly barred: ReadonlyMap<string, SkipReason>;
  /** An exclusion or protection means no account at all: nothing may be changed while it stands. */
  readonly isUnmatched: boolean;
}

/** Selects accounts in every way that the flags allow, with exclusions and protections on top. */
export function randomSelection(chance: Chance, organization: SimulatedOrganization): SimulatedSelection {
  const included = inclusion(chance, organization);
  const excluded = chance.is(0.3) ? restriction(chance, organization) : null;
  const protection = chance.is(0.25) ? restriction(chance, organization) : null;
  const barred = new Map<string, SkipReason>([[managementId, 'management-account']]);
  for (const id of excluded?.ids ?? []) if (!barred.has(id)) barred.set(id, 'excluded');
  for (const id of protection?.ids ?? []) if (id !== managementId) barred.set(id, 'protected');
  return {
    flags: [...included.flags, ...(excluded === null ? [] : ['--exclude', excluded.word])],
    config: protection === null ? null : `protect:\n  - ${JSON.stringify(protection.word)}\n`,
    listed: included.ids,
    barred,
    isUnmatched: excluded?.ids.length === 0 || protection?.ids.length === 0,
  };
}

function inclusion(
  chance: Chance,
  { members, units, scenario }: SimulatedOrganization,
): { readonly flags: readonly string[]; readonly ids: ReadonlySet<string> } {
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

/** An account, an OU or a glob, as `--exclude` and `protect:` take them. */
function restriction(
  chance: Chance,
  { members, units, scenario }: SimulatedOrganization,
): { readonly word: string; readonly ids: readonly string[] } {
  const { accounts } = scenario;
  const way = chance.whole(0, 2);
  if (way === 1 && units.length > 0) {
    const { id } = chance.pick(units);
    return { word: id, ids: below(id, units, accounts) };
  }
  if (way === 2) {
    const glob = chance.pick(['PAY', 'data', 'Net', 'legacy']);
    const ids = accounts.filter(({ name }) => name.toLowerCase().startsWith(glob.toLowerCase())).map(({ id }) => id);
    return { word: `${glob}*`, ids };
  }
  const { id } = chance.pick(members).account;
  return { word: id, ids: [id] };
}

type Units = SimulatedOrganization['units'];

function below(unitId: string, units: Units, accounts: SimulatedOrganization['scenario']['accounts']): string[] {
  const isBelow = (id: string | undefined): boolean =>
    id === unitId || (id !== undefined && isBelow(units.find((unit) => unit.id === id)?.parentId));
  return accounts.filter(({ parentId }) => isBelow(parentId)).map(({ id }) => id);
}

function pathOf(unitId: string, units: Units): string {
  const unit = units.find(({ id }) => id === unitId);
  if (unit === undefined) return '';
  const above = pathOf(unit.parentId, units);
  return above === '' ? unit.name : `${above}/${unit.name}`;
}
