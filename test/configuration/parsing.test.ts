import { describe, expect, test } from 'vitest';
import { type Layer, parseConfiguration } from '../../src/configuration/parsing.ts';
import { keyPathOf, placeOf, presetNames } from '../../src/configuration/settings.ts';
import { parseDuration, spanOf } from '../../src/duration.ts';
import { exitClassOf, problemOf } from '../../src/problems/index.ts';
import { settings } from '../support/settings.ts';
import { english } from '../support/speech.ts';

/** What a file says, by key. */
async function parsed(text: string, layer: Layer = 'home'): Promise<Readonly<Record<string, unknown>>> {
  const { entries, protections } = await parseConfiguration(text, 'c', layer, settings);
  const values = [...entries].map(([setting, entry]) => [keyPathOf(setting).join('.'), entry.text]);
  const protect = protections.length === 0 ? {} : { protect: protections.map((entry) => entry.text) };
  return { ...Object.fromEntries(values), ...protect };
}

const refusal = async (text: string, layer: Layer = 'home') =>
  problemOf(await parsed(text, layer).catch((error: unknown) => error));

test('everything is read as it is written: no id loses its leading zero, no word becomes a truth', async () => {
  const text = 'protect: [012345678901, 0x1F, no, 1e3]\nconcurrency: 10\nrate: 2.5\nprofile: no\n';
  expect(await parsed(text)).toEqual({
    protect: ['012345678901', '0x1F', 'no', '1e3'],
    concurrency: '10',
    rate: '2.5',
    profile: 'no',
  });
});

test.each([[''], ['# nothing\n'], ['---\n'], ['{}']])('%j is a configuration that says nothing', async (text) => {
  expect(await parsed(text)).toEqual({});
});

