import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';

test('whoever gives up a call does not wait for credentials that do not come', async () => {
  let asked = 0;
  const aws = createAws({
    region: 'us-east-1',
    credentials: () => {
      asked += 1;
      return new Promise(() => {});
    },
    transport: { handle: () => Promise.reject(new Error('nothing is sent')) } as never,
    pace: unpaced,
    clock: virtualClock(),
    random: () => 0.5,
    userAgent: 'test',
  });
  const stopping = new AbortController();
  const call = aws.iam(new GetAccountSummaryCommand({}), stopping.signal);
  stopping.abort();
  await expect(call).rejects.toMatchObject({ failure: { kind: 'aborted' } });
  await expect(aws.iam(new GetAccountSummaryCommand({}), stopping.signal)).rejects.toMatchObject({
    failure: { kind: 'aborted' },
  });
  expect(asked).toBeGreaterThan(0);
});
