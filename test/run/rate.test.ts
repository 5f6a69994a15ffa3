import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { createAdaptivePace } from '../../src/run/rate.ts';

interface Drive {
  readonly limitAt: (elapsedMs: number) => number;
  readonly durationMs: number;
  readonly workers?: number;
  readonly fixedStsRate?: number;
}

/** So many workers ask a token bucket (a second's worth of burst, as the sandbox has it) for a while. */
async function drive({ limitAt, durationMs, workers = 300, fixedStsRate }: Drive) {
  const clock = virtualClock();
  const startMs = clock.nowMs();
  const heldBack: string[] = [];
  const pace = createAdaptivePace({
    clock,
    fixedStsRate: fixedStsRate ?? null,
    onBackingOff: (key) => heldBack.push(key),
  });
  let tokens = limitAt(0);
  let tokensMs = startMs;
  const admits = (): boolean => {
    const nowMs = clock.nowMs();
    const limit = limitAt(nowMs - startMs);
    tokens = Math.min(limit, tokens + ((nowMs - tokensMs) * limit) / 1_000);
    tokensMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
  const served: number[] = [];
  const refused: number[] = [];
  const work = async (): Promise<void> => {
    while (clock.nowMs() - startMs < durationMs) {
      const sentMs = await pace.acquire('sts');
      await clock.sleep(20);
      const isAdmitted = admits();
      await clock.sleep(20);
      if (isAdmitted) pace.answered('sts');
      else pace.throttled('sts', sentMs);
      (isAdmitted ? served : refused).push(clock.nowMs() - startMs);
      if (!isAdmitted) await clock.sleep(150);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const perSecond = (fromMs: number, toMs: number) =>
    (served.filter((at) => at >= fromMs && at < toMs).length * 1_000) / (toMs - fromMs);
  return { served, refused, perSecond, heldBack };
}

/** One key whose answers are the test's, on a clock that jumps over every wait. */
function keyed(fixedStsRate: number | null = null) {
  const clock = virtualClock();
  const heldBack: string[] = [];
  const pace = createAdaptivePace({ clock, fixedStsRate, onBackingOff: (key) => heldBack.push(key) });
  const answered = (count: number): void => {
    for (let time = 0; time < count; time += 1) pace.answered('sts');
  };
  const throttled = (count: number, sentMs = clock.monotonicMs()): void => {
    for (let time = 0; time < count; time += 1) pace.throttled('sts', sentMs);
  };
  /** Milliseconds between a request and the next, once what had been saved up is used. */
  const gap = async (): Promise<number> => {
    for (let saved = 0; saved < 2; saved += 1) await pace.acquire('sts');
    const one = await pace.acquire('sts');
    return (await pace.acquire('sts')) - one;
  };
  /** Half a second in which somebody had to wait. */
  const busyPeriod = async (): Promise<void> => {
    await gap();
    clock.pass(500);
  };
  /** Held back at 30 requests a second, the search not yet begun. */
  const searching = (): void => {
    answered(30);
    throttled(5);
  };
  /** Holding at 20 requests a second: the step from 20 to 30 was one too many. */
  const holding = (): void => {
    searching();
    answered(28);
    throttled(5);
  };
  return { clock, pace, heldBack, answered, throttled, gap, busyPeriod, searching, holding };
}
const perSecond = (rate: number): number => 1_000 / rate;

describe('a key that nothing holds back', () => {
  test.each([
    [0, 4, false],
    [0, 5, true],
    [57, 5, true],
    [58, 5, false],
    [92, 8, true],
    [93, 8, false],
  ])(
    'is held back from five throttled answers and 8 %% of them on: of %i answered and %i throttled, %s',
    (ok, no, is) => {
      const { heldBack, answered, throttled } = keyed();
      answered(ok);
      throttled(no);
      expect(heldBack).toEqual(is ? ['sts'] : []);
    },
  );

  test('counts them by the half second', () => {
    for (const [pauseMs, isHeld] of [
      [499, true],
      [500, false],
    ] as const) {
      const { clock, heldBack, throttled } = keyed();
      throttled(4);
      clock.pass(pauseMs);
      throttled(4);
      expect(heldBack.length > 0, `${pauseMs}`).toBe(isHeld);
    }
  });

  test('goes on at once, and says when', async () => {
    const { clock, pace } = keyed();
    clock.pass(70);
    expect(await pace.acquire('sts')).toBe(70);
    expect(clock.waits).toEqual([]);
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(pace.acquire('sts', aborted)).rejects.toThrow('enough');
  });

  test.each([
    [0, 30],
    [500, 30],
    [999, 30],
    [1_000, 10],
  ])('is held back to what AWS let through in the last period or two, %i ms later: %i a second', async (ms, rate) => {
    const { clock, pace, answered, throttled } = keyed();
    answered(20);
    clock.pass(ms);
    answered(10);
    throttled(5);
    const first = await pace.acquire('sts');
    expect(first - ms).toBeCloseTo(perSecond(rate));
    expect((await pace.acquire('sts')) - first).toBeCloseTo(perSecond(rate));
  });

  test('is held back to one request in two seconds where AWS let nothing through', async () => {
    const { pace, throttled } = keyed();
    throttled(5);
    expect(await pace.acquire('sts')).toBe(2_000);
  });
});

describe('a key that searches its limit', () => {
  test('grows by half each half second in which somebody had to wait, and in no other', async () => {
    const { clock, gap, busyPeriod, searching, heldBack } = keyed();
    searching();
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(30));
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(45));
    await busyPeriod();
    expect(await gap()).toBeCloseTo(perSecond(67.5));
    expect(heldBack).toEqual(['sts']);
  });

  test('does not grow where a request found its turn free', async () => {
    const { clock, pace, gap, searching } = keyed();
    searching();
    clock.pass(500);
    await pace.acquire('sts');
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(30));
  });

  test.each([
    [0, 4, 30],
    [28, 5, 20],
    [29, 5, 30],
    [34, 6, 20],
    [35, 6, 30],
  ])('has met it at 15 %% throttled, five at least, and takes the last step back: %i, %i: %i', async (ok, no, rate) => {
    const { gap, answered, throttled, searching, heldBack } = keyed();
    searching();
    answered(ok);
    throttled(no);
    expect(await gap()).toBeCloseTo(perSecond(rate));
    expect(heldBack).toEqual(['sts']);
  });

  test('what was sent before the rate was set does not count against it', async () => {
    for (const [sentMs, rate] of [
      [99, 30],
      [100, 20],
    ] as const) {
      const { clock, gap, throttled, searching } = keyed();
      clock.pass(100);
      searching();
      clock.pass(10);
      throttled(50, sentMs);
      expect(await gap(), `${sentMs}`).toBeCloseTo(perSecond(rate));
    }
  });
});

