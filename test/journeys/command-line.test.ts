import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeHome, rootctl } from '../support/program.ts';
import { serve } from '../support/sandbox-server.ts';
import { password, scenarioOf } from '../support/scenarios.ts';
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
    ['--rate 0', ['status', '--rate', '0'], 'it must be a number from'],
    ['--sort by nothing', ['status', '--sort', 'size'], 'default'],
    ['enable --only something', ['enable', '--only', 'all'], 'root-sessions'],
    ['a missing value', ['status', '--ou'], 'needs a value'],
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

describe('a duration', () => {
  test('takes seconds and units in every flag, and the help of each says so', async () => {
    const world = createScene(scenarioOf([{ root: password }]));
    for (const given of [
      ['runs', '--timeout', '90'],
      ['runs', '--timeout', '90s'],
      ['delete', '--all', '--dry-run', '--wait', '10'],
      ['delete', '--all', '--dry-run', '--wait', '1m'],
      ['delete', '--all', '--dry-run', '--plan-max-age', '86400'],
      ['delete', '--all', '--dry-run', '--unused-for', '7776000'],
    ]) {
      expect([given, (await world.run(given)).code]).toEqual([given, 0]);
    }
    for (const args of [['--help'], ['delete', '--help'], ['runs', 'resume', '--help']]) {
      const { stdout } = await world.run(args);
      const flags = stdout.replaceAll(/\n {20,}/gu, ' ').match(/ --\S+ <time>.*/gu) ?? [];
      expect(flags.length).toBeGreaterThan(0);
      for (const flag of flags) expect(flag).toContain('(seconds, or 15m, 24h, 90d)');
    }
  });

  test.each([
    ['--timeout', '0'],
    ['--timeout', '1w'],
    ['--timeout', '40000d'],
    ['--timeout', ''],
  ])('%s %j is wrong usage', async (flag, value) => {
    const { code, stderr } = await scene().run(['status', flag, value]);
    expect([code, stderr]).toEqual([64, expect.stringContaining('seconds, or a number with a unit')]);
  });

  test('a --timeout longer than a timer of Node can hold does not end the command at once', async () => {
    const home = await makeHome();
    expect((await rootctl(['sandbox', 'reset'], { home })).code).toBe(0);
    expect((await rootctl(['enable', '--sandbox', '--timeout', '2147484'], { home })).code).toBe(0);
    const { code, stderr } = await rootctl(['status', '--sandbox', '--timeout', '2147484', '--exclude', 'legacy-erp'], {
      home,
    });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('--unused-for says its span in words; one below a day is warned of, also with --quiet', async () => {
    const world = createScene(scenarioOf([{ root: password }]));
    const days = await world.run(['delete', '--all', '--unused-for', '90d', '--dry-run']);
    expect(days.stderr).toContain('Accounts whose root user was used in the last 90 days are skipped.');
    const seconds = await world.run(['delete', '--all', '--unused-for', '90', '--dry-run', '-q']);
    expect(seconds.stderr).toContain(
      'warning: --unused-for skips only accounts whose root user was used in the last 90 seconds',
    );
    expect((await world.run(['delete', '--all', '--unused-for', '0', '--dry-run'])).code).toBe(64);
  });
});

test('--unused-for leaves an account alone whose password was used of late, and is gone', async () => {
  const mfaDevices = [{ serialNumber: 'arn:aws:iam::200000000001:mfa/x', enabledAt: '400d ago' }];
  const root = { passwordLastUsedAt: '1h ago', mfaDevices };
  const scene = createScene(scenarioOf([{ root }, { root: { ...root, passwordLastUsedAt: '200d ago' } }]));
  const planning = ['delete', '--all', '--dry-run', '-o', 'json'];
  const { json } = await scene.run([...planning, '--unused-for', '90d']);
  expect(json.accounts).toMatchObject([
    { reason: 'management-account' },
    { outcome: 'skipped', reason: 'used-recently' },
    { outcome: 'planned' },
  ]);
  const asked = () => scene.sandbox.requests.filter(({ operation }) => operation === 'GetUser').length;
  const before = asked();
  expect(before).toBe(2);
  expect((await scene.run(planning)).json.accounts[1]).toMatchObject({ outcome: 'planned' });
  expect(asked()).toBe(before); // where it decides nothing it is not asked for
});

describe('help', () => {
  const commands = ['status', 'enable', 'disable', 'delete', 'runs', 'sandbox'];

  test('rootctl alone is its help', async () => {
    const home = await makeHome();
    const { code, stdout, stderr } = await rootctl([], { home });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe((await rootctl(['--help'], { home })).stdout);
    expect((await scene().run(['--quiet'])).stdout).toContain('Usage: rootctl');
  });

  test.each<[string[], string, string]>([
    [['transfer', '--help'], "unknown command 'transfer'", 'see rootctl --help'],
    [['statsu', '--help'], "unknown command 'statsu'", 'did you mean status?'],
    [['--help', 'statsu'], "unknown command 'statsu'", 'did you mean status?'],
    [['help', 'statsu'], "unknown command 'statsu'", 'did you mean status?'],
    [['help', 'runs', 'shwo'], "unknown command 'shwo'", 'did you mean show?'],
    [['--region', 'eu-west-1', 'nope', '-h'], "unknown command 'nope'", 'see rootctl --help'],
    [['runs', 'nope', '--help'], "unknown command 'nope'", 'see rootctl runs --help'],
    [['sandbox', 'rest', '--help'], "unknown command 'rest'", 'did you mean reset?'],
    [['sandbox', 'nope'], "unknown command 'nope'", 'help'],
    [['unlock', 'nope', '--account', '123456789012'], "unknown command 'nope'", 'help'],
    [['status', '--chekc', '--help'], "unknown option '--chekc'", 'did you mean --check?'],
    [['--nope', '--help'], "unknown option '--nope'", 'see rootctl --help'],
    [['sandbox'], 'no command given', 'rootctl sandbox --help'],
    [['unlock', 's3'], "required option '--account <account>' is missing", 'see rootctl unlock s3 --help'],
    [
      ['sandbox', 'reset', '--accounts', '0'],
      'is invalid: it must be a whole number',
      'see rootctl sandbox reset --help',
    ],
  ])('%j is wrong usage, not help', async (args, what, cure) => {
    const { code, stdout, stderr } = await scene().run(args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/u);
    expect(stderr.split('\n')[0]).toContain(what);
    expect(stderr.split('\n')[1]).toContain(cure);
    const json = await scene().run([...args, '-o', 'json']);
    expect([json.code, json.json.kind]).toEqual([64, 'rootctl.error']);
  });

  test.each([
    [['help']],
    [['help', 'runs', 'show']],
    [['--help', 'status', '--check']],
    [['status', '--check', '--exclude', 'x', '--help']],
    [['status', '123456789012', '-h']],
    [['delete', '--all', '--wait=5s', '--help', '--quiet']],
    [['runs', 'resume', 'x', '--wait', '5', '--help']],
    [['unlock', 's3', '--help']],
  ])('%j is help', async (args) => {
    const { code, stdout, stderr } = await scene().run(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: rootctl');
  });

  test('--help fits one screen: the commands, examples, exit codes', async () => {
    const home = await makeHome();
    const { code, stdout, stderr } = await rootctl(['--help'], { home });
    expect([code, stderr]).toEqual([0, '']);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}`, 'mu'));
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('130 interrupted');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(57);
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
    ['an unknown format', 'output: xml\n', '.rootctl.yaml:1:9: output: it must be one of table, json'],
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
  });

  test('the nearer file wins key by key, and what it does not say stays', async () => {
    const world = scene();
    world.inputs.set('/config/config.yaml', 'output: json\nconcurrency: 3\n');
    world.inputs.set('.rootctl.yaml', 'concurrency: 2\n');
    expect((await world.run(['status'])).json.kind).toBe('rootctl.status');
    world.inputs.set('.rootctl.yaml', 'output: csv\n');
    expect((await world.run(['status'])).stdout).toMatch(/^account_id,/u);
  });

  test('a home file that is wrong or cannot be read is an error, whatever the nearer one says', async () => {
    const home = await makeHome();
    await mkdir(home.file('config/rootctl'), { recursive: true });
    await writeFile(home.file('.rootctl.yaml'), 'output: json\n');
    const homeFile = home.file('config/rootctl/config.yaml');
    await writeFile(homeFile, 'protect: {}\n');
    const wrong = await rootctl(['status', '--sandbox'], { home });
    expect([wrong.code, wrong.stderr]).toEqual([64, expect.stringContaining('protect must be a list')]);
    await rm(homeFile);
    await symlink(home.file('nowhere.yaml'), homeFile);
    const dangling = await rootctl(['status', '--sandbox', '--config', '.rootctl.yaml'], { home });
    expect([dangling.code, dangling.stderr]).toEqual([64, expect.stringContaining('config.yaml (ENOENT)')]);
    await rm(homeFile);
    await mkdir(homeFile);
    const folder = await rootctl(['status', '--sandbox'], { home });
    expect([folder.code, folder.stderr]).toEqual([64, expect.stringContaining('config.yaml (EISDIR)')]);
  });

  test('endpointUrl counts in the home file; in any other it is an error before anything is sent', async () => {
    const served = await serve(scenarioOf([{}]));
    const { home } = served;
    const line = `endpointUrl: ${served.endpoint}\n`;
    await writeFile(home.file('.rootctl.yaml'), `output: json\n${line}`);
    for (const args of [['status'], ['status', '--config', '.rootctl.yaml'], ['runs']]) {
      const { code, stderr } = await rootctl(args, { home, env: served.env() });
      expect([code, stderr]).toEqual([
        64,
        expect.stringContaining('.rootctl.yaml:2:14: endpointUrl is allowed in the user configuration only'),
      ]);
      expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/u);
    }
    expect(await served.requests()).toEqual([]);
    await mkdir(home.file('config/rootctl'), { recursive: true });
    const homeFile = home.file('config/rootctl/config.yaml');
    await writeFile(homeFile, line);
    await writeFile(home.file('.rootctl.yaml'), 'output: json\n');
    expect((await rootctl(['status'], { home, env: served.env() })).code).toBe(0);
    // The home file by another name is the home file.
    expect((await rootctl(['status', '--config', homeFile], { home, env: served.env() })).code).toBe(0);
    await rm(home.file('.rootctl.yaml'));
    await symlink(homeFile, home.file('.rootctl.yaml'));
    expect((await rootctl(['status'], { home, env: served.env() })).code).toBe(0);
  });

  test('flags win over it', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'output: json\nconcurrency: 1\nrate: 5\n');
    expect((await world.run(['status', '-o', 'csv'])).stdout).toMatch(/^account_id,/u);
  });
});

test('a page of accounts that is asked for its tags at once gives Node nothing to warn of', async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', listen);
  onTestFinished(() => void process.off('warning', listen));
  const { code } = await createScene(scenarioOf(Array.from({ length: 40 }, () => ({})))).run([
    'status',
    '--tag',
    'a=b',
  ]);
  expect(code).not.toBe(13);
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});
