import { expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { memoryDisk } from '../../harness/disk.ts';
import { createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import type { PlanAccount } from '../../src/documents/index.ts';
import { readOrganization } from '../../src/org/organization.ts';
import { createSettling } from '../../src/root/session.ts';
import { executePlan } from '../../src/run/deletion.ts';
import { openJournal } from '../../src/run/journal.ts';
import { createSandbox, sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { fullMembers, managementId, memberId, scenarioOf } from '../support/scenarios.ts';
import { english } from '../support/speech.ts';

const planned = (id: string): PlanAccount => ({
  id,
  name: 'x',
  path: null,
  actions: [{ kind: 'login-profile', id: null, createdAt: null }],
  warnings: [],
});

/** The machine that carries plans out, without the command before it that would have refused such a plan. */
async function executing(accounts: readonly PlanAccount[]) {
  const clock = virtualClock();
  const sandbox = createSandbox(scenarioOf(fullMembers(2)), { clock, recordRequests: true });
  const aws = createAws({
    region: 'us-east-1',
    credentials: sandbox.credentials().management,
    transport: sandboxRequestHandler(sandbox) as never,
    pace: unpaced,
    clock,
    random: () => 0.5,
    userAgent: 'test',
  });
  const { organization } = await readOrganization(aws);
  const journal = await openJournal(memoryDisk(), 'run-1', clock, english.entryOf);
  const never = new AbortController().signal;
  const environment = {
    aws,
    clock,
    organization,
    concurrency: 1,
    settling: createSettling(clock),
    stopping: never,
    aborting: never,
  };
  const options = {
    runId: 'run-1',
    only: ['login-profile'],
    waitMs: 1_000,
    failuresMax: 5,
    askedBefore: new Set<string>(),
  } as const;
  const deletion = await executePlan(accounts, journal, environment, options);
  return { deletion, sessions: sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot') };
}

test.each([
  ['the management account', managementId],
  ['what is no account id', `${managementId}0`],
  ['a path', '../../../pwned'],
])('%s in a plan ends the run before a session is opened for it, and for whatever follows', async (_name, id) => {
  const { deletion, sessions } = await executing([planned(id), planned(memberId(0))]);
  expect(deletion.stop?.message).toContain(`the plan holds ${id}, which is never a target`);
  expect(sessions).toEqual([]);
  expect([...deletion.accounts.values()].map(({ outcome }) => outcome)).toEqual(['failed', 'skipped']);
});
