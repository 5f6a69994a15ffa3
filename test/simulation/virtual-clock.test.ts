import { expect, test } from 'vitest';
import { createVirtualClock, drive } from '../../simulation/virtual-clock.ts';

const patient = { isAbandoned: () => false, durationMaxMs: 3_600_000 };

test('sleepers wake in the order of their time, and those of the same moment in the order in which they lay down', async () => {
  const clock = createVirtualClock(1_000);
  const woken: string[] = [];
  const sleep = async (name: string, durationMs: number) => {
    await clock.sleep(durationMs);
    woken.push(`${name} at ${clock.nowMs()}`);
  };
  const all = Promise.all([sleep('c', 30), sleep('a', 10), sleep('b', 10), sleep('d', 3_000_000)]);
  expect(await drive(clock, all, patient)).toMatchObject({ end: 'done' });
  expect(woken).toEqual(['a at 1010', 'b at 1010', 'c at 1030', 'd at 3001000']);
});

test('many sleepers wake in order whatever the order in which they came', async () => {
  const clock = createVirtualClock(0);
  const woken: number[] = [];
  const delays = Array.from({ length: 500 }, (_, index) => (index * 7_919) % 503);
  const all = Promise.all(delays.map((delay) => clock.sleep(delay).then(() => woken.push(delay))));
  await drive(clock, all, patient);
  expect(woken).toEqual([...delays].sort((left, right) => left - right));
});

test('time stands still while anything can run without it, turns of the event loop included', async () => {
  const clock = createVirtualClock(0);
  let ranAtMs = -1;
  const running = (async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    ranAtMs = clock.nowMs();
  })();
  await drive(clock, Promise.all([running, clock.sleep(1_000)]), patient);
  expect(ranAtMs).toBe(0);
  expect(clock.nowMs()).toBe(1_000);
});

test('a sleep that is given up rejects at once with the reason and no longer holds time up', async () => {
  const clock = createVirtualClock(0);
  const giveUp = new AbortController();
  const sleeping = clock.sleep(60_000, giveUp.signal);
  giveUp.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  expect(clock.sleeperCount()).toBe(0);
  expect(clock.advance()).toBe(false);
  await expect(clock.sleep(1, giveUp.signal)).rejects.toThrow('enough');
});

test('work that nobody will wake is a deadlock, work without end a runaway, work of a killed process is abandoned', async () => {
  const clock = createVirtualClock(0);
  expect(await drive(clock, new Promise(() => {}), patient)).toEqual({ end: 'deadlock' });
  const forEver = async (): Promise<never> => {
    for (;;) await clock.sleep(1_000);
  };
  expect(await drive(clock, forEver(), { ...patient, durationMaxMs: 60_000 })).toEqual({ end: 'runaway' });
  const isAbandoned = () => clock.nowMs() > 100_000;
  expect(await drive(clock, new Promise(() => {}), { ...patient, isAbandoned })).toEqual({ end: 'abandoned' });
});

test('what the work throws is thrown', async () => {
  const clock = createVirtualClock(0);
  const failing = clock.sleep(5).then(() => Promise.reject(new Error('broken')));
  await expect(drive(clock, failing, patient)).rejects.toThrow('broken');
});
