import type { DeleteAccount, DeleteAction, DeleteDocument, DeleteOutcome, SkipReason } from '../documents/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Speech } from '../words/index.ts';
import { goodMark } from './completeness.ts';
import { openingLines } from './header.ts';
import { notTouchedLines } from './plan.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { belowLabel, wrap, wrapParts } from './text.ts';
import type { View } from './view.ts';
import { countKinds, type KindsView, skipReasonText, wordsFor } from './words.ts';

/** From so many accounts on, what went well is only counted. */
const quietFrom = 50;

/** What became of each account, and what to do about each failure; then the sum of it and how to go on. */
export function renderDelete(document: DeleteDocument, view: View): string {
  const lines = [
    ...openingLines(document, view),
    ...runLines(document, view),
    ...accountTable(document, view),
    '',
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

const ranks = { failed: 0, partial: 1, unverified: 2, planned: 3, deleted: 4, absent: 5, skipped: 6 };

/** The accounts that somebody must look at come first, and last, where the eye is, the summary. */
function accountTable(document: DeleteDocument, view: View): readonly string[] {
  const isQuiet = document.accounts.length >= quietFrom;
  const rows = document.accounts
    .filter(({ outcome }) => !isQuiet || isTrouble(outcome) || outcome === 'planned')
    .filter(({ outcome }) => outcome !== 'absent')
    .sort((left, right) => ranks[left.outcome] - ranks[right.outcome] || (left.id < right.id ? -1 : 1));
  const columns: readonly Column<DeleteAccount>[] = [
    { title: '', lead: true, cell: ({ outcome }) => mark(outcome, document, view.paint) },
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

export const isTrouble = (outcome: DeleteOutcome): boolean =>
  outcome === 'failed' || outcome === 'partial' || outcome === 'unverified';

function mark(outcome: DeleteOutcome, document: DeleteDocument, paint: Paint): Cell {
  switch (outcome) {
    case 'deleted':
    case 'absent':
      return { text: goodMark(document), paint: paint.green };
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

function verdict({ outcome, actions }: DeleteAccount, { speech }: View): string {
  const { verdicts } = speech.words.removal;
  if (outcome === 'planned') return verdicts.planned;
  if (outcome !== 'deleted') return '';
  return actions.some(({ result }) => result === 'already-gone') ? verdicts['some-gone-before'] : verdicts.verified;
}

function troubleCells(account: DeleteAccount, view: View): readonly Cell[] | undefined {
  if (account.outcome === 'skipped') {
    const { removal } = view.speech.words;
    const { reason } = account;
    const why = reason === null ? removal.skipped : skipReasonText({ ...account, reason }, view.speech);
    return [{ text: removal.notTouched(why), paint: view.paint.dim }];
  }
  if (!isTrouble(account.outcome)) return undefined;
  return [
    { text: troublePhrase(account, view) },
    { text: `→ ${troubleCure(account, view.speech)}`, paint: view.paint.bold },
  ];
}

/** `password deleted; MFA device kept: the password is still seen after 60 s (StillSeen)` */
export function troublePhrase(account: DeleteAccount, view: KindsView): string {
  const { actions } = account;
  const done = actions.filter(({ result }) => result === 'deleted' || result === 'already-gone');
  const failed = actions.filter(({ result }) => result === 'failed');
  const kept = actions.filter(({ result }) => result === 'not-attempted');
  const error = errorOf(account);
  const { removal } = view.speech.words;
  const what = [
    ...(done.length > 0 ? [removal.deleted(countKinds(done, view))] : []),
    ...failed.map(({ kind, id }) => removal.notDeleted(`${wordsFor(kind, view).one}${id === null ? '' : ` ${id}`}`)),
    ...(kept.length > 0 ? [removal.kept(countKinds(kept, view))] : []),
  ].join('; ');
  const why = error ? view.speech.phraseOf(error) : account.outcome === 'unverified' ? removal.stillSeen : '';
  return [what, why].filter((part) => part !== '').join(': ');
}

export function troubleCure(account: DeleteAccount, { entryOf, words, rootctl }: Speech): string {
  const error = errorOf(account);
  const hint = error ? entryOf(error).hint : null;
  return hint ?? words.removal.runAgain(rootctl('delete', account.id));
}

function errorOf({ error, actions }: DeleteAccount): Problem | null | undefined {
  const isFailed = ({ result }: DeleteAction) => result === 'failed';
  return error ?? actions.find(isFailed)?.error ?? actions.find((action) => action.error !== null)?.error;
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
function nothingDeleted({ accounts, complete }: DeleteDocument, leftCount: number): 'nothing' | 'nobody' | 'clean' {
  if (!complete || leftCount > 0) return 'nothing';
  if (accounts.every(wasNotLookedAt)) return 'nobody';
  const areClean = accounts.every((account) => account.outcome === 'absent' || wasNotLookedAt(account));
  return areClean ? 'clean' : 'nothing';
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
    ...(runId !== null && isInterrupted ? [view.speech.rootctl('runs', 'resume', runId)] : []),
    ...(document.dryRun || summary.deleted === 0 ? [] : [view.speech.rootctl('status', '--check')]),
  ];
  const evidence = runId === null ? [] : [removal.evidence(view.speech.rootctl('runs', 'show', runId))];
  const all = [...parts.map((part, index) => (index === 0 ? removal.next(part) : part)), ...evidence];
  const [first] = all;
  return first === undefined ? [] : wrapParts(all, '     ', view.columns, belowLabel(first));
}
