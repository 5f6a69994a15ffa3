import { GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRootCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { dataLake, openWorld, taskArn, transports, type World } from './world.ts';

let world: World;
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

async function session(): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }> {
  const asked = { TargetPrincipal: dataLake, TaskPolicyArn: { arn: taskArn('SQSUnlockQueuePolicy') } };
  const { Credentials } = await world.clients().sts.send(new AssumeRootCommand(asked));
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

/** As a person has it: the endpoint from the environment, so that the SDK sends to the host that a queue's URL names. */
const stockClient = async (transport: (typeof transports)[number], endpoint = world.endpoint) => {
  const hosts: string[] = [];
  if (endpoint !== undefined) vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  const client = new SQSClient({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: await session(),
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
    ...(transport === 'in process' ? { requestHandler: sandboxRequestHandler(world.sandbox) } : {}),
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (typeof request === 'object' && request !== null && 'hostname' in request)
        hosts.push(String(request.hostname));
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return { client, hosts };
};

describe.each(transports)('the URL of a queue %s', (transport) => {
  test('names no host outside the machine, and a client that goes there finds that queue', async () => {
    world = await openWorld(transport);
    const { client, hosts } = await stockClient(transport);
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
    expect(QueueUrls).toHaveLength(1);
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'ingest-events' }))).toMatchObject({
      QueueUrl: QueueUrls[0],
    });
    hosts.length = 0;
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: QueueUrls[0], AttributeNames: ['QueueArn'] }),
    );
    expect(Attributes).toEqual({ QueueArn: `arn:aws:sqs:us-east-1:${dataLake}:ingest-events` });
    expect(hosts).toEqual([transport === 'in process' ? 'sqs.us-east-1.localhost' : '127.0.0.1']);
  });
});

test('the URL of a queue names the host as the client called it', async () => {
  world = await openWorld('over HTTP');
  const { port } = new URL(world.endpoint ?? '');
  const { client } = await stockClient('over HTTP', `http://localhost:${port}`);
  const { QueueUrls } = await client.send(new ListQueuesCommand({}));
  expect(QueueUrls).toEqual([`http://localhost:${port}/${dataLake}/ingest-events`]);
});

test.each(transports)('a request to the path of a queue is about that queue, %s', async (transport) => {
  world = await openWorld(transport);
  const { client } = await stockClient(transport);
  const path = `/${dataLake}/ingest-events`;
  const body = '{"AttributeNames":["QueueArn"]}';
  client.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (typeof request === 'object' && request !== null && 'headers' in request) {
        Object.assign(request, { path, body });
        Object.assign(request.headers ?? {}, { 'content-length': String(body.length) });
      }
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  const asked = client.send(new GetQueueAttributesCommand({ QueueUrl: world.endpoint ?? 'http://localhost' }));
  expect((await asked).Attributes).toEqual({ QueueArn: `arn:aws:sqs:us-east-1:${dataLake}:ingest-events` });
});
