import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/sandbox/index.ts';
import { parseCsv } from '../render/csv.ts';
import {
  accessKey,
  denyRoot,
  everything,
  memberId,
  organizationId,
  password,
  scenarioOf,
} from '../support/scenarios.ts';
import { createScene, type Scene, type SceneResult } from '../support/scene.ts';

const ids = [0, 1, 2, 3, 4, 5].map(memberId) as [string, string, string, string, string, string];
const [same, gone, appeared, changed, blind, newcomer] = ids;

const before = scenarioOf([
  { name: 'same', root: password },
  { name: 'gone', root: { ...password, accessKeys: [accessKey(gone, 1)] } },
  { name: 'appeared' },
  { name: 'changed', root: { ...password, accessKeys: [accessKey(changed, 1)] } },
  { name: 'blind', root: everything(blind) },
]);
/** Member 5 joined, and the policy keeps root sessions out of member 4. */
const after = scenarioOf(
  [
    { name: 'same', root: password },
    { name: 'gone' },
    { name: 'appeared', root: password },
    { name: 'changed', root: { accessKeys: [accessKey(changed, 1), accessKey(changed, 2)] } },
    { name: 'blind', root: everything(blind) },
    { name: 'newcomer' },
  ],
  { organization: { policies: [denyRoot([blind])] } },
);

/** The second organization, with a status of the first at hand. */
async function later(now: Scenario, then: Scenario = before, args: readonly string[] = []): Promise<Scene> {
  const scene = createScene(now);
  scene.inputs.set('old.json', (await createScene(then).run(['status', ...args, '-o', 'json'])).stdout);
  return scene;
}
const against = (scene: Scene, ...args: readonly string[]) => scene.run(['status', '--baseline', 'old.json', ...args]);
const told = ({ json }: SceneResult): readonly (readonly string[])[] =>
  json.changes.map((one: Record<string, string>) => [one['name'], one['change'], one['before'], one['after']]);
const without = (scenario: Scenario, ...gone: readonly string[]): Scenario => ({
  ...scenario,
  accounts: scenario.accounts.filter(({ id }) => !gone.includes(id)),
});

