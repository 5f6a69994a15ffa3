import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startFront } from '../support/front.ts';
import { makeHome, rootctl, start, until } from '../support/program.ts';
import { serve } from '../support/sandbox-server.ts';
import { managementId, scenarioOf } from '../support/scenarios.ts';
import { openScreen } from '../support/terminal.ts';

async function configured(config: string) {
  const home = await makeHome();
  await mkdir(home.file('.aws'));
  await writeFile(home.file('.aws/config'), config);
  const run = (args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
    rootctl([...args, '--endpoint-url', 'http://127.0.0.1:9'], { home, env: { AWS_REGION: 'us-east-1', ...env } });
  return { home, run };
}
const lineAndHint = /^error: [^\n]+\nhint: [^\n]+\n$/u;

test.each<[string, string, string]>([
  [
    'what it said',
    'echo "vault: your session ended, run vault login" >&2; exit 3',
    'said: vault: your session ended, run vault login',
  ],
  [
    'in one line, without what moves the cursor',
    'printf "one\\n\\033[31mtwo\\n" >&2; exit 1',
    'said: one \\x1b[31mtwo',
  ],
  [
    'without a secret',
    'echo "SecretAccessKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY no" >&2; exit 1',
    'said: SecretAccessKey=*** no',
  ],
  ['nothing', 'exit 1', 'failed and said nothing'],
  ['something else than JSON', 'echo hello', 'returned invalid JSON'],
])('a credential_process that failed: %s', async (_name, script, said) => {
  const { home, run } = await configured('');
  await writeFile(home.file('process.sh'), `${script}\n`);
  await writeFile(home.file('.aws/config'), '[profile p]\ncredential_process = sh process.sh --password hunter2\n');
  const { code, stderr, json } = await run(['status', '--profile', 'p', '-o', 'json']);
  expect([code, json.error.code]).toEqual([1, 'CredentialsProviderError']);
  expect(stderr).toMatch(lineAndHint);
  expect(stderr).toContain(said.replace('\\x1b', visibleEscape));
  expect(stderr).toContain('profile p');
  expect(stderr).not.toMatch(/hunter2|wJalrXUtnFEMI/u);
});
const visibleEscape = '\\u001b';

test('--debug shows neither the command of a credential_process nor what it said of a secret', async () => {
  const { home, run } = await configured('[default]\ncredential_process = sh process.sh --client-secret hunter2\n');
  await writeFile(
    home.file('process.sh'),
    'echo "SecretAccessKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" >&2; exit 1\n',
  );
  const { code, stderr } = await run(['status', '--debug']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/\n\s+at /u)]);
  expect(stderr).not.toMatch(/hunter2|wJalrXUtnFEMI/u);
});

test.each(['ftp://user:s3cretpw@host/x', 'user:s3cretpw@host', 'https//a:b@user:s3cretpw@host'])(
  'an endpoint that is none is told without its password: %s',
  async (url) => {
    const keys = {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'a-secret-of-nobody',
    };
    const { home } = await configured(`[default]\nendpoint_url = ${url}\n`);
    const run = (env: Readonly<Record<string, string>>) => rootctl(['status', '-o', 'json'], { home, env });
    const ofProfile = await run(keys);
    const told = await run({ ...keys, AWS_ENDPOINT_URL: url });
    for (const { code, stdout, stderr } of [told, ofProfile]) {
      expect(code).toBe(64);
      expect(stdout + stderr).toContain('@host');
      expect(stdout + stderr).not.toContain('s3cretpw');
    }
  },
);

test('a credential_process is run once, and nothing else is tried after it', async () => {
  const { home, run } = await configured('[default]\ncredential_process = sh process.sh\n');
  await writeFile(home.file('process.sh'), 'echo run >> runs; exit 1\n');
  await run(['status']);
  expect(await readFile(home.file('runs'), 'utf8')).toBe('run\n');
});

test('a credential_process ends with the command that gave up waiting for it', async () => {
  const home = await makeHome();
  await mkdir(home.file('.aws'));
  await writeFile(home.file('.aws/config'), '[default]\ncredential_process = sh process.sh\n');
  await writeFile(home.file('process.sh'), 'echo $$ > pid.new; mv pid.new pid; sleep 600; true\n');
  const running = start(['status', '--endpoint-url', 'http://127.0.0.1:9'], { home, env: { AWS_REGION: 'us-east-1' } });
  const pid = Number(await until(() => readFile(home.file('pid'), 'utf8').catch(() => undefined)));
  running.child.kill('SIGINT');
  await until(() => running.stderr().includes('Stopping') || undefined);
  running.child.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  const isThere = (): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  await until(() => !isThere());
});