test.each<[string, string, string]>([
  ['a broken line', 'region: x\nprotect: [\n', 'c:3:1'],
  ['a tab where blanks must be', 'protect:\n\t- x\n', 'c:2:1'],
  ['a key twice', 'region: a\nregion: b\n', 'c:2:1'],
  ['a key twice, further in', 'status:\n  tag: a\n  tag: b\n', 'c:3:3'],
  ['a key twice, in another spelling', 'region: a\n"region": b\n', 'c:2:1'],
  ['an unknown key', 'Region: x\n', 'unknown key Region'],
  ['a list that is none', 'protect: x\n', 'protect'],
  ['a list in a list', 'protect: [[x]]\n', 'protect.0'],
  ['a concurrency that is none', 'region: eu-west-1\nconcurrency: 0\n', 'c:2:14: concurrency'],
  ['a concurrency above what the flag takes', 'concurrency: 2001\n', 'c:1:14: concurrency: it must be a whole number'],
  ['a rate that is none', 'rate: fast\n', 'rate'],
  ['a rate of 0', 'rate: 0\n', 'c:1:7: rate: it must be a number from'],
  ['a rate of 0.0', 'rate: 0.0\n', 'rate: it must be a number from'],
  ['a rate that would seem to hang', 'rate: 0.000000001\n', 'rate: it must be a number from'],
  ['a rate with an exponent', 'rate: 1e-9\n', 'rate: it must be a number from'],
  ['a rate beyond all numbers', `rate: ${'9'.repeat(400)}\n`, 'rate: it must be a number from'],
  ['a negative rate', 'rate: -1\n', 'rate: it must be a number from'],
  ['a region that is none', 'region: no\n', 'c:1:9: region: it must be an AWS Region'],
  ['an address that is none', 'endpointUrl: nowhere\n', 'endpointUrl: it must be an http'],
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
  ['a format that there is not', 'region: eu-west-1\noutput: xml\n', 'c:2:9: output: it must be one of table, json'],
  ['commands that are none', 'commands: [delete]\n', 'c:1:11: commands must consist of keys and values'],
  ['a command that is none', 'commands:\n  delete: 5\n', 'c:2:11: commands.delete must consist of keys and values'],
  ['a command that there is not', 'commands:\n  delet:\n    wait: 5\n', 'unknown key commands.delet'],
  ['a key of a command', 'commands: { delete: { max-acounts: 5 } }\n', 'unknown key commands.delete.max-acounts'],
  [
    'a limit',
    'commands: { delete: { max-accounts: all } }\n',
    'c:1:37: commands.delete.max-accounts: it must be a whole',
  ],
  ['a kind', 'commands: { delete: { only: keys } }\n', 'c:1:29: commands.delete.only: '],
  ['a choice', 'commands: { status: { sort: size } }\n', 'commands.status.sort: it must be one of default'],
  ['a switch', 'commands: { status: { check: yes } }\n', 'commands.status.check: it must be true or false (1 or 0)'],
  ['a time', 'commands: { runs resume: { wait: 1w } }\n', 'commands.runs resume.wait: it must be seconds'],
  ['an unknown key further down', 'region: eu-west-1\nprotected: [y]\n', 'c:2:12: unknown key protected'],
])('%s is refused, and where', async (_name, text, words) => {
  const problem = await refusal(text);
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
  expect((await parsed('protect: [&a 111122223333, *a]\n'))['protect']).toEqual(['111122223333', '111122223333']);
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

test('defaults are kept by command, and named like the flags', async () => {
  const text =
    'timeout: 10m\nno-color: true\ncommands:\n  delete: { max-accounts: 50, unused-for: 90d }\n  runs resume: { wait: 5m }\n';
  expect(await parsed(text, 'near')).toEqual({
    timeout: '10m',
    'no-color': 'true',
    'commands.delete.max-accounts': '50',
    'commands.delete.unused-for': '90d',
    'commands.runs resume.wait': '5m',
  });
});

test.each([
  ['Region: x\n', 'did you mean region?'],
  ['endpoint-url: x\n', 'did you mean endpointUrl?'],
  ['commands: { delet: { wait: 5 } }\n', 'did you mean delete?'],
  ['commands: { delete: { max-acounts: 5 } }\n', 'did you mean max-accounts?'],
])('%j gets the nearest known key', async (text, hint) => {
  expect(english.entryOf(await refusal(text)).hint).toBe(hint);
});

describe('what decides', () => {
  const ofDelete = ['yes', 'all', 'accounts', 'ou', 'tag', 'name', 'exclude', 'plan', 'plan-out', 'dry-run'];
  const ofUnlock = ['yes', 'account', 'put-policy', 'delete-policy'];
  const never: readonly (readonly [string, string])[] = [
    ...ofDelete.map((flag) => ['delete', flag] as const),
    ...ofUnlock.map((flag) => ['unlock s3', flag] as const),
    ['disable', 'trusted-access'],
    ['enable', 'delegated-admin'],
    ['recover', 'yes'],
    ['runs resume', 'yes'],
    ['status', 'accounts'],
    ['sandbox start', 'scenario'],
  ];

  test.each(never)('%s: %s is never taken from a file, not even the home', async (command, flag) => {
    for (const layer of ['home', 'near'] as const) {
      const problem = await refusal(`commands: { ${command}: { ${flag}: true } }\n`, layer);
      expect(exitClassOf(problem)).toBe('usage');
      expect(english.entryOf(problem)).toMatchObject({
        message: expect.stringMatching(`c:1:\\d+: commands\\.${command}\\.${flag} is not allowed in a file`),
        hint: `remove it, and use --${flag} on the command line`,
      });
    }
  });

  test.each(['sandbox', 'config'])('neither is %s', async (flag) => {
    expect(english.entryOf(await refusal(`${flag}: true\n`)).message).toContain(`${flag} is not allowed in a file`);
  });

  test.each([
    ['max-failures', 'commands: { delete: { max-failures: 1000 } }\n'],
    ['plan-max-age', 'commands: { delete: { plan-max-age: 90d } }\n'],
    ['baseline', 'commands: { status: { baseline: old.json } }\n'],
    ['quiet', 'quiet: true\n'],
  ])('%s, which loosens, counts in the home file alone', async (key, text) => {
    expect(await parsed(text)).not.toEqual({});
    const { message } = english.entryOf(await refusal(text, 'near'));
    expect(message).toContain(`${key} is allowed in the user configuration only`);
  });

  test('a flag that nobody thought of is in no file', () => {
    const unthought = { command: 'delete', flag: 'some-new-flag' };
    expect(placeOf(unthought)).toBeNull();
  });

  test('what a file may set is a flag that there is', () => {
    const names = settings.map(({ command, flag }) => `${command} ${flag}`);
    for (const { command, flag } of presetNames) expect(names).toContain(`${command} ${flag}`);
  });
});

test('a file of a hundred thousand keys is refused as quickly as a small one', async () => {
  // Each compared with each would take minutes: the test would run out of time.
  const text = Array.from({ length: 100_000 }, (_, index) => `k${index}: v\n`).join('');
  const { code, data } = await refusal(text);
  expect([code, data]).toMatchObject(['InvalidConfig', { fault: 'unknown-key', at: 'c:1:5' }]);
});
