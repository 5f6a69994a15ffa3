import { describe, expect, test } from 'vitest';
import type { WorldOptions } from '../../harness/world.ts';
import { widthOf } from '../../src/render/text.ts';
import { scenarioOf, withoutAccess } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scene = () => createScene(scenarioOf([{}]));
/** Errors begin with it. */
const labels = { en: 'error: ', ja: 'エラー: ' };

/** The language of what an error says. */
async function spoken(args: readonly string[], env: WorldOptions['env'], config?: string): Promise<string> {
  const world = scene();
  if (config !== undefined) world.inputs.set('.rootctl.yaml', config);
  const { code, stderr } = await world.run(args, { env: { ...env } });
  expect(code).toBe(64);
  return stderr.startsWith(labels.ja) ? 'ja' : stderr.startsWith(labels.en) ? 'en' : stderr;
}

describe('the language', () => {
  test.each<[string, Record<string, string>, string]>([
    ['nothing', {}, 'en'],
    ['LANG', { LANG: 'ja_JP.UTF-8' }, 'ja'],
    ['a language alone', { LANG: 'ja' }, 'ja'],
    ['a charset in small letters', { LANG: 'ja_JP.utf8' }, 'ja'],
    ['a charset that cannot show what is printed', { LANG: 'ja_JP.eucJP' }, 'en'],
    ['another language', { LANG: 'de_DE.UTF-8' }, 'en'],
    ['a language that begins alike', { LANG: 'jav_ID.UTF-8' }, 'en'],
    ['LC_MESSAGES before LANG', { LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'en_US.UTF-8' }, 'ja'],
    ['LC_ALL before LC_MESSAGES', { LC_ALL: 'C', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'ja_JP.UTF-8' }, 'en'],
    ['an empty LC_ALL, which says nothing', { LC_ALL: '', LANG: 'ja_JP.UTF-8' }, 'ja'],
    ['POSIX', { LC_ALL: 'POSIX', LANG: 'ja_JP.UTF-8' }, 'en'],
  ])('is that of the locale: %s', async (_name, env, expected) => {
    expect(await spoken(['status', '-o', 'xml'], env)).toBe(expected);
  });

  test.each<[string, string[], Record<string, string>, string | undefined, string]>([
    ['the flag before the variable', ['--lang', 'en'], { ROOTCTL_LANG: 'ja' }, 'lang: ja\n', 'en'],
    ['the flag, joined', ['--lang=ja'], {}, undefined, 'ja'],
    ['the variable before the configuration', [], { ROOTCTL_LANG: 'en' }, 'lang: ja\n', 'en'],
    ['the configuration before the locale', [], { LANG: 'ja_JP.UTF-8' }, 'lang: en\n', 'en'],
    ['the configuration, in an English terminal', [], { LANG: 'en_US.UTF-8' }, 'lang: ja\n', 'ja'],
    ['an empty variable, which says nothing', [], { ROOTCTL_LANG: '', LANG: 'ja_JP.UTF-8' }, undefined, 'ja'],
  ])('is chosen by who is nearest: %s', async (_name, flags, env, config, expected) => {
    for (const args of [['status', '-o', 'xml'], ['statsu'], ['status', '--chekc'], ['status', '--concurrency', '0']]) {
      expect(await spoken([...args, ...flags], env, config)).toBe(expected);
    }
  });

  test.each<[string, string[], Record<string, string>, string | undefined, string]>([
    ['the flag', ['--lang', 'de'], {}, undefined, '--lang'],
    ['the flag without a value', ['--lang'], {}, undefined, '--lang'],
    ['the variable', [], { ROOTCTL_LANG: 'JA' }, undefined, 'ROOTCTL_LANG=JA'],
    ['the configuration', [], {}, 'lang: de\n', '.rootctl.yaml:1:7: lang'],
  ])('that is not spoken is wrong usage: %s', async (_name, flags, env, config, words) => {
    const world = scene();
    if (config !== undefined) world.inputs.set('.rootctl.yaml', config);
    const { code, stderr } = await world.run(['status', ...flags], { env });
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    if (words !== '--lang') expect(stderr).toContain('en, ja');
    expect(world.sandbox.requests).toEqual([]);
  });

  test('of the help is that of everything else, and a broken configuration leaves it that of the terminal', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'lang: ja\nnope: 1\n');
    const { code, stdout } = await world.run(['--help'], { env: { LANG: 'en_US.UTF-8' } });
    expect(code).toBe(0);
    expect(stdout).toContain('Finds and removes');
  });

  test.each([['--help'], ['delete', '--help'], ['policy', 'iam', '--help']])(
    'of %j %j %j is Japanese, no wider than the terminal',
    async (...args) => {
      const { code, stdout } = await scene().run([...args, '--lang', 'ja'], { stdout: { columns: 80 } });
      expect(code).toBe(0);
      expect(stdout).toContain('使い方: rootctl');
      expect(stdout).toContain('デフォルト: ');
      expect(stdout).not.toMatch(/Usage:|Options:|default|display/u);
      const lines = stdout.split('\n').filter((line) => !/^ {2}rootctl |^ {12}64|^終了コード/u.test(line));
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
    },
  );

  test('of stderr is Japanese, and that of JSON English', async () => {
    const { stdout, stderr, json } = await scene().run(['status', '--nope', '-o', 'json', '--lang', 'ja']);
    expect(stderr).toBe("エラー: オプション '--nope' はありません\nヒント: --name ではありませんか?\n");
    expect(json.error).toMatchObject({ code: 'Usage', message: "unknown option '--nope'" });
    expect(stdout).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
  });
});

test('a command to paste takes along the flags that lead back to the organization', async () => {
  const world = createScene(scenarioOf([{}], { organization: withoutAccess }));
  const { stderr } = await world.run(['status', '--profile', 'audit', '--region', 'eu-west-1']);
  expect(stderr).toContain(': rootctl enable --profile audit --region eu-west-1');
  const { stderr: plain } = await world.run(['status'], { env: { AWS_PROFILE: 'audit' } });
  expect(plain).toMatch(/: rootctl enable$/mu);
});
