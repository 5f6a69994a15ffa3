import { describe, expect, test } from 'vitest';
import { planHash } from '../../src/documents/index.ts';
import {
  accessKey,
  denyRoot,
  fullMembers,
  type Member,
  managementId,
  memberId,
  scenarioOf,
} from '../support/scenarios.ts';
import { createScene, keptOf, type Scene, type SceneOptions } from '../support/scene.ts';

type Entry = { id: string; status?: string; reason: string | null };
const clean = (count: number): Member[] => Array.from({ length: count }, () => ({}));
const yes = ['--yes', '-o', 'json'];

/** Calls back at the nth page of the listing that is asked for. */
function onPage(nth: number, react: () => void): NonNullable<SceneOptions['onRequest']> {
  let pages = 0;
  return ({ headers }) => {
    if (!Object.values(headers).some((value) => value.endsWith('.ListAccounts'))) return;
    pages += 1;
    if (pages === nth) react();
  };
}

const denyListing = (scene: Scene): void =>
  scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });

function failingAtPage(nth: number, members: readonly Member[]): Scene {
  const scene: Scene = createScene(scenarioOf(members), { onRequest: onPage(nth, () => denyListing(scene)) });
  return scene;
}

describe('a document is complete', () => {
  test('when every account was read or rightly skipped, also one that could not be read', async () => {
    const scene = createScene(
      scenarioOf([{}, { state: 'SUSPENDED' }, {}], { organization: { policies: [denyRoot([memberId(2)])] } }),
    );
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(json.summary).toEqual({ accounts: 4, present: 0, absent: 1, unknown: 1, skipped: 2 });
    expect(json.complete).toBe(true);
    expect(code).toBe(1);
  });

  test.each([
    [['doctor']],
    [['enable']],
    [['disable', '--yes']],
    [['recover', memberId(0), '--yes']],
    [['unlock', 's3', '--account', memberId(0)]],
    [['delete', '--all', '--yes']],
    [['delete', '--all', '--dry-run']],
    [['runs']],
  ])('when %j came to its end', async (args) => {
    const { json } = await createScene(scenarioOf(clean(3))).run([...args, '-o', 'json']);
    expect(json.complete).toBe(true);
  });
});

describe('a listing that fails half-way', () => {
  test('does not take back what was read: the status says that it is not complete, and fails', async () => {
    const { code, json, stderr } = await failingAtPage(2, clean(45)).run(['status', '-o', 'json']);
    expect(code).toBe(1);
    expect(json).toMatchObject({ kind: 'rootctl.status', complete: false, summary: { accounts: 20, absent: 19 } });
    expect(stderr).toMatch(/^error: .*AccessDenied/mu);
    expect(stderr).toMatch(/^hint: /mu);
  });

  test('is neither a clean check nor one that found something', async () => {
    for (const members of [clean(45), fullMembers(45)]) {
      expect((await failingAtPage(3, members).run(['status', '--check', '-o', 'json'])).code).toBe(1);
    }
  });

  test('before anything was read is an error and nothing else', async () => {
    const { code, json } = await failingAtPage(1, clean(45)).run(['status', '-o', 'json']);
    expect(code).toBe(1);
    expect(json).toMatchObject({ kind: 'rootctl.error', complete: false, error: { code: 'AccessDeniedException' } });
  });

  test.each([[[]], [['--dry-run']], [['--plan-out', 'plan.json']]])('deletes and plans nothing: %j', async (more) => {
    const scene = failingAtPage(2, fullMembers(45));
    const { code, json, stderr } = await scene.run(['delete', '--all', ...more, ...yes]);
    expect(code).toBe(1);
    expect(json).toMatchObject({ kind: 'rootctl.delete', complete: false, runId: null });
    expect(json.summary).toMatchObject({ deleted: 0, planned: 0, skipped: 20 });
    expect(stderr).toMatch(/^error: .*AccessDenied/mu);
    expect(stderr).toContain('nothing was deleted');
    expect(scene.sandbox.requests.filter(({ operation }) => /^(?:Delete|Deactivate)/u.test(operation))).toEqual([]);
    expect(scene.inputs.has('plan.json')).toBe(false);
    expect(keptOf(scene)).toEqual([]);
  });

  test('is told beside the answer to a query, which has no place for it', async () => {
    const scene = failingAtPage(2, clean(30));
    const { code, stdout, stderr } = await scene.run(['status', '--query', 'summary.present']);
    expect([code, stdout]).toEqual([1, '0\n']);
    expect(stderr).toMatch(/incomplete/iu);
  });

  test('leaves the doctor incomplete', async () => {
    const { json } = await failingAtPage(2, clean(45)).run(['doctor', '-o', 'json']);
    expect(json.complete).toBe(false);
  });
});

