import { type Element, h } from './element.ts';
import type { Site } from './site.ts';
import { plainTable, type Section } from './tables.ts';

/** The same chart for two widths of the page: what fits on a screen would not be read on a telephone. */
interface Chart {
  readonly name: string;
  /** Months that it shows, the one of the reading last. */
  readonly months: number;
  readonly width: number;
}
const wide: Chart = { name: 'wide', months: 24, width: 960 };
const narrow: Chart = { name: 'narrow', months: 12, width: 340 };
const frame = { height: 160, base: 132, gap: 2 };
/** Every so many months one is named. */
const monthsNamed = 6;

interface Bar {
  readonly label: string;
  readonly count: number;
  readonly isMonth: boolean;
}

/** When the root users that could still act were last used, by month. */
export function lastUseSection(site: Site): Section {
  const { document, page } = site;
  const { lastUse } = page;
  const holders = document.accounts.filter(({ status }) => status === 'present');
  const times = holders.map(({ lastUsedAt }) => lastUsedAt);
  const latest = holders.reduce(
    (last, { lastUsedAt }) => (lastUsedAt !== null && lastUsedAt > last ? lastUsedAt : last),
    '',
  );
  const described = lastUse.chart(holders.length, latest === '' ? lastUse.notKnown : site.dates.month(latest));
  const figure = h(
    'figure',
    { class: 'chart' },
    [wide, narrow].map((chart) => drawing(chart, barsOf(times, chart.months, site), described)),
    h('details', {}, h('summary', {}, lastUse.table), table(barsOf(times, wide.months, site), site)),
  );
  return {
    id: 'last-use',
    title: lastUse.heading,
    content:
      holders.length === 0
        ? [h('p', { class: 'quiet' }, lastUse.none)]
        : [h('p', { class: 'intro' }, lastUse.intro), figure],
  };
}

function barsOf(
  times: readonly (string | null)[],
  monthsShown: number,
  { document, page, dates }: Site,
): readonly Bar[] {
  const read = new Date(document.generatedAt);
  const months = Array.from({ length: monthsShown }, (_, index) =>
    new Date(Date.UTC(read.getUTCFullYear(), read.getUTCMonth() - (monthsShown - 1 - index), 1)).toISOString(),
  );
  const first = months[0] ?? '';
  const counts = new Map<string, number>();
  let [earlier, none] = [0, 0];
  for (const time of times) {
    if (time === null) none += 1;
    else if (time < first) earlier += 1;
    else counts.set(time.slice(0, 7), (counts.get(time.slice(0, 7)) ?? 0) + 1);
  }
  return [
    { label: page.lastUse.earlier, count: earlier, isMonth: false },
    ...months.map((month) => ({ label: dates.month(month), count: counts.get(month.slice(0, 7)) ?? 0, isMonth: true })),
    { label: page.lastUse.notUsed, count: none, isMonth: false },
  ];
}

/** Plain bars with their numbers above; some of the months are named. */
function drawing({ name, width }: Chart, bars: readonly Bar[], description: string): Element {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = width / bars.length;
  const last = bars.length - 1;
  const parts = bars.flatMap(({ label, count, isMonth }, index) => {
    const height = count === 0 ? 1 : Math.max(4, Math.round((count / most) * (frame.base - 22)));
    const middle = Math.round((index + 0.5) * step);
    const isNamed = !isMonth || (last - 1 - index) % monthsNamed === 0;
    // Names at both ends begin and end there; the one beside an end would run into it.
    const [x, anchor] = index === 0 ? [0, 'start'] : index === last ? [width, 'end'] : [middle, 'middle'];
    return [
      h('rect', {
        class: count === 0 ? 'empty' : isMonth ? 'month' : 'other',
        x: Math.round(index * step + frame.gap),
        y: frame.base - height,
        width: Math.floor(step - 2 * frame.gap),
        height,
        rx: count === 0 ? 0 : 2,
      }),
      count === 0
        ? null
        : h('text', { class: 'value', x: middle, y: frame.base - height - 5, 'text-anchor': 'middle' }, `${count}`),
      isNamed
        ? h('text', { class: 'tick', x, y: frame.base + (isMonth ? 15 : 28), 'text-anchor': anchor }, label)
        : null,
    ];
  });
  const viewBox = `0 0 ${width} ${frame.height + 4}`;
  return h('svg', { class: `for-${name}`, viewBox, role: 'img', 'aria-label': description }, parts);
}

const table = (bars: readonly Bar[], { page, words }: Site): Element =>
  plainTable(
    page.lastUse.heading,
    [{ text: page.lastUse.month }, { text: page.units.accounts, isNumber: true }],
    bars.filter(({ count }) => count > 0).map(({ label, count }) => [label, words.grammar.number(count)]),
  );
