import type { ReportDocument } from '../../documents/index.ts';
import type { ReportPageWords } from '../../words/index.ts';
import type { View } from '../view.ts';
import { pageAccounts } from './accounts.ts';
import { type Assessments, assess } from './assessments.ts';
import { pageAssets } from './assets.ts';
import { controlLabel, controlTitle, reasonText } from './control-words.ts';
import { controlsSection } from './controls.ts';
import { type PageAccount, type PageData, statuses } from './data.ts';
import { type Child, type Element, h, icon } from './element.ts';
import { favicon, iconDefinitions } from './icons.ts';
import { lastUseSection } from './last-use.ts';
import { newcomersSection } from './newcomers.ts';
import { kindsSection, totalsSection, unitsSection } from './overview.ts';
import { changesSection, periodSection } from './period.ts';
import { accountRow, columnsOf, detailRow } from './rows.ts';
import { runSection } from './run.ts';
import { createSite, type Site } from './site.ts';
import { type Section, sectionElement } from './tables.ts';
import { verdictSection } from './verdict.ts';
import { htmlOf, jsonInHtml, openingTag } from './write.ts';

/** Rows that stand in the page before any script runs, and accounts of one piece of its data. */
const rowsAtFirst = 50;
const accountsInPiece = 500;

/**
 * The report as one HTML file that needs nothing beside it: piece by piece, since of 50,000 accounts it is a long text.
 * Nothing in it can be run but the page's own script, whatever the names of accounts are: its Content-Security-Policy
 * allows that script and that style by their hashes, and no address at all.
 */
export function* renderReportPage(document: ReportDocument, view: View, words: ReportPageWords): Iterable<string> {
  const site = createSite(document, view, words);
  const assessments = assess(document, (verdict) => reasonText(verdict, site));
  const sections = [
    totalsSection(site),
    kindsSection(site),
    runSection(site),
    periodSection(site),
    changesSection(site),
    unitsSection(site),
    lastUseSection(site),
    newcomersSection(site),
  ].filter((section) => section !== null);
  const controls = controlsSection(assessments, site);
  const accounts = pageAccounts(site, assessments.of)[Symbol.iterator]();
  const first = take(accounts, rowsAtFirst);
  const data = pageData(assessments, site);
  const { script, style } = pageAssets();
  const html = h('html', { lang: view.speech.words.language });
  const contents = [...sections, accountsEntry(site), ...(controls === null ? [] : [controls])];

  yield `<!doctype html>\n${openingTag(html)}<head>${head(site).map(htmlOf).join('')}<style>${style}</style></head>\n<body>`;
  yield* [iconDefinitions(), skipLink(site), header(site), navigation(contents, site)].map(htmlOf);
  yield '<main>';
  yield htmlOf(verdictSection(site));
  yield* sections.map((section) => htmlOf(sectionElement(section)));
  yield htmlOf(accountsSection(first, data, site));
  if (controls !== null) yield htmlOf(sectionElement(controls));
  yield htmlOf(about(site));
  yield '</main>\n';
  yield dataElement('data', data);
  yield dataElement('accounts', first);
  for (let piece = take(accounts, accountsInPiece); piece.length > 0; piece = take(accounts, accountsInPiece))
    yield dataElement('accounts', piece);
  yield `<script>${script}</script>\n</body></html>\n`;
}

function take<Item>(items: Iterator<Item>, most: number): readonly Item[] {
  const taken: Item[] = [];
  while (taken.length < most) {
    const next = items.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

/** Not a script: the browser keeps it as text, and the page's script reads it. */
const dataElement = (name: 'data' | 'accounts', value: unknown): string =>
  `${openingTag(h('script', { type: 'application/json', ...(name === 'data' ? { id: name } : { class: name }) }))}${jsonInHtml(value)}</script>\n`;

/** All but the style, which is no text to be escaped. */
function head(site: Site): readonly Element[] {
  const { styleHash, scriptHash } = pageAssets();
  const policy = {
    'default-src': "'none'",
    'script-src': `'${scriptHash}'`,
    'style-src': `'${styleHash}'`,
    'img-src': 'data:',
    'base-uri': "'none'",
    'form-action': "'none'",
  };
  const content = Object.entries(policy)
    .map(([directive, source]) => `${directive} ${source}`)
    .join('; ');
  return [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'robots', content: 'noindex' }),
    h('title', {}, site.page.title(site.document.organization.id)),
    h('link', { rel: 'icon', href: favicon }),
  ];
}

const skipLink = ({ page }: Site): Element => h('a', { class: 'skip', href: '#accounts' }, page.skip);

