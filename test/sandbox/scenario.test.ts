import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteLoginProfileCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryDisk } from '../../harness/disk.ts';
import { diskFiles } from '../../src/run/files.ts';
import {
  createSandbox,
  defaultScenario,
  generateScenario,
  openSandboxStore,
  parseScenario,
  scenarioSchema,
} from '../../src/sandbox/index.ts';
import { holds } from '../support/properties.ts';
import { clockFromNow, dataLake, enabledScenario, legacyErp, openWorld } from './world.ts';

const text = (change: object) => JSON.stringify({ ...defaultScenario(), ...change });

const published: object = JSON.parse(readFileSync('schemas/rootctl.sandbox.scenario.schema.json', 'utf8'));
const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(published);
const exampleIn = (path: string): string => /```json\n([\s\S]*?)```/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';

/** The place of every value in it: `['accounts', 0, 'root']`. */
const placesIn = (value: unknown, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))
    : []),
];

/** The same with something else there; undefined: with nothing there. */
function changed(value: unknown, [key, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === String(key) ? changed(item, rest, to) : item));
  return { ...Object(value), [key]: changed(Object(value)[key], rest, to) };
}

describe('the published schema of a scenario', () => {
  const rich = { ...JSON.parse(exampleIn('docs/sandbox.md')), $schema: './rootctl.sandbox.scenario.schema.json' };

  test('accepts what the parser accepts: the default, a generated one, a saved one, the examples', () => {
    const sandbox = createSandbox(enabledScenario(), { clock: clockFromNow() });
    const examples = ['docs/sandbox.md', 'src/sandbox/README.md'].map((path) => JSON.parse(exampleIn(path)));
    const generated = generateScenario({ accounts: 50, seed: 9, denied: 0.1 });
    for (const scenario of [defaultScenario(), generated, sandbox.snapshot(), rich, ...examples]) {
      const written: unknown = JSON.parse(JSON.stringify(scenario));
      expect(() => parseScenario(JSON.stringify(written))).not.toThrow();
      expect(fits(written), JSON.stringify(fits.errors)).toBe(true);
    }
  });

  test('refuses what the parser refuses for its form, and nothing else, whatever is changed in it', () => {
    const places = placesIn(rich);
    const other = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, '', 'x', '1h ago', '123456789012', 0, -1, 0.5, 21, true, [], {}, [{}]),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const verdicts = new Set<boolean>();
    holds(
      fc.property(fc.constantFrom(...places), other, fc.boolean(), (place, to, isAdded) => {
        const text = JSON.stringify(changed(rich, isAdded ? [...place, 'note'] : place, to)) ?? 'null';
        const value: unknown = JSON.parse(text);
        const isTaken = scenarioSchema.safeParse(value).success;
        verdicts.add(isTaken);
        expect(fits(value), text).toBe(isTaken);
      }),
      1_000,
    );
    expect(verdicts.size).toBe(2);
  });
});

