import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { onTestFinished } from 'vitest';
import { type VirtualClock, virtualClock } from '../../harness/clock.ts';
import { type Aws, createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import type { Transport } from '../../src/aws/transport.ts';
import { isAccountId } from '../../src/org/account.ts';
import { createSettling, openRootSession, type RootSession } from '../../src/root/session.ts';
import { keyId } from '../../src/sandbox/keys.ts';
import { sdkDispatch } from './sdk-dispatch.ts';

const noTransport: Transport = {
  handle: async () => {
    throw new Error('a mocked client opens no connection');
  },
  destroy: () => {},
};

/** The program's way to AWS, where every single answer is the test's. */
export function mockedAws() {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
  const config = { region: 'us-east-1', credentials };
  const clients = {
    iam: new IAMClient(config),
    sts: new STSClient(config),
    organizations: new OrganizationsClient(config),
  };
  const iam = mockClient(clients.iam);
  const sts = mockClient(clients.sts);
  const organizations = mockClient(clients.organizations);
  onTestFinished(() => {
    for (const mock of [iam, sts, organizations]) mock.restore();
  });
  const clock = virtualClock();
  const aws: Aws = createAws({
    region: 'us-east-1',
    credentials,
    transport: noTransport,
    pace: unpaced,
    clock,
    random: () => 0.5,
    userAgent: 'test',
    dispatch: {
      iam: sdkDispatch(clients.iam),
      sts: sdkDispatch(clients.sts),
      organizations: sdkDispatch(clients.organizations),
    },
  });
  sts.on(AssumeRootCommand).callsFake(async () => ({
    Credentials: {
      AccessKeyId: keyId('ASIA', mockedAccountId, Buffer.alloc(8)),
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: new Date(clock.nowMs() + 900_000),
    },
  }));
  return { aws, iam, sts, organizations, clock };
}

export const mockedAccountId = '200000000001';

export async function mockedSession(aws: Aws, clock: VirtualClock, isProven = false): Promise<RootSession> {
  if (!isAccountId(mockedAccountId)) throw new Error('not an id');
  return openRootSession(
    { accountId: mockedAccountId, partition: 'aws', taskPolicy: 'IAMAuditRootUserCredentials', isProven },
    { aws, clock, settling: createSettling(clock) },
  );
}

/** An error answer as the SDK throws it. */
export const refusal = (code: string, statusCode = 400, message = code): Error =>
  Object.assign(new Error(message), {
    name: code,
    Code: code,
    $metadata: { httpStatusCode: statusCode, requestId: 'req-1' },
  });
