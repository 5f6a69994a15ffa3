import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/sandbox/index.ts';
import { type Home, makeHome, type Result, rootctl, start, startProgram, until } from '../support/program.ts';
import { fullMembers, scenarioOf } from '../support/scenarios.ts';
import { openScreen, type Screen } from '../support/terminal.ts';

const waiting = /^waiting for another command that uses the sandbox to end \(pid \d+, since \S+\)$/gmu;
const secretsOf = { seed: 7, accessKeyIds: [] };

/** A saved organization of this scenario. */
async function saved(scenario: Scenario): Promise<Home> {
  const home = await makeHome();
  await writeFile(home.file('scenario.json'), JSON.stringify(scenario));
  expect(await rootctl(['sandbox', 'reset', '--scenario', 'scenario.json'], { home })).toMatchObject({ code: 0 });
  return home;
}

/** A command that has the organization and asks the person something meanwhile. */
async function asking(home: Home): Promise<Screen> {
  const screen = openScreen(['delete', '--all', '--sandbox'], { home });
  await screen.sees(/Type /u);
  return screen;
}

const locks = async (home: Home): Promise<readonly string[]> =>
  (await readdir(join(home.state, 'locks'))).filter((name) => name.startsWith('sandbox'));

type Account = { id: string; outcome: string; root: Record<string, unknown> };

/** The accounts of a delete's document that were told deleted, and hold something all the same. */
async function comeBack(home: Home, told: readonly Account[]): Promise<readonly string[]> {
  const { json } = await rootctl(['sandbox', 'show', '-o', 'json'], { home });
  const deleted = new Set(told.filter(({ outcome }) => outcome === 'deleted').map(({ id }) => id));
  expect(deleted.size).toBeGreaterThan(0);
  return json.accounts
    .filter(({ id, root }: Account) => {
      const { loginProfile, accessKeys, signingCertificates, mfaDevices } = root;
      return (
        deleted.has(id) &&
        JSON.stringify([loginProfile, accessKeys, signingCertificates, mfaDevices]) !== '[null,[],[],[]]'
      );
    })
    .map(({ id }: Account) => id);
}

test('nothing that a delete told deleted comes back by the commands that ran beside it', async () => {
  const accounts = 128;
  const home = await saved(scenarioOf(fullMembers(accounts)));
  const deleting = start(['delete', '--all', '--yes', '--sandbox', '-o', 'json'], { home, secretsOf });
  await until(async () => (await home.journals()).length > 0);
  const isOver = () => deleting.child.exitCode !== null;
  const lanes = Array.from({ length: 3 }, async () => {
    const results: Result[] = [];
    do results.push(await rootctl(['status', '--sandbox', '-o', 'json'], { home, secretsOf }));
    while (!isOver());
    return results;
  });
  const told = await deleting.ended;
  const read = (await Promise.all(lanes)).flat();
  expect(told).toMatchObject({ code: 0 });
  expect(told.json.summary.deleted).toBe(accounts);
  expect(await comeBack(home, told.json.accounts)).toEqual([]);
  // Each saw what was before the delete or after it, and none of them something in between.
  for (const { code, json } of read) {
    expect(code).toBe(0);
    expect([0, accounts]).toContain(json.summary.present);
  }
});

test('a delete that is interrupted saves what it told, and gives the sandbox back', async () => {
  const home = await saved(scenarioOf(fullMembers(60), { behaviour: { latencyMs: { iam: 15, sts: 15 } } }));
  const deleting = start(['delete', '--all', '--yes', '--sandbox', '--concurrency', '4', '-o', 'json'], { home });
  await until(async () => {
    const [journal] = await home.journals();
    return journal !== undefined && (await readFile(journal, 'utf8')).split('\n').length > 40;
  });
  const reading = start(['status', '--sandbox', '-o', 'json'], { home });
  await until(() => reading.stderr().includes('waiting'));
  deleting.child.kill('SIGINT');
  const told = await deleting.ended;
  expect(told.code).toBe(130);
  expect(told.json.summary.deleted).toBeLessThan(60);
  const { code, json } = await reading.ended;
  expect([code, json.summary.present]).toEqual([0, 60 - told.json.summary.deleted]);
  expect(await comeBack(home, told.json.accounts)).toEqual([]);
  expect(await locks(home)).toEqual([]);
});

test('the second waits its turn, says so in one line, and goes on when the first has ended', async () => {
  const home = await saved(scenarioOf(fullMembers(2)));
  const first = await asking(home);
  const second = [
    ['status', '--sandbox'],
    ['sandbox', 'show'],
    ['sandbox', 'reset', '--scenario', 'scenario.json'],
  ].map((args) => start(args, { home }));
  for (const { stderr } of second) await until(() => stderr().includes('waiting'));
  first.type('\u0003');
  expect(await first.ended).toBe(130);
  for (const { ended } of second) {
    const { code, stderr } = await ended;
    expect([code, stderr.match(waiting)?.length]).toEqual([0, 1]);
  }
  expect(await locks(home)).toEqual([]);
});

