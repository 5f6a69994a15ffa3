import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fits, pagerIn } from '../../src/terminal/pager.ts';
import * as story from '../render/story.ts';
import { type Home, makeHome, rootctl, until } from '../support/program.ts';
import { openScreen } from '../support/terminal.ts';

const accounts = Array.from({ length: 60 }, (_, index) => ({
  ...story.dataLake,
  id: String(200_000_000_000 + index),
  name: `account-${index}`,
}));

/** A home with a saved reading of so many accounts that they fit no screen. */
async function homeWithReading(): Promise<Home> {
  const home = await makeHome();
  const document = story.statusOf(accounts);
  await writeFile(home.file('status.json'), JSON.stringify(document));
  return home;
}

const status = ['status', '--from', 'status.json', '--check'];
const open = (home: Home, env: Record<string, string> = {}, args: readonly string[] = []) =>
  openScreen([...status, ...args], { home, env }, 120, 20);

const first = '200000000000';
const last = '60 of 60';

test('what does not fit the screen is shown by less, page by page, and Ctrl-C in it ends nothing', async () => {
  const terminal = open(await homeWithReading(), { LANG: 'C.UTF-8' });
  await terminal.sees(first);
  await terminal.sees(/^:$/mu);
  expect(terminal.text()).not.toContain(last);
  terminal.type('\u0003');
  // What is typed right behind it, the terminal throws away.
  await until(() => {
    terminal.type('G');
    return terminal.text().includes(last);
  });
  terminal.type('q');
  expect(await terminal.ended).toBe(2);
  expect(terminal.text()).toContain('As it was read at'); // beside the result, on stderr, and not through the pager
});

test('ROOTCTL_PAGER outranks PAGER, and gets the whole result and nothing else', async () => {
  const home = await homeWithReading();
  const terminal = open(home, { ROOTCTL_PAGER: 'cat > paged.txt', PAGER: 'no-such-pager' });
  expect(await terminal.ended).toBe(2);
  const paged = await readFile(home.file('paged.txt'), 'utf8');
  for (const { id } of accounts) expect(paged).toContain(id);
  expect(paged).not.toContain('As it was read at');
  expect(terminal.text()).not.toContain(first);
});

test.each([
  ['is not there', 'no-such-pager'],
  ['is killed', 'kill -9 $$'],
  ['fails', 'exit 3'],
])('a pager that %s loses nothing', async (_name, pager) => {
  const terminal = open(await homeWithReading(), { PAGER: pager });
  expect(await terminal.ended).toBe(2);
  // The last of what was written may reach the screen after the end of the program is known.
  await until(() => terminal.text().includes(last));
  for (const { id } of accounts) expect(terminal.text()).toContain(id);
});

test.each(['sh pager.sh', 'cat | sh pager.sh'])(
  'whoever ends the command ends its pager with it: %s',
  async (pager) => {
    const home = await homeWithReading();
    const script = `trap 'echo closed > closed; exit' TERM; cat > /dev/null; echo looking; while :; do sleep 0.01; done`;
    await writeFile(home.file('pager.sh'), script);
    const terminal = open(home, { PAGER: pager });
    await terminal.sees('looking');
    terminal.kill('SIGTERM');
    expect(await terminal.ended).toBe(143);
    expect(await readFile(home.file('closed'), 'utf8')).toBe('closed\n');
  },
);

test('a pager that reads no more than it wants is left in peace', async () => {
  const terminal = open(await homeWithReading(), { PAGER: 'head -n 3' });
  expect(await terminal.ended).toBe(2);
  expect(terminal.text()).not.toContain(last);
  expect(terminal.text()).not.toContain('EPIPE');
});

test.each<[string, Record<string, string>, readonly string[]]>([
  ['--no-pager', {}, ['--no-pager']],
  ['an empty ROOTCTL_PAGER', { ROOTCTL_PAGER: '' }, []],
  ['cat', { ROOTCTL_PAGER: 'cat' }, []],
  ['a form for programs', {}, ['-o', 'json']],
  ['a dumb terminal', { TERM: 'dumb' }, []],
])('%s means no pager', async (_name, env, args) => {
  const terminal = open(await homeWithReading(), { PAGER: 'cat > paged.txt', ...env }, args);
  expect(await terminal.ended).toBe(2);
  await until(() => terminal.text().includes(accounts.at(-1)?.id ?? ''));
});

test('neither does a pipe have one, nor what fits', async () => {
  const home = await homeWithReading();
  const { stdout } = await rootctl(status, { home, env: { PAGER: 'cat > paged.txt' } });
  expect(stdout).toContain(last);
  const terminal = open(home, { PAGER: 'cat > paged.txt' }, ['--state', 'absent']);
  expect(await terminal.ended).toBe(2);
  await until(() => terminal.text().includes(last));
});

test('lines that the terminal breaks count as often as they are broken', () => {
  const screen = { columns: 10, rows: 4 };
  expect(fits('a\nb\nc\n', screen)).toBe(true);
  expect(fits('a\nb\nc\nd\n', screen)).toBe(false);
  expect(fits(`${'x'.repeat(31)}\n`, screen)).toBe(false);
  expect(fits(`\u001b[31m${'x'.repeat(10)}\u001b[39m\nb\nc\n`, screen)).toBe(true);
});

test('which pager', () => {
  expect(pagerIn({})).toBe('less');
  expect(pagerIn({ PAGER: 'more' })).toBe('more');
  expect(pagerIn({ PAGER: 'more', ROOTCTL_PAGER: 'less -S' })).toBe('less -S');
  expect(pagerIn({ PAGER: 'more', ROOTCTL_PAGER: '' })).toBeNull();
});
