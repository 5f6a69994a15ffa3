import {
  ListAccountsCommand,
  ListChildrenCommand,
  type Account as ListedAccount,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { aborted } from '../../src/aws/failure.ts';
import { type Account, parentIdsOf } from '../../src/org/account.ts';
import { listAccounts } from '../../src/org/discovery.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import {
  listed,
  listedManagement,
  managementId,
  memberId,
  organizationId,
  organizationOf,
  paged,
  pathOf,
  rootId,
  sandboxes,
  unguarded,
  workloads,
} from './answers.ts';

const [first, second, third] = [memberId(1), memberId(2), memberId(3)];
const everyFeature = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' } as const];

function discovery(pages: readonly (readonly ListedAccount[])[]) {
  const { aws, organizations } = mockedAws();
  const listing = paged('Accounts', pages);
  organizations.on(ListAccountsCommand).callsFake(listing.answer);
  const read = async (): Promise<readonly (readonly Account[])[]> => {
    const seen: (readonly Account[])[] = [];
    for await (const page of listAccounts(aws, organizationOf())) seen.push(page);
    return seen;
  };
  return { organizations, asked: listing.asked, read };
}

const one = async (more: object): Promise<Account | undefined> =>
  (await discovery([[listedManagement, listed(first, more)]]).read()).flat().find(({ id }) => id === first);

describe('the accounts of an organization', () => {
  test('come page by page, each with all that AWS tells', async () => {
    const { asked, read } = discovery([[listedManagement], [listed(first, { Paths: [pathOf(workloads)] })]]);
    expect(await read()).toEqual([
      [expect.objectContaining({ id: managementId, name: 'management', path: pathOf() })],
      [
        {
          id: first,
          name: `name-of-${first}`,
          email: `${first}@example.com`,
          state: 'ACTIVE',
          path: pathOf(workloads),
          joinedAt: '2026-01-01T00:00:00.000Z',
          joinedMethod: 'CREATED',
        },
      ],
    ]);
    expect(asked).toEqual([undefined, 'page-1']);
  });

  test('without the management account are not all of them: nobody knows which others are missing', async () => {
    await expect(discovery([[listed(first)]]).read()).rejects.toMatchObject({
      operation: 'ListAccounts',
      failure: { kind: 'malformed', said: [{ say: 'no-management-account' }] },
    });
  });

  test('that AWS repeats come once', async () => {
    const pages = await discovery([
      [listedManagement, listed(first)],
      [listed(first), listed(second)],
    ]).read();
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([[managementId, first], [second]]);
  });

  test.each<[string, Partial<ListedAccount>]>([
    ['name', { Name: 'renamed' }],
    ['state', { State: 'SUSPENDED' }],
    ['place', { Paths: [pathOf(workloads)] }],
    ['time of joining', { JoinedTimestamp: new Date('2026-02-02') }],
  ])('that come again with another %s leave the selection undecided, so the listing fails', async (_what, more) => {
    await expect(discovery([[listedManagement, listed(first)], [listed(first, more)]]).read()).rejects.toMatchObject({
      operation: 'ListAccounts',
      failure: { kind: 'malformed', said: [{ say: 'account-twice', account: first }] },
    });
  });

  test('may have no address', async () => {
    expect((await one({ Email: undefined }))?.email).toBe('');
  });

  test.each<[string, object, string]>([
    ['State', { State: 'PENDING_CLOSURE' }, 'PENDING_CLOSURE'],
    ['State before the retired Status', { State: 'CLOSED', Status: 'ACTIVE' }, 'CLOSED'],
    ['Status alone, as emulators answer', { State: undefined, Status: 'SUSPENDED' }, 'SUSPENDED'],
    ['pending activation', { State: 'PENDING_ACTIVATION' }, 'PENDING_ACTIVATION'],
    ['a state of tomorrow', { State: 'HIBERNATING' }, 'UNKNOWN'],
  ])('have the state that AWS tells: %s', async (_what, more, state) => {
    expect((await one(more))?.state).toBe(state);
  });

  test.each<[string, Date | undefined, string | null]>([
    ['a time', new Date('2026-03-04T05:06:07.890Z'), '2026-03-04T05:06:07.890Z'],
    ['none', undefined, null],
    ['the beginning of the epoch, which stands for none', new Date(0), null],
    ['before it', new Date(-1), null],
    ['what is no time', new Date(Number.NaN), null],
    ['the last moment of the calendar', new Date('9999-12-31T23:59:59.999Z'), '9999-12-31T23:59:59.999Z'],
    ['a year of five digits', new Date('+010000-01-01T00:00:00.000Z'), null],
  ])('joined when AWS says: %s', async (_what, JoinedTimestamp, joinedAt) => {
    expect((await one({ JoinedTimestamp }))?.joinedAt).toBe(joinedAt);
  });

  test.each<[string | undefined, string | null]>([
    ['INVITED', 'INVITED'],
    ['CREATED', 'CREATED'],
    ['Created', 'CREATED'],
    ['invited', 'INVITED'],
    ['UNINVITED', null],
    ['INVITED_LATER', null],
    ['RECREATED', null],
    ['CREATED_BY_HAND', null],
    [undefined, null],
  ])('joined as AWS says: %s is told as %s', async (JoinedMethod, joinedMethod) => {
    expect((await one({ JoinedMethod }))?.joinedMethod).toBe(joinedMethod);
  });
});

