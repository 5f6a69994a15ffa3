import { describe, expect, test } from 'vitest';
import { setAhead, virtualClock } from '../../harness/clock.ts';
import { connectionTo } from '../../harness/world.ts';
import type { Clock } from '../../src/clock.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import { accessKey, fullMembers, memberId, organizationId, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const dayMs = 86_400_000;
const used = memberId(0);
const unused = memberId(1);
/** One key used an hour ago, one 300 days ago. */
const organization = scenarioOf([
  { root: { accessKeys: [accessKey(used, 1, '1h ago')] } },
  { root: { accessKeys: [accessKey(unused, 1, '300d ago')] } },
]);
const held = (scene: Scene, id: string): number => credentialsIn(scene.account(id).root);

/** This machine's clock, off by so much from AWS's: `scene.clock` is AWS's. */
const machineClock = (scene: Scene, skewMs: number): Clock => setAhead(scene.clock, () => skewMs);

describe.each([120, -120])("with a machine's clock %d days off", (days) => {
  const clockOf = (scene: Scene) => ({ clock: machineClock(scene, days * dayMs) });

  test('--unused-for leaves alone what was used an hour ago, and removes what was not', async () => {
    const scene = createScene(organization);
    const result = await scene.run(['delete', '--all', '--unused-for', '90d', '--yes', '-o', 'json'], clockOf(scene));
    expect(result.json.accounts).toMatchObject([
      { id: '111111111111', outcome: 'skipped' },
      { id: used, outcome: 'skipped', reason: 'used-recently' },
      { id: unused, outcome: 'deleted' },
    ]);
    expect([held(scene, used), held(scene, unused)]).toEqual([1, 0]);
  });

  test('so it does where nobody checks signatures, and the skew is said', async () => {
    const scene = createScene({ ...organization, behaviour: { signatureWindowMs: null } });
    const result = await scene.run(['delete', '--all', '--unused-for', '90d', '--yes', '-o', 'json'], clockOf(scene));
    expect(result.json.summary).toMatchObject({ deleted: 1, skipped: 2 });
    expect([held(scene, used), held(scene, unused)]).toEqual([1, 0]);
    expect(result.stderr).toContain("this machine's clock is 120 days");
    expect(result.json.generatedAt).toMatch(/^2026-01-31T09:3/u);
  });

  test("documents and the journal's lines carry AWS's time", async () => {
    const scene = createScene(organization);
    const { json } = await scene.run(['delete', unused, '--yes', '-o', 'json'], clockOf(scene));
    const journal = scene.files.contents.get(`runs/${json.runId}.jsonl`) ?? '';
    const times = journal
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).at);
    expect(times.length).toBeGreaterThan(5);
    for (const at of [json.generatedAt, ...times]) expect(at).toMatch(/^2026-01-31T09:3/u);
    expect(json.runId).toMatch(/^20260131-093/u);
  });

  test("a plan's age is AWS's: a fresh one is done, one of two days is refused", async () => {
    const scene = createScene(organization);
    await scene.run(['delete', unused, '--plan-out', 'plan.json', '-q'], clockOf(scene));
    expect(JSON.parse(scene.inputs.get('plan.json') ?? '').generatedAt).toMatch(/^2026-01-31T09:3/u);
    await scene.clock.sleep(2 * dayMs);
    const old = await scene.run(['delete', '--plan', 'plan.json', '--yes', '-o', 'json'], clockOf(scene));
    expect(old.code).toBe(64);
    expect(old.stderr).toContain('the plan is 48 hours old');
    expect(held(scene, unused)).toBe(1);
    await scene.run(['delete', unused, '--plan-out', 'plan.json', '-q'], clockOf(scene));
    const fresh = await scene.run(['delete', '--plan', 'plan.json', '--yes', '-o', 'json'], clockOf(scene));
    expect(fresh.json.summary).toMatchObject({ deleted: 1 });
  });

  test('the skew is said once, on stderr, whatever --quiet says', async () => {
    const scene = createScene(scenarioOf(fullMembers(12)));
    const { stderr, stdout } = await scene.run(['status', '--quiet'], clockOf(scene));
    const said = days > 0 ? '120 days ahead of' : '120 days behind';
    expect(stderr.split('\n').filter((line) => line.includes("this machine's clock is"))).toEqual([
      `warning: this machine's clock is ${said} the time at AWS: ages and times shown here use AWS time`,
    ]);
    expect(stdout).not.toContain('clock');
    expect(stdout).toContain('9 months ago');
  });
});

test('a clock that is right is not spoken of', async () => {
  const scene = createScene(organization);
  const { stderr } = await scene.run(['status'], { clock: machineClock(scene, 200_000) });
  expect(stderr).not.toContain('clock');
});

describe("where AWS's time is not known no age decides over a deletion", () => {
  const withDate = (scene: Scene, date: string | undefined, every = 1) => {
    let count = 0;
    const handle: Scene['sandbox']['handle'] = async (request, signal) => {
      const answer = await scene.sandbox.handle(request, signal);
      count += 1;
      if (count % every !== 0) return answer;
      const { date: _said, ...headers } = answer.headers;
      return { ...answer, headers: date === undefined ? headers : { ...headers, date } };
    };
    return { connection: connectionTo({ handle }, scene.sandbox.credentials().management) };
  };
  const absurd = [undefined, 'junk 1', 'Tue, 01 Jan 2999 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT'];

  test.each(absurd)('Date: %s', async (date) => {
    const scene = createScene(organization);
    const world = withDate(scene, date);
    await scene.run(['delete', '--all', '--plan-out', 'plan.json', '-q'], world);
    for (const args of [
      ['--all', '--unused-for', '90d'],
      ['--joined-since', '9000d'],
      ['--plan', 'plan.json'],
    ]) {
      const result = await scene.run(['delete', ...args, '--yes', '-o', 'json'], world);
      expect(result.code).toBe(64);
      expect(result.json.error).toMatchObject({ code: 'UnknownTime' });
      expect(result.stderr).toContain('the time at AWS is not known');
    }
    expect([held(scene, used), held(scene, unused)]).toEqual([1, 1]);
    const result = await scene.run(['delete', '--all', '--yes', '-o', 'json'], world);
    expect(result.json.summary).toMatchObject({ deleted: 2 });
  });

  test.each(absurd)('a Date now and then that is not AWS’s moves no age: %s', async (date) => {
    const scene = createScene(organization);
    const world = withDate(scene, date, 3);
    const result = await scene.run(['delete', '--all', '--unused-for', '90d', '--yes', '-o', 'json'], world);
    expect(result.json.summary).toMatchObject({ deleted: 1, skipped: 2 });
    expect(held(scene, used)).toBe(1);
    expect(result.stderr).not.toContain('clock');
  });
});

test('a clock set back by an hour in the middle of a throttled run hangs nothing', async () => {
  const clock = virtualClock();
  let setBackMs = 0;
  let requestCount = 0;
  const scene = createScene(
    scenarioOf(fullMembers(40), { behaviour: { throttle: { sts: { ratePerSecond: 20, burst: 5 } } } }),
    {
      clock,
      onRequest: () => {
        requestCount += 1;
        if (requestCount === 60) setBackMs = 3_600_000;
      },
    },
  );
  const world = { clock: setAhead(clock, () => -setBackMs) };
  const result = await scene.run(['delete', '--all', '--yes', '-o', 'json'], world);
  expect(requestCount).toBeGreaterThan(60);
  expect(result.json).toMatchObject({ complete: true, organization: { id: organizationId }, summary: { deleted: 40 } });
  expect(clock.monotonicMs()).toBeLessThan(60_000);
});
