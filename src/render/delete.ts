import {
  type DeleteAccount,
  type DeleteDocument,
  type DeleteOutcome,
  isTrouble,
  type SkipReason,
} from '../documents/index.ts';
import { goodMark } from './completeness.ts';
import { openingLines } from './header.ts';
import { ouPath } from './ou-path.ts';
import { type Alike, alikeIn, byUnit, isNotable, ranks, troubleCure, troublePhrase, wasSomeGone } from './outcomes.ts';
import { inNumbers, manyAccounts, notTouchedLines } from './plan.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { belowLabel, wrap, wrapParts } from './text.ts';
import type { View } from './view.ts';
import { countKinds, skipReasonText } from './words.ts';

/** What became of each account, and what to do about each failure; then the sum of it and how to go on. */
export function renderDelete(document: DeleteDocument, view: View): string {
  const lines = [
    ...openingLines(document, view),
    ...runLines(document, view),
    ...resultLines(document, view),
    ...notTouchedLines(view),
    ...summaryLines(document, view),
    ...nextLines(document, view),
  ];
  return `${lines.join('\n').replace(/^\n+/, '')}\n`;
}

function runLines({ runId }: DeleteDocument, view: View): readonly string[] {
  if (runId === null) return [];
  const { journalPath, speech } = view;
  const { removal } = speech.words;
  const parts = [removal.run(runId), ...(journalPath === undefined ? [] : [removal.journal(journalPath)])];
  return wrapParts(parts, ' · ', view.columns, '  ').map(view.paint.dim);
}

type Result = Pick<DeleteDocument, 'accounts' | 'complete' | 'runId'>;

/**
 * The accounts that somebody must look at come first, and last, where the eye is, the summary. Of many those that are simply
 * deleted are counted by OU, and what befell several alike is said once.
 */
export function resultLines(result: Result, view: View): readonly string[] {
  const { accounts, runId } = result;
  if (accounts.length < manyAccounts) return [...accountTable(accounts, result, view), ''];
  const { alike, single } = alikeIn(accounts.filter(isNotable), runId, view);
  const skipped = accounts.filter((account) => account.outcome === 'skipped' && !isNotable(account));
  const parts = [
    accountTable(single, result, view),
    ...alike.map((one) => alikeLines(one, result, view)),
    [...unitLines(result, view), ...inNumbers(skipped, view)],
  ];
  return parts.filter((part) => part.length > 0).flatMap((part) => [...part, '']);
}

/** So many lines that would say nothing but who it was are put side by side, by their ids. */
const linesAtMost = 20;

