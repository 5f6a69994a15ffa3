import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectPages, eachPage, type Page } from '../../src/org/pages.ts';
import { holds } from '../support/properties.ts';

const reader = (pages: readonly Page<number>[]) => {
  const asked: (string | undefined)[] = [];
  const read = async (token: string | undefined): Promise<Page<number>> => {
    asked.push(token);
    return pages[asked.length - 1] ?? { items: [], next: undefined };
  };
  return { asked, read };
};

test('pages are read until none follows, empty ones between them too', async () => {
  const { asked, read } = reader([
    { items: [1, 2], next: 'a' },
    { items: [], next: 'b' },
    { items: [3], next: undefined },
  ]);
  expect(await collectPages(read)).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, 'a', 'b']);
});

test('a token that was seen before, however long ago, ends the listing as malformed', async () => {
  const loop = fc.record({ length: fc.integer({ min: 1, max: 40 }), back: fc.nat({ max: 39 }) });
  const property = fc.asyncProperty(loop, async ({ length, back }) => {
    const asked: (string | undefined)[] = [];
    const read = async (token: string | undefined): Promise<Page<number>> => {
      asked.push(token);
      const next = asked.length <= length ? asked.length : Math.min(back, length - 1) + 1;
      return { items: [asked.length], next: `token-${next}` };
    };
    await expect(collectPages(read)).rejects.toMatchObject({
      operation: 'List',
      failure: { kind: 'malformed', said: [{ say: 'same-token-twice' }] },
    });
    expect(asked.length).toBeLessThanOrEqual(length + 1);
  });
  await holds(property, 60);
});

test.each([
  ['empty pages', () => [], 200],
  ['pages', () => [1], 20_000],
])('%s without an end are not read for ever', async (_what, items, pageCountMax) => {
  let count = 0;
  const read = async (): Promise<Page<number>> => {
    count += 1;
    return { items: items(), next: String(count) };
  };
  await expect(collectPages(read)).rejects.toMatchObject({
    operation: 'List',
    failure: {
      kind: 'malformed',
      said: [{ say: 'endless-list', pages: pageCountMax, empty: items().length === 0 ? pageCountMax : 0 }],
    },
  });
  expect(count).toBe(pageCountMax);
});

test('however many pages are empty: one without a token is the last, and so is one whose token says nothing', async () => {
  for (const next of [undefined, '']) {
    let count = 0;
    const read = async (): Promise<Page<number>> => {
      count += 1;
      return { items: [], next: count < 200 ? String(count) : next };
    };
    expect(await collectPages(read)).toEqual([]);
    expect(count).toBe(200);
  }
});

test('the next page is asked for before this one is worked on, and no page before its turn', async () => {
  const { asked, read } = reader([
    { items: [1], next: 'a' },
    { items: [2], next: 'b' },
    { items: [3], next: undefined },
  ]);
  const askedWhenHandedOn: number[] = [];
  for await (const _page of eachPage(read)) askedWhenHandedOn.push(asked.length);
  expect(askedWhenHandedOn).toEqual([2, 3, 3]);
});

test('a page that cannot be read is told when it is its turn, and not at all where no more pages are wanted', async () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listener);
  const failing = async (token: string | undefined): Promise<Page<number>> => {
    if (token !== undefined) throw new Error('refused');
    return { items: [1], next: 'a' };
  };
  const pages = eachPage(failing);
  expect(await pages.next()).toEqual({ done: false, value: [1] });
  await new Promise(setImmediate);
  await expect(pages.next()).rejects.toThrow('refused');
  for await (const page of eachPage(failing)) {
    expect(page).toEqual([1]);
    break;
  }
  await new Promise(setImmediate);
  process.off('unhandledRejection', listener);
  expect(unhandled).toEqual([]);
});
