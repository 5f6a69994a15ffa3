import {
  DescribeOrganizationalUnitCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import { problemError } from '../problems/index.ts';
import { nearest } from './nearest.ts';
import { collectPages } from './pages.ts';

interface Unit {
  readonly id: string;
  readonly name: string;
}

/** Looks up OUs by what people call them; each level of the tree is read once, however many are looked up. */
export interface UnitFinder {
  /**
   * The id of an OU or root named by id or by path (names from the root down, `Workloads/Prod`; a leading `Root/`
   * allowed). A name that is not there as it was written is looked for without regard to case.
   * @throws ProblemError when there is none, and when the path is empty or leads to several.
   */
  readonly require: (named: string) => Promise<string>;
  /** The same for words that need not be a path: why there is no such OU comes back instead of being thrown. */
  readonly find: (path: string) => Promise<string | UnknownUnit>;
}

/** Where a path ended: `missing`, the next name of it, is not in `place`, which has `there`. `near`: what may have been meant. */
export interface UnknownUnit {
  readonly named: string;
  readonly missing: string;
  readonly place: string;
  readonly there: readonly string[];
  readonly near: string | null;
}

export const isUnitId = (text: string): boolean => /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/u.test(text);

/** Told of the names of OUs as they are read. */
export type OnUnits = (units: readonly Unit[]) => void;

export function createUnitFinder(aws: Aws, signal?: AbortSignal, onUnits?: OnUnits): UnitFinder {
  const children = new Map<string, Promise<readonly Unit[]>>();
  const childrenOf: ReadChildren = (id) => {
    const known = children.get(id);
    if (known !== undefined) return known;
    const read = childUnits(aws, id, signal).then((units) => {
      onUnits?.(units);
      return units;
    });
    children.set(id, read);
    return read;
  };
  let known: Promise<Unit> | undefined;
  const find: UnitFinder['find'] = async (named) => {
    const path = named.normalize('NFC');
    requirePath(path);
    known ??= rootUnit(aws, signal);
    return search(await known, path, childrenOf);
  };
  return {
    find,
    require: async (named) => {
      if (isUnitId(named)) return requireUnit(aws, named, signal);
      const found = await find(named);
      if (typeof found === 'string') return found;
      throw problemError('UnknownOrganizationalUnit', { why: 'no-such-path', operation: null, ...found });
    },
  };
}

type ReadChildren = (id: string) => Promise<readonly Unit[]>;

const childUnits = async (aws: Aws, ParentId: string, signal?: AbortSignal): Promise<readonly Unit[]> => {
  const units = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }), signal);
    return { items: page.OrganizationalUnits ?? [], next: page.NextToken };
  });
  return units.map(({ Id = '', Name = '' }) => ({ id: Id, name: Name.normalize('NFC') }));
};

const roots = async (aws: Aws, signal?: AbortSignal): Promise<readonly Unit[]> => {
  const listed = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListRootsCommand({ NextToken }), signal);
    return { items: page.Roots ?? [], next: page.NextToken };
  });
  return listed.map(({ Id = '', Name = rootName }) => ({ id: Id, name: Name.normalize('NFC') }));
};

/** What AWS calls every root. */
const rootName = 'Root';

async function rootUnit(aws: Aws, signal?: AbortSignal): Promise<Unit> {
  const [root] = await roots(aws, signal);
  if (root !== undefined) return root;
  throw problemError('UnknownOrganizationalUnit', { why: 'no-root', operation: null, ...nowhere('') });
}

function requirePath(path: string): void {
  if (path.split('/').every((name) => name.trim() !== '')) return;
  throw problemError('InvalidPath', { path });
}

/** Where a path leads, and whether every name on the way was written as AWS has it. */
interface Place extends Unit {
  readonly path: string;
  readonly isExact: boolean;
}

/** How far a path led before there was nothing of that name. */
interface DeadEnd {
  readonly place: Place;
  readonly rest: string;
  readonly units: readonly Unit[];
}

/** @throws ProblemError when the path leads to several OUs: which of them was meant, nobody can tell. */
async function search(root: Unit, path: string, childrenOf: ReadChildren): Promise<string | UnknownUnit> {
  const deadEnds: DeadEnd[] = [];
  /** Names are compared with what is left of the path and not with its parts, because a name may hold a slash itself. */
  const descend = async (place: Place, rest: string): Promise<readonly Place[]> => {
    const units = await childrenOf(place.id);
    const fitting = units.filter(({ name }) => startsWithName(rest, name));
    if (fitting.length === 0) deadEnds.push({ place, rest, units });
    const below = fitting.map(async ({ id, name }) => {
      const next: Place = {
        id,
        name,
        path: place.path === '' ? name : `${place.path}/${name}`,
        isExact: place.isExact && rest.startsWith(name),
      };
      return rest.length === name.length ? [next] : descend(next, rest.slice(name.length + 1));
    });
    return (await Promise.all(below)).flat();
  };
  const top: Place = { ...root, path: '', isExact: true };
  const found = [...(await descend(top, path))];
  for (const name of new Set([root.name, rootName])) {
    if (!startsWithName(path, name)) continue;
    const prefixed: Place = { ...top, isExact: path.startsWith(name) };
    if (path.length === name.length) found.push(prefixed);
    else found.push(...(await descend(prefixed, path.slice(name.length + 1))));
    break;
  }
  const exact = found.filter(({ isExact }) => isExact);
  const [hit, ...others] = exact.length > 0 ? exact : found;
  if (hit === undefined) return unknownUnit(path, deadEnds);
  if (others.length === 0) return hit.id;
  const places = [hit, ...others];
  throw problemError('AmbiguousPath', { path, ids: places.map(({ id }) => id), paths: places.map((one) => one.path) });
}

const startsWithName = (path: string, name: string): boolean =>
  path.slice(0, name.length).toLowerCase() === name.toLowerCase() &&
  (path.length === name.length || path[name.length] === '/');

/** So many names of the units that are there are told. */
const namesAtMost = 20;

function unknownUnit(path: string, deadEnds: readonly DeadEnd[]): UnknownUnit {
  const [furthest] = [...deadEnds].sort((left, right) => left.rest.length - right.rest.length);
  const { place, rest = path, units = [] } = furthest ?? {};
  const [missing = path] = rest.split('/');
  return {
    named: path,
    missing,
    place: place?.name ?? rootName,
    there: units
      .map((unit) => unit.name)
      .sort()
      .slice(0, namesAtMost),
    near: nearest(missing, units, (unit) => unit.name)?.name ?? null,
  };
}

/** Nothing is known of where a unit is not. */
export const nowhere = (named: string): UnknownUnit => ({ named, missing: '', place: '', there: [], near: null });

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
  throw problemError('UnknownOrganizationalUnit', { why: 'no-such-id', operation: null, ...nowhere(id) });
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
          } catch (error) {
            // A name is an ornament: without it the id is shown. One OU may have gone meanwhile; anything else is no
            // better for the next.
            const isGone = error instanceof AwsError && unknownUnitCodes.has(error.failure.code);
            if (!isGone) isDenied = true;
          }
        }),
      );
    }
    return names;
  };
}
