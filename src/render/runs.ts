import type { DeleteAccount, RunDetailDocument, RunEntry, RunEvent, RunsDocument } from '../documents/index.ts';
import { openingLines } from './header.ts';
import { elapsedTime, relativeTime } from './relative-time.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { command, countKinds, errorPhrase, skipWords, wordsFor } from './words.ts';

type KindsView = Pick<View, 'kindWords' | 'speech'>;

/** The runs that this machine knows, the latest first, and the doors that were left open. */
export function renderRuns(document: RunsDocument, view: View): string {
  const { paint, columns } = view;
  const table: readonly Column<RunEntry>[] = [
    { title: 'RUN', cell: ({ id }) => ({ text: id }) },
    { title: 'COMMAND', drop: 2, cell: (run) => ({ text: run.command }) },
    { title: 'STATE', cell: (run) => stateCell(run, paint) },
    { title: 'STARTED', cell: ({ startedAt }) => ({ text: relativeTime(startedAt, view) }) },
    { title: 'TOOK', align: 'right', drop: 3, cell: (run) => ({ text: tookText(run, view) }) },
    { title: 'ACCOUNTS', shrink: { least: 10, comfortable: 40 }, drop: 1, cell: (run) => ({ text: summaryText(run) }) },
  ];
  const rows = [...document.runs].sort((left, right) => (left.startedAt < right.startedAt ? 1 : -1));
  const interrupted = rows.find(({ command: name, state }) => name === 'delete' && state === 'interrupted');
  const lines = [
    ...openingLines(document, view),
    ...(rows.length === 0 ? ['No runs yet.'] : renderTable({ layouts: [table], rows }, columns, paint)),
    ...openLines(document, view),
    ...(interrupted
      ? ['', ...wrap(`next: ${command(`runs resume ${interrupted.id}`, document)}`, columns, '      ')]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function stateCell({ state }: RunEntry, paint: Paint): Cell {
  const strokes = { finished: paint.green, interrupted: paint.yellow, running: paint.bold };
  return { text: state, paint: strokes[state] };
}

const tookText = ({ startedAt, endedAt }: RunEntry, view: View): string =>
  endedAt === null ? '–' : elapsedTime(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)), view);

/** `2 deleted, 1 failed`; the total and what did not happen are left out. */
export function summaryText({ summary }: RunEntry): string {
  const parts = Object.entries(summary ?? {}).filter(([outcome, count]) => outcome !== 'accounts' && count > 0);
  return parts.length === 0 ? '–' : parts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

function openLines(document: RunsDocument, view: View): readonly string[] {
  return (document.openRecoveries ?? []).flatMap(({ name, accountId, email, openedAt, reason }) => {
    const why = reason === null ? '' : ` (${reason})`;
    const text = `⚠ ${name} (${accountId}): password recovery for ${email} was allowed ${relativeTime(openedAt, view)}${why} and not closed`;
    return wrap(`${text} → ${command(`delete ${accountId}`, document)}`, view.columns, '  ').map(view.paint.yellow);
  });
}

/** One run, as its journal tells it. */
export function renderRun(document: RunDetailDocument, view: View): string {
  const { run, journal } = document;
  const { columns, paint } = view;
  const ended = run.endedAt === null ? '' : `, took ${tookText(run, view)}`;
  const lines = [
    ...openingLines(document, view),
    ...wrap(
      `run ${run.id} · ${run.command} · ${run.organizationId ?? 'unknown organization'} · ${run.state}`,
      columns,
      '  ',
    ).map(paint.bold),
    ...wrap(`started ${run.startedAt} (${relativeTime(run.startedAt, view)})${ended}`, columns, '  '),
    ...wrap(`journal ${journal.path}: ${journalText(document, view)}`, columns, '  ').map(
      journal.intact ? paint.dim : paint.red,
    ),
    '',
    ...accountLines(document.accounts, view),
    '',
    ...eventLines(document.events, view),
    '',
    'The same in CloudTrail:',
    ...document.cloudTrailQuery.split('\n').flatMap((line) => wrap(`  ${line}`, columns, '    ')),
    ...(run.state === 'interrupted' && run.command === 'delete'
      ? ['', ...wrap(`next: ${command(`runs resume ${run.id}`, document)}`, columns, '      ')]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

export const journalText = ({ journal }: RunDetailDocument, { speech }: Pick<View, 'speech'>): string =>
  journal.problem === null
    ? 'intact, each line follows from the one before'
    : `NOT intact: ${speech.entryOf(journal.problem.sentence).message}`;

function accountLines(accounts: readonly DeleteAccount[], view: View): readonly string[] {
  const { paint } = view;
  const table: readonly Column<DeleteAccount>[] = [
    { title: 'ACCOUNT', cell: ({ id }) => ({ text: id }) },
    { title: 'NAME', shrink: { least: 8, comfortable: 22 }, cell: ({ name }) => ({ text: name }) },
    { title: 'OUTCOME', cell: ({ outcome }) => ({ text: outcome }) },
    {
      title: 'CREDENTIALS',
      shrink: { least: 12, comfortable: 60 },
      drop: 1,
      cell: (account) => ({ text: accountText(account, view) }),
    },
  ];
  // Whoever had nothing is told in the data formats: here thousands of them would hide the others.
  const rows = accounts.filter(({ outcome, actions }) => outcome !== 'absent' || actions.length > 0);
  return rows.length === 0 ? ['No account was touched.'] : renderTable({ layouts: [table], rows }, view.columns, paint);
}

export function accountText({ actions, reason, error }: DeleteAccount, view: KindsView): string {
  const parts = (['deleted', 'already-gone', 'failed', 'not-attempted', 'planned'] as const).flatMap((result) => {
    const some = actions.filter((action) => action.result === result);
    return some.length === 0 ? [] : [`${result.replace('-', ' ')}: ${countKinds(some, view)}`];
  });
  return (
    [
      ...parts,
      ...(reason === null ? [] : [skipWords[reason]]),
      ...(error === null ? [] : [errorPhrase(error, view.speech)]),
    ].join('; ') || '–'
  );
}

function eventLines(events: readonly RunEvent[], view: View): readonly string[] {
  const table: readonly Column<RunEvent>[] = [
    { title: 'AT', cell: ({ at }) => ({ text: at }) },
    { title: 'EVENT', cell: ({ event }) => ({ text: event }) },
    { title: 'ACCOUNT', cell: ({ account }) => ({ text: account ?? '' }) },
    {
      title: 'CREDENTIAL',
      shrink: { least: 12, comfortable: 40 },
      drop: 1,
      cell: (event) => ({ text: credentialText(event, view) }),
    },
    {
      title: 'REQUEST',
      shrink: { least: 12, comfortable: 36 },
      drop: 2,
      cell: ({ requestId }) => ({ text: requestId ?? '' }),
    },
    { title: 'SESSION KEY', drop: 3, cell: ({ sessionAccessKeyId }) => ({ text: sessionAccessKeyId ?? '' }) },
    {
      title: 'DETAIL',
      shrink: { least: 12, comfortable: 40 },
      drop: 4,
      cell: ({ detail }) => ({ text: detail ?? '' }),
    },
  ];
  return renderTable({ layouts: [table], rows: events }, view.columns, view.paint);
}

export const credentialText = ({ kind, id }: Pick<RunEvent, 'kind' | 'id'>, view: KindsView): string =>
  [kind === null ? '' : wordsFor(kind, view).one, id ?? ''].filter((part) => part !== '').join(' ');
