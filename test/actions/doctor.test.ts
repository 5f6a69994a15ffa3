import { expect, test } from 'vitest';
import { doctor } from '../../src/actions/doctor.ts';
import { checkIds } from '../../src/documents/index.ts';
import { problemError } from '../../src/problems/index.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { createBench } from '../support/bench.ts';
import { enabledDefault, legacyErp } from '../support/issue5-scenarios.ts';

function environmentOf(scenario: Scenario) {
  const { environment, events } = createBench(scenario);
  return { events, environment: { ...environment, connect: async () => environment.aws } };
}

test('every check is there in the order in which to mend, as data', async () => {
  const { environment, events } = environmentOf(enabledDefault());
  const document = await doctor(environment);
  expect(document.checks.map(({ id }) => id)).toEqual([...checkIds]);
  expect(document.checks.find(({ id }) => id === 'scp')).toMatchObject({
    result: 'warn',
    finding: { finding: 'blocked', by: { policyId: 'p-denyroot1', sid: 'DenyRoot' }, accounts: 1, others: 0 },
    cure: { rootctl: ['policy', 'scp'] },
  });
  expect(document.scp.find(({ account }) => account === legacyErp)).toMatchObject({ verdict: 'blocked' });
  expect(events).toContainEqual({ event: 'accounts', what: 'judged', listed: 5, finished: 5 });
});

test('credentials that cannot be had are a finding; a setting that cannot be ends it', async () => {
  const { environment } = environmentOf(enabledDefault());
  const denied = problemError('UnsupportedPartition', { partition: 'aws-cn' });
  const document = await doctor({ ...environment, connect: () => Promise.reject(denied) });
  expect(document.checks[0]).toMatchObject({
    result: 'fail',
    finding: { finding: 'problem', problem: denied.problem },
  });
  expect(document.checks[1]?.finding).toEqual({
    finding: 'not-looked-at',
    why: { because: 'check-failed', check: 'credentials' },
  });
  const wrong = problemError('NoMfaCode', { device: 'arn:aws:iam::111111111111:mfa/me' });
  await expect(doctor({ ...environment, connect: () => Promise.reject(wrong) })).rejects.toBe(wrong);
});
