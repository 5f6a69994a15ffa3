import { execFileSync } from 'node:child_process';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLines, until } from '../support/program.ts';
import { serve, serveByProgram } from '../support/sandbox-server.ts';
import {
  accessKey,
  denyRoot,
  everything,
  fullMembers,
  managementId,
  memberId,
  organizationId,
  password,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const first = memberId(0);
const yes = ['--yes', '-o', 'json'];
const deletions = new Set(['DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice']);
type Line = { event: string; account: string; kind: string; id: string | null; result: string; at: string };

describe('the journal', () => {
  test('holds the inventory and the plan first, then an intent before each request and its answer after', async () => {
    const served = await serve(scenarioOf([{ name: 'payments', root: everything(first) }, {}]));
    const { json } = await served.run(['delete', '--all', ...yes]);
    const [journal = ''] = await served.home.journals();
    expect(journal).toContain(json.runId);
    const lines = await readLines(journal);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index));
    expect(lines.map(({ event }) => event)).toEqual([
      'run',
      'inventory',
      'inventory',
      'inventory',
      'plan',
      'session',
      ...Array(6).fill(['intent', 'answer']).flat(),
      'account',
      'end',
    ]);
    expect(lines[0]).toMatchObject({
      command: 'delete',
      runId: json.runId,
      organization: { id: organizationId, callerArn: expect.stringMatching(/^arn:aws:iam::/u) },
      rootctlVersion: expect.any(String),
      pid: expect.any(Number),
      simulated: false,
    });
    expect(
      lines.find(({ event, account }) => event === 'inventory' && account === first).credentials.accessKeys,
    ).toHaveLength(2);
    const session = lines.find(({ event }) => event === 'session').sessionAccessKeyId;
    const requests = await served.requests();
    expect(requests.some(({ accessKeyId }) => accessKeyId === session)).toBe(true);
    for (const line of lines.filter(({ event }) => event === 'answer')) {
      expect(line).toMatchObject({ result: 'deleted', sessionAccessKeyId: session, requestId: expect.any(String) });
    }
    expect(lines.at(-1)).toMatchObject({ state: 'finished', summary: { deleted: 1 } });
  });

  test("is nobody else's to read: folders 0700, files 0600", async () => {
    const served = await serve(scenarioOf(fullMembers(1)));
    await served.run(['delete', '--all', ...yes]);
    const [journal = ''] = await served.home.journals();
    expect((await stat(journal)).mode & 0o777).toBe(0o600);
    for (const folder of [served.home.state, join(served.home.state, 'runs'), join(served.home.state, 'locks')]) {
      expect((await stat(folder)).mode & 0o777, folder).toBe(0o700);
    }
  });

  test('each intent is on the disk before its request is sent', async () => {
    const scene = createScene(scenarioOf(fullMembers(5)), {
      onRequest: ({ body }) => {
        const text = String(body);
        const match = /Action=(DeleteAccessKey|DeleteSigningCertificate|DeleteLoginProfile|DeactivateMFADevice)/u.exec(
          text,
        );
        if (match === null) return;
        const id = /(?:AccessKeyId|CertificateId|SerialNumber)=([^&]+)/u.exec(text)?.[1];
        const journal = [...scene.files.contents].find(([name]) => name.startsWith('runs/'))?.[1] ?? '';
        const intents = journal
          .trim()
          .split('\n')
          .map((line): Line => JSON.parse(line))
          .filter(({ event }) => event === 'intent');
        const wanted = id === undefined ? null : decodeURIComponent(id);
        const perPassword = intents.filter(({ kind }) => kind === 'login-profile').length;
        if (wanted === null) expect(perPassword).toBeGreaterThan(passwordsAsked);
        else expect(intents.map((line) => line.id)).toContain(wanted);
        if (wanted === null) passwordsAsked += 1;
      },
    });
    let passwordsAsked = 0;
    expect((await scene.run(['delete', '--all', ...yes])).code).toBe(0);
    expect(passwordsAsked).toBe(5);
  });

  test('a disk that fills up stops the run before the next deletion, and what was done is told', async () => {
    const scene = createScene(scenarioOf(fullMembers(8)));
    let appends = 0;
    scene.files.onAppend = () => {
      appends += 1;
      if (appends > 6) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    const { code, json, stderr } = await scene.run(['delete', '--all', '--concurrency', '1', ...yes]);
    expect(code).toBe(1);
    expect(stderr).toContain('ENOSPC');
    expect(stderr).toContain('JournalUnwritable');
    const intended = [...scene.files.contents.values()].join('').match(/"event":"intent"/gu)?.length ?? 0;
    const taken = scene.sandbox.requests.filter(({ operation }) => deletions.has(operation)).length;
    expect(taken).toBeLessThanOrEqual(intended);
    expect(json.accounts.filter(({ reason }: { reason: string }) => reason === 'not-tried').length).toBeGreaterThan(5);
    // With room again, the run can be resumed.
    delete scene.files.onAppend;
    const resumed = await scene.run(['runs', 'resume', json.runId, ...yes]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.json.summary.deleted).toBe(8);
  });

  test('a state folder that cannot be written: nothing is deleted', async () => {
    const served = await serve(scenarioOf(fullMembers(2)));
    await writeFile(served.home.file('file'), '');
    const { code, stderr } = await served.run(['delete', '--all', ...yes], {
      env: { XDG_STATE_HOME: served.home.file('file') },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('ENOTDIR');
    expect(stderr).toMatch(/^error: the state folder .*\nhint: .*XDG_STATE_HOME/mu);
    expect((await served.requests()).filter(({ operation }) => deletions.has(operation))).toEqual([]);
  });
});

describe('runs', () => {
  test('below a file in place of a state folder: an error with its cure, and not a list of none', async () => {
    const served = await serve(scenarioOf([{}]));
    await writeFile(served.home.file('file'), '');
    const { code, stdout, stderr } = await served.run(['runs'], { env: { XDG_STATE_HOME: served.home.file('file') } });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^error: the state folder \S+ cannot be used: ENOTDIR.* \(StateFolderUnwritable\)\nhint: .*XDG_STATE_HOME$/mu,
    );
  });

  test('lists what was done, the latest first, as table and as JSON', async () => {
    const served = await serve(scenarioOf(fullMembers(2)));
    expect((await served.run(['runs'])).stdout).toContain('No runs yet');
    const one = await served.run(['delete', first, ...yes]);
    const two = await served.run(['delete', memberId(1), ...yes]);
    const { code, json } = await served.run(['runs', '-o', 'json']);
    expect(code).toBe(0);
    const ids = json.runs.map(({ id }: { id: string }) => id);
    expect(new Set(ids)).toEqual(new Set([one.json.runId, two.json.runId]));
    for (const run of json.runs) {
      expect(run).toMatchObject({ command: 'delete', state: 'finished', organizationId, summary: { deleted: 1 } });
    }
    expect((await served.run(['runs'])).stdout).toContain(one.json.runId);
  });

  test('show tells a run in table, JSON and markdown, with the CloudTrail query that finds its events', async () => {
    const served = await serve(scenarioOf([{ name: 'payments', root: everything(first) }]));
    const { json: run } = await served.run(['delete', '--all', ...yes]);
    const shown = await served.run(['runs', 'show', run.runId, '-o', 'json']);
    expect(shown.code).toBe(0);
    expect(shown.json).toMatchObject({
      kind: 'rootctl.run',
      run: { id: run.runId, state: 'finished' },
      journal: { intact: true, problem: null },
      accounts: [
        { id: managementId, outcome: 'skipped' },
        { id: first, outcome: 'deleted' },
      ],
    });
    const session = shown.json.events.find(({ event }: Line) => event === 'session').sessionAccessKeyId;
    expect(shown.json.cloudTrailQuery).toContain(session);
    expect((await served.run(['runs', 'show', run.runId])).stdout).toContain('intact');
    expect((await served.run(['runs', 'show', run.runId, '-o', 'markdown'])).stdout).toContain('|');
  });

  test.each([['20260131-0930-none'], ['../../etc/passwd'], ['x y']])('show %s: 64 and where to look', async (id) => {
    const scene = createScene(scenarioOf([{}]));
    const { code, stderr } = await scene.run(['runs', 'show', id]);
    expect(code).toBe(64);
    expect(stderr).toContain('there is no run');
  });

  test.each<[string, (text: string) => string]>([
    ['an edited answer', (text) => text.replace('"result":"deleted"', '"result":"failed"')],
    [
      'a line taken out',
      (text) =>
        text
          .split('\n')
          .filter((_, index) => index !== 6)
          .join('\n'),
    ],
    ['a line put in', (text) => text.replace('\n', '\n{"seq":1,"event":"end","prev":"x"}\n')],
    [
      'two lines exchanged',
      (text) =>
        text
          .split('\n')
          .map((line, index, all) => all[index === 6 ? 7 : index === 7 ? 6 : index] ?? line)
          .join('\n'),
    ],
    [
      'no JSON in the middle',
      (text) =>
        text
          .split('\n')
          .map((line, index) => (index === 6 ? line.slice(5) : line))
          .join('\n'),
    ],
  ])('a journal with %s is noticed by show and refused by resume', async (_name, change) => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    const { json } = await scene.run(['delete', '--all', ...yes]);
    const name = `runs/${json.runId}.jsonl`;
    scene.files.contents.set(name, change(scene.files.contents.get(name) ?? ''));
    const shown = await scene.run(['runs', 'show', json.runId, '-o', 'json']);
    expect(shown).toMatchObject({ code: 1, json: { journal: { intact: false } } });
    expect((await scene.run(['runs', 'show', json.runId])).stdout).toContain('NOT intact');
    expect(await scene.run(['runs', 'resume', json.runId, '--yes'])).toMatchObject({ code: 64 });
  });

  test('a journal under the name of another run is noticed by show and refused by resume', async () => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    const { json } = await scene.run(['delete', '--all', ...yes]);
    const other = '20260131-0930-copy';
    scene.files.contents.set(`runs/${other}.jsonl`, scene.files.contents.get(`runs/${json.runId}.jsonl`) ?? '');
    expect((await scene.run(['runs', 'show', other])).stdout).toContain(
      'NOT intact: it is the journal of another run: the file was copied or renamed',
    );
    const before = scene.sandbox.requests.length;
    expect(await scene.run(['runs', 'resume', other, '--yes'])).toMatchObject({ code: 64 });
    expect(scene.sandbox.requests).toHaveLength(before);
  });

  test('a journal cut off at its end is an interrupted run, and can be resumed', async () => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    const { json } = await scene.run(['delete', '--all', ...yes]);
    const name = `runs/${json.runId}.jsonl`;
    const lines = (scene.files.contents.get(name) ?? '').split('\n');
    const cut = `${lines.slice(0, 12).join('\n')}\n${lines[12]?.slice(0, 30)}`;
    scene.files.contents.set(name, cut);
    const { json: list } = await scene.run(['runs', '-o', 'json']);
    expect(list.runs).toMatchObject([{ state: 'interrupted' }]);
    expect(await scene.run(['runs', 'show', json.runId, '-o', 'json'])).toMatchObject({
      code: 1,
      json: {
        complete: false,
        journal: { intact: false, problem: expect.stringContaining('its last line is incomplete') },
      },
    });
    const resumed = await scene.run(['runs', 'resume', json.runId, ...yes]);
    expect(resumed.code).toBe(0);
    const shown = await scene.run(['runs', 'show', json.runId, '-o', 'json']);
    expect(shown.json).toMatchObject({ journal: { intact: true }, run: { state: 'finished' } });
  });
});

