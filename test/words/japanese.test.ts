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
