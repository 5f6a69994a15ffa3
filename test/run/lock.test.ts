import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { memoryDisk } from '../../harness/disk.ts';
import { type Problem, problemOf } from '../../src/problems/index.ts';
import { isHeldBy, lockOrganization, type Processes, takeLock } from '../../src/run/lock.ts';
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
  const { release } = await lock(files);
  const refused = lock(files, machine(2, both), 'run-2');
  const problem = await refused.catch(problemOf);
  expect(english.entryOf(problem as Problem)).toMatchObject({
    code: 'RunInProgress',
    message: 'run run-1 is working on organization o-one (pid 1, since 2026-01-31T09:30:00.000Z)',
    hint: 'wait for it to end, or see how far it is: rootctl runs show run-1',
  });
  expect(await isHeldBy(files, machine(2, both), 'o-one', 'run-1')).toBe(true);
  await release();
  expect(await isHeldBy(files, machine(2, both), 'o-one', 'run-1')).toBe(false);
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
  await expect(lock(files, machine(2, alive), 'run-2')).resolves.toHaveProperty('release');
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
  await expect(lock(files)).resolves.toHaveProperty('release');
});

test('a folder that cannot be written is an error of its own, with the cure', async () => {
  const files = { ...memoryDisk(), create: () => Promise.reject(new Error('EROFS')) };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toMatchObject({
    problem: { code: 'StateFolderUnwritable', data: { why: { is: 'system', said: 'EROFS' } } },
  });
});

test('a lock that comes back as often as it is removed does not go on for ever', async () => {
  let asked = 0;
  const create = async () => {
    asked += 1;
    return false;
  };
  const files = { ...memoryDisk(), create };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toMatchObject({
    problem: { code: 'StateFolderUnwritable', data: { folder: '/state', why: { is: 'stuck-lock', file: name } } },
  });
  expect(asked).toBe(5);
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
    await expect(lock(files, machine(4, { 4: 'boot:400' }), 'run-4')).resolves.toHaveProperty('release');
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
        await (await lock(files, machine(3, late), 'run-3')).release();
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
  const { release } = await lock(files);
  const other = JSON.stringify({ pid: 2, identity: 'boot:200', work: 'run-2', startedAt: 'then' });
  files.contents.set(name, other);
  await release();
  expect(files.contents.get(name)).toBe(other);
});

test('a lock says who holds it: process, work and since when', async () => {
  const files = memoryDisk();
  await lock(files);
  const holder = { pid: 1, identity: 'boot:100', work: 'run-1', startedAt: new Date(clock.nowMs()).toISOString() };
  expect(JSON.parse(files.contents.get(name) ?? '')).toEqual(holder);
  expect(await takeLock(files, machine(2, both), clock, 'o-one', 'run-2')).toEqual({ state: 'held', holder });
});

test('a process of which the system tells nothing takes a lock, and is not taken for alive', async () => {
  const files = memoryDisk();
  await lock(files, machine(1, {}));
  expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 1, identity: '' });
  await expect(lock(files, machine(2, both), 'run-2')).resolves.toHaveProperty('release');
});

/** A disk on which a file is seen empty until somebody has waited. */
function tornAtFirst(files: ReturnType<typeof memoryDisk>, torn: string, whole: string) {
  const waiting = virtualClock();
  files.contents.set(torn, '');
  const read = async (path: string) =>
    path === torn && waiting.waits.length > 0 ? whole : (files.contents.get(path) ?? null);
  return { torn: { ...files, read }, waiting };
}

test("a lock that is seen empty while it is written is read again a tenth of a second later, and is its writer's", async () => {
  const files = memoryDisk();
  await lock(files);
  const whole = files.contents.get(name) ?? '';
  const { torn, waiting } = tornAtFirst(files, name, whole);
  const refused = lockOrganization(torn, machine(2, both), waiting, 'o-one', 'run-2');
  expect(await refused.catch(problemOf)).toMatchObject({ code: 'RunInProgress', data: { runId: 'run-1', pid: 1 } });
  expect(waiting.waits).toEqual([100]);
});

test('a whole lock is believed at once', async () => {
  const files = memoryDisk();
  await lock(files);
  const waiting = virtualClock({ moves: 'by-hand' });
  await expect(lockOrganization(files, machine(2, both), waiting, 'o-one', 'run-2')).rejects.toThrow('RunInProgress');
  await lockOrganization(files, machine(3, { 3: 'boot:300' }), waiting, 'o-one', 'run-3');
  expect(waiting.waits).toEqual([]);
});

