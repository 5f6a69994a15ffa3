import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlanDocument, planHash } from '../../src/documents/index.ts';
import { holds } from '../support/properties.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import {
  accessKey,
  certificate,
  everything,
  fullMembers,
  keyIdOf,
  managementId,
  memberId,
  password,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const yes = ['--yes', '-o', 'json'];
const removals = new Set(['DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice']);
const removalsIn = (scene: Scene) => scene.sandbox.requests.filter(({ operation }) => removals.has(operation));

// biome-ignore lint/suspicious/noExplicitAny: a forger writes any field of any type
type Draft = any;

/** A plan changed by somebody who can compute a hash. */
function forge(scene: Scene, change: (draft: Draft) => void): void {
  const { hash, ...draft } = JSON.parse(scene.inputs.get('plan.json') ?? '') as PlanDocument;
  change(draft);
  scene.inputs.set('plan.json', JSON.stringify({ ...draft, hash: planHash(draft) }));
}

async function planned(members: Parameters<typeof scenarioOf>[0], ...flags: string[]): Promise<Scene> {
  const scene = createScene(scenarioOf(members));
  expect((await scene.run(['delete', '--all', '--plan-out', 'plan.json', ...flags])).code).toBe(0);
  return scene;
}

const apply = (scene: Scene) => scene.run(['delete', '--plan', 'plan.json', ...yes]);

describe('a plan that was changed and hashed anew', () => {
  test.each<[string, (draft: Draft) => void, string]>([
    ['is about no kind', (d) => (d.options.only = []), 'options.only is empty'],
    [
      'is dated 2999',
      (d) => (d.generatedAt = '2999-01-01T00:00:00.000Z'),
      'the plan is dated in the future: 2999-01-01',
    ],
    ['is dated at no time', (d) => (d.generatedAt = '2026-02-30T00:00:00.000Z'), 'is not a time'],
    ['holds the management account', (d) => (d.accounts[0].id = managementId), 'is the management account'],
    [
      'calls another account the management account',
      (d) => {
        d.organization.managementAccountId = second;
        const actions = d.accounts[0].actions.filter(({ kind }: { kind: string }) => kind === 'login-profile');
        d.accounts = [{ ...d.accounts[0], id: managementId, actions }];
      },
      `the plan names ${second} as the management account, but it is ${managementId}`,
    ],
    ['says that it was simulated', (d) => (d.simulated = true), 'was made in the sandbox'],
  ])('and %s is refused, and nothing is deleted', async (_name, change, words) => {
    const scene = await planned(fullMembers(1));
    forge(scene, change);
    const { code, stderr } = await apply(scene);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    expect(removalsIn(scene)).toEqual([]);
  });

  test('names and places come from the organization, not from the file', async () => {
    const scene = await planned([{ name: 'payments-prod', root: password }]);
    forge(scene, (draft) => {
      draft.accounts[0].name = 'playground';
    });
    const { json, stderr } = await apply(scene);
    expect(json.accounts[0].name).toBe('payments-prod');
    expect(stderr).toContain('payments-prod');
    expect(stderr).not.toContain('playground');
  });

  test('how a key is used AWS says, not the file: it may be in use since', async () => {
    const used = { ...password, accessKeys: [accessKey(first, 1, '1h ago'), accessKey(first, 2, '300d ago')] };
    const scene = await planned([{ name: 'payments-prod', root: used }]);
    forge(scene, (draft) => {
      draft.accounts[0].warnings = [];
      for (const action of draft.accounts[0].actions) {
        if (action.kind !== 'access-key') continue;
        Object.assign(action, { lastUsedAt: null, lastUsedService: null, lastUsedRegion: null });
      }
    });
    const { code, stderr } = await apply(scene);
    expect(code).toBe(0);
    expect(stderr).toMatch(/last used 1 hour ago by s3 in eu-west-1\s+⚠ in use/u);
    expect(stderr).toContain('⚠ 1 access key was used within the last day');
    expect(stderr).toContain('no MFA');
    expect(stderr).not.toContain('never used');
  });

  test('and names MFA devices alone leaves them where the password stays', async () => {
    for (const only of [['mfa-device'], ['login-profile', 'mfa-device']]) {
      const scene = await planned([{ root: { ...password, mfaDevices: [virtualDevice(first)] } }]);
      forge(scene, (draft) => {
        draft.options.only = only;
        draft.accounts[0].actions = draft.accounts[0].actions.filter(
          ({ kind }: { kind: string }) => kind === 'mfa-device',
        );
      });
      expect((await apply(scene)).code).toBe(1);
      expect(credentialsIn(scene.account(first).root)).toBe(2);
    }
  });

  test('is refused, or harmless: what goes was in the organization when the plan was made, and is in the plan', async () => {
    const path = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 });
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, [], {}, '', 'access-key', 'login-profile', 'mfa-device', 'Active', managementId),
      fc.constantFrom<unknown>(first, second, third, '2999-01-01T00:00:00.000Z', '2001-01-01T00:00:00.000Z'),
      fc.string({ maxLength: 4 }),
    );
    const mutation = fc.record({ path, how: fc.constantFrom('set', 'drop', 'double', 'move'), value });
    await holds(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const scene = await planned([{ root: everything(first) }, { root: password }, {}]);
        const listed = new Set(scene.sandbox.accounts.flatMap(heldIn));
        // What appeared since was in no inventory: it has to stay, whatever the plan says.
        scene.account(third).root.loginProfile = { createdAt: '2026-01-31T09:00:00.000Z' };
        scene
          .account(second)
          .root.accessKeys.push({ ...accessKey(second, 9), createdAt: '2026-01-31T09:00:00.000Z' } as never);
        forge(scene, (draft) => {
          for (const one of mutations) mutate(draft, one.path, one.how, one.value);
        });
        const before = scene.sandbox.accounts.flatMap(heldIn);
        const { code } = await apply(scene);
        const after = new Set(scene.sandbox.accounts.flatMap(heldIn));
        const gone = before.filter((credential) => !after.has(credential));
        for (const credential of gone) expect(listed).toContain(credential);
        if (code === 64) expect(gone).toEqual([]);
        const text = scene.inputs.get('plan.json') ?? '';
        for (const credential of gone) expect(text).toContain(credential.split(' ')[0]);
        // Nobody is left with a password that lost its MFA device.
        const { root } = scene.account(first);
        if (root.loginProfile !== undefined) expect(root.mfaDevices).toHaveLength(2);
      }),
      60,
    );
  });
});

