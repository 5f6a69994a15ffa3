import { type AccountBefore, isTrouble, type ReportRun } from '../../documents/index.ts';
import { troublePhrase } from '../outcomes.ts';
import { visible } from '../text.ts';
import { kindsOf } from '../view.ts';
import { countKinds, wordsFor } from '../words.ts';
import { type Child, type Element, h, icon } from './element.ts';
import { accountName } from './newcomers.ts';
import type { Site } from './site.ts';
import { listTable, type Section } from './tables.ts';

/** Rows that stand in the page; the journal has all of them. */
const rowsAtMost = 1000;

/** What a run removed, account by account, with the times and request ids that CloudTrail has too. */
export function runSection(site: Site): Section | null {
  const { run } = site.document;
  if (run === null) return null;
  const { page, words, dates } = site;
  const actions = run.accounts.flatMap((account) => account.actions.map((action) => ({ account, action })));
  const deleted = actions.filter(({ action }) => action.result === 'deleted');
  const accounts = new Set(deleted.map(({ account }) => account.id)).size;
  const facts: readonly (readonly [string, string])[] = [
    [page.run.started, dates.time(run.startedAt)],
    [page.run.ended, run.endedAt === null ? page.run.notEnded : dates.time(run.endedAt)],
    [page.run.state, words.runs.states[run.state]],
  ];
  return {
    id: 'run',
    title: page.run.heading,
    content: [
      h('p', { class: 'lead' }, deleted.length === 0 ? page.run.nothing : page.run.sum(deleted.length, accounts)),
      h('p', { class: 'intro' }, page.run.intro(run.id)),
      h(
        'dl',
        { class: 'facts' },
        facts.map(([title, text]) => h('div', {}, h('dt', {}, title), h('dd', {}, text))),
      ),
      troubles(run, site),
      actions.length === 0 ? null : evidence(run, site),
    ],
  };
}

/** Accounts that somebody must look at come before what went well. */
function troubles(run: ReportRun, site: Site): Element | null {
  const left = run.accounts.filter(({ outcome }) => isTrouble(outcome));
  if (left.length === 0) return null;
  const items = left.map((account) =>
    h(
      'li',
      {},
      icon('warning'),
      h('a', { class: 'name', href: `#a${account.id}` }, h('bdi', {}, visible(account.name))),
      h('span', {}, h('code', {}, account.id)),
      visible(troublePhrase(account, site.view)),
    ),
  );
  return h('ul', { class: 'troubles' }, items);
}

function evidence(run: ReportRun, site: Site): readonly Child[] {
  const { page, words, dates, view } = site;
  const before = new Map((site.document.before ?? []).map((account) => [account.id, account]));
  const rows = run.accounts.flatMap((account) =>
    account.actions.map((action, index): readonly Child[] => [
      index === 0
        ? [accountName(account.id, account.name), beforeText(before.get(account.id), site)]
        : h('code', { class: 'again' }, account.id),
      [wordsFor(action.kind, view).one, action.id === null ? null : h('code', { class: 'under' }, visible(action.id))],
      [
        words.runs.result(action.result),
        action.error === null ? null : h('span', { class: 'under' }, visible(view.speech.phraseOf(action.error))),
      ],
      action.at === null ? '–' : dates.time(action.at),
      action.requestId === null ? '–' : h('code', {}, visible(action.requestId)),
    ]),
  );
  const { account, credential, result, at, request } = page.run.columns;
  const headings = [account, credential, result, at, request].map((text) => ({ text }));
  const rest = rows.length - rowsAtMost;
  return [
    listTable(page.run.caption, headings, rows.slice(0, rowsAtMost)),
    rest > 0 ? h('p', { class: 'quiet' }, page.run.more(rest)) : null,
  ];
}

function beforeText(before: AccountBefore | undefined, { page, view }: Site): Child {
  if (before === undefined) return null;
  const held = Object.values(kindsOf(view)).flatMap((kind) =>
    (kind.list(before.credentials) ?? []).map(() => ({ kind: kind.name })),
  );
  return held.length === 0 ? null : h('span', { class: 'under' }, page.run.before(countKinds(held, view)));
}
