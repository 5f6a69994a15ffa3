import { expect, test } from 'vitest';
import { scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

/** @param members beside the management account. */
async function savedBy(members: number, ...words: readonly string[]): Promise<readonly number[]> {
  const scene = createScene(scenarioOf(Array.from({ length: members }, () => ({}))));
  const saved: number[] = [];
  const saveMemory = (growthPercent: number): void => void saved.push(growthPercent);
  if (words.includes('--baseline')) scene.inputs.set('before.json', (await scene.run(['status', '-o', 'json'])).stdout);
  await scene.run(['status', ...words], { saveMemory });
  return saved;
}

test('a reading that keeps no account holds the heap small from a hundred on', async () => {
  expect(await savedBy(98, '-o', 'ndjson')).toEqual([]);
  expect(await savedBy(99, '-o', 'ndjson')).toEqual([35]);
});

test('one that keeps all of them lets it grow, unless it is held against another', async () => {
  expect(await savedBy(100, '-o', 'json')).toEqual([]);
  expect(await savedBy(2, '-o', 'json', '--baseline', 'before.json')).toEqual([40]);
});
