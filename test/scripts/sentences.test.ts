// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the fixtures are source text.
import { describe, expect, test } from 'vitest';
import { sentencesIn } from '../../scripts/sentences.mjs';

const found = (code: string, file = 'src/render/fixture.ts') => sentencesIn(file, code).map(({ text }) => text);

describe('what a person reads is found', () => {
  test.each([
    ['a sentence', `const a = 'the account is closed';`, ['the account is closed']],
    ['in a template', 'const a = `run ${id} is working`;', ['run … is working']],
    ['one word beside what is filled in', 'const a = `${count} failed`;', ['… failed']],
    ['a word that takes an ending', 'const a = `${n} account${s}`;', ['… account…']],
    ['a sentence inside what is filled in', "const a = `${ok ? 'all is well' : ''}:`;", ['all is well']],
    ['in an array', `const a = ['look', 'run it again'];`, ['run it again']],
    ['in a nested call', `f(g({ a: [h('no account was chosen')] }));`, ['no account was chosen']],
    ['in a branch', `const a = x ? 'is missing' : null;`, ['is missing']],
    ['what joins a list', `names.join(' and ');`, [' and ']],
    ['a word beside a flag', `const a = 'leave out --sandbox';`, ['leave out --sandbox']],
    ['a command among words', `const a = 'turn it on: rootctl enable';`, ['turn it on: rootctl enable']],
    ['a value of a record', `const a = { excluded: 'not active' };`, ['not active']],
    ['an error of the project', `throw new UsageError('Usage', 'no command given', '');`, ['no command given']],
    ['Japanese', `const a = '完了';`, ['完了']],
    ['a title of one word', `const a = { title: 'before' };`, ['before']],
    ['a title in a branch', `const a = { title: dryRun ? 'would be' : 'now' };`, ['would be', 'now']],
    ['a heading of Markdown', `const a = '### Events';`, ['### Events']],
    ['a capitalised label', `const a = ['Password', 'Keys'];`, ['Password', 'Keys']],
    ['a painted word', `paint.red('error:');`, ['error:']],
    ['a counted word', `plural(count, 'account');`, ['account']],
  ])('%s', (_, code, expected) => expect(found(code)).toEqual(expected));

  test('with its line', () => {
    expect(sentencesIn('src/org/fixture.ts', `\n\nconst a =\n  'it is missing';\n`)).toEqual([
      { line: 4, text: 'it is missing' },
    ]);
  });
});

describe('what no person reads, or what is the same in every language, is left alone', () => {
  test.each([
    ['imports', `import a from 'not a path';`],
    ['keys', `const a = { 'not read': 1 }; a['not read'];`],
    ['types', `type A = 'not read' | 'read only'; const a: 'is it' = b;`],
    ['cases and comparisons', `switch (a) { case 'not read': } if (a === 'not read') {}`],
    ['what is looked for', `message.includes('not authorized'); message.replace('does not', '');`],
    ['patterns', `/not a sentence/u; new RegExp('is not one');`],
    [
      'descriptions in schemas',
      `z.string().register(r, {}).meta({ description: 'the id of it' }); z.meta({ a: 'b of c' });`,
    ],
    ['programming mistakes', 'throw new RangeError(`the rate ${rate} is below zero`); new Error("it is wrong");'],
    ['commands', `a('rootctl status --all'); a('aws sso login'); a('status --check'); a('resume ID');`],
    ['commands with something filled in', 'a(`rootctl unlock s3 --account ${id}`); a(`delete ${id} --dry-run`);'],
    ['flags', `option('-o, --output <format>'); option('--only <kinds>');`],
    ['actions and operations', `a('sts:AssumeRoot'); a('ListAccessKeys'); a({ Effect: 'Allow', Sid: 'Root' });`],
    ['codes', `a({ code: 'Interrupted' }); new UsageError('Usage');`],
    ['queries', `a('SELECT eventTime, eventName'); a('ORDER BY eventTime');`],
    ['lists written with blanks', `'Sid Effect Principal'.split(' '); 'one two three'.split(' ');`],
    ['file names and addresses', `a('plan.json'); a('https://example.com/a'); a('127.0.0.1');`],
    ['numbers with a unit', 'a(`${count} ms`); a(`${count} KiB`);'],
    ['discriminants', `a({ state: 'absent', kind: 'denied' }); a('mfa-device');`],
  ])('%s', (_, code) => expect(found(code)).toEqual([]));

  test('src/words, where the sentences stand, and src/sandbox, which speaks as AWS does', () => {
    const code = `const a = 'the account is closed';`;
    expect(found(code, 'src/words/en.ts')).toEqual([]);
    expect(found(code, 'src/sandbox/services/iam.ts')).toEqual([]);
    expect(found(code, 'src/org/roster.ts')).toHaveLength(1);
  });

  test('a single capitalised word below render: there it is a name of AWS', () => {
    expect(found(`const a = 'Marker';`, 'src/aws/answers.ts')).toEqual([]);
  });
});
