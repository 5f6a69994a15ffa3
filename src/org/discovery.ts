import {
  type Account as AwsAccount,
  ListAccountsCommand,
  ListChildrenCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import type { Aws } from '../aws/clients.ts';
import { AwsError, malformed } from '../aws/failure.ts';
import { type Account, type AccountState, isAccountId, type JoinedMethod } from './account.ts';
import type { Organization } from './organization.ts';
import { collectPages, eachPage } from './pages.ts';

/** What stays of an account when it has been handed on, by which one that comes again is known to be the same. */
export type Listed = Pick<Account, 'id' | 'name' | 'state' | 'path' | 'joinedAt'>;

/**
 * Every account of the organization, page by page as AWS lists them (20 a page, one after the other), so that work on
 * the first can begin while later pages are still being read. Each id comes once, whatever AWS repeats.
 * @throws AwsError when AWS refuses; when the listing ends without the management account, which every organization
 * has: then it is not known which others are missing; and when an account comes again with another name, state, place
 * or time of joining: then the selection cannot be decided for it.
 * @param seen the accounts that were listed until now.
 */
export async function* listAccounts(
  aws: Aws,
  organization: Pick<Organization, 'id' | 'managementAccountId'>,
  signal?: AbortSignal,
  seen = new Map<string, Listed>(),
): AsyncGenerator<readonly Account[], void, undefined> {
  const pathOf = createPaths(organization.id);
  let walkedPaths: ReadonlyMap<string, string | null> | undefined;
  const pages = eachPage<AwsAccount>(async (NextToken) => {
    const page = await aws.organizations(new ListAccountsCommand({ NextToken }), signal);
    return { items: page.Accounts ?? [], next: page.NextToken };
  });
  for await (const page of pages) {
    const accounts: Account[] = [];
    for (const listed of page) {
      const id = listed.Id ?? '';
      if (!isAccountId(id)) throw malformed('ListAccounts', { say: 'malformed', field: 'Accounts.member.Id' });
      let path = pathOf(listed.Paths ?? [], id);
      if (path === null) {
        // Emulators and older partitions leave Paths out: then one walk over the tree serves all accounts.
        walkedPaths ??= await walkPaths(aws, organization.id, signal);
        path = walkedPaths.get(id) ?? null;
      }
      const account: Account = {
        id,
        name: listed.Name ?? '',
        email: listed.Email ?? '',
        state: stateOf(listed),
        path,
        joinedAt: joinedAtOf(listed),
        joinedMethod: joinedMethodOf(listed),
      };
      const known = seen.get(id);
      if (known !== undefined && isTorn(known, account)) {
        throw malformed('ListAccounts', { say: 'account-twice', account: id });
      }
      if (known !== undefined) continue;
      const { name, state, joinedAt } = account;
      seen.set(id, { id, name, state, path, joinedAt });
      accounts.push(account);
    }
    yield accounts;
  }
  if (!seen.has(organization.managementAccountId)) {
    throw malformed('ListAccounts', { say: 'no-management-account' });
  }
}

const states: ReadonlySet<string> = new Set<AccountState>([
  'PENDING_ACTIVATION',
  'ACTIVE',
  'SUSPENDED',
  'PENDING_CLOSURE',
  'CLOSED',
]);
const isState = (text: string): text is AccountState => states.has(text);

/** `Status` was retired on 2026-09-09 in favour of `State`; emulators and older partitions still answer it alone. */
function stateOf({ State, Status }: AwsAccount): AccountState {
  const state: string = State ?? Status ?? '';
  return isState(state) ? state : 'UNKNOWN';
}

/** What is no time, or no time that a calendar has, does not tell when. */
function joinedAtOf({ JoinedTimestamp: joined }: AwsAccount): string | null {
  const joinedMs = joined?.getTime() ?? Number.NaN;
  return joinedMs > 0 && joinedMs < calendarEndMs ? new Date(joinedMs).toISOString() : null;
}

/** The end of the year 9999: what is later has no four digits. */
const calendarEndMs = 253_402_300_800_000;

/** AWS's own events write `Created` where the API writes `CREATED` (membership events of 2026). */
function joinedMethodOf({ JoinedMethod: joined }: AwsAccount): JoinedMethod | null {
  const method: string = joined ?? '';
  if (/^invited$/iu.test(method)) return 'INVITED';
  return /^created$/iu.test(method) ? 'CREATED' : null;
}

/** Whether what decides about an account changed while it was listed. */
const isTorn = (one: Listed, other: Listed): boolean =>
  one.name !== other.name || one.state !== other.state || one.path !== other.path || one.joinedAt !== other.joinedAt;

/**
 * AWS's pattern lets a path end with the account itself; ours ends with its parent either way. An account has one place
 * in its organization: no path, a path in another organization, or several in this one do not tell it. The accounts of
 * one place share one text of it.
 */
function createPaths(organizationId: string): (paths: readonly string[], id: string) => string | null {
  const known = new Map<string, string>();
  return (paths, id) => {
    const here = paths.filter((path) => path.startsWith(`${organizationId}/`));
    const [path, ...others] = here;
    if (path === undefined || others.length > 0) return null;
    const parents = path.split('/').filter((part) => part !== '' && part !== id);
    const parent = `${parents.join('/')}/`;
    const same = known.get(parent);
    if (same !== undefined) return same;
    known.set(parent, parent);
    return parent;
  };
}

/**
 * Account id → path, by walking from the root down (`ListRoots`, `ListChildren`). What is below a place that may not be
 * read is left out: its accounts have no known place, which is not the same as being outside.
 */
async function walkPaths(
  aws: Aws,
  organizationId: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string | null>> {
  const paths = new Map<string, string | null>();
  const entered = new Set<string>();
  const roots = await readable(
    collectPages(async (NextToken) => {
      const page = await aws.organizations(new ListRootsCommand({ NextToken }), signal);
      return { items: page.Roots ?? [], next: page.NextToken };
    }),
  );
  const children = (ParentId: string, ChildType: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT') =>
    readable(
      collectPages(async (NextToken) => {
        const page = await aws.organizations(new ListChildrenCommand({ ParentId, ChildType, NextToken }), signal);
        return { items: page.Children ?? [], next: page.NextToken };
      }),
    );
  const descend = async (parentId: string, path: string): Promise<void> => {
    if (entered.has(parentId)) throw malformed('ListChildren', { say: 'unit-in-itself', unit: parentId });
    entered.add(parentId);
    const [accounts, units] = await Promise.all([
      children(parentId, 'ACCOUNT'),
      children(parentId, 'ORGANIZATIONAL_UNIT'),
    ]);
    // Seen in two places, it was moved during the walk: where it is now is not known.
    for (const { Id = '' } of accounts) paths.set(Id, paths.has(Id) ? null : path);
    for (const { Id = '' } of units) await descend(Id, `${path}${Id}/`);
  };
  for (const { Id = '' } of roots) await descend(Id, `${organizationId}/${Id}/`);
  return paths;
}

/** A listing of the tree, or nothing where AWS refuses it; whoever stopped the run is not refused. */
async function readable<Item>(listing: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await listing;
  } catch (error) {
    if (error instanceof AwsError && error.failure.kind !== 'aborted') return [];
    throw error;
  }
}
