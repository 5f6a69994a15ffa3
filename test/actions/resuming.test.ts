import { describe, expect, test } from 'vitest';
import { applyDeletion } from '../../src/actions/apply-deletion.ts';
import type { Environment } from '../../src/actions/environment.ts';
import { planDeletion } from '../../src/actions/plan-deletion.ts';
import { requireResumable, resume } from '../../src/actions/resume.ts';
import type { DeleteAccount, PlanAccount } from '../../src/documents/index.ts';
import { emptySelection } from '../../src/org/selecting.ts';
import { ProblemError } from '../../src/problems/index.ts';
import { lockOrganization } from '../../src/run/lock.ts';
import type { Sandbox, Scenario } from '../../src/sandbox/index.ts';
import { type BenchOptions, createBench } from '../support/bench.ts';
import { headerOf, planOf, writeJournal } from '../support/journals.ts';
import {
  accessKey,
  denyRoot,
  fullMembers,
  keyIdOf,
  managementId,
  memberId,
  organizationId,
  password,
  scenarioOf,
} from '../support/scenarios.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];

/** A deletion whose process is gone after so many answers were written down, and what goes on with it. */
async function interrupted(
  scenario: Scenario,
  answers: number,
  options: BenchOptions & {
    readonly failuresMax?: number;
    readonly unusedForMs?: number | undefined;
    readonly onSandbox?: (sandbox: Sandbox) => void;
  } = {},
) {
  const bench = createBench(scenario, options);
  const { environment, events, files, sandbox } = bench;
  options.onSandbox?.(sandbox);
  let count = 0;
  files.onAppend = (_name, text) => {
    if (text.includes('"event":"answer"')) count += 1;
    if (count > answers && (answers >= 0 || text.includes('"event":"session"')))
      throw new Error('ENOSPC: no space left on device');
  };
  const { failuresMax, unusedForMs } = options;
  const selection = { ...emptySelection, all: true };
  const deletion = await planDeletion({ selection, unusedForMs }, environment);
  const cut = await applyDeletion({ deletion, isConfirmed: true, waitMs: 60_000, failuresMax }, environment);
  delete files.onAppend;
  const runId = cut.runId ?? '';
  const journal = `runs/${runId}.jsonl`;
  const shown: (readonly [readonly PlanAccount[], readonly DeleteAccount[]])[] = [];
  return {
    ...bench,
    runId,
    journal,
    shown,
    leaves: (id: string) => {
      const at = sandbox.accounts.findIndex((one) => one.id === id);
      (sandbox.accounts as unknown[]).splice(at, 1);
    },
    lines: () =>
      (files.contents.get(journal) ?? '')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    goOn: async (more: Partial<Environment> = {}, isConfirmed = true) => {
      events.length = 0;
      const world = { ...environment, ...more };
      const resumable = await requireResumable(runId, world);
      return resume(
        { resumable, isConfirmed, waitMs: 60_000, onPlanned: async (...told) => void shown.push(told) },
        world,
      );
    },
  };
}
const agreeing = (answer: boolean) => {
  const asked: unknown[] = [];
  const ask: Environment['ask'] = async (question) => {
    asked.push(question);
    return answer as never;
  };
  return { asked, ask };
};

