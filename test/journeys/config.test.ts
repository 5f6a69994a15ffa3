import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scene = () => createScene(scenarioOf([{}]));
type Shown = { readonly command: string | null; readonly name: string };
const settingIn = (json: { settings: readonly Shown[] }, name: string, command: string | null = null) =>
  json.settings.find((one) => one.name === name && one.command === command);

describe('config show', () => {
  test('tells what holds, and the flag, the variable or the line that says so', async () => {
    const world = scene();
    world.inputs.set('/config/config.yaml', 'concurrency: 3\nendpointUrl: http://me:secret@localhost:4566\n');
    world.inputs.set('.rootctl.yaml', 'protect: [012345678901]\ncommands:\n  delete: { max-accounts: 50 }\n');
    const env = { ROOTCTL_WAIT: '5m', AWS_PROFILE: 'audit' };
    const { code, json } = await world.run(['config', 'show', '--timeout', '90', '-o', 'json'], { env });
    expect([code, json.complete, json.files]).toEqual([0, true, ['/config/config.yaml', '.rootctl.yaml']]);
    expect(settingIn(json, 'timeout')).toMatchObject({ value: '90s', source: 'flag', from: '--timeout' });
    expect(settingIn(json, 'wait', 'delete')).toMatchObject({ value: '5m', source: 'variable', from: 'ROOTCTL_WAIT' });
    expect(settingIn(json, 'profile')).toMatchObject({ value: 'audit', source: 'variable', from: 'AWS_PROFILE' });
    expect(settingIn(json, 'concurrency')).toMatchObject({ value: '3', from: '/config/config.yaml:1:14' });
    expect(settingIn(json, 'max-accounts', 'delete')).toMatchObject({ value: '50', from: '.rootctl.yaml:3:27' });
    expect(settingIn(json, 'protect')).toMatchObject({ value: '012345678901', from: '.rootctl.yaml:1:11' });
    expect(settingIn(json, 'plan-max-age', 'delete')).toMatchObject({ value: '24h', source: 'default', from: null });
    expect(settingIn(json, 'rate')).toMatchObject({ value: null, source: 'default' });
    expect(JSON.stringify(json)).not.toContain('secret');
    expect(world.sandbox.requests).toEqual([]);
  });

  test('a variable has the values of a flag that may be repeated one a line, and blanks alone are a mistake', async () => {
    const env = { ROOTCTL_FRAMEWORK: 'cis-7.0.0\n\naws-config\n' };
    const { json } = await scene().run(['report', '-o', 'json'], { env });
    expect([...new Set(json.controls.map(({ key }: { key: string }) => key.replace(/\/.*/u, '')))]).toEqual([
      'cis-7.0.0',
      'aws-config',
    ]);
    const wrong = await scene().run(['report'], { env: { ROOTCTL_FRAMEWORK: 'cis-7.0.0\ncis' } });
    expect([wrong.code, wrong.stderr]).toEqual([64, expect.stringContaining('it must be one of')]);
    const world = scene();
    const blank = await world.run(['delete', '--all', '--yes'], { env: { ROOTCTL_EXCLUDE: ' \n ' } });
    expect([blank.code, blank.stderr]).toEqual([64, expect.stringContaining('ROOTCTL_EXCLUDE')]);
    expect(world.sandbox.requests).toEqual([]);
  });

  test('reads the file that a variable names, as every command does', async () => {
    const world = scene();
    world.inputs.set('other.yaml', 'concurrency: 3\nprotect: [012345678901]\n');
    const env = { ROOTCTL_CONFIG: 'other.yaml' };
    const { code, json } = await world.run(['config', 'show', '-o', 'json'], { env });
    expect([code, json.files]).toEqual([0, ['other.yaml']]);
    expect(settingIn(json, 'concurrency')).toMatchObject({ value: '3', from: 'other.yaml:1:14' });
    expect(settingIn(json, 'protect')).toMatchObject({ value: '012345678901' });
    const missing = await world.run(['config', 'show'], { env: { ROOTCTL_CONFIG: 'nowhere.yaml' } });
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringContaining('cannot read the configuration nowhere'),
    ]);
  });

  test.each([
    'https://u:secret@h',
    'HTTPS://u:secret@h/x',
    'https:/u:secret@h',
    ' http:\\\\u:secret@h',
    'ftp://secret@h',
  ])('nor any message tells the password of an address: %s', async (url) => {
    const env = { ROOTCTL_ENDPOINT_URL: url };
    for (const [args, more] of [
      [['config', 'show', '-o', 'json'], { env }],
      [['config', 'show', '-o', 'json', '--endpoint-url', url], {}],
      [['doctor', '-o', 'json'], { env }],
      [['doctor', '--endpoint-url', url.replace('http', 'htp')], {}],
    ] as const) {
      const { stdout, stderr } = await scene().run(args, more);
      expect(`${stdout}${stderr}`.replaceAll(`--endpoint-url '${url}'`, '')).not.toContain('secret');
    }
  });

  test('in a table without what nobody says', async () => {
    const { stdout } = await scene().run(['config', 'show'], { env: { ROOTCTL_REGION: 'eu-west-1' } });
    expect(stdout).toMatch(/^--region +eu-west-1 +ROOTCTL_REGION$/mu);
    expect(stdout).toMatch(/^--output +table +default$/mu);
    expect(stdout).not.toMatch(/^--rate/mu);
  });

  test('tells what is wrong in a file and in variables, and the rest all the same', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'regio: eu-west-1\n');
    const env = { ROOTCTL_RATE: 'fast', ROOTCTL_WAIT: '5m' };
    const { code, stdout, stderr } = await world.run(['config', 'show', '-o', 'json'], { env });
    const json = JSON.parse(stdout);
    expect([code, json.complete]).toEqual([1, false]);
    expect(json.errors.map((error: { code: string }) => error.code)).toEqual(['InvalidConfig', 'Usage']);
    expect(stderr).toContain('.rootctl.yaml:1:8: unknown key regio');
    expect(stderr).toContain('did you mean region?');
    expect(stderr).toContain('ROOTCTL_RATE=fast is invalid');
    expect(settingIn(json, 'wait', 'delete')).toMatchObject({ value: '5m' });
  });
});

