import { type Random, seededRandom } from '../src/random.ts';

/** Choices that follow from a seed. */
export interface Chance {
  readonly random: Random;
  /** A whole number from `from` to `to`, both included. */
  readonly whole: (from: number, to: number) => number;
  readonly is: (share: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Each item with the same probability, in the order given. */
  readonly some: <Item>(items: readonly Item[], share: number) => Item[];
  readonly shuffled: <Item>(items: readonly Item[]) => Item[];
}

export function createChance(seed: number): Chance {
  const random = seededRandom(seed);
  for (let index = 0; index < 4; index += 1) random(); // neighbouring seeds begin alike
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return {
    random,
    whole,
    is: (share) => random() < share,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    some: (items, share) => items.filter(() => random() < share),
    shuffled: (items) => {
      const keyed = items.map((item) => ({ item, key: random() }));
      return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
    },
  };
}