const heldIn = ({ id, root }: Scene['sandbox']['accounts'][number]): readonly string[] => [
  ...root.accessKeys.map((key) => `${id} ${key.id}`),
  ...root.signingCertificates.map((one) => `${id} ${one.id}`),
  ...root.mfaDevices.map((one) => `${id} ${one.serialNumber}`),
  ...(root.loginProfile === undefined ? [] : [`${id} password ${root.loginProfile.createdAt}`]),
];

/** Walks down by the numbers and changes what it comes to. */
function mutate(draft: Draft, path: readonly number[], how: string, value: unknown): void {
  let at = draft;
  for (const [depth, number] of path.entries()) {
    const keys = Object.keys(at);
    const key = keys[number % keys.length];
    if (key === undefined) return;
    const inner = at[key];
    if (depth < path.length - 1 && typeof inner === 'object' && inner !== null) {
      at = inner;
      continue;
    }
    if (how === 'set') at[key] = value;
    else if (how === 'drop') Array.isArray(at) ? at.splice(Number(key), 1) : delete at[key];
    else if (how === 'double' && Array.isArray(at)) at.push(structuredClone(inner));
    else if (how === 'move' && Array.isArray(at)) at.unshift(...at.splice(Number(key), 1));
    return;
  }
}

describe('what changed since the plan was made is left alone', () => {
  test.each(['access-key', 'signing-certificate'])('a %s whose status is another one now', async (kind) => {
    const scene = await planned([
      { root: { accessKeys: [accessKey(first, 1)], signingCertificates: [certificate(first)] } },
    ]);
    const { accessKeys, signingCertificates } = scene.account(first).root;
    for (const one of kind === 'access-key' ? accessKeys : signingCertificates) one.status = 'Inactive';
    const { code, json } = await apply(scene);
    expect(code).toBe(1);
    expect(json.accounts[0]).toMatchObject({ reason: 'changed-since-plan', error: { code: 'ChangedSincePlan' } });
    expect(json.accounts[0].error.message).toContain('it was Active and is now Inactive');
    const left =
      kind === 'access-key' ? scene.account(first).root.accessKeys : scene.account(first).root.signingCertificates;
    expect(left).toHaveLength(1);
  });
});

test('what of a plan is gone by now is not announced as to be deleted', async () => {
  const scene = await planned([{ root: password }, { root: everything(second) }, { root: password }]);
  await scene.run(['delete', second, '--yes']);
  const [dry, japanese] = [
    await scene.run(['delete', '--plan', 'plan.json', '--dry-run']),
    await scene.run(['delete', '--plan', 'plan.json', '--dry-run', '--lang', 'ja']),
  ];
  expect(dry.stdout).toContain('2 root credentials in 2 accounts would be deleted');
  expect(dry.stdout).toContain('6 root credentials of the plan are already gone.');
  expect(japanese.stdout).toMatch(/6 個は、\s*すでに存在しません。/u);
  const { stdout, stderr } = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
  expect(stderr).toContain('2 root credentials in 2 accounts will be deleted');
  expect(stdout).toContain('2 root credentials deleted in 2 accounts');
  const again = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
  expect(again.stderr).toContain('The plan deletes nothing. 8 root credentials of the plan are already gone.');
  expect(again.code).toBe(0);
});

