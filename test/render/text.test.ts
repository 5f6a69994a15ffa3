import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  belowLabel,
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

  it('measures and takes apart what is plain as the long way does', () => {
    const signs = fc.constantFrom(
      ...'abz ~–−…·→✔✖⚠、。「」〒ぁんゔゖァヴーヺ・一漢鿿가힣！＝～ｱﾞ゛\u3099\u1100\u11a8\ufe0f〰❤👍',
    );
    const ours = new Intl.Segmenter('ja', { granularity: 'grapheme' });
    const assertSame = (text: string): void => {
      expect(widthOf(text)).toBe(stringWidth(text));
      expect(graphemes(text)).toEqual(Array.from(ours.segment(text), ({ segment }) => segment));
    };
    fc.assert(fc.property(fc.string({ unit: signs, maxLength: 12 }), assertSame));
    for (const [first, last] of ['、〒', 'ぁゖ', 'ァー', '一鿿', '가힣', '！～', ' ~'].map((ends) => [...ends])) {
      for (let code = first?.codePointAt(0) ?? 1; code <= (last?.codePointAt(0) ?? 0); code += 1) {
        expect([code, widthOf(String.fromCodePoint(code))]).toEqual([code, stringWidth(String.fromCodePoint(code))]);
      }
    }
  });

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

describe('wrapping Japanese', () => {
  it.each<readonly [string, number, readonly string[]]>([
    [
      'between words, particles with their noun, and after a comma',
      40,
      [
        'サービスコントロールポリシー (SCP) が',
        'メンバーアカウント 111122223333 の',
        'ルートユーザーを拒否しています。',
        'ルートアクセスの一元管理を',
        '有効にしてから、もう一度 ',
        'rootctl status を実行してください。',
      ],
    ],
    [
      'no number without its unit, no bracket at the wrong end',
      40,
      [
        '組織 o-exampleorgid の ',
        '1,024 アカウントのうち、3件の',
        'アカウントに「監査ログ集約',
        'アカウント」があります。',
      ],
    ],
    ['no verb of two', 40, ['1 個は読み取れませんでした。その理由は', '読み取り時間です。']],
    ['a noun of many words', 22, ['委任管理者、署名証明書', 'アクセスキー']],
    ['a word without an end', 12, ['ああああああ', 'ああああああ', 'ああ']],
  ])('%s', (_, columns, lines) => expect(wrap(lines.join(''), columns)).toEqual(lines.map((line) => line.trimEnd())));

  const noun = fc.constantFrom(
    'アカウント',
    'ルートユーザー',
    '署名証明書',
    '管理',
    'チェックディジット',
    '「監査ログ」',
  );
  const id = fc.constantFrom('111122223333', 'o-exampleorgid', 'AWS', '--dry-run', 'arn:aws:iam::1:root', '(SCP)');
  const particle = fc.constantFrom('の', 'は', 'から', 'ません', '。', '、', '！', '・', 'っ', 'ー', '…', '）', '(');
  const counted = fc.constantFrom('3件', '1,024 個', '12 アカウント', '10分');
  const between = fc.constantFrom('', ' ', '', '');
  const text = fc
    .array(fc.tuple(fc.oneof(noun, id, particle, counted), between), { minLength: 1, maxLength: 40 })
    .map((parts) => parts.flat().join(''));
  const columns = fc.integer({ min: 40, max: 100 });
  const indents = fc.constantFrom('', '  ', '      ');
  const bare = (part: string) => part.replaceAll(' ', '');

  it('no line is wider than the terminal, and nothing is lost', () => {
    fc.assert(
      fc.property(text, columns, indents, (one, width, indent) => {
        const lines = wrap(one, width, indent);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(bare(lines.join(''))).toBe(bare(one));
        for (const line of lines.slice(1)) expect(line.startsWith(indent)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('no line begins with a sign that may not begin one, or ends with one that may not end one', () => {
    const sentences = fc
      .array(fc.tuple(fc.oneof(noun, id, counted), particle, between), { minLength: 1, maxLength: 30 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(sentences, columns, indents, (one, width, indent) => {
        const lines = wrap(one, width, indent);
        for (const line of lines.slice(1))
          expect(line.slice(indent.length)).not.toMatch(
            /^[、。，．・：；？！」』）】〉》〕’”…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]/u,
          );
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[「『（【〈《〔‘“]$/u);
      }),
      { numRuns: 500 },
    );
  });

  it('an id, a flag, a Latin word and a number with its unit are never broken', () => {
    const whole = [
      '111122223333',
      'o-exampleorgid',
      'arn:aws:iam::1:root',
      '--dry-run',
      '(SCP)',
      '3件',
      '1,024 個',
      '10分',
    ];
    const count = (all: string, part: string) => all.split(part).length;
    const phrase = fc.tuple(fc.oneof(noun, fc.constantFrom(...whole)), fc.constantFrom('の', 'は、', ' ', 'から '));
    const phrases = fc.array(phrase, { minLength: 1, maxLength: 30 }).map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(phrases, columns, (one, width) => {
        const lines = wrap(one, width, '  ').join('\n');
        for (const part of whole) expect(count(lines, part), part).toBe(count(one, part));
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['next: rootctl status', 6],
  ['ヒント: 再実行', 8],
  ['nothing to do', 0],
])('the lines below the label of %j begin below its text', (text, columns) => {
  expect(belowLabel(text)).toBe(' '.repeat(columns));
});

describe('a command to paste', () => {
  const command = 'rootctl delete --all --dry-run --sandbox';
  it('stays on one line when it fits on one', () => {
    expect(wrap(`next: ${command}`, 44, '    ')).toEqual(['next:', `    ${command}`]);
    expect(wrap(`次: ${command} を実行`, 44)).toEqual([`次: ${command}`, 'を実行']);
  });
  it('is broken at its spaces when it does not', () => {
    expect(wrap(`next: ${command}`, 40, '  ')).toEqual(['next: rootctl delete --all --dry-run', '  --sandbox']);
  });
  it('stays on the first line when there is room', () => {
    expect(wrap(`next: ${command} again`, 46, '  ')).toEqual([`next: ${command}`, '  again']);
  });
  it.each([
    'rootctl policy iam --for doctor',
    'rootctl runs resume 20260131-0930-k3f9 --sandbox',
    'rootctl unlock s3 --account 123456789012 --bucket ledger --delete-policy',
    'rootctl enable --only root-sessions',
    'rootctl doctor --region us-east-1',
    'rootctl status -o json > baseline.json',
    "rootctl recover 444444444444 --reason 'INC-4711'",
    'aws organizations enable-all-features',
    'aws sso login --profile audit',
  ])('%s is one', (one) => {
    for (const [before, after] of [
      ['look: ', ', then go on'],
      ['まず', ' を実行'],
      ['(', ')'],
      ['', ''],
    ] as const) {
      const lines = wrap(`a word ${before}${one}${after}`, widthOf(one) + 6).join('\n');
      expect(lines).toContain(one);
    }
  });
  it('ends before the sentence goes on', () => {
    expect(wrap('run rootctl status again and look at the table', 20)).toEqual([
      'run rootctl status',
      'again and look at',
      'the table',
    ]);
  });
});
