import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  graphemes,
  padding,
  truncateEnd,
  truncateMiddle,
  visible,
  widthOf,
  wrap,
  wrapParts,
} from '../../src/render/text.ts';
import { anyName, hostileNames, steering } from './hostile.ts';

describe('text from AWS', () => {
  it.each([
    ['\u001b[31m', '\\u001b[31m'],
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['\u202egnp', '\\u202egnp'],
    ['\u009b', '\\u009b'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\ufffd'],
    ['a\u200db', 'a\\u200db'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['👩🏽‍🚀', '👩🏽‍🚀'],
    ['❤️‍🔥', '❤️‍🔥'],
    ['葛\u{e0100}', '葛\u{e0100}'],
    ['a\ufe0f\ufe0f', 'a\ufe0f\\ufe0f'],
    ['監査ログ', '監査ログ'],
  ])('%j is shown as %j', (text, shown) => expect(visible(text)).toBe(shown));

  it('never steers the terminal, and is made visible only once', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const shown = visible(name);
        expect(shown).not.toMatch(steering);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe('cutting', () => {
  it.each([
    ['payments-production', 9, 'paym…tion'],
    ['監査ログ集約アカウント', 9, '監査…ント'],
    ['監査ログ集約アカウント', 22, '監査ログ集約アカウント'],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5, '👩‍👩‍👧…👩‍👩‍👧'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%j in %i columns is %j', (text, columns, cut) => expect(truncateMiddle(text, columns)).toBe(cut));

  it('never exceeds the columns and never splits a grapheme', () => {
    fc.assert(
      fc.property(anyName.map(visible), fc.integer({ min: 0, max: 40 }), (text, columns) => {
        for (const cut of [truncateMiddle(text, columns), truncateEnd(text, columns)]) {
          expect(widthOf(cut)).toBeLessThanOrEqual(columns);
          expect(widthOf(cut + padding(cut, columns))).toBe(columns);
          if (cut === text || cut === '') continue;
          const whole = graphemes(text).join('\u0000');
          const [head = '', ...tails] = cut.split('…');
          expect(whole.startsWith(graphemes(head).join('\u0000')) || tails.length > 1).toBe(true);
        }
      }),
    );
  });
});

describe('wrapping', () => {
  it('breaks at spaces, and inside a word only when the word is wider than a line', () => {
    expect(wrap('the quick brown-fox-jumps', 10, '  ')).toEqual(['the quick', '  brown-fo', '  x-jumps']);
  });
  it('breaks between parts first', () => {
    expect(wrapParts(['one two', 'three', 'four'], ' · ', 15, '  ')).toEqual(['one two · three', '  four']);
  });
  it('never exceeds the columns', () => {
    fc.assert(
      fc.property(anyName, fc.integer({ min: 10, max: 60 }), (text, columns) => {
        for (const line of wrap(text, columns, '  ')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
  it.each(hostileNames)('loses nothing of %j', (name) => {
    const squeezed = (text: string) => text.replaceAll(' ', '');
    expect(squeezed(wrap(name, 12).join(''))).toBe(squeezed(visible(name)));
  });
});
