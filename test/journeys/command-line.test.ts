import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { makeHome, rootctl } from '../support/program.ts';
import { scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scene = () => createScene(scenarioOf([{}]));

describe('what is mistyped', () => {
  test.each<[string, string[], string]>([
    ['a command', ['statsu'], 'status'],
    ['a subcommand', ['runs', 'shwo', 'x'], 'show'],
    ['a subcommand of the sandbox', ['sandbox', 'rest'], 'reset'],
    ['a flag', ['status', '--chekc'], '--check'],
    ['a flag of another spelling', ['delete', '--dryrun'], '--dry-run'],
    ['a global flag', ['status', '--endpoint-ulr', 'x'], '--endpoint-url'],
  ])('%s gets the nearest known one', async (_name, args, nearest) => {
    const { code, stdout, stderr } = await scene().run(args);
    expect(code).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/u);
    expect(stderr.split('\n')[1]).toContain(nearest);
  });

  test.each<[string, string[], string]>([
    ['an unknown format', ['status', '-o', 'xml'], 'choose one of: table, json'],
    ['a format with a typing mistake', ['runs', '-o', 'jsn'], 'choose one of'],
    ['--concurrency 0', ['status', '--concurrency', '0'], 'whole number'],
    ['--concurrency many', ['status', '--concurrency', '1e3'], 'whole number'],
    ['--rate 0', ['status', '--rate', '0'], 'above 0'],
    ['--sort by nothing', ['status', '--sort', 'size'], 'default'],
    ['enable --only something', ['enable', '--only', 'all'], 'root-sessions'],
    ['a missing value', ['status', '--ou'], 'argument missing'],
    ['a word too many', ['runs', 'show', 'a', 'b'], 'too many arguments'],
    ['runs show without an id', ['runs', 'show'], 'missing'],
    ['a port that there is not', ['sandbox', 'start', '--port', '70000'], '65535'],
    ['sandbox reset of nothing', ['sandbox', 'reset', '--accounts', '0'], 'whole number'],
  ])('%s is wrong usage', async (_name, args, words) => {
    const world = scene();
    const { code, stderr } = await world.run(args);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    expect(world.sandbox.requests).toEqual([]);
  });

  test('-o json errors are a document on stdout too, even when the command line cannot be parsed', async () => {
    const home = await makeHome();
    for (const args of [
      ['statsu', '-o', 'json'],
      ['status', '--nope', '-o=json'],
      ['status', '--nope', '--output', 'json'],
      ['status', '20000000001', '--output=json'],
    ]) {
      const { code, json, stderr } = await rootctl(args, { home });
      expect(code).toBe(64);
      expect(json).toMatchObject({ schemaVersion: '1', kind: 'rootctl.error', error: { message: expect.any(String) } });
      expect(stderr).toMatch(/^error: /u);
    }
  });

  test('output: json in the configuration counts for errors as well', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'output: json\n');
    const { code, stdout } = await world.run(['delete']);
    expect(code).toBe(64);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'rootctl.error' });
  });
});

describe('help', () => {
  const commands = ['status', 'enable', 'disable', 'delete', 'runs', 'sandbox'];

  test('rootctl alone says what to do', async () => {
    const home = await makeHome();
    const { code, stdout, stderr } = await rootctl([], { home });
    expect(code).toBe(64);
    expect(`${stdout}${stderr}`).toContain('rootctl --help');
  });

  test('--help fits one screen: the commands, examples, exit codes', async () => {
    const home = await makeHome();
    const { code, stdout, stderr } = await rootctl(['--help'], { home });
    expect([code, stderr]).toEqual([0, '']);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}`, 'mu'));
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('130 interrupted');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(48);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test.each(commands)('%s --help starts with examples that it understands', async (command) => {
    const { code, stdout } = await scene().run([command, '--help']);
    expect(code).toBe(0);
    const examples = stdout.slice(0, stdout.indexOf('Usage:'));
    expect(examples).toContain(`rootctl ${command}`);
    for (const line of examples.split('\n').filter((one) => one.includes('rootctl '))) {
      const words = line
        .trim()
        .replace(/^rootctl /u, '')
        .replace(/ {2,}.*$|…/u, '')
        .trim()
        .split(' ');
      // A flag that the command does not know would be a usage error; --help stops everything else.
      const { code: understood, stderr } = await scene().run([...words, '--help']);
      expect([line, understood, stderr]).toEqual([line, 0, '']);
    }
  });

  test('--version prints the version of the package', async () => {
    const home = await makeHome();
    const { stdout } = await rootctl(['--version'], { home });
    const { version } = (await import('../../package.json')).default;
    expect(stdout).toBe(`${version}\n`);
  });
});

describe('the configuration file', () => {
  test.each<[string, string, string]>([
    ['a syntax error', 'protect: [\n', ':2:1'],
    ['an unknown key', 'protects: []\n', 'unknown key protects'],
    ['a wrong type', 'protect: 111122223333\n', 'protect'],
    ['a number that is none', 'concurrency: many\n', 'concurrency'],
    ['an unknown format', 'output: xml\n', 'unknown output format'],
  ])('%s is wrong usage, and says where', async (_name, text, words) => {
    const home = await makeHome();
    await writeFile(home.file('.rootctl.yaml'), text);
    const { code, stderr } = await rootctl(['status', '--sandbox'], { home });
    expect(code).toBe(64);
    expect(stderr).toContain(words);
  });

  test('an empty one is as none', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', '# nothing yet\n');
    expect((await world.run(['status'])).code).toBe(0);
  });

  test('the one of the configuration folder is read where there is none here', async () => {
    const world = scene();
    world.inputs.set('/config/config.yaml', 'output: json\n');
    expect((await world.run(['status'])).json.kind).toBe('rootctl.status');
    world.inputs.set('.rootctl.yaml', 'concurrency: 3\n');
    expect((await world.run(['status'])).stdout).not.toContain('{');
  });

  test('flags win over it', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'output: json\nconcurrency: 1\nrate: 5\n');
    expect((await world.run(['status', '-o', 'csv'])).stdout).toMatch(/^account_id,/u);
  });
});
