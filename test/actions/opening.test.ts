import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { connectionTo } from '../../harness/world.ts';
import type { ActionEvent } from '../../src/actions/events.ts';
import { openAws } from '../../src/actions/opening.ts';
import { createAwsTime } from '../../src/aws/time.ts';
import { createSandbox, type SandboxRequest } from '../../src/sandbox/index.ts';
import { scenarioOf } from '../support/scenarios.ts';

function opened() {
  const clock = virtualClock();
  const sandbox = createSandbox(scenarioOf([{}]), { clock });
  const requests: SandboxRequest[] = [];
  const events: ActionEvent[] = [];
  const handle: typeof sandbox.handle = (request, signal) => {
    requests.push(request);
    return sandbox.handle(request, signal);
  };
  const aws = openAws(connectionTo({ handle }, sandbox.credentials().management), {
    clock,
    product: { version: '1.2.3', isSimulated: false },
    random: () => 0.5,
    rate: null,
    report: (event) => events.push(event),
    time: createAwsTime(clock),
  });
  const ask = (count: number) =>
    Promise.all(Array.from({ length: count }, () => aws.sts(new GetCallerIdentityCommand({}))));
  return { sandbox, requests, events, ask };
}

describe('the way to AWS', () => {
  test('says to AWS who asks: the product and its version', async () => {
    const { ask, requests } = opened();
    await ask(1);
    expect(requests.map(({ headers }) => headers['user-agent'])).toEqual(['rootctl/1.2.3']);
  });

  test('tells that AWS holds calls back, and of nothing where it does not', async () => {
    const { ask, sandbox, events } = opened();
    await ask(100);
    expect(events).toEqual([]);
    sandbox.setBehaviour({ throttle: { sts: { ratePerSecond: 20, burst: 20 } } });
    await ask(200);
    expect(events[0]).toEqual({ event: 'held-back' });
  });
});
