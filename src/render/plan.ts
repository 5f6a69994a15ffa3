import type {
  DeleteAccount,
  PlanAccount,
  PlanAction,
  PlanDocument,
  PlanFact,
  PlanWarning,
} from '../documents/index.ts';
import type { Speech } from '../words/index.ts';
import { openingLines } from './header.ts';
import { ouPath } from './ou-path.ts';
import { dayMs, relativeTime, shortRelativeTime } from './relative-time.ts';
import { type Column, renderTable } from './table.ts';
import { visible, widthOf, wrap } from './text.ts';
import { kindsOf, type View } from './view.ts';
import { countKinds, skipReasonText, wordsFor } from './words.ts';

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
    const warned = warnings.flatMap(({ message }) =>
      warningLines(`  ${view.speech.words.removal.plan.warning(message)}`, view),
    );
    return [view.paint.bold(first), ...rest, ...own, ...warned, ''];
  });
}

const longUse = (at: string, now: ViewOfUse): string => now.speech.words.removal.plan.lastUsed(relativeTime(at, now));
const shortUse = (at: string, now: ViewOfUse): string => now.speech.words.removal.plan.used(shortRelativeTime(at, now));

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
      cell: ({ action, account }) => ({
        text: isInUse(action, account, view) ? view.speech.words.removal.plan.inUse : '',
        paint: paint.yellow,
      }),
    },
  ];
}

function titleOf({ name, id, path }: PlanAccount, view: View): string {
  return [visible(name), id, ouPath(path, view.ouNames) ?? ''].filter((part) => part !== '').join('  ');
}

