import { expect, test } from 'vitest';
import { simulate } from '../../simulation/simulate.ts';

// A broken seed replays alone: npm run simulate -- --seed N --verbose
const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

test.each(seeds)('seed %i breaks no invariant', async (seed) => {
  const { violations, log } = await simulate(seed);
  expect({ violations, log }).toEqual({ violations: [], log });
});

test('a run is a function of its seed', async () => {
  const tellingOf = async (seed: number) => {
    const { log, bench } = await simulate(seed);
    const requests = bench.sandbox.requests.map(({ at, operation, targetAccount, outcome }) => [
      at,
      operation,
      targetAccount,
      outcome,
    ]);
    return { log, requests, output: bench.episodes.map(({ stdout, stderr }) => [stdout, stderr]) };
  };
  for (const seed of [2, 9, 21]) expect(await tellingOf(seed)).toEqual(await tellingOf(seed));
});
