import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAuthority } from '../support/certificates.ts';
import { startFront } from '../support/front.ts';
import { rootctl } from '../support/program.ts';
import { startProxy } from '../support/proxy.ts';
import { serve } from '../support/sandbox-server.ts';
import { fullMembers, managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';

const hosts = [
  'sts.us-east-1.amazonaws.com',
  'iam.amazonaws.com',
  'organizations.us-east-1.amazonaws.com',
  'portal.sso.us-east-1.amazonaws.com',
  'oidc.us-east-1.amazonaws.com',
];
const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

/** AWS under its own names, reached through a proxy only, with certificates that only this company's CA vouches for. */
async function behindProxy(more: { readonly refuses?: number | 'silence' | 'hang-up'; readonly isTls?: boolean } = {}) {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const arn = `arn:aws:sts::${managementId}:assumed-role/rootctl/me`;
  const callers = [{ name: 'management', accountId: managementId, arn, expiresAt }];
  const served = await serve(scenarioOf(fullMembers(2), { callers }));
  const authority = createAuthority();
  const front = await startFront({
    endpoint: served.endpoint,
    credentials: served.credentials.management,
    identity: authority.issue(...hosts),
  });
  const proxy = await startProxy({
    leadsTo: front.address,
    ...(more.refuses === undefined ? {} : { refuses: more.refuses }),
    ...(more.isTls === true ? { identity: authority.issue('127.0.0.1') } : {}),
  });
  await writeFile(served.home.file('ca.pem'), authority.cert);
  await mkdir(served.home.file('.aws'), { recursive: true });
  const run = (args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
    rootctl(args, {
      home: served.home,
      env: { ...served.env(), HTTPS_PROXY: `http://${proxy.address}`, AWS_CA_BUNDLE: 'ca.pem', ...env },
    });
  const configure = (text: string) => writeFile(served.home.file('.aws/config'), text);
  return { served, front, proxy, run, configure };
}

describe('behind a proxy', () => {
  test('every request to AWS goes through it, and a company’s own CA is trusted', async () => {
    const { served, front, proxy, run } = await behindProxy();
    const { code, json } = await run(['status', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.summary.accounts).toBe(3);
    expect(new Set(proxy.asked)).toEqual(new Set(hosts.slice(0, 3).map((host) => `CONNECT ${host}:443`)));
    expect(front.asked).toHaveLength((await served.requests()).length);
  });

  test.each(['https_proxy', 'HTTPS_PROXY'])(
    '%s may hold a user and a password, which no output shows',
    async (name) => {
      const { proxy, run } = await behindProxy();
      const address = `http://user:p%40ss-word-1@${proxy.address}`;
      const env = { HTTPS_PROXY: undefined, [name]: address, DEBUG: '*', NODE_DEBUG: undefined };
      const { code, stdout, stderr } = await run(['status', '--debug'], env);
      expect(code).toBe(0);
      const basic = Buffer.from('user:p@ss-word-1').toString('base64');
      expect(new Set(proxy.authorizations)).toEqual(new Set([`Basic ${basic}`]));
      expect(`${stdout}${stderr}`).not.toMatch(new RegExp(`p%40ss|p@ss|${basic}|https-proxy-agent`, 'u'));
    },
  );

  test.each<[number | 'silence' | 'hang-up', RegExp]>([
    [407, /^error: .*the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\): it requires a user name and password \(HTTP 407\)/u],
    [403, /^error: .*the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\): it refused the connection \(HTTP 403\)/u],
    ['hang-up', /^error: .*the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\): /u],
  ])('a proxy that answers %s is named, and its password is not', async (refuses, message) => {
    const { proxy, run } = await behindProxy({ refuses });
    const { code, stdout, stderr } = await run(['status', '--debug'], {
      HTTPS_PROXY: `http://user:p%40ss-word-1@${proxy.address}`,
    });
    expect(code).toBe(1);
    expect(stderr.split('\n').find((line) => line.startsWith('error: '))).toMatch(message);
    expect(stderr).toContain('HTTPS_PROXY');
    expect(`${stdout}${stderr}`).not.toMatch(/p%40ss|p@ss/u);
    if (refuses === 'hang-up') return;
    const before = proxy.asked.length;
    await run(['doctor']); // which begins with one call
    expect(proxy.asked.length - before).toBe(1);
  });

  test('a proxy that says nothing is given up with the command', async () => {
    const { run } = await behindProxy({ refuses: 'silence' });
    const { code, stderr } = await run(['status', '--timeout', '1']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/timeout|1 s/u)]);
  });

  test('a proxy over TLS is held to the same certificates', async () => {
    const { proxy, run } = await behindProxy({ isTls: true });
    expect((await run(['status'], { HTTPS_PROXY: `https://${proxy.address}` })).code).toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
  });

  test('a tunnel is used for one request after the other', async () => {
    const { served, proxy, run } = await behindProxy();
    expect((await run(['status', '--concurrency', '1', '-o', 'json'])).code).toBe(0);
    expect(proxy.asked.length).toBeLessThan((await served.requests()).length / 2);
  });

  test.each([1, Number.POSITIVE_INFINITY])(
    'an answer that a proxy of http:// has lost is a lost answer: what was asked for may have been done (%d times)',
    async (times) => {
      const served = await serve(scenarioOf([{ root: password }, {}]));
      const throughProxy = async (text: string, args: readonly string[]) => {
        const proxy = await startProxy({ loses: { text, times } });
        const env = { ...served.env(), HTTP_PROXY: `http://${proxy.address}` };
        const words = [...args, '--yes', '-o', 'json', '--endpoint-url', served.endpoint];
        return (await rootctl(words, { home: served.home, env })).json.accounts;
      };
      const deleted = await throughProxy('Action=DeleteLoginProfile', ['delete', memberId(0)]);
      expect(deleted).toMatchObject([{ outcome: 'deleted', actions: [{ result: 'deleted' }] }]);
      const recovered = await throughProxy('Action=CreateLoginProfile', ['recover', memberId(1)]);
      expect(recovered).toMatchObject([{ outcome: 'allowed' }]);
    },
  );

  test('NO_PROXY goes past it; http:// goes through HTTP_PROXY, in the absolute form', async () => {
    const { served, proxy } = await behindProxy();
    const onward = await startProxy();
    const env = { ...served.env(), HTTP_PROXY: `http://${onward.address}`, HTTPS_PROXY: `http://${proxy.address}` };
    const args = ['status', '--endpoint-url', served.endpoint];
    expect((await rootctl(args, { home: served.home, env })).code).toBe(0);
    expect(new Set(onward.asked)).toEqual(new Set([`POST ${served.endpoint}/`]));
    const seen = onward.asked.length;
    expect((await rootctl(args, { home: served.home, env: { ...env, NO_PROXY: 'example.com,127.0.0.1' } })).code).toBe(
      0,
    );
    expect([onward.asked.length, proxy.asked]).toEqual([seen, []]);
  });

  test('with --sandbox nothing is proxied, whatever is set', async () => {
    const { proxy, run } = await behindProxy();
    const { code } = await run(['enable', '--sandbox', '-o', 'json'], {
      AWS_CA_BUNDLE: 'nowhere.pem',
      AWS_PROFILE: 'nope',
    });
    expect([code, proxy.asked]).toEqual([0, []]);
  });
});

