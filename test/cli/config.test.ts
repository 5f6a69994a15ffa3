import { expect, test } from 'vitest';
import { parseConfig } from '../../src/cli/config.ts';
import { parseDuration } from '../../src/duration.ts';

test('everything is read as it is written: no id loses its leading zero, no word becomes a truth', () => {
  expect(parseConfig('protect: [012345678901, 0x1F, no, 1e3]\nconcurrency: 10\nrate: 2.5\nregion: no\n', 'c')).toEqual({
    protect: ['012345678901', '0x1F', 'no', '1e3'],
    concurrency: '10',
    rate: '2.5',
    region: 'no',
  });
});

test.each([[''], ['# nothing\n'], ['---\n'], ['{}']])('%j is a configuration that says nothing', (text) => {
  expect(parseConfig(text, 'c')).toEqual({});
});

test.each<[string, string, string]>([
  ['a broken line', 'region: x\nprotect: [\n', 'c:3:1'],
  ['a tab where blanks must be', 'protect:\n\t- x\n', 'c:2:1'],
  ['a key twice', 'region: a\nregion: b\n', 'c:2:1'],
  ['an unknown key', 'Region: x\n', 'unknown key Region'],
  ['a list that is none', 'protect: x\n', 'protect'],
  ['a list in a list', 'protect: [[x]]\n', 'protect.0'],
  ['a concurrency that is none', 'region: x\nconcurrency: 0\n', 'c:2:14: concurrency'],
  ['a rate that is none', 'rate: fast\n', 'rate'],
  ['a list instead of keys', '- a\n', 'c:1:1'],
  ['a word instead of keys', 'hello\n', 'c:1:1'],
  ['an unknown key further down', 'region: x\nprotected: [y]\n', 'c:2:12: unknown key protected'],
])('%s is refused, and where', (_name, text, words) => {
  expect(() => parseConfig(text, 'c')).toThrow(words);
});

test.each<[string, number | null]>([
  ['60s', 60_000],
  ['15m', 900_000],
  ['24h', 86_400_000],
  ['90d', 7_776_000_000],
  ['0s', 0],
  ['90', null],
  ['1w', null],
  ['-1d', null],
  ['1.5h', null],
  ['1 d', null],
  ['', null],
  ['1d ', null],
  ['١d', null],
])('the duration %j is %s ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});
