import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { environment, type Home, makeHome, programWords, rootctl, until } from '../support/program.ts';
import { serve } from '../support/sandbox-server.ts';
import { accessKey, fullMembers, type Member, memberId, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';
import { openScreen } from '../support/terminal.ts';

const yes = ['--yes', '-o', 'json'];
const slow = { behaviour: { latencyMs: { iam: 15, sts: 15 } } };
const shellWords = (): string =>
  programWords()
    .map((word) => `"${word}"`)
    .join(' ');
type Entry = { outcome: string; reason: string | null; actions: { result: string }[] };

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
] as const)('%s', (signal, code) => {
  test('once in a delete: what is in flight ends, the document says what was not tried, and resume finishes it', async () => {
    const served = await serve(scenarioOf(fullMembers(40), slow));
    const running = served.start(['delete', '--all', '--concurrency', '4', ...yes]);
    await until(async () => ((await served.counters()).byOperation['iam.DeactivateMFADevice']?.requests ?? 0) > 8);
    running.child.kill(signal);
    const result = await running.ended;
    expect(result.code).toBe(code);
    const { summary, accounts, runId } = result.json;
    expect(summary.deleted).toBeGreaterThan(0);
    expect(summary.failed + summary.partial + summary.unverified).toBe(0);
    const untried: Entry[] = accounts.filter(({ reason }: Entry) => reason === 'not-tried');
    expect(untried.length).toBe(40 - summary.deleted);
    expect(untried.length).toBeGreaterThan(0);
    for (const { outcome, actions } of untried) {
      expect(outcome).toBe('skipped');
      expect(actions.map((action) => action.result)).toEqual(Array(6).fill('not-attempted'));
    }
    expect(result.stderr).toContain('Stopping');
    expect(result.stderr).toContain(`rootctl runs resume ${runId}`);

    await served.setBehaviour({});
    const resumed = await served.run(['runs', 'resume', runId, ...yes]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.json.summary.deleted).toBe(40);
  });

  test('in a status: the document tells what was not tried', async () => {
    const served = await serve(scenarioOf(fullMembers(60), slow));
    const running = served.start(['status', '--concurrency', '2', '-o', 'json']);
    await until(async () => ((await served.counters()).byOperation['iam.ListAccessKeys']?.requests ?? 0) > 3);
    running.child.kill(signal);
    const result = await running.ended;
    expect(result.code).toBe(code);
    expect(result.json.summary.present).toBeGreaterThan(0);
    expect(result.json.accounts.some(({ reason }: Entry) => reason === 'not-tried')).toBe(true);
  });
});

test('SIGINT twice: at once, and the journal still tells what is open', async () => {
  const served = await serve(scenarioOf(fullMembers(10), { behaviour: { latencyMs: { iam: 15 } } }));
  const running = served.start(['delete', '--all', '--concurrency', '3', ...yes]);
  await until(async () => ((await served.counters()).byOperation['iam.DeleteAccessKey']?.requests ?? 0) > 0);
  await served.setBehaviour({ latencyMs: { iam: 30_000 } }); // what is in flight would take for ever
  const before = (await served.counters()).requests;
  await until(async () => (await served.requests()).length > before);
  running.child.kill('SIGINT');
  await until(() => running.stderr().includes('Stopping'));
  running.child.kill('SIGINT');
  const result = await running.ended;
  expect(result.code).toBe(130);
  expect(result.json.accounts.length).toBe(11);
  // What was given up failed because of the stop: nobody is blamed for it.
  expect(result.stderr).not.toMatch(/TooManyFailures|have failed|have all failed/u);
  await served.setBehaviour({});
  const shown = await served.run(['runs', 'show', result.json.runId, '-o', 'json']);
  expect(shown.json).toMatchObject({ journal: { intact: true }, run: { state: 'interrupted' } });
  const resumed = await served.run(['runs', 'resume', result.json.runId, ...yes]);
  expect(resumed).toMatchObject({ code: 0 });
  expect(resumed.json.summary.deleted).toBe(10);
});

