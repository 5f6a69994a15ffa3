import { describe, expect, test } from 'vitest';
import { createWorld } from '../../harness/world.ts';
import { runProgram } from '../../src/cli/program.ts';
import { offers } from '../../src/flags/grammar.ts';

const said = async (...args: readonly string[]): Promise<string> => {
  const world = createWorld();
  await runProgram(args, world);
  expect([args, world.written.stderr]).toEqual([args, '']);
  return world.written.stdout;
};

/** The words that a help page begins a line with, under this title. */
const listed = (page: string, title: string): readonly string[] => {
  const [, after = ''] = page.split(`\n${title}:\n`);
  const [section = ''] = after.split('\n\n');
  return section.split('\n').flatMap((line) => /^ {2}(\S.*?)(?: {2,}|$)/u.exec(line)?.[1] ?? []);
};

/** Every command's help, by what is typed before `--help`. */
async function pages(path: readonly string[] = []): Promise<readonly (readonly [readonly string[], string])[]> {
  const page = await said(...path, '--help');
  const names = listed(page, 'Commands').map((line) => line.split(/[ |]/u)[0] ?? '');
  const below = await Promise.all(names.filter((name) => name !== 'help').map((name) => pages([...path, name])));
  return [[path, page], ...below.flat()];
}

describe('the scripts say what --help says', () => {
  test('every command and every flag of every help page is in every script', async () => {
    const all = await pages();
    expect(all.length).toBeGreaterThan(20);
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const script = await said('completion', shell);
      for (const [path, page] of all) {
        const flags = listed(page, 'Options').flatMap((line) => line.match(/(?<![\w-])--?[a-z][a-z-]*/gu) ?? []);
        expect(flags.length).toBeGreaterThan(0);
        for (const word of [...path, ...flags]) {
          expect([shell, word, new RegExp(`[ '(]${word}[ ':)\\t]`, 'u').test(script)]).toEqual([shell, word, true]);
        }
      }
    }
  });

  test('it has been thought of what every value can be completed to (src/flags/grammar.ts, `offers`)', async () => {
    const thoughtless: string[] = [];
    for (const [path, page] of await pages()) {
      for (const line of listed(page, 'Options')) {
        const [value] = /<.+>$/u.exec(line) ?? [];
        const isListed = new RegExp(`${line.replaceAll(/[.*+?^$()[\]{}|\\/]/gu, '\\$&')}\\s[^<]*choices`, 'u').test(
          page,
        );
        if (value !== undefined && offers[value] === undefined && offers[line] === undefined && !isListed)
          thoughtless.push(`${path.join(' ')} ${line}`);
      }
    }
    expect(thoughtless).toEqual([]);
  });
});

describe('PowerShell, which cannot be had here: its script', () => {
  /** Quotes and brackets as its grammar has them; what stands in quotes or comments is left out. */
  const skeleton = (script: string): string =>
    script
      .replaceAll(/^\s*#.*$/gmu, '')
      .replaceAll(/'(?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*'/gu, "''")
      .replaceAll(/"(?:[^"`]|`.)*"/gu, '""');

  test.each(['en', 'ja'])('opens and closes every quote and bracket (%s)', async (language) => {
    const code = skeleton(await said('completion', 'powershell', '--lang', language));
    const open: string[] = [];
    const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
    for (const character of code) {
      if ('([{'.includes(character)) open.push(character);
      const opening = pairs[character];
      if (opening !== undefined) expect(open.pop()).toBe(opening);
    }
    expect(open).toEqual([]);
    expect(code.replaceAll("''", '').replaceAll('""', '')).not.toMatch(/['"\u2018\u2019\u201a\u201b\u201c\u201d]/u);
  });

  test('names no key twice in a table: PowerShell would refuse it', async () => {
    const script = await said('completion', 'powershell');
    for (const [, table = ''] of script.matchAll(/@\{\n((?:\s+'.*' = '.*'\n)+)/gu)) {
      const keys = [...table.matchAll(/^\s+('(?:[^']|'')*') = /gmu)].map(([, key = '']) => key.toLowerCase());
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
  });

  test('quotes what it offers by the rules of the language itself', async () => {
    const script = await said('completion', 'powershell');
    expect(script).toContain(
      '[System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent(',
    );
    expect(script).toMatch(/^Register-ArgumentCompleter -Native -CommandName rootctl -ScriptBlock \{$/mu);
  });
});
