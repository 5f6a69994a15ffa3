import { expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { memoryDisk } from '../../harness/disk.ts';
import { type Problem, problemOf } from '../../src/problems/index.ts';
import { lockOrganization, type Processes, runHolding } from '../../src/run/lock.ts';
import { english } from '../support/speech.ts';

const clock = virtualClock();
const machine = (pid: number, alive: Readonly<Record<number, string>>): Processes => ({
  pid,
  identityOf: (one) => alive[one] ?? null,
});
const both = { 1: 'boot:100', 2: 'boot:200' };
const name = 'locks/o-one.json';
const lock = (files = memoryDisk(), processes = machine(1, both), runId = 'run-1') =>
  lockOrganization(files, processes, clock, 'o-one', runId);

test('the second is refused with run, pid and start of the first, until it is released', async () => {
  const files = memoryDisk();
  const release = await lock(files);
  const refused = lock(files, machine(2, both), 'run-2');
  const problem = await refused.catch(problemOf);
  expect(english.entryOf(problem as Problem)).toMatchObject({
    code: 'RunInProgress',
    message: 'run run-1 is working on organization o-one (pid 1, since 2026-01-31T09:30:00.000Z)',
    hint: 'wait for it to end, or see how far it is: rootctl runs show run-1',
  });
  expect(await runHolding(files, machine(2, both), 'o-one')).toBe('run-1');
  await release();
  expect(await runHolding(files, machine(2, both), 'o-one')).toBeNull();
  await lock(files, machine(2, both), 'run-2');
});

test('another organization is not locked by it', async () => {
  const files = memoryDisk();
  await lock(files);
  await lockOrganization(files, machine(2, both), clock, 'o-two', 'run-2');
});

test.each<[string, Readonly<Record<number, string>>]>([
  ['is gone', { 2: 'boot:200' }],
  ['has its pid taken by another', { 1: 'boot:999', 2: 'boot:200' }],
  ['was before the last boot', { 1: 'later:100', 2: 'later:200' }],
])('a lock whose process %s is stale', async (_name, alive) => {
  const files = memoryDisk();
  await lock(files);
  await expect(lock(files, machine(2, alive), 'run-2')).resolves.toBeTypeOf('function');
  expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 2, work: 'run-2' });
});

test('of two that meet the same stale lock at once, one takes it over and the other is refused', async () => {
  const files = memoryDisk();
  await lock(files);
  const three = { 2: 'boot:200', 3: 'boot:300' };
  const starts = await Promise.allSettled([
    lock(files, machine(2, three), 'run-2'),
    lock(files, machine(3, three), 'run-3'),
  ]);
  expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a lock that is taken over again and again, killed each time, can still be taken over', async () => {
  const files = memoryDisk();
  for (const pid of [2, 3, 4, 5]) await lock(files, machine(pid, { [pid]: `boot:${pid}` }), 'run-1');
  expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 5 });
});

// Of a process that is there, but not as any rootctl writes it.
const strange = ['{"pid":"2","identity":"boot:200","work":"w","startedAt":"x"}', '{"pid":2,"identity":"boot:200"}'];
test.each(['{"pid":1', '', 'null', '[]', '"x"', ...strange])('a lock that holds %j belongs to nobody', async (text) => {
  const files = memoryDisk();
  files.contents.set(name, text);
  await expect(lock(files)).resolves.toBeTypeOf('function');
});

test('a folder that cannot be written is an error of its own, with the cure', async () => {
  const files = { ...memoryDisk(), create: () => Promise.reject(new Error('EROFS')) };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toMatchObject({
    problem: { code: 'StateFolderUnwritable', data: { why: { is: 'system', said: 'EROFS' } } },
  });
});

test('a lock that comes back as often as it is removed does not go on for ever', async () => {
  const files = { ...memoryDisk(), create: async () => false };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toMatchObject({
    problem: { code: 'StateFolderUnwritable', data: { why: { is: 'stuck-lock' } } },
  });
});

test.each([
  ['is torn', '{"pid":'],
  ['is empty', ''],
])(
  'a lock whose claimant died between its claim and the removal, also when the claim %s, is taken over',
  async (_name, torn) => {
    const files = memoryDisk();
    await lock(files);
    // The second claims the stale lock and dies before it takes it away.
    const dying = { ...files, remove: () => Promise.reject(new Error('killed')) };
    await expect(lock(dying, machine(2, { 2: 'boot:200' }), 'run-2')).rejects.toThrow('killed');
    const claims = () => [...files.contents.keys()].filter((one) => one.includes('.after-'));
    expect(claims()).toHaveLength(1);
    await expect(lock(dying, machine(3, { 3: 'boot:300' }), 'run-3')).rejects.toThrow('killed');
    expect(claims()).toHaveLength(2);
    files.contents.set(claims()[1] ?? '', torn);
    await expect(lock(files, machine(4, { 4: 'boot:400' }), 'run-4')).resolves.toBeTypeOf('function');
    expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 4 });
    expect(claims()).toEqual([]);
  },
);

test('whoever was claiming while another took the lock and gave it back does not take away what came after', async () => {
  const files = memoryDisk();
  await lock(files);
  const late = { 2: 'boot:200', 3: 'boot:300', 4: 'boot:400' };
  let isPaused = true;
  // The second sees the stale lock, and is held up before it claims it.
  const slow = {
    ...files,
    create: async (path: string, text: string) => {
      if (path.includes('.after-') && isPaused) {
        isPaused = false;
        await (await lock(files, machine(3, late), 'run-3'))();
        await lock(files, machine(4, late), 'run-4');
      }
      return files.create(path, text);
    },
  };
  await expect(lock(slow, machine(2, late), 'run-2')).rejects.toMatchObject({
    problem: { code: 'RunInProgress', data: { runId: 'run-4' } },
  });
  expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 4 });
});

test('a lock is given back by its owner alone', async () => {
  const files = memoryDisk();
  const release = await lock(files);
  const other = JSON.stringify({ pid: 2, identity: 'boot:200', work: 'run-2', startedAt: 'then' });
  files.contents.set(name, other);
  await release();
  expect(files.contents.get(name)).toBe(other);
});
