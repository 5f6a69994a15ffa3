import { describe, expect, test } from 'vitest';
import { memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

const scenario = () =>
  scenarioOf([{ name: 'payments-prod', root: password }, { name: 'network' }, { name: 'old', state: 'SUSPENDED' }]);

async function saved(args: readonly string[] = []): Promise<Scene> {
  const scene = createScene(scenario());
  await scene.run(['status', ...args, '--out', 'status.json']);
  return scene;
}

/** A world without AWS: whoever asks it anything fails. */
function offline({ inputs }: Scene): Scene {
  const scene = createScene(scenario(), {
    onRequest: () => {
      throw new Error('AWS was asked');
    },
  });
  for (const [path, text] of inputs) scene.inputs.set(path, text);
  return scene;
}

const contents = ({ inputs }: Scene, path = 'status.json') => JSON.parse(inputs.get(path) ?? '');

test('a saved reading is what it was, byte for byte, without AWS', async () => {
  const scene = await saved();
  const { code, stdout, stderr } = await offline(scene).run(['status', '--from', 'status.json', '-o', 'json']);
  expect(code).toBe(0);
  expect(stdout).toBe(scene.inputs.get('status.json'));
  expect(stderr).toContain(`As it was read at ${contents(scene).generatedAt}`);
});

test.each(['table', 'ndjson', 'csv', 'markdown', 'sarif'])('it is told as %s', async (format) => {
  const { code, stdout } = await offline(await saved()).run(['status', '--from', 'status.json', '-o', format]);
  expect([code, stdout.includes(memberId(0))]).toEqual([0, true]);
});

test('it comes from stdin too', async () => {
  const scene = await saved();
  scene.inputs.set('-', scene.inputs.get('status.json') ?? '');
  expect((await offline(scene).run(['status', '--from', '-', '-o', 'json'])).json).toEqual(contents(scene));
});

describe('the exit code is that of the reading', () => {
  const exitOf = async (change: (document: ReturnType<typeof contents>) => object, ...args: string[]) => {
    const scene = offline(await saved());
    scene.inputs.set('status.json', JSON.stringify({ ...contents(scene), ...change(contents(scene)) }));
    return (await scene.run(['status', '--from', 'status.json', ...args])).code;
  };

  test('--check finds what is there', async () => {
    expect(await exitOf(() => ({}), '--check')).toBe(2);
    expect(await exitOf(() => ({}))).toBe(0);
  });

  test('what could not be read outweighs it', async () => {
    const unknown = (document: ReturnType<typeof contents>) => ({
      summary: { ...document.summary, unknown: 1, absent: document.summary.absent - 1 },
      accounts: document.accounts.map((account: Record<string, unknown>) =>
        account['name'] === 'network' ? { ...account, status: 'unknown', credentials: null } : account,
      ),
    });
    expect(await exitOf(unknown, '--check')).toBe(1);
  });

  test('a reading that was cut short stays so', async () => {
    expect(await exitOf(() => ({ complete: false }), '--check')).toBe(1);
  });

  test('with a baseline only what is new counts', async () => {
    const scene = offline(await saved());
    const args = ['status', '--from', 'status.json', '--baseline', 'status.json', '--check'];
    expect((await scene.run(args)).code).toBe(0);
  });
});

test('several readings are one, each account as it was seen last, as old as the oldest', async () => {
  const scene = createScene(scenario());
  await scene.run(['status', memberId(0), '--out', 'first.json']);
  await scene.clock.sleep(3_600_000);
  await scene.run(['delete', memberId(0), '--yes']);
  await scene.run(['status', memberId(0), memberId(1), '--out', 'second.json']);
  for (const order of [
    ['first.json', 'second.json'],
    ['second.json', 'first.json'],
  ]) {
    const { json } = await offline(scene).run(['status', '-o', 'json', ...order.flatMap((path) => ['--from', path])]);
    expect(json.generatedAt).toBe(contents(scene, 'first.json').generatedAt);
    expect(json.accounts.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
      [memberId(0), 'absent'],
      [memberId(1), 'absent'],
    ]);
    expect(json.summary).toMatchObject({ accounts: 2, absent: 2, present: 0 });
  }
});

