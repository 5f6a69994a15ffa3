import dns from 'node:dns';
import net from 'node:net';
import { GetAccountSummaryCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NotSimulated, sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { openWorld, type World } from './world.ts';

let world: World;
const connect = vi.spyOn(net.Socket.prototype, 'connect');
const lookup = vi.spyOn(dns, 'lookup');
afterAll(() => vi.restoreAllMocks());
beforeEach(async () => {
  vi.clearAllMocks();
  world = await openWorld('in process');
});
afterEach(() => {
  expect(connect).not.toHaveBeenCalled();
  expect(lookup).not.toHaveBeenCalled();
});

test('no call of any service opens a connection or asks for a name', async () => {
  const { organizations, iam, sts, s3, sqs } = world.clients();
  await organizations.send(new ListAccountsCommand({}));
  await iam.send(new GetAccountSummaryCommand({}));
  await sts.send(new GetCallerIdentityCommand({}));
  await s3.send(new ListBucketsCommand({}));
  await sqs.send(new ListQueuesCommand({}));
});

test('an operation that is not simulated is refused in the process', async () => {
  const { iam, s3 } = world.clients();
  await expect(iam.send(new ListUsersCommand({}))).rejects.toThrow(NotSimulated);
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'payments-prod-ledger' }))).rejects.toThrow(
    /does not simulate/,
  );
});

test.each(['https://example.com', 'https://ec2.us-east-1.amazonaws.com', 'https://iam.amazonaws.com.example.com'])(
  '%s is refused in the process',
  async (endpoint) => {
    const iam = new IAMClient({
      region: 'us-east-1',
      endpoint,
      maxAttempts: 1,
      credentials: world.sandbox.credentials().management,
      requestHandler: sandboxRequestHandler(world.sandbox),
    });
    await expect(iam.send(new GetAccountSummaryCommand({}))).rejects.toThrow(
      /does not simulate .*\. Nothing was sent to AWS\.$/,
    );
  },
);
