import { GetAccountSummaryCommand, GetLoginProfileCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { DescribeAccountCommand, ListAccountsCommand } from '@aws-sdk/client-organizations';
import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import {
  type Behaviour,
  createSandbox,
  type FaultKind,
  sandboxRequestHandler,
  serveSandbox,
} from '../../src/sandbox/index.ts';
import { type Clients, clientsOf, enabledScenario, transports } from './world.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A sandbox whose clock is months from this machine's, and what each answer's headers were. */
async function open(transport: (typeof transports)[number], behaviour: Behaviour = {}) {
  const clock = virtualClock({ startMs: Date.now() - 120 * 86_400_000 });
  const sandbox = createSandbox(enabledScenario({ signatureWindowMs: null, ...behaviour }), { clock });
  const server = transport === 'over HTTP' ? await serveSandbox(sandbox, { port: 0 }) : undefined;
  if (server) closing.push(() => server.close());
  const reach = server ? { endpoint: server.endpoint } : { requestHandler: sandboxRequestHandler(sandbox) };
  const clients = clientsOf({ region: 'us-east-1', credentials: sandbox.credentials().management, ...reach });
  const seen: (readonly [date: string | undefined, requestId: string | undefined])[] = [];
  for (const client of Object.values(clients))
    client.middlewareStack.add(
      (next: (args: never) => Promise<{ response: unknown }>) => async (args: never) => {
        const result = await next(args);
        const { headers } = result.response as { headers: Record<string, string> };
        seen.push([headers['date'], headers['x-amzn-requestid'] ?? headers['x-amz-request-id']]);
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
  return { clients, seen, clock };
}

const calls: readonly [string, (clients: Clients) => Promise<unknown>][] = [
  ['IAM', ({ iam }) => iam.send(new GetAccountSummaryCommand({}))],
  ['STS', ({ sts }) => sts.send(new GetCallerIdentityCommand({}))],
  ['Organizations', ({ organizations }) => organizations.send(new ListAccountsCommand({}))],
  ['S3', ({ s3 }) => s3.send(new ListBucketsCommand({}))],
  ['S3, without a body', ({ s3 }) => s3.send(new DeleteBucketPolicyCommand({ Bucket: 'payments-prod-assets' }))],
  ['SQS', ({ sqs }) => sqs.send(new ListQueuesCommand({}))],
  ['IAM, refused', ({ iam }) => iam.send(new GetLoginProfileCommand({ UserName: 'nobody' }))],
  ['Organizations, refused', ({ organizations }) => organizations.send(new DescribeAccountCommand({ AccountId: 'x' }))],
  ['S3, in another region', ({ s3 }) => s3.send(new GetBucketPolicyCommand({ Bucket: 'ledger' }))],
];

describe.each(transports)("every answer %s carries a Date on the sandbox's clock, and an id", (transport) => {
  test.each(calls)('%s', async (_what, call) => {
    const { clients, seen, clock } = await open(transport);
    for (let second = 0; second < 2; second += 1) {
      await call(clients).catch(() => {});
      clock.pass(1_000);
    }
    const at = [2_000, 1_000].map((agoMs) => new Date(clock.nowMs() - agoMs).toUTCString());
    expect(seen.map(([date]) => date)).toEqual(at);
    expect(seen.every(([, id]) => /^[\w-]{8,}$/.test(id ?? ''))).toBe(true);
  });

  test.each<FaultKind>(['throttle', 'http-500', 'http-503', 'malformed', 'access-denied', 'empty-body', 'html'])(
    'the fault %s',
    async (kind) => {
      const { clients, seen, clock } = await open(transport, { faults: [{ kind, rate: 1 }] });
      await clients.sts.send(new GetCallerIdentityCommand({})).catch(() => {});
      expect(seen.map(([date]) => date)).toEqual([new Date(clock.nowMs()).toUTCString()]);
    },
  );
});

test('so does what is not simulated, over HTTP', async () => {
  const { clients, seen, clock } = await open('over HTTP');
  await clients.iam.send(new ListUsersCommand({})).catch(() => {});
  expect(seen.map(([date]) => date)).toEqual([new Date(clock.nowMs()).toUTCString()]);
});
