import { describe, expect, test } from 'vitest';
import { replacementOf, unlock } from '../../src/actions/unlock.ts';
import { isAccountId } from '../../src/org/account.ts';
import { readJournal } from '../../src/run/journal.ts';
import type { Fault } from '../../src/sandbox/index.ts';
import { createBench } from '../support/bench.ts';
import { dataLake, enabledDefault, payments } from '../support/issue5-scenarios.ts';
import { createScene, keptOf, type Scene } from '../support/scene.ts';

const name = 'payments-prod-ledger';
const ledger = ['unlock', 's3', '--account', payments, '--bucket', name];
const events = ['unlock', 'sqs', '--account', dataLake, '--queue', 'ingest-events'];
const yes = ['--yes', '-o', 'json'];
const bucket = (scene: Scene) => scene.account(payments).buckets.find((one) => one.name === name);
const changes = (scene: Scene) =>
  scene.sandbox.requests.filter(({ operation }) => /^(?:Put|Delete)Bucket|^SetQueue/u.test(operation)).length;
const journalOf = (scene: Scene) => {
  const [text = ''] = [...scene.files.contents].filter(([file]) => file.startsWith('runs/')).map(([, one]) => one);
  return readJournal(text).lines;
};
const denied = (operation: string): Fault => ({ kind: 'access-denied', rate: 1, operation });
const locking = (sid: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...sid, Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${name}` }],
  });

describe('unlock', () => {
  test('writes down who agreed, the session, the intent, the answer and whether the change was seen', async () => {
    const scene = createScene(enabledDefault());
    const { json } = await scene.run([...ledger, '--delete-policy', ...yes]);
    expect(json).toMatchObject({ outcome: 'deleted', complete: true });
    const lines = journalOf(scene);
    expect(lines.map(({ event }) => event)).toEqual(['run', 'session', 'policy-intent', 'policy-answer', 'end']);
    const [header, session, , answer, end] = lines;
    expect(header).toMatchObject({ options: { service: 's3', action: 'delete', isConfirmedByFlag: true } });
    expect(session).toMatchObject({ taskPolicy: 'S3UnlockBucketPolicy', sessionAccessKeyId: expect.any(String) });
    expect(answer).toMatchObject({ error: null, backup: json.backup, resource: `arn:aws:s3:::${name}` });
    expect(end).toMatchObject({ summary: { changed: 1, seen: 1 } });
  });

  test('that AWS refuses is on record with its reason, and the backup is kept', async () => {
    const scene = createScene(enabledDefault({}, { behaviour: { faults: [denied('DeleteBucketPolicy')] } }));
    const { code, stderr } = await scene.run([...ledger, '--delete-policy', ...yes]);
    expect(code).toBe(1);
    expect(stderr).not.toContain('could not be seen'); // nothing of it is in doubt
    expect(journalOf(scene).find(({ event }) => event === 'policy-answer')).toMatchObject({
      error: { code: 'AccessDenied' },
    });
    expect(keptOf(scene).filter((file) => file.startsWith('backups/'))).toHaveLength(1);
    expect(bucket(scene)?.policy).toBeDefined();
  });

  test.each<[string, readonly Fault[]]>([
    ['the answer was lost', [{ kind: 'drop-after', rate: 1, operation: 'DeleteBucketPolicy' }]],
    ['the policy cannot be read after it', []],
  ])('is in doubt where %s', async (_what, faults) => {
    let isAsked = false;
    const scene: Scene = createScene(enabledDefault(), {
      onRequest: (request) => {
        if (isAsked || !('method' in request) || request.method !== 'DELETE') return;
        isAsked = true;
        scene.sandbox.setBehaviour({ faults: [...faults, denied('GetBucketPolicy')] });
      },
    });
    const { code, json, stderr } = await scene.run([...ledger, '--delete-policy', ...yes]);
    expect([code, json.kind]).toEqual([1, 'rootctl.error']);
    expect(stderr).toMatch(/^error: whether the policy of payments-prod-ledger was changed could not be seen/mu);
    expect(stderr).toContain(`check again: rootctl unlock s3 --account ${payments} --bucket ${name}`);
  });

  test('that is in doubt tells a library so as an error', async () => {
    let isAsked = false;
    const bench = createBench(enabledDefault(), {
      onRequest: (request) => {
        if (isAsked || !('method' in request) || request.method !== 'DELETE') return;
        isAsked = true;
        bench.sandbox.setBehaviour({ faults: [denied('GetBucketPolicy')] });
      },
    });
    if (!isAccountId(payments)) throw new Error('not an id');
    const request = { service: 's3', account: payments, named: name, change: { action: 'delete' } } as const;
    await expect(unlock({ ...request, isConfirmed: true }, bench.environment)).rejects.toThrow();
    expect(bench.events).toContainEqual(
      expect.objectContaining({ weight: 'error', problem: expect.objectContaining({ code: 'PolicyInDoubt' }) }),
    );
  });

  test('of a policy that is not there has nothing to delete: nobody is asked, and no session is opened for it', async () => {
    const { environment, files, sandbox } = createBench(enabledDefault());
    const ledgerBucket = sandbox.accounts.find(({ id }) => id === payments)?.buckets.find((one) => one.name === name);
    Object.assign(ledgerBucket ?? {}, { policy: undefined });
    if (!isAccountId(payments)) throw new Error('not an id');
    const request = { service: 's3', account: payments, named: name, change: { action: 'delete' } } as const;
    const ask = () => Promise.reject(new Error('somebody was asked'));
    const world = { ...environment, ask };
    expect(await unlock(request, world)).toMatchObject({ outcome: 'shown', policy: null, backup: null });
    expect(await unlock({ ...request, dryRun: true }, world)).toMatchObject({ outcome: 'shown', policy: null });
    expect(sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot')).toHaveLength(2);
    expect([...files.contents.keys()]).toEqual([]);
  });

  test('whose change is not seen within a minute says so, and what it did', async () => {
    let before: unknown;
    const scene: Scene = createScene(enabledDefault(), {
      onRequest: (request) => {
        const holder = bucket(scene);
        if (holder === undefined) return;
        before ??= holder.policy;
        if (!('method' in request) || request.method !== 'DELETE') Object.assign(holder, { policy: before });
      },
    });
    const { code, json, stderr } = await scene.run([...ledger, '--delete-policy', ...yes]);
    expect(code).toBe(1);
    expect(json.outcome).toBe('deleted');
    expect(stderr).toMatch(
      /^error: AWS accepted the change but still shows the old policy of payments-prod-ledger after 60 s/mu,
    );
    expect(stderr).toContain(`rootctl unlock s3 --account ${payments} --bucket ${name}`);
    expect(journalOf(scene).at(-1)).toMatchObject({ summary: { changed: 1, seen: 0 } });
  });

  test('whose record has no end says that too', async () => {
    const scene = createScene(enabledDefault());
    scene.files.onAppend = (_name, text) => {
      if (text.includes('"event":"end"')) throw new Error('ENOSPC: no space left on device');
    };
    const { code, json, stderr } = await scene.run([...ledger, '--delete-policy', ...yes]);
    expect([code, json.outcome]).toEqual([1, 'deleted']);
    expect(stderr).toMatch(/^error: the journal .* cannot be written: ENOSPC.* \(JournalUnwritable\)$/mu);
  });

  test('changes nothing where the old policy cannot be saved', async () => {
    const scene = createScene(enabledDefault());
    const { create } = scene.files;
    Object.assign(scene.files, {
      create: (file: string, text: string) =>
        file.startsWith('backups/') ? Promise.reject(new Error('ENOSPC: no space left on device')) : create(file, text),
    });
    const { code, stderr } = await scene.run([...ledger, '--delete-policy', '--yes']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('ENOSPC');
    expect(changes(scene)).toBe(0);
    expect(journalOf(scene).map(({ event }) => event)).toEqual(['run', 'session', 'end']);
  });

  test('of a policy that is there already changes nothing, keeps nothing and says so', async () => {
    const scene = createScene(enabledDefault());
    const { policy } = (await scene.run([...ledger, '-o', 'json'])).json;
    scene.inputs.set('policy.json', JSON.stringify(policy));
    const { code, json, stderr } = await scene.run([...ledger, '--put-policy', 'policy.json', ...yes]);
    expect([code, json.outcome]).toEqual([0, 'shown']);
    expect(stderr).toContain('The policy is already like this: nothing was changed.');
    expect(changes(scene)).toBe(0);
    expect(keptOf(scene)).toEqual([]);
  });

  test.each([
    [{ Sid: 'StillLocked' }, 'StillLocked'],
    [{}, 'Statement[0]'],
  ])('warns of a new policy that locks, by the name of its statement (%j)', async (sid, named) => {
    const scene = createScene(enabledDefault());
    scene.inputs.set('policy.json', `\n  ${locking(sid)}\n`);
    const { code, stderr } = await scene.run([...ledger, '--put-policy', 'policy.json', ...yes]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: the new policy would lock everyone out too: /mu);
    expect(stderr).toContain(`lock everyone out too: ${named}`);
  });

  const allowing = { Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${name}` };
  test.each([
    ['only of the statements that lock', JSON.parse(locking({ Sid: 'StillLocked' })).Statement, [['StillLocked']]],
    ['of none where none locks', [], []],
  ])('warns %s, and asks with what is there and where it will be kept', async (_what, more, warned) => {
    const { environment, events: told, files, sandbox } = createBench(enabledDefault());
    const asked: unknown[] = [];
    const ask = async (question: unknown) => {
      asked.push(question);
      return Promise.reject(new Error('nobody agreed'));
    };
    if (!isAccountId(payments)) throw new Error('not an id');
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [allowing, ...more] });
    const change = replacementOf('s3', document, 'policy.json');
    const request = { service: 's3', account: payments, named: name, change } as const;
    await expect(unlock(request, { ...environment, ask })).rejects.toThrow('nobody agreed');
    expect(told).toContainEqual({ event: 'working', on: 'organization' });
    const warnings = told.flatMap((event) => (event.event === 'problem' ? [event.problem.data] : []));
    expect(warnings).toEqual(warned.map((statements) => ({ statements })));
    expect(asked).toMatchObject([
      {
        what: 'bucket',
        consequence: {
          will: 'change-policy',
          found: { outcome: 'shown', resource: name, statements: [{ sid: 'LockedOut', locks: 'yes' }] },
          file: 'policy.json',
          backups: `${files.folder}/backups`,
        },
      },
    ]);
    expect(sandbox.requests.filter(({ operation }) => operation === 'PutBucketPolicy')).toEqual([]);
  });

  test('keeps the old policy under a name that tells whose it was', async () => {
    const scene = createScene(enabledDefault());
    await scene.run([...ledger, '--delete-policy', ...yes]);
    expect(keptOf(scene)).toContainEqual(expect.stringContaining(`backups/s3-${payments}-${name}-`));
  });

  test('sends of a file the policy, without the blanks around it', async () => {
    const bodies: string[] = [];
    const scene = createScene(enabledDefault(), {
      onRequest: (request) => {
        if ('method' in request && request.method === 'PUT') bodies.push(Buffer.from(request.body ?? '').toString());
      },
    });
    scene.inputs.set('policy.json', `\n  ${locking()}\n`);
    await scene.run([...ledger, '--put-policy', 'policy.json', ...yes]);
    expect(bodies.length).toBeGreaterThan(0);
    expect(new Set(bodies)).toEqual(new Set([locking()]));
  });

  test('asks AWS in each session whose it is', async () => {
    const scene = createScene(enabledDefault());
    await scene.run([...ledger, '--delete-policy', ...yes]);
    const inSessions = scene.sandbox.requests.filter(
      ({ operation, accessKeyId = '' }) => operation === 'GetCallerIdentity' && accessKeyId.startsWith('ASIA'),
    );
    expect(inSessions).toHaveLength(2);
  });

  test.each(['not a policy', '[1]', 'null', '"text"'])('shows the policy %s as the text that it is', async (text) => {
    const scene = createScene(enabledDefault());
    const [queue] = scene.account(dataLake).queues;
    Object.assign(queue ?? {}, { policy: text });
    const { json } = await scene.run([...events, '-o', 'json']);
    expect(json).toMatchObject({ policy: text, statements: [{ locks: 'unsure' }] });
  });

  test('lists queues with their URLs, and buckets without', async () => {
    const scene = createScene(enabledDefault());
    const queues = (await scene.run(['unlock', 'sqs', '--account', dataLake, '-o', 'json'])).json;
    expect(queues).toMatchObject({ region: 'us-east-1', resource: null, policy: null, statements: [] });
    expect(queues.resources[0].url).toContain(`/${dataLake}/ingest-events`);
    const buckets = (await scene.run(['unlock', 's3', '--account', payments, '-o', 'json'])).json;
    expect(buckets.region).toBeNull();
    expect(Object.keys(buckets.resources[0])).toEqual(['name', 'region', 'arn']);
  });

  test.each([
    ['s3', payments, 'arn:aws:s3:::*', 's3:*', 'ListBuckets'],
    ['sqs', dataLake, 'arn:aws:sqs:*:*:*', 'sqs:*', 'ListQueues'],
  ])('of %s names the policy that denies its task alone', async (service, account, Resource, Action, operation) => {
    const { organization, ...rest } = enabledDefault({}, { behaviour: { faults: [denied(operation)] } });
    const policies = [
      ...(organization?.policies ?? []),
      {
        id: 'p-denytask1',
        name: 'DenyTask',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource }] },
        targets: [account],
      },
    ];
    const scene = createScene({ ...rest, ...(organization && { organization: { ...organization, policies } }) });
    const { code, stderr } = await scene.run(['unlock', service, '--account', account]);
    expect(code).toBe(1);
    expect(stderr).toContain('DenyTask (p-denytask1)');
  });
});

