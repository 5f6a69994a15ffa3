import type {
  DeleteAccount,
  PlanAccount,
  PlanAction,
  PlanDocument,
  PlanFact,
  PlanWarning,
} from '../documents/index.ts';
import { openingLines } from './header.ts';
import { ouPath } from './ou-path.ts';
import { dayMs, relativeTime, shortRelativeTime } from './relative-time.ts';
import { type Column, renderTable } from './table.ts';
import { visible, widthOf, wrap } from './text.ts';
import { kindsOf, type View } from './view.ts';
import { countKinds, number, plural, skipWords, wordsFor } from './words.ts';

/** From so many accounts on, an account is one line. */
const compactFrom = 50;
const namedAtMost = 8;

/** What a deletion will do, for whoever must agree to it: every credential a line, then what is left alone, then the totals. */
export function renderPlan(plan: PlanDocument, view: View): string {
  const accounts = plan.accounts.filter(({ actions }) => actions.length > 0);
  const body = accounts.length >= compactFrom ? compactLines(accounts, view) : detailedLines(accounts, view);
  const lines = [...openingLines(plan, view), ...body, ...notTouchedLines(view), ...totalLines(accounts, view)];
  return `${lines.join('\n')}\n`;
}

interface Step {
  readonly account: PlanAccount;
  readonly action: PlanAction;
}

/** One table over all accounts, so that the columns stay in line from account to account; a row is always one line. */
function detailedLines(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const steps = accounts.flatMap((account) => account.actions.map((action) => ({ account, action })));
  const layouts = [stepColumns(20, longUse, view), stepColumns(11, shortUse, view)] as const;
  const rows = renderTable({ layouts, rows: steps, titles: false, indent: '  ' }, view.columns, view.paint);
  let next = 0;
  return accounts.flatMap((account) => {
    const [first = '', ...rest] = wrap(titleOf(account, view), view.columns, '  ');
    const own = rows.slice(next, next + account.actions.length);
    next += account.actions.length;
    const warnings = account.warnings.filter(({ code }) => code !== 'key-in-use' && code !== 'password-without-mfa');
    const warned = warnings.flatMap(({ message }) => warningLines(`  ⚠ ${message}`, view));
    return [view.paint.bold(first), ...rest, ...own, ...warned, ''];
  });
}

const longUse = (at: string, now: ViewOfUse): string => `last used ${relativeTime(at, now)}`;
const shortUse = (at: string, now: ViewOfUse): string => `used ${shortRelativeTime(at, now)}`;

function stepColumns(idColumns: number, use: typeof longUse, view: View): readonly Column<Step>[] {
  const { paint } = view;
  return [
    { title: '', cell: ({ action }) => ({ text: `− ${wordsFor(action.kind, view).one}`, paint: paint.red }) },
    {
      title: '',
      shrink: { least: 9, comfortable: idColumns },
      cell: ({ action }) => ({ text: shortId(action, view) }),
    },
    {
      title: '',
      shrink: { least: 12, comfortable: 60 },
      cell: ({ action, account }) => ({ text: factsOf(action, account, use, view) }),
    },
    {
      title: '',
      cell: ({ action, account }) => ({ text: isInUse(action, account, view) ? '⚠ in use' : '', paint: paint.yellow }),
    },
  ];
}

function titleOf({ name, id, path }: PlanAccount, view: View): string {
  return [visible(name), id, ouPath(path, view.ouNames) ?? ''].filter((part) => part !== '').join('  ');
}