describe('a key that holds', () => {
  test('is raised a little where nothing is throttled and somebody waits, and stays where nobody does', async () => {
    const { clock, gap, holding, busyPeriod } = keyed();
    holding();
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(20));
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(20 * 1.012));
    await busyPeriod();
    expect(await gap()).toBeCloseTo(perSecond(20 * 1.012 ** 2));
  });

  test.each([
    [12, 5, 20 * (1 + 0.4 * (0.03 - (0.4 * 5) / 17))],
    [0, 4, 20 * (1 + 0.4 * (0.03 - 0.4))],
    [97, 3, 20 * (1 + 0.4 * (0.03 - 0.4 * 0.03))],
    [14, 6, 28],
    [6, 6, 12],
  ])(
    'follows the share of throttled answers, and falls to what AWS let through in a flood: %i, %i',
    async (ok, no, rate) => {
      const { clock, gap, holding, answered, throttled } = keyed();
      holding();
      const isRaised = rate > 20 && rate < 28;
      if (isRaised) await gap();
      answered(ok);
      throttled(no);
      clock.pass(500);
      expect(await gap()).toBeCloseTo(perSecond(rate));
    },
  );

  test('a flood in which AWS let nothing through leaves one request in two seconds', async () => {
    const { clock, pace, holding, throttled } = keyed();
    holding();
    throttled(5);
    clock.pass(500);
    expect(await pace.acquire('sts')).toBe(2_500);
  });

  test('a flood is measured over the time that it took', async () => {
    const { clock, gap, holding, answered, throttled } = keyed();
    holding();
    answered(6);
    throttled(6);
    clock.pass(600);
    expect(await gap()).toBeCloseTo(perSecond(10));
  });

  test('after a flood it goes on from there, the flood forgotten', async () => {
    const { clock, gap, holding, answered, throttled } = keyed();
    holding();
    answered(10);
    throttled(10);
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(20));
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(20 * 1.012));
  });

  test('it never falls by more than 15 % at once, nor below one request in two seconds', async () => {
    const { clock, gap, holding, throttled } = keyed();
    holding();
    const period = (): void => {
      throttled(4);
      clock.pass(500);
    };
    period();
    period();
    expect(await gap()).toBeCloseTo(perSecond(20 * 0.852 * 0.85));
    for (let time = 0; time < 100; time += 1) period();
    expect(await gap()).toBeCloseTo(2_000);
  });

  test('it searches again after six busy half seconds without a throttled answer, those of nobody not counted', async () => {
    const { clock, gap, holding, busyPeriod, answered } = keyed();
    holding();
    for (let time = 0; time < 5; time += 1) await busyPeriod();
    for (let time = 0; time < 10; time += 1) {
      clock.pass(500);
      answered(1);
    }
    const rate = 20 * 1.012 ** 5;
    expect(await gap()).toBeCloseTo(perSecond(rate));
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(rate * 1.012));
    clock.pass(500);
    expect(await gap()).toBeCloseTo(perSecond(rate * 1.012 * 1.5));
  });

  test('a throttled answer begins the count anew', async () => {
    const { clock, gap, holding, busyPeriod, answered, throttled } = keyed();
    holding();
    for (let time = 0; time < 5; time += 1) await busyPeriod();
    await gap();
    answered(30);
    throttled(1);
    const share = 0.4 / 31;
    clock.pass(500);
    const rate = 20 * 1.012 ** 5 * (1 + 0.4 * (0.03 - share));
    expect(await gap()).toBeCloseTo(perSecond(rate));
    clock.pass(500);
    await busyPeriod();
    const later = rate * (1 + 0.4 * (0.03 - share)) * (1 + 0.4 * (0.03 - share));
    expect(Math.abs((await gap()) - perSecond(later))).toBeLessThan(1);
  });
});

