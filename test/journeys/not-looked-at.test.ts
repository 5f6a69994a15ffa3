import { describe, expect, test } from 'vitest';
import { managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const [suspended, held, guarded, clean] = [0, 1, 2, 3].map(memberId) as [string, string, string, string];
const scene = () => {
  const made = createScene(
    scenarioOf(
      [
        { name: 'sandbox-old', state: 'SUSPENDED', root: password, parentId: 'ou-test-graveyrd' },
        { name: 'payments', root: password },
        { name: 'break-glass', root: password },
        { name: 'network' },
        { name: 'gone', state: 'CLOSED', parentId: 'ou-test-graveyrd' },
      ],
      { organization: { organizationalUnits: [{ id: 'ou-test-graveyrd', name: 'Graveyard', parentId: 'r-test' }] } },
    ),
  );
  made.inputs.set('.rootctl.yaml', `protect: ["${guarded}"]\n`);
  return made;
};
const notLookedAt = /no root credentials were found|\ball\b/iu;

describe('delete of accounts that can never be a target', () => {
  test.each([
    ['a suspended one', [suspended], 'AccountNotActive', 'sandbox-old (200000000001) is suspended'],
    ['the management account', [managementId], 'ManagementAccount', 'is the management account'],
    ['a protected one', [guarded], 'AccountProtected', 'is protected by the configuration'],
    ['an excluded one', [held, '--exclude', held], 'AccountExcluded', 'is excluded by --exclude'],
    ['two', [suspended, managementId], 'ManagementAccount', '; the other selected account cannot be a target either'],
    [
      'several',
      [suspended, managementId, guarded],
      'ManagementAccount',
      'the other 2 selected accounts cannot be targets',
    ],
  ])('is an error when it is all that was named: %s', async (_name, named, code, words) => {
    for (const more of [['--yes'], ['--dry-run'], ['--plan-out', 'plan.json']]) {
      const made = scene();
      const result = await made.run(['delete', ...named, ...more, '-o', 'json']);
      expect(result.code).toBe(64);
      expect(result.json).toMatchObject({ kind: 'rootctl.error', error: { code } });
      expect(result.stderr).toContain(words);
      expect(made.inputs.has('plan.json')).toBe(false);
      expect(made.sandbox.requests.map(({ operation }) => operation)).not.toContain('AssumeRoot');
    }
  });

  test('beside one that can be is told, and the other is done', async () => {
    const made = scene();
    const { code, json } = await made.run(['delete', suspended, held, '--yes', '-o', 'json']);
    expect(code).toBe(0);
    expect(json.summary).toMatchObject({ deleted: 1, skipped: 1 });
  });

  test('beside a clean one says who was not looked at, and why', async () => {
    const { code, stdout } = await scene().run(['delete', suspended, clean, '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing to delete: no root credentials were found. Not checked: sandbox-old (suspended)');
  });
});

describe('a selection in which nobody could be looked at', () => {
  test.each([[['--ou', 'Graveyard']], [['--name', 'sandbox-*']], [['--name', 'break-*']]])(
    'is told as that, not as clean: %j',
    async (selection) => {
      for (const args of [
        ['delete', ...selection, '--yes'],
        ['delete', ...selection, '--dry-run'],
      ]) {
        const { code, stdout } = await scene().run(args);
        expect(code).toBe(0);
        expect(stdout).toContain('No account was checked');
        expect(stdout).toContain('Not checked: ');
        expect(stdout).not.toMatch(notLookedAt);
      }
      const { stdout } = await scene().run(['status', ...selection]);
      expect(stdout).toContain('No account was checked.');
      expect(stdout).not.toMatch(notLookedAt);
      const markdown = (await scene().run(['status', ...selection, '-o', 'markdown'])).stdout;
      expect(markdown).not.toMatch(/✔|free of/u);
    },
  );

  test('accounts that were left alone because their root was used are not "no root credentials"', async () => {
    const made = createScene(
      scenarioOf([{ root: { loginProfile: { createdAt: '700d ago' }, passwordLastUsedAt: '1d ago' } }]),
    );
    const { stdout } = await made.run(['delete', memberId(0), '--unused-for', '90d', '--yes']);
    expect(stdout).toContain('Nothing was deleted.');
    expect(stdout).not.toMatch(notLookedAt);
  });
});
