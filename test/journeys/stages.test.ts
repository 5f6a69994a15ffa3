import { writeFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { readLines, until } from '../support/program.ts';
import { type Served, serve } from '../support/sandbox-server.ts';
import { fullMembers, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';
import { openScreenOf, type Screen } from '../support/terminal.ts';

const interrupt = '\u0003';
const endOfInput = '\u0004';
const sequence = '\\u001b\\[';

/**
 * The program as a shell starts it, which looks at its terminal before and after. The trap keeps the shell from ending
 * with Ctrl-C; what it starts is not meant by it.
 */
function inShell(served: Served, args: readonly string[], env: Record<string, string> = {}, rows = 50): Screen {
  const look =
    'before=$(stty -g); trap : INT; "$@"; code=$?; [ "$before" = "$(stty -g)" ] && echo "as it was"; exit $code';
  const command = [process.execPath, inject('program'), ...args, '--endpoint-url', served.endpoint];
  const environment = { ...served.env(), ...env };
  return openScreenOf(['sh', '-c', look, 'sh', ...command], { home: served.home, env: environment }, 120, rows);
}

/** Line editing, cursor and pasting are as they were, and the last thing said is no live line. */
function requireRestored(terminal: Screen): void {
  expect(terminal.text()).toMatch(/as it was$/u);
  const lastSwitch = (mode: number): string | undefined =>
    terminal
      .raw()
      .match(new RegExp(`${sequence}\\?${mode}[hl]`, 'gu'))
      ?.at(-1);
  const [cursor = '\u001b[?25h', pasting = '\u001b[?2004l', screen = '\u001b[?1049l'] = [25, 2004, 1049].map(
    lastSwitch,
  );
  expect([cursor, pasting, screen]).toEqual(['\u001b[?25h', '\u001b[?2004l', '\u001b[?1049l']);
  expect(terminal.text()).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]|\n\s+at /u);
}

const changes = async (served: Served): Promise<number> =>
  (await served.requests()).filter(({ operation }) => /^(?:Delete|Deactivate)/u.test(operation)).length;
const left = async (served: Served): Promise<number> => {
  const counts = await Promise.all((await served.accounts()).map(({ id }) => served.credentialCount(id)));
  return counts.reduce((sum, count) => sum + count, 0);
};

/** Goes on with the one run that there is, and finds nothing left after it. */
async function requireResumable(served: Served): Promise<void> {
  const [journal = ''] = await served.home.journals();
  const lines = await readLines(journal);
  const count = (event: string): number => lines.filter((line) => line.event === event).length;
  expect(count('answer')).toBeLessThanOrEqual(count('intent'));
  await served.setBehaviour({});
  const { code, json } = await served.run(['runs', 'resume', lines[0].runId, '--yes', '-o', 'json']);
  expect([code, json.complete]).toEqual([0, true]);
  expect(await left(served)).toBe(0);
  expect((await served.run(['runs', '-o', 'json'])).json.runs).toMatchObject([{ state: 'finished' }]);
}

/** Ctrl-C before anything was agreed to: it ends the command, which says so. */
async function requireNothingChanged(terminal: Screen, served: Served): Promise<void> {
  expect(await terminal.ended).toBe(130);
  requireRestored(terminal);
  expect(terminal.text()).toContain('nothing was changed');
  expect(await changes(served)).toBe(0);
}

const pages = { organizationsPageSize: 1 };

test('Ctrl-C before anything is listed, and once more: 130 at once, nothing was changed', async () => {
  const served = await serve(scenarioOf(fullMembers(2), { behaviour: { latencyMs: { organizations: 60_000 } } }));
  const terminal = inShell(served, ['delete', '--all']);
  await terminal.sees('reading the organization');
  terminal.resize(60, 20);
  terminal.type(interrupt);
  await terminal.sees('Stopping');
  terminal.type(interrupt);
  expect(await terminal.ended).toBe(130);
  requireRestored(terminal);
  expect(await changes(served)).toBe(0);
  expect(await served.home.journals()).toEqual([]);
});

