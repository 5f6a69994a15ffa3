import { describe, expect, test } from 'vitest';
import { setAhead, virtualClock } from '../../harness/clock.ts';
import { type AwsTime, createAwsTime, onAwsTime } from '../../src/aws/time.ts';

const startMs = Date.parse('2026-01-31T09:30:00.000Z');
const minuteMs = 60_000;
const dayMs = 86_400_000;
const httpDate = (epochMs: number): string => new Date(epochMs).toUTCString();

/** A machine whose clock somebody sets, and whose monotonic one nobody can. */
function machine(skewMs = 0) {
  const { pass, ...trueClock } = virtualClock({ startMs });
  let aheadMs = skewMs;
  return {
    clock: setAhead(trueClock, () => aheadMs),
    pass,
    set: (epochMs: number) => {
      aheadMs = epochMs - trueClock.nowMs();
    },
  };
}

/** What happens to a client whose machine's clock is off: refused with AWS's time, then taken. */
function learn(time: AwsTime, trueMs: number): void {
  time.refused(httpDate(trueMs), time.nowMs());
  time.accepted(httpDate(trueMs), time.nowMs());
}

test('until AWS has answered, the time is the machine’s, and nobody knows whether it is right', () => {
  const time = createAwsTime(machine(120 * dayMs).clock);
  expect([time.nowMs(), time.isKnown()]).toEqual([startMs + 120 * dayMs, false]);
});

test.each([120, -120, 1 / 24, -1 / 24])(
  "a machine's clock %d days off is told once, and AWS's time is used",
  (days) => {
    const told: number[] = [];
    const { clock, pass } = machine(days * dayMs);
    const time = createAwsTime(clock, (aheadMs) => told.push(aheadMs));
    learn(time, startMs);
    expect([time.nowMs(), time.isKnown()]).toEqual([startMs, true]);
    pass(90_000);
    expect(onAwsTime(clock, time).nowMs()).toBe(startMs + 90_000);
    time.accepted(httpDate(startMs + 90_000), time.nowMs());
    expect(told).toEqual([days * dayMs]);
  },
);

test.each([0, 900, -3_000, 4_000])(
  "a clock %d ms off keeps its milliseconds: a date's seconds are coarser",
  (skewMs) => {
    const told: number[] = [];
    const time = createAwsTime(machine(skewMs).clock, (aheadMs) => told.push(aheadMs));
    time.accepted(httpDate(startMs), time.nowMs());
    expect([time.nowMs(), time.isKnown(), told]).toEqual([startMs + skewMs, true, []]);
  },
);

test.each([
  [5 * minuteMs, 0],
  [5 * minuteMs + 1_000, 1],
  [-5 * minuteMs - 1_000, 1],
])('a skew of %d ms is told %d times', (skewMs, count) => {
  const told: number[] = [];
  const time = createAwsTime(machine(skewMs).clock, (aheadMs) => told.push(aheadMs));
  time.accepted(httpDate(startMs), time.nowMs());
  expect([told.length, time.nowMs()]).toEqual([count, startMs]);
});

describe('a Date that cannot be AWS’s changes nothing', () => {
  test.each([
    undefined,
    '',
    'yesterday',
    'junk 1',
    '0',
    '2999-01-01T00:00:00Z',
    '1769851800',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Tue, 01 Jan 2999 00:00:00 GMT',
    'Sat, 05 Feb 2028 09:30:00 GMT',
    'Sat, 31 Jan 2026 09:30:00 +0900',
    'Sat, 99 Jan 2026 09:30:00 GMT',
  ])('%s in an answer that AWS gave', (date) => {
    const told: number[] = [];
    const time = createAwsTime(machine().clock, (aheadMs) => told.push(aheadMs));
    time.accepted(date, time.nowMs());
    expect([time.nowMs(), time.isKnown(), told]).toEqual([startMs, false, []]);
    time.accepted(httpDate(startMs), time.nowMs());
    time.accepted(date, time.nowMs());
    expect([time.nowMs(), time.isKnown(), told]).toEqual([startMs, true, []]);
  });

  test.each([120, -120, 16 / 1_440])(
    'where nobody checks signatures, %d days off: believed, and told, when the next answer agrees',
    (days) => {
      const told: number[] = [];
      const { clock, pass } = machine(days * dayMs);
      const time = createAwsTime(clock, (aheadMs) => told.push(aheadMs));
      time.accepted(httpDate(startMs), time.nowMs());
      expect([time.nowMs(), time.isKnown(), told]).toEqual([startMs, false, []]);
      pass(1_000);
      time.accepted(httpDate(startMs + 1_000), time.nowMs());
      expect([time.nowMs(), time.isKnown(), told]).toEqual([startMs + 1_000, true, [days * dayMs]]);
      time.accepted(httpDate(startMs + 40 * dayMs), time.nowMs());
      expect(time.nowMs()).toBe(startMs + 1_000);
    },
  );

  test('a refusal’s is tried, and believed only when AWS takes a signature of that time', () => {
    const time = createAwsTime(machine().clock);
    time.accepted(httpDate(startMs), time.nowMs());
    expect(time.refused('Tue, 01 Jan 2999 00:00:00 GMT', time.nowMs())).toBe(true);
    expect([time.nowMs(), time.isKnown()]).toEqual([Date.parse('2999-01-01T00:00:00Z'), false]);
    expect(time.refused(httpDate(startMs), time.nowMs())).toBe(true);
    expect(time.isKnown()).toBe(false);
    time.accepted(httpDate(startMs), time.nowMs());
    expect([time.nowMs(), time.isKnown()]).toEqual([startMs, true]);
  });

  test('a refusal for another reason than the clock corrects nothing', () => {
    const time = createAwsTime(machine().clock);
    expect(time.refused(httpDate(startMs + 3 * minuteMs), time.nowMs())).toBe(false);
    expect(time.nowMs()).toBe(startMs);
  });
});

test('a clock that is set back an hour in the middle moves AWS’s time by nothing', () => {
  const { clock, pass, set } = machine();
  const time = createAwsTime(clock);
  time.accepted(httpDate(startMs), time.nowMs());
  pass(1_000);
  set(startMs - 3_600_000);
  pass(1_000);
  expect(time.nowMs()).toBe(startMs + 2_000);
});
