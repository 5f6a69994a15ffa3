import { describe, expect, test } from 'vitest';
import { virtualClock } from '../harness/clock.ts';
import { delaysOf, delaysUntil, poll } from '../src/poll.ts';

const looksAt = async (waitMs: number): Promise<readonly number[]> => {
  const clock = virtualClock();
  const beganMs = clock.monotonicMs();
  const times: number[] = [];
  const look = async () => times.push(clock.monotonicMs() - beganMs);
  await poll(look, () => false, delaysUntil(beganMs + waitMs, clock), { clock });
  return times;
};

describe('poll', () => {
  test('what is seen at once is not waited for', async () => {
    const clock = virtualClock();
    const beganMs = clock.monotonicMs();
    expect(
      await poll(
        async () => 'seen',
        () => true,
        delaysOf(1_000),
        { clock },
      ),
    ).toBe('seen');
    expect(clock.monotonicMs()).toBe(beganMs);
  });

  test('delays grow to 4 s, and the last look is at the deadline', async () => {
    expect(await looksAt(10_000)).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 10_000]);
    expect((await looksAt(60_000)).slice(-2)).toEqual([59_750, 60_000]);
  });

  test('without time to wait one look is taken', async () => {
    expect(await looksAt(0)).toEqual([0]);
  });

  test('once the delays end, the last look is told though it saw too little', async () => {
    let count = 0;
    const look = async () => (count += 1);
    expect(await poll(look, (seen) => seen > 5, [10, 10], { clock: virtualClock() })).toBe(3);
  });

  test('what a look throws ends the looking', async () => {
    const look = () => Promise.reject(new Error('denied'));
    await expect(poll(look, () => true, delaysOf(10), { clock: virtualClock() })).rejects.toThrow('denied');
  });

  test('a signal ends a delay that would have no end', async () => {
    const stop = new AbortController();
    let count = 0;
    const look = async () => {
      count += 1;
      if (count === 3) stop.abort(new Error('stopped'));
    };
    const environment = { clock: virtualClock(), signal: stop.signal };
    await expect(poll(look, () => false, delaysOf(10), environment)).rejects.toThrow('stopped');
    expect(count).toBe(3);
  });
});
