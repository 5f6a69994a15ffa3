import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noPaint } from '../../src/render/style.ts';
import { type Column, renderTable, type Table } from '../../src/render/table.ts';
import { widthOf } from '../../src/render/text.ts';
import { anyName } from './hostile.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly keys: string;
  readonly note: string;
  readonly reason?: string;
}

const english = ['ACCOUNT', 'NAME', 'KEYS', 'LAST USED'] as const;
const japanese = ['アカウント', '名前', 'アクセスキー', '最終使用'] as const;

const rows: readonly Row[] = [
  { id: '111122223333', name: '監査ログ集約アカウント', keys: '2', note: '3日前 — IAM' },
  { id: '222233334444', name: 'payments-production', keys: '–', note: '90 日より前' },
  { id: '333344445555', name: '決済-prod ⚠', keys: '12', note: '✔ → …' },
  {
    id: '444455556666',
    name: 'ﾃﾞｰﾀ分析',
    keys: '1',
    note: '',
    reason: 'サービスコントロールポリシー (SCP) DenyRootUser が拒否しました (AccessDenied)',
  },
];

function table(titles: readonly [string, string, string, string], all: readonly Row[] = rows): Table<Row> {
  const columns: readonly Column<Row>[] = [
    { title: titles[0], lead: true, cell: ({ id }) => ({ text: id }) },
    { title: titles[1], lead: true, shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    { title: titles[2], align: 'right', cell: ({ keys }) => ({ text: keys }) },
    { title: titles[3], drop: 1, cell: ({ note }) => ({ text: note }) },
  ];
  return {
    layouts: [columns],
    rows: all,
    span: ({ reason }) => (reason === undefined ? undefined : [{ text: reason }]),
  };
}

describe('a table in Japanese', () => {
  it('stands in columns at 80', () => {
    expect(renderTable(table(japanese), 80, noPaint).join('\n')).toMatchInlineSnapshot(`
      "アカウント    名前                    アクセスキー  最終使用
      111122223333  監査ログ集約アカウント             2  3日前 — IAM
      222233334444  payments-production                –  90 日より前
      333344445555  決済-prod ⚠                       12  ✔ → …
      444455556666  ﾃﾞｰﾀ分析                サービスコントロールポリシー (SCP)
                                            DenyRootUser が拒否しました (AccessDenied)"
    `);
  });
  it('stands in columns at 160', () => {
    expect(renderTable(table(japanese), 160, noPaint).join('\n')).toMatchInlineSnapshot(`
      "アカウント    名前                    アクセスキー  最終使用
      111122223333  監査ログ集約アカウント             2  3日前 — IAM
      222233334444  payments-production                –  90 日より前
      333344445555  決済-prod ⚠                       12  ✔ → …
      444455556666  ﾃﾞｰﾀ分析                サービスコントロールポリシー (SCP) DenyRootUser が拒否しました (AccessDenied)"
    `);
  });
  it('is cut and wrapped at 60 without a line that is too wide', () => {
    expect(renderTable(table(japanese), 60, noPaint).join('\n')).toMatchInlineSnapshot(`
      "アカウント    名前                 アクセスキー  最終使用
      111122223333  監査ログ…アカウント             2  3日前 — IAM
      222233334444  payments-production             –  90 日より前
      333344445555  決済-prod ⚠                    12  ✔ → …
      444455556666  ﾃﾞｰﾀ分析             サービスコントロール
                                         ポリシー (SCP)
                                         DenyRootUser が
                                         拒否しました
                                         (AccessDenied)"
    `);
  });
});

describe('columns', () => {
  /** The column of the screen at which the last cell of each row begins. */
  const starts = async (lines: readonly string[], columns: number, texts: readonly string[]) => {
    const terminal = new xterm.Terminal({ cols: columns, rows: lines.length + 1, allowProposedApi: true });
    await new Promise<void>((resolve) => terminal.write(lines.join('\r\n'), resolve));
    return lines.map((_, index) => {
      const line = terminal.buffer.active.getLine(index);
      for (let column = 0; column < columns; column += 1)
        if (texts.some((text) => line?.translateToString(true, column).startsWith(text) && text !== '')) return column;
      return -1;
    });
  };

  it.each([
    ['English', english, 80],
    ['English', english, 160],
    ['Japanese', japanese, 80],
    ['Japanese', japanese, 160],
  ] as const)('in %s begin where a terminal puts them, %#', async (_, titles, columns) => {
    const whole = rows.filter(({ reason }) => reason === undefined);
    const lines = renderTable(table(titles, whole), columns, noPaint);
    const found = await starts(lines, columns, [titles[3], ...whole.map(({ note }) => note)]);
    expect(new Set(found).size).toBe(1);
    expect(found[0]).toBeGreaterThan(0);
  });

  it('keep every line within 80 and within 160 columns, whatever the names are', () => {
    fc.assert(
      fc.property(fc.array(anyName, { maxLength: 5 }), fc.constantFrom(80, 160), (names, columns) => {
        const all = names.map((name) => ({ id: '111122223333', name, keys: '1', note: '3日前' }));
        for (const line of renderTable(table(japanese, all), columns, noPaint))
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

/** Unicode leaves their width to the fonts of the place (UAX #11, ambiguous); see `widthOf`. */
it.each([...'✔✖⚠–…·→−×›—'])('%s takes one column here and in a terminal', async (sign) => {
  const terminal = new xterm.Terminal({ cols: 10, rows: 1, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(sign, resolve));
  expect(terminal.buffer.active.cursorX).toBe(1);
  expect(widthOf(sign)).toBe(1);
});