describe("an account's place", () => {
  test.each([
    ['its parent', [pathOf(workloads)]],
    ['the account itself at the end', [`${pathOf(workloads)}${first}/`]],
    ['no slash at the end', [`${organizationId}/${rootId}/${workloads}`]],
    ['a place in another organization too', [`o-otherorgid1/${rootId}/`, pathOf(workloads)]],
  ])('ends with its parent when AWS tells %s', async (_what, Paths) => {
    const account = await one({ Paths });
    expect(account?.path).toBe(pathOf(workloads));
    expect(account && parentIdsOf(account)).toEqual([rootId, workloads]);
  });

  test('is what AWS tells: nobody walks the tree then', async () => {
    const { organizations, read } = discovery([[listedManagement, listed(first)]]);
    await read();
    expect(organizations.commandCalls(ListRootsCommand)).toEqual([]);
  });

  /** The tree below the root; a parent that is not there may not be read. */
  function walked(
    tree: Readonly<Record<string, readonly (readonly string[])[]>>,
    accounts: readonly ListedAccount[],
    roots: readonly (readonly string[])[] | Error = [[rootId]],
  ) {
    const scene = discovery([[listed(managementId, { Paths: undefined }), ...accounts]]);
    const { organizations } = scene;
    const listing = organizations.on(ListRootsCommand);
    if (roots instanceof Error) listing.rejects(roots);
    else {
      const pages = roots.map((page) => page.map((Id) => ({ Id, PolicyTypes: everyFeature })));
      listing.callsFake(paged('Roots', pages).answer);
    }
    organizations.on(ListChildrenCommand).callsFake(async ({ ParentId, ChildType, NextToken }) => {
      const pages = tree[ParentId];
      if (pages === undefined) throw refusal('AccessDeniedException', 400);
      const kind = new Map<unknown, RegExp>([
        ['ACCOUNT', /^\d/u],
        ['ORGANIZATIONAL_UNIT', /^ou-/u],
      ]).get(ChildType);
      const fitting = pages.map((page) => page.filter((id) => kind?.test(id)));
      return paged(
        'Children',
        fitting.map((page) => page.map((Id) => ({ Id }))),
      ).answer({ NextToken });
    });
    const places = async () => new Map((await scene.read()).flat().map(({ id, path }) => [id, path]));
    return { organizations, places };
  }
  const pathless = (id: typeof first, Paths?: string[]) => listed(id, { Paths });

  test('is found by one walk for all, where AWS does not tell it', async () => {
    const { organizations, places } = walked(
      {
        [rootId]: [
          [managementId, workloads],
          [first, sandboxes],
        ],
        [workloads]: [[second]],
        [sandboxes]: [[]],
      },
      [pathless(first), pathless(second), pathless(third)],
    );
    expect(await places()).toEqual(
      new Map([
        [managementId, pathOf()],
        [first, pathOf()],
        [second, pathOf(workloads)],
        [third, null],
      ]),
    );
    expect(organizations.commandCalls(ListRootsCommand)).toHaveLength(1);
  });

  test.each([
    ['several places here', [pathOf(sandboxes), pathOf(workloads)]],
    ['a place in another organization only', [`o-exampleorgid2/${rootId}/${workloads}/`]],
    ['no place', []],
  ])('is not told by %s', async (_what, Paths) => {
    const { places } = walked({ [rootId]: [[workloads]], [workloads]: [[first]] }, [pathless(first, Paths)]);
    expect((await places()).get(first)).toBe(pathOf(workloads));
  });

  test('below what may not be read is not known, and beside it is', async () => {
    const { places } = walked({ [rootId]: [[workloads, sandboxes]], [sandboxes]: [[second]] }, [
      pathless(first),
      pathless(second),
    ]);
    const found = await places();
    expect(found.get(first)).toBeNull();
    expect(found.get(second)).toBe(pathOf(sandboxes));
  });

  test('that was seen twice is not known: the account was moved during the walk', async () => {
    const tree = { [rootId]: [[workloads, sandboxes]], [workloads]: [[first]], [sandboxes]: [[first]] };
    expect((await walked(tree, [pathless(first)]).places()).get(first)).toBeNull();
  });

  test('is looked for under every page of roots', async () => {
    const { places } = walked({ [rootId]: [[]], 'r-other': [[first]] }, [pathless(first)], [[rootId], ['r-other']]);
    expect((await places()).get(first)).toBe(`${organizationId}/r-other/`);
  });

  test('is not known where the roots may not be listed, and the accounts are told all the same', async () => {
    const { places } = walked({}, [pathless(first)], refusal('AccessDeniedException', 400));
    expect([...(await places()).values()]).toEqual([null, null]);
  });

  test('an OU inside itself is no tree', async () => {
    const tree = { [rootId]: [[workloads]], [workloads]: [[workloads]] };
    await expect(walked(tree, [pathless(first)]).places()).rejects.toMatchObject({
      operation: 'ListChildren',
      failure: { kind: 'malformed', said: [{ say: 'unit-in-itself', unit: workloads }] },
    });
  });

  test('a run that was stopped during the walk was not refused: it stops', async () => {
    const { places } = walked({}, [pathless(first)], aborted());
    await expect(places()).rejects.toMatchObject({ failure: { kind: 'aborted' } });
  });
});