test('SIGINT while the inventory is read: nothing is deleted', async () => {
  const served = await serve(scenarioOf(fullMembers(30), slow));
  const running = served.start(['delete', '--all', '--concurrency', '2', ...yes]);
  await until(async () => ((await served.counters()).byOperation['iam.ListAccessKeys']?.requests ?? 0) > 2);
  running.child.kill('SIGINT');
  const result = await running.ended;
  expect(result.code).toBe(130);
  expect(result.json.summary.deleted).toBe(0);
  expect(Object.keys((await served.counters()).byOperation)).not.toContain('iam.DeleteAccessKey');
  expect(await served.home.journals()).toEqual([]);
});

test('SIGINT twice: an account whose session was not open yet is not tried, and has not failed', async () => {
  const scene = createScene(scenarioOf(fullMembers(20)), {
    onRequest: ({ body }) => {
      if (String(body).includes('IAMDeleteRootUserCredentials'))
        for (let time = 0; time < 2; time += 1) scene.signal('SIGINT');
    },
  });
  const { code, json, stderr } = await scene.run(['delete', '--all', '--max-failures', '1', ...yes]);
  expect(code).toBe(130);
  expect(json.summary).toMatchObject({ failed: 0, partial: 0, deleted: 0 });
  expect(json.accounts.filter(({ reason }: Entry) => reason === 'not-tried')).toHaveLength(20);
  expect(stderr).not.toContain('TooManyFailures');
  expect(stderr).toContain('rootctl runs resume');
});

test('a terminal that is closed sends SIGHUP more than once: what is in flight ends all the same', async () => {
  const scene = createScene(scenarioOf(fullMembers(20), slow), {
    onRequest: ({ body }) => {
      if (String(body).includes('Action=DeleteAccessKey')) scene.signal('SIGHUP');
    },
  });
  const { code, json } = await scene.run(['delete', '--all', '--concurrency', '5', ...yes]);
  expect(code).toBe(143);
  expect(scene.exits()).toEqual([]);
  expect(json.summary).toMatchObject({ failed: 0, partial: 0, unverified: 0 });
  expect(json.summary.deleted).toBeGreaterThan(0);
});

test('SIGUSR1 opens no inspector in a process that holds credentials', async () => {
  const served = await serve(scenarioOf(fullMembers(10), slow));
  const running = served.start(['status', '--concurrency', '1', '-o', 'json'], {
    env: { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' },
  });
  await until(async () => (await served.requests()).length > 2);
  for (const count of [10, 20, 30]) {
    running.child.kill('SIGUSR1');
    await until(async () => (await served.requests()).length > count);
  }
  expect((await running.ended).code).toBe(0);
  expect(running.stderr()).not.toMatch(/Debugger|ws:/u);
});

test('Ctrl-C reaches a run in the sandbox, whose answers take no time', async () => {
  const home = await makeHome();
  for (const args of [
    ['sandbox', 'reset', '--accounts', '1500'],
    ['enable', '--sandbox'],
  ])
    await rootctl(args, { home });
  const terminal = openScreen(['status', '--sandbox', '--concurrency', '10'], { home });
  await terminal.sees(/\d+ \/ \d+ accounts read/u);
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
  expect(terminal.text()).toContain('Stopping');
  expect(terminal.text()).toContain('member accounts checked'); // and not: of the organization
});

test('a stop that comes when everything is in flight has nothing to resume, and says so', async () => {
  const scene = createScene(scenarioOf(fullMembers(3), slow), {
    onRequest: ({ body }) => {
      if (String(body).includes('Action=DeactivateMFADevice')) scene.signal('SIGHUP'); // of which the first one counts
    },
  });
  const { code, json, stderr } = await scene.run(['delete', '--all', ...yes]);
  expect(json.summary).toMatchObject({ deleted: 3, accounts: 4 });
  expect([code, json.complete]).toEqual([143, true]);
  expect(stderr).toContain('there is nothing to resume');
  expect(stderr).not.toContain('rootctl runs resume');
  expect((await scene.run(['runs', '-o', 'json'])).json.runs).toMatchObject([{ state: 'finished' }]);
});

describe('a stop that comes when everything is in flight', () => {
  const key = { root: { accessKeys: [accessKey(memberId(0), 1), accessKey(memberId(0), 2)] } };
  const stopped = async (behaviour: object, flags: readonly string[], members: readonly Member[] = [key]) => {
    let isStopped = false;
    const scene = createScene(scenarioOf([...members]), {
      onRequest: ({ body }) => {
        if (isStopped || !String(body).includes('Action=DeleteAccessKey')) return;
        isStopped = true;
        scene.signal('SIGINT');
      },
    });
    scene.sandbox.setBehaviour(behaviour);
    const { code, stdout, stderr } = await scene.run(['delete', '--all', '--yes', ...flags]);
    const [run] = (await scene.run(['runs', '-o', 'json'])).json.runs;
    return { code, stderr, run, resumes: `${stdout}${stderr}`.split(`rootctl runs resume ${run.id}`).length - 1 };
  };
  const refused = { faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteAccessKey' }] };

  test.each([
    ['refused', refused, ['-o', 'json']],
    ['refused', refused, []],
    ['not seen to be gone', { consistencyLagMs: 600_000 }, ['-o', 'json']],
  ] as const)(
    'and a deletion that is %s leaves something to resume, and says so once',
    async (_how, behaviour, flags) => {
      const { code, stderr, run, resumes } = await stopped(behaviour, flags);
      expect([code, run.state, resumes]).toEqual([130, 'finished', 1]);
      expect(stderr).toContain(`resume with: rootctl runs resume ${run.id}`);
      expect(stderr).not.toContain('nothing to resume');
    },
  );

  test('leaves nothing to resume of an account that was left alone as it could not be read', async () => {
    const denied = { faults: [{ kind: 'access-denied', rate: 1, operation: 'AssumeRoot', accountId: memberId(1) }] };
    const { stderr, resumes } = await stopped(denied, [], [key, {}]);
    expect(stderr).toContain('nothing to resume');
    expect(resumes).toBe(0);
  });
});

test('a deletion that AWS refuses, and that nobody stopped, tells how to go on in its result alone', async () => {
  const scene = createScene(scenarioOf(fullMembers(1)));
  scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'DeleteAccessKey' }] });
  const { stdout, stderr } = await scene.run(['delete', '--all', '--yes']);
  expect(stdout).toContain('next: rootctl runs resume');
  expect(stderr).not.toContain('runs resume');
});

