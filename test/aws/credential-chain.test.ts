import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import { afterEach, expect, test, vi } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { type CredentialChainOptions, createCredentialChain } from '../../src/aws/credential-chain.ts';
import type { SharedConfiguration } from '../../src/aws/profiles.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const roleArn = 'arn:aws:iam::111111111111:role/rootctl';

/** STS as far as a web identity needs it: each session is an hour long, and named by its number. */
function chainOf(more: Partial<CredentialChainOptions> = {}) {
  const clock = virtualClock({ moves: 'by-hand' });
  const asked: string[] = [];
  let isDown = false;
  const handle = async (request: HttpRequest) => {
    asked.push(request.hostname);
    const expiration = new Date(clock.nowMs() + 3_600_000).toISOString();
    const body = isDown
      ? '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
      : `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
          <Credentials><AccessKeyId>ASIA${asked.length}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
          <Expiration>${expiration}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
    const headers = { 'content-type': 'text/xml' };
    return { response: new HttpResponse({ statusCode: isDown ? 403 : 200, headers, body: Buffer.from(body) }) };
  };
  const configuration: SharedConfiguration = { profiles: new Map(), services: new Map() };
  const credentials = createCredentialChain({
    profile: null,
    configuration,
    env: {},
    region: 'eu-central-1',
    transport: { handle, destroy: () => {} },
    endpointUrl: null,
    stsEndpoint: null,
    userAgent: 'test',
    askMfaCode: null,
    clock,
    ...more,
  });
  return {
    clock,
    asked,
    keyId: async () => (await credentials()).accessKeyId,
    setDown: (value: boolean) => {
      isDown = value;
    },
  };
}

/** The SDK reads these two from the process by itself. */
function inEnvironment(): { AWS_ROLE_ARN: string; AWS_WEB_IDENTITY_TOKEN_FILE: string } {
  const env = { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: import.meta.filename };
  vi.stubEnv('AWS_ROLE_ARN', env.AWS_ROLE_ARN);
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', env.AWS_WEB_IDENTITY_TOKEN_FILE);
  return env;
}

test('however many ask at once, credentials are loaded once, from the region in use', async () => {
  const { asked, keyId } = chainOf({ env: inEnvironment() });
  expect(new Set(await Promise.all([keyId(), keyId(), keyId()]))).toEqual(new Set(['ASIA1']));
  expect(await keyId()).toBe('ASIA1');
  expect(asked).toEqual(['sts.eu-central-1.amazonaws.com']);
});

test('credentials that end in the middle of a run are renewed before they do', async () => {
  const { clock, asked, keyId } = chainOf({ env: inEnvironment() });
  const used: string[] = [];
  for (let minutes = 0; minutes <= 120; minutes += 6) {
    used.push(await keyId());
    clock.pass(6 * 60_000);
  }
  expect([...new Set(used)]).toEqual(['ASIA1', 'ASIA2', 'ASIA3']);
  expect(used.filter((id) => id === 'ASIA1')).toHaveLength(10); // up to the 54th minute
  expect(asked).toHaveLength(3);
});

test('a renewal that fails is no failure while the old ones hold, and one when they do not', async () => {
  const { clock, asked, keyId, setDown } = chainOf({ env: inEnvironment() });
  expect(await keyId()).toBe('ASIA1');
  setDown(true);
  clock.pass(56 * 60_000);
  expect([await keyId(), await keyId(), await keyId()]).toEqual(['ASIA1', 'ASIA1', 'ASIA1']);
  expect(asked).toHaveLength(2); // not at every call
  clock.pass(4 * 60_000);
  await expect(keyId()).rejects.toMatchObject({
    operation: 'AssumeRoleWithWebIdentity',
    failure: { kind: 'denied', advice: { name: 'check-web-identity' } },
  });
  setDown(false);
  expect(await keyId()).toMatch(/^ASIA/u);
});
