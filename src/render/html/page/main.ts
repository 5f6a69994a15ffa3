/**
 * The report's script: searching, filtering, sorting and leafing through the accounts, their details, the theme and the
 * paper form. All it knows stands in the page; it asks nobody, and keeps nothing.
 */
import {
  filled,
  type PageAccount,
  type PageData,
  type PageStatus,
  type PageVerdict,
  statuses,
  verdictNames,
} from '../data.ts';
import { createDates } from '../dates.ts';
import { h } from '../element.ts';
import { accountRow, type ColumnName, columnNames, detailRow } from '../rows.ts';
import { all, elementOf, part } from './dom.ts';
import { createList, everything, unitsWithParents, type Wanted } from './list.ts';

/** Rows in the page at a time, and on paper. */
const pageLength = 100;
const printedLength = 2000;
const typingMs = 120;

const data: PageData = JSON.parse(part('data', HTMLScriptElement).text);
const accounts: readonly PageAccount[] = all('script.accounts').flatMap(({ textContent }) =>
  JSON.parse(textContent ?? '[]'),
);
const view = { data, dates: createDates(data.locale) };
const byId = new Map(accounts.map((account) => [account.id, account]));
const list = createList(accounts, data);
const number = new Intl.NumberFormat(data.locale);

const rows = part('rows', HTMLTableSectionElement);
const search = part('search', HTMLInputElement);
const units = part('unit', HTMLSelectElement);
const shown = part('shown', HTMLElement);
const range = part('range', HTMLElement);
const [previous, next] = [part('previous', HTMLButtonElement), part('next', HTMLButtonElement)];
const chosenControl = part('control', HTMLButtonElement);
const reset = part('reset', HTMLButtonElement);

let wanted = everything;
let found: readonly PageAccount[] = accounts;
let first = 0;
const opened = new Set<string>();

function show(from: number, length = pageLength): void {
  first = Math.max(0, Math.min(from, found.length - 1));
  const end = Math.min(first + length, found.length);
  const page = found.slice(first, end);
  rows.replaceChildren(
    ...page.flatMap((account) => {
      const isOpen = opened.has(account.id);
      const row = elementOf(accountRow(account, isOpen, view));
      return isOpen ? [row, elementOf(detailRow(account, view))] : [row];
    }),
  );
  if (page.length === 0) rows.append(elementOf(noneRow()));
  const values = { from: number.format(first + 1), to: number.format(end), all: number.format(found.length) };
  range.textContent = found.length === 0 ? '' : filled(data.words.range, values);
  disable(previous, first === 0);
  disable(next, end >= found.length);
}

const noneRow = () => h('tr', {}, h('td', { colspan: columnNames.length, class: 'none' }, data.words.none));

/** Still there for whoever leafs by keyboard: a disabled button would lose the focus. */
const disable = (button: HTMLButtonElement, isDisabled: boolean): void =>
  button.setAttribute('aria-disabled', `${isDisabled}`);

function look(changes: Partial<Wanted>): void {
  wanted = { ...wanted, ...changes };
  found = list.matching(wanted);
  const isNarrowed = found.length < accounts.length;
  const counts = { shown: number.format(found.length), all: number.format(accounts.length) };
  shown.textContent = filled(isNarrowed ? data.words.shown : data.words.shownAll, counts);
  reset.hidden = wanted.text === '' && wanted.statuses.size === 0 && wanted.unit === null && wanted.control === null;
  for (const button of all('button[data-status]'))
    button.setAttribute('aria-pressed', `${wanted.statuses.has(statusIn(button))}`);
  units.value = wanted.unit ?? '';
  showControl();
  showSort();
  show(0);
}

function showControl(): void {
  const { control } = wanted;
  chosenControl.hidden = control === null;
  if (control === null) return;
  const label = data.controls[control.index]?.label ?? '';
  const verdict = data.words.verdicts[control.verdict];
  chosenControl.textContent = `${filled(data.words.withControl, { control: label, verdict })} ✕`;
}