describe('scenarios', () => {
  test('the default one and a generated one are valid', () => {
    expect(parseScenario(JSON.stringify(defaultScenario())).accounts).toHaveLength(7);
    expect(
      parseScenario(JSON.stringify(generateScenario({ accounts: 200, seed: 9, denied: 0.1 }))).accounts,
    ).toHaveLength(201);
  });

  test.each([
    ['no JSON', '{', /^scenario is not JSON: /],
    ['an unknown member', text({ colour: 'red' }), /^scenario \$: .*colour/],
    [
      'a bad account id',
      text({ accounts: [{ id: '12', name: 'x', email: 'x' }] }),
      /^scenario \$\.accounts\[0\]\.id: /,
    ],
    [
      'an account twice',
      text({ accounts: [...defaultScenario().accounts, ...defaultScenario().accounts] }),
      /accounts: 111111111111 is there twice/,
    ],
    [
      'a caller of no account',
      text({ callers: [{ name: 'x', accountId: '999999999999' }] }),
      /\$\.callers\[0\]: account 999999999999 is not among the accounts/,
    ],
    [
      'a rate above 1',
      text({ behaviour: { faults: [{ kind: 'http-500', rate: 2 }] } }),
      /\$\.behaviour\.faults\[0\]\.rate: /,
    ],
    [
      'an unknown fault',
      text({ behaviour: { faults: [{ kind: 'fire', rate: 1 }] } }),
      /\$\.behaviour\.faults\[0\]\.kind: /,
    ],
    [
      'an unknown parent',
      text({
        accounts: [
          ...defaultScenario().accounts,
          { id: '777777777777', name: 'x', email: 'x', parentId: 'ou-exam-nothing0' },
        ],
      }),
      /the parent ou-exam-nothing0 of 777777777777 does not exist/,
    ],
  ])('%s is refused in one line', (_what, source, message) => {
    expect(() => parseScenario(source)).toThrow(message);
    try {
      parseScenario(source);
    } catch (error) {
      expect(String(error)).not.toContain('\n');
    }
  });

  test('the example in the README is valid, and its SCPs are FullAWSAccess unless given', async () => {
    const readme = await readFile(new URL('../../src/sandbox/README.md', import.meta.url), 'utf8');
    const scenario = parseScenario(/```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
    expect(scenario.events).toHaveLength(2);
    const { policies: _left, ...organization } = scenario.organization ?? { id: '', managementAccountId: '' };
    const { snapshot } = createSandbox({ ...scenario, organization }, { clock: clockFromNow() });
    expect(snapshot().organization?.policies).toMatchObject([{ name: 'FullAWSAccess', targets: ['*'] }]);
  });

  test('the schema can be published', async () => {
    const { toJSONSchema } = await import('zod/mini');
    expect(toJSONSchema(scenarioSchema)).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test('generation follows from the seed and keeps to the shares asked for', () => {
    const options = { accounts: 1000, seed: 4, withCredentials: 0.5 };
    const scenario = generateScenario(options);
    expect(generateScenario(options)).toEqual(scenario);
    expect(generateScenario({ ...options, seed: 5 })).not.toEqual(scenario);
    expect(new Set(scenario.accounts.map(({ id }) => id)).size).toBe(1001);
    const holding = scenario.accounts.filter(({ root }) => root !== undefined).length;
    expect(holding).toBeGreaterThan(430);
    expect(holding).toBeLessThan(570);
    const keys = scenario.accounts.flatMap(({ root }) => root?.accessKeys?.map(({ id }) => id) ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const id of keys) expect(id).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(generateScenario({ ...options, withCredentials: 0 }).accounts.every(({ root }) => root === undefined)).toBe(
      true,
    );
    const { accounts } = generateScenario({ accounts: 10, seed: 1, withCredentials: 1, credentials: 'all' });
    for (const { root } of accounts.filter(({ name }) => name !== 'management'))
      expect([
        root?.accessKeys?.length,
        root?.signingCertificates?.length,
        root?.mfaDevices?.length,
        root?.loginProfile !== undefined,
      ]).toEqual([2, 1, 1, true]);
  });

  test('the default organization tells the story', () => {
    const { accounts } = createSandbox(defaultScenario(), { clock: clockFromNow() });
    const holders = accounts
      .filter(({ root }) => root.loginProfile || root.accessKeys.length > 0)
      .map(({ name }) => name);
    expect(holders).toEqual(['management', 'payments-prod', 'data-lake', 'legacy-erp', 'sandbox-old']);
    expect(accounts.find(({ id }) => id === legacyErp)?.parentId).toBe('ou-exam-wrklegcy');
  });

  test('a sandbox goes on from the snapshot of another, open sessions and lag included', async () => {
    const world = await openWorld('in process', enabledScenario({ consistencyLagMs: 5000 }));
    const session = await world.rootSession(dataLake, 'IAMDeleteRootUserCredentials');
    await session.iam.send(new DeleteLoginProfileCommand({}));
    const snapshot = parseScenario(JSON.stringify(world.sandbox.snapshot()));
    const next = await openWorld('in process', snapshot);
    expect(next.sandbox.snapshot()).toEqual(snapshot);
    expect(next.sandbox.credentials()).toEqual(world.sandbox.credentials());
    const account = next.sandbox.accounts.find(({ id }) => id === dataLake);
    expect(account?.root.loginProfile).toBeUndefined();
    expect(account?.root.ghosts).toHaveLength(1);
    const { iam } = next.clients(
      await session.iam.config.credentials().then(({ accessKeyId, secretAccessKey, sessionToken = '' }) => ({
        accessKeyId,
        secretAccessKey,
        sessionToken,
      })),
    );
    expect((await iam.send(new GetUserCommand({}))).User?.UserId).toBe(dataLake);
  });

  test('a scenario is not changed by the sandbox made from it', async () => {
    const scenario = enabledScenario();
    const before = structuredClone(scenario);
    const world = await openWorld('in process', scenario);
    await (await world.rootSession(dataLake, 'IAMDeleteRootUserCredentials')).iam.send(
      new DeleteLoginProfileCommand({}),
    );
    expect(scenario).toEqual(before);
  });

  test('every change is reported, and a promise is awaited before the answer', async () => {
    let changes = 0;
    const clock = clockFromNow();
    const { sandboxRequestHandler } = await import('../../src/sandbox/index.ts');
    const { OrganizationsClient, EnableAWSServiceAccessCommand } = await import('@aws-sdk/client-organizations');
    const sandbox = createSandbox(defaultScenario(), {
      clock,
      onChange: async () => {
        await Promise.resolve();
        changes += 1;
      },
    });
    const client = new OrganizationsClient({
      region: 'us-east-1',
      credentials: sandbox.credentials().management,
      requestHandler: sandboxRequestHandler(sandbox),
    });
    await client.send(new ListAccountsCommand({}));
    expect(changes).toBe(0);
    expect(sandbox.hasChanged()).toBe(false);
    await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
    expect(changes).toBe(1);
    expect(sandbox.hasChanged()).toBe(true);
  });

  test('no two requests have one id, also where an event is reported between them', async () => {
    const { sandboxRequestHandler } = await import('../../src/sandbox/index.ts');
    const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
    const sandbox = createSandbox(
      { ...defaultScenario(), events: [{ at: { request: 1 }, accountId: dataLake, set: { loginProfile: false } }] },
      { clock: clockFromNow(), recordRequests: true, onChange: () => new Promise(setImmediate) },
    );
    const client = new OrganizationsClient({
      region: 'us-east-1',
      credentials: sandbox.credentials().management,
      requestHandler: sandboxRequestHandler(sandbox),
    });
    const answers = await Promise.all([1, 2, 3].map(() => client.send(new ListAccountsCommand({}))));
    expect(new Set(answers.map(({ $metadata }) => $metadata.requestId)).size).toBe(3);
    expect(sandbox.requests.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  });

  test.each<[string, object]>([
    [
      'an event waits for its number',
      { events: [{ at: { request: 9 }, accountId: dataLake, set: { loginProfile: false } }] },
    ],
    ['faults are drawn by their count', { behaviour: { faults: [{ kind: 'http-500', rate: 0 }] } }],
  ])('requests that were only read count as a change where %s', async (_name, more) => {
    const { sandbox, clients } = await openWorld('in process', { ...enabledScenario(), ...more });
    expect(sandbox.hasChanged()).toBe(false);
    await clients().organizations.send(new ListAccountsCommand({}));
    expect(sandbox.hasChanged()).toBe(true);
  });
});

describe('the state file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'rootctl-sandbox-')), 'state');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  const open = () => openSandboxStore(diskFiles(folder));
  const saved = () => readdir(join(folder, 'sandbox'));

  test('nothing saved yet, then what was saved, private, and nothing beside it', async () => {
    const store = open();
    expect(await store.load()).toBeUndefined();
    await store.save(() => defaultScenario(7));
    expect(await store.load()).toEqual(defaultScenario(7));
    expect(await saved()).toEqual(['sandbox.json']);
    expect((await stat(store.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'sandbox'))).mode & 0o777).toBe(0o700);
  });

  test('saves that come at once end with the latest state', async () => {
    const store = open();
    let taken = 0;
    await Promise.all(
      Array.from({ length: 50 }, (_, seed) =>
        store.save(() => {
          taken += 1;
          return defaultScenario(seed);
        }),
      ),
    );
    expect((await store.load())?.seed).toBe(49);
    expect(taken).toBe(2);
  });

  test('a file that is no state is an error, not a new organization', async () => {
    const store = open();
    await store.save(() => defaultScenario());
    await writeFile(store.path, '{"kind":');
    await expect(store.load()).rejects.toThrow(/not JSON/);
  });

  test('after a write that failed the next one is made', async () => {
    let isFull = true;
    const files = diskFiles(folder);
    const store = openSandboxStore({
      ...files,
      replace: (name, text) => (isFull ? Promise.reject(new Error('disk full')) : files.replace(name, text)),
    });
    await expect(store.save(() => defaultScenario(1))).rejects.toThrow('disk full');
    isFull = false;
    await store.save(() => defaultScenario(2));
    expect((await store.load())?.seed).toBe(2);
  });

  test('once closed, when the next process has it, nothing is written any more, and what was being written is there', async () => {
    const files = memoryDisk();
    let write = () => {};
    const store = openSandboxStore({
      ...files,
      replace: async (name, text) => {
        await new Promise<void>((resolve) => {
          write = resolve;
        });
        await files.replace(name, text);
      },
    });
    const first = store.save(() => defaultScenario(1));
    const late = store.save(() => defaultScenario(2));
    const closed = store.close();
    write();
    await Promise.all([first, late, closed]);
    expect((await store.load())?.seed).toBe(1);
    await store.save(() => defaultScenario(3));
    expect((await store.load())?.seed).toBe(1);
  });
});
