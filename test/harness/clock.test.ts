import { expect, test } from 'vitest';
import { drive, setAhead, virtualClock } from '../../harness/clock.ts';

const patient = { isAbandoned: () => false, durationMaxMs: 3_600_000 };

test('sleepers wake in the order of their time, and those of the same moment in the order in which they lay down', async () => {
  const clock = virtualClock({ startMs: 1_000, moves: 'by-hand' });
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
  const clock = virtualClock({ startMs: 0, moves: 'by-hand' });
  const woken: number[] = [];
  const delays = Array.from({ length: 500 }, (_, index) => (index * 7_919) % 503);
  const all = Promise.all(delays.map((delay) => clock.sleep(delay).then(() => woken.push(delay))));
  await drive(clock, all, patient);
  expect(woken).toEqual([...delays].sort((left, right) => left - right));
});

test('time stands still while anything can run without it, turns of the event loop included', async () => {
  const clock = virtualClock({ startMs: 0, moves: 'by-hand' });
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
  const clock = virtualClock({ startMs: 0, moves: 'by-hand' });
  const giveUp = new AbortController();
  const sleeping = clock.sleep(60_000, giveUp.signal);
  giveUp.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  expect(clock.sleeperCount()).toBe(0);
  expect(clock.wakeNext()).toBe(false);
  await expect(clock.sleep(1, giveUp.signal)).rejects.toThrow('enough');
});

test('work that nobody will wake is a deadlock, work without end a runaway, work of a killed process is abandoned', async () => {
  const clock = virtualClock({ startMs: 0, moves: 'by-hand' });
  expect(await drive(clock, new Promise(() => {}), patient)).toEqual({ end: 'deadlock' });
  const forEver = async (): Promise<never> => {
    for (;;) await clock.sleep(1_000);
  };
  expect(await drive(clock, forEver(), { ...patient, durationMaxMs: 60_000 })).toEqual({ end: 'runaway' });
  const isAbandoned = () => clock.nowMs() > 100_000;
  expect(await drive(clock, new Promise(() => {}), { ...patient, isAbandoned })).toEqual({ end: 'abandoned' });
});

test('what the work throws is thrown', async () => {
  const clock = virtualClock({ startMs: 0, moves: 'by-hand' });
  const failing = clock.sleep(5).then(() => Promise.reject(new Error('broken')));
  await expect(drive(clock, failing, patient)).rejects.toThrow('broken');
});

test('by itself it jumps from one sleeper to the next as soon as nobody has anything else to do', async () => {
  const clock = virtualClock({ startMs: 0 });
  const at: number[] = [];
  const work = async (durationMs: number): Promise<void> => {
    for (let round = 0; round < 2; round += 1) {
      await clock.sleep(durationMs);
      at.push(clock.nowMs());
    }
  };
  await Promise.all([work(3_600_000), work(1_000)]);
  expect(at).toEqual([1_000, 2_000, 3_600_000, 7_200_000]);
  expect(clock.waits).toEqual([3_600_000, 1_000, 1_000, 3_600_000]);
});

test('by hand it wakes those whose time has come, and nobody before', async () => {
  const clock = virtualClock({ startMs: 0, moves: 'by-hand' });
  const woken: number[] = [];
  for (const durationMs of [100, 50, 200]) void clock.sleep(durationMs).then(() => woken.push(durationMs));
  const after = async (durationMs: number): Promise<readonly number[]> => {
    clock.pass(durationMs);
    await new Promise((resolve) => setImmediate(resolve));
    return [...woken];
  };
  expect(await after(0)).toEqual([]);
  expect(await after(99.5)).toEqual([50]);
  expect(await after(0.5)).toEqual([50, 100]);
  expect(clock.sleeperCount()).toBe(1);
  expect(await after(1_000)).toEqual([50, 100, 200]);
});

test.each(['by-itself', 'by-hand'] as const)(
  'no fraction of a wait is lost, whatever year it is: %s',
  async (moves) => {
    const clock = virtualClock({ startMs: Date.parse('2100-01-01T00:00:00Z'), moves });
    // A pace waits for what is missing, and again until nothing is: a fraction that was swallowed is waited for for ever.
    const dueMs = 1e-7;
    const waiting = async (): Promise<number> => {
      let rounds = 0;
      for (; clock.monotonicMs() < dueMs && rounds < 10; rounds += 1) await clock.sleep(dueMs - clock.monotonicMs());
      return rounds;
    };
    expect(await drive(clock, waiting(), patient)).toEqual({ end: 'done', value: 1 });
  },
);

test("a machine's clock that is set moves nobody's waits", async () => {
  const clock = virtualClock({ startMs: 1_000 });
  let aheadMs = -400;
  const machine = setAhead(clock, () => aheadMs);
  expect(machine.nowMs()).toBe(600);
  aheadMs = 86_400_000;
  await machine.sleep(5);
  expect([machine.nowMs(), machine.monotonicMs(), clock.nowMs()]).toEqual([86_401_005, 5, 1_005]);
});