test('an ended SSO session is begun again with a command that names the profile it is of', async () => {
  const { run } = await configured(`[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[profile sso]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = rootctl
[profile role]
role_arn = arn:aws:iam::111111111111:role/x
source_profile = sso
`);
  for (const profile of ['sso', 'role']) {
    const { code, stderr } = await run(['status', '--profile', profile]);
    expect(code).toBe(1);
    expect(stderr).toMatch(lineAndHint);
    expect(stderr).toContain('hint: sign in again: aws sso login --profile sso\n');
  }
});

test('no credentials anywhere: where they were looked for is said', async () => {
  const { run } = await configured('[profile empty]\nregion = eu-west-1\n');
  const none = await run(['status']);
  expect(none.code).toBe(1);
  expect(none.stderr).toMatch(/^error: Credentials: no credentials were found/u);
  for (const place of [
    'AWS_ACCESS_KEY_ID',
    'profile default (it does not exist)',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_EC2_METADATA_DISABLED',
  ])
    expect(none.stderr).toContain(place);
  const empty = await run(['status', '--profile', 'empty'], {
    AWS_ACCESS_KEY_ID: 'AKIANOTUSED',
    AWS_SECRET_ACCESS_KEY: 'not-to-be-used',
  });
  expect(empty.stderr).toContain('profile empty (it has none)');
  expect(empty.stderr).not.toContain('AWS_ACCESS_KEY_ID');
});

test('a role that may not be assumed is told as such, with its profile', async () => {
  const served = await serve(scenarioOf([{}]));
  await mkdir(served.home.file('.aws'));
  await writeFile(
    served.home.file('.aws/config'),
    `[profile keys]
aws_access_key_id = AKIAEXAMPLEEXAMPLE00
aws_secret_access_key = 0123456789012345678901234567890123456789
[profile role]
role_arn = arn:aws:iam::111111111111:role/rootctl
source_profile = keys
`,
  );
  const { code, stderr } = await served.run(['status', '--profile', 'role']);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^error: AssumeRole: profile role, which starts from profile keys: .*\nhint: .*--profile role\n$/u,
  );
});

const withMfa = `[profile keys]
aws_access_key_id = AKIAEXAMPLEEXAMPLE00
aws_secret_access_key = 0123456789012345678901234567890123456789
[profile mfa]
role_arn = arn:aws:iam::111111111111:role/rootctl
source_profile = keys
mfa_serial = arn:aws:iam::111111111111:mfa/me
`;

test('mfa_serial without a terminal: there is nobody to ask', async () => {
  const { run } = await configured(withMfa);
  const { code, stderr } = await run(['status', '--profile', 'mfa']);
  expect(code).toBe(1);
  expect(stderr).toMatch(lineAndHint);
  expect(stderr).toContain('arn:aws:iam::111111111111:mfa/me');
});

test('mfa_serial in a terminal: the code is asked for, and sent', async () => {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const arn = `arn:aws:sts::${managementId}:assumed-role/rootctl/me`;
  const callers = [{ name: 'management', accountId: managementId, arn, expiresAt }];
  const served = await serve(scenarioOf([{}], { callers }));
  const front = await startFront({ endpoint: served.endpoint, credentials: served.credentials.management });
  await mkdir(served.home.file('.aws'));
  await writeFile(served.home.file('.aws/config'), withMfa);
  const screen = openScreen(['status', '--profile', 'mfa', '--endpoint-url', `http://${front.address}`], {
    home: served.home,
    env: { AWS_REGION: 'us-east-1' },
  });
  await screen.sees('MFA code from arn:aws:iam::111111111111:mfa/me');
  screen.type('12\r');
  await screen.sees(/12\s+(?:\? )?MFA code/u);
  screen.type('123456\r');
  expect(await screen.ended).toBe(0);
  expect(front.bodies.filter((body) => body.includes('Action=AssumeRole&'))).toEqual([
    expect.stringContaining('TokenCode=123456'),
  ]);
});
