import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorsPage } from '../../scripts/errors.ts';
import { widthOf } from '../../src/render/text.ts';
import { scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scene = () => createScene(scenarioOf([{}]));

describe('explain', () => {
  test.each(['AccessDenied', 'accessdenied', 'ACCESSDENIED'])(
    '%s says what it means, and asks AWS nothing',
    async (code) => {
      const world = scene();
      const { code: exit, stdout, stderr } = await world.run(['explain', code]);
      expect([exit, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^AccessDenied: AWS refused the call\n\nWhy +\S/u);
      for (const label of ['What to do', 'Who can fix it', 'Exit code']) expect(stdout).toContain(label);
      expect(world.sandbox.requests).toEqual([]);
    },
  );

  test('the cure of a code of AWS is that of its hint', async () => {
    const { stdout } = await scene().run(['explain', 'RequestExpired']);
    expect(stdout).toContain("this machine's clock is wrong: set it");
  });

  test('without a code lists all of them, in either language and width', async () => {
    for (const lang of ['en', 'ja']) {
      const { code, stdout } = await scene().run(['explain', '--lang', lang], { stdout: { columns: 80 } });
      expect(code).toBe(0);
      const codes = stdout.match(/^[A-Za-z-]{6,}(?= {2}|$)/gmu) ?? [];
      expect(codes.length).toBeGreaterThan(90);
      expect(stdout.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
    }
  });

  test('speaks Japanese', async () => {
    const { stdout } = await scene().run(['explain', 'StillSeen', '--lang', 'ja']);
    expect(stdout).toContain('StillSeen: AWS は削除を受け付けましたが');
    expect(stdout).toMatch(/^対応者 +AWS/mu);
  });

  test('an unknown code gets the nearest known one', async () => {
    const { code, stderr } = await scene().run(['explain', 'AccesDenied']);
    expect(code).toBe(64);
    expect(stderr).toBe(
      'error: there is no error code "AccesDenied"\nhint: did you mean AccessDenied? list all codes: rootctl explain\n',
    );
  });

  test('has no form for programs', async () => {
    const { code, json } = await scene().run(['explain', 'StillSeen', '-o', 'json']);
    expect([code, json.error.code]).toEqual([64, 'FormatNotOffered']);
  });
});

test('docs/errors.md is what the registry says (npm run errors)', async () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(await errorsPage());
});