test.each([
  ['whole lines cut off at its end', (text: string) => `${text.trimEnd().split('\n').slice(0, 12).join('\n')}\n`],
  ['no end, as kill -9 leaves it', (text: string) => text.replace(/[^\n]+\n$/u, '')],
])('a journal with %s is not called intact, and can be gone on with', async (_name, change) => {
  const scene = createScene(scenarioOf(fullMembers(3)));
  const { json } = await scene.run(['delete', '--all', ...yes]);
  const name = `runs/${json.runId}.jsonl`;
  scene.files.contents.set(name, change(scene.files.contents.get(name) ?? ''));
  const shown = await scene.run(['runs', 'show', json.runId, '-o', 'json']);
  expect(shown).toMatchObject({
    code: 1,
    json: {
      journal: { intact: false, problem: 'its end is missing: the run was killed, or the last lines were removed' },
    },
  });
  expect((await scene.run(['runs', 'show', json.runId])).stdout).toContain('NOT intact: its end is missing');
  expect((await scene.run(['runs', 'resume', json.runId, ...yes])).code).toBe(0);
});

describe('what lies among the journals', () => {
  test.each([
    ['is damaged', (text: string) => text.replace('"command"', '"commend"')],
    ['is cut off', (text: string) => text.slice(30)],
    ['is taken out', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['is all there is, and torn', (text: string) => text.slice(0, 40)],
    ['names no organization', (text: string) => text.replace(/"organization":\{[^}]*\}/u, '"organization":null')],
    ['is empty', () => ''],
  ])('a run whose first line %s is listed, explained and not gone on with', async (_name, change) => {
    const scene = createScene(scenarioOf(fullMembers(1)));
    const { json } = await scene.run(['delete', '--all', ...yes]);
    const name = `runs/${json.runId}.jsonl`;
    scene.files.contents.set(name, change(scene.files.contents.get(name) ?? ''));
    const list = await scene.run(['runs', '-o', 'json']);
    expect(list.code).toBe(0);
    expect(list.json.runs).toMatchObject([
      { id: json.runId, command: 'unknown', startedAt: '2026-01-31T09:30:00.000Z', problem: expect.any(String) },
    ]);
    expect((await scene.run(['runs'])).stdout).toContain(json.runId);
    const shown = await scene.run(['runs', 'show', json.runId, '-o', 'json']);
    expect(shown).toMatchObject({ code: 1, json: { journal: { intact: false, problem: expect.any(String) } } });
    for (const more of [[], ['--events'], ['-o', 'markdown']]) {
      const { stdout } = await scene.run(['runs', 'show', json.runId, ...more]);
      expect(stdout).toContain('NOT intact');
      expect(stdout).not.toContain('No account was changed'); // nobody can know
      expect(stdout).not.toContain("IN ('')"); // finds nothing, whatever happened
    }
    expect((await scene.run(['runs', 'resume', json.runId, ...yes])).code).toBe(64);
  });

  test.each<[string, (text: string) => string, string]>([
    ['and what was done can', (text) => text, 'The journal records changes, but not all of it can be read'],
    [
      'and what was done cannot either',
      (text) => text.replaceAll(/^.*"event":"(?:intent|answer)".*\n/gmu, ''),
      'What can be read of the journal records no change',
    ],
  ])('where the plan of a run cannot be read, %s: nothing is told as if it were all', async (_name, cut, sentence) => {
    const scene = createScene(scenarioOf(fullMembers(1)));
    const { json } = await scene.run(['delete', first, ...yes]);
    const name = `runs/${json.runId}.jsonl`;
    const text = scene.files.contents.get(name) ?? '';
    scene.files.contents.set(name, cut(text.replace(/^.*"event":"plan".*\n/mu, '')));
    expect((await scene.run(['runs', 'show', json.runId])).stdout).toContain(sentence);
  });

  test('one bad file hides no other: a folder, a stranger, what cannot be read', async () => {
    const served = await serve(scenarioOf(fullMembers(1)));
    const { json } = await served.run(['delete', '--all', ...yes]);
    const runs = join(served.home.state, 'runs');
    await mkdir(join(runs, '20260131-0930-abcd.jsonl'));
    await writeFile(join(runs, 'notes.jsonl'), 'my notes\n');
    await writeFile(join(runs, 'README'), 'no journal at all');
    await symlink('/dev/zero', join(runs, '20260131-0930-zero.jsonl'));
    execFileSync('mkfifo', [join(runs, '20260131-0930-pipe.jsonl')]);
    const list = await served.run(['runs', '-o', 'json']);
    expect(list.code).toBe(0);
    expect(list.json.runs).toMatchObject([{ id: json.runId, state: 'finished', problem: null }]);
    for (const [name, why] of [
      ['20260131-0930-abcd', 'is a folder'],
      ['20260131-0930-pipe', 'not a file'],
      ['20260131-0930-zero', 'symbolic link'],
      ['notes', 'it does not contain the journal of a run'],
    ]) {
      expect(list.stderr).toMatch(
        new RegExp(`^warning: .*/${name}\\.jsonl is not the journal of a run: .*${why}`, 'mu'),
      );
    }
    expect((await served.run(['runs', 'show', '20260131-0930-abcd'])).code).toBe(64);
    expect((await served.run(['doctor', '-o', 'json'])).json.kind).toBe('rootctl.doctor');
  });
});

