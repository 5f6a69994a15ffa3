import { describe, expect, it } from 'vitest';
import type { StatusDocument } from '../../src/documents/index.ts';
import { formats, formatsFor, type OutputDocument } from '../../src/render/formats.ts';
import { noPaint } from '../../src/render/style.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import { outputs } from '../documents/samples.ts';
import { english } from '../support/speech.ts';
import { parseCsv } from './csv.ts';
import { hostileNames, steering } from './hostile.ts';
import * as story from './story.ts';

const japanese = createSpeech(await loadWords('ja'), []);
const view: View = { columns: 160, nowMs: story.nowMs, paint: noPaint, speech: english, english };
const inJapanese: View = { ...view, speech: japanese };

const results = outputs.filter(({ kind }) => kind !== 'rootctl.error');
const titled = results.map((document) => [document.kind, document] as const);

/** The document with this name in place of every name that people give. */
function renamed<Document extends OutputDocument>(document: Document, name: string): Document {
  const given = new Set(['name', 'email', 'accountName', 'reason', 'policyName', 'targetPath', 'detail', 'sid']);
  return JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    given.has(key) && typeof value === 'string' && !isWord(value) ? name : value,
  );
}
/** A reason is somebody's words, or one of rootctl's. */
const isWord = (value: string): boolean => /^[a-z-]+$/u.test(value) && value !== 'management' && value !== 'network';

const csvOf = (document: OutputDocument, how = view) => parseCsv(formats.csv.render(document, how));

/** Tables of a page: runs of lines that begin with a pipe, each line cut at the pipes that are not escaped. */
function tablesIn(page: string): readonly (readonly (readonly string[])[])[] {
  return page
    .replaceAll(/^(`{3,})\n[\s\S]*?\n\1$/gmu, '')
    .split(/\n(?!\|)/u)
    .filter((block) => block.trimStart().startsWith('|'))
    .map((block) =>
      block
        .trim()
        .split('\n')
        .map((line) => line.split(/(?<!\\)(?:\\\\)*\|/u).slice(1, -1)),
    );
}

describe.each(titled)('%s', (_kind, document) => {
  it('is offered as csv and markdown', () => {
    expect(formatsFor(document.kind)).toEqual(expect.arrayContaining(['table', 'json', 'csv', 'markdown']));
  });

  it('as csv is a title and rows of as many fields, the same in every language', () => {
    const [titles = [], ...rows] = csvOf(document);
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[a-z0-9_]+$/u);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(titles.length);
    expect(csvOf(document, inJapanese)).toEqual(csvOf(document));
    const simulated = csvOf({ ...document, simulated: true });
    expect(simulated.map((row) => row.at(-1))).toEqual(['simulated', ...rows.map(() => 'true')]);
  });

  it.each(['=HYPERLINK("x")', '+1', '@SUM(A1)', 'a\r\n=1,"', ...hostileNames])('as csv keeps %j a text', (name) => {
    const plain = csvOf(document);
    const rows = csvOf(renamed(document, name));
    expect(rows.map((row) => row.length)).toEqual(plain.map((row) => row.length));
    for (const field of rows.flat()) {
      expect(field).not.toMatch(/^\s*[=+@]|[\r\n]/u);
      expect(field).not.toMatch(steering);
    }
  });

  it.each([
    ['English', view],
    ['Japanese', inJapanese],
  ])('as markdown has a heading, and tables that keep their columns, in %s', (_language, how) => {
    for (const name of ['payments', 'a|b\\|c\\', '| --- |', ...hostileNames]) {
      const page = formats.markdown.render(renamed(document, name), how);
      expect(page).toMatch(/^(\*\*.+\n\n)*## \S/u);
      const tables = tablesIn(page);
      for (const [titles = [], rule = [], ...rows] of tables) {
        expect(rule.every((cell) => cell.trim() === '---')).toBe(true);
        for (const row of rows) expect(row, page).toHaveLength(titles.length);
      }
      for (const line of page.split('\n')) expect(line).not.toMatch(steering);
      expect(page).not.toMatch(/<(?:img|script|a)\b/iu);
    }
  });

  it('says in every form that it is not complete, where the form has a place for it', () => {
    if (document.kind === 'rootctl.plan') return; // there is no incomplete plan
    const incomplete = { ...document, complete: false } as OutputDocument;
    for (const name of ['table', 'markdown'] as const)
      if (!document.kind.startsWith('rootctl.sandbox'))
        expect(formats[name].render(incomplete, view), name).toContain('Incomplete: ');
    expect(JSON.parse(formats.json.render(incomplete, view)).complete).toBe(false);
  });
});

describe('csv with a row a credential', () => {
  const rowsOf = (document: StatusDocument) => {
    const [titles = [], ...rows] = csvOf(document, { ...view, rows: 'credentials' });
    return rows.map((row) => Object.fromEntries(row.map((field, index) => [titles[index] ?? '', field])));
  };

  it('has every credential once, and one row for an account without any', () => {
    const rows = rowsOf(story.status);
    const of = (id: string) => rows.filter((row) => row['account_id'] === id);
    expect(of('123456789012').map(({ credential_kind: kind, credential_id: id }) => `${kind} ${id}`)).toEqual([
      'login-profile ',
      'access-key AKIAQEXAMPLEEXAMPDKT',
      'access-key AKIA7EXAMPLEEXAMPXPQ',
      'signing-certificate UJXLEEXAMPLEEXAMPLEEXAMPLEEXAYPP',
      'mfa-device arn:aws:iam::123456789012:mfa/root-account-mfa-device',
      'mfa-device arn:aws:iam::123456789012:u2f/root-account/office-safe-ABCDEF',
    ]);
    expect(of('444444444444').map(({ held }) => held)).toEqual(['no']);
    expect(of('555555555555').map(({ held, error_code: code }) => [held, code])).toEqual([['unknown', 'AccessDenied']]);
    expect(of('666666666666').map(({ held, reason }) => [held, reason])).toEqual([['', 'not-active']]);
  });

  it('does not call absent a kind that could not be read', () => {
    const { credentials } = story.dataLake;
    const partly = { ...story.dataLake, credentials: credentials && { ...credentials, accessKeys: null } };
    const rows = rowsOf(story.statusOf([partly]));
    expect(rows.map(({ held, credential_kind: kind }) => [held, kind])).toEqual([
      ['yes', 'login-profile'],
      ['unknown', 'access-key'],
    ]);
  });
});
