import { expect, test } from 'vitest';
import { LockedError, lockOrganization, type Processes, runHolding } from '../../src/run/lock.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const clock = virtualClock();
const machine = (pid: number, alive: Readonly<Record<number, string>>): Processes => ({
  pid,
  identityOf: (one) => alive[one] ?? null,
});
const both = { 1: 'boot:100', 2: 'boot:200' };
const name = 'locks/o-one.json';
const lock = (files = memoryFiles(), processes = machine(1, both), runId = 'run-1') =>
  lockOrganization(files, processes, clock, 'o-one', runId);

test('the second is refused with run, pid and start of the first, until it is released', async () => {
  const files = memoryFiles();
  const release = await lock(files);
  const refused = lock(files, machine(2, both), 'run-2');
  await expect(refused).rejects.toThrow(LockedError);
  await expect(refused).rejects.toThrow(
    'run run-1 is working on organization o-one (pid 1, since 2026-01-31T09:30:00.000Z)',
  );
  expect(await runHolding(files, machine(2, both), 'o-one')).toBe('run-1');
  await release();
  expect(await runHolding(files, machine(2, both), 'o-one')).toBeNull();
  await lock(files, machine(2, both), 'run-2');
});

test('another organization is not locked by it', async () => {
  const files = memoryFiles();
  await lock(files);
  await lockOrganization(files, machine(2, both), clock, 'o-two', 'run-2');
});

test.each<[string, Readonly<Record<number, string>>]>([
  ['is gone', { 2: 'boot:200' }],
  ['has its pid taken by another', { 1: 'boot:999', 2: 'boot:200' }],
  ['was before the last boot', { 1: 'later:100', 2: 'later:200' }],
])('a lock whose process %s is stale', async (_name, alive) => {
  const files = memoryFiles();
  await lock(files);
  await expect(lock(files, machine(2, alive), 'run-2')).resolves.toBeTypeOf('function');
  expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 2, runId: 'run-2' });
});

test('of two that meet the same stale lock at once, one takes it over and the other is refused', async () => {
  const files = memoryFiles();
  await lock(files);
  const three = { 2: 'boot:200', 3: 'boot:300' };
  const starts = await Promise.allSettled([
    lock(files, machine(2, three), 'run-2'),
    lock(files, machine(3, three), 'run-3'),
  ]);
  expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a lock that is taken over again and again, killed each time, can still be taken over', async () => {
  const files = memoryFiles();
  for (const pid of [2, 3, 4, 5]) await lock(files, machine(pid, { [pid]: `boot:${pid}` }), 'run-1');
  expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 5 });
});

test.each([['{"pid":1'], [''], ['null'], ['[]'], ['"x"']])('a lock that holds %j belongs to nobody', async (text) => {
  const files = memoryFiles();
  files.contents.set(name, text);
  await expect(lock(files)).resolves.toBeTypeOf('function');
});

test('a folder that cannot be written is an error of its own, with the cure', async () => {
  const files = { ...memoryFiles(), create: () => Promise.reject(new Error('EROFS')) };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toMatchObject({
    code: 'StateFolderUnwritable',
    hint: expect.stringContaining('XDG_STATE_HOME'),
  });
});

test('a lock that comes back as often as it is removed does not go on for ever', async () => {
  const files = { ...memoryFiles(), create: async () => false };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toThrow('cannot be taken');
});
