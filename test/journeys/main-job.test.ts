import { expect, test } from 'vitest';
import { defaultScenario } from '../../src/sandbox/index.ts';
import { makeHome, rootctl } from '../support/program.ts';
import { credentialsIn, serveByProgram } from '../support/sandbox-server.ts';

test('enable, status, delete --all, status: every root credential goes from present to absent', async () => {
  const served = await serveByProgram(defaultScenario());
  const off = await served.run(['status', '-o', 'json']);
  expect(off).toMatchObject({ code: 1, json: { error: { code: 'ServiceAccessNotEnabledException' } } });
  expect(off.json.error.hint).toContain('rootctl enable');

  const enabled = await served.run(['enable', '-o', 'json']);
  expect(enabled).toMatchObject({
    code: 0,
    json: {
      before: { trustedAccess: false, rootCredentialsManagement: false, rootSessions: false },
      after: { trustedAccess: true, rootCredentialsManagement: true, rootSessions: true },
    },
  });

  const before = await served.run(['status', '-o', 'json']);
  expect(before.code).toBe(1); // legacy-erp is locked by an SCP
  expect(before.json.summary).toEqual({ accounts: 7, present: 2, absent: 2, unknown: 1, skipped: 2 });

  const deleted = await served.run(['delete', '--all', '--yes', '-o', 'json']);
  expect(deleted.code).toBe(1); // and cannot be read
  expect(deleted.json.summary).toMatchObject({ accounts: 7, deleted: 2, absent: 2, failed: 1, skipped: 2 });

  const after = await served.run(['status', '-o', 'json']);
  expect(after.json.summary).toEqual({ accounts: 7, present: 0, absent: 4, unknown: 1, skipped: 2 });
  const held = (await served.accounts()).filter(({ root }) => credentialsIn(root) > 0).map(({ name }) => name);
  expect(held.sort()).toEqual(['legacy-erp', 'management', 'sandbox-old']);
});

test('the same with --sandbox, whose state is kept between commands and whose output says that it is simulated', async () => {
  const home = await makeHome();
  const run = (...args: string[]) => rootctl([...args, '--sandbox'], { home });
  for (const args of [['enable'], ['status'], ['delete', '--all', '--yes'], ['status'], ['runs']]) {
    const { stdout } = await run(...args);
    expect(stdout, args[0]).toContain('simulated');
  }
  const status = await run('status', '-o', 'json');
  expect(status.json).toMatchObject({ simulated: true, summary: { present: 0, absent: 4, unknown: 1 } });
  const runs = await run('runs', '-o', 'json');
  expect(runs.json).toMatchObject({ simulated: true, runs: [{ command: 'delete', state: 'finished' }] });
});

test('ROOTCTL_SANDBOX=1 counts as --sandbox', async () => {
  const home = await makeHome();
  const { json } = await rootctl(['enable', '-o', 'json'], { home, env: { ROOTCTL_SANDBOX: '1' } });
  expect(json).toMatchObject({ simulated: true, after: { rootSessions: true } });
});

test('--sandbox contradicts --endpoint-url, whichever way it was given', async () => {
  const home = await makeHome();
  const refused = await rootctl(['status', '--sandbox', '--endpoint-url', 'http://127.0.0.1:9'], { home });
  expect(refused).toMatchObject({ code: 64, stdout: '' });
  expect(refused.stderr).toContain('cannot be combined with');
});

test('with --sandbox nothing leaves the machine, whatever endpoint, profile or proxy the environment names', async () => {
  const home = await makeHome();
  const nowhere = 'http://127.0.0.1:9';
  const env = {
    AWS_ENDPOINT_URL: nowhere,
    AWS_ENDPOINT_URL_STS: nowhere,
    AWS_PROFILE: 'there-is-none',
    AWS_REGION: 'eu-central-1',
    HTTPS_PROXY: nowhere,
  };
  const { code } = await rootctl(['enable', '--sandbox', '-o', 'json'], { home, env });
  expect(code).toBe(0);
});
