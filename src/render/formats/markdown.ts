import {
  type AccountStatus,
  type DeleteDocument,
  kindsAsShown,
  type RunDetailDocument,
  type StatusDocument,
} from '../../documents/index.ts';
import { incompleteSentence } from '../completeness.ts';
import { isTrouble, troubleCure, troublePhrase } from '../delete.ts';
import { lastUsedLong } from '../last-used.ts';
import { ouPath } from '../ou-path.ts';
import { accountText, credentialText, journalText, summaryText } from '../runs.ts';
import { kindText, skipPhrase, sortAccounts, worthARow } from '../status-table.ts';
import { visible } from '../text.ts';
import { kindsOf, type View } from '../view.ts';
import { countKinds, skipReasonText, wordsFor } from '../words.ts';
import { cannotRender, type Format, type OutputDocument } from './format.ts';

/** A summary of a job may hold 1 MiB (GitHub): absent accounts are counted from here on. */
const absentAtMost = 200;

const listedAccounts = ({ accounts, summary }: StatusDocument): readonly AccountStatus[] =>
  summary.absent <= absentAtMost ? accounts : accounts.filter(({ status }) => status !== 'absent');

/** GitHub-flavoured Markdown, for a CI job's summary or as an attachment to a ticket. */
export const markdown: Format = {
  kinds: ['rootctl.status', 'rootctl.delete', 'rootctl.run'],
  endings: ['.md', '.markdown'],
  placed: listedAccounts,
  render: (document, view) => {
    switch (document.kind) {
      case 'rootctl.status':
        return page(document, view, statusBlocks(document, view));
      case 'rootctl.delete':
        return page(document, view, deleteBlocks(document, view));
      case 'rootctl.run':
        return page(document, view, runBlocks(document, view));
      default:
        return cannotRender('markdown', document);
    }
  },
};

/**
 * Text that Markdown shows as it is: no table cell ends, no HTML, no link, no image, no emphasis, nobody is mentioned
 * (GitHub looks for mentions after it has removed the backslashes, so a zero-width space follows the `@`).
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`|*_~[\]#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '\\@&#8203;')
    .replaceAll('://', '\\:&#8203;//')
    .replace(/\bwww\./gi, '$&&#8203;');
}

function page(document: OutputDocument, view: View, blocks: readonly string[]): string {
  const incomplete = incompleteSentence(document, view);
  const warning = incomplete === null ? [] : [`**⚠ ${markdownText(incomplete)}**`];
  const simulated = document.simulated ? [view.speech.words.markdown.simulated] : [];
  return `${[...warning, ...simulated, ...blocks].join('\n\n')}\n`;
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map((row) => line(row.map(markdownText)))].join('\n');
}

function statusBlocks(document: StatusDocument, view: View): readonly string[] {
  const { summary, organization, centralizedRootAccess: access, managementAccount } = document;
  const { markdown: all, opening } = view.speech.words;
  const words = all.status;
  const { present, unknown } = summary;
  const looked = summary.accounts - summary.skipped;
  const isClean = document.complete && looked > 0 && present === 0 && unknown === 0;
  const total = isClean ? words.clean(looked) : words.total({ present, unknown, looked }, document.complete);
  const rows = sortAccounts(worthARow(listedAccounts(document)), view);
  const { columns } = words;
  const kinds = kindsAsShown(kindsOf(view)).map(({ name }) => wordsFor(name, view).heading);
  const titles = [columns.account, columns.name, columns.unit, columns.root, ...kinds, columns.lastUsed];
  const switches = [
    opening.rootCredentialsManagement(access.rootCredentialsManagement),
    opening.rootSessions(access.rootSessions),
  ];
  return [
    words.heading,
    `**${total}**`,
    words.source(markdownText(organization.id), switches, document.generatedAt),
    ...(managementAccount?.accessKeysPresent ? [words.managementKeys] : []),
    ...(managementAccount?.mfaEnabled === false ? [words.managementWithoutMfa] : []),
    tableOf(
      titles,
      rows.map((account) => statusRow(account, document, view)),
    ),
    ...(summary.absent > absentAtMost ? [words.notListed(summary.absent)] : []),
  ];
}

function statusRow(account: AccountStatus, document: StatusDocument, view: View): readonly string[] {
  const { id, name, path, status, error } = account;
  const { speech } = view;
  const words = speech.words.status;
  const kinds = kindsAsShown(kindsOf(view));
  const row = [id, name, ouPath(path, view.ouNames) ?? '', words.states[status]];
  const reason = (text: string) => [...row, text, ...kinds.map(() => '')];
  if (status === 'skipped') return reason(skipPhrase(account, document.managementAccount, speech));
  if (status === 'unknown') return reason(error ? speech.phraseOf(error) : words.unread);
  return [...row, ...kinds.map((kind) => kindText(kind, account, view)), lastUsedLong(account, view)];
}

function deleteBlocks(document: DeleteDocument, view: View): readonly string[] {
  const { summary, accounts, runId, dryRun, generatedAt } = document;
  const { markdown: all, runs } = view.speech.words;
  const words = all.delete;
  const outcomes = Object.entries(summary).filter(([outcome, count]) => outcome !== 'accounts' && count > 0);
  const rows = accounts.map((account) => [
    account.id,
    account.name,
    runs.outcome(account.outcome),
    account.reason === null
      ? countKinds(account.actions, view) || '–'
      : skipReasonText({ ...account, reason: account.reason }, view.speech),
    isTrouble(account.outcome) ? `${troublePhrase(account, view)} → ${troubleCure(account, view.speech)}` : '',
  ]);
  const counts = outcomes.map(([outcome, count]) => runs.counted(count, runs.outcome(outcome)));
  return [
    words.heading(dryRun),
    `**${words.total(summary.accounts, counts)}**`,
    ...(runId === null ? [] : [words.run(markdownText(runId), generatedAt)]),
    tableOf(words.columns, rows),
  ];
}

function runBlocks(document: RunDetailDocument, view: View): readonly string[] {
  const { run, journal, accounts, events, cloudTrailQuery } = document;
  const { markdown: all, runs } = view.speech.words;
  const words = all.run;
  const { facts } = words;
  const eventRows = events.map((event) => [
    event.at,
    event.event,
    event.account ?? '',
    credentialText(event, view),
    event.requestId ?? '',
    event.sessionAccessKeyId ?? '',
    event.detail ?? '',
  ]);
  return [
    words.heading(markdownText(run.id)),
    tableOf(
      ['', ''],
      [
        [facts.command, run.command],
        [facts.organization, run.organizationId ?? words.unknown],
        [facts.started, run.startedAt],
        [facts.ended, run.endedAt ?? words.notEnded],
        [facts.state, runs.states[run.state]],
        [facts.accounts, summaryText(run, view)],
        [facts.journal, `${journal.path}: ${journalText(document, view)}`],
      ],
    ),
    words.accounts,
    tableOf(
      words.accountColumns,
      accounts.map((one) => [one.id, one.name, runs.outcome(one.outcome), accountText(one, view)]),
    ),
    words.events,
    tableOf(words.eventColumns, eventRows),
    words.cloudTrail,
    fenced(cloudTrailQuery),
  ];
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.split('\n').map(visible).join('\n')}\n${fence}`;
}
