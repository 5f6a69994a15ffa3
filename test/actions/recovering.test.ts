import { describe, expect, test } from 'vitest';
import { recover } from '../../src/actions/recover.ts';
import type { Aws } from '../../src/aws/clients.ts';
import { type AccountId, isAccountId } from '../../src/org/account.ts';
import { readJournal } from '../../src/run/journal.ts';
import type { Fault } from '../../src/sandbox/index.ts';
import { createBench } from '../support/bench.ts';
import { memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, keptOf, type Scene, type SceneOptions } from '../support/scene.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const idOf = (id: string): AccountId => {
  if (!isAccountId(id)) throw new Error(`no id: ${id}`);
  return id;
};
const yes = ['--yes', '-o', 'json'];
const sceneOf = (
  members: Parameters<typeof scenarioOf>[0],
  faults: readonly Fault[] = [],
  options: SceneOptions = {},
) => createScene(scenarioOf(members, { behaviour: { faults: [...faults] } }), options);
const asked = (scene: Scene, operation: string) =>
  scene.sandbox.requests.filter((request) => request.operation === operation);
const journalOf = (scene: Scene) => {
  const [text = ''] = [...scene.files.contents].filter(([name]) => name.startsWith('runs/')).map(([, one]) => one);
  return readJournal(text).lines;
};
const failingAt = (scene: Scene, event: string): void => {
  scene.files.onAppend = (_name, text) => {
    if (text.includes(`"event":"${event}"`)) throw new Error('ENOSPC: no space left on device');
  };
};
const refusing = (operation: string, accountId: string): Fault => ({
  kind: 'access-denied',
  rate: 1,
  operation,
  accountId,
});

