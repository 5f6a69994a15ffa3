import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything, fullMembers, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene, type SceneResult } from '../support/scene.ts';
import { anyText, holdsOften, requireClear, spoiltJson, spoiltText } from './hostile.ts';

const organization = scenarioOf([{ root: everything(memberId(0)) }, { name: '監査', root: password }, {}]);

/** What rootctl itself writes of an organization, to be spoilt. */
async function written() {
  const scene = createScene(organization);
  const status = (await scene.run(['status', '-o', 'json'])).stdout;
  await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
  const plan = scene.inputs.get('plan.json') ?? '';
  const { json } = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
  const name = `runs/${json.runId}.jsonl`;
  return { status, plan, runId: String(json.runId), journal: scene.files.contents.get(name) ?? '' };
}
const { status, plan, runId, journal } = await written();
const accounts = '200000000001\n200000000002 # twice\r\n200000000003,\n';
const configuration = `region: eu-west-1
protect: ["200000000003", Workloads/Prod]
commands:
  delete: { max-accounts: 50, unused-for: 90d }
  "runs resume":
    wait: 5m
anchor: &a [x]
`.replace('anchor: &a [x]\n', '');
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Lock',
      Effect: 'Deny',
      Principal: { AWS: ['*'] },
      NotAction: 's3:GetObject',
      Resource: 'arn:aws:s3:::ledger/*',
      Condition: { StringNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:root'] } },
    },
  ],
};

const before = (scene: Scene) => JSON.stringify([...scene.files.contents]);
const unchanged = (scene: Scene, kept: string): void => expect(before(scene)).toBe(kept);

/** Runs a command on a file of this text. */
async function runOn(text: string, args: readonly string[], path = 'given'): Promise<[SceneResult, Scene]> {
  const scene = createScene(organization);
  scene.inputs.set(path, text);
  const kept = before(scene);
  const result = await scene.run(args);
  if (result.code === 64 && scene.sandbox.requests.length === 0) unchanged(scene, kept);
  return [result, scene];
}

const forms = ['table', 'json', 'ndjson', 'csv', 'markdown', 'sarif'];