function alikeLines({ accounts, outcome, title, cure, each }: Alike, result: Result, view: View): readonly string[] {
  const { columns, paint } = view;
  const { text, paint: stroke = paint.bold } = mark(outcome, result, paint);
  const head = [
    ...wrap(`${text}  ${title}`, columns, '   ').map(stroke),
    ...(cure === null ? [] : wrap(`   → ${cure}`, columns, '     ').map(paint.bold)),
  ];
  if (each === null && accounts.length > linesAtMost) {
    return [...head, ...wrapParts(['  ', ...accounts.map(({ id }) => id)], ' ', columns, '   ')];
  }
  const table: readonly Column<DeleteAccount>[] = [
    { title: '', lead: true, cell: ({ id }) => ({ text: id }) },
    { title: '', lead: true, shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    {
      title: '',
      lead: true,
      shrink: { least: 8, comfortable: 22 },
      drop: 1,
      cell: ({ id }) => ({ text: ouPath(view.places?.get(id) ?? null, view.ouNames) ?? '', paint: paint.dim }),
    },
  ];
  const span = (account: DeleteAccount) => (each === null ? undefined : [{ text: each(account) }]);
  const shown = { layouts: [table], rows: accounts, span, titles: false, indent: '   ' } as const;
  return [...head, ...renderTable(shown, columns, paint)];
}

function unitLines(result: Result, view: View): readonly string[] {
  const { paint } = view;
  const { removal, shared } = view.speech.words;
  const rows = byUnit(result.accounts, view);
  const table: readonly Column<(typeof rows)[number]>[] = [
    { title: '', cell: () => mark('deleted', result, paint) },
    ...(view.places === undefined
      ? []
      : [
          {
            title: '',
            shrink: { least: 12, comfortable: 60 },
            cell: ({ unit }: (typeof rows)[number]) => ({ text: unit }),
          },
        ]),
    { title: '', align: 'right', cell: ({ accounts }) => ({ text: shared.accounts(accounts) }) },
    { title: '', cell: ({ credentials }) => ({ text: removal.seenGone(credentials), paint: paint.green }) },
  ];
  return renderTable({ layouts: [table], rows, titles: false }, view.columns, paint);
}

function accountTable(accounts: readonly DeleteAccount[], result: Result, view: View): readonly string[] {
  const rows = accounts
    .filter(({ outcome }) => outcome !== 'absent')
    .sort((left, right) => ranks[left.outcome] - ranks[right.outcome] || (left.id < right.id ? -1 : 1));
  const columns: readonly Column<DeleteAccount>[] = [
    { title: '', lead: true, cell: ({ outcome }) => mark(outcome, result, view.paint) },
    { title: '', lead: true, shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    { title: '', lead: true, cell: ({ id }) => ({ text: id, paint: view.paint.dim }) },
    {
      title: '',
      shrink: { least: 10, comfortable: 60 },
      cell: ({ actions }) => ({ text: countKinds(actions, view) }),
    },
    { title: '', cell: (account) => ({ text: verdict(account, view), paint: view.paint.green }) },
  ];
  const span = (account: DeleteAccount) => troubleCells(account, view);
  return renderTable({ layouts: [columns], rows, span, titles: false }, view.columns, view.paint);
}

function mark(outcome: DeleteOutcome, result: Pick<Result, 'complete'>, paint: Paint): Cell {
  switch (outcome) {
    case 'deleted':
    case 'absent':
      return { text: goodMark(result), paint: paint.green };
    case 'failed':
      return { text: '✖', paint: paint.red };
    case 'partial':
    case 'unverified':
      return { text: '⚠', paint: paint.yellow };
    case 'planned':
      return { text: '−', paint: paint.red };
    case 'skipped':
      return { text: '–', paint: paint.dim };
  }
}

function verdict(account: DeleteAccount, { speech }: View): string {
  const { verdicts } = speech.words.removal;
  if (account.outcome === 'planned') return verdicts.planned;
  if (account.outcome !== 'deleted') return '';
  return wasSomeGone(account) ? verdicts['some-gone-before'] : verdicts.verified;
}

function troubleCells(account: DeleteAccount, view: View): readonly Cell[] | undefined {
  if (account.outcome === 'skipped') {
    const { removal } = view.speech.words;
    const { reason } = account;
    if (account.error !== null)
      return [
        { text: removal.notTouched(view.speech.phraseOf(account.error)) },
        { text: `→ ${troubleCure(account, view.speech)}`, paint: view.paint.bold },
      ];
    const why = reason === null ? removal.skipped : skipReasonText({ ...account, reason }, view.speech);
    return [{ text: removal.notTouched(why), paint: view.paint.dim }];
  }
  if (!isTrouble(account.outcome)) return undefined;
  return [
    { text: troublePhrase(account, view) },
    { text: `→ ${troubleCure(account, view.speech)}`, paint: view.paint.bold },
  ];
}

function summaryLines(document: DeleteDocument, view: View): readonly string[] {
  const { summary, accounts, dryRun } = document;
  const actions = accounts.flatMap((account) => account.actions);
  const count = (result: string) => actions.filter((action) => action.result === result).length;
  const touched = accounts.filter((account) => account.actions.some(({ result }) => result === 'deleted')).length;
  const left = accounts.filter(({ outcome }) => isTrouble(outcome));
  const notTried = accounts.filter(({ reason }) => reason === 'not-tried').length;
  const unverified = summary.unverified;
  const { sum } = view.speech.words.removal;
  const sentences: string[] = [];
  if (count('deleted') > 0) {
    sentences.push(sum.deleted(count('deleted'), touched, unverified > 0 ? null : document.complete ? 'all' : 'each'));
  } else if (dryRun && count('planned') > 0) {
    sentences.push(sum.wouldGo(count('planned'), summary.planned));
  } else sentences.push(sum[nothingDeleted(document, left.length)]);
  if (left.length > 0) {
    const names = left.length > 3 ? [] : left.map(({ name }) => name);
    sentences.push(sum.left(left.length, names));
  }
  if (summary.absent > 0 && (count('deleted') > 0 || dryRun)) sentences.push(sum.absent(summary.absent));
  if (notTried > 0) sentences.push(sum.notTried(notTried));
  const unlooked = accounts.filter(wasNotLookedAt);
  if (unlooked.length > 0 && count('deleted') === 0) sentences.push(sum.notLookedAt(unlookedPhrase(unlooked, view)));
  return wrap(sentences.join(view.speech.words.shared.betweenSentences), view.columns).map(view.paint.bold);
}

/** "No root credentials were found" is only said of accounts that were looked at, and where there really were none. */
function nothingDeleted(
  { accounts, complete, summary }: DeleteDocument,
  leftCount: number,
): 'nothing' | 'unsure' | 'nobody' | 'clean' | 'noneOfTheseKinds' {
  if (summary.unverified > 0) return 'unsure';
  if (!complete || leftCount > 0) return 'nothing';
  if (accounts.every(wasNotLookedAt)) return 'nobody';
  const looked = accounts.filter((account) => !wasNotLookedAt(account));
  if (looked.every(({ outcome }) => outcome === 'absent')) return 'clean';
  const areWithout = looked.every(({ outcome, reason }) => outcome === 'absent' || reason === 'none-of-these-kinds');
  return areWithout ? 'noneOfTheseKinds' : 'nothing';
}

const unlookedReasons: ReadonlySet<SkipReason | null> = new Set([
  'management-account',
  'not-active',
  'excluded',
  'protected',
] as const);
const wasNotLookedAt = ({ reason }: DeleteAccount): boolean => unlookedReasons.has(reason);

function unlookedPhrase(accounts: readonly DeleteAccount[], { speech }: View): string {
  const { grammar, shared } = speech.words;
  return [...unlookedReasons]
    .flatMap((reason) => {
      const some = accounts.filter((account) => account.reason === reason);
      if (some.length === 0 || reason === null) return [];
      if (reason === 'management-account') return [shared.skipped[reason]];
      const why = (account: DeleteAccount) => skipReasonText({ ...account, reason }, speech);
      return [...new Set(some.map(why))].map((phrase) => {
        const those = some.filter((account) => why(account) === phrase);
        const who = those.length > 3 ? shared.accounts(those.length) : grammar.list(those.map(({ name }) => name));
        return `${who} (${phrase})`;
      });
    })
    .join(shared.comma);
}

function nextLines(document: DeleteDocument, view: View): readonly string[] {
  const { runId, summary, accounts } = document;
  const isInterrupted = accounts.some(
    ({ reason, actions }) => reason === 'not-tried' || actions.some(({ result }) => result === 'not-attempted'),
  );
  const { removal } = view.speech.words;
  const parts = [
    ...(runId !== null && isInterrupted && view.isResumeTold !== true
      ? [view.speech.rootctl('runs', 'resume', runId)]
      : []),
    ...(document.dryRun || summary.deleted === 0 ? [] : [view.speech.rootctl('status', '--check')]),
  ];
  const evidence = runId === null ? [] : [removal.evidence(view.speech.rootctl('runs', 'show', runId))];
  const all = [...parts.map((part, index) => (index === 0 ? removal.next(part) : part)), ...evidence];
  const [first] = all;
  return first === undefined ? [] : wrapParts(all, '     ', view.columns, belowLabel(first));
}
