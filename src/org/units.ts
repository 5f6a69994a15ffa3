import {
  DescribeOrganizationalUnitCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import { collectPages } from './pages.ts';
import { SelectionError } from './selection.ts';

interface Unit {
  readonly id: string;
  readonly name: string;
}

const childUnits = async (aws: Aws, ParentId: string, signal?: AbortSignal): Promise<readonly Unit[]> => {
  const units = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }), signal);
    return { items: page.OrganizationalUnits ?? [], next: page.NextToken };
  });
  return units.map(({ Id = '', Name = '' }) => ({ id: Id, name: Name }));
};

const roots = async (aws: Aws, signal?: AbortSignal): Promise<readonly Unit[]> => {
  const listed = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListRootsCommand({ NextToken }), signal);
    return { items: page.Roots ?? [], next: page.NextToken };
  });
  return listed.map(({ Id = '', Name = 'Root' }) => ({ id: Id, name: Name }));
};

export const isUnitId = (text: string): boolean => /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/u.test(text);

/**
 * The id of an OU or root named by id or by path (names from the root down, `Workloads/Prod`; a leading `Root/` allowed).
 * @throws SelectionError when there is none, with the names that are there.
 */
export async function resolveUnit(aws: Aws, named: string, signal?: AbortSignal): Promise<string> {
  if (isUnitId(named)) return requireUnit(aws, named, signal);
  const [root] = await roots(aws, signal);
  if (root === undefined)
    throw new SelectionError('UnknownOrganizationalUnit', 'the organization has no root', 'check the credentials');
  const names = named.split('/').filter((name) => name !== '');
  if (names[0] === root.name || (names[0] === 'Root' && names.length > 0)) {
    const rest = names.slice(1);
    const below = await descend(aws, root, rest, named, signal).catch((error: unknown) => {
      if (error instanceof SelectionError) return null;
      throw error;
    });
    if (below !== null) return below;
  }
  return descend(aws, root, names, named, signal);
}

async function descend(
  aws: Aws,
  from: Unit,
  names: readonly string[],
  named: string,
  signal?: AbortSignal,
): Promise<string> {
  let current = from;
  for (const name of names) {
    const children = await childUnits(aws, current.id, signal);
    const next =
      children.find((unit) => unit.name === name) ??
      children.find((unit) => unit.name.toLowerCase() === name.toLowerCase());
    if (next === undefined) {
      const there = children.map((unit) => unit.name).sort();
      throw new SelectionError(
        'UnknownOrganizationalUnit',
        `there is no organizational unit ${named}: ${name} is not in ${current.name}`,
        there.length === 0
          ? `${current.name} has no units below it`
          : `${current.name} has: ${there.slice(0, 20).join(', ')}`,
      );
    }
    current = next;
  }
  return current.id;
}

async function requireUnit(aws: Aws, id: string, signal?: AbortSignal): Promise<string> {
  try {
    if (id.startsWith('r-')) {
      if ((await roots(aws, signal)).some((root) => root.id === id)) return id;
    } else {
      await aws.organizations(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id }), signal);
      return id;
    }
  } catch (error) {
    if (!(error instanceof AwsError) || !unknownUnitCodes.has(error.failure.code)) throw error;
  }
  throw new SelectionError(
    'UnknownOrganizationalUnit',
    `there is no organizational unit ${id} in the organization`,
    'list them: aws organizations list-organizational-units-for-parent --parent-id ROOT-ID',
  );
}

const unknownUnitCodes = new Set(['OrganizationalUnitNotFoundException', 'InvalidInputException']);

/** Names of OUs for people, read one by one and only when shown. An id that cannot be read keeps its id. */
export function createUnitNames(
  aws: Aws,
): (ids: Iterable<string>, signal?: AbortSignal) => Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let isDenied = false;
  return async (ids, signal) => {
    const missing = [...new Set(ids)].filter((id) => id.startsWith('ou-') && !names.has(id));
    for (let start = 0; start < missing.length && !isDenied; start += 8) {
      await Promise.all(
        missing.slice(start, start + 8).map(async (id) => {
          try {
            const { OrganizationalUnit } = await aws.organizations(
              new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id }),
              signal,
            );
            if (OrganizationalUnit?.Name !== undefined) names.set(id, OrganizationalUnit.Name);
          } catch {
            isDenied = true; // a name is an ornament: without permission the id is shown
          }
        }),
      );
    }
    return names;
  };
}
