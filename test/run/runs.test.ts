import { expect, test } from 'vitest';
import { readRun } from '../../src/run/runs.ts';
import { fullMembers, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const processes = { pid: 1, identityOf: () => null };

test('a journal is that of the run whose name its file has, and of no other', async () => {
  const scene = createScene(scenarioOf(fullMembers(1)));
  const { json } = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
  const copy = '20260131-0930-copy';
  scene.files.contents.set(`runs/${copy}.jsonl`, scene.files.contents.get(`runs/${json.runId}.jsonl`) ?? '');

  const own = await readRun(scene.files, processes, json.runId);
  expect(own).toMatchObject({ damage: null, entry: { id: json.runId, state: 'finished', problem: null } });

  const damage = { is: 'other-run' };
  const other = await readRun(scene.files, processes, copy);
  expect(other).toMatchObject({
    damage,
    entry: { id: copy, problem: { sentence: { code: 'JournalFlaw', data: { flaw: damage } } } },
  });
});