describe('changes in the document', () => {
  test('are null without a baseline, and empty where nothing changed', async () => {
    const scene = await later(before);
    expect((await scene.run(['status', '-o', 'json'])).json.changes).toBeNull();
    expect((await against(scene, '-o', 'json')).json.changes).toEqual([]);
  });

  test('say of each account what became of it, in the order of the ids', async () => {
    const { json } = await against(await later(after), '-o', 'json');
    expect(told({ json } as SceneResult)).toEqual([
      ['gone', 'gone', 'present', 'absent'],
      ['appeared', 'appeared', 'absent', 'present'],
      ['changed', 'changed', 'present', 'present'],
      ['blind', 'unreadable', 'present', 'unknown'],
      ['newcomer', 'new', null, 'absent'],
    ]);
    const [, , change, unread] = json.changes;
    expect(change.added.map(({ id }: { id: string }) => id)).toEqual([accessKey(changed, 2).id]);
    expect(change.removed.map(({ kind }: { kind: string }) => kind)).toEqual(['login-profile']);
    expect(unread.removed).toEqual([]);
    expect(unread.lastSeen).toHaveLength(6);
  });

  test('are in the last line of ndjson, and in no other', async () => {
    const scene = await later(after);
    const lines = (await against(scene, '-o', 'ndjson')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ kind: 'rootctl.status.summary' });
    expect(lines.at(-1).changes).toEqual((await against(scene, '-o', 'json')).json.changes);
    expect(lines.slice(0, -1).some((line) => 'changes' in line)).toBe(false);
  });

  test('are what the table, the page and the notice beside data say', async () => {
    const scene = await later(after);
    const sentences = [
      `gone (${gone}) no longer has root credentials: − access key ${accessKey(gone, 1).id}, − password`,
      `appeared (${appeared}) has root credentials now: + password`,
      `changed (${changed}) changed: + access key ${accessKey(changed, 2).id}, − password`,
      `newcomer (${newcomer}) is new, and has none`,
    ];
    for (const sentence of sentences) {
      expect((await against(scene)).stdout).toContain(sentence);
      expect((await against(scene, '-o', 'markdown')).stdout).toContain(`- ${sentence}`);
      expect((await against(scene, '-o', 'csv')).stderr).toContain(sentence);
    }
    expect((await against(scene, '-o', 'markdown')).stderr).not.toContain('Since the baseline');
    expect((await against(scene, '--lang', 'ja')).stdout).toContain(
      '新しいアカウントで、ルートユーザー認証情報は存在しません',
    );
  });

  test('are a column of csv, with a row for whoever has left', async () => {
    const scene = await later(without(after, same), before);
    const rows = (await against(scene, '-o', 'csv')).stdout
      .trim()
      .split('\r\n')
      .map((row) => row.split(','));
    const column = rows[0]?.indexOf('change') ?? -1;
    expect(column).toBe((rows[0]?.length ?? 0) - 1);
    expect(new Map(rows.slice(1).map((row) => [row[1], row[column]]))).toEqual(
      new Map([
        ['management', ''],
        ['gone', 'gone'],
        ['appeared', 'appeared'],
        ['changed', 'changed'],
        ['blind', 'unreadable'],
        ['newcomer', 'new'],
        ['same', 'left'],
      ]),
    );
    expect((await scene.run(['status', '-o', 'csv'])).stdout).not.toMatch(/,change\r/u);
  });

  test('are a column of csv with a row a credential too', async () => {
    const scene = await later(without(after, same), before);
    const credentials = ['-o', 'csv', '--rows', 'credentials'];
    const [titles = [], ...rows] = parseCsv((await against(scene, ...credentials)).stdout);
    expect(titles.slice(-2)).toEqual(['error_message', 'change']);
    const told = rows.map((row) => [row[1], row[titles.indexOf('credential_kind')], row.at(-1)]);
    expect(told).toEqual([
      ['management', '', ''],
      ['gone', '', 'gone'],
      ['appeared', 'login-profile', 'appeared'],
      ['changed', 'access-key', 'changed'],
      ['changed', 'access-key', 'changed'],
      ...['login-profile', 'access-key', 'signing-certificate', 'mfa-device'].map((kind) => [
        'blind',
        kind,
        'unreadable',
      ]),
      ['newcomer', '', 'new'],
      ['same', '', 'left'],
    ]);
    expect((await scene.run(['status', ...credentials])).stdout).not.toMatch(/,change\r/u);
    const present = await against(scene, ...credentials, '--state', 'present');
    expect(parseCsv(present.stdout).map((row) => row.at(-1))).toEqual(['change', 'appeared', 'changed', 'changed']);
  });
});

describe('an account that has left', () => {
  test('is told with what it held, which nobody has seen go', async () => {
    const { code, json } = await against(await later(without(before, blind)), '--check', '-o', 'json');
    expect(code).toBe(0);
    expect(json.changes).toMatchObject([
      { name: 'blind', change: 'left', before: 'present', after: null, removed: [], added: [], unreadable: [] },
    ]);
    expect(json.changes[0].lastSeen).toHaveLength(6);
  });

  test('is not one that was not selected, or only not listed yet', async () => {
    const scene = await later(before);
    expect((await against(scene, gone, '-o', 'json')).json.changes).toEqual([]);
    expect((await against(scene, '--exclude', 'same', '-o', 'json')).json.changes).toEqual([]);
  });

  test('is told whatever is selected, by the listing that is read anyway', async () => {
    const { json } = await against(await later(without(before, blind)), gone, '-o', 'json');
    expect(json.changes).toMatchObject([{ name: 'blind', change: 'left' }]);
  });

  test.each(['failed', 'stopped'])('is nobody in a listing that %s: nobody knows who else there is', async (how) => {
    const crowd = Array.from({ length: 45 }, (_, index) => ({ name: `member-${index}`, root: password }));
    const then = scenarioOf(crowd);
    const old = (await createScene(then).run(['status', '-o', 'json'])).stdout;
    let pages = 0;
    const scene: Scene = createScene(without(then, memberId(40)), {
      onRequest: ({ headers }) => {
        if (!/\.ListAccounts$/u.test(headers['x-amz-target'] ?? '')) return;
        pages += 1;
        if (pages < 3) return;
        if (how === 'stopped') scene.signal('SIGINT');
        else scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
      },
    });
    scene.inputs.set('old.json', old);
    const { json } = await against(scene, '-o', 'json');
    expect(json.complete).toBe(false);
    expect(json.changes.filter(({ change }: { change: string }) => change === 'left')).toEqual([]);
    expect(json.changes.filter(({ change }: { change: string }) => change === 'gone')).toEqual([]);
  });
});

