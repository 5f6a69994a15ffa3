import { createUnitNames } from '../org/units.ts';
import type { Environment } from './environment.ts';

/** OU id → name, as far as the caller may read them; each OU is read once, however often it is asked for. */
export type UnitNames = (accounts: readonly { readonly path: string | null }[]) => Promise<ReadonlyMap<string, string>>;

type Needs = Pick<Environment, 'aws' | 'report' | 'stops'>;

/**
 * The names of the OUs above the accounts, for people. One call for each OU.
 * @param known names that were read before.
 * @param unitsMax so many are read, those of most accounts: the others keep their ids.
 */
export function unitNamesOf(
  { aws, report, stops }: Needs,
  known: ReadonlyMap<string, string> = new Map(),
  unitsMax = Number.POSITIVE_INFINITY,
): UnitNames {
  const read = createUnitNames(aws);
  const asked = new Set<string>();
  return async (accounts) => {
    const counts = new Map<string, number>();
    for (const { path } of accounts) {
      for (const id of (path ?? '').split('/')) {
        if (id.startsWith('ou-') && !asked.has(id) && !known.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    const ids = [...counts.keys()];
    if (asked.size + ids.length > unitsMax)
      ids.sort((left, right) => (counts.get(right) ?? 0) - (counts.get(left) ?? 0));
    const wanted = ids.slice(0, unitsMax - asked.size);
    for (const id of wanted) asked.add(id);
    if (wanted.length > 0) report({ event: 'working', on: 'unit-names' });
    const names = await read(wanted, stops.aborting);
    report({ event: 'unit-names', units: [...names].map(([id, name]) => ({ id, name })) });
    return new Map([...known, ...names]);
  };
}

/** The same, once. */
export const readUnitNames = (
  accounts: Parameters<UnitNames>[0],
  environment: Needs,
): Promise<ReadonlyMap<string, string>> => unitNamesOf(environment)(accounts);

/** So many OUs are named in a plan and in what became of it: each costs a call. */
const unitsMax = 500;

/** OUs by name, for a command that shows them twice. A signal ends the reading: they are ornaments. */
export function unitNamesAt(environment: Environment): {
  readonly environment: Environment;
  readonly units: UnitNames;
} {
  const { report, stops } = environment;
  const known = new Map<string, string>();
  const listening: Environment = {
    ...environment,
    report: (event) => {
      if (event.event === 'unit-names') for (const { id, name } of event.units) known.set(id, name);
      report(event);
    },
  };
  const reading = { ...environment, stops: { ...stops, aborting: stops.stopping } };
  return { environment: listening, units: unitNamesOf(reading, known, unitsMax) };
}