test('the third signal leaves at once', async () => {
  const scene = createScene(scenarioOf(fullMembers(3)), {
    onRequest: ({ body }) => {
      if (!String(body).includes('Action=DeleteAccessKey')) return;
      for (let time = 0; time < 3; time += 1) scene.signal('SIGINT');
    },
  });
  expect((await scene.run(['delete', '--all', ...yes])).code).toBe(130);
  expect(scene.exits()).toContain(130);
});

describe('--timeout', () => {
  test('ends the whole command: exit 1, what was not tried is told, resume finishes it', async () => {
    const scene = createScene(scenarioOf(fullMembers(40), { behaviour: { latencyMs: { iam: 50, sts: 50 } } }));
    const { code, json, stderr } = await scene.run(['delete', '--all', '--concurrency', '5', '--timeout', '4', ...yes]);
    expect(code).toBe(1);
    expect(stderr).toContain('--timeout (4 s)');
    expect(json.summary.deleted).toBeGreaterThan(0);
    expect(json.accounts.some(({ reason }: Entry) => reason === 'not-tried')).toBe(true);
    expect((await scene.run(['runs', 'resume', json.runId, ...yes])).json.summary.deleted).toBe(40);
  });

  test('gives up what hangs, after a grace', async () => {
    const scene = createScene(scenarioOf(fullMembers(2), { behaviour: { latencyMs: { iam: 3_600_000 } } }));
    const { code, stdout, stderr } = await scene.run(['status', '--timeout', '3', '-o', 'json']);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).not.toBe('');
    expect(scene.clock.nowMs() - Date.parse('2026-01-31T09:30:00.000Z')).toBeLessThan(60_000);
  });

  test.each([['0'], ['-1'], ['soon']])('--timeout %s is wrong usage', async (seconds) => {
    const scene = createScene(scenarioOf([{}]));
    expect(await scene.run(['status', '--timeout', seconds])).toMatchObject({ code: 64 });
    expect(scene.sandbox.requests).toEqual([]);
  });
});