describe('a baseline', () => {
  test('of another organization is refused: everybody would be new', async () => {
    const scene = await later(before);
    const other = (scene.inputs.get('old.json') ?? '').replaceAll(organizationId, 'o-another0000');
    scene.inputs.set('old.json', other);
    const { code, stderr } = await against(scene);
    expect(code).toBe(64);
    expect(stderr).toContain(
      `old.json is a status of organization o-another0000, but these credentials belong to ${organizationId}`,
    );
    expect(scene.sandbox.requests.map(({ operation }) => operation)).not.toContain('AssumeRoot');
  });

  test('that was saved before it was told when accounts joined is one', async () => {
    const scene = await later(after);
    const { changes: _, ...older } = JSON.parse(scene.inputs.get('old.json') ?? '');
    for (const account of older.accounts) for (const field of ['joinedAt', 'joinedMethod']) delete account[field];
    scene.inputs.set('old.json', JSON.stringify(older));
    expect(told(await against(scene, '-o', 'json'))).toHaveLength(5);
  });

  test('may itself have been compared with one', async () => {
    const scene = await later(after);
    scene.inputs.set('newer.json', (await against(scene, '-o', 'json')).stdout);
    expect((await scene.run(['status', '--baseline', 'newer.json', '-o', 'json'])).json.changes).toEqual([]);
  });

  test.each<[string, (change: Record<string, unknown>) => void]>([
    ['a change that no rootctl knows', (change) => (change['change'] = 'moved')],
    ['a change without an account', (change) => delete change['id']],
    ['a change with more', (change) => (change['more'] = true)],
    ['credentials of no kind', (change) => (change['removed'] = [{ kind: 'cookie' }])],
  ])('with %s is refused', async (_name, spoil) => {
    const scene = await later(after);
    const document = JSON.parse((await against(scene, '-o', 'json')).stdout);
    spoil(document.changes[0]);
    scene.inputs.set('old.json', JSON.stringify(document));
    expect((await against(scene)).code).toBe(64);
  });
});

describe('a saved reading', () => {
  const saved = async (now: Scenario) => {
    const scene = await later(now);
    scene.inputs.set('now.json', (await against(scene, '-o', 'json')).stdout);
    return scene;
  };
  test('is compared with a baseline as a new one is, but nobody knows from it who has left', async () => {
    const scene = await saved(after);
    scene.inputs.set('now.json', (await scene.run(['status', '-o', 'json'])).stdout);
    const live = (await against(scene, '-o', 'json')).json.changes;
    expect((await against(scene, '--from', 'now.json', '-o', 'json')).json.changes).toEqual(live);
    const left = await saved(without(before, blind));
    expect((await against(left, '--from', 'now.json', '-o', 'json')).json.changes).toEqual([]);
  });
  test('keeps the changes that it was saved with, and they excuse nothing in a check that names no baseline', async () => {
    const scene = await saved(scenarioOf([{ name: 'same', root: password }]));
    const { code, json } = await scene.run(['status', '--from', 'now.json', '--check', '-o', 'json']);
    expect(json.changes.length).toBeGreaterThan(0);
    expect(code).toBe(2);
  });
});

describe('a saved reading of another organization', () => {
  test('is not compared', async () => {
    const scene = await later(before);
    scene.inputs.set('now.json', (scene.inputs.get('old.json') ?? '').replaceAll(organizationId, 'o-another0000'));
    expect((await against(scene, '--from', 'now.json')).code).toBe(64);
  });
});

describe('--check against a baseline', () => {
  test('does not count new accounts that hold none', async () => {
    expect(
      (await against(await later(scenarioOf([{ root: password }, {}]), scenarioOf([{ root: password }])), '--check'))
        .code,
    ).toBe(0);
  });
  test('counts new accounts that hold some', async () => {
    const now = scenarioOf([{ root: password }, { root: password }]);
    expect((await against(await later(now, scenarioOf([{ root: password }])), '--check')).code).toBe(2);
  });
});

