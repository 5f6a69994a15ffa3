/** A source of numbers in [0, 1), passed in wherever chance is used so that a run can be replayed from its seed. */
export type Random = () => number;

/** mulberry32: 32 bits of state, enough for jitter and scenarios, and the same on every platform. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