describe('an answer of which nobody has looked whether it is whole', () => {
  const read = async (answer: object) => {
    const found: Account[] = [];
    const aws = unguarded(mockedAws().aws, { ListAccounts: answer });
    for await (const page of listAccounts(aws, organizationOf())) found.push(...page);
    return found;
  };

  test('without accounts is no organization', async () => {
    await expect(read({})).rejects.toMatchObject({ failure: { said: [{ say: 'no-management-account' }] } });
  });

  test.each([undefined, '', '12345'])('with an account whose id is %j is malformed', async (Id) => {
    await expect(read({ Accounts: [listedManagement, { ...listed(first), Id }] })).rejects.toMatchObject({
      operation: 'ListAccounts',
      failure: { said: [{ say: 'malformed', field: 'Accounts.member.Id' }] },
    });
  });

  test('may tell nothing of an account but its id: then nothing is made up', async () => {
    expect(await read({ Accounts: [{ Id: managementId }] })).toEqual([
      { id: managementId, name: '', email: '', state: 'UNKNOWN', path: null, joinedAt: null, joinedMethod: null },
    ]);
  });
});

test('above an account are its root and OUs alone, and nothing where AWS does not tell', () => {
  const at = (path: string | null): Account => ({
    id: first,
    name: '',
    email: '',
    state: 'ACTIVE',
    path,
    joinedAt: null,
    joinedMethod: null,
  });
  expect(parentIdsOf(at(pathOf(workloads, sandboxes)))).toEqual([rootId, workloads, sandboxes]);
  expect(parentIdsOf(at(null))).toEqual([]);
});
