import type {
  DeleteAccount,
  PlanAccount,
  PlanAction,
  PlanDocument,
  PlanFact,
  PlanWarning,
} from '../documents/index.ts';
import { within } from '../problems/index.ts';
import type { Speech } from '../words/index.ts';
import { openingLines } from './header.ts';
import { ouPath } from './ou-path.ts';
import { dayMs, relativeTime, shortRelativeTime } from './relative-time.ts';
import { type Column, renderTable } from './table.ts';
import { visible, widthOf, wrap } from './text.ts';
import { kindsOf, type View } from './view.ts';
import { countKinds, skipReasonText, wordsFor } from './words.ts';

/** From so many accounts on, one of a plan is one line, and of a result what went well is told in numbers. */
export const manyAccounts = 50;
const namedAtMost = 8;

/** What a deletion will do, for whoever must agree to it: what goes, then what is left alone, then the totals. */
export function renderPlan(plan: PlanDocument, view: View): string {
  const accounts = inPlanOrder(plan.accounts, view);
  const isLong = accounts.length >= manyAccounts;
  const body = isLong ? [...planTable(accounts, view), ''] : detailedLines(accounts, view);
  const sentences = planSentences(accounts, view, isLong);
  const lines = [
    ...openingLines(plan, view),
    ...body,
    ...changedLines(view),
    ...notTouchedLines(view),
    ...totalLines(sentences, view),
  ];
  return `${lines.join('\n')}\n`;
}

