import { describe, expect, test } from 'vitest';
import { requireOneTarget } from '../../src/actions/targets.ts';
import { type Account, type AccountState, isAccountId } from '../../src/org/account.ts';
import { ProblemError, problemError } from '../../src/problems/index.ts';
import { readJournal } from '../../src/run/journal.ts';
import type { AccountReading } from '../../src/run/reading.ts';
import type { Prompts } from '../../src/terminal/person.ts';
import {
  accessKey,
  denyRoot,
  fullMembers,
  managementId,
  memberId,
  password,
  scenarioOf,
} from '../support/scenarios.ts';
import { createScene, keptOf, type Scene } from '../support/scene.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const yes = ['--yes', '-o', 'json'];
type Entry = { id: string; outcome: string; reason: string | null };
const told = (json: { accounts: readonly Entry[] }) => json.accounts.map(({ id, outcome }) => [id, outcome]);
const linesOf = (scene: Scene) => {
  const [text = ''] = [...scene.files.contents].filter(([name]) => name.startsWith('runs/')).map(([, one]) => one);
  return readJournal(text).lines;
};
const removals = (scene: Scene) =>
  scene.sandbox.requests.filter(({ operation }) => /^(?:Delete|Deactivate)/u.test(operation));

describe('a deletion for which nobody said which accounts', () => {
  const choosing = (choose: (values: readonly string[]) => readonly string[], answer = 'o-testorg0001'): Prompts => ({
    ask: async () => answer,
    choose: async (_question, choices) => choose(choices.map(({ value }) => value)),
  });

  test('offers those that hold credentials, and deletes those of the chosen', async () => {
    const offered: string[] = [];
    const prompts = choosing((values) => {
      offered.push(...values);
      return [second];
    });
    const scene = createScene(scenarioOf([{ root: password }, { root: password }, {}]), { prompts });
    const { code, stdout } = await scene.run(['delete']);
    expect(offered).toEqual([first, second]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('member-0');
    expect(scene.account(first).root.loginProfile).toBeDefined();
    expect(scene.account(second).root.loginProfile).toBeUndefined();
    const events = linesOf(scene);
    expect(events.find(({ event }) => event === 'plan')).toMatchObject({ plan: { accounts: [{ id: second }] } });
  });

  test('of which none is chosen is not agreed to', async () => {
    const scene = createScene(scenarioOf([{ root: password }]), { prompts: choosing(() => []) });
    const { code, stderr } = await scene.run(['delete']);
    expect([code, keptOf(scene)]).toEqual([64, []]);
    expect(stderr).toContain('nothing was changed');
    expect(removals(scene)).toEqual([]);
  });

  test('asks nobody where none holds any', async () => {
    let questions = 0;
    const prompts = choosing(() => {
      questions += 1;
      return [];
    });
    const scene = createScene(scenarioOf([{}, {}]), { prompts });
    expect((await scene.run(['delete'])).code).toBe(0);
    expect(questions).toBe(0);
  });

  test('and is stopped while it reads offers nothing', async () => {
    let questions = 0;
    const prompts = choosing(() => {
      questions += 1;
      return [first];
    });
    const scene: Scene = createScene(scenarioOf(fullMembers(4)), {
      prompts,
      onRequest: ({ body }) => {
        if (String(body).includes('Action=GetAccountSummary')) scene.signal('SIGINT');
      },
    });
    const { code } = await scene.run(['delete', '--concurrency', '1']);
    expect([code, questions]).toEqual([130, 0]);
    expect(removals(scene)).toEqual([]);
  });
});

describe('a reading that is stopped', () => {
  test('plans nothing and deletes nothing: what was found is told as not tried', async () => {
    const scene: Scene = createScene(scenarioOf(fullMembers(4)), {
      onRequest: ({ body }) => {
        if (String(body).includes('Action=GetAccountSummary')) scene.signal('SIGINT');
      },
    });
    const { code, json } = await scene.run(['delete', '--all', '--concurrency', '1', ...yes]);
    expect(code).toBe(130);
    expect(json).toMatchObject({ complete: false, runId: null, summary: { planned: 0, deleted: 0 } });
    expect(json.accounts.filter(({ reason }: Entry) => reason === 'not-tried').map(({ id }: Entry) => id)).toContain(
      first,
    );
    expect(removals(scene)).toEqual([]);
    expect(keptOf(scene)).toEqual([]);
  });
});

describe('what a run writes down before it deletes', () => {
  test('who agreed, what it was to do, each account as it was seen, and what was left alone', async () => {
    const scene = createScene(scenarioOf([{ root: password }, {}]));
    const flags = ['--wait', '30s', '--max-failures', '7', '--unused-for', '90d'];
    const { json } = await scene.run(['delete', '--all', ...flags, ...yes]);
    expect(json).toMatchObject({ complete: true, dryRun: false });
    const lines = linesOf(scene);
    expect(lines[0]).toMatchObject({
      event: 'run',
      command: 'delete',
      options: { unusedForMs: 90 * 86_400_000, waitMs: 30_000, failuresMax: 7, isConfirmedByFlag: true },
    });
    const seen = lines.filter(({ event }) => event === 'inventory');
    expect(seen).toMatchObject([
      { account: managementId, status: 'skipped', reason: 'management-account' },
      { account: first, status: 'present' },
      { account: second, status: 'absent' },
    ]);
    expect(lines.find(({ event }) => event === 'plan')).toMatchObject({
      plan: { accounts: [{ id: first }] },
      decided: [{ id: managementId }, { id: second, outcome: 'absent' }],
    });
  });

  test('a run whose end cannot be written deletes all the same, and says so', async () => {
    const scene = createScene(scenarioOf([{ root: password }]));
    scene.files.onAppend = (_name, text) => {
      if (text.includes('"event":"end"')) throw new Error('ENOSPC: no space left on device');
    };
    const { code, json, stderr } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(told(json)).toContainEqual([first, 'deleted']);
    expect(stderr).toContain('(JournalUnwritable)');
  });

  test('the organization is free for the next run afterwards', async () => {
    const scene = createScene(scenarioOf([{ root: password }]));
    await scene.run(['delete', '--all', ...yes]);
    scene.account(first).root.loginProfile = { createdAt: '2026-01-31T09:00:00.000Z' };
    expect((await scene.run(['delete', '--all', ...yes])).code).toBe(0);
    expect(scene.account(first).root.loginProfile).toBeUndefined();
  });
});

test('a denied deletion names the policy, though the run has begun', async () => {
  const scene = createScene(
    scenarioOf([{ root: password }], { organization: { policies: [denyRoot([first], 'iam:DeleteLoginProfile')] } }),
  );
  const { json } = await scene.run(['delete', '--all', ...yes]);
  expect(json.accounts.find(({ id }: Entry) => id === first).error).toMatchObject({
    hint: expect.stringContaining('DenyRootUser (p-denyroot1)'),
  });
});

test('the document is told though the policies behind a denial cannot be asked for', async () => {
  const scene: Scene = createScene(
    scenarioOf([{ root: password }, { root: { accessKeys: [accessKey(second, 1)] } }], {
      organization: { policies: [denyRoot([first], 'iam:DeleteLoginProfile')] },
      behaviour: {
        faults: ['ListPoliciesForTarget', 'ListRoots'].map((operation) => ({ kind: 'malformed', rate: 1, operation })),
      },
    }),
  );
  const { json } = await scene.run(['delete', '--all', ...yes]);
  expect(told(json)).toEqual([
    [managementId, 'skipped'],
    [first, 'failed'],
    [second, 'deleted'],
  ]);
});

describe('accounts that were named one by one', () => {
  const accountOf = (id: string, state: AccountState = 'ACTIVE'): Account => {
    if (!isAccountId(id)) throw new Error('not an id');
    return { id, name: `name of ${id}`, email: '', state, path: null, joinedAt: null, joinedMethod: null };
  };
  type Skip = Extract<AccountReading, { readonly status: 'skipped' }>['reason'];
  const skipped = (id: string, reason: Skip, state?: AccountState): AccountReading => ({
    account: accountOf(id, state),
    status: 'skipped',
    reason,
  });
  const unread = (id: string): AccountReading => ({
    account: accountOf(id),
    status: 'unread',
    error: problemError('NotConfirmed', { expected: null }),
  });
  const refusalOf = (readings: readonly AccountReading[]) => {
    try {
      requireOneTarget(readings);
      return null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return [error.problem.code, error.problem.data];
    }
  };
  const named = { id: first, name: `name of ${first}` };

  test.each<[string, AccountReading, string, object]>([
    ['is the management account', skipped(first, 'management-account'), 'ManagementAccount', { as: 'target' }],
    [
      'is suspended',
      skipped(first, 'not-active', 'SUSPENDED'),
      'AccountNotActive',
      { state: 'SUSPENDED', as: 'target' },
    ],
    ['is excluded', skipped(first, 'excluded'), 'AccountExcluded', {}],
    ['is protected', skipped(first, 'protected'), 'AccountProtected', {}],
  ])('an error, where the only one %s', (_name, reading, code, data) => {
    expect(refusalOf([reading])).toEqual([code, { ...named, others: 0, ...data }]);
  });

  test('an error that counts the others, where none of several is a target', () => {
    const all = [skipped(first, 'protected'), skipped(second, 'excluded'), skipped(third, 'excluded')];
    expect(refusalOf(all)).toEqual(['AccountProtected', { ...named, others: 2 }]);
  });

  test.each<[string, readonly AccountReading[]]>([
    ['none was named', []],
    ['one of them may be', [skipped(first, 'protected'), unread(second)]],
    ['one of them was not tried', [skipped(first, 'protected'), skipped(second, 'not-tried')]],
  ])('no error, where %s', (_name, readings) => {
    expect(refusalOf(readings)).toBeNull();
  });

  test('are done in the order of the naming, each once, and one that may not be is an error before anything is done', async () => {
    const questions: string[] = [];
    const prompts: Prompts = {
      ask: async (question) => {
        const [id = ''] = /\d{12}/u.exec(question) ?? [];
        questions.push(id);
        return id;
      },
      choose: null,
    };
    const scene = createScene(scenarioOf([{}, {}, { state: 'SUSPENDED' }]), { prompts });
    expect((await scene.run(['recover', second, first, second])).code).toBe(0);
    expect(questions).toEqual([second, first]);
    const refused = await scene.run(['recover', first, third]);
    expect(refused.code).toBe(64);
    expect(refused.stderr).toContain('member-2 (200000000003) is suspended');
  });
});

describe('a run to go on with', () => {
  test('is a deletion: a recovery is none', async () => {
    const scene = createScene(scenarioOf([{}]));
    const { runId } = (await scene.run(['recover', first, ...yes])).json;
    const { code, stderr } = await scene.run(['runs', 'resume', runId, '--yes']);
    expect(code).not.toBe(0);
    expect(stderr).toContain(`run ${runId} is not a deletion with a plan`);
  });

  test.each([
    [true, 'was made in the sandbox', 'add --sandbox'],
    [false, 'was not made in the sandbox', 'leave out --sandbox'],
  ])('is simulated exactly where nothing is real (%s)', async (isSimulated, words, cure) => {
    const scene = createScene(scenarioOf(fullMembers(1)));
    const where = isSimulated ? ['--sandbox'] : [];
    if (isSimulated) await scene.run(['enable', ...where]);
    scene.files.onAppend = (_name, text) => {
      if (text.includes('"event":"end"')) throw new Error('ENOSPC: no space left on device');
    };
    const { runId } = (await scene.run(['delete', '--all', ...where, ...yes])).json;
    delete scene.files.onAppend;
    const before = scene.sandbox.requests.length;
    const { code, stderr } = await scene.run(['runs', 'resume', runId, '--yes', ...(isSimulated ? [] : ['--sandbox'])]);
    expect(code).toBe(64);
    expect(stderr).toContain(`run ${runId} ${words}`);
    expect(stderr).toContain(cure);
    expect(scene.sandbox.requests).toHaveLength(before);
  });
});
