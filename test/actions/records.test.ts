import { expect, test } from 'vitest';
import { listRuns, requireRun } from '../../src/actions/runs.ts';
import { createBench } from '../support/bench.ts';
import { scenarioOf } from '../support/scenarios.ts';

const denied = Object.assign(new Error("EACCES: permission denied, scandir '/state/runs'"), {
  code: 'EACCES',
  syscall: 'scandir',
});
const unlisted = (error: Error) => {
  const { environment, files } = createBench(scenarioOf([]));
  return { ...environment, state: { ...files, list: () => Promise.reject(error) } };
};

test('records that the system does not let be read are no list of none', async () => {
  const refusal = { problem: { code: 'StateFolderUnwritable' } };
  await expect(listRuns(unlisted(denied))).rejects.toMatchObject(refusal);
  await expect(requireRun('20260131-0930-k3f9', unlisted(denied))).rejects.toMatchObject(refusal);
});

test('a mistake of ours is not the state folder’s', async () => {
  const mistake = new TypeError('not a function');
  await expect(listRuns(unlisted(mistake))).rejects.toBe(mistake);
});