test('what cannot be read is told with the cure, before anything is written', async () => {
  const files = { ...memoryDisk(), read: () => Promise.reject(new Error('EIO')) };
  await expect(lockOrganization(files, machine(1, both), clock, 'o-one', 'r')).rejects.toMatchObject({
    problem: { code: 'StateFolderUnwritable', data: { folder: '/state', why: { is: 'system', said: 'EIO' } } },
  });
  expect(files.contents.size).toBe(0);
});

test('whoever meets a stale lock while a living process takes it over is told of that process', async () => {
  const files = memoryDisk();
  await lock(files);
  const late = { 2: 'boot:200', 3: 'boot:300' };
  // The second has claimed the stale lock, and has not taken it away yet.
  const dying = { ...files, remove: () => Promise.reject(new Error('held up')) };
  await expect(lock(dying, machine(2, late), 'run-2')).rejects.toThrow('held up');
  expect(await takeLock(files, machine(3, late), clock, 'o-one', 'run-3')).toMatchObject({
    state: 'held',
    holder: { pid: 2, work: 'run-2' },
  });
  // And the second itself may go on.
  await expect(lock(files, machine(2, late), 'run-2')).resolves.toHaveProperty('release');
});

test("a claim that is seen empty while it is written is its writer's", async () => {
  const files = memoryDisk();
  await lock(files);
  const late = { 2: 'boot:200', 3: 'boot:300' };
  const dying = { ...files, remove: () => Promise.reject(new Error('held up')) };
  await expect(lock(dying, machine(2, late), 'run-2')).rejects.toThrow('held up');
  const claim = [...files.contents.keys()].find((one) => one.includes('.after-')) ?? '';
  const whole = files.contents.get(claim) ?? '';
  const { torn, waiting } = tornAtFirst(files, claim, whole);
  expect(await takeLock(torn, machine(3, late), waiting, 'o-one', 'run-3')).toMatchObject({
    state: 'held',
    holder: { work: 'run-2' },
  });
  expect(waiting.waits).toEqual([100]);
});

test('whoever takes a stale lock sweeps up after itself, and leaves what is not about that lock', async () => {
  const files = memoryDisk();
  const others = ['locks/o-two.json', 'locks/o-one2.after-0-1.json', 'locks/sandbox.json', 'runs/o-one.after-0-1.json'];
  for (const other of others) files.contents.set(other, 'x');
  files.contents.set('locks/o-one.after-0000-1.json', 'x');
  await lock(files);
  expect([...files.contents.keys()].sort()).toEqual([...others, name].sort());
});

test.each([
  ['{"pid":2,"identity":"boot:200","work":"run-2","startedAt":"then"}', 'run-2'],
  ['{"pid":2,"identity":"boot:199","work":"run-2","startedAt":"then"}', null],
  ['{"pid":3,"identity":"boot:300","work":"run-3","startedAt":"then"}', null],
  ['{"pid":2.5,"identity":"boot:200","work":"run-2","startedAt":"then"}', null],
  ['{"pid":2,"identity":null,"work":"run-2","startedAt":"then"}', null],
  ['{"pid":2,"identity":"boot:200","work":7,"startedAt":"then"}', null],
  ['{"pid":2,"identity":"boot:200","work":"run-2"}', null],
  ['{"pid":2', null],
  ['null', null],
  ['7', null],
])('by a lock of %s an organization is held by %s', async (text, runId) => {
  const files = memoryDisk();
  files.contents.set(name, text);
  const fractions: Processes = { pid: 1, identityOf: (pid) => (Math.floor(pid) === 2 ? 'boot:200' : null) };
  expect(await isHeldBy(files, fractions, 'o-one', 'run-2')).toBe(runId !== null);
});

test('an organization whose lock is not there or cannot be read is held by nobody', async () => {
  expect(await isHeldBy(memoryDisk(), machine(1, both), 'o-one', 'run-1')).toBe(false);
  const unreadable = { ...memoryDisk(), read: () => Promise.reject(new Error('EIO')) };
  expect(await isHeldBy(unreadable, machine(1, both), 'o-one', 'run-1')).toBe(false);
});

test('a lock is not waited for on the disk: after a power cut it holds nobody', async () => {
  const files = memoryDisk();
  const lifetimes: unknown[] = [];
  const create: typeof files.create = (name, text, lifetime) => {
    lifetimes.push(lifetime);
    return files.create(name, text);
  };
  const processes: Processes = { pid: 1, identityOf: () => 'boot:1' };
  await takeLock({ ...files, create }, processes, virtualClock(), 'sandbox', 'command');
  expect(lifetimes).toEqual(['passing']);
});