function showSort(): void {
  for (const button of all('button[data-sort]')) {
    const { sort } = wanted;
    const isSorted = sort !== null && sort.by === button.dataset['sort'];
    button.closest('th')?.setAttribute('aria-sort', isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none');
  }
}

/** Ascending, descending, and back to what matters first; times begin with the latest. */
function sortBy(by: ColumnName): void {
  const beginsDescending = by === 'lastUsed' || by === 'joined' || by === 'credentials';
  const { sort } = wanted;
  if (sort?.by !== by) look({ sort: { by, descending: beginsDescending } });
  else if (sort.descending === beginsDescending) look({ sort: { by, descending: !beginsDescending } });
  else look({ sort: null });
}

const statusIn = ({ dataset }: HTMLElement): PageStatus =>
  statuses.find((status) => status === dataset['status']) ?? 'present';
const verdictIn = ({ dataset }: HTMLElement): PageVerdict =>
  verdictNames.find((verdict) => verdict === dataset['verdict']) ?? 'failed';

function toggle(opener: HTMLElement): void {
  const id = opener.dataset['account'] ?? '';
  const account = byId.get(id);
  const row = opener.closest('tr');
  if (account === undefined || row === null) return;
  const isOpen = !opened.has(id);
  if (isOpen) {
    opened.add(id);
    row.after(elementOf(detailRow(account, view)));
    opener.setAttribute('aria-controls', `d${id}`);
  } else {
    opened.delete(id);
    document.getElementById(`d${id}`)?.remove();
    opener.removeAttribute('aria-controls');
  }
  opener.setAttribute('aria-expanded', `${isOpen}`);
}

/** An address that names an account shows it: `report.html#a123456789012`. */
function openNamed(): void {
  const id = /^#a(\d{12})$/.exec(location.hash)?.[1];
  if (id === undefined || !byId.has(id)) return;
  opened.add(id);
  wanted = everything;
  search.value = id;
  look({ text: id });
  document.getElementById(`a${id}`)?.scrollIntoView({ block: 'start' });
}

function goToAccounts(): void {
  const heading = part('accounts-heading', HTMLElement);
  heading.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
}

/** Links that lead to the accounts lead, with a script, to those that they speak of. */
function follow(link: HTMLElement): void {
  const { unit, control } = link.dataset;
  search.value = '';
  if (control !== undefined) {
    look({ ...everything, sort: wanted.sort, control: { index: Number(control), verdict: verdictIn(link) } });
  } else if (unit !== undefined) {
    look({ ...everything, sort: wanted.sort, unit: data.units[Number(unit)] ?? null });
  } else {
    look({ ...everything, sort: wanted.sort, statuses: new Set([statusIn(link)]) });
  }
  goToAccounts();
}

function clear(): void {
  search.value = '';
  look({ ...everything, sort: wanted.sort });
  search.focus();
}

let typing: ReturnType<typeof setTimeout> | undefined;
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => look({ text: search.value }), typingMs);
});
units.addEventListener('change', () => look({ unit: units.value === '' ? null : units.value }));
previous.addEventListener('click', () => {
  if (first > 0) show(first - pageLength);
});
next.addEventListener('click', () => {
  if (first + pageLength < found.length) show(first + pageLength);
});
reset.addEventListener('click', clear);
chosenControl.addEventListener('click', () => {
  look({ control: null });
  search.focus();
});
for (const button of all('button[data-status]')) {
  button.addEventListener('click', () => {
    const chosen = new Set(wanted.statuses);
    if (!chosen.delete(statusIn(button))) chosen.add(statusIn(button));
    look({ statuses: chosen });
  });
}
for (const button of all('button[data-sort]')) {
  const by = columnNames.find((name) => name === button.dataset['sort']);
  if (by !== undefined) button.addEventListener('click', () => sortBy(by));
}
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest<HTMLElement>('button.opener');
  if (opener !== null) toggle(opener);
  const link = event.target.closest<HTMLElement>('a[data-unit], a[data-control], a[data-status]');
  if (link === null) return;
  event.preventDefault();
  follow(link);
});
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === 'Escape' && event.target === search && search.value !== '') {
    event.preventDefault();
    search.value = '';
    look({ text: '' });
  }
});
addEventListener('hashchange', openNamed);

const theme = part('theme', HTMLButtonElement);
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = (): boolean =>
  (document.documentElement.dataset['theme'] ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';
function nameTheme(): void {
  const { dark, light } = data.words.theme;
  part('theme-name', HTMLElement).textContent = isDark() ? light : dark;
}
theme.addEventListener('click', () => {
  document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark';
  nameTheme();
});
prefersDark.addEventListener('change', nameTheme);

const print = part('print', HTMLButtonElement);
print.addEventListener('click', () => window.print());
const printed = part('printed', HTMLElement);
let leafedTo = 0;
/** What is folded away on the screen cannot be unfolded on paper. */
let folded: readonly HTMLElement[] = [];
addEventListener('beforeprint', () => {
  leafedTo = first;
  folded = all('details:not([open])');
  for (const details of folded) details.setAttribute('open', '');
  show(0, printedLength);
  const counts = { printed: number.format(printedLength), all: number.format(found.length) };
  printed.textContent = found.length > printedLength ? filled(data.words.printed, counts) : '';
});
addEventListener('afterprint', () => {
  for (const details of folded) details.removeAttribute('open');
  show(leafedTo);
});

units.append(...unitsWithParents(data.units, data.locale).map((unit) => elementOf(h('option', { value: unit }, unit))));
for (const element of all('[data-script]')) element.hidden = false;
nameTheme();
look({});
openNamed();
