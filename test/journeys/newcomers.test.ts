import { describe, expect, test } from 'vitest';
import { setAhead } from '../../harness/clock.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import { managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type SceneOptions, type SceneResult } from '../support/scene.ts';

const [old, invited, created, early] = [0, 1, 2, 3].map(memberId) as [string, string, string, string];

/** Each holds a password. The machine's time is 2026-01-31T09:30. */
const scenario = scenarioOf([
  { name: 'old', root: password },
  { name: 'invited', joinedAt: '10d ago', joinedMethod: 'INVITED', root: password },
  { name: 'created', joinedAt: '2026-01-16T00:00:00Z', joinedMethod: 'CREATED', root: password },
  { name: 'early', joinedAt: '31d ago', joinedMethod: 'INVITED', root: password },
]);

const idsOf = ({ json }: SceneResult): readonly string[] => json.accounts.map(({ id }: { id: string }) => id);
/** Answers of the listing whose members are changed so. */
// biome-ignore lint/suspicious/noExplicitAny: any field of any answer
const listed = (change: (account: any) => unknown): Pick<SceneOptions, 'rewrite'> => ({
  rewrite: (operation, answer) =>
    operation === 'ListAccounts' ? { ...answer, Accounts: answer.Accounts.map(change) } : answer,
});
const undated = (...ids: readonly string[]) =>
  listed(({ JoinedTimestamp, ...account }) => (ids.includes(account.Id) ? account : { ...account, JoinedTimestamp }));

describe('when and how an account joined', () => {
  test('is told of every account, in every data format', async () => {
    const scene = createScene(scenario);
    const { json } = await scene.run(['status', '-o', 'json']);
    expect(json.accounts.slice(1).map((one: Record<string, string>) => [one['joinedAt'], one['joinedMethod']])).toEqual(
      [
        ['2023-11-23T09:30:00.000Z', 'CREATED'],
        ['2026-01-21T09:30:00.000Z', 'INVITED'],
        ['2026-01-16T00:00:00.000Z', 'CREATED'],
        ['2025-12-31T09:30:00.000Z', 'INVITED'],
      ],
    );
    const csv = (await scene.run(['status', '-o', 'csv'])).stdout.split('\r\n');
    expect(csv[0]).toContain(',path,joined_at,joined_method,status,');
    expect(csv[3]).toContain(',2026-01-21T09:30:00.000Z,INVITED,present,');
    expect((await scene.run(['status', '-o', 'markdown'])).stdout).toContain('| invited | Root | 2026-01-21 invited |');
    const lines = (await scene.run(['status', '-o', 'ndjson'])).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line)).find(({ id }) => id === invited)).toMatchObject({
      joinedAt: '2026-01-21T09:30:00.000Z',
      joinedMethod: 'INVITED',
    });
  });

  test.each<[string, unknown, string | null]>([
    ['as the API writes it', 'INVITED', 'INVITED'],
    ['as membership events write it', 'Created', 'CREATED'],
    ['in small letters', 'invited', 'INVITED'],
    ['a word of another time', 'TRANSFERRED', null],
    ['with a letter that is upper case of another language', 'ınvıted', null],
    ['an empty word', '', null],
    ['nothing', undefined, null],
    ['null', null, null],
  ])('the method, %s', async (_name, JoinedMethod, expected) => {
    const scene = createScene(
      scenario,
      listed((account) => ({ ...account, JoinedMethod })),
    );
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.accounts.map((one: Record<string, unknown>) => one['joinedMethod'])).toEqual(
      Array.from({ length: 5 }, () => expected),
    );
  });

  test.each<[string, unknown, string | null]>([
    ['with a fraction of a second', 1_768_521_600.25, '2026-01-16T00:00:00.250Z'],
    ['nothing', undefined, null],
    ['null', null, null],
    ['the beginning of time, which a field that is not filled says', 0, null],
    ['before the beginning of time', -62_135_596_800, null],
    ['beyond what has four digits', 253_402_300_800, null],
    ['beyond any calendar', 1e18, null],
  ])('the time, %s', async (_name, JoinedTimestamp, expected) => {
    const scene = createScene(
      scenario,
      listed((account) => ({ ...account, JoinedTimestamp })),
    );
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.accounts.map((one: Record<string, unknown>) => one['joinedAt'])).toEqual(
      Array.from({ length: 5 }, () => expected),
    );
  });

  test.each([['~junk~'], ['2026-01-16T00:00:00Z'], [{}], [true]])(
    "a time that is no number (%j) makes the answer one that is not AWS's, and the command ends",
    async (JoinedTimestamp) => {
      const scene = createScene(
        scenario,
        listed((account) => ({ ...account, JoinedTimestamp })),
      );
      const { code, json } = await scene.run(['delete', '--joined-since', '30d', '--yes', '-o', 'json']);
      expect([code, json.error.code]).toEqual([1, 'MalformedResponse']);
    },
  );

  test('an account that is listed twice, with two times of joining, is no account that could be judged', async () => {
    const scene = createScene(scenario, {
      rewrite: (operation, answer) =>
        operation === 'ListAccounts'
          ? { ...answer, Accounts: [...answer.Accounts, { ...answer.Accounts[1], JoinedTimestamp: 1 }] }
          : answer,
    });
    expect((await scene.run(['delete', '--joined-since', '30d', '--yes'])).code).not.toBe(0);
    expect(scene.sandbox.requests.map(({ operation }) => operation)).not.toContain('DeleteLoginProfile');
  });
});

