import {
  DescribeOrganizationalUnitCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { aborted } from '../../src/aws/failure.ts';
import { createUnitFinder, createUnitNames, isUnitId } from '../../src/org/units.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';
import { paged, rootId } from './answers.ts';

const idOf = (name: string) => `ou-exam-${name.padEnd(8, '0')}`;
const denied = refusal('AccessDeniedException');
type Tree = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/** Workloads has Prod and Dev, and the root a unit whose name is the path of Prod. */
const tree: Tree = {
  [rootId]: [
    [idOf('work'), 'Workloads'],
    [idOf('slash'), 'Teams/Blue'],
    [idOf('sandbox'), 'Sandbox'],
  ],
  [idOf('work')]: [
    [idOf('prod'), 'Prod'],
    [idOf('dev'), 'Dev'],
  ],
};

function finder(units: Tree = tree, rootName: string | undefined = 'Root', perPage = 2) {
  const { aws, organizations } = mockedAws();
  const roots = paged('Roots', [[], [{ Id: rootId, Name: rootName, PolicyTypes: [] }]]);
  organizations.on(ListRootsCommand).callsFake(roots.answer);
  const told: string[] = [];
  organizations.on(ListOrganizationalUnitsForParentCommand).callsFake(async ({ ParentId, NextToken }) => {
    const below = (units[ParentId] ?? []).map(([Id, Name]) => ({ Id, Name }));
    const pages = Array.from({ length: Math.ceil(below.length / perPage) || 1 }, (_, index) =>
      below.slice(index * perPage, (index + 1) * perPage),
    );
    return paged('OrganizationalUnits', pages).answer({ NextToken });
  });
  const found = createUnitFinder(aws, undefined, (read) => told.push(...read.map(({ name }) => name)));
  const asked = () => organizations.commandCalls(ListOrganizationalUnitsForParentCommand).length;
  return { ...found, organizations, asked, told };
}

describe('a path of names', () => {
  test.each<[string, string]>([
    ['Workloads', idOf('work')],
    ['Workloads/Prod', idOf('prod')],
    ['Workloads/Dev', idOf('dev')],
    ['Root/Workloads/Prod', idOf('prod')],
    ['workloads/PROD', idOf('prod')],
    ['root/sandbox', idOf('sandbox')],
    ['Teams/Blue', idOf('slash')],
    ['Root', rootId],
    ['root', rootId],
  ])('%s leads to %s', async (path, id) => {
    const { require, find } = finder();
    expect(await require(path)).toBe(id);
    expect(await find(path)).toBe(id);
  });

  test('may begin with what AWS calls every root, or with what this one is called', async () => {
    expect(await finder(tree, 'Acme').require('Root/Workloads')).toBe(idOf('work'));
    expect(await finder(tree, 'Acme').require('Acme/Workloads')).toBe(idOf('work'));
    expect(await finder(tree, 'Acme').require('acme')).toBe(rootId);
    expect(await finder(tree, undefined).require('Root/Workloads')).toBe(idOf('work'));
  });

  test('looks the same however it is typed', async () => {
    const [composed, apart] = ['Caf\u00e9', 'Cafe\u0301'];
    expect(await finder({ [rootId]: [[idOf('cafe'), apart]] }).require(composed)).toBe(idOf('cafe'));
    expect(await finder({ [rootId]: [[idOf('cafe'), composed]] }).require(apart)).toBe(idOf('cafe'));
    expect(await finder(tree, apart).require(`${composed}/Sandbox`)).toBe(idOf('sandbox'));
  });

  test('as it was written wins over another case of it', async () => {
    const twins: Tree = {
      [rootId]: [
        [idOf('upper'), 'PROD'],
        [idOf('lower'), 'prod'],
      ],
    };
    expect(await finder(twins).require('prod')).toBe(idOf('lower'));
    expect(await finder(twins).require('PROD')).toBe(idOf('upper'));
    const below: Tree = { ...twins, [idOf('upper')]: [[idOf('first'), 'a']], [idOf('lower')]: [[idOf('second'), 'a']] };
    expect(await finder(below).require('prod/a')).toBe(idOf('second'));
    const beside: Tree = { [rootId]: [[idOf('own'), 'Root']], [idOf('own')]: [[idOf('in'), 'x']] };
    expect(await finder(beside).require('Root/x')).toBe(idOf('in'));
    const exact: Tree = {
      [rootId]: [
        [idOf('own'), 'ROOT'],
        [idOf('out'), 'x'],
      ],
      [idOf('own')]: [[idOf('in'), 'x']],
    };
    expect(await finder(exact).require('Root/x')).toBe(idOf('out'));
    expect(await finder(exact).require('ROOT/x')).toBe(idOf('in'));
  });

  test('that leads to several is refused with all of them: nobody can tell which was meant', async () => {
    const twins: Tree = {
      [rootId]: [
        [idOf('upper'), 'PROD'],
        [idOf('lower'), 'prod'],
      ],
    };
    await expect(finder(twins).require('Prod')).rejects.toMatchObject({
      problem: {
        code: 'AmbiguousPath',
        data: { path: 'Prod', ids: [idOf('upper'), idOf('lower')], paths: ['PROD', 'prod'] },
      },
    });
    const slash: Tree = {
      [rootId]: [
        [idOf('one'), 'a/b'],
        [idOf('two'), 'a'],
      ],
      [idOf('two')]: [[idOf('three'), 'b']],
    };
    await expect(finder(slash).find('a/b')).rejects.toMatchObject({
      problem: { code: 'AmbiguousPath', data: { ids: [idOf('one'), idOf('three')], paths: ['a/b', 'a/b'] } },
    });
    const own: Tree = { [rootId]: [[idOf('own'), 'Root']] };
    await expect(finder(own).require('Root')).rejects.toMatchObject({
      problem: { code: 'AmbiguousPath', data: { ids: [idOf('own'), rootId], paths: ['Root', ''] } },
    });
  });

  test.each(['', ' ', '/Workloads', 'Workloads/', 'Workloads//Prod', 'Workloads/ /Prod'])(
    'with an empty name is refused: %j',
    async (path) => {
      for (const ask of [finder().find, finder().require]) {
        await expect(ask(path)).rejects.toMatchObject({ problem: { code: 'InvalidPath', data: { path } } });
      }
    },
  );

  test.each<[string, object]>([
    [
      'Workloads/Prdo',
      { named: 'Workloads/Prdo', missing: 'Prdo', place: 'Workloads', there: ['Dev', 'Prod'], near: 'Prod' },
    ],
    [
      'Worklods/Prod',
      { missing: 'Worklods', place: 'Root', there: ['Sandbox', 'Teams/Blue', 'Workloads'], near: 'Workloads' },
    ],
    ['Root/Nothing', { missing: 'Nothing', place: 'Root', near: null }],
    ['Sandbox/Deep/Deeper', { missing: 'Deep', place: 'Sandbox', there: [], near: null }],
    ['Work', { missing: 'Work', place: 'Root' }],
    ['Workloads2', { missing: 'Workloads2', place: 'Root', near: 'Workloads' }],
  ])('that leads nowhere says where it ended and what is there: %s', async (path, told) => {
    expect(await finder().find(path)).toMatchObject(told);
    await expect(finder().require(path)).rejects.toMatchObject({
      problem: { code: 'UnknownOrganizationalUnit', data: { why: 'no-such-path', operation: null, ...told } },
    });
  });

  test('tells twenty names of what is there, in order', async () => {
    const many = Array.from({ length: 30 }, (_, index): [string, string] => [idOf(`n${index}`), `unit-${99 - index}`]);
    const found = await finder({ [rootId]: many }).find('nothing-of-the-kind');
    if (typeof found === 'string') throw new Error('there is no such unit');
    expect(found.there).toEqual(Array.from({ length: 20 }, (_, index) => `unit-${70 + index}`));
  });

  test('reads each level once, however many are looked up, and tells the names that it saw', async () => {
    const { find, require: requireUnit, asked, told, organizations } = finder(tree, 'Root', 10);
    await Promise.all([find('Workloads/Prod'), find('Workloads/Dev')]);
    await requireUnit('Workloads/Dev');
    expect(asked()).toBe(2);
    expect(organizations.commandCalls(ListRootsCommand)).toHaveLength(2); // its two pages
    expect(told.sort()).toEqual(['Dev', 'Prod', 'Sandbox', 'Teams/Blue', 'Workloads']);
  });

  test('without a root leads nowhere', async () => {
    const { find, organizations } = finder();
    organizations.on(ListRootsCommand).resolves({ Roots: [] });
    await expect(find('Workloads')).rejects.toMatchObject({
      problem: { code: 'UnknownOrganizationalUnit', data: { why: 'no-root', operation: null, named: '' } },
    });
  });
});

describe('an id', () => {
  test.each<[string, boolean]>([
    ['r-exam', true],
    ['ou-exam-12345678', true],
    ['r-exa', false],
    ['ou-exam-1234567', false],
    ['ou-exa-12345678', false],
    ['r-EXAM', false],
    ['xr-exam', false],
    ['r-exam/x', false],
    ['ou-exam-12345678/x', false],
    ['x-ou-exam-12345678', false],
    [`r-${'a'.repeat(33)}`, false],
  ])('%s is one of an OU or a root: %s', (text, is) => {
    expect(isUnitId(text)).toBe(is);
  });

  test('is taken when AWS knows it', async () => {
    const { require, organizations } = finder();
    organizations
      .on(DescribeOrganizationalUnitCommand)
      .resolves({ OrganizationalUnit: { Id: idOf('prod'), Name: 'Prod' } });
    expect(await require(idOf('prod'))).toBe(idOf('prod'));
    expect(await require(rootId)).toBe(rootId);
    expect(organizations.commandCalls(DescribeOrganizationalUnitCommand)[0]?.args[0].input).toEqual({
      OrganizationalUnitId: idOf('prod'),
    });
  });

  test.each(['OrganizationalUnitNotFoundException', 'InvalidInputException'])(
    'that AWS does not know (%s) is a mistake of the person',
    async (code) => {
      const { require, organizations } = finder();
      organizations.on(DescribeOrganizationalUnitCommand).rejects(refusal(code));
      await expect(require(idOf('prod'))).rejects.toMatchObject({
        problem: {
          code: 'UnknownOrganizationalUnit',
          data: { why: 'no-such-id', named: idOf('prod'), operation: null },
        },
      });
    },
  );

  test('of another root is not one of this organization', async () => {
    await expect(finder().require('r-other')).rejects.toMatchObject({
      problem: {
        code: 'UnknownOrganizationalUnit',
        data: { why: 'no-such-id', named: 'r-other', missing: '', place: '', there: [], near: null },
      },
    });
  });

  test('that may not be looked up is not unknown', async () => {
    const { require, organizations } = finder();
    organizations.on(DescribeOrganizationalUnitCommand).rejects(denied);
    await expect(require(idOf('prod'))).rejects.toMatchObject({ failure: { kind: 'denied' } });
    organizations.on(ListRootsCommand).rejects(denied);
    await expect(require(rootId)).rejects.toMatchObject({ failure: { kind: 'denied' } });
  });
});

describe('names of OUs for people', () => {
  const ids = Array.from({ length: 20 }, (_, index) => idOf(`n${index + 10}`));

  function names(answer: (id: string) => Error | string) {
    const { aws, organizations } = mockedAws();
    let [inFlight, most] = [0, 0];
    organizations.on(DescribeOrganizationalUnitCommand).callsFake(async ({ OrganizationalUnitId: Id }) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
      const told = answer(Id);
      if (told instanceof Error) throw told;
      return { OrganizationalUnit: { Id, Name: told } };
    });
    const asked = () =>
      organizations
        .commandCalls(DescribeOrganizationalUnitCommand)
        .map(({ args: [{ input }] }) => input.OrganizationalUnitId);
    return { read: createUnitNames(aws), asked, most: () => most };
  }

  test('are asked for once, of OUs alone, and eight at a time', async () => {
    const { read, asked, most } = names((id) => `name of ${id}`);
    const found = await read([...ids, ...ids, rootId]);
    expect([...found].sort()).toEqual(ids.map((id) => [id, `name of ${id}`]).sort());
    expect([...asked()].sort()).toEqual([...ids].sort());
    expect(most()).toBe(8);
    await read(ids);
    expect(asked()).toHaveLength(ids.length);
  });

  test('of one that has gone meanwhile are left out, and the others told', async () => {
    const gone = ids[0];
    const { read } = names((id) => (id === gone ? refusal('OrganizationalUnitNotFoundException') : 'x'));
    expect([...(await read(ids)).keys()].sort()).toEqual(ids.slice(1).sort());
  });

  test.each([
    ['may not be read', denied],
    ['cannot be read because the run was stopped', aborted()],
  ])('that %s are asked for no further: they are an ornament', async (_what, failure) => {
    const { read, asked } = names(() => failure);
    expect((await read(ids)).size).toBe(0);
    expect(asked()).toHaveLength(8);
    await read(ids);
    expect(asked()).toHaveLength(8);
  });
});
