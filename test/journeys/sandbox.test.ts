import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeHome, rootctl, start, until } from '../support/program.ts';
import { serveByProgram } from '../support/sandbox-server.ts';
import { password, scenarioOf } from '../support/scenarios.ts';

test('start prints first how to reach it, as shell lines, and the AWS environment then works', async () => {
  const home = await makeHome();
  const server = start(['sandbox', 'start', '--port', '0'], { home });
  await until(() => server.stdout().includes('unset'));
  const env = Object.fromEntries(
    [...server.stdout().matchAll(/^export (\w+)=(\S+)$/gmu)].map(([, name, value]) => [name, value]),
  );
  expect(env['AWS_ENDPOINT_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
  expect(env).toMatchObject({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' });
  expect((await rootctl(['enable', '-o', 'json'], { home, env })).json.after.rootSessions).toBe(true);
  server.child.kill('SIGINT');
  expect((await server.ended).code).toBe(0);
  // The saved organization was served: it is enabled now.
  expect((await rootctl(['status', '--sandbox', '-o', 'json'], { home })).json.centralizedRootAccess.rootSessions).toBe(
    true,
  );
});

test('--region counts in the sandbox too', async () => {
  const home = await makeHome();
  await rootctl(['enable', '--sandbox'], { home });
  const queues = async (...more: string[]) => {
    const args = ['unlock', 'sqs', '--account', '210987654321', '--sandbox', '-o', 'json', ...more];
    const { code, json } = await rootctl(args, { home });
    return [code, json.region, json.resources.length];
  };
  expect(await queues()).toEqual([0, 'us-east-1', 1]);
  expect(await queues('--region', 'eu-west-1')).toEqual([0, 'eu-west-1', 0]);
  const server = start(['sandbox', 'start', '--port', '0', '--region', 'eu-west-1'], { home });
  await until(() => server.stdout().includes('unset'));
  expect(server.stdout()).toMatch(/^export AWS_REGION=eu-west-1\nexport AWS_DEFAULT_REGION=eu-west-1$/mu);
  server.child.kill('SIGINT');
  await server.ended;
});

test('start -o json prints one line with endpoint, region, organization and credentials', async () => {
  const served = await serveByProgram(scenarioOf([{ root: password }]));
  expect(served.credentials.management).toMatchObject({ accessKeyId: expect.stringMatching(/^AKIA/u) });
  expect(served.credentials.delegatedAdministrator).toBeUndefined();
  expect((await served.run(['status', '-o', 'json'])).json.summary.present).toBe(1);
});

test('a port that is taken is one clear line', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    taken.close();
  });
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const home = await makeHome();
  const { code, stderr } = await rootctl(['sandbox', 'start', '--port', String(port)], { home });
  expect(code).toBe(64);
  expect(stderr).toContain('EADDRINUSE');
});

test('reset makes a new organization of any size, the same for the same seed, and show tells what it holds', async () => {
  const home = await makeHome();
  const run = (...args: string[]) => rootctl(['sandbox', ...args], { home });
  await run('reset', '--accounts', '30', '--seed', '5');
  const first = JSON.parse((await run('show', '-o', 'json')).stdout);
  expect(first.accounts).toHaveLength(31);
  await run('reset', '--accounts', '30', '--seed', '6');
  const other = JSON.parse((await run('show', '-o', 'json')).stdout);
  expect(other.organizationId).not.toBe(first.organizationId);
  await run('reset', '--accounts', '30', '--seed', '5');
  const again = JSON.parse((await run('show', '-o', 'json')).stdout);
  expect(again.organizationId).toBe(first.organizationId);
  expect(again.accounts.map(({ id }: { id: string }) => id)).toEqual(
    first.accounts.map(({ id }: { id: string }) => id),
  );
  await run('reset');
  expect(JSON.parse((await run('show', '-o', 'json')).stdout).organizationId).toBe('o-exampleorgid');
});

test('what reset and show print as JSON are documents like all others', async () => {
  const home = await makeHome();
  const run = (...args: string[]) => rootctl(['sandbox', ...args, '-o', 'json'], { home });
  const about = { schemaVersion: '1', complete: true, simulated: true, organizationId: 'o-exampleorgid' };
  expect((await run('reset')).json).toMatchObject({
    ...about,
    kind: 'rootctl.sandbox.reset',
    accountCount: 7,
    path: join(home.state, 'sandbox', 'sandbox.json'),
  });
  const { json } = await run('show');
  expect(json).toMatchObject({ ...about, kind: 'rootctl.sandbox.show' });
  expect(json.accounts).toHaveLength(7);
  expect(json.accounts.find(({ name }: { name: string }) => name === 'payments-prod').root.accessKeys).toHaveLength(2);
});

test("its state is nobody else's to read", async () => {
  const home = await makeHome();
  await rootctl(['enable', '--sandbox'], { home });
  const folder = join(home.state, 'sandbox');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'sandbox.json'))).mode & 0o777).toBe(0o600);
});

test.each([
  ['a scenario that is not there', null, 'cannot read the scenario'],
  ['no JSON', 'x', 'not JSON'],
  ['no scenario', '{"kind":"rootctl.sandbox"}', 'scenario $'],
])('%s is wrong usage', async (_name, text, words) => {
  const home = await makeHome();
  if (text !== null) await writeFile(home.file('s.json'), text);
  for (const command of ['start', 'reset']) {
    const { code, stderr } = await rootctl(['sandbox', command, '--scenario', 's.json'], { home });
    expect(code).toBe(64);
    expect(stderr).toContain(words);
  }
});

test('reset --scenario saves a description; --accounts contradicts it', async () => {
  const home = await makeHome();
  await writeFile(home.file('s.json'), JSON.stringify(scenarioOf([{ root: password }])));
  expect(await rootctl(['sandbox', 'reset', '--scenario', 's.json'], { home })).toMatchObject({ code: 0 });
  const { json } = await rootctl(['status', '--sandbox', '-o', 'json'], { home });
  expect(json).toMatchObject({ organization: { id: 'o-testorg0001' }, summary: { present: 1 } });
  const both = await rootctl(['sandbox', 'reset', '--scenario', 's.json', '--accounts', '3'], { home });
  expect(both).toMatchObject({ code: 64 });
});

test('a saved state that is damaged is one clear line', async () => {
  const home = await makeHome();
  await rootctl(['enable', '--sandbox'], { home });
  const path = join(home.state, 'sandbox/sandbox.json');
  await writeFile(path, (await readFile(path, 'utf8')).slice(0, 100));
  const { code, stderr } = await rootctl(['status', '--sandbox'], { home });
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/^error: [^\n]+\n/u);
});