describe('SARIF', () => {
  interface Result {
    readonly ruleId: string;
    readonly baselineState?: string;
    readonly message: { readonly text: string };
    readonly partialFingerprints: Readonly<Record<string, string>>;
  }
  async function sarifOf(scene: Scene, ...args: readonly string[]) {
    const { stdout } = await scene.run(['status', '-o', 'sarif', ...args]);
    const [run] = JSON.parse(stdout).runs;
    const stateOf = (results: readonly Result[]) =>
      Object.fromEntries(
        results.map(({ partialFingerprints: { 'rootctlAccountRule/v1': key = '' }, baselineState }) => [
          key,
          baselineState,
        ]),
      );
    const results: readonly Result[] = run.results;
    const absent: readonly Result[] | undefined = run.properties.absent;
    return { results, absent, states: stateOf(results), absentStates: stateOf(absent ?? []) };
  }

  test('has no baselineState without a baseline', async () => {
    const { results, absent } = await sarifOf(createScene(before));
    expect(results.some((result) => 'baselineState' in result)).toBe(false);
    expect(absent).toBeUndefined();
  });

  test('says of every result what it was, and keeps what went apart', async () => {
    const { states, absentStates, absent, results } = await sarifOf(await later(after), '--baseline', 'old.json');
    expect(states).toEqual({
      [`${same}/root-login-profile`]: 'unchanged',
      [`${appeared}/root-login-profile`]: 'new',
      [`${changed}/root-access-key`]: 'updated',
      [`${blind}/root-unknown`]: 'new',
      // Code scanning would close what it is not told of again.
      [`${blind}/root-login-profile`]: 'unchanged',
      [`${blind}/root-access-key`]: 'unchanged',
      [`${blind}/root-mfa-device`]: 'unchanged',
      [`${blind}/root-signing-certificate`]: 'unchanged',
    });
    expect(absentStates).toEqual({
      [`${gone}/root-login-profile`]: 'absent',
      [`${gone}/root-access-key`]: 'absent',
      [`${changed}/root-login-profile`]: 'absent',
    });
    expect(absent?.map(({ message }) => message.text)).toContain(`gone (${gone}) no longer holds 1 root access key`);
    expect(results.map(({ message }) => message.text)).toContain(
      `blind (${blind}) held 2 root access keys, and could not be read now`,
    );
  });

  test('knows a result again that was there before, whatever became of it', async () => {
    const then = await sarifOf(createScene(before));
    const now = await sarifOf(await later(after), '--baseline', 'old.json');
    const known = [...Object.keys(now.states), ...Object.keys(now.absentStates)];
    for (const key of Object.keys(then.states)) expect(known).toContain(key);
  });

  test('is updated where the account holds fewer of a kind, and nothing is absent', async () => {
    const now = scenarioOf([{ root: { accessKeys: [accessKey(same, 1)] } }]);
    const then = scenarioOf([{ root: { accessKeys: [accessKey(same, 1), accessKey(same, 2)] } }]);
    const { states, absent } = await sarifOf(await later(now, then), '--baseline', 'old.json');
    expect(states).toEqual({ [`${same}/root-access-key`]: 'updated' });
    expect(absent).toEqual([]);
  });

  test('of credentials whose details cannot be read is new in an account that is, and unchanged in one that was so', async () => {
    const listings = ['GetLoginProfile', 'ListAccessKeys', 'ListMFADevices', 'ListSigningCertificates'];
    const faults = listings.map((operation) => ({ kind: 'access-denied' as const, rate: 1, operation }));
    const blinded = (members: Parameters<typeof scenarioOf>[0]) => scenarioOf(members, { behaviour: { faults } });
    const one = { root: { accessKeys: [accessKey(same, 1)] } };
    const scene = await later(blinded([one, { root: { accessKeys: [accessKey(gone, 1)] } }]), blinded([one]));
    expect((await sarifOf(scene, '--baseline', 'old.json')).states).toEqual({
      [`${same}/root-credentials`]: 'unchanged',
      [`${gone}/root-credentials`]: 'new',
    });
  });

  test('of an account that left says so, and not that its credentials went', async () => {
    const { absent } = await sarifOf(await later(without(before, same)), '--baseline', 'old.json');
    expect(absent).toMatchObject([
      {
        baselineState: 'absent',
        message: { text: `same (${same}) is no longer in the organization; it held 1 root password` },
      },
    ]);
  });
});
