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
