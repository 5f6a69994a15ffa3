import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPhrase } from '../scripts/sentences.mjs';

const root = join(import.meta.dirname, '..');
const english = readFileSync(join(root, 'README.md'), 'utf8');
const japanese = readFileSync(join(root, 'README.ja.md'), 'utf8');

const blocksOf = (text: string) => [...text.matchAll(/^```.*\n([\s\S]*?)^```$/gmu)].map(([, block = '']) => block);
const proseOf = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gmu, '');
/** Without what is explained beside a command: that is translated. */
const commandsOf = (block: string) => block.replaceAll(/(?<=\S) {4,}\S.*$/gmu, '');
const counted = (items: readonly string[]) => [...items].sort();
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Heading by heading: how deep it is, and how many points and rows of a table stand below it. */
const skeletonOf = (text: string) =>
  proseOf(text)
    .split(/^(?=#)/mu)
    .map((section) => ({
      depth: /^#*/u.exec(section)?.[0].length,
      points: section.match(/^(?:- |\d+\. )/gmu)?.length ?? 0,
      rows: section.match(/^\|/gmu)?.length ?? 0,
    }));

const linksOf = (text: string) => matches(proseOf(text), /\]\(([^)\s]+)\)/gu);
/** What a reader types or finds in a document; a sentence that the program says is in the reader's language. */
const typedOf = (text: string) => matches(proseOf(text), /`([^`\n]+)`/gu).filter((typed) => !isPhrase(typed));

test('both READMEs have the same sections, points and tables', () => {
  expect(skeletonOf(japanese)).toEqual(skeletonOf(english));
});

test('both READMEs have the same code', () => {
  expect(blocksOf(japanese).map(commandsOf)).toEqual(blocksOf(english).map(commandsOf));
  expect(blocksOf(english).length).toBeGreaterThan(1);
});

test('both READMEs name the same commands, flags and files', () => {
  expect(counted(typedOf(japanese))).toEqual(counted(typedOf(english)));
});

test('both READMEs link to the same documents, each to its own pictures and to the other', () => {
  const own = linksOf(english).map((link) => (link === 'README.ja.md' ? 'README.md' : link));
  const other = linksOf(japanese).map((link) => link.replace('docs/images/ja/', 'docs/images/'));
  expect(counted(other)).toEqual(counted(own));
  for (const link of [...linksOf(english), ...linksOf(japanese)])
    expect(existsSync(join(root, link.split('#')[0] ?? '')), link).toBe(true);
  expect(linksOf(japanese).filter((link) => link.startsWith('docs/images/ja/')).length).toBeGreaterThan(3);
});

test('the index of the documents lists every page', () => {
  const index = linksOf(readFileSync(join(root, 'docs/README.md'), 'utf8'));
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(pages.filter((page) => !index.includes(page))).toEqual([]);
});