/** The sum of a plan that is no longer on the screen, for the question about it to stand under. */
export function renderPlanTotals(plan: PlanDocument, view: View): string {
  const accounts = inPlanOrder(plan.accounts, view);
  const lines = [
    ...openingLines(plan, view),
    ...((view.changed ?? []).length > namedAtMost ? changedInNumbers(view) : changedLines(view)),
    ...inNumbers(view.notTouched ?? [], view),
    ...totalLines(planSentences(accounts, view, true), view),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * What is in use comes first: whatever uses it stops working. Then what may be in use, since its last use could not be
 * read; then what was used last. Without a use by OU and name.
 */
export function inPlanOrder(accounts: readonly PlanAccount[], view: View): readonly PlanAccount[] {
  const { compare } = view.speech.words.grammar;
  const keyed = accounts
    .filter(({ actions }) => actions.length > 0)
    .map((account) => ({
      account,
      rank: isAnyInUse(account, view) ? 0 : isUseUnknown(account, view) ? 1 : 2,
      usedAt: latestUse(account)?.lastUsedAt ?? '',
      unit: ouPath(account.path, view.ouNames) ?? account.path ?? '',
      name: visible(account.name),
    }));
  keyed.sort(
    (left, right) =>
      left.rank - right.rank ||
      (left.usedAt === right.usedAt ? 0 : left.usedAt > right.usedAt ? -1 : 1) ||
      compare(left.unit, right.unit) ||
      compare(left.name, right.name) ||
      (left.account.id < right.account.id ? -1 : 1),
  );
  return keyed.map(({ account }) => account);
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

/** An account a line. Where there is no room for what is warned of, a sign stands beside what it is about. */
function planTable(accounts: readonly PlanAccount[], view: View): readonly string[] {
  const { paint } = view;
  const words = view.speech.words.removal.plan;
  const { titles } = words;
  const named = (comfortable: number): readonly Column<PlanAccount>[] => [
    { title: titles.account, cell: ({ id }) => ({ text: id }) },
    { title: titles.name, shrink: { least: 8, comfortable }, cell: ({ name }) => ({ text: name }) },
    {
      title: titles.unit,
      shrink: { least: 8, comfortable },
      cell: ({ path }) => ({ text: ouPath(path, view.ouNames) ?? '–', paint: paint.dim }),
    },
  ];
  const going = (text: (account: PlanAccount) => string, comfortable: number): Column<PlanAccount> => ({
    title: titles.willGo,
    shrink: { least: 14, comfortable },
    cell: (account) => ({ text: text(account) }),
  });
  const used = (text: (account: PlanAccount) => string): Column<PlanAccount> => ({
    title: titles.lastUsed,
    cell: (account) => ({ text: text(account), ...(isAnyInUse(account, view) ? { paint: paint.yellow } : {}) }),
  });
  const long = (account: PlanAccount) => lastUseOf(account, 'long', view);
  const short = (account: PlanAccount) => lastUseOf(account, 'short', view);
  const brief = ({ actions }: PlanAccount) => countKinds(actions, view, 'brief');
  const warned: Column<PlanAccount> = {
    title: titles.warnings,
    cell: (account) => {
      const marks = marksOf(account, view);
      return { text: marks.length === 0 ? '' : words.warning(marks.join(', ')), paint: paint.yellow };
    },
  };
  const layouts = [
    [...named(24), going(({ actions }) => countKinds(actions, view), 60), used(long), warned],
    [...named(22), going(brief, 40), used(long), warned],
    [...named(20), going(brief, 40), used(short), warned],
    [
      ...named(12),
      going((account) => (account.warnings.some(({ id }) => id === null) ? `${brief(account)} ⚠` : brief(account)), 24),
      used((account) => (isAnyInUse(account, view) ? words.warning(short(account)) : short(account))),
    ],
  ] as const;
  return renderTable({ layouts, rows: accounts }, view.columns, paint);
}

/** What is warned of, a word each. */
function marksOf(account: PlanAccount, view: View): readonly string[] {
  const words = view.speech.words.removal.plan;
  const { inUse, mfaOnly } = words.marks;
  return [
    ...(isAnyInUse(account, view) ? [inUse] : []),
    ...(hasNoMFA(account) ? [words.noMfa] : []),
    ...(isMFAOnly(account) ? [mfaOnly] : []),
    ...(isUseUnknown(account, view) ? [words.lastUseUnknown] : []),
  ];
}

/** `1 hour ago by an access key (s3, eu-west-1)`, `1 h ago, key`; `?` stands for what could not be read. */
function lastUseOf(account: PlanAccount, how: 'long' | 'short', view: View): string {
  const use = latestUse(account);
  const unknown = isUseUnknown(account, view) ? ['?'] : [];
  if (use === null) {
    const isUsable = account.actions.some(({ lastUsedAt }) => lastUsedAt === null);
    return unknown[0] ?? (isUsable ? view.speech.words.status.lastUsed.never : '–');
  }
  const { long, short } = view.speech.words.status.lastUsed;
  const by = wordsFor(use.kind, view).usedBy;
  const where = [known(use.lastUsedService), known(use.lastUsedRegion)].filter((part) => part !== null).join(', ');
  const ago = how === 'long' ? relativeTime(use.lastUsedAt, view) : shortRelativeTime(use.lastUsedAt, view);
  const text = by === null ? ago : how === 'long' ? long(ago, by.long, where) : short(ago, by.short);
  return [text, ...unknown].join(' ');
}

type Used = PlanAction & { readonly lastUsedAt: string };

/** The use of a credential that was the last one in its account, as far as it is known; null: there is none. */
function latestUse({ actions }: PlanAccount): Used | null {
  const used = actions.filter((action): action is Used => typeof action.lastUsedAt === 'string');
  return used.reduce<Used | null>(
    (latest, one) => (latest === null || one.lastUsedAt > latest.lastUsedAt ? one : latest),
    null,
  );
}

type ViewOfUse = Pick<View, 'nowMs' | 'kinds' | 'speech'>;

const warningsFor = (action: PlanAction, account: PlanAccount): readonly PlanWarning[] =>
  account.warnings.filter(({ id }) => id !== null && id === action.id);

function isInUse(action: PlanAction, account: PlanAccount, view: ViewOfUse): boolean {
  if (!kindsOf(view)[action.kind].isUsedByPrograms) return false;
  const wasWarned = warningsFor(action, account).some(({ code }) => code === 'key-in-use');
  return wasWarned || (action.lastUsedAt ? view.nowMs - Date.parse(action.lastUsedAt) < dayMs : false);
}

const isAnyInUse = (account: PlanAccount, view: ViewOfUse): boolean =>
  account.actions.some((action) => isInUse(action, account, view));

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
const isMFAOnly = ({ warnings }: PlanAccount): boolean => warnings.some(({ code }) => code === 'mfa-only');

/**
 * `not touched: legacy-erp 555555555555 (could not be read: …), sandbox-old 666666666666 (suspended)`; of many a line a
 * reason, in which those that should have been read, and could not, are named all the same.
 */
export function notTouchedLines(view: View): readonly string[] {
  const notTouched = view.notTouched ?? [];
  if (notTouched.length === 0) return [];
  const { columns, paint, speech } = view;
  const { removal, shared } = speech.words;
  const reasonOf = leftBecause(speech);
  if (notTouched.length <= namedAtMost) {
    const text = notTouched.map((one) => named(one, reasonOf(one))).join(shared.comma);
    return [...wrap(removal.notTouched(text), columns, '  ').map(paint.dim), ''];
  }
  const lines = [...grouped(notTouched, reasonOf)].flatMap(([reason, all]) => {
    const isFailure = all.some(({ error }) => error !== null);
    const who = `${shared.accounts(all.length)} (${reason})`;
    const ids =
      isFailure || all.length <= 3 ? [`: ${all.map(({ name, id }) => `${name} ${id}`).join(shared.comma)}`] : [];
    return wrap(`  ${[who, ...ids].join('')}`, columns, '    ').map(isFailure ? paint.yellow : paint.dim);
  });
  return [paint.dim(removal.notTouched(shared.accounts(notTouched.length))), ...lines, ''];
}

/** `⚠ data-lake 210987654321: added after the plan was made, and not deleted: access key AKIA…` */
function changedLines(view: View): readonly string[] {
  const { speech } = view;
  const all = (view.changed ?? []).flatMap(({ name, id, error }) => {
    if (error === null) return [];
    const { message } = speech.entryOf(within('account', [`${name} ${id}`], error));
    return [speech.words.removal.plan.warning(visible(message))];
  });
  return all.length === 0 ? [] : [...all.flatMap((text) => warningLines(text, view)), ''];
}

function changedInNumbers(view: View): readonly string[] {
  const { removal, shared } = view.speech.words;
  const text = `${shared.accounts((view.changed ?? []).length)} (${shared.skipped['changed-since-plan']})`;
  return warningLines(removal.plan.warning(text), view);
}

/** `not touched: 3 accounts (AccessDenied), 12 accounts (suspended)` */
export function inNumbers(left: readonly DeleteAccount[], view: View): readonly string[] {
  if (left.length === 0) return [];
  const { removal, shared } = view.speech.words;
  const groups = grouped(left, (one) => one.error?.code ?? leftBecause(view.speech)(one));
  const text = [...groups].map(([reason, all]) => `${shared.accounts(all.length)} (${reason})`).join(shared.comma);
  return wrap(removal.notTouched(text), view.columns, '  ').map(view.paint.dim);
}

const leftBecause =
  (speech: Speech) =>
  ({ error, reason, state }: DeleteAccount): string => {
    if (error !== null) return speech.entryOf(error).message;
    return reason === null ? speech.words.removal.skipped : skipReasonText({ reason, state }, speech);
  };

const named = ({ name, id }: DeleteAccount, reason: string): string => `${name} ${id} (${reason})`;

/** By what is said of them: what failed first, then the largest group. */
function grouped(
  accounts: readonly DeleteAccount[],
  reasonOf: (one: DeleteAccount) => string,
): ReadonlyMap<string, readonly DeleteAccount[]> {
  const groups = new Map<string, DeleteAccount[]>();
  for (const one of accounts) {
    const reason = reasonOf(one);
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, [one]);
    else group.push(one);
  }
  const rank = ([, [first]]: readonly [string, readonly DeleteAccount[]]) => (first?.error ? 0 : 1);
  return new Map([...groups].sort((left, right) => rank(left) - rank(right) || right[1].length - left[1].length));
}

function totalLines([total = '', ...warnings]: readonly string[], view: View): readonly string[] {
  if (warnings.length === 0) return wrap(total, view.columns);
  return [
    ...wrap(total, view.columns).map(view.paint.bold),
    ...warnings.flatMap((warning) => warningLines(warning, view)),
  ];
}

/**
 * What the plan comes to, then what to think of before it is done.
 * @param isAll whether warnings are counted that otherwise stand beside their account.
 */
export function planSentences(accounts: readonly PlanAccount[], view: View, isAll: boolean): readonly string[] {
  const { removal, shared } = view.speech.words;
  const words = removal.plan;
  const { dryRun, goneCount = 0 } = view;
  const credentials = accounts.reduce((total, { actions }) => total + actions.length, 0);
  const total = (sentence: string) =>
    goneCount === 0 ? sentence : [sentence, words.alreadyGone(goneCount)].join(shared.betweenSentences);
  if (credentials === 0) return [total(words.nothing)];
  const inUse = accounts.reduce(
    (total, account) => total + account.actions.filter((action) => isInUse(action, account, view)).length,
    0,
  );
  const counted = (is: (account: PlanAccount) => boolean, sentence: (count: number) => string): readonly string[] => {
    const count = isAll ? accounts.filter(is).length : 0;
    return count === 0 ? [] : [sentence(count)];
  };
  return [
    total(words[dryRun ? 'wouldGo' : 'willGo'](credentials, accounts.length)),
    ...(inUse > 0 ? [words.keysInUse(inUse)] : []),
    ...counted((account) => isUseUnknown(account, view), words.usesUnknown),
    ...counted(hasNoMFA, words.passwordsWithoutMfa),
    ...counted(isMFAOnly, words.mfaOnly),
    words.alarms,
  ];
}

/** A last use that AWS records, and that could not be read, is left out of a plan. */
const isUseUnknown = ({ actions }: PlanAccount, view: ViewOfUse): boolean =>
  actions.some(
    ({ kind, lastUsedAt }) => lastUsedAt === undefined && kindsOf(view)[kind].details.includes('lastUsedAt'),
  );

/** What the plan tells of a credential, and whether it is in use. */
export function planFacts(action: PlanAction, account: PlanAccount, view: View): string {
  const inUse = isInUse(action, account, view) ? [view.speech.words.removal.plan.inUse] : [];
  return [factsOf(action, account, longUse, view), ...inUse].filter((text) => text !== '').join(' ');
}

/** What an account holds, in one line: `password, 2 access keys, MFA device · used 1 h ago`. */
export function holdings(account: PlanAccount, view: ViewOfUse): string {
  const { removal, shared } = view.speech.words;
  const latest = latestUse(account);
  const sign = isAnyInUse(account, view) ? '⚠ ' : '';
  return [
    `${countKinds(account.actions, view)}${hasNoMFA(account) ? `${shared.comma}${removal.plan.noMfa}` : ''}`,
    ...(latest === null ? [] : [`${sign}${removal.plan.used(shortRelativeTime(latest.lastUsedAt, view))}`]),
  ].join(' · ');
}

const warningLines = (text: string, view: View): readonly string[] =>
  wrap(text, view.columns, ' '.repeat(widthOf(text) - widthOf(text.trimStart()) + 2)).map(view.paint.yellow);