function compactLines(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const { paint } = view;
  const table: readonly Column<PlanAccount>[] = [
    { title: 'ACCOUNT', cell: ({ id }) => ({ text: id }) },
    { title: 'NAME', shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    {
      title: 'WILL GO',
      shrink: { least: 16, comfortable: 70 },
      cell: ({ actions }) => ({ text: `− ${countKinds(actions, view)}` }),
    },
    {
      title: '',
      cell: (account) => ({
        text: account.actions.some((action) => isInUse(action, account, view)) ? '⚠ in use' : '',
        paint: paint.yellow,
      }),
    },
  ];
  return [...renderTable({ layouts: [table], rows: accounts }, view.columns, paint), ''];
}

type ViewOfUse = Pick<View, 'nowMs' | 'kinds' | 'kindWords' | 'speech'>;

const warningsFor = (action: PlanAction, account: PlanAccount): readonly PlanWarning[] =>
  account.warnings.filter(({ id }) => id !== null && id === action.id);

function isInUse(action: PlanAction, account: PlanAccount, view: ViewOfUse): boolean {
  if (!kindsOf(view)[action.kind].isUsedByPrograms) return false;
  const wasWarned = warningsFor(action, account).some(({ code }) => code === 'key-in-use');
  return wasWarned || (action.lastUsedAt ? view.nowMs - Date.parse(action.lastUsedAt) < dayMs : false);
}

const shortId = ({ kind, id }: PlanAction, view: View): string => (id === null ? '' : kindsOf(view)[kind].shortId(id));

const deviceWords = { virtual: 'virtual', fido: 'security key', hardware: 'hardware token' };

function factsOf(action: PlanAction, account: PlanAccount, use: typeof longUse, view: View): string {
  const facts = kindsOf(view)[action.kind].planFacts;
  return facts.flatMap((fact) => factOf(fact, action, account, (at) => use(at, view))).join(', ');
}

function factOf(
  fact: PlanFact,
  action: PlanAction,
  account: PlanAccount,
  use: (timestamp: string) => string,
): readonly string[] {
  switch (fact) {
    case 'status':
      return statusOf(action);
    case 'type':
      return action.type ? [deviceWords[action.type]] : [];
    case 'since':
      return action.createdAt ? [`since ${action.createdAt.slice(0, 10)}`] : [];
    case 'last-use':
      return [lastUse(action, use)];
    case 'no-mfa':
      return hasNoMFA(account) ? ['no MFA'] : [];
  }
}

const statusOf = ({ status }: PlanAction): readonly string[] =>
  status === undefined || status === 'Active' ? [] : [status.toLowerCase()];

function lastUse(
  { lastUsedAt, lastUsedService, lastUsedRegion }: PlanAction,
  use: (timestamp: string) => string,
): string {
  if (lastUsedAt === undefined) return 'last use not known';
  if (lastUsedAt === null) return 'never used';
  const service = lastUsedService && lastUsedService !== 'N/A' ? ` by ${lastUsedService}` : '';
  const region = lastUsedRegion && lastUsedRegion !== 'N/A' ? ` in ${lastUsedRegion}` : '';
  return `${use(lastUsedAt)}${service}${region}`;
}

const hasNoMFA = ({ warnings }: PlanAccount): boolean => warnings.some(({ code }) => code === 'password-without-mfa');

/** `not touched: legacy-erp 555555555555 (could not be read: …), sandbox-old 666666666666 (suspended)` */
export function notTouchedLines(view: View): readonly string[] {
  const notTouched = view.notTouched ?? [];
  if (notTouched.length === 0) return [];
  const reasonOf = leftBecause(view);
  const text =
    notTouched.length > namedAtMost
      ? byReason(notTouched, reasonOf)
      : notTouched.map((one) => named(one, reasonOf(one))).join(', ');
  return [...wrap(`not touched: ${text}`, view.columns, '  ').map(view.paint.dim), ''];
}

const leftBecause =
  ({ speech }: View) =>
  ({ error, reason }: DeleteAccount): string => {
    if (error !== null) return speech.entryOf(error).message;
    return reason === null ? 'skipped' : skipWords[reason];
  };

const named = ({ name, id }: DeleteAccount, reason: string): string => `${name} ${id} (${reason})`;

function byReason(notTouched: readonly DeleteAccount[], reasonOf: (one: DeleteAccount) => string): string {
  const reasons = new Map<string, DeleteAccount[]>();
  for (const one of notTouched) reasons.set(reasonOf(one), [...(reasons.get(reasonOf(one)) ?? []), one]);
  return [...reasons]
    .map(([reason, all]) => {
      const [only] = all;
      return all.length === 1 && only ? named(only, reason) : `${number(all.length)} accounts (${reason})`;
    })
    .join(', ');
}

function totalLines(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const credentials = accounts.reduce((total, { actions }) => total + actions.length, 0);
  if (credentials === 0) return wrap('The plan deletes nothing.', view.columns);
  const inUse = accounts.reduce(
    (total, account) => total + account.actions.filter((action) => isInUse(action, account, view)).length,
    0,
  );
  const what = `${plural(credentials, 'root credential')} in ${plural(accounts.length, 'account')}`;
  const total = view.dryRun
    ? `${what} would be deleted. This is a dry run: nothing is changed.`
    : `${what} will be deleted. This cannot be undone.`;
  const use =
    inUse === 1
      ? '1 access key was used within a day: what uses it'
      : `${number(inUse)} access keys were used within a day: what uses them`;
  return [
    ...wrap(total, view.columns).map(view.paint.bold),
    ...(inUse > 0 ? warningLines(`⚠ ${use} stops working. --unused-for 90d leaves such accounts alone.`, view) : []),
    ...warningLines('⚠ Alarms on root activity will fire once per account: tell whoever watches them.', view),
  ];
}

/** What an account holds, in one line: `password, 2 access keys, MFA device · used 1 h ago`. */
export function holdings(account: PlanAccount, view: ViewOfUse): string {
  const { actions } = account;
  const uses = actions.flatMap(({ lastUsedAt }) => (typeof lastUsedAt === 'string' ? [lastUsedAt] : [])).sort();
  const latest = uses.at(-1);
  const isInUseNow = actions.some((action) => isInUse(action, account, view));
  return [
    `${countKinds(actions, view)}${hasNoMFA(account) ? ', no MFA' : ''}`,
    ...(latest === undefined ? [] : [`${isInUseNow ? '⚠ ' : ''}used ${shortRelativeTime(latest, view)}`]),
  ].join(' · ');
}

const warningLines = (text: string, view: View): readonly string[] =>
  wrap(text, view.columns, ' '.repeat(widthOf(text) - widthOf(text.trimStart()) + 2)).map(view.paint.yellow);