test('a closed pipe (| head -1) is no failure and no stack trace', async () => {
  const served = await serve(scenarioOf(Array.from({ length: 300 }, () => ({}))));
  const command = `${shellWords()} status -o json --endpoint-url ${served.endpoint} | head -1; echo "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['-c', command], { env: environment(served.home, served.env()) });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(stdout).toBe('{\n0\n');
  expect(stderr).toBe('');
});

/** The exit code of the program started by a shell, and what it said on stderr. */
async function inShell(home: Home, words: string): Promise<{ readonly code: string; readonly stderr: string }> {
  const command = `${shellWords()} ${words}; echo "code $?" >&2`;
  const child = spawn('sh', ['-c', command], { env: environment(home) });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  return { code: /code (\d+)\n$/u.exec(stderr)?.[1] ?? '', stderr };
}

test.skipIf(process.platform !== 'linux').each([
  ['runs >&-', '1', /could not be written \(EBADF\)\nhint: stdout is closed/u],
  ['runs >/dev/full', '1', /could not be written \(ENOSPC\)\nhint: /u],
  ['runs >/dev/null', '0', /^code 0\n$/u],
  ['runs <&-', '0', /^code 0\n$/u],
  ['--version >/dev/full', '1', /^[^\n]*could not be written \(ENOSPC\)\nhint: [^\n]*\ncode 1\n$/u],
])('a result that cannot be written is a failure: %s exits %s', async (words, code, said) => {
  const result = await inShell(await makeHome(), words);
  expect(result.code).toBe(code);
  expect(result.stderr).toMatch(said);
});

test.skipIf(process.platform !== 'linux').each(['help formatting', 'completion bash'])(
  'a file that takes a part only is a failure: %s',
  async (words) => {
    const home = await makeHome();
    // As on a disk that is full: so many blocks, and no signal.
    const command = `ulimit -f 1; trap '' XFSZ; ${shellWords()} ${words} > ${home.file('out')}; echo "code $?" >&2`;
    const child = spawn('sh', ['-c', command], { env: environment(home) });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toMatch(/could not be written \(EFBIG\)\nhint: [^\n]*\ncode 1\n$/u);
  },
);

test.skipIf(process.platform !== 'linux').each(['>&-', '>/dev/full'])(
  'a deletion whose result cannot be written (%s) names its run',
  async (redirection) => {
    const served = await serve(scenarioOf(fullMembers(1)));
    const command = `${shellWords()} delete --all --yes --endpoint-url ${served.endpoint} ${redirection}; echo "code $?" >&2`;
    const child = spawn('sh', ['-c', command], { env: environment(served.home, served.env()) });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await new Promise((resolve) => child.on('close', resolve));
    const [journal = ''] = await served.home.journals();
    const runId = journal.split('/').at(-1)?.replace('.jsonl', '');
    expect(stderr).toMatch(/code 1\n$/u);
    expect(stderr).toMatch(new RegExp(`run ${runId}: .*rootctl runs show ${runId}`, 'u'));
  },
);

test('a program that wants no result and throws it away gets its exit code', async () => {
  const home = await makeHome();
  // As Python's DEVNULL: /dev/null, opened for reading and writing, as Node itself does in the place of a closed one.
  const [file, ...words] = programWords();
  const child = spawn(file, [...words, 'runs'], { env: environment(home), stdio: 'ignore' });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
});

test('a stop leaves no account between intent and answer', async () => {
  let signals = 0;
  const scene = createScene(scenarioOf(fullMembers(20), slow), {
    onRequest: ({ body }) => {
      if (!String(body).includes('Action=DeactivateMFADevice') || signals > 0) return;
      signals += 1;
      scene.signal('SIGINT');
    },
  });
  const { code, json } = await scene.run(['delete', '--all', '--concurrency', '5', ...yes]);
  expect(code).toBe(130);
  const journal = (scene.files.contents.get(`runs/${json.runId}.jsonl`) ?? '').trim().split('\n');
  const events = journal.map((line) => JSON.parse(line) as { event: string });
  const count = (event: string) => events.filter((line) => line.event === event).length;
  expect(count('intent')).toBe(3 * 6);
  expect(count('answer')).toBe(3 * 6);
  expect(scene.account(memberId(19)).root.accessKeys).toHaveLength(2);
});