describe('before a run is gone on with', () => {
  test('what is left of it is shown: without the credentials that were seen to be gone', async () => {
    const { goOn, shown, lines } = await interrupted(scenarioOf(fullMembers(2)), 3);
    const planned = lines().find(({ event }) => event === 'plan').plan.accounts as PlanAccount[];
    await goOn();
    const [[accounts, left] = [[], []]] = shown;
    expect(left).toEqual([]);
    expect(accounts.map(({ id, actions }) => [id, actions.length])).toEqual([
      [first, 3],
      [second, 6],
    ]);
    const gone = lines()
      .flatMap((line) => (line.event === 'answer' ? [line] : []))
      .slice(0, 3);
    const idsOf = (actions: readonly { readonly kind: string; readonly id: string | null }[]) =>
      actions.map(({ kind, id }) => `${kind} ${id}`);
    expect(idsOf(accounts[0]?.actions ?? [])).toEqual(
      idsOf(planned[0]?.actions ?? []).filter((one) => !idsOf(gone).includes(one)),
    );
  });

  test('of two access keys it is the one that was not deleted', async () => {
    const { goOn, shown, lines } = await interrupted(scenarioOf(fullMembers(1)), 1);
    const [planned] = lines().find(({ event }) => event === 'plan').plan.accounts as PlanAccount[];
    await goOn();
    const [[[account] = []] = [[], []]] = shown;
    expect(account?.actions.map(({ id }) => id)).toEqual(planned?.actions.slice(1).map(({ id }) => id));
    expect(account?.actions[0]?.kind).toBe('access-key');
  });

  test('of an account in which AWS refused a deletion it is what was refused, and what came after', async () => {
    const { goOn, shown, lines } = await interrupted(
      scenarioOf(fullMembers(1), {
        behaviour: { faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteLoginProfile' }] },
      }),
      Number.POSITIVE_INFINITY,
    );
    expect(lines().find(({ event }) => event === 'account')).toMatchObject({
      outcome: 'partial',
      error: { code: 'AccessDenied' },
    });
    const deleted = lines().flatMap((line) => (line.event === 'answer' && line.result === 'deleted' ? [line.id] : []));
    expect(deleted).not.toEqual([]);
    await goOn();
    const ids = shown[0]?.[0][0]?.actions.map(({ id }) => id) ?? [];
    expect(ids).toContain(null); // the login profile
    expect(ids.filter((id) => deleted.includes(id))).toEqual([]);
  });

  test('of an account whose deletions were never seen to work it is all of them', async () => {
    const { goOn, shown, lines } = await interrupted(
      scenarioOf([{ root: { ...password, accessKeys: [accessKey(first, 1), accessKey(first, 2)] } }], {
        behaviour: { consistencyLagMs: { loginProfile: 600_000 } },
      }),
      Number.POSITIVE_INFINITY,
    );
    const answered = lines().filter(({ event }) => event === 'answer');
    expect(answered.map(({ result }) => result)).toContain('deleted');
    expect(lines().find(({ event }) => event === 'account')).toMatchObject({ outcome: 'unverified' });
    await goOn();
    expect(shown[0]?.[0][0]?.actions).toHaveLength(3);
  });

  test('what somebody else deleted meanwhile is gone as well', async () => {
    const taken: Pick<Sandbox, 'accounts'>[] = [];
    const scene = await interrupted(scenarioOf(fullMembers(1)), 2, {
      onRequest: ({ body }) => {
        if (!/Action=DeleteAccessKey/u.test(String(body)) || !/KEY1/u.test(String(body))) return;
        taken[0]?.accounts.find(({ id }) => id === first)?.root.accessKeys.splice(0, 1);
      },
      onSandbox: (sandbox) => taken.push(sandbox),
    });
    const answers = scene.lines().filter(({ event }) => event === 'answer');
    expect(answers.map(({ result }) => result)).toEqual(['already-gone', 'deleted']);
    await scene.goOn();
    expect(scene.shown[0]?.[0][0]?.actions).toHaveLength(4);
  });

  test('the organization is asked for by its id; who does not answer it has agreed to nothing', async () => {
    const { goOn, sandbox, runId } = await interrupted(scenarioOf(fullMembers(1)), 1);
    const { asked, ask } = agreeing(false);
    const before = sandbox.requests.length;
    await expect(goOn({ ask }, false)).rejects.toMatchObject({
      problem: { code: 'NotConfirmed', data: { expected: organizationId } },
    });
    expect(asked).toEqual([{ question: 'type-to-confirm', what: 'organization', expected: organizationId }]);
    const policies = sandbox.requests.slice(before).flatMap(({ parameters }) => parameters['TaskPolicyArn.arn'] ?? []);
    expect(policies.filter((policy) => !String(policy).endsWith('/IAMAuditRootUserCredentials'))).toEqual([]);
    const yes = agreeing(true);
    expect(await goOn({ ask: yes.ask }, false)).toMatchObject({ runId, complete: true, summary: { deleted: 1 } });
    expect(yes.asked).toHaveLength(1);
  });

  test('nobody is asked, and nothing shown, where none of what is left may be gone on with', async () => {
    const { goOn, leaves, shown, events } = await interrupted(scenarioOf(fullMembers(1)), 1);
    leaves(first);
    const { asked, ask } = agreeing(false);
    const document = await goOn({ ask }, false);
    expect([asked, shown]).toEqual([[], []]);
    expect(document.accounts).toMatchObject([
      { id: managementId },
      { id: first, outcome: 'unverified', error: { code: 'AccountNotInOrganization' } },
    ]);
    expect(events).toContainEqual({
      event: 'problem',
      weight: 'warning',
      problem: expect.objectContaining({
        from: 'within',
        data: expect.objectContaining({
          where: 'account',
          about: ['member-0'],
          problem: expect.objectContaining({
            code: 'AccountNotInOrganization',
            data: { account: first, organizationId },
          }),
        }),
      }),
    });
  });

  test('an account that is suspended by now is told and is no problem', async () => {
    const { goOn, sandbox, shown, events } = await interrupted(scenarioOf(fullMembers(2)), 1);
    const account = sandbox.accounts.find(({ id }) => id === second);
    if (account !== undefined) account.state = 'SUSPENDED';
    await goOn();
    expect(shown).toMatchObject([[[{ id: first }], [{ id: second, reason: 'not-active', state: 'SUSPENDED' }]]]);
    expect(events.filter(({ event }) => event === 'problem')).toEqual([]);
  });

  test('nothing is done while nobody can tell what a protection means', async () => {
    const { goOn, sandbox, shown } = await interrupted(scenarioOf(fullMembers(1)), 1);
    sandbox.setBehaviour({
      faults: [{ kind: 'access-denied', rate: 1, operation: 'ListOrganizationalUnitsForParent' }],
    });
    await expect(goOn({ protections: ['Workloads'] })).rejects.toMatchObject({
      problem: { code: 'UnknownOrganizationalUnit' },
    });
    expect(shown).toEqual([]);
  });

  test('how many accounts are done and left is told', async () => {
    const { goOn, runId, events } = await interrupted(scenarioOf(fullMembers(3)), 8);
    await goOn();
    expect(events).toContainEqual({ event: 'note', note: { note: 'resuming', runId, settled: 1, left: 2 } });
  });
});

describe('how what is left is used meanwhile', () => {
  const lastUsed = { at: '2026-01-31T09:00:00.000Z', service: 's3', region: 'eu-west-1' };
  const dayMs = 86_400_000;
  const idle = { accessKeys: [accessKey(first, 1), accessKey(first, 2)] };
  const use = (sandbox: Sandbox, id: string, at = lastUsed.at) =>
    Object.assign(sandbox.accounts.find((one) => one.id === id)?.root.accessKeys[1] ?? {}, {
      lastUsed: { ...lastUsed, at },
    });
  const deletedIn = (sandbox: Sandbox, before: number) =>
    sandbox.requests.slice(before).filter(({ operation }) => operation === 'DeleteAccessKey');
  /** Nothing of it was begun: the journal could not take the first session. */
  const unbegun = (options: Parameters<typeof interrupted>[2] = {}) =>
    interrupted(scenarioOf([{ root: idle }, { root: password }]), -1, options);

  test('is shown before anybody is asked, with the warning of what is in use', async () => {
    const { goOn, sandbox, shown } = await unbegun();
    use(sandbox, first);
    await goOn();
    const [[[account] = []] = [[], []]] = shown;
    expect(account?.warnings).toMatchObject([{ code: 'key-in-use', id: keyIdOf(first, 2) }]);
    expect(account?.actions[1]).toMatchObject({ lastUsedAt: lastUsed.at, lastUsedService: 's3' });
  });

  test('warns of no key that was deleted already and that AWS shows still', async () => {
    const { goOn, sandbox, shown } = await interrupted(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1, '1h ago'), accessKey(first, 2)] } }], {
        behaviour: { consistencyLagMs: 600_000 },
      }),
      1,
    );
    expect(sandbox.accounts.find(({ id }) => id === first)?.root.accessKeys).toEqual([]);
    await goOn();
    expect(shown[0]?.[0]).toMatchObject([{ actions: [{ id: keyIdOf(first, 2) }], warnings: [] }]);
  });

  test.each([
    ['within the time', 89, 'skipped', 'used-recently'],
    ['before it', 91, 'deleted', null],
  ])('leaves an account alone that was used %s of --unused-for', async (_when, daysAgo, outcome, reason) => {
    const { goOn, sandbox, clock, lines, shown, events } = await unbegun({ unusedForMs: 90 * dayMs });
    use(sandbox, first, new Date(clock.nowMs() - daysAgo * dayMs).toISOString());
    const document = await goOn();
    const [, account, other] = document.accounts;
    expect(account).toMatchObject({ id: first, outcome, reason, error: null });
    expect(other).toMatchObject({ id: second, outcome: 'deleted' });
    expect(lines().findLast((line) => line.event === 'account' && line.account === first)).toMatchObject({
      outcome,
      reason,
      error: null,
    });
    expect(shown[0]?.[1].map(({ id }) => id)).toEqual(outcome === 'skipped' ? [first] : []);
    expect(events.filter(({ event }) => event === 'problem')).toEqual([]);
  });

  test('is nothing to a run that was to delete whatever is used, or whose record does not tell', async () => {
    for (const isTold of [true, false]) {
      const scene = await unbegun(isTold ? {} : { unusedForMs: 90 * dayMs });
      use(scene.sandbox, first);
      const resumable = await requireResumable(scene.runId, scene.environment);
      const { unusedForMs, ...options } = resumable.header.options;
      expect(unusedForMs).toBe(isTold ? null : 90 * dayMs);
      const header = isTold ? resumable.header : { ...resumable.header, options };
      const request = { resumable: { ...resumable, header }, isConfirmed: true, waitMs: 60_000 };
      // Nor must the time of AWS be known for it.
      const environment = { ...scene.environment, isTimeKnown: () => false };
      expect(await resume(request, environment)).toMatchObject({ summary: { deleted: 2 } });
    }
  });

  test('keeps what was begun in an account told', async () => {
    const { goOn, sandbox } = await interrupted(scenarioOf([{ root: idle }]), 1, { unusedForMs: 90 * dayMs });
    Object.assign(sandbox.accounts.find(({ id }) => id === first)?.root ?? {}, {
      accessKeys: [{ id: keyIdOf(first, 2), status: 'Active', createdAt: '2020-01-01T00:00:00.000Z', lastUsed }],
    });
    const before = sandbox.requests.length;
    expect((await goOn()).accounts[1]).toMatchObject({
      outcome: 'unverified',
      reason: 'used-recently',
      actions: [{ result: 'deleted' }, { result: 'failed' }],
    });
    expect(deletedIn(sandbox, before)).toEqual([]);
  });

  test.each([
    [90 * dayMs, 'failed', 0],
    [undefined, 'deleted', 2],
  ])('is unknown where AWS does not tell (--unused-for %s): that is not unused', async (unusedForMs, outcome, keys) => {
    const { goOn, sandbox, shown } = await unbegun({ unusedForMs });
    sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'GetAccessKeyLastUsed' }] });
    const before = sandbox.requests.length;
    const [, account] = (await goOn()).accounts;
    expect(account?.outcome).toBe(outcome);
    expect(account?.error?.code ?? null).toBe(outcome === 'failed' ? 'AccessDenied' : null);
    expect(deletedIn(sandbox, before)).toHaveLength(keys);
    for (const action of shown[0]?.[0].find(({ id }) => id === first)?.actions ?? [])
      expect(action).not.toHaveProperty('lastUsedAt');
  });

  test('is judged by the time of AWS alone', async () => {
    const nobodyKnows = { isTimeKnown: () => false };
    const { goOn, lines } = await unbegun({ unusedForMs: 90 * dayMs });
    const before = lines().length;
    await expect(goOn(nobodyKnows)).rejects.toMatchObject({
      problem: { code: 'UnknownTime', data: { flag: '--unused-for' } },
    });
    expect(lines()).toHaveLength(before);
    expect((await (await unbegun()).goOn(nobodyKnows)).summary.deleted).toBe(2);
  });

  test('is not known where an account could not be read: that one is left alone, and told', async () => {
    const { goOn, sandbox, lines } = await unbegun();
    sandbox.setBehaviour({
      faults: [{ kind: 'access-denied', rate: 1, operation: 'AssumeRoot', accountId: second }],
    });
    const [, read, unread] = (await goOn()).accounts;
    expect([read?.outcome, unread?.outcome, unread?.error?.code]).toEqual(['deleted', 'failed', 'AccessDenied']);
    expect(lines().filter(({ event }) => event === 'session')).toMatchObject([{ account: first }]);
  });

  test.each(['stopping', 'aborting'] as const)('is not read to its end (%s): nothing is deleted', async (which) => {
    let isResumed = false;
    const scene = await unbegun({
      onEvent: (event) => {
        if (event.event === 'accounts' && event.what === 'read' && isResumed) scene[which].abort(new Error('stopped'));
      },
    });
    const before = scene.lines().length;
    isResumed = true;
    await expect(scene.goOn()).rejects.toMatchObject(
      which === 'stopping' ? { problem: { code: 'Interrupted', data: { before: 'change' } } } : { message: 'stopped' },
    );
    expect(scene.lines()).toHaveLength(before);
  });

  test('is not enough to go on with where the accounts cannot be listed to the end', async () => {
    let pages = 0;
    const holders = Array.from({ length: 25 }, () => ({ root: password }));
    const scene = await interrupted(scenarioOf(holders), -1, {
      onRequest: ({ headers }) => {
        if (headers['x-amz-target']?.endsWith('.ListAccounts') !== true) return;
        pages += 1;
        // Two for the plan; the first of what is read again.
        if (pages > 3)
          scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
      },
    });
    const before = scene.lines().length;
    await expect(scene.goOn()).rejects.toMatchObject({ failure: { code: 'AccessDeniedException' } });
    expect(scene.lines()).toHaveLength(before);
    expect(pages).toBe(4);
  });

  test('is counted while it is read, of what is left alone', async () => {
    const { goOn, events } = await interrupted(scenarioOf(fullMembers(3)), 8);
    await goOn();
    expect(events.filter((one) => one.event === 'accounts' && one.what === 'read').at(-1)).toMatchObject({
      listed: 2,
      finished: 2,
    });
  });
});

