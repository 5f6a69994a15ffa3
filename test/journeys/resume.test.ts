import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { planHash } from '../../src/documents/index.ts';
import {
  accessKey,
  denyRoot,
  everything,
  fullMembers,
  type Member,
  managementId,
  memberId,
  organizationId,
  password,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const yes = ['--yes', '-o', 'json'];
const removals = new Set(['DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice']);
type Entry = { id: string; outcome: string; reason: string | null; error: { code: string } | null };
const told = (json: { accounts: readonly Entry[] }) =>
  json.accounts.map(({ id, outcome, reason, error }) => [id, outcome, reason ?? error?.code ?? null]);

/**
 * A deletion whose process is gone after so many lines of its journal were written: no end, no document, the rest of the
 * accounts not begun.
 */
async function killed(scene: Scene, flags: readonly string[] = [], appends = 12): Promise<string> {
  let count = 0;
  scene.files.onAppend = () => {
    count += 1;
    if (count > appends) throw new Error('ENOSPC: no space left on device');
  };
  const { json } = await scene.run(['delete', '--all', '--concurrency', '1', ...flags, ...yes]);
  delete scene.files.onAppend;
  const [run] = (await scene.run(['runs', '-o', 'json'])).json.runs;
  expect(run).toMatchObject({ id: json.runId, state: 'interrupted', endedAt: null });
  return json.runId;
}

const leaves = (scene: Scene, id: string): void => {
  (scene.sandbox.accounts as unknown[]).splice(scene.sandbox.accounts.indexOf(scene.account(id)), 1);
};

describe('a resumed run tells of every account that it concerned', () => {
  test('also of those that could not be read, were skipped, or had nothing: and does not end well for them', async () => {
    const members: Member[] = [
      { root: everything(first) },
      { root: everything(second) },
      { root: everything(third) },
      { state: 'SUSPENDED' },
      {},
      { root: { ...password, accessKeys: [accessKey(memberId(5), 1, '1h ago')] } },
    ];
    const scene = createScene(scenarioOf(members, { organization: { policies: [denyRoot([second])] } }));
    const runId = await killed(scene, ['--unused-for', '1d']);
    const { code, json, stderr } = await scene.run(['runs', 'resume', runId, ...yes]);
    expect(told(json)).toEqual([
      [managementId, 'skipped', 'management-account'],
      [first, 'deleted', null],
      [second, 'failed', 'AccessDenied'],
      [third, 'deleted', null],
      [memberId(3), 'skipped', 'not-active'],
      [memberId(4), 'absent', null],
      [memberId(5), 'skipped', 'used-recently'],
    ]);
    expect(code).toBe(1);
    expect(json.complete).toBe(true);
    expect(stderr).toContain('0 accounts done, 2 left');
    // And again when there is nothing left to do, and to whoever only looks.
    const again = await scene.run(['runs', 'resume', runId, ...yes]);
    expect(again).toMatchObject({ code: 1 });
    expect(told(again.json)).toEqual(told(json));
    expect(told((await scene.run(['runs', 'show', runId, '-o', 'json'])).json)).toEqual(told(json));
  });

  test('a run that was killed with nothing left to do is ended by resuming it', async () => {
    const scene = createScene(scenarioOf([{ root: password }]));
    const { json } = await scene.run(['delete', '--all', ...yes]);
    const name = `runs/${json.runId}.jsonl`;
    const lines = (scene.files.contents.get(name) ?? '').trimEnd().split('\n');
    expect(lines.pop()).toContain('"event":"end"');
    scene.files.contents.set(name, `${lines.join('\n')}\n`);
    expect((await scene.run(['runs', 'resume', json.runId, ...yes])).code).toBe(0);
    expect((await scene.run(['runs', '-o', 'json'])).json.runs).toMatchObject([{ state: 'finished' }]);
  });

  test('of an earlier version that did not write down what it left alone: refused', async () => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    const runId = await killed(scene);
    rewrite(scene, runId, (line) => {
      delete line.decided;
    });
    const { code, stderr } = await scene.run(['runs', 'resume', runId, ...yes]);
    expect(code).toBe(64);
    expect(stderr).toContain('did not record the accounts that it skipped');
  });
});

