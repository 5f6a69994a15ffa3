import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Behaviour, Scenario } from '../../src/sandbox/index.ts';
import { holds } from '../support/properties.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import {
  accessKey,
  certificate,
  denyRoot,
  type Member,
  managementId,
  memberId,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const deletions = new Set(['DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice']);

/** Any member: which credentials it holds, whether it is active, under which policy it stands. */
const member = fc.record({
  password: fc.boolean(),
  keys: fc.integer({ min: 0, max: 2 }),
  certificate: fc.boolean(),
  mfa: fc.integer({ min: 0, max: 2 }),
  state: fc.oneof(
    { weight: 8, arbitrary: fc.constant('ACTIVE' as const) },
    fc.constantFrom('SUSPENDED' as const, 'CLOSED' as const),
  ),
  denied: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    fc.constantFrom(
      '*',
      'iam:GetAccountSummary',
      'iam:List*',
      'iam:GetLoginProfile',
      'iam:DeleteLoginProfile',
      'iam:DeleteAccessKey',
      'iam:DeactivateMFADevice',
    ),
  ),
});

/** What AWS and the network may do to calls. Rare enough that patience does not end. */
const passingFault = fc.record({
  kind: fc.constantFrom(
    'throttle' as const,
    'http-500' as const,
    'http-503' as const,
    'drop-before' as const,
    'drop-after' as const,
    'malformed' as const,
    'temporarily-unmodifiable' as const,
  ),
  rate: fc.constantFrom(0.02, 0.1, 0.2),
});
const hardFault = fc.record({
  kind: fc.constantFrom(
    'access-denied' as const,
    'http-500' as const,
    'drop-after' as const,
    'malformed' as const,
    'expire-session' as const,
  ),
  rate: fc.constantFrom(0.1, 0.5, 1),
  operation: fc.constantFrom(
    'AssumeRoot',
    'GetAccountSummary',
    'ListAccessKeys',
    'ListMFADevices',
    'GetLoginProfile',
    'GetUser',
    ...deletions,
  ),
  times: fc.constantFrom(1, 3, 1_000),
});
const behaviour: fc.Arbitrary<Behaviour> = fc
  .record({
    faults: fc.array(fc.oneof(passingFault, hardFault), { maxLength: 3 }),
    lagMs: fc.constantFrom(0, 0, 5_000, 200_000),
    latencyMs: fc.constantFrom(0, 40),
    sts: fc.constantFrom(null, 5, 50),
    pageSize: fc.constantFrom(1, 100),
    shape: fc.constantFrom('state' as const, 'status' as const),
  })
  .map(({ faults, lagMs, latencyMs, sts, pageSize, shape }) => ({
    faults,
    iamPageSize: pageSize,
    accountShape: shape,
    organizationsPageSize: 3,
    emptyPageEvery: 2,
    ...(lagMs === 0 ? {} : { consistencyLagMs: lagMs }),
    ...(latencyMs === 0 ? {} : { latencyMs: { iam: latencyMs, sts: latencyMs } }),
    ...(sts === null ? {} : { throttle: { sts: { ratePerSecond: sts, burst: sts } } }),
  }));

const world = fc.record({
  seed: fc.nat({ max: 100_000 }),
  members: fc.array(member, { minLength: 1, maxLength: 9 }),
  behaviour,
});
type Given = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

function scenarioFrom({ seed, members, behaviour: given }: Given): Scenario {
  const accounts = members.map((one, index): Member => {
    const id = memberId(index);
    return {
      state: one.state,
      root: {
        ...(one.password ? { loginProfile: { createdAt: '700d ago' } } : {}),
        accessKeys: Array.from({ length: one.keys }, (_, number) =>
          accessKey(id, number + 1, number === 0 ? '3d ago' : undefined),
        ),
        signingCertificates: one.certificate ? [certificate(id)] : [],
        mfaDevices: [virtualDevice(id), { serialNumber: 'GAHT12345678', enabledAt: '9d ago' }].slice(0, one.mfa),
      },
    };
  });
  const policies = members.flatMap(({ denied }, index) =>
    denied === null ? [] : [{ ...denyRoot([memberId(index)], denied), id: `p-denyroot${index}` }],
  );
  const scenario = scenarioOf(accounts, { seed, behaviour: given, organization: { policies } });
  // The management account holds what must never be touched.
  const [management] = scenario.accounts;
  if (management) management.root = { accessKeys: [accessKey(managementId, 1)], loginProfile: { createdAt: '9d ago' } };
  return scenario;
}

type Account = {
  id: string;
  status: string;
  outcome: string;
  credentials: unknown;
  actions: { kind: string; result: string }[];
};
const truth = (scene: Scene, id: string): number => credentialsIn(scene.account(id).root);

