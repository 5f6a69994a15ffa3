import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataLake, enabledDefault, network, payments } from '../support/issue5-scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';
import { requireJournal } from '../support/schemas.ts';

interface Published {
  readonly oneOf: readonly { readonly $ref: string }[];
}
const published: Published = JSON.parse(readFileSync('schemas/rootctl.journal.schema.json', 'utf8'));
const journalsOf = (scene: Scene): readonly string[] =>
  [...scene.files.contents].filter(([path]) => path.startsWith('runs/')).map(([, text]) => text);
const eventsIn = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event);

/** A deletion that is killed and resumed, a recovery, and a policy that is removed: every scene checks its own lines. */
async function everyRun(): Promise<readonly string[]> {
  const scene = createScene(enabledDefault());
  let lines = 0;
  scene.files.onAppend = () => {
    lines += 1;
    if (lines > 12) throw new Error('ENOSPC: no space left on device');
  };
  const { json } = await scene.run(['delete', payments, dataLake, '--concurrency', '1', '--yes', '-o', 'json']);
  delete scene.files.onAppend;
  await scene.run(['runs', 'resume', json.runId, '--yes']);
  await scene.run(['recover', network, '--yes', '--reason', 'INC-4711']);
  const unlock = ['unlock', 's3', '--account', payments, '--bucket', 'payments-prod-ledger'];
  await scene.run([...unlock, '--delete-policy', '--yes']);
  return journalsOf(scene);
}
const journals = await everyRun();

test('every line that runs write is one of those that the schema names, and it names no other', () => {
  const named = published.oneOf.map(({ $ref }) => $ref.slice('#/$defs/'.length));
  expect(new Set(journals.flatMap(eventsIn))).toEqual(new Set(named));
});

const [line = ''] = journals.flatMap((text) => text.split('\n')).filter((one) => one.includes('"event":"intent"'));
const intent = JSON.parse(line);
const { id: _id, ...withoutId } = intent;

test.each<[string, object]>([
  ['a field for a secret', { ...intent, secretAccessKey: 'x' }],
  ['an event that there is not', { ...intent, event: 'attempt' }],
  ['no credential', withoutId],
  ['a kind that there is not', { ...intent, kind: 'ssh-key' }],
  ['a hash that is none', { ...intent, prev: 'x' }],
  ['a time without milliseconds', { ...intent, at: '2026-01-31T09:30:00Z' }],
])('a line with %s is none', (_, changed) => {
  expect(() => requireJournal(`${JSON.stringify(intent)}\n`, '')).not.toThrow();
  expect(() => requireJournal(`${JSON.stringify(changed)}\n`, '')).toThrow();
});
