import { type AccountStatus, isUnaccepted, type StatusChange } from '../../documents/index.ts';
import { changeSentence } from '../status.ts';
import { visible } from '../text.ts';
import { type Child, type Element, h, icon } from './element.ts';
import { accountName } from './newcomers.ts';
import { bar, countsText } from './overview.ts';
import type { Site } from './site.ts';
import { listTable, type Section } from './tables.ts';

const listedAtMost = 100;

/** Several readings: how the organization went on, when each account became clean, and what came back. */
export function periodSection(site: Site): Section | null {
  const { readings, history } = site.document;
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < 2) return null;
  const { page, dates } = site;
  const { period } = page;
  const intro = period.intro(dates.time(first.generatedAt), dates.time(last.generatedAt), readings.length);
  return {
    id: 'period',
    title: period.heading,
    content: [
      h('p', { class: 'intro' }, intro),
      h(
        'ul',
        { class: 'units readings' },
        readings.slice(-listedAtMost).map((reading) => readingItem(reading, site)),
      ),
      history === null ? null : [cameBack(site), becameClean(site)],
    ],
  };
}

function readingItem(reading: Site['document']['readings'][number], site: Site): Element {
  const { generatedAt, complete, summary } = reading;
  return h(
    'li',
    {},
    h('span', { class: 'unit' }, site.dates.time(generatedAt)),
    bar(summary),
    h(
      'span',
      { class: 'counts' },
      countsText(summary, site),
      complete ? null : h('span', { class: 'warning' }, icon('warning'), site.page.period.notComplete),
    ),
  );
}

const byAccount = ({ document }: Site): ReadonlyMap<string, AccountStatus> =>
  new Map(document.accounts.map((account) => [account.id, account]));

function cameBack(site: Site): readonly Child[] {
  const { page, dates } = site;
  const accounts = byAccount(site);
  const returned = (site.document.history ?? []).filter(({ cameBackAt }) => cameBackAt.length > 0);
  const rows = returned
    .slice(0, listedAtMost)
    .map(({ account, cameBackAt }): readonly Child[] => [
      accountName(account, accounts.get(account)?.name ?? account),
      cameBackAt.map((at) => h('span', { class: 'line' }, dates.time(at))),
    ]);
  const headings = [{ text: page.script.columns.account }, { text: page.period.at }];
  return [
    h('h3', {}, page.period.cameBack),
    rows.length === 0 ? h('p', { class: 'quiet' }, page.period.none) : listTable(page.period.cameBack, headings, rows),
  ];
}

/** Those that were clean in the first reading already did not become so. */
function becameClean(site: Site): readonly Child[] {
  const { document, page, dates } = site;
  const accounts = byAccount(site);
  const begin = document.readings[0]?.generatedAt ?? '';
  const cleaned = (document.history ?? [])
    .flatMap(({ account, cleanSince }) => (cleanSince !== null && cleanSince > begin ? [{ account, cleanSince }] : []))
    .sort((left, right) => (left.cleanSince > right.cleanSince ? -1 : 1));
  const rows = cleaned
    .slice(0, listedAtMost)
    .map(({ account, cleanSince }): readonly Child[] => [
      accountName(account, accounts.get(account)?.name ?? account),
      dates.time(cleanSince),
    ]);
  const headings = [{ text: page.script.columns.account }, { text: page.period.since }];
  const rest = cleaned.length - listedAtMost;
  return [
    h('h3', {}, page.period.clean),
    rows.length === 0
      ? h('p', { class: 'quiet' }, page.period.nobodyClean)
      : listTable(page.period.clean, headings, rows),
    rest > 0 ? h('p', { class: 'quiet' }, page.period.more(rest)) : null,
  ];
}

/** What is new, gone or changed since the first reading. */
export function changesSection(site: Site): Section | null {
  const { changes, readings } = site.document;
  if (changes === null) return null;
  const { page, dates } = site;
  const since = readings[0]?.generatedAt;
  return {
    id: 'changes',
    title: page.changes.heading,
    content: [
      since === undefined ? null : h('p', { class: 'intro' }, page.changes.intro(dates.time(since))),
      changes.length === 0
        ? h('p', { class: 'quiet' }, page.changes.none)
        : h(
            'ul',
            { class: 'changes' },
            changes.slice(0, listedAtMost).map((change) => changeItem(change, site)),
          ),
    ],
  };
}

function changeItem(changed: StatusChange, { view }: Site): Element {
  const isNew = isUnaccepted(changed);
  return h(
    'li',
    { class: isNew ? 'new' : null },
    isNew ? icon('warning') : null,
    visible(changeSentence(changed, view)),
  );
}