describe('of several readings', () => {
  const readings = async (...all: readonly (readonly string[])[]): Promise<Scene> => {
    const scene = createScene(scenario());
    for (const [index, args] of all.entries()) {
      await scene.run(['status', ...args, '--out', `${index}.json`]);
      await scene.clock.sleep(3_600_000);
    }
    return scene;
  };
  const merged = (scene: Scene, ...more: readonly string[]) =>
    offline(scene).run(['status', '-o', 'json', '--from', '0.json', '--from', '1.json', ...more]);

  test('one that left an account out has not seen that what was there is gone', async () => {
    for (const order of [
      [[], ['--exclude', memberId(0)]],
      [['--exclude', memberId(0)], []],
    ]) {
      const { code, json } = await merged(await readings(...order), '--check');
      expect([code, json.summary.present, json.accounts[1].status]).toEqual([2, 1, 'present']);
    }
  });

  test('nor has one that was stopped before it, and the whole is a part', async () => {
    const scene = await readings([], []);
    const later = contents(scene, '1.json');
    const [, first] = later.accounts;
    Object.assign(first, { status: 'skipped', reason: 'not-tried', credentials: null, lastUsedAt: null });
    Object.assign(later, {
      complete: false,
      summary: { ...later.summary, present: 0, skipped: later.summary.skipped + 1 },
    });
    scene.inputs.set('1.json', JSON.stringify(later));
    const { code, json } = await merged(scene, '--check');
    expect([code, json.complete, json.summary.present]).toEqual([1, false, 1]);
  });

  test('two of one moment that do not say the same are refused, and one twice is one', async () => {
    const scene = await readings([], []);
    const earlier = contents(scene, '0.json');
    scene.inputs.set('1.json', JSON.stringify(earlier));
    expect((await merged(scene)).json).toEqual(earlier);
    const renamed = earlier.accounts.map((account: object) => ({ ...account, name: 'another' }));
    scene.inputs.set('1.json', JSON.stringify({ ...earlier, accounts: renamed }));
    const { code, json } = await merged(scene);
    expect([code, json.error.code]).toEqual([64, 'ReadingTwice']);
  });

  test('one of the sandbox and one of AWS are of two organizations, also for a report', async () => {
    const scene = await readings([], []);
    scene.inputs.set('1.json', JSON.stringify({ ...contents(scene, '1.json'), simulated: true }));
    expect((await merged(scene)).json.error.code).toBe('SeveralOrganizations');
    const made = await offline(scene).run(['report', '--from', '0.json', '--from', '1.json', '-o', 'json']);
    expect([made.code, made.json.error.code]).toEqual([64, 'SeveralOrganizations']);
    const compared = await offline(scene).run(['status', '--from', '1.json', '--baseline', '0.json', '-o', 'json']);
    expect([compared.code, compared.json.error.code]).toEqual([64, 'OtherOrganization']);
  });

  test('the later one is no baseline: what has appeared would be gone', async () => {
    const scene = await readings([], []);
    const back = await offline(scene).run(['status', '--from', '0.json', '--baseline', '1.json', '--check']);
    expect([back.code, back.stderr]).toEqual([64, expect.stringContaining('1.json cannot be a baseline: it was made')]);
    expect((await offline(scene).run(['status', '--from', '1.json', '--baseline', '0.json', '--check'])).code).toBe(0);
  });

  test('nor is one of the future, for a reading from AWS, which reads no account then', async () => {
    const scene = await readings([]);
    const future = { ...contents(scene, '0.json'), generatedAt: '2126-01-01T00:00:00.000Z' };
    scene.inputs.set('future.json', JSON.stringify(future));
    const before = scene.sandbox.requests.length;
    const { code, stderr } = await scene.run(['status', '--baseline', 'future.json', '--check']);
    expect([code, stderr]).toEqual([64, expect.stringContaining('future.json cannot be a baseline')]);
    expect(scene.sandbox.requests.slice(before).map(({ operation }) => operation)).not.toContain('AssumeRoot');
  });
});

describe('is refused', () => {
  test.each([
    ['a selection', ['--all']],
    ['an account', [memberId(0)]],
    ['an exclusion', ['--exclude', memberId(0)]],
  ])('%s beside it: whom to read was decided when it was read', async (_name, args) => {
    const { code, stderr } = await offline(await saved()).run(['status', '--from', 'status.json', ...args]);
    expect([code, stderr]).toEqual([64, expect.stringContaining('--from cannot be combined with a selection')]);
  });

  test('what is no status, and what is not there', async () => {
    const scene = offline(await saved());
    scene.inputs.set('plan.json', '{"kind":"rootctl.plan"}');
    expect((await scene.run(['status', '--from', 'plan.json'])).code).toBe(64);
    expect((await scene.run(['status', '--from', 'nothing.json'])).stderr).toContain('cannot read');
  });

  test('what contradicts itself: its totals would clean what its rows show', async () => {
    const scene = offline(await saved());
    const { summary, ...rest } = contents(scene);
    const clean = { ...summary, present: 0, absent: summary.absent + 1 };
    scene.inputs.set('status.json', JSON.stringify({ ...rest, summary: clean }));
    for (const args of [
      ['status', '--check', '--from'],
      ['report', '--from'],
      ['status', '--check', '--baseline'],
    ]) {
      const { code, stderr } = await scene.run([...args, 'status.json']);
      expect([code, stderr]).toEqual([64, expect.stringContaining('summary: the totals do not match the accounts')]);
    }
  });

  test('readings of two organizations', async () => {
    const scene = offline(await saved());
    const other = contents(scene);
    scene.inputs.set(
      'b.json',
      JSON.stringify({ ...other, organization: { ...other.organization, id: 'o-another0001' } }),
    );
    const { code, stderr } = await scene.run(['status', '--from', 'status.json', '--from', 'b.json']);
    expect([code, stderr]).toEqual([64, expect.stringContaining('different organizations')]);
  });
});
