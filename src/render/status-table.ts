import {
  type AccountStatus,
  isUnguarded,
  type KindDescription,
  kindsAsShown,
  type ManagementAccountEntry,
  type StatusDocument,
} from '../documents/index.ts';
import { lastUsedLong, lastUsedShort } from './last-used.ts';
import { managementHoldings } from './management.ts';
import { ouPath } from './ou-path.ts';
import { inStates, treeRows, unitTotals } from './status-display.ts';
import type { SortOrder } from './status-names.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, tableLines } from './table.ts';
import { visible } from './text.ts';
import { kindsOf, type View } from './view.ts';
import { skipReasonText, wordsFor } from './words.ts';

/** One row an account; `unknown` and `skipped` say why instead of showing empty columns. */
export function statusTable(document: StatusDocument, view: View): Iterable<string> {
  const rows = sortAccounts(inStates(worthARow(document.accounts), view), view);
  const layouts = layoutsOf(document, view);
  const span = (account: AccountStatus) =>
    view.shownColumns === undefined ? reasonCell(account, document.managementAccount, view) : undefined;
  const columns = view.isWide || view.shownColumns !== undefined ? Number.POSITIVE_INFINITY : view.columns;
  if (!view.isTree) return tableLines({ layouts, rows, span }, columns, view.paint);
  const inTree = (layout: readonly Column<AccountStatus>[]) => layout.map((column, at) => treeColumn(column, at === 0));
  const [widest, ...others] = layouts;
  return tableLines<TreeRow>(
    {
      layouts: [inTree(widest), ...others.map(inTree)],
      rows: treeRows(rows, view),
      heading: (row) =>
        'account' in row
          ? undefined
          : { text: `${margin(row)}${row.name} · ${unitTotals(row.within, view)}`, paint: view.paint.bold },
      span: (row) => ('account' in row ? span(row.account) : undefined),
    },
    columns,
    view.paint,
  );
}

type TreeRow = ReturnType<typeof treeRows>[number];

const margin = ({ depth }: TreeRow): string => '  '.repeat(depth);

/** The first column is indented as deep as the account stands. */
function treeColumn({ cell, ...column }: Column<AccountStatus>, isFirst: boolean): Column<TreeRow> {
  return {
    ...column,
    cell: (row) => {
      if (!('account' in row)) return { text: '' };
      const { text, ...rest } = cell(row.account);
      return { text: isFirst ? `${margin(row)}${text}` : text, ...rest };
    },
  };
}

/** Those of the widest layout, or those that were chosen. */
export const columnsOf = (document: StatusDocument, view: View): readonly Column<AccountStatus>[] =>
  layoutsOf(document, view)[0];

type Layouts = readonly [readonly Column<AccountStatus>[], ...(readonly Column<AccountStatus>[])[]];

