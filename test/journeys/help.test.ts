import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { variableOf } from '../../src/configuration/settings.ts';
import { topicNames } from '../../src/words/index.ts';
import { password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';
import { program, settings } from '../support/settings.ts';

const scene = () => createScene(scenarioOf([{ root: password }]));

const leaves = (command: Command, path: readonly string[] = []): readonly (readonly string[])[] =>
  command.commands.flatMap((one) => [[...path, one.name()], ...leaves(one, [...path, one.name()])]);
const commands = leaves(program()).filter(([name]) => name !== 'help');

describe('every command, however deep, begins its help with examples that it understands', () => {
  test.each(commands.map((path) => [path.join(' '), path] as const))('%s', async (name, path) => {
    const { code, stdout, stderr } = await scene().run([...path, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect((await scene().run(['help', ...path])).stdout).toBe(stdout);
    const examples = stdout.slice(0, stdout.indexOf('Usage:'));
    expect(examples).toContain(`rootctl ${name}`);
    for (const [, line = ''] of examples.matchAll(/^ {2}rootctl (.*?)(?: {2,}.*)?$/gmu)) {
      const words = line.replace(/ [>|].*$/u, '').match(/"[^"]*"|\S+/gu) ?? [];
      const understood = await scene().run([...words.map((word) => word.replaceAll('"', '')), '--help']);
      expect([line, understood.code, understood.stderr]).toEqual([line, 0, '']);
    }
  });
});

describe('a topic', () => {
  test.each(topicNames.flatMap((name) => [[name, 'en'] as const, [name, 'ja'] as const]))(
    '%s is told in %s, and fits the terminal',
    async (name, lang) => {
      const { code, stdout, stderr } = await scene().run(['help', name, '--lang', lang]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.split('\n').length).toBeGreaterThan(6);
      expect(/[぀-ヿ]/u.test(stdout)).toBe(lang === 'ja');
      expect(stdout).not.toMatch(/undefined|\[object/u);
    },
  );

  test('is listed by the help', async () => {
    const { stdout } = await scene().run(['--help']);
    for (const name of topicNames) expect(stdout).toContain(name);
    expect(stdout.match(/^ {2}help /gmu)).toHaveLength(1);
  });

  test('environment names every variable, with its flag', async () => {
    const { stdout } = await scene().run(['help', 'environment']);
    for (const setting of settings) {
      expect(stdout).toMatch(new RegExp(`${variableOf(setting)}\\s+--${setting.flag}:`, 'u'));
    }
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('there is no telemetry and no update check');
  });

  test.each([
    [['help', 'formating'], "unknown command 'formating'", 'did you mean formatting?'],
    [['help', 'exit-code'], "unknown command 'exit-code'", 'did you mean exit-codes?'],
    [['help', 'status', 'extra'], "unknown command 'extra'", 'see rootctl status --help'],
    [['help', 'unlock', 's4'], "unknown command 's4'", 'did you mean s3?'],
    [['help', 'safety', 'first'], "too many arguments for 'help'", 'see rootctl help --help'],
  ])('%j is wrong usage', async (args, what, cure) => {
    const { code, stdout, stderr } = await scene().run(args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(what);
    expect(stderr).toContain(cure);
  });

  test('is told with a broken configuration and with variables that say nonsense', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'nope: 1\n');
    expect((await world.run(['help', 'safety'], { env: { ROOTCTL_RATE: 'fast' } })).code).toBe(0);
  });
});