describe('--joined-since', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['an age', ['30d'], [invited, created]],
    ['an age in hours', ['241h'], [invited]],
    ['a date, from its beginning', ['2026-01-16'], [invited, created]],
    ['the day after', ['2026-01-17'], [invited]],
    ['a moment', ['2026-01-21T09:30:00Z'], [invited]],
    ['the same moment elsewhere', ['2026-01-21T18:30:00+09:00'], [invited]],
    ['a second later', ['2026-01-21T09:30:01Z', '--name', 'old'], [old]],
    ['and other kinds of inclusion add up', ['30d', '--name', 'old'], [old, invited, created]],
    ['and exclusions win', ['30d', '--exclude', 'invited'], [created]],
  ])('%s', async (_name, args, expected) => {
    const scene = createScene(scenario);
    const { code, stderr } = await scene.run(['status', '--joined-since', ...args, '-o', 'json']);
    expect([code, stderr]).toEqual([0, '']);
    const targets = scene.sandbox.requests.flatMap(({ operation, targetAccount }) =>
      operation === 'AssumeRoot' ? [targetAccount] : [],
    );
    expect(targets.sort()).toEqual([...expected].sort());
  });

  test.each([
    'yesterday',
    '',
    '0d',
    '-30d',
    '30 d',
    '20260115',
    '2026-02-30',
    '2026-13-01',
    '2026-01-15T09:30:00',
    '2026-01-15T25:00:00Z',
    '36501d',
    '２０２６-01-15',
  ])('%j is refused before anything is asked', async (word) => {
    const scene = createScene(scenario);
    const { code, stderr } = await scene.run(['status', `--joined-since=${word}`]);
    expect(code).toBe(64);
    expect(stderr).toContain('neither an age nor a date');
    expect(scene.sandbox.requests).toEqual([]);
  });

  test('nobody joined since: an error, not an empty success', async () => {
    const { code, stderr } = await createScene(scenario).run(['status', '--joined-since', '1d']);
    expect(code).toBe(64);
    expect(stderr).toContain('matches the selection');
  });

  test('contradicts --all, which names everybody', async () => {
    expect((await createScene(scenario).run(['delete', '--all', '--joined-since', '30d', '--yes'])).code).toBe(64);
  });

  test('deletes what newcomers hold, and nothing else', async () => {
    const scene = createScene(scenario);
    const { code, json } = await scene.run(['delete', '--joined-since', '30d', '--yes', '-o', 'json']);
    expect(code).toBe(0);
    expect(idsOf({ json } as SceneResult)).toEqual([invited, created]);
    expect([old, invited, created, early].map((id) => credentialsIn(scene.account(id).root))).toEqual([1, 0, 0, 1]);
  });

  test.each([120, -120])("goes by AWS's time, with a machine's clock %d days off", async (days) => {
    const scene = createScene(scenario);
    const clock = setAhead(scene.clock, () => days * 86_400_000);
    const result = await scene.run(['status', '--joined-since', '30d', '-o', 'json'], { clock });
    expect(idsOf(result)).toEqual([invited, created]);
  });
});

test('the joined column and the widest table tell when and how', async () => {
  const scene = createScene(scenario);
  const chosen = (await scene.run(['status', '--columns', 'name,joined'])).stdout;
  expect(chosen).toMatch(/^NAME +JOINED$/mu);
  expect(chosen).toMatch(/^invited +2026-01-21 invited$/mu);
  expect((await scene.run(['status', '--wide'])).stdout).toMatch(/ created .* 2026-01-16 created /u);
  const unknown = createScene(
    scenario,
    listed(({ JoinedMethod: _, JoinedTimestamp: __, ...account }) => account),
  );
  expect((await unknown.run(['status', '--columns', 'name,joined'])).stdout).toMatch(/^invited +–$/mu);
});