function compactLines(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const { paint } = view;
  const { titles } = view.speech.words.removal.plan;
  const table: readonly Column<PlanAccount>[] = [
    { title: titles.account, cell: ({ id }) => ({ text: id }) },
    { title: titles.name, shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    {
      title: titles.willGo,
      shrink: { least: 16, comfortable: 70 },
      cell: ({ actions }) => ({ text: `− ${countKinds(actions, view)}` }),
    },
    {
      title: '',
      cell: (account) => ({
        text: account.actions.some((action) => isInUse(action, account, view))
          ? view.speech.words.removal.plan.inUse
          : '',
        paint: paint.yellow,
      }),
    },
  ];
  return [...renderTable({ layouts: [table], rows: accounts }, view.columns, paint), ''];
}

type ViewOfUse = Pick<View, 'nowMs' | 'kinds' | 'speech'>;

const warningsFor = (action: PlanAction, account: PlanAccount): readonly PlanWarning[] =>
  account.warnings.filter(({ id }) => id !== null && id === action.id);

function isInUse(action: PlanAction, account: PlanAccount, view: ViewOfUse): boolean {
  if (!kindsOf(view)[action.kind].isUsedByPrograms) return false;
  const wasWarned = warningsFor(action, account).some(({ code }) => code === 'key-in-use');
  return wasWarned || (action.lastUsedAt ? view.nowMs - Date.parse(action.lastUsedAt) < dayMs : false);
}

const shortId = ({ kind, id }: PlanAction, view: View): string => (id === null ? '' : kindsOf(view)[kind].shortId(id));

function factsOf(action: PlanAction, account: PlanAccount, use: typeof longUse, view: View): string {
  const facts = kindsOf(view)[action.kind].planFacts;
  return facts
    .flatMap((fact) => factOf(fact, action, account, (at) => use(at, view), view))
    .join(view.speech.words.shared.comma);
}

function factOf(
  fact: PlanFact,
  action: PlanAction,
  account: PlanAccount,
  use: (timestamp: string) => string,
  { speech }: ViewOfUse,
): readonly string[] {
  const words = speech.words.removal.plan;
  switch (fact) {
    case 'status':
      return action.status === undefined || action.status === 'Active' ? [] : [words.status(action.status)];
    case 'type':
      return action.type ? [words.devices[action.type]] : [];
    case 'since':
      return action.createdAt ? [words.since(action.createdAt.slice(0, 10))] : [];
    case 'last-use':
      return [lastUse(action, use, speech)];
    case 'no-mfa':
      return hasNoMFA(account) ? [words.noMfa] : [];
  }
}

function lastUse(
  { lastUsedAt, lastUsedService, lastUsedRegion }: PlanAction,
  use: (timestamp: string) => string,
  { words: { removal } }: Speech,
): string {
  if (lastUsedAt === undefined) return removal.plan.lastUseUnknown;
  if (lastUsedAt === null) return removal.plan.neverUsed;
  return removal.plan.usedBy(use(lastUsedAt), known(lastUsedService), known(lastUsedRegion));
}

/** AWS writes `N/A` where it does not know. */
const known = (text: string | null | undefined): string | null => (text && text !== 'N/A' ? text : null);

const hasNoMFA = ({ warnings }: PlanAccount): boolean => warnings.some(({ code }) => code === 'password-without-mfa');

/** `not touched: legacy-erp 555555555555 (could not be read: …), sandbox-old 666666666666 (suspended)` */
export function notTouchedLines(view: View): readonly string[] {
  const notTouched = view.notTouched ?? [];
  if (notTouched.length === 0) return [];
  const reasonOf = leftBecause(view);
  const text =
    notTouched.length > namedAtMost
      ? byReason(notTouched, reasonOf, view)
      : notTouched.map((one) => named(one, reasonOf(one))).join(view.speech.words.shared.comma);
  return [...wrap(view.speech.words.removal.notTouched(text), view.columns, '  ').map(view.paint.dim), ''];
}

const leftBecause =
  ({ speech }: View) =>
  ({ error, reason, state }: DeleteAccount): string => {
    if (error !== null) return speech.entryOf(error).message;
    return reason === null ? speech.words.removal.skipped : skipReasonText({ reason, state }, speech);
  };

const named = ({ name, id }: DeleteAccount, reason: string): string => `${name} ${id} (${reason})`;

function byReason(
  notTouched: readonly DeleteAccount[],
  reasonOf: (one: DeleteAccount) => string,
  { speech }: View,
): string {
  const { shared } = speech.words;
  const reasons = new Map<string, DeleteAccount[]>();
  for (const one of notTouched) reasons.set(reasonOf(one), [...(reasons.get(reasonOf(one)) ?? []), one]);
  return [...reasons]
    .map(([reason, all]) => {
      const [only] = all;
      return all.length === 1 && only ? named(only, reason) : `${shared.accounts(all.length)} (${reason})`;
    })
    .join(shared.comma);
}

function totalLines(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const [total = '', ...warnings] = planSentences(accounts, view);
  if (warnings.length === 0) return wrap(total, view.columns);
  return [
    ...wrap(total, view.columns).map(view.paint.bold),
    ...warnings.flatMap((warning) => warningLines(warning, view)),
  ];
}

/** What the plan comes to, then what to think of before it is done. */
export function planSentences(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const words = view.speech.words.removal.plan;
  const credentials = accounts.reduce((total, { actions }) => total + actions.length, 0);
  if (credentials === 0) return [words.nothing];
  const inUse = accounts.reduce(
    (total, account) => total + account.actions.filter((action) => isInUse(action, account, view)).length,
    0,
  );
  const total = words[view.dryRun ? 'wouldGo' : 'willGo'](credentials, accounts.length);
  return [total, ...(inUse > 0 ? [words.keysInUse(inUse)] : []), words.alarms];
}

/** What the plan tells of a credential, and whether it is in use. */
export function planFacts(action: PlanAction, account: PlanAccount, view: View): string {
  const inUse = isInUse(action, account, view) ? [view.speech.words.removal.plan.inUse] : [];
  return [factsOf(action, account, longUse, view), ...inUse].filter((text) => text !== '').join(' ');
}

/** What an account holds, in one line: `password, 2 access keys, MFA device · used 1 h ago`. */
export function holdings(account: PlanAccount, view: ViewOfUse): string {
  const { actions } = account;
  const { removal, shared } = view.speech.words;
  const uses = actions.flatMap(({ lastUsedAt }) => (typeof lastUsedAt === 'string' ? [lastUsedAt] : [])).sort();
  const latest = uses.at(-1);
  const isInUseNow = actions.some((action) => isInUse(action, account, view));
  return [
    `${countKinds(actions, view)}${hasNoMFA(account) ? `${shared.comma}${removal.plan.noMfa}` : ''}`,
    ...(latest === undefined ? [] : [`${isInUseNow ? '⚠ ' : ''}${removal.plan.used(shortRelativeTime(latest, view))}`]),
  ].join(' · ');
}

const warningLines = (text: string, view: View): readonly string[] =>
  wrap(text, view.columns, ' '.repeat(widthOf(text) - widthOf(text.trimStart()) + 2)).map(view.paint.yellow);
