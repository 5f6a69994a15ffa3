import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { disable } from '../../src/actions/disable.ts';
import { resetSandbox } from '../../src/actions/sandbox/reset.ts';
import { connectSavedSandbox, openSavedSandbox } from '../../src/actions/sandbox/saved.ts';
import { type Served, serve } from '../../src/actions/sandbox/serve.ts';
import { showSandbox } from '../../src/actions/sandbox/show.ts';
import { createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import { createSandbox, defaultScenario, type Scenario, serveSandbox } from '../../src/sandbox/index.ts';
import { createBench } from '../support/bench.ts';
import { accessKey, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';

const [first, second] = [memberId(0), memberId(1)];
const saved = 'sandbox/sandbox.json';
const lock = 'locks/sandbox.json';
const described = (scenario: object) => ({ path: 'mine.json', text: JSON.stringify(scenario) });

/** A machine with or without a saved organization. */
function machine(scenario?: Scenario) {
  const { clock, environment, events, files, stopping } = createBench(scenarioOf([]));
  if (scenario !== undefined) files.contents.set(saved, JSON.stringify(scenario));
  return {
    clock,
    environment,
    events,
    files,
    stopping,
    names: () => [...files.contents.keys()].sort(),
    show: () => showSandbox(environment),
    /** Another process works on the saved organization. */
    heldFor: (work: string) => {
      const { pid, identityOf } = environment.processes;
      const startedAt = '2026-01-31T09:00:00.000Z';
      files.contents.set(lock, JSON.stringify({ pid, identity: identityOf(pid), work, startedAt }));
      return { pid, startedAt };
    },
  };
}

describe('a new simulated organization', () => {
  test('takes the place of the saved one, and says what it is and where', async () => {
    const { environment, files, names, show } = machine(scenarioOf([]));
    const document = await resetSandbox({ seed: 7 }, environment);
    const { organization, accounts } = defaultScenario(7);
    expect(document).toMatchObject({
      kind: 'rootctl.sandbox.reset',
      complete: true,
      simulated: true,
      organizationId: organization?.id,
      accountCount: accounts.length,
      path: `/state/${saved}`,
    });
    expect(names()).toEqual([saved]);
    expect(JSON.parse(files.contents.get(saved) ?? '').organization.id).toBe(organization?.id);
    expect((await show()).accounts.map(({ id }) => id)).toEqual(accounts.map(({ id }) => id));
  });

  test('has as many members as were asked for, the same ones of the same seed', async () => {
    const { environment, show } = machine();
    const reset = async (seed: number) =>
      [await resetSandbox({ accounts: 12, seed }, environment), await show()] as const;
    const [document, shown] = await reset(5);
    expect([document.accountCount, shown.organizationId]).toEqual([13, document.organizationId]);
    expect((await reset(6))[0].organizationId).not.toBe(document.organizationId);
    expect((await reset(5))[1].accounts).toEqual(shown.accounts);
  });

  test('is the one that somebody described', async () => {
    const { environment } = machine();
    const request = { scenario: described(scenarioOf([{}, {}])), seed: 1 };
    expect(await resetSandbox(request, environment)).toMatchObject({ organizationId, accountCount: 3 });
  });

  test('an account without an organization has no id of one', async () => {
    const { environment, show } = machine();
    const { organization: _, ...alone } = scenarioOf([]);
    expect(await resetSandbox({ scenario: described(alone), seed: 1 }, environment)).toMatchObject({
      organizationId: null,
    });
    expect((await show()).organizationId).toBeNull();
  });

  test.each([
    ['{', /JSON/u],
    ['{"kind":"rootctl.status"}', /kind/u],
  ])('that nobody can read is told with its file, and the saved one stays: %s', async (text, said) => {
    const { environment, files, names } = machine(scenarioOf([]));
    const before = files.contents.get(saved);
    await expect(resetSandbox({ scenario: { path: 'mine.json', text }, seed: 1 }, environment)).rejects.toMatchObject({
      problem: { code: 'InvalidScenario', data: { path: 'mine.json', said: expect.stringMatching(said) } },
    });
    expect([names(), files.contents.get(saved)]).toEqual([[saved], before]);
  });
});

describe('what a simulated organization holds', () => {
  test('is shown behind AWS’s back, the secret parts and the policies left out', async () => {
    const policy = { Version: '2012-10-17', Statement: [] };
    const { show, names } = machine(
      scenarioOf([
        {
          root: { ...password, accessKeys: [accessKey(first, 1), accessKey(first, 2, '3d ago')] },
          buckets: [{ name: 'logs', region: 'eu-west-1', policy }],
          queues: [{ name: 'jobs', region: 'us-east-1', policy }],
          tags: { team: 'core' },
        },
        { state: 'SUSPENDED' },
      ]),
    );
    const document = await show();
    expect(document).toMatchObject({
      kind: 'rootctl.sandbox.show',
      complete: true,
      simulated: true,
      organizationId,
      accounts: [
        { name: 'management', root: { loginProfile: null } },
        {
          id: first,
          name: 'member-0',
          email: 'root+0@example.com',
          state: 'ACTIVE',
          parentId: 'r-test',
          joinedMethod: 'CREATED',
          tags: { team: 'core' },
          root: {
            loginProfile: { createdAt: expect.any(String) },
            accessKeys: [
              { id: accessKey(first, 1).id, lastUsed: null },
              { id: accessKey(first, 2).id, lastUsed: { at: expect.any(String) } },
            ],
            signingCertificates: [],
            mfaDevices: [],
          },
        },
        { id: second, state: 'SUSPENDED', root: { passwordLastUsedAt: null, loginProfile: null, accessKeys: [] } },
      ],
    });
    expect(document.accounts[1]).toMatchObject({ buckets: [{ name: 'logs', region: 'eu-west-1' }] });
    expect(document.accounts[1]?.buckets).toEqual([{ name: 'logs', region: 'eu-west-1' }]);
    expect(document.accounts[1]?.queues).toEqual([{ name: 'jobs', region: 'us-east-1' }]);
    expect(names()).toEqual([saved]);
  });

  test('is the documented organization where none was saved, and saves none', async () => {
    const { show, names } = machine();
    expect((await show()).accounts.map(({ id }) => id)).toEqual(defaultScenario().accounts.map(({ id }) => id));
    expect(names()).toEqual([]);
  });
});

describe('the saved organization', () => {
  test('is one command’s at a time: another waits for its turn, and says once for whom', async () => {
    const { clock, events, files, heldFor, show } = machine(scenarioOf([{}]));
    const holder = heldFor('command');
    const showing = show();
    while (clock.waits.length < 4) await new Promise((resolve) => setImmediate(resolve));
    files.contents.delete(lock);
    expect((await showing).accounts).toHaveLength(2);
    expect(events).toEqual([{ event: 'note', note: { note: 'waiting-for-sandbox', ...holder } }]);
  });

  test('is not waited for while it is served', async () => {
    const { clock, environment, events, heldFor, show, names } = machine(scenarioOf([{}]));
    const { pid, startedAt } = heldFor('server');
    const problem = { code: 'SandboxServed', data: { pid, since: startedAt } };
    await expect(show()).rejects.toMatchObject({ problem });
    await expect(resetSandbox({ seed: 1 }, environment)).rejects.toMatchObject({ problem });
    await expect(openSavedSandbox(environment, 'server')).rejects.toMatchObject({ problem });
    expect([events, clock.waits, names()]).toEqual([[], [], [lock, saved]]);
  });

  test('is waited for until it is served, or somebody stops the command', async () => {
    const { clock, heldFor, show, stopping } = machine(scenarioOf([{}]));
    heldFor('command');
    const waiting = show();
    while (clock.waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    heldFor('server');
    await expect(waiting).rejects.toMatchObject({ problem: { code: 'SandboxServed' } });
    heldFor('command');
    const stopped = show();
    stopping.abort(new Error('SIGINT'));
    await expect(stopped).rejects.toThrow('SIGINT');
  });

  test('is given back as it was found where a command changed nothing', async () => {
    const { environment, files, names } = machine(scenarioOf([{ root: password }]));
    const before = files.contents.get(saved);
    const { close } = await openSavedSandbox(environment, 'command');
    expect(JSON.parse(files.contents.get(lock) ?? '')).toMatchObject({ work: 'command' });
    await close();
    expect([names(), files.contents.get(saved)]).toEqual([[saved], before]);
  });

  test('holds what a command changed before the command hears of it', async () => {
    const { clock, environment, files } = machine(scenarioOf([]));
    const { connection, close } = await connectSavedSandbox(environment);
    const { random } = environment;
    const aws = createAws({ ...connection, pace: unpaced, clock, random, userAgent: 'test' });
    await disable({ features: ['root-sessions'], isConfirmed: true }, { ...environment, aws });
    const isOn = () => JSON.parse(files.contents.get(saved) ?? '').organization.rootSessions;
    expect(isOn()).toBe(false);
    await close();
    expect(isOn()).toBe(false);
  });

  test('is made where none was saved', async () => {
    const { environment, names, show } = machine();
    const { sandbox, close } = await openSavedSandbox(environment, 'command');
    await close();
    expect(names()).toEqual([saved]);
    expect((await show()).organizationId).toBe(sandbox.organizationId);
  });

  test('is free for the next command though this one could not read it, or not write it', async () => {
    const { environment, files, names } = machine(scenarioOf([]));
    files.contents.set(saved, '{');
    await expect(openSavedSandbox(environment, 'command')).rejects.toThrow('JSON');
    await expect(showSandbox(environment)).rejects.toThrow('JSON');
    expect(names()).toEqual([saved]);
    files.contents.delete(saved);
    const { close } = await openSavedSandbox(environment, 'command');
    files.freeBytes = 0;
    await expect(close()).rejects.toThrow('ENOSPC');
    expect(names()).toEqual([]);
  });

  test('is reached by a command without a connection, as the management account', async () => {
    const { environment, names } = machine(scenarioOf([]));
    const { connection, close } = await connectSavedSandbox(environment);
    expect(connection).toMatchObject({
      region: 'us-east-1',
      credentials: { accessKeyId: expect.stringMatching(/^AKIA/u) },
    });
    expect(names()).toEqual([lock, saved]);
    await close();
    expect(names()).toEqual([saved]);
  });
});

describe('serving', () => {
  const identity = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });

  test('a described organization is answered on this machine until it is stopped, and saves nothing', async () => {
    const { environment, names, stopping } = machine();
    const told: Served[] = [];
    const asked: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      serve({ port: 0, scenario: described(scenarioOf([])) }, environment, async (served) => {
        told.push(served);
        await fetch(served.endpoint, { method: 'POST', body: identity });
        asked.push(await (await fetch(`${served.endpoint}/_sandbox/requests`)).json());
        asked.push(names());
        stopping.abort();
      }).then(resolve, reject);
    });
    expect(asked).toMatchObject([{ requests: [{}] }, []]);
    expect(told).toMatchObject([
      {
        endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
        region: 'us-east-1',
        organizationId,
        credentials: { management: { accessKeyId: expect.stringMatching(/^AKIA/u) } },
      },
    ]);
    expect(names()).toEqual([]);
    await expect(fetch(told[0]?.endpoint ?? '', { method: 'POST', body: identity })).rejects.toThrow();
  });

  test('ends at once where it was stopped before', async () => {
    const { environment, names, stopping } = machine(scenarioOf([]));
    stopping.abort();
    await serve({ port: 0, scenario: described(scenarioOf([])) }, environment, () => {});
    expect(names()).toEqual([saved]);
  });

  test('the saved one is nobody else’s meanwhile, and answers until then', async () => {
    const { environment, files, names, stopping } = machine(scenarioOf([]));
    const answers: number[] = [];
    await new Promise<void>((resolve, reject) => {
      serve({ port: 0, region: 'eu-west-1' }, environment, async ({ endpoint, region }) => {
        expect(region).toBe('eu-west-1');
        expect(JSON.parse(files.contents.get(lock) ?? '')).toMatchObject({ work: 'server' });
        answers.push((await fetch(`${endpoint}/_sandbox/state`)).status);
        stopping.abort();
      }).then(resolve, reject);
    });
    expect([answers, names()]).toEqual([[200], [saved]]);
  });

  test('where the port is somebody’s already says so, and gives the organization back', async () => {
    const { environment, names } = machine(scenarioOf([]));
    const other = await serveSandbox(createSandbox(scenarioOf([]), { clock: virtualClock() }), { port: 0 });
    const port = Number(new URL(other.endpoint).port);
    const serving = serve({ port }, environment, () => {});
    await expect(serving).rejects.toMatchObject({
      problem: { code: 'PortInUse', data: { port, code: 'EADDRINUSE' } },
    });
    await other.close();
    expect(names()).toEqual([saved]);
  });
});