/** What holds of every run, however it went. */
function requireManners(scene: Scene, selected: ReadonlySet<string>): void {
  for (const { operation, targetAccount, callerAccount } of scene.sandbox.requests) {
    if (operation === 'AssumeRoot') {
      expect(targetAccount).not.toBe(managementId);
      expect(selected.has(targetAccount ?? ''), `AssumeRoot on ${targetAccount}`).toBe(true);
    }
    if (deletions.has(operation)) {
      expect(callerAccount).not.toBe(managementId);
      expect(selected.has(callerAccount ?? ''), `${operation} in ${callerAccount}`).toBe(true);
    }
  }
  expect(truth(scene, managementId)).toBe(2);
}

/** A member that had a password and MFA must not be seen with the password and less MFA. */
function watchMfa(scenario: Scenario): { readonly scene: Scene; readonly broken: string[] } {
  const broken: string[] = [];
  const before = new Map(scenario.accounts.map(({ id, root }) => [id, root?.mfaDevices?.length ?? 0]));
  const scene: Scene = createScene(scenario, {
    onRequest: () => {
      for (const { id, root } of scene.sandbox.accounts) {
        if (root.loginProfile !== undefined && root.mfaDevices.length < (before.get(id) ?? 0)) broken.push(id);
      }
    },
  });
  return { scene, broken };
}

const activeIn = (given: Given): string[] =>
  given.members.flatMap(({ state }, index) => (state === 'ACTIVE' ? [memberId(index)] : []));

test('status: never absent when the account holds a credential; never present when it holds none; nothing but the selection is addressed', async () => {
  await holds(
    fc.asyncProperty(world, fc.boolean(), async (given, isAll) => {
      const scene = createScene(scenarioFrom(given));
      const active = activeIn(given);
      const chosen = isAll ? active : active.filter((_, index) => index % 2 === 0);
      const named = given.members
        .map((_, index) => memberId(index))
        .filter((id) => !active.includes(id) || chosen.includes(id));
      const result = await scene.run([
        'status',
        ...(isAll ? [] : named.length === 0 ? ['--all'] : named),
        '-o',
        'json',
        '--debug',
      ]);
      requireManners(scene, new Set(isAll || named.length === 0 ? active : chosen));
      const { json } = result;
      if (json.kind === 'rootctl.error') {
        expect(result.code).toBe(1);
        return;
      }
      let unknown = 0;
      for (const { id, status } of json.accounts as Account[]) {
        if (status === 'absent') expect(truth(scene, id), `${id} is called absent`).toBe(0);
        if (status === 'present') expect(truth(scene, id), `${id} is called present`).toBeGreaterThan(0);
        if (status === 'unknown') unknown += 1;
      }
      expect(result.code).toBe(unknown > 0 ? 1 : 0);
    }),
    60,
  );
});

test('delete: deleted means gone, MFA never goes while the password stays, the journal holds every deletion, and it converges', async () => {
  await holds(
    fc.asyncProperty(world, async (given) => {
      const scenario = scenarioFrom(given);
      const { scene, broken } = watchMfa(scenario);
      const selected = new Set(activeIn(given));
      const first = await scene.run(['delete', '--all', '--yes', '-o', 'json', '--debug', '--wait', '20s']);
      expect(broken, 'a password without its MFA').toEqual([]);
      requireManners(scene, selected);
      if (first.json.kind === 'rootctl.delete') requireTruth(scene, first.json.accounts, first.code);
      requireJournal(scene);

      // AWS behaves again, the policies stay: every further run gets nearer, and a finished one does nothing.
      scene.sandbox.setBehaviour({});
      await scene.clock.sleep(600_000);
      const second = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
      expect(broken).toEqual([]);
      requireTruth(scene, second.json.accounts, second.code);
      const asked = () =>
        scene.sandbox.requests.filter(({ operation, outcome }) => deletions.has(operation) && outcome === 'ok').length;
      const before = asked();
      const third = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
      expect(asked(), 'the third run deleted something').toBe(before);
      for (const [index, one] of given.members.entries()) {
        if (one.state === 'ACTIVE' && one.denied === null && third.json.summary.skipped < given.members.length) {
          const entry = third.json.accounts.find(({ id }: Account) => id === memberId(index));
          if (entry.outcome === 'absent') expect(truth(scene, memberId(index))).toBe(0);
        }
      }
    }),
    60,
  );
});

/** Outcomes, actions and exit code agree with what the accounts really hold. */
function requireTruth(scene: Scene, accounts: readonly Account[], code: number): void {
  let isTroubled = false;
  for (const { id, outcome, actions } of accounts) {
    if (outcome === 'deleted' || outcome === 'absent') expect(truth(scene, id), `${id} is called ${outcome}`).toBe(0);
    if (['failed', 'partial', 'unverified'].includes(outcome)) isTroubled = true;
    const { root } = scene.account(id);
    for (const { kind, result } of actions) {
      if (kind === 'login-profile' && (result === 'deleted' || result === 'already-gone'))
        expect(root.loginProfile).toBeUndefined();
    }
  }
  if (isTroubled) expect(code).toBe(1);
}

