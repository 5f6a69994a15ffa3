import type { PageAccount, PageCredential, PageData, PageFinding, PageStatus, PageVerdict, PageWords } from './data.ts';
import type { Dates } from './dates.ts';
import { type Child, type Element, h, icon } from './element.ts';

/** The columns of the accounts' table: each can be sorted by. */
export const columnNames = ['account', 'unit', 'root', 'credentials', 'lastUsed', 'joined'] as const;
export type ColumnName = (typeof columnNames)[number];

export const columnsOf = ({ hasJoined }: Pick<PageData, 'hasJoined'>): readonly ColumnName[] =>
  hasJoined ? columnNames : columnNames.filter((name) => name !== 'joined');

export interface RowView {
  readonly data: PageData;
  readonly dates: Dates;
}

export const statusMark = (status: PageStatus, names: PageWords['statuses']): Element =>
  h('span', { class: `mark ${status}` }, icon(status), names[status]);

export const verdictMark = (verdict: PageVerdict, names: PageWords['verdicts']): Element =>
  h('span', { class: `mark verdict-${verdict}` }, icon(`verdict-${verdict}`), names[verdict]);

/** @param isOpen whether its details stand below; null where no script could show them. */
export function accountRow(account: PageAccount, isOpen: boolean | null, view: RowView): Element {
  const cells: Readonly<Record<ColumnName, () => readonly Child[]>> = {
    account: () => accountCell(account, isOpen, view),
    unit: () => [unitOf(account, view) ?? '–'],
    root: () => [statusMark(account.status, view.data.words.statuses)],
    credentials: () => heldCell(account),
    lastUsed: () => [account.usedAt ? view.dates.day(account.usedAt) : (account.use ?? '–')],
    joined: () => joinedCell(account, view),
  };
  const [first, ...others] = columnsOf(view.data);
  return h(
    'tr',
    { class: `row ${account.status}`, id: `a${account.id}` },
    first === undefined ? null : h('th', { scope: 'row', class: `c-${first}` }, ...cells[first]()),
    others.map((name) => h('td', { class: `c-${name}` }, ...cells[name]())),
  );
}

function accountCell(account: PageAccount, isOpen: boolean | null, view: RowView): readonly Child[] {
  const { id, name } = account;
  const shown = h('bdi', { class: 'name' }, name.trim() === '' ? id : name);
  const unit = unitOf(account, view);
  return [
    isOpen === null
      ? shown
      : h(
          'button',
          {
            type: 'button',
            class: 'opener',
            'data-account': id,
            'aria-expanded': `${isOpen}`,
            'aria-controls': isOpen ? `d${id}` : null,
          },
          icon('chevron'),
          shown,
        ),
    h('span', { class: 'under' }, h('code', {}, id), unit === null ? null : h('bdi', { class: 'narrow' }, ` ${unit}`)),
  ];
}

const unitOf = ({ unit }: PageAccount, { data }: RowView): string | null =>
  unit === undefined ? null : (data.units[unit] ?? null);

function heldCell({ held, warning, why }: PageAccount): readonly Child[] {
  return [
    held === undefined ? (why ?? '–') : held,
    warning === undefined ? null : h('span', { class: 'warning' }, icon('warning'), warning),
  ];
}

function joinedCell({ joinedAt, joinedMethod }: PageAccount, { dates }: RowView): readonly Child[] {
  if (joinedAt === undefined) return ['–'];
  return [dates.day(joinedAt), joinedMethod === undefined ? null : h('span', { class: 'under' }, joinedMethod)];
}

/** All that is known of an account, below its row. */
export function detailRow(account: PageAccount, view: RowView): Element {
  const { words } = view.data;
  const { detail } = words;
  const { credentials, history, assessment } = account;
  const findings = assessment === undefined ? undefined : view.data.assessments[assessment];
  return h(
    'tr',
    { class: 'details', id: `d${account.id}` },
    h(
      'td',
      { colspan: columnsOf(view.data).length },
      h(
        'div',
        { class: 'detail' },
        h('dl', { class: 'facts' }, factsOf(account, view)),
        h(
          'section',
          {},
          h('h3', {}, detail.credentials),
          credentials === undefined || credentials.length === 0
            ? h('p', { class: 'quiet' }, account.status === 'absent' ? detail.noCredentials : (account.why ?? '–'))
            : h('ul', { class: 'credentials' }, credentials.map(credentialItem)),
        ),
        history === undefined
          ? null
          : section(
              detail.history,
              h(
                'ul',
                {},
                history.map((line) => h('li', {}, line)),
              ),
            ),
        findings === undefined
          ? null
          : section(
              detail.controls,
              h(
                'ul',
                { class: 'findings' },
                findings.map((one) => findingItem(one, view.data)),
              ),
            ),
      ),
    ),
  );
}

const section = (title: string, content: Element): Element => h('section', {}, h('h3', {}, title), content);

function factsOf(account: PageAccount, view: RowView): readonly Child[] {
  const { detail } = view.data.words;
  const { joinedAt, joinedMethod } = account;
  const joined =
    joinedAt === undefined ? undefined : [view.dates.time(joinedAt), joinedMethod].filter(Boolean).join(' · ');
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [detail.id, account.id],
    [detail.email, account.email],
    [detail.unit, unitOf(account, view)],
    [detail.state, account.state],
    [detail.joined, joined],
    [detail.why, account.credentials === undefined ? undefined : account.why],
    [detail.hint, account.hint],
  ];
  return facts.map(([title, text]) =>
    text ? h('div', {}, h('dt', {}, title), h('dd', {}, h('bdi', {}, text))) : null,
  );
}

function credentialItem({ kind, id, facts, warning }: PageCredential): Element {
  return h(
    'li',
    {},
    h('strong', {}, kind),
    id === undefined ? null : [' ', h('code', {}, id)],
    facts.map((fact) => h('span', { class: 'fact' }, fact)),
    warning === undefined ? null : h('span', { class: 'warning' }, icon('warning'), warning),
  );
}

function findingItem({ verdict, reason, controls }: PageFinding, data: PageData): Element {
  return h(
    'li',
    {},
    verdictMark(verdict, data.words.verdicts),
    h('span', { class: 'reason' }, reason),
    h(
      'span',
      { class: 'tags' },
      controls.map((index) => {
        const control = data.controls[index];
        return control === undefined ? null : h('span', { class: 'tag', title: control.title }, control.label);
      }),
    ),
  );
}
