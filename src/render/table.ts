import type { Paint } from './style.ts';
import { padding, truncateMiddle, visible, widthOf, wrap } from './text.ts';

export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Cell;
  readonly align?: 'left' | 'right';
  /** May be cut in the middle down to `least` columns, after the other layouts were tried at `comfortable`. Otherwise never cut. */
  readonly shrink?: { readonly least: number; readonly comfortable: number };
  /** When all shrinking does not help, the column with the highest number is left out first; without a number, never. */
  readonly drop?: number;
  /** Shown in a spanning row too. Lead columns come first. */
  readonly lead?: boolean;
}

export interface Table<Row> {
  /** From the widest to the narrowest; the first that fits is taken. */
  readonly layouts: readonly [readonly Column<Row>[], ...(readonly Column<Row>[])[]];
  readonly rows: readonly Row[];
  /**
   * Paragraphs that take the place of everything after the lead columns: on one line if they fit, otherwise each begins
   * a line of its own, so that a command to paste is not broken without need.
   */
  readonly span?: (row: Row) => readonly Cell[] | undefined;
  /** A row that is a line of its own and has no columns. */
  readonly heading?: (row: Row) => Cell | undefined;
  readonly titles?: boolean;
  readonly indent?: string;
}

const gap = '  ';
const spanLeast = 24;

interface Measured<Row> {
  readonly column: Column<Row>;
  readonly natural: number;
  width: number;
}

/**
 * Lines of at most `columns` terminal columns, padded by display width. All text is made visible here. Only when the
 * columns that may neither be cut nor left out do not fit (a terminal below 40 columns) a line is wider than asked.
 */
export const renderTable = <Row>(table: Table<Row>, columns: number, paint: Paint): readonly string[] => [
  ...tableLines(table, columns, paint),
];

/** The same a line at a time: of many rows they are longer than what they tell of. */
export function* tableLines<Row>(table: Table<Row>, columns: number, paint: Paint): Generator<string, void, undefined> {
  const available = columns - widthOf(table.indent ?? '');
  const measured = fit(table, available);
  if (table.titles ?? true) yield line(table, measured, titleCells(measured, paint));
  for (const row of table.rows) yield* rowLines(table, measured, row, available);
}

function fit<Row>(table: Table<Row>, available: number): readonly Measured<Row>[] {
  const spans =
    table.span === undefined ? [] : table.rows.map((row) => (table.heading?.(row) ? undefined : table.span?.(row)));
  const spanWidth = spans.flat().reduce((widest, cell) => Math.max(widest, cell ? widthOf(visible(cell.text)) : 0), 0);
  const need = (all: readonly Measured<Row>[], widthFor: (one: Measured<Row>) => number) => {
    const lead = all.filter(({ column }) => column.lead);
    const span = spanWidth === 0 ? 0 : sum(lead, widthFor) + gap.length + Math.min(spanWidth, spanLeast);
    return Math.max(sum(all, widthFor), span);
  };
  const atEase = ({ column, natural }: Measured<Row>) => Math.min(natural, column.shrink?.comfortable ?? natural);

  let chosen: readonly Measured<Row>[] = [];
  for (const layout of table.layouts) {
    chosen = layout.map((column) => measure(table, column, spans));
    if (need(chosen, atEase) <= available) break;
  }
  for (;;) {
    if (shrinkToFit(chosen, (all) => need(all, ({ width }) => width) <= available)) return chosen;
    const drops = chosen.flatMap(({ column }) => column.drop ?? []);
    if (drops.length === 0) return chosen;
    chosen = chosen
      .filter(({ column }) => column.drop !== Math.max(...drops))
      .map((one) => ({ ...one, width: one.natural }));
  }
}

function measure<Row>(
  table: Table<Row>,
  column: Column<Row>,
  spans: readonly (readonly Cell[] | undefined)[],
): Measured<Row> {
  let natural = (table.titles ?? true) ? widthOf(column.title) : 0;
  table.rows.forEach((row, index) => {
    if (table.heading?.(row) !== undefined) return;
    if (spans[index] === undefined || column.lead) natural = Math.max(natural, widthOf(visible(column.cell(row).text)));
  });
  return { column, natural, width: natural };
}

/** Takes from the column that is furthest above its ease; when none is, from the widest that can still give. */
function shrinkToFit<Row>(all: readonly Measured<Row>[], fits: (all: readonly Measured<Row>[]) => boolean): boolean {
  const excess = ({ column, width }: Measured<Row>) => Math.max(0, width - (column.shrink?.comfortable ?? width));
  while (!fits(all)) {
    const givers = all.filter(({ column, width }) => column.shrink !== undefined && width > column.shrink.least);
    const [first, ...others] = givers;
    if (first === undefined) return false;
    const giver = others.reduce(
      (best, one) => ((excess(one) - excess(best) || one.width - best.width) > 0 ? one : best),
      first,
    );
    giver.width -= 1;
  }
  return true;
}

const sum = <Row>(all: readonly Measured<Row>[], widthFor: (one: Measured<Row>) => number): number =>
  all.reduce((total, one) => total + widthFor(one), 0) + gap.length * Math.max(0, all.length - 1);

const titleCells = <Row>(measured: readonly Measured<Row>[], paint: Paint): readonly Cell[] =>
  measured.map(({ column }) => ({ text: column.title, paint: paint.dim }));

function line<Row>(table: Table<Row>, measured: readonly Measured<Row>[], cells: readonly Cell[]): string {
  const parts = cells.map((cell, index) => {
    const { column, width } = measured[index] ?? { column: undefined, width: 0 };
    const text = column?.shrink === undefined ? visible(cell.text) : truncateMiddle(visible(cell.text), width);
    const painted = cell.paint === undefined || text === '' ? text : cell.paint(text);
    return column?.align === 'right' ? padding(text, width) + painted : painted + padding(text, width);
  });
  return `${table.indent ?? ''}${parts.join(gap)}`.trimEnd();
}

function rowLines<Row>(table: Table<Row>, measured: readonly Measured<Row>[], row: Row, available: number): string[] {
  const heading = table.heading?.(row);
  if (heading !== undefined) {
    const margin = /^ */u.exec(heading.text)?.[0] ?? '';
    const lines = wrap(heading.text.trimStart(), Math.max(20, available - margin.length), '  ');
    return lines.map((text) => `${table.indent ?? ''}${margin}${heading.paint?.(text) ?? text}`);
  }
  const span = table.span?.(row);
  if (span === undefined)
    return [
      line(
        table,
        measured,
        measured.map(({ column }) => column.cell(row)),
      ),
    ];
  const indent = table.indent ?? '';
  const lead = measured.filter(({ column }) => column.lead);
  const left = line(
    table,
    lead,
    lead.map(({ column }) => column.cell(row)),
  );
  const start = sum(lead, ({ width }) => width) + gap.length;
  if (available - start < spanLeast / 2)
    return [left, ...paragraphs(span, available - 4).map((text) => `${indent}    ${text}`)];
  const [first = '', ...rest] = paragraphs(span, available - start);
  const margin = indent + ' '.repeat(start);
  return [left + padding(left, widthOf(margin)) + first, ...rest.map((text) => margin + text)];
}

function paragraphs(cells: readonly Cell[], columns: number): readonly string[] {
  const isOneLine = widthOf(visible(cells.map(({ text }) => text).join(' '))) <= columns;
  const lines = cells.map(({ text, paint }) => wrap(text, columns).map((line) => paint?.(line) ?? line));
  return isOneLine ? [lines.flat().join(' ')] : lines.flat();
}