describe('a stop', () => {
  const stoppingAtPage = (nth: number, members: readonly Member[]): Scene => {
    const scene: Scene = createScene(scenarioOf(members), { onRequest: onPage(nth, () => scene.signal('SIGINT')) });
    return scene;
  };

  test.each([[clean(45)], [fullMembers(45)]])(
    'during the listing leaves accounts that nobody knows of',
    async (members) => {
      for (const more of [[], ['--check']]) {
        const { code, json } = await stoppingAtPage(2, members).run(['status', '-o', 'json', ...more]);
        expect(code).toBe(130);
        expect(json.complete).toBe(false);
        expect(json.accounts.length).toBeLessThan(46);
      }
    },
  );

  test('in the listing is not a selection that matches nothing', async () => {
    const { code, json } = await stoppingAtPage(1, clean(45)).run(['status', '--name', 'member-*', '-o', 'json']);
    expect(code).toBe(130);
    expect(json).toMatchObject({ kind: 'rootctl.status', complete: false, accounts: [] });
  });

  test.each([['status'], ['delete']])('while a %s reads: accounts that were never tried', async (command) => {
    let sessions = 0;
    const scene: Scene = createScene(scenarioOf(clean(30)), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=AssumeRoot')) return;
        sessions += 1;
        if (sessions === 5) scene.signal('SIGTERM');
      },
    });
    const { code, json } = await scene.run([
      command,
      '--all',
      '--concurrency',
      '2',
      ...(command === 'delete' ? yes : ['-o', 'json']),
    ]);
    expect(code).toBe(143);
    expect(json.complete).toBe(false);
    expect(json.accounts.some(({ reason }: Entry) => reason === 'not-tried')).toBe(true);
  });

  test('of what was in flight: an account that was given up half-way is not one that was read', async () => {
    const scene: Scene = createScene(scenarioOf(clean(3)), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=AssumeRoot')) return;
        scene.sandbox.setBehaviour({ latencyMs: { iam: 3_600_000 } });
      },
    });
    const { code, json } = await scene.run(['status', memberId(0), '--timeout', '3', '-o', 'json']);
    expect(code).toBe(1);
    expect(json).toMatchObject({ complete: false, accounts: [{ status: 'unknown', error: { code: 'Aborted' } }] });
  });

  test('after the last account was begun takes nothing away', async () => {
    const scene: Scene = createScene(scenarioOf(clean(3)), {
      onRequest: ({ body }) => {
        if (String(body).includes('Action=AssumeRoot')) scene.signal('SIGINT');
      },
    });
    const { code, json } = await scene.run(['status', memberId(0), '-o', 'json']);
    expect(code).toBe(130);
    expect(json).toMatchObject({ complete: true, summary: { absent: 1 } });
  });
});