describe('certificates', () => {
  test('AWS_CA_BUNDLE replaces the trusted ones, ca_bundle of the profile does it too, and neither is needed for NODE_EXTRA_CA_CERTS', async () => {
    const { served, run, configure } = await behindProxy();
    await configure('[profile own]\nca_bundle = ca.pem\nregion = us-east-1\n');
    const { accessKeyId, secretAccessKey, sessionToken } = served.credentials.management;
    await writeFile(
      served.home.file('.aws/credentials'),
      `[own]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
aws_session_token = ${sessionToken}
`,
    );
    expect((await run(['status', '--profile', 'own'], { AWS_CA_BUNDLE: undefined, ...noKeys })).code).toBe(0);
    const extra = { AWS_CA_BUNDLE: undefined, NODE_EXTRA_CA_CERTS: served.home.file('ca.pem') };
    expect((await run(['status'], extra)).code).toBe(0);
    await writeFile(served.home.file('other.pem'), createAuthority('another').cert);
    for (const env of [{ AWS_CA_BUNDLE: undefined }, { AWS_CA_BUNDLE: '' }, { AWS_CA_BUNDLE: 'other.pem' }]) {
      const { code, stderr } = await run(['status'], env);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/certificate.*\nhint: .*AWS_CA_BUNDLE/u)]);
    }
  });

  test('an untrusted one is not asked twice', async () => {
    const { run, front } = await behindProxy();
    const { code, stderr } = await run(['doctor', '--debug'], { AWS_CA_BUNDLE: undefined });
    expect([code, front.asked]).toEqual([1, []]);
    expect(stderr).not.toContain('trying again');
  });
});

