import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

describe('what tells of a result is read before there is one', () => {
  const later = ['documents.cjs', 'pages.cjs', 'sentences.cjs'];
  const readBy = async (words: readonly string[]): Promise<readonly string[]> => {
    const home = await makeHome();
    const listing = home.file('listing.cjs');
    writeFileSync(
      listing,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(home.file('read'))}, Object.keys(require.cache).join('\\n')));`,
    );
    const env = { NODE_DISABLE_COMPILE_CACHE: '1' };
    await rootctl(['enable', '--sandbox', '-q'], { home, env });
    await rootctl(words, { home, env: { ...env, NODE_OPTIONS: `--require ${listing}` } });
    const read = readFileSync(home.file('read'), 'utf8')
      .split('\n')
      .map((path) => basename(path));
    expect(read).toContain('work.cjs');
    return later.filter((file) => read.includes(file));
  };

  test.each(['table', 'json', 'ndjson', 'csv', 'markdown', 'sarif'])(
    'status -o %s asks for none of it',
    async (form) => {
      expect(await readBy(['status', '--sandbox', '-q', '-o', form])).toEqual([]);
    },
  );

  test.each(['table', 'json'])(
    'delete -o %s reads all of it when it begins, before a plan that is none is refused',
    async (form) => {
      expect(await readBy(['delete', '--plan', '/dev/null', '--yes', '--sandbox', '-o', form])).toEqual(later);
    },
  );
});