describe('a deletion', () => {
  test('that ended because too many failed is not complete, nor is its run; the rest of it, resumed, is', async () => {
    const scene = createScene(scenarioOf(fullMembers(12)));
    scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteAccessKey' }] });
    const { json, code } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.complete).toBe(false);
    const shown = await scene.run(['runs', 'show', json.runId, '-o', 'json']);
    expect(shown.json.complete).toBe(false);
    scene.sandbox.setBehaviour({});
    const resumed = await scene.run(['runs', 'resume', json.runId, ...yes]);
    expect(resumed.json).toMatchObject({ complete: true, summary: { deleted: 12 } });
    expect((await scene.run(['runs', 'show', json.runId, '-o', 'json'])).json.complete).toBe(true);
  });

  test('that failed in one account is complete', async () => {
    const scene = createScene(scenarioOf(fullMembers(8)));
    scene.sandbox.setBehaviour({
      faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteAccessKey', accountId: memberId(4) }],
    });
    const { json } = await scene.run(['delete', '--all', ...yes]);
    expect(json).toMatchObject({ complete: true, summary: { deleted: 7, failed: 1 } });
  });

  test('is not made from a plan that calls itself incomplete', async () => {
    const scene = createScene(scenarioOf(fullMembers(2)));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    const plan = JSON.parse(scene.inputs.get('plan.json') ?? '');
    expect(plan.complete).toBe(true);
    const { hash: _, ...rest } = { ...plan, complete: false };
    scene.inputs.set('cut.json', JSON.stringify({ ...rest, hash: planHash(rest) }));
    const { code, stderr } = await scene.run(['delete', '--plan', 'cut.json', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain('cut short');
    expect(scene.account(memberId(0)).root.accessKeys).toHaveLength(2);
  });
});

describe('sarif of a command that fails', () => {
  const failing = () => createScene(scenarioOf(clean(2), { organization: { rootCredentialsManagement: false } }));

  test.each<[string, Scene, readonly string[], number, string]>([
    ['an error of AWS', failingAtPage(1, clean(3)), ['status'], 1, 'AccessDeniedException'],
    ['a switch that is off', failing(), ['status'], 1, 'RootCredentialsManagementNotEnabled'],
    ['a flag that there is not', failing(), ['status', '--nope'], 64, 'Usage'],
    [
      'an account that there is not',
      createScene(scenarioOf(clean(2))),
      ['status', '999999999999'],
      64,
      'UnknownAccount',
    ],
  ])('is a run that did not succeed, with the reason: %s', async (_name, scene, args, expected, id) => {
    const { code, stdout, stderr } = await scene.run([...args, '-o', 'sarif']);
    expect(code).toBe(expected);
    expect(stderr).toMatch(/^error: /u);
    const [run, ...others] = JSON.parse(stdout).runs;
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      tool: { driver: { name: 'rootctl' } },
      invocations: [
        { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', descriptor: { id } }] },
      ],
      results: [],
    });
  });

  test('and of one that is interrupted before it knows anything; json has its error document', async () => {
    const interrupted = (): Scene => {
      const scene: Scene = createScene(scenarioOf(clean(2)), {
        onRequest: ({ body }) => {
          if (!String(body).includes('GetCallerIdentity')) return;
          scene.signal('SIGINT');
          scene.signal('SIGINT');
        },
      });
      return scene;
    };
    const { code, stdout } = await interrupted().run(['status', '-o', 'sarif']);
    expect(code).toBe(130);
    expect(JSON.parse(stdout).runs[0].invocations[0].executionSuccessful).toBe(false);
    const { json } = await interrupted().run(['status', '-o', 'json']);
    expect(json).toMatchObject({ kind: 'rootctl.error', complete: false, error: { code: 'Interrupted' } });
    expect((await interrupted().run(['status'])).stdout).toBe('');
  });
});

test('a format that is known and not offered is not called unknown', async () => {
  const scene = createScene(scenarioOf(clean(1)));
  const { code, stderr } = await scene.run(['doctor', '-o', 'ndjson']);
  expect(code).toBe(64);
  expect(stderr).toBe('error: rootctl doctor has no ndjson output\nhint: choose one of: table, json, csv, markdown\n');
  expect((await scene.run(['doctor', '-o', 'cvs'])).stderr).toContain('unknown output format cvs');
  expect(scene.sandbox.requests).toEqual([]);
});

test('ndjson says in its last line whether that is all', async () => {
  for (const [scene, complete] of [
    [createScene(scenarioOf(clean(45))), true],
    [failingAtPage(2, clean(45)), false],
  ] as const) {
    const { stdout } = await scene.run(['status', '-o', 'ndjson']);
    const lines: { kind: string; id?: string }[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ kind: 'rootctl.status.summary', complete });
    expect(lines.map(({ id }) => id)).toContain(managementId);
  }
});

test.each([
  [['status', '--check'], 45],
  [['status', '--check', '--out', 'json=all.json'], 45],
  [['status'], 3],
])('%j says of the whole the same in ndjson, which lets its accounts go, as in json', async (args, members) => {
  const some: Member[] = [
    ...clean(members),
    { root: { accessKeys: [accessKey(memberId(members), 1)] } },
    { state: 'SUSPENDED' },
  ];
  const ending = (scene: Scene, form: string) => scene.run([...args, '-o', form], { env: { GITHUB_ACTIONS: 'true' } });
  for (const scene of [() => createScene(scenarioOf(some)), () => failingAtPage(2, some)]) {
    const [whole, streamed] = [await ending(scene(), 'json'), await ending(scene(), 'ndjson')];
    const { accounts: _, ...rest } = JSON.parse(whole.stdout);
    const lines = streamed.stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ ...rest, kind: 'rootctl.status.summary' });
    expect(lines).toHaveLength(rest.summary.accounts + 1);
    expect(new Set(lines).size).toBe(lines.length);
    expect([streamed.code, streamed.stderr]).toEqual([whole.code, whole.stderr]);
  }
});