const allowed = (Sid: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid, Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  });
const spaced = (policy: string) => JSON.stringify(JSON.parse(policy), null, 2);

describe.each([
  ['s3', ledger, name, payments, 'GetBucketPolicy', 'buckets'],
  ['sqs', events, 'ingest-events', dataLake, 'GetQueueAttributes', 'queues'],
] as const)('between the question of unlock %s and its answer', (service, command, holder, account, reading, kind) => {
  const removing = ['--delete-policy'];
  const putting = ['--put-policy', 'policy.json'];
  const held = (scene: Scene) => scene.account(account)[kind].find((one) => one.name === holder);
  const hold = (scene: Scene, policy: string | undefined) => Object.assign(held(scene) ?? {}, { policy });
  /** Runs the command for a person who sees the policy, and answers after `meanwhile`. */
  const run = async (args: readonly string[], shown: string | undefined, meanwhile: (scene: Scene) => unknown) => {
    const ask = async () => {
      meanwhile(scene);
      return holder;
    };
    const scene: Scene = createScene(enabledDefault(), { prompts: { ask, choose: async () => [] } });
    hold(scene, shown);
    scene.inputs.set('policy.json', allowed('New'));
    return { scene, ...(await scene.run([...command, ...args, '-o', 'json'])) };
  };
  const backups = (scene: Scene) => keptOf(scene).filter((file) => file.startsWith('backups/'));

  test.each([
    ['deletes, somebody puts another', removing, allowed('Old'), allowed('Theirs')],
    ['deletes, somebody puts another text that cannot be parsed', removing, '{', '{ '],
    ['replaces, somebody puts another', putting, allowed('Old'), allowed('Theirs')],
    ['replaces, somebody deletes', putting, allowed('Old'), undefined],
    ['puts where there is none, somebody puts another', putting, undefined, allowed('Theirs')],
  ])('of whoever %s: nothing is changed or saved, and it is told', async (_what, args, shown, theirs) => {
    const { scene, code, json, stderr } = await run(args, shown, (there) => hold(there, theirs));
    const region = held(scene)?.region;
    expect([code, json]).toMatchObject([
      1,
      { kind: 'rootctl.error', error: { code: 'PolicyChanged', data: { service, account, name: holder, region } } },
    ]);
    const again = ['rootctl', ...command, ...(service === 'sqs' ? ['--region', region] : [])].join(' ');
    expect(stderr).toMatch(new RegExp(`^error: the policy of ${holder} changed after it was shown`, 'mu'));
    expect(stderr).toContain(`look at it: ${again}\n`);
    expect(stderr).not.toMatch(/saved in .*json|could not be seen/u);
    expect(changes(scene)).toBe(0);
    expect(held(scene)?.policy).toBe(theirs);
    expect(backups(scene)).toEqual([]);
    expect(journalOf(scene).map(({ event }) => event)).toEqual(['run', 'session', 'end']);
    expect(journalOf(scene).at(-1)).toMatchObject({ state: 'interrupted', error: { code: 'PolicyChanged' } });
  });

  test.each([
    ['deletes, somebody deletes', removing, undefined, null, false],
    ['replaces, somebody puts the same', putting, spaced(allowed('New')), JSON.parse(allowed('New')), true],
  ])('of whoever %s: it is so already', async (_what, args, theirs, policy, isNoted) => {
    const { scene, code, json, stderr } = await run(args, allowed('Old'), (there) => hold(there, theirs));
    expect([code, json]).toMatchObject([0, { outcome: 'shown', policy, backup: null }]);
    expect(stderr.includes('The policy is already like this: nothing was changed.')).toBe(isNoted);
    expect(stderr).not.toContain('error:');
    expect(changes(scene)).toBe(0);
    expect(backups(scene)).toEqual([]);
    expect(journalOf(scene).at(-1)).toMatchObject({ state: 'finished', summary: { changed: 0, seen: 0 } });
  });

  test('the same policy in another form is the one that was shown', async () => {
    const { scene, json } = await run(removing, allowed('Old'), (there) => hold(there, spaced(allowed('Old'))));
    expect(json).toMatchObject({ outcome: 'deleted', backup: expect.stringContaining(backups(scene)[0] ?? '?') });
    expect(held(scene)?.policy).toBeUndefined();
  });

  test('a policy that can no longer be read is not changed, and it is told why', async () => {
    const { scene, code, json, stderr } = await run(removing, allowed('Old'), ({ sandbox }) =>
      sandbox.setBehaviour({ faults: [denied(reading)] }),
    );
    expect([code, json]).toMatchObject([1, { kind: 'rootctl.error', error: { code: 'AccessDenied' } }]);
    expect(stderr).toMatch(/^error: .*AccessDenied/mu);
    expect(stderr).not.toMatch(/saved in .*json|could not be seen/u);
    expect(changes(scene)).toBe(0);
    expect(backups(scene)).toEqual([]);
  });
});