describe('a turn', () => {
  test('makes up for 20 ms of a late timer and no more', async () => {
    const { clock, pace } = keyed(10);
    expect(await pace.acquire('sts')).toBe(0);
    expect(await pace.acquire('sts')).toBe(100);
    clock.pass(10_000);
    expect(await pace.acquire('sts')).toBe(10_100);
    expect(await pace.acquire('sts')).toBe(10_180);
    expect(await pace.acquire('sts')).toBe(10_280);
  });

  test('that nobody took in those 20 ms is there for whoever comes next', async () => {
    const { clock, pace } = keyed(100);
    await pace.acquire('sts');
    clock.pass(10_000);
    for (let saved = 0; saved < 3; saved += 1) expect(await pace.acquire('sts')).toBe(10_000);
    expect(await pace.acquire('sts')).toBe(10_010);
  });

  test('is kept where nobody wants to hear of it', async () => {
    const pace = createAdaptivePace({ clock: virtualClock(), fixedStsRate: null });
    for (let time = 0; time < 5; time += 1) pace.throttled('sts', 0);
    expect(await pace.acquire('sts')).toBe(2_000);
  });

  test('comes to those who wait in their order', async () => {
    const { pace } = keyed(10);
    const order: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        order.push(`${name} ${await pace.acquire('sts')}`);
      }),
    );
    expect(order).toEqual(['a 0', 'b 100', 'c 200']);
  });

  test.each([[0], [1], [2]])('of whoever gives up goes to the next: %i', async (given) => {
    const { pace } = keyed(10);
    await pace.acquire('sts');
    const controllers = [0, 1, 2].map(() => new AbortController());
    const turns = Promise.allSettled(controllers.map(({ signal }) => pace.acquire('sts', signal)));
    controllers[given]?.abort(new Error('enough'));
    const settled = await turns;
    expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : 'enough'))).toEqual(
      [
        ['enough', 100, 200],
        [100, 'enough', 200],
        [100, 200, 'enough'],
      ][given],
    );
  });

  test('that has come leaves nothing behind on the signal', async () => {
    const { pace } = keyed(10);
    const { signal } = new AbortController();
    await pace.acquire('sts');
    const waiting = pace.acquire('sts', signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await waiting;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('comes sooner where the rate has grown meanwhile', async () => {
    const { pace, answered, throttled, clock } = keyed();
    throttled(5);
    throttled(5); // holding, at one in two seconds
    const turn = pace.acquire('sts');
    answered(14);
    throttled(6);
    expect(clock.monotonicMs()).toBe(0);
    expect(await turn).toBeCloseTo(500 + perSecond(28));
  });

  test('of another key is not paced by the rate that a person gave for STS', async () => {
    const { clock, pace } = keyed(0.01);
    for (let time = 0; time < 10; time += 1) expect(await pace.acquire('organizations')).toBe(0);
    expect(clock.waits).toEqual([]);
  });
});

describe('the pace', () => {
  test.each([[50], [200], [600], [2_000]])(
    'finds a limit of %i requests a second without being told',
    async (limit) => {
      const { served, refused, perSecond, heldBack } = await drive({ limitAt: () => limit, durationMs: 40_000 });
      expect(perSecond(15_000, 40_000)).toBeGreaterThan(limit * 0.85);
      expect(perSecond(15_000, 40_000)).toBeLessThanOrEqual(limit * 1.02);
      expect(refused.length / (served.length + refused.length)).toBeLessThan(0.25);
      expect(heldBack).toEqual(['sts']);
    },
  );

  test('is no pace at all where nothing is throttled', async () => {
    const { perSecond, heldBack } = await drive({ limitAt: () => 1e9, durationMs: 5_000, workers: 100 });
    expect(perSecond(1_000, 5_000)).toBeGreaterThan(2_400); // 100 workers, 40 ms each
    expect(heldBack).toEqual([]);
  });

  test('recovers when the limit is raised', async () => {
    const { perSecond } = await drive({ limitAt: (ms) => (ms < 20_000 ? 50 : 500), durationMs: 60_000 });
    expect(perSecond(10_000, 20_000)).toBeLessThanOrEqual(51);
    expect(perSecond(45_000, 60_000)).toBeGreaterThan(350);
  });

  test('gives way when the limit is lowered', async () => {
    const { refused, perSecond } = await drive({ limitAt: (ms) => (ms < 20_000 ? 500 : 50), durationMs: 80_000 });
    expect(perSecond(50_000, 80_000)).toBeGreaterThan(40);
    const late = refused.filter((at) => at > 60_000).length / 20;
    expect(late).toBeLessThan(25);
  });

  test('fixed by the person it is neither raised nor lowered', async () => {
    const { perSecond } = await drive({ limitAt: () => 1e9, durationMs: 10_000, fixedStsRate: 20 });
    expect(perSecond(1_000, 10_000)).toBeGreaterThan(19);
    expect(perSecond(1_000, 10_000)).toBeLessThanOrEqual(20.5);
    const over = await drive({ limitAt: () => 10, durationMs: 10_000, fixedStsRate: 20, workers: 20 });
    expect((over.served.length + over.refused.length) / 10).toBeGreaterThan(18);
  });

  test("one member's limit is not another's, and is forgotten with the account", async () => {
    const clock = virtualClock();
    const heldBack: string[] = [];
    const pace = createAdaptivePace({ clock, fixedStsRate: null, onBackingOff: (key) => heldBack.push(key) });
    for (let time = 0; time < 20; time += 1) pace.throttled('iam:200000000001', await pace.acquire('iam:200000000001'));
    expect(heldBack).toEqual(['iam:200000000001']);
    const beforeMs = clock.nowMs();
    for (let time = 0; time < 20; time += 1) await pace.acquire('iam:200000000002');
    expect(clock.nowMs()).toBe(beforeMs);
    pace.forget('iam:200000000001');
    for (let time = 0; time < 20; time += 1) await pace.acquire('iam:200000000001');
    expect(clock.nowMs()).toBe(beforeMs);
  });

  test('an abort ends the waiting with its reason', async () => {
    const clock = virtualClock();
    const pace = createAdaptivePace({ clock, fixedStsRate: 0.001 });
    await pace.acquire('sts');
    const controller = new AbortController();
    const waiting = pace.acquire('sts', controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(pace.acquire('sts', controller.signal)).rejects.toThrow('enough');
  });
});
