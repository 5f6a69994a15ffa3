import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { programWords, until } from '../support/program.ts';
import { type Served, serve } from '../support/sandbox-server.ts';
import { everything, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';
import { openScreen, openScreenOf, type Screen } from '../support/terminal.ts';

const first = memberId(0);
const second = memberId(1);
const scenario = () =>
  scenarioOf([
    { name: 'payments-prod', root: everything(first) },
    { name: '監査ログ集約アカウント', root: password },
    { name: 'evil\u001b[2J\u001b]0;owned\u0007\nfake-row', root: password },
    {},
  ]);

const screen = (served: Served, args: readonly string[], env: Record<string, string> = {}, columns = 120) =>
  openScreen(
    [...args, '--endpoint-url', served.endpoint],
    { home: served.home, env: { ...served.env(), ...env } },
    columns,
  );

const deletionsIn = async (served: Served) =>
  (await served.requests()).filter(({ operation }) => /^(Delete|Deactivate)/u.test(operation)).length;

test('delete shows the plan, asks for the organization id, and deletes when it is typed', async () => {
  const served = await serve(scenario());
  const terminal = screen(served, ['delete', first, second]);
  await terminal.sees(`Type the organization id to continue (${organizationId})`);
  expect(terminal.text()).toContain('7 root credentials in 2 accounts will be deleted');
  expect(await deletionsIn(served)).toBe(0);
  terminal.type(`${organizationId}\r`);
  expect(await terminal.ended).toBe(0);
  expect(terminal.text()).toMatch(/7 root credentials deleted in 2 accounts/u);
  expect(await deletionsIn(served)).toBe(7);
});

test.each([
  ['another word', 'yes\r'],
  ['nothing', '\r'],
  ['the id of another organization', 'o-otherorg0001\r'],
])('%s at the question is asked again, and the third time is a no: 64, nothing is changed', async (_name, keys) => {
  const served = await serve(scenario());
  const terminal = screen(served, ['delete', '--all']);
  for (const said of ['Type the organization id', '2 tries left', '1 try left']) {
    await terminal.sees(said);
    await terminal.sees(/to continue \(\S+\):$/u); // the question stands again
    terminal.type(keys);
  }
  expect(await terminal.ended).toBe(64);
  expect(terminal.text()).toContain('nothing was changed');
  expect(terminal.text()).not.toMatch(/[✔✓√]/u);
  expect(await deletionsIn(served)).toBe(0);
});

test('a slip of the finger costs one try, and not the reading', async () => {
  const served = await serve(scenario());
  const terminal = screen(served, ['delete', second]);
  await terminal.sees('Type the organization id');
  terminal.type('o-exampelorgid\r');
  await terminal.sees(/2 tries left[\s\S]+:$/u);
  terminal.type(`${organizationId}\r`);
  expect(await terminal.ended).toBe(0);
  expect(await deletionsIn(served)).toBe(1);
});

const questions: readonly (readonly [string, readonly string[]])[] = [
  ['delete', ['delete', '--all']],
  ['disable', ['disable']],
  ['recover', ['recover', memberId(3)]],
];

describe.each(questions)('%s, at its question', (_name, args) => {
  test.each<[string, (terminal: Screen) => void, number]>([
    ['Ctrl-C', (terminal) => terminal.type('\u0003'), 130],
    ['Ctrl-D', (terminal) => terminal.type('\u0004'), 64],
    ['SIGTERM', (terminal) => terminal.kill('SIGTERM'), 143],
    ['SIGHUP', (terminal) => terminal.kill('SIGHUP'), 143],
  ])('%s ends it, and says that nothing was changed', async (_key, act, code) => {
    const served = await serve(scenario());
    const terminal = screen(served, args);
    await terminal.sees(/^Type the .*:$/mu);
    act(terminal);
    expect(await terminal.ended).toBe(code);
    expect(terminal.text()).toContain('nothing was changed');
    expect(terminal.text()).not.toMatch(/ExitPrompt|\n\s+at |[✔✓√]/u);
    expect(await deletionsIn(served)).toBe(0);
    expect(await served.home.journals()).toEqual([]);
  });
});

test('--timeout ends a question that nobody answers', async () => {
  const served = await serve(scenario());
  const terminal = screen(served, ['delete', '--all', '--timeout', '2']);
  await terminal.sees('Type the organization id');
  expect(await terminal.ended).toBe(1);
  expect(terminal.text()).toContain('nothing was changed');
});

test('with -o json an interrupted question still leaves a document', async () => {
  const served = await serve(scenario());
  const terminal = screen(served, ['delete', '--all', '-o', 'json']);
  await terminal.sees('Type the organization id');
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
  expect(terminal.text()).toMatch(/"kind": "rootctl.error"[\s\S]+"code": "Interrupted"/u);
});

test('what was typed before the question stood there is no answer to it', async () => {
  const served = await serve(scenarioOf(scenario().accounts.slice(1), { behaviour: { latencyMs: { sts: 400 } } }));
  const terminal = screen(served, ['delete', '--all']);
  await terminal.sees('reading the organization');
  terminal.type(`${organizationId}\r`);
  await terminal.sees('Type the organization id');
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
  expect(await deletionsIn(served)).toBe(0);
});

test('disable asks too', async () => {
  const served = await serve(scenario());
  const terminal = screen(served, ['disable']);
  await terminal.sees('Type the organization id');
  terminal.type(`${organizationId}\r`);
  expect(await terminal.ended).toBe(0);
});

describe('TERM=dumb', () => {
  const moves = /\u001b/u;

  test('a question moves no cursor, and is answered', async () => {
    const served = await serve(scenario());
    const terminal = screen(served, ['delete', second], { TERM: 'dumb' });
    await terminal.sees('Type the organization id');
    terminal.type('no\r');
    await terminal.sees('2 tries left');
    terminal.type(`${organizationId}\r`);
    expect(await terminal.ended).toBe(0);
    expect(terminal.raw()).not.toMatch(moves);
    expect(await deletionsIn(served)).toBe(1);
  });

  test('Ctrl-C at a question: 130, nothing was changed', async () => {
    const served = await serve(scenario());
    const terminal = screen(served, ['delete', second], { TERM: 'dumb' });
    await terminal.sees('Type the organization id');
    terminal.type('\u0003');
    expect(await terminal.ended).toBe(130);
    expect(terminal.text()).toContain('nothing was changed');
    expect(terminal.raw()).not.toMatch(moves);
  });

  test('delete without a selection says that accounts must be named, before anything is read', async () => {
    const served = await serve(scenario());
    const terminal = screen(served, ['delete'], { TERM: 'dumb' });
    expect(await terminal.ended).toBe(64);
    expect(terminal.text()).toContain('TERM=dumb');
    expect(await served.requests()).toEqual([]);
  });
});

test.each([
  ['status', ['status']],
  ['doctor', ['doctor']],
  ['delete --dry-run', ['delete', '--all', '--dry-run']],
])('%s ends in a terminal of 0 × 0, and is no wall of output', async (_name, args) => {
  const served = await serve(scenario());
  const command = ['stty cols 0 rows 0; exec "$@"'];
  const terminal = openScreenOf(
    ['sh', '-c', ...command, 'sh', ...programWords(), ...args, '--endpoint-url', served.endpoint],
    { home: served.home, env: served.env() },
  );
  await terminal.ended;
  expect(terminal.raw().length).toBeLessThan(50_000);
  expect(terminal.text()).toMatch(/payments-prod/u);
});

test.each([1, 10])('status ends at %i columns', async (columns) => {
  const served = await serve(scenario());
  const terminal = screen(served, ['status', '--no-pager'], {}, columns);
  expect(await terminal.ended).toBe(0);
});

test.each([80, 160])(
  'at %i columns a hostile name steers nothing: title, screen and rows stay ours',
  async (columns) => {
    const served = await serve(scenario());
    const terminal = screen(served, ['status'], {}, columns);
    expect(await terminal.ended).toBe(0);
    expect(terminal.raw()).not.toMatch(/\u001b\[2J|\u001b\]0;/u);
    for (const id of [first, second, memberId(2), memberId(3)]) {
      expect(
        terminal.lines().filter((line) => line.startsWith(id)),
        id,
      ).toHaveLength(1);
    }
    expect(terminal.lines().some((line) => line.startsWith('fake-row'))).toBe(false);
    // No line was so long that the terminal had to break it: the header of the table stands on one line.
    const header = terminal.lines().filter((line) => line.startsWith('ACCOUNT'));
    expect(header).toHaveLength(1);
    const at = header[0]?.indexOf('ROOT') ?? -1;
    const row = terminal.lines().find((line) => line.startsWith(first)) ?? '';
    expect(row.slice(at).startsWith('present')).toBe(true);
  },
);

// A word in colour; the spinner of a terminal is no colour.
const coloured = /\u001b\[(?:3[0-7]|9[0-7]|1|2)m/u;
test.each<[string, Record<string, string>, readonly string[], boolean]>([
  ['in a terminal', {}, [], true],
  ['with NO_COLOR', { NO_COLOR: '1' }, [], false],
  ['with TERM=dumb', { TERM: 'dumb' }, [], false],
  ['with --no-color', {}, ['--no-color'], false],
  ['with an empty NO_COLOR', { NO_COLOR: '' }, [], true],
])('colour %s', async (_name, env, flags, expected) => {
  const served = await serve(scenario());
  const terminal = screen(served, ['status', '-q', ...flags], env);
  expect(await terminal.ended).toBe(0);
  expect(coloured.test(terminal.raw())).toBe(expected);
});

test('in a pipe there is no colour unless FORCE_COLOR asks for it', async () => {
  const served = await serve(scenario());
  expect((await served.run(['status'])).stdout).not.toMatch(coloured);
  expect((await served.run(['status'], { env: { FORCE_COLOR: '1' } })).stdout).toMatch(coloured);
});

test('progress is live in a terminal and gone at the end', async () => {
  const served = await serve(scenarioOf(scenario().accounts.slice(1), { behaviour: { latencyMs: { sts: 150 } } }));
  const terminal = screen(served, ['status']);
  await terminal.sees('reading the organization');
  expect(await terminal.ended).toBe(0);
  expect(terminal.raw()).toMatch(/\d \/ \d accounts read/u);
  expect(terminal.text()).not.toContain('accounts read');
  expect(terminal.text()).toContain('3 of 4 member accounts hold root credentials');
});

test('Ctrl-C in the middle of a delete: in flight ends, the summary and how to resume are on the screen', async () => {
  const served = await serve(
    scenarioOf(
      Array.from({ length: 30 }, (_, index) => ({ root: everything(memberId(index)) })),
      { behaviour: { latencyMs: { iam: 15 } } },
    ),
  );
  const terminal = screen(served, ['delete', '--all', '--yes', '--concurrency', '3']);
  await terminal.sees(/\d+ \/ 30 accounts done/u);
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
  expect(terminal.text()).toContain('Stopping');
  expect(terminal.text()).toMatch(/rootctl runs resume \S+/u);
});

describe('a program that is stopped (Ctrl-Z) and goes on (fg)', () => {
  const prompt = 'shell> ';
  /** The program as a shell with jobs runs it. */
  async function stoppedAt(served: Served, args: readonly string[], question: string): Promise<Screen> {
    const env = { ...served.env(), PS1: prompt };
    const terminal = openScreenOf(['bash', '--norc', '--noprofile', '-i'], { home: served.home, env });
    await terminal.sees(prompt.trim());
    const words = [...programWords(), ...args, '--endpoint-url', served.endpoint].map((word) => `'${word}'`);
    terminal.type(`${words.join(' ')}\r`);
    await terminal.sees(question);
    terminal.type('\u001a');
    await terminal.sees('Stopped');
    terminal.type('fg; echo "code $?"\r');
    await until(() => terminal.raw().split(question).length > 2); // it is drawn again
    return terminal;
  }

  test('at the question takes the answer', async () => {
    const served = await serve(scenarioOf([{ root: password }]));
    const terminal = await stoppedAt(served, ['delete', '--all', '--no-pager'], 'Type the organization id');
    terminal.type(`${organizationId}\r`);
    await terminal.sees('code 0');
    expect(await deletionsIn(served)).toBe(1);
  });

  test('in the list draws it again, and takes marks, pastes and Ctrl-C', async () => {
    const served = await serve(scenarioOf([{ root: password }, { root: password }]));
    const terminal = await stoppedAt(served, ['delete'], 'space marks');
    terminal.type(' ');
    await terminal.sees('1 marked');
    terminal.type('\u001b[200~member\r\u001b[201~');
    await terminal.sees('Which accounts? member');
    terminal.type('\u0003');
    await terminal.sees('code 130');
    expect(terminal.text()).toContain('nothing was changed');
  });
});

test.each([
  [['delete', '--all', '--no-pager'], 'Type the organization id'],
  [['delete'], 'space marks'],
] as const)('a terminal that is closed at a question leaves the document, and no crash: %j', async (args, question) => {
  const served = await serve(scenarioOf([{ root: password }]));
  const line = 'exec "$@" > out.json';
  const words = [...programWords(), ...args, '-o', 'json', '--endpoint-url', served.endpoint];
  const terminal = openScreenOf(['bash', '-c', line, 'bash', ...words], { home: served.home, env: served.env() });
  await terminal.sees(question);
  terminal.close();
  const json = await until(async () => {
    const text = await readFile(served.home.file('out.json'), 'utf8');
    return text.endsWith('}\n') ? JSON.parse(text) : undefined;
  });
  expect(json).toMatchObject({ kind: 'rootctl.error', complete: false });
  expect(await deletionsIn(served)).toBe(0);
});