function layoutsOf(document: StatusDocument, view: View): Layouts {
  const { paint, speech } = view;
  const { titles } = speech.words.status;
  const id: Column<AccountStatus> = { title: titles.account, lead: true, cell: (account) => ({ text: account.id }) };
  const name: Column<AccountStatus> = {
    title: titles.name,
    lead: true,
    shrink: { least: 8, comfortable: 22 },
    cell: (account) => ({ text: account.name }),
  };
  const ou: Column<AccountStatus> = {
    title: titles.unit,
    lead: true,
    shrink: { least: 8, comfortable: 22 },
    cell: (account) => ({ text: ouPath(account.path, view.ouNames) ?? '–', paint: paint.dim }),
  };
  const root: Column<AccountStatus> = { title: titles.root, lead: true, cell: (account) => statusCell(account, view) };
  const email: Column<AccountStatus> = {
    title: titles.email,
    lead: true,
    cell: (account) => ({ text: account.email }),
  };
  const joined: Column<AccountStatus> = {
    title: titles.joined,
    lead: true,
    cell: (account) => dimDash(joinedText(account, view) || '–', paint),
  };
  const state: Column<AccountStatus> = {
    title: titles.state,
    lead: true,
    cell: (account) => ({ text: speech.words.shared.state(account.state) }),
  };
  const kinds = kindsAsShown(kindsOf(view));
  const apart = (isWide: boolean) => kinds.map((kind) => kindColumn(kind, view, isWide));
  const folded = (isWide: boolean) => foldedColumns(kinds, view, isWide);
  const lastUsed = (text: typeof lastUsedLong): Column<AccountStatus> => ({
    title: titles.lastUsed,
    drop: 3,
    cell: (account) => dimDash(text(account, view), paint),
  });
  if (view.shownColumns !== undefined) {
    const reason: Column<AccountStatus> = {
      title: titles.reason,
      cell: (account) => {
        const cells = reasonCell(account, document.managementAccount, view) ?? [];
        return { text: cells.map(({ text }) => text).join(' ') || '–', paint: paint.dim };
      },
    };
    const known: ReadonlyMap<string, Column<AccountStatus>> = new Map([
      ['account', id],
      ['name', name],
      ['email', email],
      ['ou', ou],
      ['joined', joined],
      ['state', state],
      ['root', root],
      ...kinds.map((kind) => [kind.flag, kindColumn(kind, view, true)] as const),
      ['last-used', lastUsed(lastUsedLong)],
      ['reason', reason],
    ]);
    return [view.shownColumns.flatMap((column) => known.get(column) ?? [])];
  }
  const placed = view.ouNames === undefined || view.isTree ? [] : [ou];
  if (view.isWide) return [[id, name, email, ...placed, joined, root, ...apart(true), lastUsed(lastUsedLong)]];
  const full = [id, name, root, ...apart(true), lastUsed(lastUsedLong)];
  const middle = [id, name, root, ...folded(true), lastUsed(lastUsedLong)];
  const short = [id, name, root, ...folded(false), lastUsed(lastUsedShort)];
  const withOu = [id, name, ...placed, root, ...apart(true), lastUsed(lastUsedLong)];
  return placed.length === 0 ? [full, middle, short] : [withOu, full, middle, short];
}

/** The day, in UTC, and how; what is not known is left out. */
export function joinedText({ joinedAt, joinedMethod }: AccountStatus, { speech }: Pick<View, 'speech'>): string {
  const how = joinedMethod === null ? [] : [speech.words.status.joinedBy[joinedMethod]];
  return [...(joinedAt === null ? [] : [joinedAt.slice(0, 10)]), ...how].join(' ');
}

/** So many accounts that were not tried are listed one by one; more are counted in the first line and nowhere else. */
const notTriedAtMost = 20;

/** Thousands of rows that say "not tried" would bury what was read. */
export function worthARow(accounts: readonly AccountStatus[]): readonly AccountStatus[] {
  const tried = accounts.filter(({ reason }) => reason !== 'not-tried');
  return accounts.length - tried.length > notTriedAtMost ? tried : accounts;
}

function statusCell({ status }: AccountStatus, { paint, speech }: View): Cell {
  const strokes = { present: paint.red, unknown: paint.yellow, absent: paint.green, skipped: paint.dim };
  return { text: speech.words.status.states[status], paint: strokes[status] };
}

/** What an account holds of one kind: how many, or whether there is one; `?` is what could not be read. */
export function kindText(kind: KindDescription, { credentials }: AccountStatus, view: View, isWide = true): string {
  const held = kind.list(credentials);
  if (held === null) return '?';
  if (held.length === 0) return '–';
  const { words } = view.speech;
  const text = kind.column.shows === 'count' ? `${held.length}` : words.status.held;
  if (!isUnguarded(credentials, kind.name, kindsOf(view))) return text;
  return isWide ? words.status.withoutMfa(text) : `${text} ⚠`;
}

function kindCell(kind: KindDescription, account: AccountStatus, view: View, isWide: boolean): Cell {
  const text = kindText(kind, account, view, isWide);
  const isWarned = text === '?' || isUnguarded(account.credentials, kind.name, kindsOf(view));
  return isWarned ? { text, paint: view.paint.yellow } : dimDash(text, view.paint);
}