describe('a plan of an organization that changed since', () => {
  const keyed = { ...password, accessKeys: [accessKey(first, 1)], mfaDevices: [virtualDevice(first)] };
  const dry = (scene: Scene, ...flags: string[]) =>
    scene.run(['delete', '--plan', 'plan.json', '--dry-run', '--no-color', ...flags]);
  const flat = (text: string) => text.replaceAll(/\s+/gu, ' ');

  test('tells before it is agreed to what appeared and is left alone, in every form', async () => {
    const scene = await planned([{ name: 'data-lake', root: keyed }]);
    const { accessKeys } = scene.account(first).root;
    const id = keyIdOf(first, 2);
    accessKeys.push(...accessKeys.map((one) => ({ ...one, id })));
    const words = `data-lake ${first}: added after the plan was made, and not deleted: access key ${id}`;
    const { code, stdout, json } = await dry(scene, '-o', 'json');
    expect([code, json.summary.planned, json.accounts[0]]).toMatchObject([
      1,
      1,
      { outcome: 'planned', reason: 'changed-since-plan', error: { code: 'ChangedSincePlan' } },
    ]);
    expect(stdout).toContain(id);
    const table = await dry(scene);
    expect([table.code, flat(table.stdout)]).toEqual([1, expect.stringContaining(words)]);
    expect(flat((await dry(scene, '-o', 'markdown')).stdout)).toContain(id);
    const real = await apply(scene);
    expect([real.code, flat(real.stderr)]).toEqual([1, expect.stringContaining(words)]);
    expect(real.json.accounts).toMatchObject([{ outcome: 'partial', reason: 'changed-since-plan' }]);
  });

  test('says that MFA devices stay where a password was added', async () => {
    const scene = await planned([{ name: 'data-lake', root: { ...keyed, loginProfile: undefined } }]);
    scene.account(first).root.loginProfile = { createdAt: new Date(scene.clock.nowMs()).toISOString() };
    const { json } = await dry(scene, '-o', 'json');
    expect(json.accounts[0].actions).toMatchObject([
      { kind: 'access-key', result: 'planned' },
      { kind: 'mfa-device', result: 'not-attempted' },
    ]);
    const table = flat((await dry(scene)).stdout);
    expect(table).toContain('a password was added after the plan was made, so the MFA devices were kept');
    expect(table).toContain('1 root credential in 1 account would be deleted');
  });

  test('says the same in every form of what is gone by now', async () => {
    const scene = await planned([
      { name: 'data-lake', root: password },
      { root: { accessKeys: [accessKey(second, 1)] } },
    ]);
    scene.account(first).root.loginProfile = undefined;
    const { code, json } = await dry(scene, '-o', 'json');
    expect([code, json.summary]).toMatchObject([0, { planned: 1, absent: 1 }]);
    expect(json.accounts[0]).toMatchObject({ outcome: 'absent', actions: [{ result: 'already-gone' }] });
    expect((await dry(scene)).stdout).toContain('1 root credential of the plan is already gone.');
    expect((await dry(scene, '-o', 'csv')).stdout).toContain(`${first},data-lake,absent,,login-profile,,already-gone`);
  });
});

describe('--only, in accounts that hold other kinds', () => {
  const onlyKeys = (scene: Scene, ...flags: string[]) =>
    scene.run(['delete', '--all', '--only', 'access-keys', '--yes', ...flags]);

  test('calls none of them absent, and does not say that nothing was found', async () => {
    const scene = createScene(scenarioOf([{ root: password }, {}]));
    const { code, json } = await onlyKeys(scene, '-o', 'json');
    expect(code).toBe(0);
    expect(json.accounts.filter(({ id }: { id: string }) => id !== managementId)).toMatchObject([
      { id: first, outcome: 'skipped', reason: 'none-of-these-kinds', error: null },
      { id: second, outcome: 'absent', reason: null },
    ]);
    const { stdout } = await onlyKeys(scene);
    expect(stdout).not.toContain('no root credentials were found');
    expect(stdout).toContain('Nothing to delete: none of the credentials that --only names were found.');
    expect(stdout).toContain('it has none of the credentials that --only names');
    const japanese = (await onlyKeys(scene, '--lang', 'ja')).stdout;
    expect(japanese).toContain('--only で指定した種類の認証情報は見つかりませんでした。');
  });

  test('nor where another kind could not be read', async () => {
    const faults = ['GetAccountSummary', 'GetLoginProfile'].map((operation) => ({
      operation,
      kind: 'access-denied' as const,
      rate: 1,
    }));
    const scene = createScene(scenarioOf([{}], { behaviour: { faults } }));
    const { json } = await onlyKeys(scene, '-o', 'json');
    expect(json.summary.absent).toBe(0);
    expect(json.accounts).toContainEqual(expect.objectContaining({ id: first, reason: 'none-of-these-kinds' }));
  });
});