describe('what a configuration may be', () => {
  test('a file of megabytes is not read as a configuration', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', ' '.repeat(2 ** 20 + 1));
    const { code, stderr } = await world.run(['status']);
    expect([code, stderr.split('\n')[0]]).toEqual([64, 'error: cannot read the configuration .rootctl.yaml (EFBIG)']);
  });
});

describe('config schema', () => {
  test('is the one that ships with the package, in English, whatever the configuration says', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'nope: 1\n');
    const { code, stdout } = await world.run(['config', 'schema', '--lang', 'ja']);
    expect(code).toBe(0);
    expect(stdout).toBe(await readFile(join(import.meta.dirname, '../../schemas/config.json'), 'utf8'));
  });

  test('takes what a file may say, and nothing that it may not', async () => {
    const schema = JSON.parse((await scene().run(['config', 'schema'])).stdout);
    const validate = new Ajv2020({ strict: true }).compile(schema);
    const good = {
      region: 'eu-west-1',
      concurrency: 10,
      rate: 2.5,
      output: 'json',
      timeout: '10m',
      'no-color': true,
      protect: ['012345678901', 123456789012, 'Workloads/Prod'],
      commands: {
        delete: { 'max-accounts': 50, 'unused-for': '90d', only: 'access-keys' },
        'runs resume': { wait: 90 },
      },
    };
    expect([validate(good), validate.errors]).toEqual([true, null]);
    for (const bad of [
      { regio: 'eu-west-1' },
      { output: 'xml' },
      { concurrency: 0 },
      { commands: { delete: { yes: true } } },
      { commands: { delete: { accounts: '123456789012' } } },
      { commands: { delet: {} } },
    ]) {
      expect([bad, validate(bad)]).toEqual([bad, false]);
    }
  });
});
