import type {
  DeleteAccount,
  OpenRecovery,
  RunDetailDocument,
  RunEntry,
  RunEvent,
  RunsDocument,
} from '../documents/index.ts';
import { resultLines } from './delete.ts';
import { openingLines } from './header.ts';
import { elapsedTime, relativeTime } from './relative-time.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { countKinds, type KindsView, skipReasonText, wordsFor } from './words.ts';

/** The runs that this machine knows, the latest first, and the doors that were left open. */
export function renderRuns(document: RunsDocument, view: View): string {
  const { paint, columns } = view;
  const words = view.speech.words.runs;
  const { titles } = words;
  const table: readonly Column<RunEntry>[] = [
    { title: titles.run, cell: ({ id }) => ({ text: id }) },
    { title: titles.command, drop: 2, cell: (run) => ({ text: run.command }) },
    { title: titles.state, cell: (run) => stateCell(run, view) },
    { title: titles.started, cell: ({ startedAt }) => ({ text: relativeTime(startedAt, view) }) },
    { title: titles.took, align: 'right', drop: 3, cell: (run) => ({ text: tookText(run, view) }) },
    {
      title: titles.accounts,
      shrink: { least: 10, comfortable: 40 },
      drop: 1,
      cell: (run) => ({ text: summaryText(run, view) }),
    },
  ];
  const rows = [...document.runs].sort((left, right) => (left.startedAt < right.startedAt ? 1 : -1));
  const interrupted = rows.find(({ command: name, state }) => name === 'delete' && state === 'interrupted');
  const lines = [
    ...openingLines(document, view),
    ...(rows.length === 0 ? [words.none] : renderTable({ layouts: [table], rows }, columns, paint)),
    ...openLines(document, view),
    ...(interrupted
      ? ['', ...wrap(words.next(view.speech.rootctl('runs', 'resume', interrupted.id)), columns, '      ')]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function stateCell({ state }: RunEntry, { paint, speech }: View): Cell {
  const strokes = { finished: paint.green, interrupted: paint.yellow, running: paint.bold };
  return { text: speech.words.runs.states[state], paint: strokes[state] };
}

const tookText = ({ startedAt, endedAt }: RunEntry, view: View): string =>
  endedAt === null ? '–' : elapsedTime(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)), view);

/** `2 deleted, 1 failed`; the total and what did not happen are left out. */
export function summaryText({ summary }: RunEntry, { speech }: Pick<View, 'speech'>): string {
  const { counted, outcome: word } = speech.words.runs;
  const parts = Object.entries(summary ?? {}).filter(([outcome, count]) => outcome !== 'accounts' && count > 0);
  return parts.length === 0
    ? '–'
    : parts.map(([outcome, count]) => counted(count, word(outcome))).join(speech.words.shared.comma);
}

function openLines(document: RunsDocument, view: View): readonly string[] {
  return (document.openRecoveries ?? []).flatMap((recovery) =>
    wrap(openRecoverySentence(recovery, view), view.columns, '  ').map(view.paint.yellow),
  );
}

export function openRecoverySentence(
  { name, accountId, email, outcome, openedAt, reason }: OpenRecovery,
  view: Pick<View, 'nowMs' | 'speech'>,
): string {
  const ago = relativeTime(openedAt, view);
  // What can be read of a damaged journal need not say more than which account it is.
  const who = name === '' ? accountId : `${name} (${accountId})`;
  const text = view.speech.words.runs.open[outcome](who, email === '' ? accountId : email, ago, reason);
  return `${text} → ${view.speech.rootctl('delete', accountId)}`;
}

/** One run, as its journal tells it: what became of it, and with `withEvents` all that is in it. */
export function renderRun(document: RunDetailDocument, view: View): string {
  const { run, journal } = document;
  const { columns, paint } = view;
  const words = view.speech.words.runs;
  const isAll = view.withEvents === true;
  const took = run.endedAt === null ? null : tookText(run, view);
  const query = shownQuery(document, isAll);
  const lines = [
    ...openingLines(document, view),
    ...wrap(words.head(run.id, run.command, run.organizationId, words.states[run.state]), columns, '  ').map(
      paint.bold,
    ),
    ...wrap(words.started(run.startedAt, relativeTime(run.startedAt, view), took), columns, '  '),
    ...wrap(words.journal(journal.path, journalText(document, view)), columns, '  ').map(
      journal.intact ? paint.dim : paint.red,
    ),
    ...(run.summary === null ? [] : wrap(summaryText(run, view), columns, '  ')),
    '',
    ...(isAll ? [...accountLines(document, view), ''] : outcomeLines(document, view)),
    ...(isAll || tellsByEvents(document) ? [...eventLines(document.events, view), ''] : []),
    ...(query === null
      ? []
      : [words.inCloudTrail, ...query.split('\n').flatMap((line) => wrap(`  ${line}`, columns, '    ')), '']),
    ...(isAll || tellsByEvents(document) ? [] : wrap(allOfIt(document, view), columns, '  ').map(paint.dim)),
    ...(run.state === 'interrupted' && run.command === 'delete'
      ? wrap(words.next(view.speech.rootctl('runs', 'resume', run.id)), columns, '      ')
      : []),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function outcomeLines(document: RunDetailDocument, view: View): readonly string[] {
  const { run, complete } = document;
  const concerned = concernedIn(document);
  if (concerned.length === 0)
    return tellsByEvents(document) && document.journal.intact ? [] : [...untouchedLines(document, view), ''];
  return resultLines({ accounts: concerned, complete, runId: run.id }, view);
}

/** Whoever had nothing is told in the data formats: here thousands of them would hide the others. */
const concernedIn = ({ accounts }: RunDetailDocument): readonly DeleteAccount[] =>
  accounts.filter(({ outcome, actions }) => outcome !== 'absent' || actions.length > 0);

/** A journal that is not intact may have lost what was done. */
function untouchedLines({ journal, events }: RunDetailDocument, { columns, speech }: View): readonly string[] {
  const isSomeRead = events.some(({ event }) => event.endsWith('intent') || event.endsWith('answer'));
  return wrap(speech.words.runs[journal.intact ? 'untouched' : isSomeRead ? 'partlyTold' : 'untold'], columns);
}

/** Of what is no deletion the events are all that there is to tell, and they are few. */
export const tellsByEvents = ({ run }: RunDetailDocument): boolean => run.command !== 'delete';

/** A query for thousands of sessions fills screens, and nobody reads it there. */
const isLong = ({ cloudTrailQuery }: RunDetailDocument): boolean => cloudTrailQuery.length > 4_000;

/** null: it is too long to be shown, or there is no session whose events it could find. */
export const shownQuery = (document: RunDetailDocument, isAll: boolean): string | null => {
  const hasSessions = document.events.some(({ sessionAccessKeyId }) => sessionAccessKeyId !== null);
  return hasSessions && (isAll || !isLong(document)) ? document.cloudTrailQuery : null;
};

/** How to see what a summary leaves out. */
export function allOfIt(document: RunDetailDocument, { speech }: Pick<View, 'speech'>): string {
  const { runs: words } = speech.words;
  const command = speech.rootctl('runs', 'show', document.run.id, '--events');
  return words.all(document.events.length, isLong(document), command);
}

export const journalText = ({ journal }: RunDetailDocument, { speech }: Pick<View, 'speech'>): string =>
  journal.problem === null
    ? speech.words.runs.intact
    : speech.words.runs.notIntact(speech.entryOf(journal.problem.sentence).message);

function accountLines(document: RunDetailDocument, view: View): readonly string[] {
  const { paint } = view;
  const words = view.speech.words.runs;
  const { titles } = words;
  const table: readonly Column<DeleteAccount>[] = [
    { title: titles.account, cell: ({ id }) => ({ text: id }) },
    { title: titles.name, shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    { title: titles.outcome, cell: ({ outcome }) => ({ text: words.outcome(outcome) }) },
    {
      title: titles.credentials,
      shrink: { least: 12, comfortable: 60 },
      drop: 1,
      cell: (account) => ({ text: accountText(account, view) }),
    },
  ];
  const rows = concernedIn(document);
  return rows.length === 0
    ? untouchedLines(document, view)
    : renderTable({ layouts: [table], rows }, view.columns, paint);
}

export function accountText({ actions, reason, state, error }: DeleteAccount, view: KindsView): string {
  const { runs: words } = view.speech.words;
  const parts = (['deleted', 'already-gone', 'failed', 'not-attempted', 'planned'] as const).flatMap((result) => {
    const some = actions.filter((action) => action.result === result);
    return some.length === 0 ? [] : [words.ofResult(words.result(result), countKinds(some, view))];
  });
  return (
    [
      ...parts,
      ...(reason === null ? [] : [skipReasonText({ reason, state }, view.speech)]),
      ...(error === null ? [] : [view.speech.phraseOf(error)]),
    ].join('; ') || '–'
  );
}

function eventLines(events: readonly RunEvent[], view: View): readonly string[] {
  const { titles } = view.speech.words.runs;
  const table: readonly Column<RunEvent>[] = [
    { title: titles.at, cell: ({ at }) => ({ text: at }) },
    { title: titles.event, cell: ({ event }) => ({ text: event }) },
    { title: titles.account, cell: ({ account }) => ({ text: account ?? '' }) },
    {
      title: titles.credential,
      shrink: { least: 12, comfortable: 40 },
      drop: 1,
      cell: (event) => ({ text: credentialText(event, view) }),
    },
    {
      title: titles.request,
      shrink: { least: 12, comfortable: 36 },
      drop: 2,
      cell: ({ requestId }) => ({ text: requestId ?? '' }),
    },
    { title: titles.sessionKey, drop: 3, cell: ({ sessionAccessKeyId }) => ({ text: sessionAccessKeyId ?? '' }) },
    {
      title: titles.detail,
      shrink: { least: 12, comfortable: 40 },
      drop: 4,
      cell: ({ detail }) => ({ text: detail ?? '' }),
    },
  ];
  return renderTable({ layouts: [table], rows: events }, view.columns, view.paint);
}

export const credentialText = ({ kind, id }: Pick<RunEvent, 'kind' | 'id'>, view: KindsView): string =>
  [kind === null ? '' : wordsFor(kind, view).one, id ?? ''].filter((part) => part !== '').join(' ');
