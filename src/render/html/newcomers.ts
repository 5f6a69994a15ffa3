import type { AccountStatus } from '../../documents/index.ts';
import { dayMs } from '../relative-time.ts';
import { visible } from '../text.ts';
import { type Child, h } from './element.ts';
import { statusMark } from './rows.ts';
import type { Site } from './site.ts';
import { listTable, type Section } from './tables.ts';

/** An account counts as new for so long. */
const newForDays = 90;
const listedAtMost = 10;

/**
 * Who joined lately: those that bring root credentials first. Null where no reading told when an account joined, since
 * "nobody" would be a guess.
 */
export function newcomersSection(site: Site): Section | null {
  const { document, page } = site;
  if (document.accounts.every(({ joinedAt }) => !joinedAt)) return null;
  const since = Date.parse(document.generatedAt) - newForDays * dayMs;
  const newcomers = document.accounts
    .filter(({ joinedAt }) => joinedAt && Date.parse(joinedAt) >= since)
    .sort((left, right) => rankOf(left) - rankOf(right) || ((left.joinedAt ?? '') > (right.joinedAt ?? '') ? -1 : 1));
  const { columns } = page.script;
  const headings = [columns.account, columns.joined, columns.root, columns.unit].map((text) => ({ text }));
  const rest = newcomers.length - listedAtMost;
  return {
    id: 'newcomers',
    title: page.newcomers.heading,
    content:
      newcomers.length === 0
        ? [h('p', { class: 'quiet' }, page.newcomers.none(newForDays))]
        : [
            h('p', { class: 'intro' }, page.newcomers.intro(newForDays)),
            listTable(
              page.newcomers.heading,
              headings,
              newcomers.slice(0, listedAtMost).map((account) => newcomerRow(account, site)),
            ),
            rest > 0 ? h('p', { class: 'quiet' }, page.newcomers.more(rest)) : null,
          ],
  };
}

/** Invited ones that hold credentials, invited ones of which that is not known, other invited ones, then the created. */
function rankOf({ joinedMethod, status }: AccountStatus): number {
  const order = { present: 0, unknown: 1, absent: 2, skipped: 3 };
  return (joinedMethod === 'INVITED' ? 0 : 4) + order[status];
}

function newcomerRow(account: AccountStatus, site: Site): readonly Child[] {
  const { page, words, dates } = site;
  const { id, name, status, joinedAt, joinedMethod, path } = account;
  const method = joinedMethod ? page.newcomers.methods[joinedMethod] : null;
  return [
    accountName(id, name),
    [dates.day(joinedAt ?? ''), method === null ? null : h('span', { class: 'under' }, method)],
    statusMark(status, words.status.states),
    h('bdi', {}, site.unitOf(path)?.path ?? '–'),
  ];
}

/** An account in a table beside the accounts' own: a link to it, which the page's script opens. */
export const accountName = (id: string, name: string): Child => [
  h('a', { class: 'name', href: `#a${id}` }, h('bdi', {}, visible(name).trim() || id)),
  h('span', { class: 'under' }, h('code', {}, id)),
];
