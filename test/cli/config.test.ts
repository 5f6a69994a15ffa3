import { expect, test } from 'vitest';
import { parseConfig } from '../../src/cli/config.ts';
import { parseDuration, spanOf } from '../../src/duration.ts';
import { exitClassOf, problemOf } from '../../src/problems/index.ts';
import { english } from '../support/speech.ts';

test('everything is read as it is written: no id loses its leading zero, no word becomes a truth', async () => {
  const text = 'protect: [012345678901, 0x1F, no, 1e3]\nconcurrency: 10\nrate: 2.5\nprofile: no\n';
  expect(await parseConfig(text, 'c', 'home')).toEqual({
    protect: ['012345678901', '0x1F', 'no', '1e3'],
    concurrency: '10',
    rate: '2.5',
    profile: 'no',
  });
});

test.each([[''], ['# nothing\n'], ['---\n'], ['{}']])('%j is a configuration that says nothing', async (text) => {
  expect(await parseConfig(text, 'c', 'home')).toEqual({});
});

test.each<[string, string, string]>([
  ['a broken line', 'region: x\nprotect: [\n', 'c:3:1'],
  ['a tab where blanks must be', 'protect:\n\t- x\n', 'c:2:1'],
  ['a key twice', 'region: a\nregion: b\n', 'c:2:1'],
  ['an unknown key', 'Region: x\n', 'unknown key Region'],
  ['a list that is none', 'protect: x\n', 'protect'],
  ['a list in a list', 'protect: [[x]]\n', 'protect.0'],
  ['a concurrency that is none', 'region: x\nconcurrency: 0\n', 'c:2:14: concurrency'],
  ['a concurrency above what the flag takes', 'concurrency: 2001\n', 'c:1:14: concurrency: it takes a whole number'],
  ['a rate that is none', 'rate: fast\n', 'rate'],
  ['a rate of 0', 'rate: 0\n', 'c:1:7: rate: it takes a number above 0'],
  ['a rate of 0.0', 'rate: 0.0\n', 'rate: it takes a number above 0'],
  ['a rate that would seem to hang', 'rate: 0.000000001\n', 'rate: it takes a number above 0'],
  ['a rate with an exponent', 'rate: 1e-9\n', 'rate: it takes a number above 0'],
  ['a rate beyond all numbers', `rate: ${'9'.repeat(400)}\n`, 'rate: it takes a number above 0'],
  ['a negative rate', 'rate: -1\n', 'rate: it takes a number above 0'],
  ['a region that is none', 'region: no\n', 'c:1:9: region: it takes an AWS region'],
  ['an address that is none', 'endpointUrl: nowhere\n', 'endpointUrl: it takes an http'],
  ['a list for one value', 'region: [a]\n', 'c:1:9: region must be one value'],
  ['no list at all', 'protect:\n', 'protect must be a list of accounts'],
  ['one account without a list', 'protect: 111122223333\n', 'c:1:10: protect must be a list of accounts'],
  ['keys instead of a list', 'protect: { a: b }\n', 'protect must be a list of accounts'],
  ['a tag that would be read as nothing', 'protect: !include other.yaml\n', 'Unresolved tag'],
  ['an anchor that there is not', 'protect: *all\n', 'c cannot be read: Unresolved alias'],
  ['a second document', 'region: eu-west-1\n---\nprotect: [x]\n', 'c:2:1'],
  ['a merge key', 'a: &a { region: x }\n<<: *a\n', 'unknown key a'],
  [
    'aliases without end',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nprotect: [${'*c,'.repeat(20)}]\n`,
    'cannot be read',
  ],
  ['a list instead of keys', '- a\n', 'c:1:1'],
  ['a word instead of keys', 'hello\n', 'c:1:1'],
  ['an unknown key further down', 'region: x\nprotected: [y]\n', 'c:2:12: unknown key protected'],
])('%s is refused, and where', async (_name, text, words) => {
  const problem = problemOf(await parseConfig(text, 'c', 'home').catch((error: unknown) => error));
  expect(exitClassOf(problem)).toBe('usage');
  expect(english.entryOf(problem).message).toContain(words);
});

test.each<[string, number | null]>([
  ['60s', 60_000],
  ['15m', 900_000],
  ['24h', 86_400_000],
  ['90d', 7_776_000_000],
  ['0s', 0],
  ['90', 90_000],
  ['0', 0],
  ['0.5', 500],
  ['1.25s', 1_250],
  ['2147484', 2_147_484_000],
  ['36500d', 3_153_600_000_000],
  ['36501d', null],
  ['9999999999d', null],
  ['1e3', null],
  ['s', null],
  ['.5', null],
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

test('aliases that end are what they stand for', async () => {
  expect((await parseConfig('protect: [&a 111122223333, *a]\n', 'c', 'home')).protect).toEqual([
    '111122223333',
    '111122223333',
  ]);
});

test.each<[number, string]>([
  [90_000, '90 seconds'],
  [1_000, '1 second'],
  [1_500, '1.5 seconds'],
  [900_000, '15 minutes'],
  [3_600_000, '1 hour'],
  [86_400_000, '1 day'],
  [90_000_000, '25 hours'],
  [7_776_000_000, '90 days'],
])('%i ms in words: %s', (durationMs, words) => {
  const { count, unit } = spanOf(durationMs);
  expect(english.words.times.span(count, unit)).toBe(words);
});