describe('a run that is gone on with', () => {
  test('writes down who goes on, and why an account is left alone, before anything else', async () => {
    const { goOn, leaves, sandbox, lines } = await interrupted(scenarioOf(fullMembers(4)), 1);
    leaves(second);
    const account = sandbox.accounts.find(({ id }) => id === third);
    if (account !== undefined) account.state = 'SUSPENDED';
    const before = lines().length;
    await goOn();
    const written = lines().slice(before);
    expect(written.slice(0, 3)).toMatchObject([
      { event: 'resumed', pid: 4_242, rootctlVersion: '0.0.0', callerArn: expect.stringContaining(managementId) },
      { event: 'account', account: second, outcome: 'failed', error: { code: 'AccountNotInOrganization' } },
      { event: 'account', account: third, outcome: 'skipped', reason: 'not-active', state: 'SUSPENDED', error: null },
    ]);
    expect(written[1]).not.toHaveProperty('state');
    expect(written.filter(({ event }) => event === 'session').map((line) => line.account)).not.toContain(third);
  });

  test.each([
    [1, 'interrupted', 1],
    [undefined, 'finished', 3],
  ])('gives up after as many failures as it was begun with (%s)', async (failuresMax, state, failed) => {
    const scenario = scenarioOf(Array.from({ length: 4 }, () => ({ root: password })));
    const { goOn, sandbox, events } = await interrupted(scenario, 0, failuresMax === undefined ? {} : { failuresMax });
    sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteLoginProfile' }] });
    const { summary } = await goOn();
    expect(events.at(-1)).toMatchObject({ event: 'run-ended', state });
    expect(summary.failed).toBe(failed);
  });

  test('that only lacks its end is ended, and no account is touched', async () => {
    const { goOn, files, journal, lines, sandbox } = await interrupted(
      scenarioOf(fullMembers(2)),
      Number.POSITIVE_INFINITY,
    );
    const text = files.contents.get(journal) ?? '';
    files.contents.set(journal, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
    const before = sandbox.requests.length;
    expect(await goOn()).toMatchObject({ complete: true, summary: { deleted: 2 } });
    expect(lines().slice(-2)).toMatchObject([{ event: 'resumed' }, { event: 'end', state: 'finished' }]);
    const asked = sandbox.requests.slice(before).map(({ operation }) => operation);
    expect([asked.length > 0, asked.includes('AssumeRoot')]).toEqual([true, false]);
  });

  test('names the policy behind a denial', async () => {
    const scenario = scenarioOf([{ root: password }], {
      organization: { policies: [denyRoot([first], 'iam:DeleteLoginProfile')] },
    });
    const { goOn } = await interrupted(scenario, 0);
    const { accounts } = await goOn();
    expect(accounts.find(({ id }) => id === first)).toMatchObject({ error: { data: { policyId: 'p-denyroot1' } } });
  });

  test('leaves accounts alone that joined since, and those that it did not plan', async () => {
    const { goOn, sandbox } = await interrupted(scenarioOf([...fullMembers(1), {}]), 1);
    Object.assign(sandbox.accounts.find(({ id }) => id === second)?.root ?? {}, {
      loginProfile: { createdAt: '2026-01-01T00:00:00.000Z' },
    });
    const before = sandbox.requests.length;
    await goOn();
    const sessions = sandbox.requests.slice(before).filter(({ operation }) => operation === 'AssumeRoot');
    expect(new Set(sessions.map(({ targetAccount }) => targetAccount))).toEqual(new Set([first]));
  });
});

describe('a run that somebody else works on', () => {
  test('is not gone on with while they do', async () => {
    const { goOn, runId, files, environment, sandbox } = await interrupted(scenarioOf(fullMembers(2)), 3);
    const askedBefore = sandbox.requests.length;
    const { release } = await lockOrganization(files, environment.processes, environment.clock, organizationId, runId);
    await expect(goOn()).rejects.toMatchObject({ problem: { code: 'RunInProgress', data: { runId } } });
    expect(sandbox.requests).toHaveLength(askedBefore);
    await release();
    expect(await goOn()).toMatchObject({ complete: true });
  });

  test('is not gone on with by what was read before they did', async () => {
    const { goOn, journal, files } = await interrupted(scenarioOf(fullMembers(2)), 3);
    let told: string | undefined;
    const ask: Environment['ask'] = async () => {
      await goOn(); // in another terminal, and to the end
      told = files.contents.get(journal);
      return true as never;
    };
    await expect(goOn({ ask }, false)).rejects.toMatchObject({ problem: { code: 'RunInProgress' } });
    expect(told).toContain('"event":"resumed"');
    expect(files.contents.get(journal)).toBe(told);
  });
});

describe('a run cannot be gone on with', () => {
  const refusal = async (change: (lines: readonly string[]) => readonly string[], more: Partial<Environment> = {}) => {
    const { environment, files, journal, runId } = await interrupted(scenarioOf(fullMembers(1)), 1);
    const lines = (files.contents.get(journal) ?? '').trimEnd().split('\n');
    files.contents.set(journal, `${change(lines).join('\n')}\n`);
    const error = await requireResumable(runId, { ...environment, ...more }).then(
      () => null,
      (failure: unknown) => failure,
    );
    if (!(error instanceof ProblemError)) throw error ?? new Error('it can');
    return { ...error.problem, runId };
  };

  test('whose record ends before its plan', async () => {
    const problem = await refusal((lines) => lines.slice(0, 1));
    expect(problem).toMatchObject({ code: 'NothingToResume', data: { runId: problem.runId } });
  });

  test('whose record was changed', async () => {
    const problem = await refusal((lines) => lines.map((line) => line.replace('member-0', 'member-9')));
    expect(problem).toMatchObject({ code: 'JournalDamaged', data: { runId: problem.runId, flaw: expect.anything() } });
  });

  test('whose record an earlier version wrote, which did not tell whom the plan left alone', async () => {
    const { environment, files } = createBench(scenarioOf([]));
    const runId = '20260131-0930-abcd';
    const plan = planOf([]);
    const events = [headerOf(runId), { event: 'plan', hash: plan.hash, plan, decided: undefined } as never];
    await writeJournal(files, runId, events);
    await expect(requireResumable(runId, environment)).rejects.toMatchObject({
      problem: { code: 'JournalOfEarlierVersion', data: { runId, version: '1.0.0' } },
    });
  });

  test('of AWS in the sandbox', async () => {
    const { environment, files } = createBench(scenarioOf([]));
    const runId = '20260131-0930-abcd';
    const plan = planOf([]);
    await writeJournal(files, runId, [headerOf(runId), { event: 'plan', hash: plan.hash, plan, decided: [] }]);
    await expect(requireResumable(runId, environment)).rejects.toMatchObject({
      problem: { code: 'OtherOrganization', data: { why: { is: 'run-not-simulated', runId } } },
    });
  });

  test('of the sandbox on AWS', async () => {
    const problem = await refusal((lines) => lines, { product: { version: '0.0.0', isSimulated: false } });
    expect(problem).toMatchObject({
      code: 'OtherOrganization',
      data: { why: { is: 'run-simulated', runId: problem.runId } },
    });
  });
});
