import { expect, test } from 'vitest';
import { everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scene = () =>
  createScene(scenarioOf([{ name: 'payments-prod', root: everything(memberId(0)) }, { root: password }, {}]));

test.each<[string, unknown]>([
  ["accounts[?status=='present'].id", [memberId(0), memberId(1)]],
  ['summary.{present: present, all: accounts}', { present: 2, all: 4 }],
  ['accounts[0].name', 'management'],
  ['length(accounts[?status==`absent`])', 1],
  ['accounts | sort_by(@, &name)[-1].id', memberId(0)],
  ['nothing.of.the.kind', null],
])('--query %s prints what it finds, as JSON', async (query, found) => {
  const { code, stdout } = await scene().run(['status', '--query', query]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(found);
  expect(stdout).toBe(`${JSON.stringify(found, null, 2)}\n`);
});

test('asks the same of json on stdout and in a file, whatever the configuration prefers', async () => {
  const { inputs, run } = scene();
  inputs.set('.rootctl.yaml', 'output: csv\n');
  const { stdout } = await run(['status', '--query', 'complete', '--out', 'a.json']);
  expect([stdout, inputs.get('a.json')]).toEqual(['true\n', 'true\n']);
  expect((await run(['status', '-o', 'json', '--query', 'kind'])).stdout).toBe('"rootctl.status"\n');
});

test('the exit code is that of the whole document', async () => {
  expect((await scene().run(['status', '--check', '--query', 'accounts[?name==`nobody`]'])).code).toBe(2);
});

test.each([
  ['a word that is no expression', ['--query', 'accounts['], 'is not JMESPath'],
  ['an unknown function', ['--query', 'count(accounts)'], 'there is no function count'],
  ['a table', ['-o', 'table', '--query', 'accounts'], 'table has none'],
  ['a further form', ['--query', 'accounts', '--out', 'a.csv'], 'csv has none'],
])('%s is refused before AWS is asked anything', async (_name, args, said) => {
  const { run, sandbox } = scene();
  const { code, stderr } = await run(['status', ...args]);
  expect([code, sandbox.requests.length]).toEqual([64, 0]);
  expect(stderr).toContain(said);
});

test.each(['constructor', 'toString', 'accounts[0].valueOf'])(
  '%s, which no document holds, is null',
  async (expression) => {
    expect(await scene().run(['status', '--query', expression])).toMatchObject({ code: 0, stdout: 'null\n' });
  },
);

test('a command without a document has nothing to ask', async () => {
  const { code, stderr } = await scene().run(['policy', 'scp', '--query', 'Version']);
  expect([code, stderr]).toEqual([64, expect.stringContaining('rootctl policy has none')]);
});

test('an expression that does not fit what was found is an error, and what was done is done', async () => {
  const { run, account } = scene();
  const { code, stderr, stdout } = await run(['delete', memberId(1), '--yes', '--query', 'length(`1`)']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('does not fit the result');
  expect(account(memberId(1)).root.loginProfile ?? null).toBeNull();
});

test('an error that ends the command is told as JSON', async () => {
  const { code, json } = await scene().run(['status', '999999999999', '--query', 'accounts']);
  expect([code, json.kind]).toEqual([64, 'rootctl.error']);
});

test('what a name holds cannot steer a terminal', async () => {
  const hostile = createScene(scenarioOf([{ name: 'a\u202eb\u009b2J' }]));
  const { stdout } = await hostile.run(['status', '--query', 'accounts[1].name']);
  expect(stdout).toBe('"a\\u202eb\\u009b2J"\n');
});

test('beside an answer from the sandbox stands that it is simulated, on stderr', async () => {
  const { run } = scene();
  expect((await run(['status', '--query', 'summary.present'])).stderr).not.toContain('simulated');
  await run(['enable', '--sandbox']);
  const { code, stdout, stderr } = await run(['status', '123456789012', '--sandbox', '--query', 'kind', '-q']);
  expect([code, stdout]).toEqual([0, '"rootctl.status"\n']);
  expect(stderr).toContain('this organization is simulated');
});