describe('a lock of somebody in another place', () => {
  /** @param heard what is heard of the other. @param touched counts how often the own lock was touched. */
  const elsewhere = (place: string, isHeard: boolean, pids: Readonly<Record<number, string>> = {}) => {
    const beats: (() => void)[] = [];
    const processes: Processes = {
      ...machine(2, { 2: 'boot:200', ...pids }),
      pulse: {
        place,
        relationTo: (other) => (other === place ? 'here' : other === 'before' ? 'ended' : 'elsewhere'),
        keep: (beat) => {
          beats.push(beat);
          return () => void beats.splice(0);
        },
        everyMs: 1_000,
        isHeard: async (look) => typeof (await look()) === 'number' && isHeard,
      },
    };
    return { processes, beats };
  };
  /** Process 1 of `here` has the lock. */
  async function heldHere() {
    const files = memoryDisk();
    const { processes, beats } = elsewhere('here', false);
    const { release, requireHeld } = await lockOrganization(
      files,
      { ...processes, ...machine(1, both) },
      clock,
      'o-one',
      'run-1',
    );
    return { files, beats, release, requireHeld };
  }

  test('holds as long as it is heard of, although nobody here has its pid', async () => {
    const { files } = await heldHere();
    const { processes } = elsewhere('there', true);
    await expect(lock(files, processes, 'run-2')).rejects.toMatchObject({ problem: { code: 'RunInProgress' } });
    expect(await isHeldBy(files, processes, 'o-one', 'run-1')).toBe(true);
  });

  test('is stale when nothing is heard, although somebody here has its pid and is the same to the letter', async () => {
    const { files } = await heldHere();
    const { processes } = elsewhere('there', false, both);
    expect(await isHeldBy(files, processes, 'o-one', 'run-1')).toBe(false);
    await lock(files, processes, 'run-2');
    expect(JSON.parse(files.contents.get(name) ?? '')).toMatchObject({ pid: 2, place: 'there', work: 'run-2' });
  });

  test('is not listened for where it is of the same place, or of an earlier version that said none', async () => {
    const { files } = await heldHere();
    expect(await isHeldBy(files, elsewhere('here', false, both).processes, 'o-one', 'run-1')).toBe(true);
    expect(await isHeldBy(files, elsewhere('here', true).processes, 'o-one', 'run-1')).toBe(false);
    const { place: _, ...older } = JSON.parse(files.contents.get(name) ?? '');
    files.contents.set(name, JSON.stringify(older));
    expect(await isHeldBy(files, elsewhere('there', false, both).processes, 'o-one', 'run-1')).toBe(true);
    files.contents.set(name, JSON.stringify({ ...older, place: 7 }));
    expect(await isHeldBy(files, elsewhere('there', true, both).processes, 'o-one', 'run-1')).toBe(false);
  });

  test('is touched while it is held, and no longer', async () => {
    const { files, beats, release } = await heldHere();
    const touched: [string, number][] = [];
    files.touch = async (file, atMs) => void touched.push([file, atMs]);
    for (const beat of beats) beat();
    await clock.sleep(0);
    expect(touched).toEqual([[name, clock.nowMs()]]);
    await release();
    expect(beats).toEqual([]);
  });

  test('is stale at once where this machine was started anew since', async () => {
    const { files } = await heldHere();
    files.contents.set(name, (files.contents.get(name) ?? '').replace('"here"', '"before"'));
    expect(await isHeldBy(files, elsewhere('here', true, both).processes, 'o-one', 'run-1')).toBe(false);
    await lock(files, elsewhere('here', true, both).processes, 'run-2');
  });

  test('is not asked whether it is alive for a run that it does not name', async () => {
    const { files } = await heldHere();
    files.touchedAt = () => Promise.reject(new Error('asked'));
    expect(await isHeldBy(files, elsewhere('there', true).processes, 'o-one', 'run-0')).toBe(false);
  });

  test('that was taken while its holder slept is known to be lost, and not touched any more', async () => {
    const { files, beats, requireHeld } = await heldHere();
    await expect(requireHeld()).resolves.toBeUndefined();
    await lock(files, elsewhere('there', false).processes, 'run-2');
    const touched: string[] = [];
    files.touch = async (file) => void touched.push(file);
    // It was awake a moment ago: the next beat will see it.
    await expect(requireHeld()).resolves.toBeUndefined();
    await clock.sleep(2_001);
    await expect(requireHeld()).rejects.toMatchObject({ problem: { code: 'RunInProgress', data: { runId: 'run-2' } } });
    for (const beat of beats) beat();
    await clock.sleep(0);
    expect(touched).toEqual([]);
  });
});