test('a report is about newcomers, too', async () => {
  const scene = createScene(scenario);
  const { json } = await scene.run(['report', '--joined-since', '30d', '-o', 'json']);
  expect(idsOf({ json } as SceneResult)).toEqual([invited, created]);
});

describe('an account of which AWS does not tell when it joined', () => {
  test('is looked at, and a warning says how many that holds', async () => {
    const scene = createScene(scenario, undated(old, early));
    const result = await scene.run(['status', '--joined-since', '30d', '-o', 'json']);
    expect(idsOf(result)).toEqual([old, invited, created, early]);
    expect(result.stderr).toContain(`it is not known when 2 accounts (such as ${old}) joined the organization`);
    expect(result.stderr).toContain('shown anyway');
  });

  test('is not deleted from, has failed in the document, and a warning says how many that holds', async () => {
    const scene = createScene(scenario, undated(old, early));
    const result = await scene.run(['delete', '--joined-since', '30d', '--yes', '-o', 'json']);
    expect(idsOf(result)).toEqual([old, invited, created, early]);
    const failed = result.json.accounts.filter(({ id }: { id: string }) => id === old || id === early);
    for (const { outcome, error } of failed) expect([outcome, error.code]).toEqual(['failed', 'UnknownJoinTime']);
    expect([result.code, result.json.complete]).toEqual([1, true]);
    expect(result.stderr).toContain('left alone');
    expect([old, early].map((id) => credentialsIn(scene.account(id).root))).toEqual([1, 1]);
    const targets = scene.sandbox.requests.flatMap(({ targetAccount }) => targetAccount ?? []);
    expect(targets).not.toContain(old);
    expect(targets).not.toContain(early);
  });

  test('is deleted from when something else selects it, and nobody is warned', async () => {
    const scene = createScene(scenario, undated(old));
    const result = await scene.run(['delete', old, '--joined-since', '30d', '--yes', '-o', 'json']);
    expect(idsOf(result)).toEqual([old, invited, created]);
    expect(result.stderr).not.toContain('not known');
  });

  test('leaves nothing to say of anybody where all are such', async () => {
    const scene = createScene(scenario, undated(managementId, old, invited, created, early));
    const { code, stdout, stderr } = await scene.run(['delete', '--joined-since', '36500d', '--yes']);
    expect(scene.sandbox.requests.map(({ operation }) => operation)).not.toContain('AssumeRoot');
    expect(code).toBe(1);
    for (const id of [old, invited, created, early]) expect(`${stdout}${stderr}`).toContain(id);
    expect(stdout).not.toContain('No root credentials were found');
  });
});

describe('invited accounts that still hold root credentials', () => {
  test('are named before the totals, the newest first', async () => {
    const scene = createScene(scenario);
    const said =
      '⚠ 2 invited accounts still hold root credentials: invited (joined 10 days ago) and early (joined 1 month ago).';
    const { stdout } = await scene.run(['status']);
    expect(stdout).toContain(said);
    expect(stdout.indexOf(said)).toBeLessThan(stdout.indexOf('4 of 4 member accounts'));
    const page = (await scene.run(['status', '-o', 'markdown'])).stdout;
    expect(page.indexOf(said)).toBeGreaterThan(0);
    expect(page.indexOf(said)).toBeLessThan(page.indexOf('**4 of 4 accounts'));
  });

  test('are not those that hold none', async () => {
    const { stdout } = await createScene(scenarioOf([{ joinedMethod: 'INVITED' }, { root: password }])).run(['status']);
    expect(stdout).toContain('1 of 2 member accounts');
    expect(stdout).not.toContain('invited account');
  });

  test('are counted where they are many', async () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      name: `bought-${index}`,
      joinedAt: `${index + 1}d ago`,
      joinedMethod: 'INVITED' as const,
      root: password,
    }));
    const { stdout } = await createScene(scenarioOf(many)).run(['status']);
    const text = stdout.replaceAll(/\s+/gu, ' ');
    expect(text).toContain('9 invited accounts still hold root credentials: bought-0 (joined 1 day ago)');
    expect(text).toContain('bought-4 (joined 5 days ago) and 4 more.');
  });

  test('are not said to be when nobody knows how they joined', async () => {
    const scene = createScene(
      scenario,
      listed(({ JoinedMethod: _, ...account }) => account),
    );
    expect((await scene.run(['status'])).stdout).not.toContain('invited account');
  });

  test('are named in Japanese', async () => {
    const { stdout } = await createScene(scenario).run(['status', '--lang', 'ja']);
    expect(stdout).toContain(
      '招待されたアカウントのうち 2 個にルートユーザー認証情報が残っています: invited (10 日前に参加)',
    );
  });
});