describe('whatever a file holds, the command does what it says or refuses it in a line', () => {
  test('--from and --baseline', async () => {
    const text = fc.oneof(spoiltJson([JSON.parse(status)]), spoiltText([status]), anyText);
    await holdsOften(
      fc.asyncProperty(text, fc.constantFrom(...forms), async (given, form) => {
        requireClear(...(await runOn(given, ['status', '--from', 'given', '-o', form])), { named: /given/u });
        const [compared, scene] = await runOn(given, ['status', '--baseline', 'given', '--check', '-o', form]);
        requireClear(compared, scene, { named: /given/u });
      }),
      60,
    );
  });

  test('report --from, twice', async () => {
    const text = fc.oneof(spoiltJson([JSON.parse(status)]), anyText);
    await holdsOften(
      fc.asyncProperty(text, fc.constantFrom('table', 'json', 'markdown'), async (given, form) => {
        const args = ['report', '--from', 'given', '--from', 'given', '-o', form];
        requireClear(...(await runOn(given, args)), { named: /given|reading/u });
      }),
      30,
    );
  });

  test('--plan: what was changed is not carried out', async () => {
    const text = fc.oneof(spoiltJson([JSON.parse(plan)]), spoiltText([plan]), anyText);
    await holdsOften(
      fc.asyncProperty(text, async (given) => {
        const [result, scene] = await runOn(given, ['delete', '--plan', 'given', '--yes']);
        requireClear(result, scene, { named: /given/u });
        // White space is no part of a plan, nor is the mark that PowerShell puts in front.
        const isSame = () =>
          JSON.stringify(JSON.parse(given.replace(/^\uFEFF/u, ''))) === JSON.stringify(JSON.parse(plan));
        expect(result.code === 64 || isSame()).toBe(true);
      }),
      60,
    );
  });

  test('--accounts @FILE: nobody is selected who does not stand there whole', async () => {
    const text = fc.oneof(spoiltText([accounts]), anyText);
    await holdsOften(
      fc.asyncProperty(text, async (given) => {
        const [result, scene] = await runOn(given, ['status', '--accounts', '@given', '-o', 'json']);
        if (result.code === 64 && scene.sandbox.requests.length > 0) {
          expect(result.stderr).toMatch(/is not in organization/u);
          return;
        }
        requireClear(result, scene, { named: /given/u });
        const { accounts: listed } = result.code === 64 ? { accounts: [] } : result.json;
        for (const { id } of listed) expect(given).toContain(id);
      }),
      60,
    );
  });

  test('.rootctl.yaml and --config', async () => {
    const text = fc.oneof(spoiltText([configuration]), anyText);
    await holdsOften(
      fc.asyncProperty(text, async (given) => {
        for (const [path, args] of [
          ['.rootctl.yaml', []],
          ['given', ['--config', 'given']],
        ] as const) {
          const [result, scene] = await runOn(given, ['delete', '--all', '--dry-run', ...args], path);
          if (result.code === 64 && scene.sandbox.requests.length > 0) {
            expect(result.stderr).toMatch(/protect|--exclude|max-accounts|organization|--unused-for/u);
            continue;
          }
          requireClear(result, scene, { named: /given|\.rootctl\.yaml/u });
        }
      }),
      80,
    );
  });

  test('--put-policy', async () => {
    const text = fc.oneof(spoiltJson([policy]), spoiltText([JSON.stringify(policy)]), anyText);
    const locked = scenarioOf([{ buckets: [{ name: 'ledger', region: 'eu-west-1', policy }] }]);
    await holdsOften(
      fc.asyncProperty(text, async (given) => {
        const scene = createScene(locked);
        scene.inputs.set('given', given);
        const args = [
          'unlock',
          's3',
          '--account',
          memberId(0),
          '--bucket',
          'ledger',
          '--put-policy',
          'given',
          '--dry-run',
        ];
        const result = await scene.run(args);
        expect(scene.sandbox.requests.map(({ operation }) => operation)).not.toContain('PutBucketPolicy');
        if (result.code === 64 && /is not a policy for ledger/u.test(result.stderr)) return;
        requireClear(result, scene, { named: /given/u });
      }),
      60,
    );
  });

  test('--scenario', async () => {
    const scenario = scenarioOf(fullMembers(1), { behaviour: { latencyMs: { iam: 1 } } });
    const text = fc.oneof(spoiltJson([scenario]), spoiltText([JSON.stringify(scenario)]), anyText);
    await holdsOften(
      fc.asyncProperty(text, async (given) => {
        const [result, scene] = await runOn(given, ['sandbox', 'reset', '--scenario', 'given']);
        requireClear(result, scene, { named: /given/u });
      }),
      60,
    );
  });

  test('a journal: it is listed, shown, and gone on with only if it is whole', async () => {
    const lines = journal
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const oneLine = spoiltJson(lines).map((line) => [...journal.trim().split('\n').slice(0, 3), line].join('\n'));
    const text = fc.oneof(oneLine, spoiltText([journal]), anyText);
    await holdsOften(
      fc.asyncProperty(text, async (given) => {
        const scene = createScene(organization);
        scene.files.contents.set(`runs/${runId}.jsonl`, given);
        for (const args of [
          ['runs'],
          ['runs', 'show', runId],
          ['runs', 'show', runId, '--events', '-o', 'json'],
          ['report', '--run', runId, '-o', 'json'],
          ['doctor', '-o', 'json'],
        ]) {
          const { code, stdout, stderr } = await scene.run(args);
          expect([0, 1, 64]).toContain(code);
          expect(`${stdout}${stderr}`).not.toMatch(/InternalError|Maximum call stack|is not a function|Cannot read/u);
        }
        const asked = scene.sandbox.requests.length;
        const resumed = await scene.run(['runs', 'resume', runId, '--yes']);
        if (resumed.code === 64) expect(scene.sandbox.requests).toHaveLength(asked);
        expect(resumed.stderr).not.toMatch(/InternalError|Maximum call stack|is not a function|Cannot read/u);
      }),
      40,
    );
  });
});