test('Ctrl-C while accounts are listed and read: 130, nothing was deleted, no question is asked', async () => {
  const behaviour = { ...pages, latencyMs: { organizations: 100 } };
  const served = await serve(scenarioOf(fullMembers(40), { behaviour }));
  const terminal = inShell(served, ['delete', '--all']);
  await terminal.sees(/[1-9]\d* \/ \d+ accounts read/u);
  terminal.resize(70, 10);
  terminal.type(interrupt);
  expect(await terminal.ended).toBe(130);
  requireRestored(terminal);
  expect(terminal.text().replaceAll('\n', ' ')).toMatch(/nothing was (?:deleted|changed)/u);
  expect(terminal.text()).not.toContain('Type the organization');
  expect(await changes(served)).toBe(0);
});

test('a window that is resized at the question, and Ctrl-C there', async () => {
  const served = await serve(scenarioOf(fullMembers(2)));
  const terminal = inShell(served, ['delete', '--all']);
  await terminal.sees('Type the organization id');
  terminal.type('o-tes');
  for (const [columns, rows] of [
    [40, 10],
    [200, 60],
    [120, 50],
  ] as const)
    terminal.resize(columns, rows);
  terminal.type(interrupt);
  await requireNothingChanged(terminal, served);
});

test('a window that is resized at the question takes the answer that is typed', async () => {
  const served = await serve(scenarioOf(fullMembers(2)));
  const terminal = inShell(served, ['delete', '--all', '--no-pager']);
  await terminal.sees('Type the organization id');
  terminal.type(organizationId.slice(0, 5));
  terminal.resize(50, 12);
  terminal.type(`${organizationId.slice(5)}\r`);
  expect(await terminal.ended).toBe(0);
  requireRestored(terminal);
  expect(await left(served)).toBe(0);
});

test('a list that is typed at the terminal ends, and the question after it is answered there', async () => {
  const served = await serve(scenarioOf(fullMembers(2)));
  const terminal = inShell(served, ['delete', '--accounts', '-', '--no-pager']);
  terminal.type(`${memberId(0)}\r`);
  await terminal.sees(memberId(0));
  terminal.type(endOfInput);
  await terminal.sees('Type the organization id');
  terminal.type(`${organizationId}\r`);
  expect(await terminal.ended).toBe(0);
  requireRestored(terminal);
  expect(await left(served)).toBe(6);
});

test('Ctrl-C in the list of accounts: 130, nothing was changed', async () => {
  const served = await serve(scenarioOf(Array.from({ length: 30 }, () => ({ root: password }))));
  const terminal = inShell(served, ['delete']);
  await terminal.sees('space marks');
  terminal.type(' ');
  await terminal.sees('1 marked');
  terminal.resize(40, 8);
  terminal.type('\u001b[B');
  terminal.resize(140, 40);
  terminal.type(interrupt);
  await requireNothingChanged(terminal, served);
});

test('Ctrl-C in the pager of the plan: 130, nothing was changed', async () => {
  const served = await serve(scenarioOf(Array.from({ length: 60 }, () => ({ root: password }))));
  const terminal = inShell(served, ['delete', '--all'], { PAGER: 'less', LANG: 'C.UTF-8' }, 15);
  await terminal.sees(/^:$/mu);
  terminal.resize(80, 12);
  terminal.type(interrupt);
  await requireNothingChanged(terminal, served);
});

