import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultScenario } from '../../src/sandbox/index.ts';
import { createScene, type Scene } from '../support/scene.ts';

const payments = '123456789012';
const network = '444444444444';

/** Somebody at a terminal who types what is asked for, every time. */
const obliging = {
  ask: async (question: string) => /\(([^()]+)\):$/u.exec(question)?.[1] ?? '',
  choose: async () => [],
};

/** The words of a command line; quotes hold a word together. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|\S+/gu)].slice(1).map(([word, quoted]) => quoted ?? word);

/** Every rootctl command of a page, in code blocks and in sentences, in its order; comments are cut off. */
const commandsIn = (page: string): readonly string[] =>
  [...page.matchAll(/^(rootctl [^#\n]+)|`(rootctl [^`]+)`/gmu)].map(([, line = '', inline = '']) =>
    (line || inline).trim(),
  );

const examplesIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ +(rootctl .+?)(?: {2,}.*)?$/gmu)].map(([, line = '']) => line);

async function practised(): Promise<Scene> {
  const scene = createScene(defaultScenario(), { prompts: obliging });
  // Everything is off: the page begins with doctor, which names the command that mends it.
  const doctor = await scene.run(['doctor']);
  expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining('→ rootctl enable')]);
  expect((await scene.run(['enable'])).code).toBe(0);
  return scene;
}

/** Runs them one after the other; what a page leaves open (a path, a run's id) is filled in from what was printed. */
async function runAll(scene: Scene, commands: readonly string[]): Promise<readonly { line: string; text: string }[]> {
  const ran: { line: string; text: string }[] = [];
  for (const line of commands) {
    const backup = [...scene.files.contents.keys()].filter((name) => name.startsWith('backups/s3-')).at(-1);
    const run = [...scene.files.contents.keys()].filter((name) => name.startsWith('runs/')).at(-1);
    if (backup !== undefined)
      scene.inputs.set(`${scene.files.folder}/${backup}`, scene.files.contents.get(backup) ?? '');
    const words = wordsOf(line).map((word) => {
      if (word.includes('…')) return `${scene.files.folder}/${backup}`;
      return word === 'ID' ? (run ?? '').replace(/^runs\/|\.jsonl$/gu, '') : word;
    });
    const { code, stdout, stderr } = await scene.run(words);
    expect([line, code, stderr.includes('error:')]).toEqual([line, 0, false]);
    ran.push({ line, text: stdout + stderr });
  }
  return ran;
}

const policyOf = (scene: Scene, name: string, region: string) =>
  [...scene.account(payments).buckets, ...scene.account(payments).queues].find(
    (one) => one.name === name && one.region === region,
  )?.policy;

test('docs/recovery.md can be practised on the default sandbox word by word, in its order', async () => {
  // Making the organization anew is this test's own business.
  const page = commandsIn(readFileSync('docs/recovery.md', 'utf8'));
  const commands = page.filter((line) => !line.startsWith('rootctl sandbox '));
  expect(commands.length).toBeGreaterThan(15);
  const scene = await practised();
  const ran = await runAll(scene, commands);
  const textOf = (part: string) => ran.find(({ line }) => line.includes(part))?.text;
  for (const shown of ['--bucket ledger', '--queue arn:aws:sqs:eu-west-1:123456789012:events'])
    expect(textOf(shown)).toContain('(LockedOut) locks everyone out');
  expect(policyOf(scene, 'ledger', 'eu-west-1')).toContain('LockedOut'); // put back from the copy
  expect(policyOf(scene, 'events', 'eu-west-1')).toBeUndefined();
  expect(textOf('recover ')).toContain('is allowed');
  expect(textOf('delete ')).toContain('1 root credential deleted in 1 account');
  expect(scene.account(network).root.loginProfile).toBeUndefined();
});

test('so can the examples in the help of unlock and recover', async () => {
  const scene = await practised();
  scene.inputs.set(
    'p.json',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${payments}:root` },
          Action: 'sqs:*',
          Resource: `arn:aws:sqs:us-east-1:${payments}:events`,
        },
      ],
    }),
  );
  const unlock = examplesIn((await scene.run(['unlock', '--help'])).stdout);
  expect(unlock).toHaveLength(5);
  const ran = await runAll(scene, unlock);
  expect(ran[1]?.text).toContain('(LockedOut) locks everyone out');
  expect(ran[3]?.text).toContain('events');
  expect(policyOf(scene, 'ledger', 'eu-west-1')).toBeUndefined();
  expect(policyOf(scene, 'events', 'us-east-1')).toContain('"Effect":"Allow"');

  const recover = examplesIn((await scene.run(['recover', '--help'])).stdout);
  expect(recover).toHaveLength(3);
  const [opened] = await runAll(scene, recover);
  expect(opened?.text).toContain('is allowed');
  expect(scene.account(network).root.loginProfile).toBeUndefined();
});
