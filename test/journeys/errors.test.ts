import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Connection } from '../../src/process/world.ts';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { makeHome, rootctl } from '../support/program.ts';
import { serve } from '../support/sandbox-server.ts';
import { denyRoot, fullMembers, managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const commands = [['status'], ['enable'], ['disable', '--yes'], ['delete', '--all', '--yes']];
/** One line and a hint, nothing else. */
const lineAndHint = /^error: [^\n]+\nhint: [^\n]+\n$/u;

describe('credentials', () => {
  test.each(commands)('none at all: %s says how to get some', async (...args) => {
    const served = await serve(scenarioOf([{}]));
    const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const { code, json, stderr } = await served.run([...args, '-o', 'json'], { env });
    expect(code).toBe(1);
    expect(json.error.code).toBe('CredentialsProviderError');
    expect(json.error.hint).toContain('aws configure');
    expect(stderr).toMatch(lineAndHint);
    expect(await served.requests()).toEqual([]);
  });

  test('expired ones: sign in again', async () => {
    const scenario = scenarioOf([{}], {
      callers: [
        {
          name: 'management',
          accountId: managementId,
          arn: `arn:aws:sts::${managementId}:assumed-role/Admin/me`,
          expiresAt: '1h ago',
        },
      ],
    });
    const served = await serve(scenario);
    for (const args of commands) {
      const { code, json, stderr } = await served.run([...args, '-o', 'json']);
      expect(code).toBe(1);
      expect(json.error.code).toMatch(/^ExpiredToken/u);
      expect(json.error.hint).toContain('sign in again');
      expect(stderr).toMatch(lineAndHint);
    }
    expect((await served.requests()).every(({ outcome }) => outcome.startsWith('ExpiredToken'))).toBe(true);
  });

  test('a key that AWS does not know', async () => {
    const served = await serve(scenarioOf([{}]));
    const { code, json } = await served.run(['status', '-o', 'json'], {
      env: {
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
    });
    expect(code).toBe(1);
    expect(json.error.code).toMatch(/InvalidClientTokenId|UnrecognizedClientException/u);
    expect(json.error.hint).toContain('does not know these credentials');
  });

  test('a wrong secret', async () => {
    const served = await serve(scenarioOf([{}]));
    const { code, json } = await served.run(['status', '-o', 'json'], {
      env: { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    });
    expect(code).toBe(1);
    expect(json.error.code).toMatch(/SignatureDoesNotMatch|InvalidSignatureException/u);
    expect(json.error.hint).toContain('secret access key does not match');
  });

  test('a profile that there is not is named, with those that there are, before anything is asked', async () => {
    const served = await serve(scenarioOf([{}]));
    await mkdir(served.home.file('.aws'));
    await writeFile(
      served.home.file('.aws/config'),
      '[default]\nregion=us-east-1\n[profile production]\nregion=us-east-1\n[sso-session corp]\nsso_region=us-east-1\n',
    );
    await writeFile(served.home.file('.aws/credentials'), '[prod]\naws_access_key_id=A\naws_secret_access_key=B\n');
    await writeFile(served.home.file('named.yaml'), 'profile: prid\n');
    for (const [args, env, source] of [
      [['status', '--profile', 'prid'], { AWS_PROFILE: 'prod' }, '--profile'],
      [['doctor'], { AWS_PROFILE: 'prid' }, 'AWS_PROFILE'],
      [['delete', '--all', '--yes', '--config', 'named.yaml'], {}, 'profile in the rootctl configuration'],
    ] as const) {
      const { code, json, stderr } = await served.run([...args, '-o', 'json'], { env });
      expect([code, json.error.code]).toEqual([64, 'UnknownProfile']);
      expect(stderr).toBe(
        `error: profile prid (${source}) does not exist in the shared AWS configuration\nhint: existing profiles: prod, default, production\n`,
      );
    }
    expect(await served.requests()).toEqual([]);
  });

  test('without any profile it says so', async () => {
    const { code, stderr } = await rootctl(['status', '--profile', 'nope'], { home: await makeHome() });
    expect(code).toBe(64);
    expect(stderr).toMatch(/^error: profile nope .*\nhint: .* has no profiles; create one: /u);
  });

  test('a profile of the shared configuration gives credentials and region; flags win over the environment', async () => {
    const served = await serve(scenarioOf([{}]));
    const { accessKeyId, secretAccessKey } = served.credentials.management;
    await mkdir(served.home.file('.aws'));
    await writeFile(
      served.home.file('.aws/credentials'),
      `[org]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
    );
    await writeFile(served.home.file('.aws/config'), '[profile org]\nregion=eu-central-1\n');
    const env = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_REGION: undefined,
      AWS_PROFILE: 'there-is-none',
    };
    const { code, stderr } = await served.run(['status', '--profile', 'org'], { env });
    expect([code, stderr]).toEqual([0, '']);
    await writeFile(served.home.file('.rootctl.yaml'), 'profile: org\n');
    expect((await served.run(['status'], { env: { ...env, AWS_PROFILE: undefined } })).code).toBe(0);
  });

  test('a broken shared configuration is one clear line', async () => {
    const served = await serve(scenarioOf([{}]));
    await mkdir(served.home.file('.aws'));
    await mkdir(served.home.file('.aws/config'));
    const { code, stderr } = await served.run(['status'], { env: { AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: 'x' } });
    expect(code).toBe(64);
    expect(stderr).toMatch(/^error: /mu);
  });
});

describe('region and endpoint', () => {
  test('no region anywhere: us-east-1, said once on stderr', async () => {
    const served = await serve(scenarioOf([{}]));
    const { code, stderr } = await served.run(['status'], { env: { AWS_REGION: undefined } });
    expect(code).toBe(0);
    expect(stderr.match(/us-east-1/gu)).toHaveLength(1);
    const quiet = await served.run(['status', '-q'], { env: { AWS_REGION: undefined } });
    expect(quiet.stderr).toBe('');
  });

  test('a region that is not enabled for the caller', async () => {
    const served = await serve(scenarioOf([{}, {}], { behaviour: { disabledRegions: ['ap-south-2'] } }));
    const { code, json, stdout } = await served.run(['status', '--region', 'ap-south-2', '-o', 'json']);
    expect(code).toBe(1);
    expect(stdout).toContain('RegionDisabledException');
    expect(JSON.stringify(json)).toContain('--region us-east-1');
  });

  test.each([['useast'], ['us-east-1; rm'], ['']])('--region %j is wrong usage', async (region) => {
    const scene = createScene(scenarioOf([{}]));
    expect(await scene.run(['status', '--region', region])).toMatchObject({ code: 64 });
  });

  test.each([['127.0.0.1:4580'], ['file:///etc/passwd'], ['nonsense']])(
    '--endpoint-url %s is wrong usage',
    async (url) => {
      const home = await makeHome();
      const { code, stderr } = await rootctl(['status', '--endpoint-url', url], { home });
      expect(code).toBe(64);
      expect(stderr).toContain('http:// or https://');
    },
  );

  test('an endpoint where nobody listens', async () => {
    const home = await makeHome();
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x'.repeat(40),
      AWS_REGION: 'us-east-1',
    };
    for (const args of commands) {
      const { code, json, stderr } = await rootctl([...args, '--endpoint-url', 'http://127.0.0.1:9', '-o', 'json'], {
        home,
        env,
      });
      expect(code).toBe(1);
      expect(json.error.code).toBe('ECONNREFUSED');
      expect(json.error.hint).toContain('--endpoint-url');
      expect(stderr).toMatch(lineAndHint);
    }
  });

  test('an endpoint that speaks another language', async () => {
    const served = await serve(scenarioOf([{}]));
    await served.setBehaviour({ faults: [{ kind: 'malformed', rate: 1 }] });
    const { code, json } = await served.run(['status', '-o', 'json', '--timeout', '60']);
    expect(code).toBe(1);
    expect(json.error.code).toBe('MalformedResponse');
    expect(json.error.hint).toContain('--endpoint-url');
  });

  test('an endpoint that hangs up', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const home = await makeHome();
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x'.repeat(40),
      AWS_REGION: 'us-east-1',
    };
    const { code, stderr } = await rootctl(['status', '--endpoint-url', `http://127.0.0.1:${port}`], { home, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(lineAndHint);
  });

  test('the endpoint comes from the environment too, and the flag wins', async () => {
    const served = await serve(scenarioOf([{}]));
    const env = { ...served.env(), AWS_ENDPOINT_URL: served.endpoint };
    expect((await rootctl(['status'], { home: served.home, env })).code).toBe(0);
    const wrong = { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    expect((await served.run(['status'], { env: wrong })).code).toBe(0);
    await mkdir(served.home.file('config/rootctl'), { recursive: true });
    await writeFile(served.home.file('config/rootctl/config.yaml'), `endpointUrl: ${served.endpoint}\n`);
    expect((await rootctl(['status'], { home: served.home, env: served.env() })).code).toBe(0);
  });
});

describe('who may do what', () => {
  const callerWith = (action: string | readonly string[]) => ({
    callers: [
      {
        name: 'management',
        accountId: managementId,
        policies: [
          {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: '*', Resource: '*' },
              { Effect: 'Deny', Action: action, Resource: '*' },
            ],
          },
        ],
      },
    ],
  });

  test('AssumeRoot denied to the caller: every account is unknown, with the cure, and the exit code is 1', async () => {
    const scene = createScene(scenarioOf([{}, {}], callerWith('sts:AssumeRoot')));
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(code).toBe(1);
    expect(json.summary.unknown).toBe(2);
    expect(json.accounts[1].error).toMatchObject({
      code: 'AccessDenied',
      hint: expect.stringContaining('sts:AssumeRoot'),
    });
  });

  test.each([
    ['organizations:ListAccounts', 'organizations:ListAccounts'],
    ['organizations:DescribeOrganization', 'organizations:DescribeOrganization'],
  ])('%s denied: one error that names it', async (action, words) => {
    const scene = createScene(scenarioOf([{}], callerWith(action)));
    const { code, json } = await scene.run(['status', '-o', 'json']);
    expect(code).toBe(1);
    expect(json.error.code).toBe('AccessDeniedException');
    expect(json.error.hint).toContain(words);
  });

  test.each([['aws-cn'], ['aws-us-gov']] as const)(
    'the partition %s is not supported, and it says so',
    async (partition) => {
      const scene = createScene(scenarioOf([{}], { partition }));
      const { code, json } = await scene.run(['status', '-o', 'json']);
      expect(code).toBe(1);
      expect(json.error).toMatchObject({ code: 'UnsupportedPartition', message: expect.stringContaining(partition) });
    },
  );
});

describe('the terminal and the log', () => {
  test('--debug tells of retries, never a secret (looked for in every output of every test)', async () => {
    const faults = [
      { kind: 'http-500', rate: 0.2 },
      { kind: 'throttle', rate: 0.2 },
      { kind: 'malformed', rate: 0.05 },
      { kind: 'expire-session', rate: 0.1 },
    ] as const;
    const scene = createScene(scenarioOf(fullMembers(6), { behaviour: { faults: [...faults] } }));
    const status = await scene.run(['status', '--debug', '-o', 'json']);
    expect(status.stderr).toMatch(/^debug: \w+: \w+, trying again in \d+ ms$/mu);
    expect((await scene.run(['delete', '--all', '--yes', '--debug'])).code).toBe(0);
    const served = await serve(scenarioOf(fullMembers(2)));
    expect((await served.run(['delete', '--all', '--yes', '--debug', '-o', 'json'])).code).toBe(0);
  });

  test('a stack trace comes with --debug only', async () => {
    const served = await serve(scenarioOf([{}], { organization: { rootCredentialsManagement: false } }));
    expect((await served.run(['status', '--debug'])).stderr).toMatch(/\n {4}at /u);
    expect((await served.run(['status'])).stderr).toMatch(lineAndHint);
  });

  test('--quiet: show only results and errors', async () => {
    const served = await serve(
      scenarioOf([{ root: password }, {}], { organization: { policies: [denyRoot([memberId(1)])] } }),
    );
    const { code, stderr } = await served.run(['delete', '--all', '--yes', '-q', '-o', 'json']);
    expect(code).toBe(1);
    expect(stderr).toBe('');
  });

  test('progress, plan and warnings are on stderr: stdout is one document', async () => {
    const served = await serve(scenarioOf(fullMembers(2)));
    const { json, stderr } = await served.run(['delete', '--all', '--yes', '-o', 'json']);
    expect(json.kind).toBe('rootctl.delete');
    expect(stderr).toContain('will be deleted');
  });
});

test.each([
  ['what AWS said', true],
  ['what caused it', false],
])('--debug prints the stack, and %s moves no cursor in it', async (_what, isAnswer) => {
  const scene = createScene(scenarioOf([{}]));
  const said = 'no\u001b[2J\u001b]0;owned\u0007\u202e\u009b31m';
  const body = Buffer.from(JSON.stringify({ __type: 'AccessDeniedException', Message: said }));
  const sandbox = sandboxRequestHandler(scene.sandbox);
  const refusal = { statusCode: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
  const transport: Connection['transport'] = {
    handle: async (request, options) => {
      if (!isAnswer) throw new Error(said);
      if (request.hostname.startsWith('organizations.')) return { response: refusal } as never;
      return (await sandbox.handle(request as never, options)) as never;
    },
    destroy: () => {},
  };
  const credentials = scene.sandbox.credentials().management;
  const connection = { transport, credentials, region: 'us-east-1' };
  const { stderr } = await scene.run(['status', '--debug'], { connection });
  expect(stderr).toMatch(/\n\s+at \S+/u);
  if (!isAnswer) expect(stderr).toContain('\ncaused by Error: no');
  expect(stderr).toContain('\\u001b[2J');
  expect(stderr).not.toMatch(/[\u001b\u0007\u202e\u009b]/u);
});