test('what a plan file held and was told as left alone is not taken up behind the person his back', async () => {
  const scene = createScene(scenarioOf(fullMembers(3)));
  await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
  scene.sandbox.setBehaviour({
    faults: [{ kind: 'access-denied', rate: 1, operation: 'AssumeRoot', accountId: second }],
  });
  scene.inputs.set('.rootctl.yaml', `protect: ['${third}']`);
  let count = 0;
  scene.files.onAppend = () => {
    count += 1;
    if (count > 2) throw new Error('ENOSPC: no space left on device');
  };
  const { json } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
  delete scene.files.onAppend;
  scene.sandbox.setBehaviour({});
  scene.inputs.delete('.rootctl.yaml');
  const resumed = await scene.run(['runs', 'resume', json.runId, ...yes]);
  expect(told(resumed.json)).toEqual([
    [first, 'deleted', null],
    [second, 'failed', 'AccessDenied'],
    [third, 'skipped', 'protected'],
  ]);
  expect(resumed.code).toBe(1);
  expect(scene.account(third).root.accessKeys).toHaveLength(2);
});

test('an account that was suspended since is told with the state that AWS has it in, now and later', async () => {
  const scene = createScene(scenarioOf(fullMembers(4)));
  const runId = await killed(scene);
  scene.account(third).state = 'PENDING_CLOSURE';
  const state = { outcome: 'skipped', reason: 'not-active', state: 'PENDING_CLOSURE' };
  const of = (id: string, { json }: Awaited<ReturnType<Scene['run']>>) =>
    json.accounts.find((account: { id: string }) => account.id === id);
  expect(of(third, await scene.run(['runs', 'resume', runId, ...yes]))).toMatchObject(state);
  expect(of(third, await scene.run(['runs', 'show', runId, '-o', 'json']))).toMatchObject(state);
  expect((await scene.run(['runs', 'show', runId])).stdout).toContain('pending closure');
  scene.account(third).state = 'ACTIVE';
  const later = of(third, await scene.run(['runs', 'resume', runId, ...yes]));
  expect(later).toMatchObject({ outcome: 'deleted', reason: null });
  expect(later).not.toHaveProperty('state');
});

