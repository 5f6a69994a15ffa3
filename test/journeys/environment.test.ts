import { describe, expect, test } from 'vitest';
import { variableOf } from '../../src/configuration/settings.ts';
import { memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';
import { settings } from '../support/settings.ts';

const scene = () => createScene(scenarioOf([{ root: password }, { root: password }]));
const deletions = (requests: Scene['sandbox']['requests']) =>
  requests.filter(({ operation }) => operation?.startsWith('Delete'));

describe('every flag has its variable', () => {
  test('and the commands that have the flag share it', () => {
    expect([...new Set(settings.map(variableOf))]).toEqual(
      expect.arrayContaining(['ROOTCTL_OUTPUT', 'ROOTCTL_NO_COLOR', 'ROOTCTL_MAX_ACCOUNTS', 'ROOTCTL_YES']),
    );
    expect(settings.map(variableOf)).not.toContain('ROOTCTL_VERSION');
  });

  test('ROOTCTL_OUTPUT names the format, for errors as well, and a flag wins', async () => {
    const env = { ROOTCTL_OUTPUT: 'json' };
    expect((await scene().run(['status'], { env })).json.kind).toBe('rootctl.status');
    expect((await scene().run(['delete'], { env })).json.kind).toBe('rootctl.error');
    expect((await scene().run(['statsu'], { env })).json.kind).toBe('rootctl.error');
    expect((await scene().run(['status', '-o', 'csv'], { env })).stdout).toMatch(/^account_id,/u);
  });

  test('a variable wins over the nearer file, and that over the home file', async () => {
    const world = scene();
    const refusal = async (env: Readonly<Record<string, string>>, flags: readonly string[] = []) =>
      (await world.run(['delete', '--all', '--dry-run', ...flags], { env })).stderr;
    world.inputs.set('/config/config.yaml', 'commands: { delete: { max-accounts: 1 } }\n');
    expect(await refusal({})).toContain('1');
    expect((await world.run(['delete', '--all', '--dry-run'])).code).toBe(64);
    world.inputs.set('.rootctl.yaml', 'commands: { delete: { max-accounts: 5 } }\n');
    expect((await world.run(['delete', '--all', '--dry-run'])).code).toBe(0);
    const env = { ROOTCTL_MAX_ACCOUNTS: '1' };
    expect((await world.run(['delete', '--all', '--dry-run'], { env })).code).toBe(64);
    expect((await world.run(['delete', '--all', '--dry-run', '--max-accounts', '2'], { env })).code).toBe(0);
  });

  test.each(['1', 'true'])('a switch is turned on by %s', async (value) => {
    const world = scene();
    const { code, stdout } = await world.run(['delete', '--all', '-o', 'json'], { env: { ROOTCTL_DRY_RUN: value } });
    expect([code, JSON.parse(stdout).dryRun]).toEqual([0, true]);
    expect(deletions(world.sandbox.requests)).toEqual([]);
  });

  test('a switch that a file turned on is turned off', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'commands: { status: { check: true } }\n');
    expect((await world.run(['status'])).code).toBe(2);
    expect((await world.run(['status'], { env: { ROOTCTL_CHECK: '0' } })).code).toBe(0);
    expect((await world.run(['status'], { env: { ROOTCTL_CHECK: '' } })).code).toBe(2);
  });

  test('a flag that must be given may come from its variable', async () => {
    const { stderr } = await scene().run(['unlock', 's3'], { env: { ROOTCTL_ACCOUNT: '123' } });
    expect(stderr).toContain('ROOTCTL_ACCOUNT=123 is invalid: an account id has 12 digits');
  });

  test('what may be repeated stands one a line', async () => {
    const world = scene();
    const [first, second] = (await world.run(['status', '-o', 'json'])).json.accounts.slice(1);
    const env = { ROOTCTL_EXCLUDE: `${first.id}\n${second.id}\n` };
    const { json } = await world.run(['status', '-o', 'json'], { env });
    const excluded = json.accounts.filter(({ reason }: { reason: string }) => reason === 'excluded');
    expect(excluded.map(({ id }: { id: string }) => id)).toEqual([first.id, second.id]);
  });
});

