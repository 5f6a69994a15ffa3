import type { AccountStatus, ManagementAccountEntry, StatusDocument } from '../documents/index.ts';
import { lastUsedLong, lastUsedShort } from './last-used.ts';
import { ouPath } from './ou-path.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { visible } from './text.ts';
import type { SortOrder, View } from './view.ts';
import { errorPhrase, skipWords, stateWords } from './words.ts';

/** One row an account; `unknown` and `skipped` say why instead of showing empty columns. */
export function statusTable(document: StatusDocument, view: View): readonly string[] {
  const { paint } = view;
  const id: Column<AccountStatus> = { title: 'ACCOUNT', lead: true, cell: (account) => ({ text: account.id }) };
  const name: Column<AccountStatus> = {
    title: 'NAME',
    lead: true,
    shrink: { least: 8, comfortable: 22 },
    cell: (account) => ({ text: account.name }),
  };
  const ou: Column<AccountStatus> = {
    title: 'OU',
    lead: true,
    shrink: { least: 8, comfortable: 22 },
    cell: (account) => ({ text: ouPath(account.path, view.ouNames) ?? '–', paint: paint.dim }),
  };
  const root: Column<AccountStatus> = { title: 'ROOT', lead: true, cell: (account) => statusCell(account, paint) };
  const password = (isWide: boolean): Column<AccountStatus> => ({
    title: 'PASSWORD',
    drop: 1,
    cell: (account) => passwordCell(account, isWide, paint),
  });
  const keys: Column<AccountStatus> = {
    title: 'KEYS',
    align: 'right',
    drop: 2,
    cell: ({ credentials }) => countCell(credentials?.accessKeys, paint),
  };
  const certificates: Column<AccountStatus> = {
    title: 'CERTS',
    align: 'right',
    cell: ({ credentials }) => countCell(credentials?.signingCertificates, paint),
  };
  const mfa: Column<AccountStatus> = {
    title: 'MFA',
    align: 'right',
    cell: ({ credentials }) => countCell(credentials?.mfaDevices, paint),
  };
  const folded: Column<AccountStatus> = {
    title: 'CERTS/MFA',
    drop: 4,
    cell: ({ credentials }) => foldedCell(credentials?.signingCertificates, credentials?.mfaDevices, paint),
  };
  const lastUsed = (text: (account: AccountStatus, nowMs: number) => string): Column<AccountStatus> => ({
    title: 'LAST USED',
    drop: 3,
    cell: (account) => dimDash(text(account, view.nowMs), paint),
  });

  const full = [id, name, root, password(true), keys, certificates, mfa, lastUsed(lastUsedLong)];
  const middle = [id, name, root, password(true), keys, folded, lastUsed(lastUsedLong)];
  const short = [id, name, root, password(false), keys, folded, lastUsed(lastUsedShort)];
  const withOu = [id, name, ou, root, password(true), keys, certificates, mfa, lastUsed(lastUsedLong)];
  return renderTable(
    {
      layouts: view.ouNames === undefined ? [full, middle, short] : [withOu, full, middle, short],
      rows: sortAccounts(worthARow(document.accounts), view),
      span: (account) => reasonCell(account, document.managementAccount, paint),
    },
    view.columns,
    paint,
  );
}

/** So many accounts that were not tried are listed one by one; more are counted in the first line and nowhere else. */
const notTriedAtMost = 20;

/** Thousands of rows that say "not tried" would bury what was read. */
export function worthARow(accounts: readonly AccountStatus[]): readonly AccountStatus[] {
  const tried = accounts.filter(({ reason }) => reason !== 'not-tried');
  return accounts.length - tried.length > notTriedAtMost ? tried : accounts;
}

function statusCell({ status }: AccountStatus, paint: Paint): Cell {
  const strokes = { present: paint.red, unknown: paint.yellow, absent: paint.green, skipped: paint.dim };
  return { text: status, paint: strokes[status] };
}

export const hasPasswordWithoutMFA = ({ credentials }: AccountStatus): boolean =>
  credentials?.loginProfile?.present === true && credentials.mfaDevices?.length === 0;

function passwordCell(account: AccountStatus, isWide: boolean, paint: Paint): Cell {
  const password = account.credentials?.loginProfile;
  if (!password) return { text: '?', paint: paint.yellow };
  if (!password.present) return { text: '–', paint: paint.dim };
  return hasPasswordWithoutMFA(account)
    ? { text: isWide ? 'yes, no MFA' : 'yes ⚠', paint: paint.yellow }
    : { text: 'yes' };
}

const countText = (entries: readonly unknown[] | null | undefined): string =>
  entries ? (entries.length === 0 ? '–' : `${entries.length}`) : '?';

function countCell(entries: readonly unknown[] | null | undefined, paint: Paint): Cell {
  return entries ? dimDash(countText(entries), paint) : { text: '?', paint: paint.yellow };
}

function foldedCell(
  certificates: readonly unknown[] | null | undefined,
  devices: readonly unknown[] | null | undefined,
  paint: Paint,
): Cell {
  const text = `${countText(certificates)} / ${countText(devices)}`;
  if (text.includes('?')) return { text, paint: paint.yellow };
  return dimDash(text === '– / –' ? '–' : text, paint);
}

const dimDash = (text: string, paint: Paint): Cell => (text === '–' ? { text, paint: paint.dim } : { text });

function reasonCell(
  account: AccountStatus,
  management: ManagementAccountEntry | null,
  paint: Paint,
): readonly Cell[] | undefined {
  if (account.status === 'skipped') return [{ text: skipPhrase(account, management), paint: paint.dim }];
  if (account.status !== 'unknown') return undefined;
  return [{ text: account.error ? errorPhrase(account.error) : 'could not be read' }];
}

/** `suspended`, `the management account (no access keys, MFA on)`. */
export function skipPhrase(account: AccountStatus, management: ManagementAccountEntry | null): string {
  if (account.reason === 'not-active') return stateWords(account.state);
  if (account.reason !== 'management-account') return account.reason === null ? 'skipped' : skipWords[account.reason];
  if (management?.id !== account.id) return skipWords['management-account'];
  const keys = management.accessKeysPresent ? 'has access keys' : 'no access keys';
  return `${skipWords['management-account']} (${keys}, MFA ${management.mfaEnabled ? 'on' : 'off'})`;
}

const collator = new Intl.Collator('en', { numeric: true });
const statusRank = { present: 0, unknown: 1, absent: 2, skipped: 3 };
type Order = (left: AccountStatus, right: AccountStatus) => number;
const byId: Order = (left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
const byName: Order = (left, right) => collator.compare(visible(left.name), visible(right.name)) || byId(left, right);

/** What matters comes first; inside that by OU, then name. */
export function sortAccounts(
  accounts: readonly AccountStatus[],
  view: Pick<View, 'ouNames' | 'sort'>,
): readonly AccountStatus[] {
  const ouOf = ({ path }: AccountStatus) => ouPath(path, view.ouNames) ?? path ?? '';
  const orders: Record<SortOrder, Order> = {
    default: (left, right) =>
      statusRank[left.status] - statusRank[right.status] ||
      Number(left.reason === 'management-account') - Number(right.reason === 'management-account') ||
      collator.compare(ouOf(left), ouOf(right)) ||
      byName(left, right),
    id: byId,
    name: byName,
    'last-used': (left, right) =>
      collator.compare(right.lastUsedAt ?? '', left.lastUsedAt ?? '') || byName(left, right),
  };
  return [...accounts].sort(orders[view.sort ?? 'default']);
}
