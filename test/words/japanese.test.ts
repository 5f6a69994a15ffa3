import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sentencesIn } from '../../scripts/sentences.mjs';
import { widthOf, wrap } from '../../src/render/text.ts';

const folder = join(import.meta.dirname, '..', '..', 'src', 'words', 'ja');
const sentences = readdirSync(folder).flatMap((file) =>
  sentencesIn(`src/${file}`, readFileSync(join(folder, file), 'utf8')).map(({ line, text }) => ({
    place: `${file}:${line}`,
    text,
  })),
);

const filled = (text: string) => text.replaceAll('…', '111122223333');

/** How lines are broken is tested with made-up text in text.test.ts; these are the sentences that are really said. */
it('every Japanese sentence is broken as Japanese is, from 40 columns up', () => {
  expect(sentences.length).toBeGreaterThan(100);
  for (const { place, text } of sentences) {
    for (let columns = 40; columns <= 120; columns += 5) {
      const lines = wrap(filled(text), columns, '  ');
      for (const line of lines.slice(1))
        expect(line.trimStart(), place).not.toMatch(/^[、。）」』】・：；？！ーっゃゅょァィゥェォッャュョ]/u);
      for (const line of lines.slice(0, -1)) expect(line, place).not.toMatch(/[（「『【(]$/u);
      for (const line of lines) expect(widthOf(line), place).toBeLessThanOrEqual(columns);
    }
  }
});

it('Latin words and numbers stand apart from Japanese by a space, as in the documentation of AWS', () => {
  const touching = /[A-Za-z0-9][ぁ-んァ-ヶ一-龠]|[ぁ-んァ-ヶ一-龠][A-Za-z0-9]/u;
  expect(sentences.filter(({ text }) => touching.test(text))).toEqual([]);
});

it('no full-width digit, letter or bracket, and no space at a full stop', () => {
  const odd = /[０-９Ａ-Ｚａ-ｚ（）：]|[、。] | [、。]/u;
  expect(sentences.filter(({ text }) => odd.test(text))).toEqual([]);
});

/** What AWS's Japanese documentation calls it, or the one form that is kept, and the forms that stand for it elsewhere. */
const glossary: readonly (readonly [RegExp, string])[] = [
  [/ルート認証情報(?!の管理)|ルートユーザーの認証情報|ルートの認証情報/u, 'ルートユーザー認証情報'],
  [/ルート認証情報管理|ルートユーザー認証情報の管理/u, 'ルート認証情報の管理 (the feature)'],
  [/一元的なルートアクセス|一元化されたルートアクセス|ルートアクセスの一元化/u, 'ルートアクセスの一元管理'],
  [/信頼できるアクセス|信頼済みアクセス|信頼アクセス/u, '信頼されたアクセス'],
  [/委任された管理者|委任先の管理者|代理管理者|委任管理アカウント/u, '委任管理者'],
  [/マスターアカウント|親アカウント/u, '管理アカウント'],
  [/子アカウント|メンバー アカウント/u, 'メンバーアカウント'],
  [/ルート ?セッションを?作成|特権セッション/u, 'ルートセッションの開始'],
  [/署名用証明書/u, '署名証明書'],
  [/(?<!E )メールアドレス/u, 'E メールアドレス'],
  [/最小権限/u, '最小特権'],
  [/締め出/u, 'ロックアウト'],
  [/ターミナル/u, '端末'],
  [/フォルダー|ディレクトリ/u, 'フォルダ'],
  [/ユーザ(?!ー)|サーバ(?!ー)|エミュレータ(?!ー)/u, 'ユーザー、サーバー、エミュレーター'],
  [/ほか/u, '他'],
  [/直ちに|ただちに/u, 'すぐに'],
  [/下さい|出来|頂/u, 'ください、でき、いただ'],
];

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.ja.md'), 'utf8')
  .split('\n')
  .map((text, at) => ({ place: `README.ja.md:${at + 1}`, text }));

it.each(glossary)('%s is not said: %s', (wrong) => {
  expect([...sentences, ...readme].filter(({ text }) => wrong.test(text))).toEqual([]);
});