describe('an account of the plan that has left the organization', () => {
  test('is told, and the rest goes on: no refusal, and no good end', async () => {
    const scene = createScene(scenarioOf(fullMembers(4)));
    const runId = await killed(scene);
    leaves(scene, third);
    const { code, json, stderr } = await scene.run(['runs', 'resume', runId, ...yes]);
    expect(told(json).slice(1)).toEqual([
      [first, 'deleted', null],
      [second, 'deleted', null],
      [third, 'failed', 'AccountNotInOrganization'],
      [memberId(3), 'deleted', null],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(`account ${third} is no longer in organization ${organizationId}`);
    expect(told((await scene.run(['runs', 'show', runId, '-o', 'json'])).json)).toEqual(told(json));
    expect((await scene.run(['runs', 'resume', runId, ...yes])).code).toBe(1);
  });

  test('keeps what was done in it told', async () => {
    const scene = createScene(scenarioOf(fullMembers(2)));
    const runId = await killed(scene, [], 6);
    leaves(scene, first);
    const { code, json } = await scene.run(['runs', 'resume', runId, ...yes]);
    const account = json.accounts.find(({ id }: Entry) => id === first);
    expect(account).toMatchObject({ outcome: 'unverified', error: { code: 'AccountNotInOrganization' } });
    expect(account.actions.filter(({ result }: { result: string }) => result === 'deleted').length).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  test('of a plan file is an error that names it and the cure, before anything is done', async () => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    leaves(scene, second);
    const { code, stderr } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(code).toBe(64);
    expect(stderr).toContain(`account ${second} (member-1) of the plan is no longer in organization ${organizationId}`);
    expect(stderr).toMatch(/^hint: create a new plan/mu);
    expect(scene.sandbox.requests.filter(({ operation }) => removals.has(operation))).toEqual([]);
  });
});

test('a disk that is full before the plan is written: nothing is done, and nothing is left to resume', async () => {
  const scene = createScene(scenarioOf(fullMembers(2)));
  scene.files.onAppend = () => {
    throw new Error('ENOSPC: no space left on device');
  };
  const { code, stderr } = await scene.run(['delete', '--all', ...yes]);
  expect(code).toBe(1);
  expect(stderr).toContain('ENOSPC');
  expect(stderr).not.toContain('resume');
  expect(scene.sandbox.requests.filter(({ operation }) => removals.has(operation))).toEqual([]);
  expect((await scene.run(['runs', '-o', 'json'])).json.runs).toEqual([]);
});

describe('protect', () => {
  const inUnit = scenarioOf(
    [{ name: 'payments-prod', root: everything(first), parentId: 'ou-test-safe0001' }, {}, { root: password }],
    {
      organization: { organizationalUnits: [{ id: 'ou-test-safe0001', name: 'Safe', parentId: 'r-test' }] },
    } as never,
  );
  const rules = [
    ['an id', first],
    ['a name', 'payments-*'],
    ['an OU', 'ou-test-safe0001'],
  ];

  test.each(rules)('by %s holds for a run that is resumed', async (_name, rule) => {
    const scene = createScene(inUnit);
    const runId = await killed(scene, [], 2);
    scene.inputs.set('.rootctl.yaml', `protect: ['${rule}']`);
    const before = scene.sandbox.requests.length;
    const { json } = await scene.run(['runs', 'resume', runId, ...yes]);
    expect(json.accounts.find(({ id }: Entry) => id === first)).toMatchObject({
      outcome: 'skipped',
      reason: 'protected',
    });
    const sessions = scene.sandbox.requests.slice(before).filter(({ operation }) => operation === 'AssumeRoot');
    expect(sessions.map(({ targetAccount }) => targetAccount)).not.toContain(first);
    expect(scene.account(first).root.accessKeys).toHaveLength(2);
    expect(scene.account(third).root.loginProfile).toBeUndefined();
  });

  test.each(rules)('by %s holds for a plan that was made before', async (_name, rule) => {
    const scene = createScene(inUnit);
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    scene.inputs.set('.rootctl.yaml', `protect: ['${rule}']`);
    const { json } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(json.accounts.find(({ id }: Entry) => id === first)).toMatchObject({
      outcome: 'skipped',
      reason: 'protected',
    });
    expect(scene.account(first).root.accessKeys).toHaveLength(2);
    expect(scene.account(third).root.loginProfile).toBeUndefined();
  });
});

/** A journal changed by somebody who can compute its chain and the hash of its plan. */
// biome-ignore lint/suspicious/noExplicitAny: a forger writes any field of any type
function rewrite(scene: Scene, runId: string, change: (line: any) => void): void {
  const name = `runs/${runId}.jsonl`;
  let previous = '';
  const lines = (scene.files.contents.get(name) ?? '')
    .trimEnd()
    .split('\n')
    .map((text) => {
      const line = JSON.parse(text);
      if (line.event === 'plan') {
        change(line);
        const { hash, ...rest } = line.plan;
        line.plan.hash = planHash(rest);
      }
      line.prev = createHash('sha256').update(previous).digest('hex');
      previous = JSON.stringify(line);
      return previous;
    });
  scene.files.contents.set(name, `${lines.join('\n')}\n`);
}

describe('the plan in a journal', () => {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  test.each<[string, (line: any) => void, string]>([
    ['is about no kind', (line) => (line.plan.options.only = []), 'options.only is empty'],
    ['holds the management account', (line) => (line.plan.accounts[0].id = managementId), 'is the management account'],
    [
      'is dated 2999',
      (line) => (line.plan.generatedAt = '2999-01-01T00:00:00.000Z'),
      'the plan is dated in the future: 2999',
    ],
    [
      'is of another organization',
      (line) => (line.plan.organization.id = 'o-otherorg0001'),
      'for another organization',
    ],
    ['is none', (line) => (line.plan = { accounts: 'x' }), 'is not a rootctl plan'],
  ])('is checked like a file: one that %s is not gone on with', async (_name, change, words) => {
    const scene = createScene(
      scenarioOf([{ root: { ...password, mfaDevices: [virtualDevice(first)] } }, { root: password }]),
    );
    const runId = await killed(scene, [], 2);
    rewrite(scene, runId, change);
    const before = scene.sandbox.requests.length;
    const { code, stderr } = await scene.run(['runs', 'resume', runId, ...yes]);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    expect(scene.sandbox.requests.slice(before).filter(({ operation }) => operation === 'AssumeRoot')).toEqual([]);
  });
});
