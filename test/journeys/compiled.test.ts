import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, makeHome, rootctl } from '../support/program.ts';
import { run } from '../support/runner.ts';
import { theProgram } from '../support/the-program.ts';

const isNodes = 'enableCompileCache' in modules;
const cacheOf = (home: { folder: string }): string => join(home.folder, '.cache/rootctl');
const own = { XDG_CACHE_HOME: undefined };

test('what was compiled is kept for the next start, where nobody else reads or writes it', async () => {
  const home = await makeHome();
  const first = await rootctl(['--help'], { home, env: own });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(statSync(cacheOf(home)).mode & 0o777).toBe(0o700);
  expect(readdirSync(cacheOf(home)).length).toBeGreaterThan(0);
  if (!isNodes) expect(readdirSync(cacheOf(home))).toEqual(['main.compiled']);
  expect((await rootctl(['--help'], { home, env: own })).stdout).toBe(first.stdout);
});

test('nothing is kept where NODE_DISABLE_COMPILE_CACHE says so, or where there is no place for it', async () => {
  const home = await makeHome();
  await rootctl(['--help'], { home, env: { ...own, NODE_DISABLE_COMPILE_CACHE: '1' } });
  const { code, stderr } = await rootctl(['--help'], { home, env: { ...own, HOME: '/dev/null' } });
  expect([code, stderr]).toEqual([0, '']);
  expect(readdirSync(home.folder)).toEqual([]);
});

test('a program that was replaced runs as it is now, though its length is the same', async () => {
  const home = await makeHome();
  const folder = home.file('installed');
  const from = dirname(dirname(theProgram()));
  for (const name of ['bin', 'dist', 'package.json']) cpSync(join(from, name), join(folder, name), { recursive: true });
  const help = async (): Promise<string> => {
    const env = environment(home, own);
    return (await run(process.execPath, [join(folder, 'bin/rootctl.js'), '--help'], home.folder, env)).stdout;
  };
  expect([await help(), await help()].join()).not.toContain('Flnds');
  const main = join(folder, 'dist/main.cjs');
  writeFileSync(main, readFileSync(main, 'utf8').replace('Finds and removes', 'Flnds and removes'));
  expect(await help()).toContain('Flnds and removes');
});