describe('what cannot be is refused before anything is asked', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a proxy that is no address', { HTTPS_PROXY: 'http://user:secret-1@:3128' }, /HTTPS_PROXY/u],
    ['a proxy of another kind', { https_proxy: 'socks5://user:secret-1@127.0.0.1:1' }, /https_proxy/u],
    ['a password with a lone %', { HTTP_PROXY: 'http://user:secret-1%@127.0.0.1:1' }, /HTTP_PROXY/u],
    ['a bundle that is not there', { AWS_CA_BUNDLE: 'nowhere.pem' }, /nowhere\.pem \(AWS_CA_BUNDLE\).*ENOENT/u],
    ['a bundle that is a folder', { AWS_CA_BUNDLE: '.aws' }, /\.aws \(AWS_CA_BUNDLE\).*EISDIR/u],
    ['a bundle of something else', { AWS_CA_BUNDLE: 'text.pem' }, /no certificate/u],
    ['a bundle with a damaged certificate', { AWS_CA_BUNDLE: 'damaged.pem' }, /certificate 2 of 2/u],
    ['an endpoint that is no address', { AWS_ENDPOINT_URL_IAM: 'iam.example.com' }, /AWS_ENDPOINT_URL_IAM/u],
  ])('%s', async (_name, env, message) => {
    const { served, front, proxy, run } = await behindProxy();
    await writeFile(served.home.file('text.pem'), 'hello\n');
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    await writeFile(served.home.file('damaged.pem'), `${createAuthority().cert}${damaged}`);
    const { code, stdout, stderr } = await run(['status'], env);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/u);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('secret-1');
    expect([proxy.asked, front.asked]).toEqual([[], []]);
  });
});

test('a redirect, as a sign-in page makes it, is told as one and not followed', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: '/sign-in' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { served, run } = await behindProxy();
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await run(['status', '--endpoint-url', `http://127.0.0.1:${port}`]);
  expect(code).toBe(1);
  expect(stderr).toContain(`127.0.0.1:${port} did not respond like AWS (HTTP 302, a redirect, which is not followed)`);
  expect(new Set(asked)).toEqual(new Set(['/']));
  expect(await served.requests()).toEqual([]);
});

