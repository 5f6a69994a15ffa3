import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { environment, makeHome, rootctl, start, until } from '../support/program.ts';
import { openScreen } from '../support/terminal.ts';

test('it is one file that needs nothing beside it, no Node and no folder of its own', async () => {
  const home = await makeHome();
  await copyFile(inject('program'), home.file('moved'));
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const env = { ...environment(home), PATH: '' };
  const told = await promisify(execFile)(home.file('moved'), ['--version'], { cwd: home.folder, env });
  expect(told).toEqual({ stdout: `${version}\n`, stderr: '' });
});

test('NODE_OPTIONS puts no code into it', async () => {
  const home = await makeHome();
  await writeFile(home.file('planted.cjs'), "process.stderr.write('planted')");
  const env = { NODE_OPTIONS: `--require ${home.file('planted.cjs')}` };
  expect((await promisify(execFile)(process.execPath, ['-e', '0'], { env })).stderr).toBe('planted');
  expect(await rootctl(['--version'], { home, env })).toMatchObject({ code: 0, stderr: '' });
});

test('what looks like an option of Node is one of rootctl, and unknown', async () => {
  const home = await makeHome();
  const { code, stderr } = await rootctl(['--eval', 'process.stdout.write("evaluated")'], { home });
  expect(code).toBe(64);
  expect(stderr).toContain('--eval');
});

test('SIGUSR1 opens no inspector', async () => {
  const home = await makeHome();
  const running = start(['sandbox', 'start', '--port', '0'], { home });
  await until(() => running.stdout().includes('AWS_ENDPOINT_URL'));
  running.child.kill('SIGUSR1');
  const [, endpoint] = /AWS_ENDPOINT_URL=(\S+)/u.exec(running.stdout()) ?? [];
  expect((await fetch(`${endpoint}/_sandbox/counters`)).status).toBe(200);
  running.child.kill('SIGTERM');
  const { stderr } = await running.ended;
  expect(stderr).not.toMatch(/debugger|inspector/iu);
});

test('every part that is loaded when it is used is inside', async () => {
  const home = await makeHome();
  const run = (line: string) => rootctl([...line.split(' '), '--sandbox'], { home });
  expect(await run('enable')).toMatchObject({ code: 0, stderr: '' });
  for (const format of ['json', 'ndjson', 'csv', 'markdown', 'sarif'])
    expect((await run(`status -o ${format} --exclude legacy-erp`)).stdout, format).not.toBe('');
  expect((await run('status --lang ja --exclude legacy-erp')).stdout).toContain('アカウント');
  expect((await run('report --out page.html')).stdout).toContain('cis-7.0.0');
  expect(await readFile(home.file('page.html'), 'utf8')).toMatch(/^<!doctype html>/u);
  expect((await run('status -o json --exclude legacy-erp --query summary.present')).stdout).toBe('2\n');
  expect((await rootctl(['explain', 'AccessDenied', '--lang', 'ja'], { home })).code).not.toBe(1);
  for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
    expect((await rootctl(['completion', shell], { home })).stdout, shell).toContain('rootctl');
  expect((await run('doctor')).stdout).toContain('DenyRootUser');
  expect((await run('policy iam --for status')).stdout).toContain('sts:AssumeRoot');
});

test('a person deletes with it in a terminal: the plan, the question, the proof', async () => {
  const home = await makeHome();
  await rootctl(['enable', '--sandbox'], { home });
  const screen = openScreen(['delete', '--all', '--exclude', 'legacy-erp', '--sandbox'], { home });
  await screen.sees('o-exampleorgid):');
  screen.type('o-exampleorgid\r');
  expect(await screen.ended).toBe(0);
  expect(screen.text()).toMatch(/root credentials deleted in 2 accounts/u);
});