describe('resume', () => {
  test('asks first: without a terminal and --yes nothing is asked of AWS', async () => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    const { json } = await scene.run(['delete', '--all', ...yes]);
    expect(await scene.run(['runs', 'resume', json.runId])).toMatchObject({ code: 64 });
  });

  test('does only what the plan still lacks, each target read again first', async () => {
    const denied = scenarioOf(fullMembers(4), {
      organization: { policies: [denyRoot([memberId(1)], 'iam:DeleteLoginProfile')] },
      events: [
        // The policy is taken away by somebody else, once the first run is over.
        { at: { afterMs: 3_600_000 }, accountId: memberId(1), set: { detachPolicy: 'p-denyroot1' } },
      ],
    });
    const scene = createScene(denied);
    const one = await scene.run(['delete', '--all', ...yes]);
    expect(one.json.summary).toMatchObject({ deleted: 3, partial: 1 });
    await scene.clock.sleep(3_700_000);
    const before = scene.sandbox.requests.length;
    const two = await scene.run(['runs', 'resume', one.json.runId, ...yes]);
    expect(two.code).toBe(0);
    expect(two.json).toMatchObject({ runId: one.json.runId, summary: { deleted: 4 } });
    const later = scene.sandbox.requests.slice(before);
    expect(
      new Set(later.filter(({ operation }) => operation === 'AssumeRoot').map((one_) => one_.targetAccount)),
    ).toEqual(new Set([memberId(1)]));
    // What the first part deleted stays "deleted" in the whole story.
    const account = two.json.accounts.find(({ id }: { id: string }) => id === memberId(1));
    expect(account.actions.map(({ result }: Line) => result)).toEqual(Array(6).fill('deleted'));
    expect(scene.files.contents.get(`runs/${one.json.runId}.jsonl`)).toContain('"event":"resumed"');
    // And once more there is nothing to do.
    const three = await scene.run(['runs', 'resume', one.json.runId, '--yes']);
    expect(three).toMatchObject({ code: 0 });
    expect(three.stderr).toContain('nothing left to do');
    expect(three.stdout).toContain('root credentials deleted in 4 accounts');
    // The kind of document and the formats do not depend on whether anything was left.
    const asked = scene.sandbox.requests.length;
    const four = await scene.run(['runs', 'resume', one.json.runId, ...yes]);
    expect(four.json).toEqual({ ...two.json, generatedAt: four.json.generatedAt });
    expect((await scene.run(['runs', 'resume', one.json.runId, '--yes', '-o', 'csv'])).code).toBe(0);
    expect(scene.sandbox.requests).toHaveLength(asked);
  });

  test('a target that changed since is left alone and reported', async () => {
    const scene = createScene(
      scenarioOf([{ root: { ...password, mfaDevices: [virtualDevice(first)] } }], {
        behaviour: { faults: [{ kind: 'access-denied', rate: 1, times: 1, operation: 'DeleteLoginProfile' }] },
      }),
    );
    const one = await scene.run(['delete', '--all', ...yes]);
    expect(one.json.accounts[1].outcome).toBe('failed');
    scene.account(first).root.loginProfile = { createdAt: '2026-01-31T09:31:00.000Z' };
    const two = await scene.run(['runs', 'resume', one.json.runId, ...yes]);
    expect(two.code).toBe(1);
    expect(two.json.accounts).toMatchObject([
      { id: managementId, outcome: 'skipped' },
      { id: first, outcome: 'skipped', reason: 'changed-since-plan' },
    ]);
    expect(scene.account(first).root.mfaDevices).toHaveLength(1);
  });

  test('a run of another organization is refused', async () => {
    const one = createScene(
      scenarioOf(fullMembers(4), {
        organization: { id: 'o-otherorg0001', policies: [denyRoot([first], 'iam:DeleteAccessKey')] },
      }),
    );
    const { json } = await one.run(['delete', '--all', ...yes]);
    const two = createScene(scenarioOf(fullMembers(4)), { files: one.files });
    const { code, stderr } = await two.run(['runs', 'resume', json.runId, '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain('o-otherorg0001');
  });

  test('a simulated run is resumed with --sandbox only, a real one without', async () => {
    const scene = createScene(
      scenarioOf([{ root: password }], { organization: { policies: [denyRoot([first], 'iam:DeleteLoginProfile')] } }),
    );
    const { json } = await scene.run(['delete', '--all', ...yes]);
    const name = `runs/${json.runId}.jsonl`;
    expect(JSON.parse(scene.files.contents.get(name)?.split('\n')[0] ?? '')).toMatchObject({ simulated: false });
    const refused = await scene.run(['runs', 'resume', json.runId, '--yes', '--sandbox'], {
      stateFolder: '/nonexistent',
    });
    expect(refused.code).toBe(64);
    expect(refused.stderr).toContain('leave out --sandbox');
  });
});

test('kill -9 in the middle of a delete of 200 accounts, then runs resume: everything gone, one journal tells it all', async () => {
  const count = 200;
  const members = Array.from({ length: count }, (_, index) => {
    const id = memberId(index);
    return { root: { ...password, accessKeys: [accessKey(id, 1)], mfaDevices: [virtualDevice(id)] } };
  });
  const served = await serveByProgram(scenarioOf(members, { behaviour: { latencyMs: { iam: 3, sts: 3 } } }));
  const running = served.start(['delete', '--all', '--yes', '-o', 'json']);
  const asked = async (operation: string) => (await served.counters()).byOperation[operation]?.requests ?? 0;
  await until(async () => (await asked('iam.DeleteLoginProfile')) >= 60 || running.child.exitCode !== null);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(running.child.signalCode).toBe('SIGKILL');
  expect(running.stdout()).toBe('');
  const held = (await served.accounts()).filter(({ root }) => root.loginProfile !== undefined).length;
  expect(held).toBeGreaterThan(1); // it was in the middle

  const { json: list } = await served.run(['runs', '-o', 'json']);
  expect(list.runs).toMatchObject([{ state: 'interrupted', endedAt: null }]);
  const [{ id: runId }] = list.runs;
  const resumed = await served.run(['runs', 'resume', runId, ...yes]);
  expect(resumed.code).toBe(0);
  expect(resumed.json.summary).toMatchObject({ accounts: count + 1, deleted: count, skipped: 1 });
  expect(
    resumed.json.accounts.flatMap(({ actions }: { actions: Line[] }) => actions.map(({ result }) => result)),
  ).toEqual(Array(3 * count).fill('deleted'));
  for (const { id, root } of await served.accounts()) {
    if (id.startsWith('2'))
      expect([root.loginProfile, root.accessKeys, root.mfaDevices], id).toEqual([undefined, [], []]);
  }

  expect(await served.home.journals()).toHaveLength(1);
  const shown = await served.run(['runs', 'show', runId, '-o', 'json']);
  expect(shown).toMatchObject({ code: 0, json: { journal: { intact: true }, run: { state: 'finished' } } });
  // Whatever took effect at AWS stands in the journal, as intended by the same session.
  const [journal = ''] = await served.home.journals();
  const intents = new Set(
    (await readLines(journal))
      .filter(({ event }) => event === 'intent')
      .map((line) => `${line.account} ${line.kind} ${line.id}`),
  );
  expect(intents.size).toBe(3 * count);
  const changes = (await served.requests()).filter(({ operation, changed }) => deletions.has(operation) && changed);
  expect(changes).toHaveLength(3 * count);
});

describe('two runs at once', () => {
  test('the second is refused with the pid and the start of the first, and the first goes on', async () => {
    const stall = { kind: 'throttle', rate: 1, operation: 'DeleteLoginProfile', accountId: first } as const;
    const served = await serve(scenarioOf(fullMembers(3), { behaviour: { faults: [stall] } }));
    const one = served.start(['delete', first, memberId(1), ...yes]);
    const lock = join(served.home.state, 'locks', `${organizationId}.json`);
    const holder = await until(async () => {
      const text = await readFile(lock, 'utf8').catch(() => '');
      return text.endsWith('}') ? (JSON.parse(text) as { pid: number; startedAt: string; work: string }) : undefined;
    });
    expect(holder.pid).toBe(one.child.pid);
    const two = await served.run(['delete', memberId(2), ...yes]);
    expect(two.code).toBe(1);
    expect(two.json.error.code).toBe('RunInProgress');
    expect(two.stderr).toContain(`pid ${holder.pid}`);
    expect(two.stderr).toContain(holder.startedAt);
    const { json: list } = await served.run(['runs', '-o', 'json']);
    expect(list.runs[0]).toMatchObject({ id: holder.work, state: 'running' });
    await served.setBehaviour({});
    const done = await one.ended;
    expect(done).toMatchObject({ code: 0, json: { summary: { deleted: 2 } } });
    expect(await served.credentialCount(memberId(2))).toBe(6);
    await expect(stat(lock)).rejects.toThrow('ENOENT');
  });

  test.each([
    ['whose process is gone', { pid: 2 ** 22 - 3, identity: 'x' }],
    ['whose pid is another process now', { pid: process.pid, identity: 'another boot:1' }],
    ['that a crash cut off', '{"pid":'],
  ])('a lock %s is stale', async (_name, lock) => {
    const served = await serve(scenarioOf([{ root: password }]));
    await mkdir(join(served.home.state, 'locks'), { recursive: true });
    const holder = typeof lock === 'string' ? lock : JSON.stringify({ runId: 'r', startedAt: 'then', ...lock });
    await writeFile(join(served.home.state, 'locks', `${organizationId}.json`), holder);
    expect(await served.run(['delete', '--all', ...yes])).toMatchObject({ code: 0 });
  });
});
