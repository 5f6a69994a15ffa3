import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { enabledDefault, payments } from '../support/issue5-scenarios.ts';
import { fullMembers, memberId, scenarioOf, withoutAccess } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const yes = ['--yes', '-o', 'json'];
const bucket = ['unlock', 's3', '--account', payments, '--bucket', 'payments-prod-ledger'];
const switchedOff = () => scenarioOf([{}], { organization: withoutAccess });
const noPasswords = () => scenarioOf([{}, {}]);

/** What ends a command from outside, and the exit code that it asks for. */
const ends = { SIGINT: 130, '--timeout': 1 } as const;
type End = keyof typeof ends;

const changing = /^(?:Enable|Disable|Register|Deregister|Delete|Put|Set|Create|Deactivate)/u;

/** @param at the call at which it ends; none of them where it is 0. @param times how often. */
async function stopped(scenario: () => Scenario, args: readonly string[], end: End, at: number, times = 1) {
  const clock = virtualClock();
  let calls = 0;
  let begunBefore = 0;
  const changes = () => scene.sandbox.requests.filter(({ operation }) => changing.test(operation)).length;
  const scene: Scene = createScene(scenario(), {
    clock,
    onRequest: async () => {
      calls += 1;
      if (calls !== at) return;
      begunBefore = changes();
      for (let time = 0; time < times && end !== '--timeout'; time += 1) scene.signal(end);
      if (end !== '--timeout') return;
      clock.pass(3_600_000);
      await new Promise((resolve) => setImmediate(resolve)); // whoever slept hears of it
    },
  });
  const timeout = end === '--timeout' ? [end, '1h'] : [];
  const result = await scene.run([...args, ...timeout]);
  return { result, scene, calls, changesSince: changes() - begunBefore };
}

const commands: readonly [string, () => Scenario, readonly string[]][] = [
  ['status', () => scenarioOf(fullMembers(1)), ['status', '-o', 'json']],
  ['status --check', noPasswords, ['status', '--check']],
  ['report', noPasswords, ['report', '-o', 'json']],
  ['delete', () => scenarioOf(fullMembers(1)), ['delete', '--all', ...yes]],
  ['delete --dry-run', () => scenarioOf(fullMembers(1)), ['delete', '--all', '--dry-run', '-o', 'json']],
  ['delete of nothing', noPasswords, ['delete', '--all', ...yes]],
  ['enable', switchedOff, ['enable', '-o', 'json']],
  ['enable of what is on', noPasswords, ['enable']],
  ['enable --dry-run', switchedOff, ['enable', '--dry-run', '-o', 'json']],
  ['enable --delegated-admin', switchedOff, ['enable', '--delegated-admin', memberId(0), '-o', 'json']],
  ['disable', noPasswords, ['disable', '--trusted-access', ...yes]],
  ['recover', noPasswords, ['recover', memberId(0), memberId(1), ...yes]],
  ['recover --dry-run', noPasswords, ['recover', memberId(0), memberId(1), '--dry-run', '-o', 'json']],
  ['unlock: the list', enabledDefault, ['unlock', 's3', '--account', payments, '-o', 'json']],
  ['unlock: the policy', enabledDefault, [...bucket, '-o', 'json']],
  ['unlock --delete-policy', enabledDefault, [...bucket, '--delete-policy', ...yes]],
  ['doctor', () => scenarioOf(fullMembers(1)), ['doctor', '-o', 'json']],
];

describe.each(commands)('%s', (_name, scenario, args) => {
  test('exits as it was ended, at whichever of its calls, and is not silent', async () => {
    const { calls, result: whole } = await stopped(scenario, args, 'SIGINT', 0);
    expect(whole.code).toBe(0);
    for (const [end, expected] of Object.entries(ends) as [End, number][]) {
      for (let at = 1; at <= calls; at += 1) {
        const { result } = await stopped(scenario, args, end, at);
        expect({ end, at, code: result.code }).toEqual({ end, at, code: expected });
        expect(result.stderr).not.toBe('');
      }
    }
    for (let at = 1; at <= calls; at += 1) {
      const { result, changesSince } = await stopped(scenario, args, 'SIGINT', at, 2);
      expect({ at, code: result.code }).toEqual({ at, code: 130 });
      expect(changesSince).toBeLessThanOrEqual(1); // the call itself
    }
  });
});