test.each(['sh forgetful.sh', 'cat | sh forgetful.sh'])(
  'a pager that forgets that it was asked to close is asked again: %s',
  async (PAGER) => {
    // As less, where the window changes its size in the same moment.
    const served = await serve(scenarioOf(Array.from({ length: 60 }, () => ({ root: password }))));
    const forgetful = `trap '' INT; trap 'trap - TERM' TERM; cat > /dev/null; echo looking; while :; do sleep 0.01; done`;
    await writeFile(served.home.file('forgetful.sh'), forgetful);
    const terminal = inShell(served, ['delete', '--all'], { PAGER }, 15);
    await terminal.sees('looking');
    terminal.type(interrupt);
    await requireNothingChanged(terminal, served);
  },
);

test('Ctrl-C while credentials are deleted: what is in flight ends, and resume does the rest', async () => {
  const served = await serve(scenarioOf(fullMembers(12), { behaviour: { latencyMs: { iam: 40 } } }));
  const terminal = inShell(served, ['delete', '--all', '--yes', '--concurrency', '3']);
  await terminal.sees(/[1-9]\d* \/ 12 accounts done/u);
  terminal.resize(90, 12);
  terminal.type(interrupt);
  expect(await terminal.ended).toBe(130);
  requireRestored(terminal);
  expect(terminal.text().replaceAll('\n', ' ')).toMatch(/rootctl runs resume/u);
  expect(await left(served)).toBeGreaterThan(0);
  await requireResumable(served);
});

test('Ctrl-C twice while credentials are deleted: at once, and resume does the rest', async () => {
  const served = await serve(scenarioOf(fullMembers(6), { behaviour: { latencyMs: { iam: 20 } } }));
  const terminal = inShell(served, ['delete', '--all', '--yes', '--concurrency', '3']);
  await until(async () => (await changes(served)) > 0);
  await served.setBehaviour({ latencyMs: { iam: 60_000 } }); // what is in flight would take for ever
  terminal.type(interrupt);
  await terminal.sees('Stopping');
  terminal.type(interrupt);
  expect(await terminal.ended).toBe(130);
  requireRestored(terminal);
  expect(terminal.text()).toContain('rootctl runs resume');
  await requireResumable(served);
});

test('Ctrl-C twice while what was deleted is still seen: nothing is called gone, and the MFA devices stay', async () => {
  const served = await serve(scenarioOf(fullMembers(2), { behaviour: { consistencyLagMs: 600_000 } }));
  const terminal = inShell(served, ['delete', '--all', '--yes', '--wait', '10m']);
  // Keys, certificate and password of both; the MFA devices wait until the password is seen gone.
  await until(async () => (await changes(served)) >= 8);
  terminal.type(interrupt);
  await terminal.sees('Stopping');
  terminal.type(interrupt);
  expect(await terminal.ended).toBe(130);
  requireRestored(terminal);
  expect(terminal.text()).not.toContain('all seen gone');
  expect(terminal.text()).toContain('rootctl runs resume');
  expect(await changes(served)).toBe(8);
});

test.each([
  ['</dev/null', 64],
  ['<&-', 64],
] as const)('without stdin (%s) nobody can be asked: 64, nothing was changed', async (redirection, code) => {
  const served = await serve(scenarioOf(fullMembers(1)));
  const line = `"${process.execPath}" "${inject('program')}" delete --all --endpoint-url ${served.endpoint} ${redirection}`;
  const terminal = openScreenOf(['sh', '-c', line], { home: served.home, env: served.env() });
  expect(await terminal.ended).toBe(code);
  expect(terminal.text()).toContain('no terminal to ask in');
  expect(await changes(served)).toBe(0);
});

test('a reader that goes away (| head -1) ends no deletion, and no terminal is left changed', async () => {
  const served = await serve(scenarioOf(fullMembers(3)));
  const line = `"${process.execPath}" "${inject('program')}" delete --all --yes --endpoint-url ${served.endpoint} | head -1`;
  const terminal = openScreenOf(['sh', '-c', `${line}; echo "as it was"`], { home: served.home, env: served.env() });
  expect(await terminal.ended).toBe(0);
  requireRestored(terminal);
  expect(await left(served)).toBe(0);
});
