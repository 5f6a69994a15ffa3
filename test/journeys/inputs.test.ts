import { execFileSync, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, inject, test } from 'vitest';
import { environment, type Home, makeHome, rootctl, start, startProgram } from '../support/program.ts';

/** Every way to name a file that is read, and what the command line says before and after its path. */
const readers: readonly (readonly [string, (path: string) => readonly string[]])[] = [
  ['--from', (path) => ['status', '--from', path]],
  ['--baseline', (path) => ['status', '--sandbox', '--baseline', path]],
  ['--plan', (path) => ['delete', '--sandbox', '--plan', path, '--yes']],
  ['--accounts @', (path) => ['status', '--sandbox', '--accounts', `@${path}`]],
  ['--config', (path) => ['status', '--sandbox', '--config', path]],
  ['--scenario', (path) => ['sandbox', 'reset', '--scenario', path]],
];

describe.skipIf(process.platform === 'win32').each(readers)('%s', (_name, argsOf) => {
  test('of a folder and of a device that never ends: one line and a hint, 64', async () => {
    const home = await makeHome();
    await mkdir(home.file('folder'));
    for (const [path, code] of [
      ['folder', 'EISDIR'],
      ['/dev/zero', 'EFBIG'],
    ] as const) {
      const { code: exitCode, stderr } = await rootctl(argsOf(path), { home });
      expect([path, exitCode]).toEqual([path, 64]);
      expect(stderr).toMatch(/^error: cannot read [^\n]+\nhint: [^\n]+\n$/u);
      expect(stderr).toContain(`${path} (${code})`);
    }
  });
});

/** Reads what a program writes into a named pipe, begun so late that the reader has to wait. */
function feed(home: Home, pipe: string, text: string) {
  return spawn('sh', ['-c', 'sleep 0.3; cat > "$0"', home.file(pipe)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  }).stdin.end(text);
}

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  test('is read to its end, whenever its writer comes', async () => {
    const home = await makeHome();
    execFileSync('mkfifo', [home.file('pipe')]);
    feed(home, 'pipe', '[]');
    const { code, stderr } = await rootctl(['status', '--from', 'pipe'], { home });
    expect(code).toBe(64);
    expect(stderr).toContain('pipe is not a status document');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('that nobody writes to is waited for until %s, and no longer', async (signal, code) => {
    const home = await makeHome();
    execFileSync('mkfifo', [home.file('pipe')]);
    const running = start(['status', '--from', 'pipe', '--debug'], { home });
    // The writer's side can be opened once somebody reads; it writes nothing.
    const writer = spawn('sh', ['-c', 'exec 3> "$0"; echo open; sleep 600', home.file('pipe')], { stdio: 'pipe' });
    await new Promise((resolve) => writer.stdout.once('data', resolve));
    running.child.kill(signal);
    expect((await running.ended).code).toBe(code);
    writer.kill('SIGKILL');
  });
});

test('Ctrl-C ends the wait for the rest of stdin', async () => {
  const child = startProgram(['status', '--from', '-'], { home: await makeHome() });
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.stdin.on('error', () => {});
  // More than a pipe holds: once all of it is written somebody reads.
  await new Promise((resolve) => child.stdin.write(' '.repeat(2 ** 22), resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
});

test.each([
  ['--from twice', ['status', '--from', '-', '--from', '-']],
  ['--accounts twice', ['status', '--sandbox', '--accounts', '-', '--accounts', '-']],
])('stdin holds one text: %s is wrong usage', async (_name, args) => {
  const home = await makeHome();
  await rootctl(['enable', '--sandbox'], { home });
  const saved = await rootctl(['status', '--sandbox', '-o', 'json'], { home });
  const input = args.includes('--from') ? saved.stdout : '100000000001';
  const { code, stderr } = await rootctl(args, { home, input });
  expect(code).toBe(64);
  expect(stderr).toBe(
    'error: - (stdin) can be read only once\nhint: save one of the inputs to a file, and give the file instead\n',
  );
});

test('a file without a blank in it is no line of half a megabyte', async () => {
  const home = await makeHome();
  await writeFile(home.file('huge'), '9'.repeat(500_000));
  const { code, stderr } = await rootctl(['status', '--sandbox', '--accounts', '@huge'], { home });
  expect(code).toBe(64);
  expect(stderr).toMatch(/^error: "9{40}…" in huge, line 1, is not an account id\nhint: .+\n$/u);
});

test.skipIf(process.platform !== 'linux')('no stdin at all is an empty one', async () => {
  const home = await makeHome();
  const command = `"${process.execPath}" "${inject('program')}" status --from - <&-; echo "code $?" >&2`;
  const child = spawn('sh', ['-c', command], { env: environment(home), stdio: 'pipe' });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(stderr).toMatch(/^error: - is not a status document: not JSON\nhint: .+\ncode 64\n$/u);
});