describe('the calls for credentials', () => {
  /** A profile for each way that needs AWS. */
  const profiles = `[profile keys]
aws_access_key_id = AKIAEXAMPLEEXAMPLE00
aws_secret_access_key = 0123456789012345678901234567890123456789
[profile role]
role_arn = arn:aws:iam::111111111111:role/rootctl
source_profile = keys
[profile chain]
role_arn = arn:aws:iam::111111111111:role/second
source_profile = role
[profile web]
role_arn = arn:aws:iam::111111111111:role/rootctl
web_identity_token_file = token
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[profile sso]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = rootctl
`;
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['role', ['sts.us-east-1.amazonaws.com AssumeRole']],
    ['chain', ['sts.us-east-1.amazonaws.com AssumeRole', 'sts.us-east-1.amazonaws.com AssumeRole']],
    ['web', ['sts.us-east-1.amazonaws.com AssumeRoleWithWebIdentity']],
    ['sso', ['oidc.us-east-1.amazonaws.com /token', 'portal.sso.us-east-1.amazonaws.com /federation/credentials']],
  ];
  async function withProfiles() {
    const scene = await behindProxy();
    const { home } = scene.served;
    await scene.configure(profiles);
    await writeFile(home.file('token'), 'web-identity-token');
    await mkdir(home.file('.aws/sso/cache'), { recursive: true });
    await writeFile(
      home.file(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`),
      JSON.stringify({
        accessToken: 'old',
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
        clientId: 'client',
        clientSecret: 'hush',
        refreshToken: 'again',
      }),
    );
    return scene;
  }

  test.each(ways)('of a %s profile go through the proxy, with the same certificates', async (profile, asked) => {
    const { front, proxy, run } = await withProfiles();
    const { code, stderr } = await run(['status', '--profile', profile], noKeys);
    expect([code, stderr]).toEqual([0, '']);
    expect(front.asked.slice(0, asked.length)).toEqual(asked);
    expect(new Set(proxy.asked).size).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['--endpoint-url', ['--endpoint-url', 'ENDPOINT'], {}],
    ['AWS_ENDPOINT_URL', [], { AWS_ENDPOINT_URL: 'ENDPOINT' }],
    ['endpoint_url of the profile', [], {}],
  ] as const)('%s holds for them too', async (name, args, env) => {
    const { served, proxy, run, configure } = await withProfiles();
    const front = await startFront({ endpoint: served.endpoint, credentials: served.credentials.management });
    const endpoint = `http://${front.address}`;
    const put = (text: string): string => (text === 'ENDPOINT' ? endpoint : text);
    const isOfProfile = name.startsWith('endpoint_url');
    // The default profile's endpoint is none of another profile's business.
    const wrong = isOfProfile ? '[default]\nendpoint_url = http://127.0.0.1:9\n' : '';
    const right = isOfProfile ? `endpoint_url = ${endpoint}\n` : '';
    await configure(wrong + profiles.replace(/^role_arn/gmu, `${right}role_arn`));
    for (const profile of ['chain', 'web']) {
      const { code, stderr } = await run(['status', ...args.map(put), '--profile', profile], {
        ...noKeys,
        ...Object.fromEntries(Object.entries(env).map(([key, text]) => [key, put(text)])),
      });
      expect([code, stderr]).toEqual([0, '']);
    }
    expect(front.asked.filter((line) => / AssumeRole(WithWebIdentity)?$/u.test(line))).toEqual([
      `${front.address} AssumeRole`,
      `${front.address} AssumeRole`,
      `${front.address} AssumeRoleWithWebIdentity`,
    ]);
    expect(proxy.asked).toEqual([]);
  });

  test('a services section of the profile holds for its services only', async () => {
    const { served, front, run, configure } = await withProfiles();
    const sts = await startFront({ endpoint: served.endpoint, credentials: served.credentials.management });
    await configure(`${profiles.replace('[profile role]', '[profile role]\nservices = here')}
[services here]
sts =
  endpoint_url = http://${sts.address}
`);
    const { code, stderr } = await run(['status', '--profile', 'role'], noKeys);
    expect([code, stderr]).toEqual([0, '']);
    expect(sts.asked[0]).toBe(`${sts.address} AssumeRole`);
    expect(front.asked.some((line) => line.startsWith('sts.'))).toBe(false);
    expect(front.asked.some((line) => line.startsWith('iam.'))).toBe(true);
  });
});