describe('a variable that says nonsense', () => {
  test.each([
    [['status'], { ROOTCTL_CONCURRENCY: 'many' }, 'ROOTCTL_CONCURRENCY=many is invalid: it must be a whole number'],
    [['status'], { ROOTCTL_OUTPUT: 'xml' }, 'ROOTCTL_OUTPUT=xml is invalid: it must be one of table, json'],
    [['status'], { ROOTCTL_SORT: 'size' }, 'ROOTCTL_SORT=size is invalid: it must be one of default'],
    [['status'], { ROOTCTL_SANDBOX: 'yes' }, 'ROOTCTL_SANDBOX=yes is invalid: it must be true or false (1 or 0)'],
    [['delete', '--all'], { ROOTCTL_YES: 'y' }, 'ROOTCTL_YES=y is invalid: it must be true or false (1 or 0)'],
    [['delete', '--all'], { ROOTCTL_WAIT: 'long' }, 'ROOTCTL_WAIT=long is invalid: it must be seconds'],
    [['delete', '--all'], { ROOTCTL_ONLY: 'keys' }, 'ROOTCTL_ONLY: '],
  ])('%j with %j is wrong usage before anything is done, and named', async (args, env, words) => {
    const world = scene();
    const { code, stdout, stderr } = await world.run(args, { env });
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(words);
    expect(world.sandbox.requests).toEqual([]);
  });

  test('counts for nothing where the flag is given, where another command is meant, and for the help', async () => {
    const env = { ROOTCTL_SORT: 'size' };
    expect((await scene().run(['status', '--sort', 'default'], { env })).code).toBe(0);
    expect((await scene().run(['runs'], { env })).code).toBe(0);
    expect((await scene().run(['status', '--help'], { env })).code).toBe(0);
  });

  test('whose name there is not is told, with the nearest, and nothing else of it', async () => {
    const env = { ROOTCTL_MAX_ACOUNTS: '1', ROOTCTL_WHATEVER: '1', ROOTCTL_PAGER: 'less', ROOTCTL_VERSION: '1.0.0' };
    const { code, stderr } = await scene().run(['status', '-q'], { env });
    expect([code, stderr]).toEqual([
      0,
      'warning: the unknown variable ROOTCTL_MAX_ACOUNTS is ignored. Did you mean ROOTCTL_MAX_ACCOUNTS?\n' +
        'warning: the unknown variable ROOTCTL_WHATEVER is ignored\n',
    ]);
  });
});

describe('what a variable decides', () => {
  test('a deletion that it confirms is said, whatever --quiet says', async () => {
    const world = scene();
    const env = { ROOTCTL_YES: '1', ROOTCTL_ALL: '1' };
    const { code, stderr } = await world.run(['delete', '-q'], { env });
    expect(code).toBe(0);
    expect(stderr).toContain('warning: set by environment variables: --all (ROOTCTL_ALL), --yes (ROOTCTL_YES)\n');
  });

  test.each(
    Object.entries({
      all: '1',
      accounts: memberId(1),
      ou: 'r-root',
      tag: 'x',
      name: '*',
      'joined-since': '2000-01-01',
    }),
  )('accounts that are named on the command line are all: ROOTCTL_%s adds none', async (flag, value) => {
    const world = scene();
    const [first] = (await world.run(['status', '-o', 'json'])).json.accounts.slice(1);
    const env = { [variableOf({ flag })]: value };
    for (const args of [[first.id], ['--accounts', first.id]]) {
      const { json, stderr } = await world.run(['delete', ...args, '--dry-run', '-o', 'json'], { env });
      expect(json.accounts.map(({ id }: { id: string }) => id)).toEqual([first.id]);
      expect(stderr).not.toContain('set by environment variables');
    }
  });

  test('but an exclusion always counts', async () => {
    const world = scene();
    const [first] = (await world.run(['status', '-o', 'json'])).json.accounts.slice(1);
    const env = { ROOTCTL_EXCLUDE: first.id };
    const { json } = await world.run(['delete', '--all', '--dry-run', '-o', 'json'], { env });
    expect(json.accounts.find(({ id }: { id: string }) => id === first.id).reason).toBe('excluded');
  });

  test('no file confirms a deletion', async () => {
    const world = scene();
    world.inputs.set('.rootctl.yaml', 'commands: { delete: { yes: true, all: true } }\n');
    const { code, stderr } = await world.run(['delete']);
    expect(code).toBe(64);
    expect(stderr).toContain('.rootctl.yaml:1:28: commands.delete.yes is not allowed in a file');
    expect(world.sandbox.requests).toEqual([]);
  });

  test('a command to paste leads back without what the environment says anyway', async () => {
    const { stderr } = await scene().run(['enable', '--region', 'eu-west-1', '--dry-run', '--nope'], {
      env: { ROOTCTL_PROFILE: 'audit' },
    });
    expect(stderr).not.toContain('audit');
  });
});