describe('a recovery', () => {
  test('with nothing to allow begins no run', async () => {
    const scene = sceneOf([{ root: password }]);
    const { code, json } = await scene.run(['recover', first, ...yes]);
    expect(code).toBe(0);
    expect(json).toMatchObject({ runId: null, accounts: [{ outcome: 'already-allowed' }] });
    expect(keptOf(scene)).toEqual([]);
  });

  test('writes down why, who agreed, and what became of how many; the accounts are told by their ids', async () => {
    const scene = sceneOf([{}, { root: password }, {}], [refusing('CreateLoginProfile', third)]);
    const { code, json } = await scene.run(['recover', third, first, second, '--reason', 'INC-1', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts.map(({ id, outcome }: { id: string; outcome: string }) => [id, outcome])).toEqual([
      [first, 'allowed'],
      [second, 'already-allowed'],
      [third, 'failed'],
    ]);
    const lines = journalOf(scene);
    expect(lines[0]).toMatchObject({ options: { reason: 'INC-1', isConfirmedByFlag: true } });
    expect(lines.find((line) => line.event === 'recovery-answer' && line.outcome === 'failed')).toMatchObject({
      account: third,
      requestId: expect.any(String),
      error: { code: 'AccessDenied' },
    });
    expect(lines.at(-1)).toMatchObject({ summary: { accounts: 3, allowed: 1, 'already-allowed': 1, failed: 1 } });
  });

  test('asks AWS in each session whose it is before it allows anything there', async () => {
    const scene = sceneOf([{}]);
    await scene.run(['recover', first, ...yes]);
    const inSessions = asked(scene, 'GetCallerIdentity').filter(({ accessKeyId = '' }) =>
      accessKeyId.startsWith('ASIA'),
    );
    expect(inSessions).toHaveLength(asked(scene, 'AssumeRoot').length);
    expect(inSessions).toHaveLength(2);
  });

  test('that is stopped while it looks ends there: no account failed', async () => {
    const scene: Scene = sceneOf([{}, {}], [], {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=GetLoginProfile')) return;
        scene.signal('SIGINT');
        scene.signal('SIGINT');
      },
    });
    const { code, stdout } = await scene.run(['recover', first, second, '--yes']);
    expect([code, stdout]).toEqual([130, '']);
    expect(asked(scene, 'CreateLoginProfile')).toEqual([]);
  });

  test('whose session AWS refuses after it was agreed to is failed, and the next is gone on with', async () => {
    let opened = 0;
    const scene: Scene = sceneOf([{}, {}], [], {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=AssumeRoot')) return;
        opened += 1;
        if (opened === 3) scene.account(first).state = 'SUSPENDED';
      },
    });
    const { code, json } = await scene.run(['recover', first, second, ...yes]);
    expect(code).toBe(1);
    expect(json).toMatchObject({
      complete: true,
      accounts: [
        { id: first, outcome: 'failed', error: { code: expect.any(String) } },
        { id: second, outcome: 'allowed' },
      ],
    });
    expect(asked(scene, 'CreateLoginProfile')).toHaveLength(1);
  });

  test('of which nobody knows whether it took effect stays in the list of open doors', async () => {
    const faults: Fault[] = [{ kind: 'drop-after', rate: 1, operation: 'CreateLoginProfile' }];
    const scene: Scene = sceneOf([{}], faults, {
      onRequest: ({ body }) => {
        if (String(body).includes('Action=GetLoginProfile') && asked(scene, 'CreateLoginProfile').length > 0)
          throw new Error('socket hang up');
      },
    });
    const { code, json, stderr } = await scene.run(['recover', first, ...yes]);
    expect([code, json.accounts[0].outcome]).toEqual([1, 'unverified']);
    expect(stderr).toContain(`error: ${first}: CreateLoginProfile: `);
    expect(journalOf(scene)).toContainEqual(
      expect.objectContaining({ event: 'recovery-answer', account: first, outcome: 'unverified' }),
    );
    const { openRecoveries } = (await scene.run(['runs', '-o', 'json'])).json;
    expect(openRecoveries).toMatchObject([{ accountId: first, outcome: 'unverified' }]);
    expect((await scene.run(['runs'])).stdout).toContain('without an answer, may be open');
  });

  test('that was refused for certain opens no door, and says so in the journal', async () => {
    const scene = sceneOf([{}], [refusing('CreateLoginProfile', first)]);
    await scene.run(['recover', first, ...yes]);
    expect(journalOf(scene).map(({ event }) => event)).toContain('recovery-answer');
    expect((await scene.run(['runs', '-o', 'json'])).json.openRecoveries).toEqual([]);
  });

  test.each([
    ['recovery-intent', 'failed', 0],
    ['recovery-answer', 'allowed', 1],
  ])('whose %s cannot be written allows nothing more', async (event, outcome, allowed) => {
    const scene = sceneOf([{}, {}]);
    failingAt(scene, event);
    const { code, json, stderr } = await scene.run(['recover', first, second, ...yes]);
    expect(code).toBe(1);
    expect(json).toMatchObject({
      complete: false,
      accounts: [
        { id: first, outcome },
        { id: second, outcome: 'skipped', error: { code: 'NotTried' } },
      ],
    });
    if (outcome === 'failed') expect(json.accounts[0].error.code).toBe('JournalUnwritable');
    expect(stderr).toContain('(JournalUnwritable)');
    expect(asked(scene, 'CreateLoginProfile')).toHaveLength(allowed);
  });

  test('tells first that it asks for the organization', async () => {
    const { environment, events } = createBench(scenarioOf([{ root: password }]));
    await recover({ accounts: [idOf(first)] }, environment);
    expect(events[0]).toEqual({ event: 'working', on: 'organization' });
  });

  test('a mistake of ours is no outcome of an account', async () => {
    const mistake = new TypeError('a mistake of ours');
    const awsOf = (aws: Aws): Aws => ({
      ...aws,
      asRoot: (session, command, signal) =>
        command.constructor.name.startsWith('Create') ? Promise.reject(mistake) : aws.asRoot(session, command, signal),
    });
    const { environment } = createBench(scenarioOf([{}]), { awsOf });
    await expect(recover({ accounts: [idOf(first)], isConfirmed: true }, environment)).rejects.toBe(mistake);
  });
});
