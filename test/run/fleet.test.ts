import fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { forEachItem, type Outcome } from '../../src/run/fleet.ts';
import { holds } from '../support/properties.ts';

test('exactly one outcome an item, and never more in flight than asked for, under any schedule of errors and stops', async () => {
  const job = fc.record({ durationMs: fc.nat({ max: 50 }), fails: fc.boolean() });
  await holds(
    fc.asyncProperty(
      fc.array(job, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      fc.option(fc.nat({ max: 200 }), { nil: null }),
      fc.boolean(),
      async (jobs, concurrency, stopAtMs, isAsync) => {
        const clock = virtualClock();
        const stopping = new AbortController();
        if (stopAtMs !== null) void clock.sleep(stopAtMs).then(() => stopping.abort());
        const items = jobs.map((one, index) => ({ ...one, index }));
        async function* arriving() {
          for (const item of items) {
            await clock.sleep(item.index % 3);
            yield item;
          }
        }
        const outcomes: Outcome<(typeof items)[number], number>[] = [];
        let inFlight = 0;
        let most = 0;
        await forEachItem(
          isAsync ? arriving() : items,
          async ({ durationMs, fails, index }) => {
            expect(stopping.signal.aborted, 'begun after the stop').toBe(false);
            inFlight += 1;
            most = Math.max(most, inFlight);
            await clock.sleep(durationMs);
            inFlight -= 1;
            if (fails) throw new Error(`${index}`);
            return index;
          },
          { concurrency, stopping: stopping.signal, onOutcome: (outcome) => outcomes.push(outcome) },
        );
        expect(most).toBeLessThanOrEqual(concurrency);
        expect(inFlight).toBe(0);
        expect(outcomes.map(({ item }) => item.index).sort((a, b) => a - b)).toEqual(items.map(({ index }) => index));
        for (const outcome of outcomes) {
          if (outcome.status === 'done') expect(outcome.result).toBe(outcome.item.index);
          if (outcome.status === 'failed') expect(outcome.item.fails).toBe(true);
          if (outcome.status === 'not-attempted') expect(stopping.signal.aborted).toBe(true);
        }
      },
    ),
    200,
  );
});

test('a fatal error ends everything, once what is in flight has ended: nothing more is begun', async () => {
  const clock = virtualClock();
  const outcomes: string[] = [];
  const run = forEachItem(
    [1, 2, 3, 4, 5, 6],
    async (item) => {
      await clock.sleep(item * 10);
      if (item === 2) throw new Error('mixed up');
      return item;
    },
    {
      concurrency: 3,
      stopping: new AbortController().signal,
      isFatal: (error) => error instanceof Error && error.message === 'mixed up',
      onOutcome: ({ item, status }) => outcomes.push(`${item} ${status}`),
    },
  );
  expect(await run.catch((error: unknown) => error)).toMatchObject({ message: 'mixed up' });
  expect(outcomes.sort()).toEqual(['1 done', '2 failed', '3 done', '4 done']);
});

test("the source's error is thrown, once what is in flight has ended", async () => {
  const clock = virtualClock();
  const done: number[] = [];
  async function* source() {
    yield 1;
    yield 2;
    throw new Error('the listing failed');
  }
  const run = forEachItem(
    source(),
    async (item) => {
      await clock.sleep(50);
      done.push(item);
    },
    { concurrency: 5, stopping: new AbortController().signal, onOutcome: () => {} },
  );
  await expect(run).rejects.toThrow('the listing failed');
  expect(done).toEqual([1, 2]);
});

test('of several fatal errors the first is thrown, and every failure is an outcome with its error', async () => {
  const clock = virtualClock();
  const errors: unknown[] = [];
  const run = forEachItem(
    [30, 10, 20],
    async (ms) => {
      await clock.sleep(ms);
      throw new Error(`${ms}`);
    },
    {
      concurrency: 3,
      stopping: new AbortController().signal,
      isFatal: () => true,
      onOutcome: (outcome) => errors.push(outcome.status === 'failed' && outcome.error),
    },
  );
  expect(await run.catch((error: unknown) => error)).toMatchObject({ message: '10' });
  expect(errors).toMatchObject([{ message: '10' }, { message: '20' }, { message: '30' }]);
});