describe('a stop while the organization is read', () => {
  test.each([
    ['enable', switchedOff, ['enable', '-o', 'json']],
    ['disable', noPasswords, ['disable', ...yes]],
    ['unlock', enabledDefault, [...bucket, '--delete-policy', ...yes]],
    ['recover', noPasswords, ['recover', memberId(0), ...yes]],
  ] as const)('keeps %s from changing anything, whatever was agreed to', async (_name, scenario, args) => {
    for (let at = 1; at <= 5; at += 1) {
      const { result, changesSince } = await stopped(scenario, args, 'SIGINT', at);
      expect({ at, changesSince, complete: result.json.complete }).toEqual({ at, changesSince: 0, complete: false });
    }
  });

  test('is told as one before which nothing was changed', async () => {
    const { result } = await stopped(noPasswords, ['disable', ...yes], 'SIGINT', 1);
    const { json, stderr } = result;
    expect(json).toMatchObject({ kind: 'rootctl.error', error: { code: 'Interrupted', data: { before: 'change' } } });
    expect(stderr).toMatch(/^interrupted: nothing was changed$/mu);
  });
});

/** Ends the command at the last call of this operation. */
const atOperation = async (scenario: () => Scenario, args: readonly string[], operation: string, times = 1) => {
  const { scene } = await stopped(scenario, args, 'SIGINT', 0);
  const at = scene.sandbox.requests.findLastIndex((request) => request.operation === operation) + 1;
  expect(at).toBeGreaterThan(0);
  return (await stopped(scenario, args, 'SIGINT', at, times)).result;
};

describe('switches', () => {
  test('stay where the stop found them: what was switched is told, and what was not', async () => {
    const { json, stderr } = await atOperation(switchedOff, ['enable', '-o', 'json'], 'EnableAWSServiceAccess');
    expect(json).toMatchObject({
      complete: false,
      after: { trustedAccess: true, rootCredentialsManagement: false, rootSessions: false },
      error: { code: 'NotTried' },
    });
    expect(stderr).toContain('the run was stopped first');
  });

  test.each([
    ['EnableAWSServiceAccess', { trustedAccess: null, rootSessions: false }],
    ['ListOrganizationsFeatures', { trustedAccess: true, rootCredentialsManagement: null, rootSessions: null }],
    ['EnableOrganizationsRootSessions', { trustedAccess: true, rootSessions: null }],
    ['RegisterDelegatedAdministrator', { rootSessions: true, delegatedAdministrators: null }],
  ])('of which the answer was not waited for (%s) are unknown', async (operation, after) => {
    const args = ['enable', '--delegated-admin', memberId(0), '-o', 'json'];
    const { code, json } = await atOperation(switchedOff, args, operation, 2);
    expect([code, json.complete, json.error.code]).toEqual([130, false, 'Aborted']);
    expect(json.after).toMatchObject(after);
  });
});

test('a policy whose change was not waited for is in doubt, and the old one is kept', async () => {
  const args = [...bucket, '--delete-policy', ...yes];
  const { code, json, stderr } = await atOperation(enabledDefault, args, 'DeleteBucketPolicy', 2);
  expect([code, json.kind]).toEqual([130, 'rootctl.error']);
  expect(stderr).toMatch(/^error: whether the policy of payments-prod-ledger was changed could not be seen/mu);
  expect(stderr).toContain(`check again: rootctl unlock s3 --account ${payments} --bucket payments-prod-ledger`);
  expect(stderr).toContain('backups/');
});