function kindColumn(kind: KindDescription, view: View, isWide: boolean): Column<AccountStatus> {
  const { shows, drop } = kind.column;
  return {
    title: titleOf(kind, view, isWide),
    ...(shows === 'count' ? { align: 'right' } : {}),
    ...(drop === null ? {} : { drop }),
    cell: (account) => kindCell(kind, account, view, isWide),
  };
}

const titleOf = ({ name }: KindDescription, view: View, isWide: boolean): string =>
  wordsFor(name, view)[isWide ? 'title' : 'shortTitle'];

/** Those that fold are one column, in the place of the first of them. */
function foldedColumns(
  kinds: readonly KindDescription[],
  view: View,
  isWide: boolean,
): readonly Column<AccountStatus>[] {
  const folding = kinds.filter(({ column }) => column.folds);
  return kinds.flatMap((kind) => {
    if (!kind.column.folds) return [kindColumn(kind, view, isWide)];
    if (kind !== folding[0]) return [];
    const title = folding.map((one) => titleOf(one, view, isWide)).join('/');
    return [{ title, drop: 4, cell: (account) => foldedCell(folding, account, view) }];
  });
}

function foldedCell(kinds: readonly KindDescription[], account: AccountStatus, view: View): Cell {
  const texts = kinds.map((kind) => kindText(kind, account, view));
  const text = texts.join(' / ');
  if (texts.includes('?')) return { text, paint: view.paint.yellow };
  return dimDash(texts.every((one) => one === '–') ? '–' : text, view.paint);
}

const dimDash = (text: string, paint: Paint): Cell => (text === '–' ? { text, paint: paint.dim } : { text });

function reasonCell(
  account: AccountStatus,
  management: ManagementAccountEntry | null,
  view: View,
): readonly Cell[] | undefined {
  const { paint, speech } = view;
  if (account.status === 'skipped') return [{ text: skipPhrase(account, management, view), paint: paint.dim }];
  if (account.status !== 'unknown') return undefined;
  return [{ text: account.error ? speech.phraseOf(account.error) : speech.words.status.unread }];
}

/** `suspended`, `the management account (password, no access keys, …)`. */
export function skipPhrase(
  { id, reason, state }: AccountStatus,
  management: ManagementAccountEntry | null,
  view: Pick<View, 'kinds' | 'speech'>,
): string {
  const { words } = view.speech;
  const { status } = words;
  if (reason === null) return status.skipped;
  const phrase = skipReasonText({ reason, state }, { words });
  if (reason !== 'management-account') return phrase;
  const holdings = management?.id === id ? managementHoldings(management, view).map(({ text }) => text) : null;
  return status.managementAccount(phrase, holdings);
}

const statusRank = { present: 0, unknown: 1, absent: 2, skipped: 3 };
type Order = (left: AccountStatus, right: AccountStatus) => number;
const byId: Order = (left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);

/** What matters comes first; inside that by OU, then name. */
export function sortAccounts(
  accounts: readonly AccountStatus[],
  view: Pick<View, 'ouNames' | 'sort' | 'speech'>,
): readonly AccountStatus[] {
  const { compare } = view.speech.words.grammar;
  const byName: Order = (left, right) => compare(visible(left.name), visible(right.name)) || byId(left, right);
  const ouOf = ({ path }: AccountStatus) => ouPath(path, view.ouNames) ?? path ?? '';
  const orders: Record<SortOrder, Order> = {
    default: (left, right) =>
      statusRank[left.status] - statusRank[right.status] ||
      Number(left.reason === 'management-account') - Number(right.reason === 'management-account') ||
      compare(ouOf(left), ouOf(right)) ||
      byName(left, right),
    id: byId,
    name: byName,
    'last-used': (left, right) => compare(right.lastUsedAt ?? '', left.lastUsedAt ?? '') || byName(left, right),
  };
  return [...accounts].sort(orders[view.sort ?? 'default']);
}
