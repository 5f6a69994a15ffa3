import { isUnguarded, kindsAsShown, type StatusSummary } from '../../documents/index.ts';
import { kindsOf } from '../view.ts';
import { wordsFor } from '../words.ts';
import { type PageStatus, statuses } from './data.ts';
import { type Child, type Element, h, icon } from './element.ts';
import type { Site } from './site.ts';
import { plainTable, type Section } from './tables.ts';

export type Counts = Readonly<Record<PageStatus, number>>;

/** How the accounts divide, and what credentials there still are. */
export function totalsSection(site: Site): Section {
  const { document, page, words } = site;
  const { summary } = document;
  const percent = new Intl.NumberFormat(page.locale, { style: 'percent', maximumFractionDigits: 1 });
  const tiles = statuses.map((status) =>
    h(
      'li',
      { class: `tile ${status}` },
      h(
        'a',
        { href: '#accounts', 'data-status': status },
        h('span', { class: 'tile-label' }, icon(status), words.status.states[status]),
        h('span', { class: 'tile-number' }, words.grammar.number(summary[status])),
        h('span', { class: 'tile-share' }, page.totals.share(percent.format(shareOf(summary[status], summary)))),
      ),
    ),
  );
  return {
    id: 'overview',
    title: page.totals.heading,
    content: [
      h('ul', { class: 'tiles' }, tiles),
      h(
        'div',
        { class: 'whole' },
        bar(summary),
        h('p', { class: 'quiet' }, `${page.totals.all}: ${words.grammar.number(summary.accounts)}`),
      ),
    ],
  };
}

const shareOf = (count: number, { accounts }: StatusSummary): number => (accounts === 0 ? 0 : count / accounts);

/** A bar in four parts. The numbers always stand beside it, so it is not read out. */
export function bar(counts: Counts): Element {
  const all = statuses.reduce((sum, status) => sum + counts[status], 0);
  let begin = 0;
  const parts = statuses.map((status) => {
    const width = all === 0 ? 0 : (counts[status] / all) * 100;
    const part = h('rect', { class: `fill-${status}`, x: rounded(begin), y: 0, width: rounded(width), height: 10 });
    begin += width;
    return width === 0 ? null : part;
  });
  return h(
    'svg',
    { class: 'bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    parts,
  );
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** `2 present · 1 unknown · 14 absent`, in the order in which it matters. */
export function countsText(counts: Counts, { page, words }: Site): Child {
  const parts = statuses.filter((status) => counts[status] > 0);
  return parts.map((status) =>
    h('span', { class: `count ${status}` }, icon(status), page.of(counts[status], words.status.states[status])),
  );
}

/** What is there to remove, by kind. */
export function kindsSection(site: Site): Section {
  const { document, page, view, words } = site;
  const { kinds } = page;
  const { number } = words.grammar;
  const holders = document.accounts.filter(({ status }) => status === 'present');
  const exposed = holders.filter(({ credentials }) => isUnguarded(credentials, 'login-profile', kindsOf(view))).length;
  const rows = kindsAsShown(kindsOf(view)).map((kind) => {
    const held = holders.map(({ credentials }) => kind.list(credentials)?.length ?? 0).filter((count) => count > 0);
    return { name: wordsFor(kind.name, view).many, count: sumOf(held), accounts: held.length };
  });
  const { kind, count, accounts } = kinds.columns;
  const headings = [{ text: kind }, { text: count, isNumber: true }, { text: accounts, isNumber: true }];
  const table = plainTable(
    kinds.heading,
    headings,
    rows.map((row) => [row.name, number(row.count), number(row.accounts)]),
  );
  return {
    id: 'credentials',
    title: kinds.heading,
    content: [
      holders.length === 0 ? h('p', { class: 'quiet' }, kinds.none) : table,
      exposed === 0 ? null : h('p', { class: 'warning' }, icon('warning'), kinds.passwordsWithoutMfa(exposed)),
    ],
  };
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** So many OUs are shown at once; the others are folded away. */
const unitsAtFirst = 15;

/** A bar for each OU that has accounts: those with root credentials first. */
export function unitsSection(site: Site): Section | null {
  const { document, page } = site;
  const byUnit = new Map<number, Record<PageStatus, number>>();
  for (const { path, status } of document.accounts) {
    const index = site.unitOf(path)?.index ?? -1;
    const counts = byUnit.get(index) ?? { present: 0, unknown: 0, absent: 0, skipped: 0 };
    counts[status] += 1;
    byUnit.set(index, counts);
  }
  const units = [...byUnit].sort(([left, a], [right, b]) => {
    const { compare } = site.words.grammar;
    return b.present - a.present || b.unknown - a.unknown || compare(site.units[left] ?? '', site.units[right] ?? '');
  });
  if (units.length === 0) return null;
  const items = units.map(([index, counts]) => unitItem(index, counts, site));
  const rest = items.slice(unitsAtFirst);
  return {
    id: 'units',
    title: page.units.heading,
    content: [
      h('p', { class: 'intro' }, page.units.intro),
      h('ul', { class: 'units' }, items.slice(0, unitsAtFirst)),
      rest.length === 0
        ? null
        : h('details', {}, h('summary', {}, page.units.more(rest.length)), h('ul', { class: 'units' }, rest)),
    ],
  };
}

function unitItem(index: number, counts: Counts, site: Site): Element {
  const path = site.units[index];
  return h(
    'li',
    {},
    path === undefined
      ? h('span', { class: 'unit' }, site.page.units.noUnit)
      : h('a', { class: 'unit', href: '#accounts', 'data-unit': index }, h('bdi', {}, path)),
    bar(counts),
    h('span', { class: 'counts' }, countsText(counts, site)),
  );
}
