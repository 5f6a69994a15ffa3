import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createCredentialChain } from '../../src/aws/credential-chain.ts';
import { withinLimits } from '../../src/aws/metadata.ts';
import { usualLimits } from '../../src/aws/transport.ts';
import { systemClock } from '../../src/clock.ts';
import { problemOf } from '../../src/problems/index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A container's or an instance's metadata, as hostile as may be. */
async function metadata(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  let open = 0;
  server.on('connection', (socket) => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open: () => open };
}

const drop: RequestListener = (_request, response) => {
  response.write('{');
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};
const flood: RequestListener = (_request, response) => {
  const block = Buffer.alloc(2 ** 20, 32);
  const pour = (): void => {
    while (!response.destroyed && response.write(block));
    response.once('drain', pour);
  };
  pour();
};

const { fromHttp } = await import('@aws-sdk/credential-provider-http');
const { fromInstanceMetadata } = await import('@smithy/credential-provider-imds');
const providers: readonly (readonly [string, (endpoint: string) => () => Promise<unknown>])[] = [
  ['a container', (endpoint) => fromHttp({ awsContainerCredentialsFullUri: endpoint })],
  [
    'an instance',
    (endpoint) => {
      vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', endpoint);
      return fromInstanceMetadata();
    },
  ],
];

test.each(
  providers.flatMap(([who, provider]) => [
    [who, 'trickles', provider, drop, { ...usualLimits, deadlineMs: 300 }, 'ETIMEDOUT'] as const,
    [who, 'never ends', provider, flood, { ...usualLimits, bodyBytesMax: 2 ** 20 }, 'MalformedResponse'] as const,
  ]),
)(
  'an answer of %s that %s is given up, and its connection with it',
  async (_who, _how, provider, answer, limits, code) => {
    const { endpoint, open } = await metadata(answer);
    const error = await withinLimits(systemClock, provider(endpoint), limits).catch((thrown: unknown) => thrown);
    expect(problemOf(error).code).toBe(code);
    await vi.waitFor(() => expect(open()).toBe(0));
  },
);

test('credentials of a container are loaded, and no connection is left', async () => {
  const { endpoint, open } = await metadata((_request, response) => {
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    response.end(JSON.stringify({ AccessKeyId: 'ASIAX', SecretAccessKey: 's', Token: 't', Expiration }));
  });
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', endpoint);
  const credentials = createCredentialChain({
    profile: null,
    configuration: { profiles: new Map(), services: new Map() },
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint },
    region: 'eu-central-1',
    transport: { handle: () => Promise.reject(new Error('not asked')), destroy: () => {} },
    endpointUrl: null,
    stsEndpoint: null,
    userAgent: 'test',
    askMfaCode: null,
    clock: systemClock,
  });
  expect(await credentials()).toMatchObject({ accessKeyId: 'ASIAX' });
  await vi.waitFor(() => expect(open()).toBe(0));
});
