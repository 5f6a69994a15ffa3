import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { hostileNames, steering } from '../render/hostile.ts';
import { denyRoot, everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scenario = () =>
  scenarioOf(
    hostileNames.map((name, index) => ({
      name,
      ...(index % 3 === 0 ? { root: everything(memberId(index)) } : index % 3 === 1 ? { root: password } : {}),
    })),
    { organization: { policies: [denyRoot([memberId(2), memberId(5)])] } },
  );

const commands = [
  ['status'],
  ['status', '-o', 'markdown'],
  ['status', '-o', 'csv'],
  ['delete', '--all', '--dry-run'],
  ['delete', '--all', '--yes'],
];

test.each([80, 160])('at %i columns no name steers the terminal, and no line is wider', async (columns) => {
  for (const args of commands) {
    const scene = createScene(scenario());
    let text = '';
    const terminal = {
      isLive: false,
      columns,
      colorLevel: 0 as const,
      write: (piece: string) => {
        text += piece;
      },
    };
    const { code } = await scene.run(args, { stdout: terminal, stderr: terminal });
    expect(code).toBe(1);
    expect(text.length).toBeGreaterThan(1_000);
    for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
      expect(steering.test(line), JSON.stringify(line)).toBe(false);
      if (args.includes('-o') || line.startsWith('error:') || line.startsWith('hint:')) continue;
      expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(columns);
    }
  }
});

test('each account has one row, whatever its name says, and its id is whole', async () => {
  const scene = createScene(scenario());
  const { stdout } = await scene.run(['status']);
  for (const index of hostileNames.keys()) {
    const rows = stdout.split('\n').filter((line) => line.startsWith(memberId(index)));
    expect(rows, memberId(index)).toHaveLength(1);
  }
  expect(stdout).not.toMatch(/^123456789012/mu);
});

test('JSON keeps every name as AWS gave it', async () => {
  const scene = createScene(scenario());
  const { json } = await scene.run(['status', '-o', 'json']);
  expect(json.accounts.slice(1).map(({ name }: { name: string }) => name)).toEqual(hostileNames);
});

test('a cell of CSV is no formula', async () => {
  const scene = createScene(scenarioOf([{ name: '=HYPERLINK("x")' }, { name: '@SUM(1)' }, { name: '-1+1' }]));
  const { stdout } = await scene.run(['status', '-o', 'csv']);
  expect(stdout).not.toMatch(/(^|,)"?[=@+-]\D/mu);
});

test('on GitHub Actions no name is a command to the runner, in whatever form it is printed', async () => {
  const names = ['::add-mask::a', ' \u00a0::error::b', 'c ##[stop-commands]d', `${'wide '.repeat(30)}::warning::e`];
  const organization = { policies: [denyRoot([memberId(2)])] };
  const all = scenarioOf(
    names.map((name) => ({ name, root: password })),
    { organization },
  );
  const env = { GITHUB_ACTIONS: 'true' };
  for (const args of [
    ['status', '--check'],
    ['status', '--columns', 'name,root'],
    ['status', '-o', 'markdown'],
    ['status', '-o', 'json'],
    ['status', '-o', 'ndjson'],
    ['status', '-o', 'sarif'],
    ['delete', '--all', '--yes'],
    ['status', '--exclude', '##[error]nobody'],
    ['status', '--ou', '::error::nowhere'],
  ]) {
    const { stdout, stderr } = await createScene(all).run(args, { env });
    const lines = `${stdout}\n${stderr}`
      .split('\n')
      .filter((line) => !/^::(?:error|warning) title=rootctl::/u.test(line));
    expect(lines.filter((line) => line.trimStart().startsWith('::') || line.includes('##['))).toEqual([]);
  }
  // Elsewhere a name is shown as it is.
  expect((await createScene(all).run(['status', '--columns', 'name'])).stdout).toMatch(/^::add-mask::a$/mu);
});