test.each<['command' | 'server']>([['command'], ['server']])(
  'a %s that was killed in the middle of it holds up nobody',
  async (kind) => {
    const home = await saved(scenarioOf(fullMembers(2)));
    if (kind === 'command') {
      const first = await asking(home);
      first.kill('SIGKILL');
      await first.ended;
    } else {
      const first = start(['sandbox', 'start', '--port', '0'], { home });
      await until(() => first.stdout().includes('unset'));
      first.child.kill('SIGKILL');
      await first.ended;
    }
    expect(await locks(home)).toEqual(['sandbox.json']);
    const { code, stderr } = await rootctl(['status', '--sandbox'], { home });
    expect(code).toBe(0);
    expect(stderr).not.toContain('waiting');
    expect(await locks(home)).toEqual([]);
  },
);

describe('waiting ends', () => {
  test.each<[NodeJS.Signals, readonly string[], number]>([
    ['SIGINT', ['status', '--sandbox'], 130],
    ['SIGTERM', ['delete', '--all', '--yes', '--sandbox'], 143],
    ['SIGINT', ['doctor', '--sandbox'], 130],
    ['SIGINT', ['sandbox', 'start', '--port', '0'], 130],
    ['SIGHUP', ['sandbox', 'reset'], 143],
  ])('at %s: %j', async (signal, args, code) => {
    const home = await saved(scenarioOf(fullMembers(2)));
    const first = await asking(home);
    const second = start(args, { home });
    await until(() => second.stderr().includes('waiting'));
    second.child.kill(signal);
    expect(await second.ended).toMatchObject({ code, stdout: '' });
    // It has not taken away what the first one holds.
    first.type('o-testorg0001\r');
    expect(await first.ended).toBe(0);
  });

  test('at --timeout, without a word where --quiet asks for it', async () => {
    const home = await saved(scenarioOf(fullMembers(2)));
    await asking(home);
    const [loud, quiet] = await Promise.all(
      [[], ['--quiet']].map((more) => rootctl(['status', '--sandbox', '--timeout', '1', ...more], { home })),
    );
    expect(loud).toMatchObject({ code: 1, stdout: '' });
    expect(loud?.stderr).toMatch(/^waiting .*\n--timeout \(1 s\) has passed/u);
    expect(quiet).toMatchObject({ code: 1, stdout: '', stderr: '' });
  });
});

test('while it is served, whoever wants the saved organization is refused with pid and cure', async () => {
  const home = await saved(scenarioOf(fullMembers(2)));
  const server = start(['sandbox', 'start', '--port', '0'], { home });
  await until(() => server.stdout().includes('unset'));
  for (const args of [
    ['status', '--sandbox'],
    ['doctor', '--sandbox'],
    ['delete', '--all', '--yes', '--sandbox'],
    ['sandbox', 'start', '--port', '0'],
    ['sandbox', 'reset'],
    ['sandbox', 'show'],
  ]) {
    const { code, stdout, stderr } = await rootctl(args, { home });
    expect([args, code, stdout]).toEqual([args, 64, '']);
    expect(stderr).toContain(`sandbox start is serving the saved organization (pid ${server.child.pid}, since `);
    expect(stderr).toMatch(/^hint: .*--endpoint-url .*: kill \d+$/mu);
  }
  const refused = await rootctl(['status', '--sandbox', '-o', 'json'], { home });
  expect(refused.json).toMatchObject({ kind: 'rootctl.error', error: { code: 'SandboxServed' } });

  // A scenario of its own is nobody else's.
  const other = startProgram(['sandbox', 'start', '--port', '0', '--scenario', 'scenario.json'], { home });
  await new Promise((resolve) => other.stdout.once('data', resolve));

  server.child.kill('SIGINT');
  expect(await server.ended).toMatchObject({ code: 0 });
  expect(await rootctl(['status', '--sandbox'], { home })).toMatchObject({ code: 0 });
});

test('a command that changed nothing writes nothing back', async () => {
  const home = await saved(scenarioOf(fullMembers(3)));
  const file = join(home.state, 'sandbox/sandbox.json');
  // A file that was replaced, if by the same, is another file.
  const identity = async () => (await stat(file, { bigint: true })).ino;
  const before = [await identity(), await readFile(file, 'utf8')];
  for (const args of [
    ['status', '--sandbox'],
    ['doctor', '--sandbox'],
    ['delete', '--all', '--dry-run', '--sandbox'],
    ['sandbox', 'show'],
  ]) {
    await rootctl(args, { home });
    expect([args, await identity(), await readFile(file, 'utf8')]).toEqual([args, ...before]);
  }
  await rootctl(['delete', '--all', '--yes', '--sandbox'], { home });
  // Not the number alone: a file system may give it to the next file.
  expect([await identity(), await readFile(file, 'utf8')]).not.toEqual(before);
});

test('show makes no organization where none was saved; a command makes it once', async () => {
  const home = await makeHome();
  const isSaved = () =>
    stat(join(home.state, 'sandbox/sandbox.json')).then(
      () => true,
      () => false,
    );
  await rootctl(['sandbox', 'show'], { home });
  expect(await isSaved()).toBe(false);
  await rootctl(['doctor', '--sandbox'], { home });
  expect(await isSaved()).toBe(true);
});
