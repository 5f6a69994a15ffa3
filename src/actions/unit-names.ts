import { createUnitNames } from '../org/units.ts';
import type { Environment } from './environment.ts';

/**
 * The names of the OUs above the accounts, for people: OU id → name, as far as the caller may read them. One call for
 * each OU.
 */
export async function readUnitNames(
  accounts: readonly { readonly path: string | null }[],
  { aws, report, stops }: Pick<Environment, 'aws' | 'report' | 'stops'>,
): Promise<ReadonlyMap<string, string>> {
  const ids = accounts.flatMap(({ path }) => (path ?? '').split('/').filter((id) => id.startsWith('ou-')));
  if (ids.length > 0) report({ event: 'working', on: 'unit-names' });
  const names = await createUnitNames(aws)(ids, stops.aborting);
  report({ event: 'unit-names', units: [...names].map(([id, name]) => ({ id, name })) });
  return names;
}