function header(site: Site): Element {
  const { document, page } = site;
  return h(
    'header',
    { class: 'top' },
    h(
      'div',
      { class: 'inner' },
      h('p', { class: 'brand' }, h('strong', {}, 'rootctl'), ' ', page.name),
      h('p', { class: 'organization' }, h('code', {}, document.organization.id)),
      h(
        'div',
        { class: 'tools', 'data-script': true, hidden: true },
        h('button', { type: 'button', id: 'theme' }, icon('theme'), h('span', { id: 'theme-name' }, '')),
        h('button', { type: 'button', id: 'print' }, icon('print'), page.print),
      ),
    ),
    document.simulated ? h('p', { class: 'simulated' }, icon('warning'), page.simulated) : null,
  );
}

const accountsEntry = ({ page }: Site): Section => ({ id: 'accounts', title: page.accounts.heading, content: [] });

const navigation = (sections: readonly Section[], { page }: Site): Element =>
  h(
    'nav',
    { class: 'contents', 'aria-label': page.contents },
    h(
      'ul',
      { class: 'inner' },
      sections.map(({ id, title }) => h('li', {}, h('a', { href: `#${id}` }, title))),
    ),
  );

/** With the first rows: what a reader without JavaScript sees, and everybody until the script has read the rest. */
function accountsSection(first: readonly PageAccount[], data: PageData, site: Site): Element {
  const { document, page } = site;
  const view = { data, dates: site.dates };
  const total = document.accounts.length;
  return h(
    'section',
    { id: 'accounts', 'aria-labelledby': 'accounts-heading' },
    h('h2', { id: 'accounts-heading', tabindex: -1 }, page.accounts.heading),
    toolbar(site),
    h('p', { class: 'printed', id: 'printed' }, ''),
    h('noscript', {}, h('p', { class: 'notice' }, page.accounts.withoutScript(first.length, total))),
    h(
      'table',
      { class: 'accounts' },
      h('caption', { class: 'aside' }, page.accounts.caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columnsOf(data).map((name) => sortHeading(name, data)),
        ),
      ),
      h(
        'tbody',
        { id: 'rows' },
        first.map((account) => staticRows(account, view)),
      ),
    ),
    h(
      'nav',
      { class: 'pager', 'aria-label': page.accounts.pages, 'data-script': true, hidden: true },
      h('button', { type: 'button', id: 'previous' }, page.accounts.previous),
      h('span', { id: 'range' }, ''),
      h('button', { type: 'button', id: 'next' }, page.accounts.next),
    ),
  );
}

const staticRows = (account: PageAccount, view: Parameters<typeof accountRow>[2]): readonly Child[] =>
  account.credentials === undefined
    ? [accountRow(account, null, view)]
    : [accountRow(account, null, view), detailRow(account, view)];

const sortHeading = (name: keyof PageData['words']['columns'], { words }: PageData): Element =>
  h(
    'th',
    { scope: 'col', class: `c-${name}`, 'aria-sort': 'none' },
    h('button', { type: 'button', 'data-sort': name }, words.columns[name], icon('sort')),
  );

function toolbar({ document, page, words }: Site): Element {
  const { accounts } = page;
  return h(
    'div',
    { class: 'toolbar', role: 'search', 'aria-label': accounts.heading, 'data-script': true, hidden: true },
    h(
      'div',
      { class: 'search' },
      icon('search'),
      h('input', {
        type: 'search',
        id: 'search',
        placeholder: accounts.search,
        'aria-label': accounts.search,
        autocomplete: 'off',
        spellcheck: 'false',
        'aria-keyshortcuts': '/',
      }),
      h('kbd', { 'aria-hidden': 'true' }, '/'),
    ),
    h(
      'div',
      { class: 'chips', role: 'group', 'aria-label': accounts.status },
      statuses.map((status) =>
        h(
          'button',
          { type: 'button', class: `chip ${status}`, 'data-status': status, 'aria-pressed': 'false' },
          icon(status),
          words.status.states[status],
          h('span', { class: 'chip-number' }, words.grammar.number(document.summary[status])),
        ),
      ),
    ),
    h('select', { id: 'unit', 'aria-label': accounts.unit }, h('option', { value: '' }, page.script.anyUnit)),
    h('button', { type: 'button', class: 'chip', id: 'control', hidden: true }, ''),
    h('button', { type: 'button', class: 'plain', id: 'reset', hidden: true }, accounts.reset),
    h('p', { role: 'status', id: 'shown' }, ''),
  );
}

function about({ page }: Site): Element {
  return h(
    'section',
    { class: 'about', 'aria-labelledby': 'about-heading' },
    h('h2', { id: 'about-heading' }, page.about.heading),
    page.about.lines.map((line) => h('p', {}, line)),
  );
}

function pageData(assessments: Assessments, site: Site): PageData {
  const { document, page, words } = site;
  return {
    locale: page.locale,
    units: site.units,
    controls: document.controls.map((control) => ({
      label: controlLabel(control, site),
      title: controlTitle(control, site),
    })),
    assessments: assessments.all,
    hasJoined: document.accounts.some(({ joinedAt }) => joinedAt),
    words: { ...page.script, statuses: words.status.states, verdicts: words.controls.verdicts },
  };
}