/** Every deletion that took effect was intended on the disk. */
function requireJournal(scene: Scene): void {
  const lines = [...scene.files.contents]
    .filter(([name]) => name.startsWith('runs/'))
    .flatMap(([, text]) => text.trim().split('\n'))
    .map((line) => JSON.parse(line) as { event: string; account: string; kind: string });
  const intents = lines.filter(({ event }) => event === 'intent').length;
  const changes = scene.sandbox.requests.filter(({ operation, changed }) => deletions.has(operation) && changed);
  expect(changes.length).toBeLessThanOrEqual(intents);
}

test('a run that is stopped at any request and resumed ends where an undisturbed one ends', async () => {
  await holds(
    fc.asyncProperty(world, fc.integer({ min: 1, max: 120 }), fc.constantFrom(1, 2), async (given, at, signals) => {
      const calm = { ...given, behaviour: {} };
      const undisturbed = createScene(scenarioFrom(calm));
      await undisturbed.run(['delete', '--all', '--yes', '-o', 'json']);
      let requests = 0;
      const scene: Scene = createScene(scenarioFrom(calm), {
        onRequest: () => {
          requests += 1;
          if (requests === at) for (let time = 0; time < signals; time += 1) scene.signal('SIGINT');
        },
      });
      const first = await scene.run(['delete', '--all', '--yes', '-o', 'json', '--concurrency', '3']);
      if (requests >= at) expect([130, 0, 1]).toContain(first.code);
      const runId = /^runs\/(.+)\.jsonl$/u.exec(
        [...scene.files.contents.keys()].find((name) => name.startsWith('runs/')) ?? '',
      )?.[1];
      await (runId === undefined
        ? scene.run(['delete', '--all', '--yes'])
        : scene.run(['runs', 'resume', runId, '--yes', '-o', 'json']));
      const held = (one: Scene) => one.sandbox.accounts.map(({ id }) => [id, truth(one, id)]);
      expect(held(scene)).toEqual(held(undisturbed));
    }),
    50,
  );
});

test('hundreds of accounts at once under faults: each reply belongs to its account', async () => {
  await holds(
    fc.asyncProperty(fc.nat({ max: 1_000 }), fc.integer({ min: 200, max: 400 }), async (seed, count) => {
      const members = Array.from(
        { length: count },
        (_, index): Member => ({ root: { accessKeys: [accessKey(memberId(index), 1)] } }),
      );
      const faults = [
        { kind: 'http-500' as const, rate: 0.02 },
        { kind: 'expire-session' as const, rate: 0.02 },
      ];
      const scene = createScene(scenarioOf(members, { seed, behaviour: { faults, latencyMs: { iam: 30, sts: 40 } } }), {
        seed,
      });
      const { json } = await scene.run(['delete', '--all', '--yes', '-o', 'json', '--concurrency', '400']);
      expect(json.summary.deleted).toBe(count);
      for (const { operation, callerAccount, parameters } of scene.sandbox.requests) {
        if (operation !== 'DeleteAccessKey' && operation !== 'GetAccessKeyLastUsed') continue;
        expect(parameters['AccessKeyId']).toBe(accessKey(callerAccount ?? '', 1).id);
      }
    }),
    3,
  );
});

test('the lines of ndjson are the accounts of json, field for field, whatever was denied and whoever may say why', async () => {
  const silent = fc.constantFrom(
    [],
    [{ kind: 'access-denied' as const, rate: 1, operation: 'ListPoliciesForTarget' }],
    [{ kind: 'access-denied' as const, rate: 0.5, operation: 'DescribePolicy' }],
    [{ kind: 'access-denied' as const, rate: 0.5, operation: 'DescribeOrganizationalUnit' }],
  );
  await holds(
    fc.asyncProperty(world, silent, async (given, more) => {
      const scenario = scenarioFrom({
        ...given,
        behaviour: { ...given.behaviour, faults: [...(given.behaviour.faults ?? []), ...more] },
      });
      const { json, stdout } = await createScene(scenario).run(['status', '-o', 'json']);
      if (!stdout.includes('"rootctl.status"')) return; // nothing could be read: there is no document to compare
      const streamed = await createScene(scenario).run(['status', '-o', 'ndjson']);
      const lines = streamed.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const { schemaVersion: _, kind: __, generatedAt: ___, ...summary } = lines.pop();
      const told = lines.map(({ schemaVersion: ____, kind: _____, ...account }) => account);
      expect(told.sort((left, right) => (left.id < right.id ? -1 : 1))).toEqual(json.accounts);
      expect(json).toMatchObject(summary);
    }),
    60,
  );
});

test('the line of a denied account waits for its explanation, and the others do not wait for it', async () => {
  const scene = createScene(scenarioOf([{}, {}, {}], { organization: { policies: [denyRoot([memberId(1)])] } }));
  const { stdout } = await scene.run(['status', '-o', 'ndjson']);
  const lines: { id?: string; error?: { message: string } }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.find(({ id }) => id === memberId(1))?.error?.message).toContain('denied by SCP DenyRootUser');
  expect(lines.at(-2)?.id).toBe(memberId(1));
});
