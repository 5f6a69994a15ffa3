import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataLake, enabledDefault, legacyErp, network, payments, suspended } from '../support/issue5-scenarios.ts';
import { serve } from '../support/sandbox-server.ts';
import { createScene, keptOf, type Scene } from '../support/scene.ts';

const ledger = ['unlock', 's3', '--account', payments, '--bucket', 'payments-prod-ledger'];
const events = ['unlock', 'sqs', '--account', dataLake, '--queue'];
const bucket = (scene: Scene, name: string) => scene.account(payments).buckets.find((one) => one.name === name);
const changes = (scene: Scene) =>
  scene.sandbox.requests.filter(({ operation }) => /^(?:Put|Delete)Bucket|^SetQueue/u.test(operation)).length;
const textOf = (policy: unknown): string => (typeof policy === 'string' ? policy : JSON.stringify(policy));

describe('rootctl unlock s3', () => {
  test('end to end with the real program: list, show, delete with a backup of mode 0600, restore from it', async () => {
    const served = await serve(enabledDefault());
    const listed = await served.run(['unlock', 's3', '--account', payments, '-o', 'json']);
    expect(listed.json).toMatchObject({
      outcome: 'listed',
      resources: [
        { name: 'payments-prod-ledger', region: 'eu-west-1' },
        { name: 'payments-prod-assets', region: 'us-east-1' },
        { name: 'ledger', region: 'eu-west-1' },
      ],
    });
    const shown = await served.run(ledger);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('✖ statement 1 (LockedOut) locks everyone out');
    const deleted = await served.run([...ledger, '--delete-policy', '--yes', '-o', 'json']);
    expect(deleted.code).toBe(0);
    const { backup } = deleted.json;
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(backup, 'utf8'))).toEqual(shown.stdout && deleted.json.policy);
    expect((await readdir(join(served.home.state, 'backups'))).length).toBe(1);
    expect((await served.run(ledger)).stdout).toContain('has no policy, so no policy locks it');
    const restored = await served.run([...ledger, '--put-policy', backup, '--yes', '-o', 'json']);
    expect(restored.json).toMatchObject({ outcome: 'replaced', backup: null });
    expect(restored.stderr).toContain('the new policy would lock everyone out too: LockedOut');
    expect((await served.run([...ledger, '-o', 'json'])).json.policy).toEqual(deleted.json.policy);
  });

  test('a bucket in another region is found there, whatever --region says', async () => {
    const scene = createScene(enabledDefault());
    const result = await scene.run([...ledger, '--region', 'us-east-1', '-o', 'json']);
    expect(result.json).toMatchObject({ region: 'eu-west-1', statements: [{ sid: 'LockedOut', locks: 'yes' }] });
  });

  test.each([
    ['no such bucket', payments, 'nobodys-bucket', 'bucket nobodys-bucket does not exist'],
    ['a bucket of another account', network, 'payments-prod-ledger', `belongs to another account, not to ${network}`],
  ])('%s is said in one line', async (_what, account, name, line) => {
    const scene = createScene(enabledDefault());
    const result = await scene.run([
      'unlock',
      's3',
      '--account',
      account,
      '--bucket',
      name,
      '--delete-policy',
      '--yes',
    ]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(line);
    expect(changes(scene)).toBe(0);
  });

  test("another region's refusal names the bucket's region, and is followed there once", async () => {
    const scene = createScene(enabledDefault());
    await scene.run(['unlock', 's3', '--account', network, '--bucket', 'payments-prod-ledger']);
    const outcomes = scene.sandbox.requests
      .filter(({ operation }) => operation === 'GetBucketPolicy')
      .map(({ outcome }) => outcome)
      .filter((outcome) => outcome !== 'RequestTimeTooSkewed'); // the scene's clock is not the system's
    expect(outcomes).toEqual(['PermanentRedirect', 'AccessDenied']);
  });

  test('deleting a policy that is not there says so and does nothing', async () => {
    const scene = createScene(enabledDefault());
    const args = [
      'unlock',
      's3',
      '--account',
      payments,
      '--bucket',
      'payments-prod-assets',
      '--delete-policy',
      '--yes',
    ];
    const result = await scene.run(args);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('has no policy, so no policy locks it');
    expect(changes(scene)).toBe(0);
  });

  test('nothing is changed without --yes, in a dry run, or by a wrong name', async () => {
    const scene = createScene(enabledDefault());
    expect((await scene.run([...ledger, '--delete-policy'])).code).toBe(64);
    expect((await scene.run([...ledger, '--delete-policy', '--dry-run', '-o', 'json'])).json.outcome).toBe('planned');
    const wrong = createScene(enabledDefault(), { prompts: { ask: async () => 'yes', choose: async () => [] } });
    expect((await wrong.run([...ledger, '--delete-policy'])).code).toBe(64);
    expect(changes(scene) + changes(wrong)).toBe(0);
    expect(keptOf(wrong)).toEqual([]);
  });

  test('in a terminal the policy is shown with its lock, and the bucket name is typed', async () => {
    const prompts = { ask: async () => 'payments-prod-ledger', choose: async () => [] };
    const scene = createScene(enabledDefault(), { prompts });
    const result = await scene.run([...ledger, '--delete-policy']);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('(LockedOut) locks everyone out');
    expect(bucket(scene, 'payments-prod-ledger')?.policy).toBeUndefined();
  });

  test('the backup and the intent are on the disk before the request', async () => {
    let atRequest: readonly string[] = [];
    const scene: Scene = createScene(enabledDefault(), {
      onRequest: (request) => {
        if ('method' in request && request.method === 'DELETE')
          atRequest = [...scene.files.contents.entries()].map(String);
      },
    });
    await scene.run([...ledger, '--delete-policy', '--yes']);
    expect(atRequest.some((file) => file.startsWith('backups/s3-') && file.includes('LockedOut'))).toBe(true);
    expect(atRequest.some((file) => file.startsWith('runs/') && file.includes('"event":"policy-intent"'))).toBe(true);
    const [journal = ''] = [...scene.files.contents]
      .filter(([name]) => name.startsWith('runs/'))
      .map(([, text]) => text);
    expect(journal).toContain('"event":"policy-answer"');
  });

  const good = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::payments-prod-ledger/*',
  };
  const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  test.each([
    ['not JSON', '{', 'is not a policy'],
    ['no policy', '{"Statements": []}', 'is not an element of a policy'],
    ['too large', policy({ ...good, Sid: 'a'.repeat(21_000) }), 'bytes, more than'],
    [
      'about another bucket',
      policy({ ...good, Resource: 'arn:aws:s3:::other/*' }),
      'is not a policy for payments-prod-ledger',
    ],
    ['without a principal', policy({ ...good, Principal: undefined }), 'Principal: is missing'],
  ])('a policy file that is %s is refused before anything is changed', async (_what, text, line) => {
    const scene = createScene(enabledDefault());
    scene.inputs.set('policy.json', text);
    const result = await scene.run([...ledger, '--put-policy', 'policy.json', '--yes']);
    expect(result.code).toBe(64);
    expect(result.stderr).toContain(line);
    expect(changes(scene)).toBe(0);
  });

  test('where there was no policy, none was replaced', async () => {
    const scene = createScene(enabledDefault());
    scene.inputs.set('policy.json', policy(good));
    await scene.run([...ledger, '--delete-policy', '--yes']);
    const { stdout } = await scene.run([...ledger, '--put-policy', 'policy.json', '--yes']);
    expect(stdout).toContain('The policy was put.');
    expect(stdout).not.toContain('replaced');
    expect((await scene.run([...ledger, '--put-policy', 'policy.json', '--yes'])).stdout).not.toContain('was put');
  });

  test('a good policy replaces the old one', async () => {
    const scene = createScene(enabledDefault());
    scene.inputs.set('policy.json', policy(good));
    const result = await scene.run([...ledger, '--put-policy', 'policy.json', '--yes', '-o', 'json']);
    expect(result.json).toMatchObject({ outcome: 'replaced', statements: [{ sid: 'LockedOut' }] });
    expect(JSON.parse(textOf(bucket(scene, 'payments-prod-ledger')?.policy))).toEqual(JSON.parse(policy(good)));
  });

  test('a lost answer is looked after', async () => {
    const faults = [{ kind: 'drop-after' as const, rate: 1, operation: 'DeleteBucketPolicy', times: 1 }];
    const scene = createScene(enabledDefault({}, { behaviour: { faults } }));
    expect((await scene.run([...ledger, '--delete-policy', '--yes'])).code).toBe(0);
  });

  test.each([
    [['unlock', 's3', '--account', payments, '--delete-policy', '--yes'], 'and none was given'],
    [[...ledger, '--delete-policy', '--put-policy', 'x'], 'cannot be combined with'],
    [['unlock', 's3'], '--account'],
    [['unlock', 's3', '--account', '123'], '12 digits'],
    [['unlock', 's3', '--account', suspended], 'is suspended'],
  ])('%j is wrong usage', async (args, line) => {
    const scene = createScene(enabledDefault());
    const result = await scene.run(args);
    expect(result.code).toBe(64);
    expect(result.stderr).toContain(line);
  });

  test('root sessions switched off is one error with its cure; an SCP is named', async () => {
    const off = await createScene(enabledDefault({ rootSessions: false })).run(ledger);
    expect([off.code, off.stderr]).toEqual([1, expect.stringContaining('root sessions are off')]);
    const denied = await createScene(enabledDefault()).run(['unlock', 's3', '--account', legacyErp]);
    expect([denied.code, denied.stderr]).toEqual([1, expect.stringContaining('SCP DenyRootUser (p-denyroot1)')]);
  });

  test('a session of the wrong account stops before anything is read', async () => {
    const faults = [{ kind: 'wrong-account' as const, rate: 1, otherAccountId: network }];
    const scene = createScene(enabledDefault({}, { behaviour: { faults } }));
    const result = await scene.run([...ledger, '--delete-policy', '--yes']);
    expect(result.stderr).toContain('WrongAccountSession');
    expect(scene.sandbox.requests.filter(({ service }) => service === 's3')).toEqual([]);
  });
});

describe('rootctl unlock sqs', () => {
  test('end to end with the real program: list, show, delete', async () => {
    const served = await serve(enabledDefault());
    const listed = await served.run(['unlock', 'sqs', '--account', dataLake, '-o', 'json']);
    expect(listed.json.resources).toMatchObject([{ name: 'ingest-events', region: 'us-east-1' }]);
    const deleted = await served.run([...events, 'ingest-events', '--delete-policy', '--yes', '-o', 'json']);
    expect(deleted.code).toBe(0);
    expect(deleted.json).toMatchObject({ outcome: 'deleted', statements: [{ locks: 'yes' }] });
    const shown = await served.run([...events, 'ingest-events', '-o', 'json']);
    expect(shown.json.policy).toBeNull();
    const restored = await served.run([...events, 'ingest-events', '--put-policy', deleted.json.backup, '--yes']);
    expect(restored.code).toBe(0);
    expect((await served.run([...events, 'ingest-events', '-o', 'json'])).json.policy).toEqual(deleted.json.policy);
  });

  test.each([
    'ingest-events',
    `arn:aws:sqs:us-east-1:${dataLake}:ingest-events`,
    `https://sqs.us-east-1.amazonaws.com/${dataLake}/ingest-events`,
    `https://us-east-1.queue.amazonaws.com/${dataLake}/ingest-events`,
  ])('%s names the queue', async (queue) => {
    const result = await createScene(enabledDefault()).run([...events, queue, '-o', 'json']);
    expect(result.json).toMatchObject({
      resource: 'ingest-events',
      region: 'us-east-1',
      statements: [{ locks: 'yes' }],
    });
  });

  test('after a list the next command stays in the region that was listed, where another may have a queue of that name', async () => {
    const list = ['unlock', 'sqs', '--account', payments];
    const there = await createScene(enabledDefault()).run([...list, '--region', 'eu-west-1']);
    expect(there.stdout).toContain(`next: rootctl ${list.join(' ')} --queue NAME --region eu-west-1\n`);
    const here = await createScene(enabledDefault()).run(list);
    expect(here.stdout).toContain('--queue NAME --region us-east-1\n');
  });

  test('an ARN decides the region, whatever --region says', async () => {
    const queue = `arn:aws:sqs:us-east-1:${dataLake}:ingest-events`;
    const result = await createScene(enabledDefault()).run([...events, queue, '--region', 'eu-west-1', '-o', 'json']);
    expect(result.json.region).toBe('us-east-1');
  });

  test.each([
    [['ingest-event'], 'has no queue ingest-event in us-east-1'],
    [[`arn:aws:sqs:us-east-1:${payments}:ingest-events`], `belongs to account ${payments}`],
    [['not a queue'], 'does not identify a queue'],
  ])('%j is said in one line', async (queue, line) => {
    const result = await createScene(enabledDefault()).run([...events, ...queue, '--delete-policy', '--yes']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(line);
  });

  test('no request leaves for the host of a pasted URL', async () => {
    const hosts = new Set<string>();
    const scene = createScene(enabledDefault(), {
      onRequest: (request) => {
        if ('hostname' in request) hosts.add(String(request.hostname));
      },
    });
    await scene.run([...events, `https://evil.example/${dataLake}/ingest-events`]);
    expect([...hosts].filter((host) => !host.endsWith('.amazonaws.com'))).toEqual([]);
  });
});
